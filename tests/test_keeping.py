"""Maintenance: what would go goes and nothing else; others are not held up."""

import sqlite3
from contextlib import closing

from autotui import query
from autotui.library import Library
from autotui.store.presence import Presence
from support import feeds
from support.homes import Home
from support.web import Page, Web

NAMES = ("plain", "unread", "starred", "later", "tagged")


async def kept_for_a_day(library: Library, web: Web) -> dict[str, int]:
    """A feed whose texts' days are over, with a story of every kind."""
    items = [(name, name) for name in NAMES]
    web["/feed"] = Page(feeds.rss("Outlet", items))
    await library.subscribe(web.url("/feed"))
    listing = await library.listing(query.parse(""))
    ids = {each.title: each.id for each in listing.articles.values()}
    await library.mark(
        [each for name, each in ids.items() if name != "unread"], "read", on=True
    )
    await library.mark([ids["starred"]], "starred", on=True)
    await library.mark([ids["later"]], "later", on=True)
    await library.tag([ids["tagged"]], ["axles"])
    with closing(sqlite3.connect(library.paths.database)) as db, db:
        db.execute("UPDATE feed SET keep_days = 1")
        db.execute("UPDATE article SET seen_at = seen_at - 864000")
    return ids


async def test_the_dry_run_tells_exactly_what_goes_then(library: Library, web: Web) -> None:
    ids = await kept_for_a_day(library, web)
    before = {name: (await library.document(each)).blocks for name, each in ids.items()}

    planned = await library.keeping.maintain(dry_run=True)
    same = {name: (await library.document(each)).blocks for name, each in ids.items()}
    done = await library.keeping.maintain()
    after = {name: (await library.document(each)).blocks for name, each in ids.items()}

    assert (planned.verdict, same) == ("ok", before)
    assert [each.title for each in planned.texts] == ["plain"]
    assert done.texts == planned.texts
    assert after == {**before, "plain": ()}
    (size,) = done.feeds
    assert (size.title, size.stories, size.texts) == ("Outlet", 5, 5)
    assert size.bytes >= sum(each.bytes for each in planned.texts) * 5 - 100
    assert (await library.keeping.maintain()).texts == ()


async def test_gaps_are_closed_only_while_nobody_else_has_the_database_open(
    library: Library,
) -> None:
    with closing(sqlite3.connect(library.paths.database)) as db, db:
        db.execute("CREATE TABLE filler AS SELECT zeroblob(4000000) AS x")
        db.execute("DROP TABLE filler")
    reader = Presence(library.paths.database)

    beside = await library.keeping.maintain()
    reader.close()
    alone = await library.keeping.maintain()

    assert "another autotui has the database open" in beside.skipped
    assert beside.after == beside.before > 4_000_000
    assert (alone.skipped, alone.before) == ("", beside.before)
    assert alone.after < 1_000_000
    # And others may open it again.
    assert not Presence(library.paths.database).alone()


async def test_the_index_is_merged_and_finds_the_same(library: Library, web: Web) -> None:
    for number in range(6):
        web["/feed"] = Page(feeds.rss("Outlet", [(f"g{number}", f"Inverter {number}")]))
        await library.subscribe(web.url("/feed")) if not number else None
        async for _ in library.refresh(force=True):
            pass
    parts = "SELECT count(DISTINCT segid) FROM search_idx"
    with closing(sqlite3.connect(library.paths.database)) as db:
        before = db.execute(parts).fetchone()[0]
        await library.keeping.maintain()
        assert db.execute(parts).fetchone()[0] < before
    assert len((await library.listing(query.parse("inverter"))).ids) == 6


def test_from_the_command_line_a_backup_comes_back(home: Home, web: Web) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", [("one", "First")]))
    home.run("add", web.url("/feed"))
    home.run("mark", "1", "--star")
    file = home.folder / "copy.db"
    assert home.run("backup", str(file), "--json").json["bytes"] == file.stat().st_size
    again = home.run("backup", str(file))
    assert (again.code, "--force" in again.err) == (1, True)
    assert home.run("backup", str(file), "--force").code == 0

    home.run("mark", "1", "--unstar")
    home.run("remove", "1")
    told = home.run("restore", str(file), "--json").json

    assert (told["feeds"], told["stories"]) == (1, 1)
    assert home.run("list", "is:starred", "--jsonl").lines[0]["title"] == "First"
    assert home.run("maintenance", "--dry-run", "--json").json["verdict"] == "ok"
    reader = Presence(home.paths.database)
    busy = home.run("restore", str(file))
    assert (busy.code, "close it and try again" in busy.err) == (1, True)
    assert "Outlet" in home.run("maintenance").out
    reader.close()
