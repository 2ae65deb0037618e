import os
from pathlib import Path

import pytest
from textual.app import App

from autotui.ui import browser

URL = "https://outlet.example/story?a=1&b=$(reboot);'\""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path


def program(folder: Path, name: str, script: str = "exit 0") -> str:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


async def told(address: str = URL) -> list[str]:
    return [each async for each in browser.open_window(address)]


def test_the_readers_browser_comes_first_with_its_options(programs: Path) -> None:
    program(programs, "fox")
    program(programs, "xdg-open")

    assert browser.command(URL, {"BROWSER": "fox --new-tab"}) == ["fox", "--new-tab", URL]


def test_a_placeholder_takes_the_address_as_one_argument(programs: Path) -> None:
    program(programs, "fox")

    chosen = browser.command(URL, {"BROWSER": "fox --app=%s -x"})

    assert chosen == ["fox", f"--app={URL}", "-x"]


def test_the_first_of_several_browsers_that_is_there_is_taken(programs: Path) -> None:
    program(programs, "two")
    choices = os.pathsep.join(("one", "two", "three"))

    assert browser.command(URL, {"BROWSER": choices}) == ["two", URL]


@pytest.mark.parametrize("choice", ["", " ", "fox 'unclosed", "nowhere"])
def test_without_one_the_desktops_opener_is_taken(programs: Path, choice: str) -> None:
    gio = program(programs, "gio")

    assert browser.command(URL, {"BROWSER": choice}) == [gio, "open", URL]


def test_a_mac_opens_by_open(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")

    assert browser.command(URL, {}) == ["open", URL]


async def test_the_address_arrives_whole_and_no_shell_reads_it(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_file = programs / "told"
    monkeypatch.setenv("BROWSER", "fox")
    program(programs, "fox", f'printf "%s" "$1" > {told_file}')

    assert await told() == ["Opening outlet.example"]
    assert "$(reboot)" in told_file.read_text().replace("%24", "$")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "", "-h"])
async def test_only_web_addresses_are_opened(programs: Path, address: str) -> None:
    program(programs, "xdg-open", "exit 1")

    assert await told(address) == ["Only http and https addresses are opened."]


async def test_a_browser_that_fails_is_told_with_the_address(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "fox")
    program(programs, "fox", "exit 3")

    _, after = await told("https://outlet.example/")

    assert after == "fox could not open it; set BROWSER. It is https://outlet.example/"


async def test_a_browser_that_cannot_be_run_is_told(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "fox")
    (programs / "fox").write_bytes(b"\x7fELF broken")
    (programs / "fox").chmod(0o755)

    (only,) = await told("https://outlet.example/")

    assert only.startswith("fox could not be started: ")


async def test_without_any_browser_the_address_is_shown(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BROWSER", raising=False)

    (only,) = await told("https://outlet.example/")

    assert only == "No browser was found; set BROWSER. It is https://outlet.example/"


@pytest.mark.parametrize(("name", "takes"), [("w3m", True), ("fox", False)])
def test_a_text_browser_wants_the_terminal(
    programs: Path, monkeypatch: pytest.MonkeyPatch, name: str, takes: object
) -> None:
    program(programs, name)
    monkeypatch.setenv("BROWSER", f"{programs / name} -T")

    assert browser.takes_the_terminal() is takes


async def test_where_the_terminal_cannot_be_lent_the_address_is_shown(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "w3m")
    program(programs, "w3m")
    app = App[None]()
    async with app.run_test():
        told_ = browser.lend_terminal(app, "https://outlet.example/")

    assert told_ == (
        "There is no terminal to lend to a text browser. "
        "The address: https://outlet.example/"
    )
    assert browser.lend_terminal(app, "file:///x").startswith("Only http")


@pytest.mark.parametrize(
    ("chosen", "run"),
    [
        (["other", "--app={url}"], ["other", f"--app={URL}"]),
        (["other", "-n"], ["other", "-n", URL]),
    ],
)
def test_the_config_files_browser_comes_before_all(
    programs: Path, chosen: list[str], run: list[str]
) -> None:
    program(programs, "fox")

    assert browser.command(URL, {"BROWSER": "fox"}, chosen) == run
    assert not browser.takes_the_terminal(chosen)
    assert browser.takes_the_terminal(["w3m"])
