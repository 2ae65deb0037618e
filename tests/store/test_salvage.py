"""A damaged database: moved aside whole, and what can be read of it saved."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autotui import store
from autotui.document import Block, Document, Span
from autotui.model import ParsedArticle, ParsedFeed, Subscription
from autotui.store import arrivals, articles, feeds, spare, steps, verdicts
from autotui.store.steps import Change
from support.feeds import LONG, body

NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)
FEEDS, STORIES = 12, 60
PAGE = 4096


def url(number: int) -> str:
    return f"https://outlet{number}.example/feed"


def fill(path: Path) -> None:
    """A database with feeds in folders, stories, marks and tags; all in its main file."""
    opened = store.open(path)
    db = opened.db
    text = Document((Block("paragraph", (Span(LONG),)),))
    for number in range(FEEDS):
        wanted = Subscription(url(number), f"Outlet {number}", folder="Cars")
        feed_id, _ = feeds.subscribe(db, wanted, typed=True, now=NOW)
        stories = tuple(
            ParsedArticle(
                key=f"{number}-{story}",
                title=f"Story {story} of {number}",
                url=f"https://outlet{number}.example/{story}",
                **body(text),
            )
            for story in range(STORIES)
        )
        with store.writing(db):
            arrivals.save(db, feed_id, ParsedFeed("Outlet", articles=stories), NOW)
    ids = tuple(range(1, FEEDS * STORIES + 1, 7))
    changes = (
        Change("mark", "starred", on=True, ids=ids),
        Change("tag", "keep", on=True, ids=ids),
    )
    steps.do(db, "star", changes, NOW)
    assert opened.watch
    opened.watch.keep()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def counts(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as db:
        found = {
            table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("feed", "article", "body", "mark", "article_tag")
        }
    db.close()
    return found


def leaf(path: Path, table: str) -> int:
    """The number of a page in the middle of a table's pages."""
    with sqlite3.connect(path) as db:
        (root,) = db.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
    db.close()
    content = path.read_bytes()
    start = (root - 1) * PAGE
    assert content[start] == 5, "an inner page of a table"
    cells = int.from_bytes(content[start + 3 : start + 5], "big")
    at = start + 12 + 2 * (cells // 2)
    cell = start + int.from_bytes(content[at : at + 2], "big")
    return int.from_bytes(content[cell : cell + 4], "big")


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def zeroed(table: str) -> Callable[[Path], None]:
    return lambda path: overwrite(path, (leaf(path, table) - 1) * PAGE, bytes(PAGE))


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size * 3 // 4 // PAGE * PAGE)


WAYS: dict[str, Callable[[Path], None]] = {
    "header": lambda path: overwrite(path, 0, b"\xa5" * 100),
    "zeroed page of stories": zeroed("article"),
    "zeroed page of texts": zeroed("body"),
    "truncated": cut,
    "garbage page of stories": lambda path: overwrite(
        path, (leaf(path, "article") - 1) * PAGE, b"\x5a\x13" * (PAGE // 2)
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_can_be_read_is_saved_and_the_damaged_file_kept_as_it_was(
    tmp_path: Path, way: str
) -> None:
    path = tmp_path / "autotui.db"
    fill(path)
    whole = counts(path)
    WAYS[way](path)
    before = path.read_bytes()

    opened = store.open(path, damaged=True)

    assert opened.set_aside
    assert opened.set_aside.read_bytes() == before
    assert store.check(opened.db) == "ok"
    opened.db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    found = counts(path)
    assert found["feed"] == whole["feed"]
    # What is lost is a page: what follows it is read from the end.
    lost = 0.5 if way == "truncated" else 0.1
    assert found["article"] >= whole["article"] * (1 - lost), found
    assert found["body"] >= whole["body"] * (1 - lost), found
    assert found["article_tag"] >= whole["article_tag"] * 0.5, found
    assert found["mark"] >= whole["mark"] * 0.5, found
    # and what is gone comes back with the next fetch
    for feed in opened.db.execute("SELECT * FROM feed"):
        assert (feed["etag"], feed["body_hash"]) == ("", "")
    bare = "SELECT hash FROM article WHERE id NOT IN (SELECT article_id FROM body)"
    assert {row[0] for row in opened.db.execute(bare)} <= {""}
    assert f"{FEEDS} feeds" in opened.condition.told
    # and the numbers of the feed list are right
    (total,) = opened.db.execute("SELECT sum(total) FROM tally").fetchone()
    assert total == found["article"]
    opened.db.close()
    assert store.open(path).set_aside is None


def test_verdicts_are_saved_and_what_they_taught_is_counted_anew(tmp_path: Path) -> None:
    # Given a database with verdicts, damaged where its texts lie
    path = tmp_path / "autotui.db"
    fill(path)
    db = store.open(path).db
    steps.do(db, "verdicts", [Change("accept", "keep", on=True, ids=(1, 2))], NOW)
    steps.do(db, "verdicts", [Change("reject", "keep", on=True, ids=(3,))], NOW)
    before = verdicts.learned(db, "keep")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    zeroed("body")(path)
    # When it is opened
    opened = store.open(path, damaged=True)
    # Then what was learned is the same to the last count
    assert opened.set_aside
    assert before.counts
    assert verdicts.learned(opened.db, "keep") == before
    opened.db.close()


def test_other_addresses_and_the_text_that_is_not_shown_are_saved(tmp_path: Path) -> None:
    # Given a feed that moved, a story with two texts, and an address that makes no sense
    path = tmp_path / "autotui.db"
    fill(path)
    db = store.open(path).db
    feeds.alias(db, 3, ["https://before.example/feed", "javascript:x"])
    text, packed = articles.stored_body(db, 5)
    db.execute("INSERT INTO other_text VALUES (5, ?, ?, 9, 'full')", (text, packed))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    zeroed("body")(path)
    # When it is opened
    opened = store.open(path, damaged=True)
    # Then both are there, and nothing that was not an address
    assert opened.set_aside
    aliases = [tuple(row) for row in opened.db.execute("SELECT url, feed_id FROM alias")]
    assert aliases == [("https://before.example/feed", 3)]
    other = opened.db.execute("SELECT article_id, text, words FROM other_text").fetchall()
    assert [tuple(row) for row in other] == [(5, text, 9)]
    opened.db.close()


@pytest.mark.parametrize("content", [b"", b"no database\n" * 99, b"\0" * 50_000])
def test_where_nothing_can_be_read_the_subscriptions_come_from_the_spare_copy(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "autotui.db"
    fill(path)
    path.write_bytes(content)

    opened = store.open(path)

    assert opened.set_aside
    assert opened.set_aside.read_bytes() == content
    found = feeds.every(opened.db)
    assert {each.url for each in found} == {url(number) for number in range(FEEDS)}
    assert {each.folder for each in found} == {"Cars"}
    assert f"{FEEDS} feeds (from subscriptions.opml)" in opened.condition.told
    opened.db.close()


def test_a_missing_database_is_a_new_start(tmp_path: Path) -> None:
    path = tmp_path / "autotui.db"
    fill(path)
    path.unlink()
    opened = store.open(path)
    assert opened.condition.told == ""
    assert feeds.every(opened.db) == ()
    opened.db.close()


def test_an_empty_file_without_anything_beside_it_is_a_new_start(tmp_path: Path) -> None:
    (tmp_path / "autotui.db").touch()
    opened = store.open(tmp_path / "autotui.db")
    assert opened.condition.told == ""
    opened.db.close()


def test_garbage_after_the_log_of_the_last_writes_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "autotui.db"
    fill(path)
    path.with_name("autotui.db-wal").write_bytes(b"\xff\0garbage" * 5_000)
    opened = store.open(path)
    assert opened.set_aside is None
    assert len(feeds.every(opened.db)) == FEEDS
    opened.db.close()


def test_harm_that_damage_put_into_a_text_is_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "autotui.db"
    fill(path)
    db = sqlite3.connect(path)
    db.execute("UPDATE article SET title = 'a\x1b[2Jb' WHERE id = 5")
    db.execute("UPDATE article SET categories = 'no json' WHERE id = 6")
    db.execute("UPDATE body SET document = X'00FF' WHERE article_id = 7")
    db.execute("UPDATE feed SET url = 'javascript:x' WHERE id = 3")
    db.execute("UPDATE feed SET title = CAST(X'FFFE1B' AS TEXT) WHERE id = 4")
    db.commit()
    db.close()

    opened = store.open(path, damaged=True)

    (five,) = articles.some(opened.db, [5])
    assert five.title == "a[2Jb"
    assert articles.some(opened.db, [6]) == ()
    assert articles.body(opened.db, 7) == Document()
    assert len(feeds.every(opened.db)) == FEEDS - 1
    opened.db.close()


def test_a_killed_repair_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "autotui.db"
    fill(path)
    WAYS["header"](path)
    for left in ("autotui.db.new", "autotui.db.new-wal", "autotui.db.patched"):
        (tmp_path / left).write_bytes(b"half")

    opened = store.open(path)

    assert len(feeds.every(opened.db)) == FEEDS
    opened.db.close()
    names = {each.name for each in tmp_path.iterdir()}
    assert not {name for name in names if ".new" in name or ".patched" in name}


def test_the_spare_copy_follows_the_subscriptions_and_holds_no_password(
    tmp_path: Path,
) -> None:
    path = tmp_path / "autotui.db"
    opened = store.open(path)
    assert opened.watch
    one = Subscription("https://me:secret@a.example/f?a&b", 'A "<&>"', folder="Cars/New")
    one_id, _ = feeds.subscribe(opened.db, one, typed=True, now=NOW)
    other = Subscription("https://b.example/f", "B", "https://b.example/")
    feeds.subscribe(opened.db, other, typed=True, now=NOW)
    opened.watch.keep()
    copy = spare.beside(path)

    assert copy.stat().st_mode & 0o777 == 0o600
    assert "secret" not in copy.read_text()
    bare = Subscription("https://a.example/f?a&b", 'A "<&>"', folder="Cars/New")
    assert set(spare.read(path)) == {bare, other}

    # Another change, so soon after the first, waits for a later turn or the last.
    feeds.remove(opened.db, [one_id], on=True, now=NOW)
    opened.watch.keep()
    assert set(spare.read(path)) == {bare, other}
    opened.watch.keep(at_last=True)
    assert spare.read(path) == (other,)

    # What is no change of theirs does not write it.
    copy.unlink()
    opened.db.execute("UPDATE feed SET publisher_title = 'x', title = title")
    opened.watch.keep(at_last=True)
    assert not copy.exists()
    opened.db.close()


def test_a_spare_copy_that_makes_no_sense_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "autotui.db"
    for content in (
        b"",
        b"\xff\0",
        b"<opml>",
        b"<opml><outline xmlUrl='file:///x'/></opml>",
    ):
        spare.beside(path).write_bytes(content)
        assert spare.read(path) == ()
