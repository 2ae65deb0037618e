"""Marks, tags, undo, copy and open."""

import asyncio
from collections.abc import Callable, Mapping

import pytest

from autotui.errors import StoreError
from autotui.library import Library
from support import feeds
from support.web import Page, Web
from ui.screens.reader import Open, Reader

UNDOABLE: Mapping[str, Callable[[Reader], bool]] = {
    "m": lambda reader: reader.at_hand.read,
    "s": lambda reader: reader.at_hand.starred,
    "L": lambda reader: reader.at_hand.later,
    "e": lambda reader: reader.at_hand.tags == ("ev-drivetrain",),
}


@pytest.mark.parametrize("key", UNDOABLE)
async def test_each_mark_can_be_set_taken_undone_and_redone(
    reader: Reader, key: str
) -> None:
    holds = UNDOABLE[key]
    for press, wanted in ((key, True), (key, False), ("u", True), ("u", False)):
        await reader.press(press)
        assert holds(reader) is wanted, press
    await reader.press("U")
    assert holds(reader)


async def test_tags_of_the_dialog_are_undone_at_once(reader: Reader) -> None:
    await reader.press("t")
    await reader.type("axles e-motors")
    await reader.press("enter")
    assert reader.at_hand.tags == ("axles", "e-motors")
    assert reader.rows[-2:] == ["axles", "e-motors"]

    await reader.press("u")
    assert not reader.at_hand.tags
    assert "axles" not in reader.rows

    await reader.press("U", "T", "u")
    assert reader.at_hand.tags == ("axles", "e-motors")


async def test_undo_and_redo_say_when_there_is_nothing(reader: Reader) -> None:
    await reader.press("u", "U")

    assert reader.notes == ["There is nothing to undo.", "There is nothing to redo."]


async def test_reading_is_not_among_what_is_undone(reader: Reader) -> None:
    await reader.press("s", "n", "n", "u")

    assert reader.notes == ["Undone: starred"]
    assert (await reader.library.counts()).unread == 31


async def test_two_keys_at_once_both_count(reader: Reader) -> None:
    await reader.burst("s", "e", "s", "j", "s")

    stored = await reader.library.articles(reader.main.listing.ids[:2])
    assert [(one.starred, one.tags) for one in stored] == [
        (False, ("ev-drivetrain",)),
        (True, ()),
    ]
    assert reader.titles[:2] == ["Volt 29", "Volt 28"]


async def test_a_mark_shows_in_list_metadata_and_feed_list(reader: Reader) -> None:
    await reader.press("e", "s")

    assert "★" in reader.lines[1]
    assert "#ev-drivetrain" in reader.text
    assert "EV drivetrains      1" in reader.text
    assert "Starred             1" in reader.text


async def test_a_mark_that_cannot_be_stored_is_told_and_taken_back(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(reader.library, "mark", fail)

    await reader.press("s")

    assert reader.notes == ["the disk is full"]
    assert not reader.at_hand.starred
    assert reader.main.pending == {}


async def test_a_mark_is_on_screen_while_it_is_being_stored(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a store that takes its time
    stored = asyncio.Event()
    monkeypatch.setattr(reader.library, "mark", lambda *_, **__: stored.wait())
    # When a story is starred, and the lists are read anew meanwhile
    await reader.pilot.press("s")
    reader.main.reload()
    await reader.until(lambda: reader.main.articles.current and not reader.main._recount)
    # Then the star stays
    assert reader.at_hand.starred
    stored.set()
    await reader.settle()
    assert reader.main.pending == {}


async def test_a_bug_ends_the_reader_loudly(
    stocked: Library, start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(stocked, "mark", fail)

    with pytest.raises(RuntimeError, match="_settle failed"):
        async with start(stocked) as reader:
            await reader.press("s")


async def test_the_welcome_story_is_only_read(library: Library, start: Open) -> None:
    async with start(library) as reader:
        await reader.press("escape", "s", "e")

        assert (
            reader.notes
            == ["The welcome story is only here to be read; a adds a feed."] * 2
        )
        assert (await library.counts()).starred == 0


async def test_an_address_is_copied_and_shown(reader: Reader) -> None:
    await reader.press("y")

    assert reader.app.clipboard == "https://outlet.example/v29"
    assert reader.notes == ["Copied https://outlet.example/v29"]


async def test_a_story_without_address_is_neither_copied_nor_opened(
    library: Library, web: Web, start: Open
) -> None:
    bare = feeds.rss("Bare", [("b", "No address")])
    web["/bare"] = Page(bare.replace(b"<link>https://outlet.example/b</link>", b""))
    await library.subscribe(web.url("/bare"))
    async with start(library) as reader:
        reader.app.copy_to_clipboard("what was there")
        await reader.press("y", "o")

        assert reader.notes == ["This story has no address."] * 2
        assert reader.app.clipboard == "what was there"


@pytest.mark.parametrize(
    ("browser", "told"),
    [
        ("true", ["Opening outlet.example"]),
        ("false", ["Opening outlet.example", "false could not open it"]),
        ("w3m-that-is-not-there", []),
    ],
)
async def test_opening_tells_how_it_went(
    reader: Reader, browser: str, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", browser)
    monkeypatch.setattr("autotui.ui.browser._OPENERS", ())
    monkeypatch.setattr("sys.platform", "linux")

    await reader.press("o")

    expected = told or ["No browser was found; set BROWSER."]
    assert len(reader.notes) == len(expected)
    assert all(map(str.startswith, reader.notes, expected))
