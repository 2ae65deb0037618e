"""The screen as text, so that a change of it can be read: ``PICTURES=write`` remakes it."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.widgets import Input

from autotui.library import Library
from support import feeds
from support.web import Web
from ui.screens.reader import Open, Reader

PICTURES = Path(__file__).parents[1] / "pictures"
DIALOGS: dict[str, Sequence[str]] = {
    "tags": ("t",),
    "help": ("question_mark",),
    "add": ("a",),
    "first": ("P",),
    "palette": ("colon",),
}


@pytest.fixture
async def drawn(library: Library, web: Web) -> Library:
    """Feeds and marks of every kind."""
    stories = [
        ("e", "Rear axle with integrated inverter enters series production"),
        ("d", "Zulieferer baut Fertigung für Antriebswellen aus"),
        ("c", "日本の部品メーカー、新型インバーターを発表"),
        ("b", "Recall: drive shaft may come loose"),
        ("a", "Silicon carbide prices fall for the third year"),
    ]
    web["/volt"] = feeds.rss("Volt Weekly", list(reversed(stories)), feeds.LONG * 2)
    web["/axle"] = feeds.atom("Axle Atom", [("x", "An axle"), ("y", "Another axle")])
    await library.subscribe(web.url("/volt"), folder="Drivetrain")
    await library.subscribe(web.url("/axle"))
    await library.mark([1], "starred", on=True)
    await library.mark([2, 3], "read", on=True)
    await library.tag([1, 4], ["ev-drivetrain", "axles"])
    return library


def compare(reader: Reader, name: str) -> None:
    """Compare the screen with its picture, or make that anew."""
    file = PICTURES / f"{name}.txt"
    shown = "\n".join(reader.lines) + "\n"
    if os.environ.get("PICTURES") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8"), "PICTURES=write accepts the change"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_main_screen(drawn: Library, start: Open, size: tuple[int, int]) -> None:
    async with start(drawn, size) as reader:
        compare(reader, "main-{}x{}".format(*size))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_why_a_story_is_suggested(
    judged: Library, start: Open, size: tuple[int, int]
) -> None:
    async with start(judged, size) as reader:
        await reader.press("4", "plus", "minus", "w")
        await reader.settle()
        reader.app.clear_notifications()
        await reader.settle()
        compare(reader, "why-{}x{}".format(*size))


@pytest.mark.parametrize("name", DIALOGS)
async def test_a_dialog(drawn: Library, start: Open, name: str) -> None:
    async with start(drawn, (80, 24)) as reader:
        await reader.press(*DIALOGS[name])
        for line in reader.screen.query(Input):
            line.cursor_blink = False
        await reader.settle()
        compare(reader, f"{name}-80x24")


async def test_the_choice_of_feeds(drawn: Library, start: Open, web: Web) -> None:
    from autotui.ui.screens.adding import ChoiceScreen

    pairs = [("https://a.example/news", "News"), ("https://a.example/cars", "Cars")]
    async with start(drawn, (80, 24)) as reader:
        reader.app.push_screen(ChoiceScreen(pairs))
        await reader.settle()
        compare(reader, "choice-80x24")


async def test_the_first_start(library: Library, start: Open) -> None:
    async with start(library, (80, 24)) as reader:
        compare(reader, "start-80x24")
