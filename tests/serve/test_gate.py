"""Who may come in, decided without a network."""

from hypothesis import given
from hypothesis import strategies as st

from autotui.serve.gate import MINUTES, Gate

HERE = "127.0.0.1"
NAMES = ("127.0.0.1", "localhost")


def test_the_token_gives_the_cookie_once() -> None:
    gate = Gate(NAMES, 8000)
    cookie = gate.enter(gate.token)
    assert cookie
    assert cookie not in {gate.token, gate.place.strip("/")}
    assert gate.admits(cookie)
    assert gate.enter(gate.token) == ""
    assert gate.admits(cookie)


def test_the_token_expires_and_what_it_gave_stays() -> None:
    now = [0.0]
    late, prompt = (Gate(NAMES, 8000, lambda: now[0]) for _ in range(2))
    cookie = prompt.enter(prompt.token)
    now[0] = MINUTES * 60 + 1
    assert late.enter(late.token) == ""
    assert prompt.admits(cookie)


@given(st.text())
def test_nothing_else_opens_it(given_: str) -> None:
    gate = Gate(NAMES, 8000)
    assert gate.enter(given_) == ""
    assert not gate.admits(given_)
    assert gate.enter(gate.token)
    assert not gate.admits(given_)


def test_it_answers_to_its_own_names_alone() -> None:
    gate = Gate(("Reading-Room", "::1"), 8000)
    for host in ("reading-room:8000", "READING-ROOM:8000", "[::1]:8000", "127.0.0.1:8000"):
        assert gate.is_named(host, HERE)
    for host in (
        *("", ":8000", "reading-room", "reading-room:8001", "reading-room:80000"),
        *("evil.example:8000", "127.0.0.1.evil.example:8000", "evil.example", "::1:8000"),
        *("127.0.0.2:8000", "reading-room:8000@evil.example:8000", "0x7f000001:8000"),
    ):
        assert not gate.is_named(host, HERE), host


def test_at_port_80_the_name_is_enough() -> None:
    gate = Gate(NAMES, 80)
    assert gate.is_named("localhost", HERE)
    assert gate.is_named("localhost:80", HERE)
    assert not gate.is_named("evil.example", HERE)


@given(st.text())
def test_no_other_host_is_ours(host: str) -> None:
    assert not Gate(NAMES, 8000).is_named(host, HERE)
