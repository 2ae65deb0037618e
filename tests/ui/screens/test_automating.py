"""Marking a whole view read."""

import asyncio
from array import array

import pytest

from autotui import query
from autotui.errors import StoreError
from autotui.library import Library
from autotui.ui.screens.confirming import ConfirmScreen
from support import feeds
from support.web import Page, Web
from ui.screens.reader import Open, Reader


async def unread(library: Library, text: str = "") -> int:
    return len((await library.listing(query.parse(f"is:unread {text}"))).ids)


async def test_a_view_is_marked_read_and_one_key_takes_all_of_it_back(
    stocked: Library, start: Open
) -> None:
    async with start(stocked) as reader:
        await reader.go_to("Axle Atom")
        await reader.press("l", "m", "A")
        assert reader.notes == ["Marked 2 stories read; u takes that back."]
        assert await unread(stocked) == 30
        assert all(each.read for each in reader.main.listing.articles.values())
        assert [row.count for row in reader.main.rows if row.label == "Axle Atom"] == [0]
    async with start(stocked) as reader:
        await reader.press("u")
        assert reader.notes == ["Undone: read, the whole view"]
        assert await unread(stocked) == 32
        await reader.press("U")
        assert await unread(stocked) == 30


async def test_only_what_is_listed_is_marked(stocked: Library, start: Open) -> None:
    async with start(stocked) as reader:
        await reader.press("s", "3", "A")

        assert reader.notes == ["Marked 1 story read; u takes that back."]
        assert await unread(stocked) == 32
        await reader.press("A")
        assert reader.notes[-1] == "Everything here is read."


async def test_nothing_leaves_the_list_under_the_cursor(reader: Reader) -> None:
    await reader.press("2", "j", "A")

    assert len(reader.main.listing.ids) == 33
    assert reader.at_hand.title == "Volt 28"
    assert reader.at_hand.read
    await reader.press("u")
    assert not reader.at_hand.read
    assert reader.at_hand.title == "Volt 28"


@pytest.fixture
async def many(library: Library, web: Web) -> Library:
    items = [(f"n{n}", f"Story {n}") for n in range(300)]
    web["/many"] = Page(feeds.rss("Many", items), etag='"1"')
    await library.subscribe(web.url("/many"))
    return library


async def test_above_fifty_stories_it_asks(many: Library, start: Open) -> None:
    async with start(many) as reader:
        await reader.press("A")
        assert isinstance(reader.screen, ConfirmScreen)
        assert "Mark all 300 stories of this list read?" in reader.text
        await reader.press("escape")
        assert await unread(many) == 300

        await reader.press("A", "y")
        assert await unread(many) == 0
        assert reader.notes[-1] == "Marked 300 stories read; u takes that back."
        # also of those that were never on screen
        await reader.press("G")
        assert reader.at_hand.read
        await reader.press("u")
        assert not reader.at_hand.read
        assert await unread(many) == 300


async def test_a_key_right_after_it_is_not_lost_and_neither_is_the_mark(
    stocked: Library, start: Open
) -> None:
    async with start(stocked) as reader:
        await reader.burst("A", "s", "ctrl+c")

    assert await unread(stocked) == 0
    assert len((await stocked.listing(query.parse("is:starred"))).ids) == 1


async def test_a_view_that_could_not_be_marked_is_shown_as_it_is(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> "asyncio.Future[object]":
        failed: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        failed.set_exception(StoreError("the disk is full"))
        return failed

    monkeypatch.setattr(reader.library, "mark", fail)
    await reader.press("A")

    assert "the disk is full" in reader.notes
    assert not any(each.read for each in reader.main.listing.articles.values())
    assert reader.main.pending == {}


async def test_before_there_is_a_feed_there_is_nothing_to_mark(
    library: Library, start: Open
) -> None:
    async with start(library) as reader:
        await reader.press("escape", "A")

        assert reader.notes == ["Everything here is read."]
        assert reader.main.listing.ids == array("q", reader.main.listing.ids)
