"""Looking after feeds through the Library: what an edit does to checks, lists and texts."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from autotui import inline, query, refresh
from autotui.config import Config, Network
from autotui.edits import Edit
from autotui.errors import OutputError, UnknownError
from autotui.library import Library
from autotui.model import Feed
from autotui.offload import Offload
from support import feeds
from support.homes import Home
from support.web import Page, Web

ITEMS = [("one", "First story"), ("two", "Second story")]
LOOPBACK = Config(network=Network(allow_private=True))
START = datetime(2024, 1, 2, 12, tzinfo=UTC)


class Clock:
    """A clock that goes only when it is told to."""

    now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def library(
    home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Library]:
    for module in (inline, refresh):
        monkeypatch.setattr(module, "Offload", partial(Offload, inline=True))
    async with Library(home.paths, LOOPBACK, inline=True, now=clock) as library:
        yield library


@pytest.fixture
async def outlet(library: Library, web: Web) -> Feed:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS), etag='"1"')
    return (await library.subscribe(web.url("/feed")))[0]


async def ask(library: Library, *only: Feed) -> None:
    async with aclosing(library.refresh(only)) as updates:
        async for _ in updates:
            pass


async def edited(library: Library, feed: Feed, edit: Edit) -> Feed:
    await library.upkeep.edit(feed, edit)
    return await library.feed(str(feed.id))


async def titles(library: Library, text: str) -> list[str]:
    listing = await library.listing(query.parse(text))
    return [one.title for one in await library.articles(listing.ids)]


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


async def due(library: Library, clock: Clock) -> timedelta:
    (feed,) = await library.feeds()
    assert feed.next_check_at
    return feed.next_check_at - clock.now


async def test_the_readers_interval_comes_before_the_feeds_rhythm(
    library: Library, outlet: Feed, web: Web, clock: Clock
) -> None:
    clock.now += timedelta(days=60)
    await ask(library, outlet)
    assert await due(library, clock) == timedelta(hours=12)

    await edited(library, outlet, Edit(minutes=10))
    await ask(library, outlet)
    assert await due(library, clock) == timedelta(minutes=10)

    web["/feed"] = Page(
        feeds.rss("Outlet", ITEMS), headers={"cache-control": "max-age=9000"}
    )
    await ask(library, outlet)
    assert await due(library, clock) == timedelta(seconds=9000)

    await edited(library, outlet, Edit(minutes=2 * 24 * 60))
    await ask(library, outlet)
    assert await due(library, clock) == timedelta(days=2)


async def test_a_failing_feed_waits_by_its_own_interval(
    library: Library, outlet: Feed, web: Web, clock: Clock
) -> None:
    await edited(library, outlet, Edit(minutes=10))
    web["/feed"] = Page(status=404)
    await ask(library, outlet)

    assert timedelta(minutes=10) <= await due(library, clock) <= timedelta(minutes=13)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("", False),
        ("is:unread", False),
        ("story", False),
        ("folder:Cars", False),
        ("-is:read", False),
        ("-feed:9", False),
        ("(feed:9 OR story) is:unread", False),
        ("(feed:1 OR id:2) is:unread", True),
        ("feed:1", True),
        ("feed:1 is:unread", True),
        ("is:starred", True),
        ("tag:axles", True),
        ("is:tagged", True),
        ("id:2", True),
        ("feed:1 OR is:unread", True),
    ],
)
async def test_what_is_muted_is_found_where_it_is_asked_for(
    library: Library, outlet: Feed, text: str, *, there: bool
) -> None:
    await library.mark([2], "starred", on=True)
    await library.tag([2], ["axles"])
    await edited(library, outlet, Edit(folder="Cars"))
    assert "First story" in await titles(library, text)

    await edited(library, outlet, Edit(muted=True))

    assert ("First story" in await titles(library, text)) is there


async def test_a_muted_feed_is_asked_and_stored_but_not_counted(
    library: Library, outlet: Feed, web: Web
) -> None:
    await edited(library, outlet, Edit(muted=True))
    web["/feed"] = Page(feeds.rss("Outlet", [*ITEMS, ("three", "Third story")]))
    await ask(library, outlet)

    assert len(await titles(library, "feed:1")) == 3
    counts = await library.counts()
    assert (counts.unread, counts.total, counts.suggested) == (0, 0, 0)
    assert (await library.feed("1")).unread == 3


async def test_a_story_under_the_cursor_stays_in_the_list_when_its_feed_is_muted(
    library: Library, outlet: Feed
) -> None:
    await edited(library, outlet, Edit(muted=True))

    held = query.either(query.parse("is:unread"), query.ids((2,)))

    assert list((await library.listing(held)).ids) == [2]


async def test_after_a_refresh_the_texts_go_whose_days_are_over(
    library: Library, outlet: Feed, clock: Clock
) -> None:
    await library.mark([1, 2], "read", on=True)
    await library.mark([2], "starred", on=True)
    await edited(library, outlet, Edit(keep_days=30))
    await ask(library, outlet)
    assert len(await titles(library, "housing")) == 2

    clock.now += timedelta(days=31)
    await ask(library, outlet)

    assert await titles(library, "housing") == ["First story"]
    assert await titles(library, "is:read") == ["Second story", "First story"]
    assert not (await library.document(1)).blocks


async def test_an_edit_survives_a_restart_and_so_does_its_undo(
    home: Home, library: Library, outlet: Feed, clock: Clock
) -> None:
    wanted = Edit(title="Mine", muted=True, keep_days=7, minutes=60)
    after = await edited(library, outlet, wanted)
    async with Library(home.paths, LOOPBACK, inline=True, now=clock) as again:
        assert await again.feeds() == (after,)
        step = await again.undo()
        assert step is not None
        assert step.label == "edit Outlet"
        undone = await again.feed("1")
        assert replace(undone, next_check_at=outlet.next_check_at) == outlet


async def test_an_edit_that_makes_no_sense_is_refused_at_once(
    library: Library, outlet: Feed
) -> None:
    with pytest.raises(UnknownError):
        library.upkeep.edit(outlet, Edit(url="nowhere"))
    assert await library.undo() is None


async def test_the_list_of_feeds_is_written_whole_or_not_at_all(
    library: Library, outlet: Feed, tmp_path: Path
) -> None:
    file = tmp_path / "feeds.opml"
    assert await library.upkeep.save_opml(file)
    assert outlet.url.encode() in file.read_bytes()
    before = file.read_bytes()

    await edited(library, outlet, Edit(title="Mine"))
    assert not await library.upkeep.save_opml(file)
    assert file.read_bytes() == before
    assert await library.upkeep.save_opml(file, over=True)
    assert b"Mine" in file.read_bytes()
    assert names(tmp_path) == ["feeds.opml", "home"]


@pytest.mark.parametrize("name", ["no/such/folder.opml", ".", "x\0y", "n" * 300, "n" * 252])
async def test_a_file_that_cannot_be_written_is_told_in_words(
    library: Library, tmp_path: Path, name: str
) -> None:
    before = names(tmp_path)
    with pytest.raises(OutputError, match=r"cannot be written: \w"):
        await library.upkeep.save_opml(tmp_path / name, over=True)
    with pytest.raises(OutputError):
        await library.upkeep.save_opml(tmp_path / name)
    assert names(tmp_path) == before
