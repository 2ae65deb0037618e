"""What a robots.txt asks of programs, however it is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui.ingest.robots import MAX_BYTES, Robots
from support.work import seconds

STORY = "https://volt.example/2024/motor"


@pytest.mark.parametrize(
    "rules",
    [
        "",
        "  \n\t",
        "User-agent: *\nDisallow:",
        "User-agent: *\nDisallow: /private",
        "User-agent: *\nDisallow: /\nAllow: /2024/",
        "User-agent: *\nDisallow: /\n\nUser-agent: autotui\nAllow: /",
        "User-agent: others\nDisallow: /",
        "User-agent: other\nUser-agent: another\nDisallow: /",
        "User-agent: auto\nDisallow: /",
        "User-agent: autotuition\nDisallow: /",
        "User-agent: *\nDisallow: /*.pdf$",
        "Disallow: /",
        "<!doctype html><html><title>Not found</title>",
        "\x00\x01\xff",
    ],
)
def test_what_is_not_forbidden_is_allowed(rules: str) -> None:
    assert Robots(rules).allow(STORY)


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /",
        "\ufeffUser-agent: *\nDisallow: /",
        "user-AGENT:*\r\nDISALLOW:/2024\r\n",
        "User agent *\nDisallow /",
        "User-agent: *  # everybody\nDisallow: /  # everything",
        "User-agent: *\nAllow: /\nDisallow: /2024/",
        "User-agent: *\nDisallow: /*/motor",
        "User-agent: *\nDisallow: /2024/motor$",
        "User-agent: Autotui\nDisallow: /\n\nUser-agent: *\nAllow: /",
        "User-agent: autotui/1.0\nDisallow: /",
        "User-agent: one\nUser-agent: autotui\nUser-agent: two\nDisallow: /",
        "User-agent: *\nDisallow: /\n\nUser-agent: other\nAllow: /",
        "User-agent: *\n\nSitemap: https://volt.example/map\nDisallow: /",
    ],
)
def test_what_is_forbidden_is_not_allowed(rules: str) -> None:
    assert not Robots(rules).allow(STORY)


@pytest.mark.parametrize(
    ("asked", "delay"),
    [
        ("2", 2.0),
        ("0.5", 0.5),
        ("86400", 10.0),
        ("-3", 0.0),
        ("nan", 0.0),
        ("inf", 0.0),
        ("1e400", 0.0),
        ("soon", 0.0),
        ("", 0.0),
    ],
)
def test_the_pace_that_a_server_asks_for_is_kept_within_reason(
    asked: str, delay: float
) -> None:
    assert Robots(f"User-agent: *\nCrawl-delay: {asked}").delay == delay
    assert Robots(f"User-agent: others\nCrawl-delay: {asked}").delay == 0.0


def test_no_more_is_read_than_has_to_be() -> None:
    padding = "#" * (MAX_BYTES - 40) + "\n"
    assert not Robots(f"{padding}User-agent: *\nDisallow: /").allow(STORY)
    assert Robots(f"{padding}{' ' * 40}\nUser-agent: *\nDisallow: /").allow(STORY)


LARGE = {
    "names and rules": "".join(f"User-agent: a{at}\n" for at in range(15_000))
    + "".join(f"Disallow: /{at}\n" for at in range(15_000)),
    "names written oddly": "".join(f"user \t agent a{at}\n" for at in range(15_000))
    + "".join(f"Disallow: /{at}\n" for at in range(15_000)),
    "names with stars": "".join(f"User-agent: autotui{'*' * at}\n" for at in range(700))
    + "".join(f"Disallow: /{at}\n" for at in range(15_000)),
    "stars": "User-agent: *\nDisallow: /" + "*a" * 250_000,
    "rules with stars": "User-agent: *\n" + "Disallow: /*a*b*c\n" * 28_000,
    "dollars": "User-agent: *\nDisallow: /" + "$" * 500_000,
    "rules with dollars": "User-agent: *\n" + "Disallow: /$$$$$$\n" * 28_000,
    "spaces": "User-agent" + " " * 500_000,
    "words": "User " * 100_000,
    "percents": "User-agent: *\nDisallow: /" + "%" * 500_000,
    "one line each": "\n" * 500_000,
}


@pytest.mark.parametrize("shape", LARGE)
def test_a_hostile_one_takes_little_work(shape: str) -> None:
    address = "https://volt.example/" + "a" * 8_000

    def job() -> None:
        robots = Robots(LARGE[shape])
        assert robots.allow(address) or "*" in LARGE[shape]
        assert robots.delay == 0.0

    assert seconds(job) < 3.0


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["User-agent:", "*", "autotui", "Disallow:", "Allow:", "/", "$"])
        | st.sampled_from(["Crawl-delay:", "\n", " ", "\x00", "\u2028", "%zz", "#"])
        | st.text(max_size=8),
        max_size=40,
    ).map("".join),
    st.text(max_size=30),
)
def test_whatever_it_says_there_is_an_answer(rules: str, path: str) -> None:
    robots = Robots(rules)
    assert robots.allow(f"https://volt.example/{path}") in {True, False}
    assert 0.0 <= robots.delay <= 10.0
