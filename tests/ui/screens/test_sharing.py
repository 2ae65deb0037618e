"""The story to a program."""

import json
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from autotui.library import Library
from autotui.ui.screens.sharing import PipeScreen, ShareScreen
from ui.screens.reader import Open, Reader


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """What the program of the test was given: arguments, and standard input."""
    return tmp_path / "told"


@pytest.fixture
def program(tmp_path: Path, told: Path) -> str:
    file = tmp_path / "keep"
    file.write_text(
        f"#!{sys.executable}\nimport json, sys, pathlib\n"
        f"pathlib.Path({str(told)!r}).write_text("
        "json.dumps([sys.argv[1:], sys.stdin.read()]))\nprint('kept')\n"
    )
    file.chmod(0o755)
    return str(file)


@pytest.fixture
async def sharing(stocked: Library, start: Open, program: str) -> AsyncIterator[Reader]:
    """A reader whose config file has a share menu."""
    share = {
        "Notes": (program, "--from", "{url}", "{title}"),
        "Terminal": ("less",),
        "[bold]x[/]": ("/nowhere/at/all",),
    }
    settings = replace(stocked.config, share=share)
    async with start(stocked, settings=settings) as reader:
        yield reader


def given(told: Path) -> tuple[list[str], str]:
    arguments, text = json.loads(told.read_text())
    return arguments, text


async def test_a_command_that_is_typed_reads_the_story_as_markdown(
    reader: Reader, program: str, told: Path
) -> None:
    await reader.press("vertical_line")
    assert isinstance(reader.screen, PipeScreen)
    await reader.type(f"{program} 'a b' $HOME {{url}} | x")
    await reader.press("enter")
    await reader.until(lambda: reader.notes)

    arguments, text = given(told)
    assert arguments == ["a b", "$HOME", "https://outlet.example/v29", "|", "x"]
    assert text.startswith("# Volt 29\n\n[https://outlet.example/v29](<https://")
    assert text.count("\n\n") >= 2
    assert reader.notes == ["keep: kept"]


async def test_what_was_typed_comes_back_the_newest_first(reader: Reader) -> None:
    for line in ("true 1", "true 2", "true 1"):
        await reader.press("vertical_line")
        await reader.type(line)
        await reader.press("enter")
        await reader.settle()
    await reader.press("vertical_line", "up", "up", "up")
    assert "true 2" in reader.text
    await reader.press("down")
    assert "true 1" in reader.text
    await reader.press("down", "escape")

    assert json.loads(await reader.library.recall("pipes")) == ["true 1", "true 2"]


@pytest.mark.parametrize("line", ["wc 'x", "''", '"'])
async def test_a_line_that_is_no_command_is_told(reader: Reader, line: str) -> None:
    await reader.press("vertical_line")
    await reader.type(line)
    await reader.press("enter")

    assert reader.notes == ["This is no command, or its quotes do not close."]


async def test_a_program_of_the_menu_gets_address_and_title(
    sharing: Reader, told: Path
) -> None:
    await sharing.press("vertical_line")
    assert isinstance(sharing.screen, ShareScreen)
    assert "Notes" in sharing.text
    assert "[bold]x[/]" in sharing.text
    await sharing.press("enter")
    await sharing.until(lambda: sharing.notes)

    arguments, _ = given(told)
    assert arguments == ["--from", "https://outlet.example/v29", "Volt 29"]


async def test_what_cannot_be_run_is_told(sharing: Reader) -> None:
    await sharing.press("vertical_line", "j", "enter")
    await sharing.press("vertical_line", "j", "j", "enter")
    await sharing.until(lambda: len(sharing.notes) > 1)

    assert sharing.notes == [
        "There is no terminal to lend to less.",
        "all could not be started: No such file or directory.",
    ]


@pytest.mark.parametrize("keys", [("k", "enter"), ("vertical_line",), ("G", "enter")])
async def test_from_the_menu_any_command_can_be_typed(
    sharing: Reader, keys: tuple[str, ...]
) -> None:
    await sharing.press("vertical_line", *(key if key != "G" else "end" for key in keys))

    assert isinstance(sharing.screen, PipeScreen)


async def test_leaving_the_dialogs_runs_nothing(sharing: Reader, told: Path) -> None:
    await sharing.press("vertical_line", "escape")
    await sharing.press("vertical_line", "vertical_line", "escape")

    assert sharing.screen is sharing.main
    assert not Path.exists(told)


async def test_a_history_that_the_disk_forgot_is_no_trouble(reader: Reader) -> None:
    for stored in ("[1, null, {}]", "{", '"x"', "3"):
        await reader.library.remember("pipes", stored)
        await reader.press("vertical_line", "up", "escape")

    assert reader.screen is reader.main
