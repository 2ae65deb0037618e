"""The palette: what it offers when, and that it does it."""

from textual.command import Hit, Provider
from textual.content import Content

from autotui.edits import Edit
from autotui.library import Library
from autotui.ui.commands import Commands
from ui.screens.conftest import *  # noqa: F403 - the fixtures of the whole reader
from ui.screens.reader import Open, Reader


def provider(reader: Reader) -> Provider:
    return Commands(reader.main)


async def offered(reader: Reader) -> set[str]:
    return {str(hit.text) async for hit in provider(reader).discover()}


async def found(reader: Reader, words: str) -> list[Hit]:
    hits = [hit async for hit in provider(reader).search(words)]
    assert all(isinstance(hit, Hit) for hit in hits)
    return [hit for hit in hits if isinstance(hit, Hit)]


async def pick(reader: Reader, words: str) -> None:
    """Choose what the palette finds first."""
    await reader.press("colon")
    await reader.type(words)
    await reader.until(lambda: words.lower() in "\n".join(reader.lines[6:]).lower())
    await reader.press("enter")


async def test_the_palette_does_what_a_key_does(reader: Reader) -> None:
    await pick(reader, "Star")

    assert reader.at_hand.starred


async def test_the_palette_goes_to_a_feed(reader: Reader) -> None:
    await pick(reader, "Go to Axle")

    assert reader.list_title == "Axle Atom · 3"
    assert reader.main.feed_list.current == reader.main.row


async def test_the_palette_quits(reader: Reader) -> None:
    await pick(reader, "Quit")

    assert reader.app._exit


async def test_the_palette_changes_the_theme(reader: Reader) -> None:
    await pick(reader, "Theme nord")

    assert reader.app.theme == "nord"


async def test_what_only_a_finger_can_mean_is_not_offered(reader: Reader) -> None:
    names = await offered(reader)

    assert {"Star", "Undo", "Help", "Quit", "Suspend", "Next unread / match"} <= names
    assert not names & {
        *("Down", "Up", "Top", "Page down", "Pane to the right", "Next pane"),
        *("Command palette", "Back, at the root quit", "Read"),
    }


async def test_what_has_nothing_to_act_on_is_not_offered(reader: Reader) -> None:
    assert not await offered(reader) & {"Remove all tags", "Delete the feed"}

    await reader.press("e")
    await reader.go_to("Axle Atom")
    assert "Delete the feed" in await offered(reader)
    await reader.go_to("ev-drivetrain")
    assert "Remove all tags" in await offered(reader)
    await reader.go_to("Starred")
    assert not await offered(reader) & {"Star", "Tags", "Copy the address"}


async def test_before_there_is_a_feed_only_what_adds_some_is_offered(
    library: Library, start: Open
) -> None:
    async with start(library) as reader:
        await reader.press("escape")
        names = await offered(reader)

    assert {"Add a feed", "Subscribe to a pack", "Help"} <= names
    assert not names & {"Star", "Next unread / match", "Refresh all that are due"}


async def test_rows_are_found_but_no_headings(reader: Reader) -> None:
    await reader.press("e")

    texts = {str(hit.text) for hit in await found(reader, "Go to")}

    assert {"Go to All", "Go to Cars", "Go to Axle Atom", "Go to #ev-drivetrain"} <= texts
    assert "Go to Feeds" not in texts


async def test_a_hostile_title_is_no_markup(reader: Reader) -> None:
    feed = await reader.library.feed("1")
    await reader.library.upkeep.edit(feed, Edit(title="[@click=app.quit]x[/y] \x1b[2J"))
    reader.main.reload()
    await reader.settle()

    (hit,) = await found(reader, "click=app")

    assert isinstance(hit.prompt, Content)
    assert hit.prompt.plain == "Go to [@click=app.quit]x[/y] [2J"
    await pick(reader, "[@click=app")
    assert not reader.app._exit
