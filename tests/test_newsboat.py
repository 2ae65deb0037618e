"""Moving in from newsboat: nothing is lost, nothing comes twice, nothing is believed."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import aclosing, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui import clean, query, urlfile
from autotui.brought import Brought, Item
from autotui.errors import ParseError
from autotui.ingest import cached
from autotui.library import Library
from autotui.store import newsboat as store
from support import feeds, newsboats
from support.homes import Home
from support.web import Page, Web

KEPT = {
    "Inverter 0": "read",
    "Inverter 1": "read starred",
    "Inverter 2": "starred flag-b",
    "Inverter 3": "",
    "Axle & shaft": "",
    "Undated": "",
    "One": "read",
    "Two": "read",
}


async def stories(library: Library) -> dict[str, str]:
    """Each story with what is marked on it; every one is there once."""
    listing = await library.listing(query.parse(""), None)
    every = [listing.articles[each] for each in listing.ids]
    for feed in await library.feeds():
        if feed.muted:
            found = await library.listing(query.parse(f"feed:{feed.id}"), None)
            every += [found.articles[each] for each in found.ids]
    assert len({each.title for each in every}) == len(every)
    return {
        each.title: " ".join(
            [name for name in ("read", "starred") if getattr(each, name)] + list(each.tags)
        )
        for each in every
    }


@pytest.mark.parametrize("source", newsboats.SOURCES)
async def test_everything_comes_over_and_the_next_refresh_doubles_nothing(
    library: Library, web: Web, tmp_path: Path, source: str
) -> None:
    folder = newsboats.left_behind(source, web, tmp_path / "boat")

    done = await library.upkeep.import_newsboat(folder)

    # Then feeds, folders, own titles, stories, marks and the simple query are here
    assert (done.added, done.known, done.stories, done.new) == (3, 0, 8, 8)
    assert (done.read, done.starred, done.tagged, done.queries) == (4, 2, 1, 1)
    assert [reason[:9] for _, reason in done.refused] == [
        "a command",
        "a command",
        "no web ad",
    ]
    assert [what for what, _ in done.left] == [web.url("/drive.xml"), "Odd"]
    followed = {
        each.url.rpartition("/")[2]: (each.folder, each.title, each.muted)
        for each in await library.feeds()
    }
    assert followed["drive.xml"] == ("electric cars", "Drive units", False)
    assert followed["workshop.xml"][::2] == ("workshop", True)
    (saved,) = await library.searching.saved()
    assert (saved.name, saved.text) == ("To read", 'is:unread folder:"electric cars"')
    assert await stories(library) == KEPT
    (axle,) = (await library.listing(query.parse("feed:2 title:axle"), None)).ids
    # Under the key that its feed gives, though newsboat puts the date behind it
    (story,) = await library.articles([axle])
    assert story.key == story.url == "https://outlet.example/axle?a=1&b=2"
    text = " ".join(map(str, (await library.document(axle)).blocks))
    assert "An axle with a" in text

    # And they are the same after the feeds were asked
    async with aclosing(library.refresh(force=True)) as updates:
        assert [each.new async for each in updates] == [0, 0, 0]
    assert await stories(library) == KEPT


async def test_it_is_one_step_that_is_undone_and_done_again(
    library: Library, web: Web, tmp_path: Path
) -> None:
    folder = newsboats.left_behind("recorded", web, tmp_path / "boat")
    await library.upkeep.import_newsboat(folder)
    before = await stories(library)

    await library.undo()
    assert await library.feeds() == ()
    assert await library.searching.saved() == ()
    assert await library.undo() is None

    await library.redo()
    assert await stories(library) == before
    assert len(await library.searching.saved()) == 1


async def test_again_it_brings_nothing_and_what_the_feed_said_since_stays(
    library: Library, web: Web, tmp_path: Path
) -> None:
    # Given a feed that is here, with a story that has changed since newsboat met it
    folder = newsboats.left_behind("recorded", web, tmp_path / "boat")
    changed = [("d-0", "Inverter 0, corrected")]
    web["/drive.xml"] = Page(feeds.rss("Drive", changed, "A new text."))
    await library.subscribe(web.url("/drive.xml"))

    first = await library.upkeep.import_newsboat(folder)
    again = await library.upkeep.import_newsboat(folder)

    assert (first.added, first.known, first.new) == (2, 1, 7)
    assert (again.added, again.known, again.new, again.queries) == (0, 3, 0, 0)
    assert "Inverter 0, corrected" in await stories(library)


async def test_a_dry_run_tells_the_same_and_changes_nothing(
    library: Library, web: Web, tmp_path: Path
) -> None:
    folder = newsboats.left_behind("recorded", web, tmp_path / "boat")
    planned = await library.upkeep.import_newsboat(folder, dry_run=True)
    assert await library.feeds() == ()
    done = await library.upkeep.import_newsboat(folder)
    assert [getattr(planned, name) for name in Brought.__slots__ if name != "new"] == [
        getattr(done, name) for name in Brought.__slots__ if name != "new"
    ]


def test_the_command_line_and_the_reader_get_the_same_answer(
    home: Home, web: Web, tmp_path: Path
) -> None:
    folder = newsboats.left_behind("recorded", web, tmp_path / "boat")
    told = home.run("import", "--newsboat", str(folder), "--star", "b", "--json").json
    assert (told["added"], told["starred"], told["tagged"]) == (3, 1, 2)
    assert {each["what"] for each in told["left"]} == {web.url("/drive.xml"), "Odd"}
    assert Brought.told(told).refused[0][0].startswith("exec:")
    again = home.run("import", "--newsboat", str(folder), "--dry-run")
    assert "0 feeds new, 3 already there" in again.out
    assert home.run("import").code == home.run("import", "x", "--newsboat").code == 2


def _text(path: Path) -> None:
    path.write_text("nothing of the kind")


def _other(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE rss_item (guid)")


def _endless(path: Path) -> None:
    columns = "guid, title, author, url, feedurl, pubDate, content, unread"
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            f"CREATE VIEW rss_item ({columns}) AS WITH RECURSIVE n (x) AS "
            "(SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x,x,x,x,x,x,x,x FROM n"
        )


def _virtual(path: Path) -> None:
    columns = "guid, title, author, url, feedurl, pubDate, content, unread"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"CREATE VIRTUAL TABLE rss_item USING fts5 ({columns})")


def _cut(path: Path) -> None:
    content = (newsboats.FOLDER / "cache.db").read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _locked(path: Path) -> sqlite3.Connection:
    path.write_bytes((newsboats.FOLDER / "cache.db").read_bytes())
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    return db


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_text, "no SQLite database"),
        (_other, "no cache of newsboat"),
        (_endless, "no cache of newsboat"),
        (_virtual, "no cache of newsboat"),
        (_cut, "damaged"),
        (_locked, "close newsboat"),
    ],
)
async def test_a_cache_that_cannot_be_read_is_told_before_anything_is_changed(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], Any],
    words: str,
) -> None:
    monkeypatch.setattr(store, "_WAIT_SECONDS", 0.01)
    (tmp_path / "urls").write_text("https://a.example/feed\n")
    held = make(tmp_path / "cache.db")
    with pytest.raises(ParseError, match=words):
        await library.upkeep.import_newsboat(tmp_path)
    assert await library.feeds() == ()
    if held:
        held.close()


async def test_without_a_cache_the_feeds_come_and_without_a_list_nothing(
    library: Library, tmp_path: Path
) -> None:
    with pytest.raises(ParseError, match="urls cannot be read"):
        await library.upkeep.import_newsboat(tmp_path)
    (tmp_path / "urls").write_text("https://a.example/feed\n")
    done = await library.upkeep.import_newsboat(tmp_path)
    assert (done.added, done.left[0][1]) == (1, "there is no cache, so no stories came")


async def test_a_log_beside_the_cache_is_read_and_the_cache_stays_as_it_was(
    library: Library, web: Web, tmp_path: Path
) -> None:
    # Given a cache whose newest marks lie in its write-ahead log still
    folder = newsboats.left_behind("recorded", web, tmp_path / "boat")
    with closing(sqlite3.connect(folder / "cache.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("UPDATE rss_item SET unread = 0")
        before = (folder / "cache.db").read_bytes()
        done = await library.upkeep.import_newsboat(folder)
        assert (done.read, done.stories) == (8, 8)
        assert (folder / "cache.db").read_bytes() == before


ANYTHING = st.one_of(
    st.text(),
    st.sampled_from(["\x1b]52;c;x\x07", "\u202eevil", "<b>&#27;[2J</b>", "a" * 600]),
)


@given(st.lists(st.tuples(ANYTHING, ANYTHING, ANYTHING), max_size=5), st.binary())
def test_whatever_the_list_holds_it_is_read_clean(
    rows: list[tuple[str, str, str]], junk: bytes
) -> None:
    lines = [
        f'https://{n}.example/{a} "{b}" "~{c}"\nquery:{a}:{b}\n'
        for n, (a, b, c) in enumerate(rows)
    ]
    found = urlfile.read("".join(lines).encode("utf-8", "replace") + junk, "s")
    told = [part for row in (*found.refused, *found.left, *found.queries) for part in row]
    told += [
        part for each in found.feeds for part in (each.wanted.title, each.wanted.folder)
    ]
    assert all(clean.line(each, 5_000) == each for each in told)
    for _, text in found.queries:
        query.parse(text)


@given(
    st.builds(
        Item,
        *[ANYTHING] * 5,
        st.integers(),
        ANYTHING,
        st.just(0),
        ANYTHING,
        st.just(0),
        ANYTHING,
        ANYTHING,
        ANYTHING,
    )
)
def test_whatever_a_story_holds_it_comes_over_clean(item: Item) -> None:
    (story,) = cached.stories([item])
    for line in (story.key, story.title, story.url, story.author):
        assert clean.line(line, 10_000) == line
    assert clean.text(story.text) == story.text
    assert story.published_at is None or story.published_at > datetime(
        1970, 1, 1, tzinfo=UTC
    )


def test_values_of_any_type_are_read_as_what_they_should_be(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE rss_item (guid, title, url, feedurl, content, unread)")
        db.execute(
            "INSERT INTO rss_item VALUES (1, x'ff41', NULL, 2.5, ?, 'yes')",
            ("x" * 2_000_000,),
        )
    with store.opened(path) as cache:
        (item,), _ = cache.page(0)
    assert json.dumps(item[:5]) == json.dumps(["1", "\ufffdA", "", "", "2.5"])
    assert (len(item.content), item.unread, item.flags) == (1_000_000, 0, "")
