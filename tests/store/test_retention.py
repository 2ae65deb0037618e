"""Texts go when their days are over; what is the reader's never does."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autotui import query, store
from autotui.document import Block, Document, Span
from autotui.model import ParsedArticle, ParsedFeed, Subscription
from autotui.store import arrivals, articles, feeds, judgements, retention, steps
from autotui.store.judgements import Judged
from autotui.store.steps import Change
from support.feeds import body

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=40)
NAMES = ("plain", "unread", "starred", "later", "tagged", "young")


def story(name: str, at: datetime = LONG_AGO, text: str = "inverter") -> ParsedArticle:
    document = Document((Block("paragraph", (Span(f"{name} {text}"),)),))
    url = f"https://a.example/{name}"
    return ParsedArticle(name, name, url, **body(document), published_at=at)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A feed that keeps texts for thirty days, with a story of every kind."""
    db = store.open(tmp_path / "autotui.db").db
    feeds.subscribe(db, Subscription("https://a.example/feed"), typed=True, now=LONG_AGO)
    db.execute("UPDATE feed SET keep_days = 30")
    stories = tuple(
        story(name, NOW if name == "young" else LONG_AGO) for name in reversed(NAMES)
    )
    arrivals.save(db, 1, ParsedFeed("", articles=stories), LONG_AGO)
    db.execute("UPDATE article SET seen_at = ? WHERE key = 'young'", (NOW.timestamp(),))
    ids = {row["key"]: row["id"] for row in db.execute("SELECT id, key FROM article")}
    for mark in ("starred", "later"):
        steps.do(db, mark, [Change("mark", mark, on=True, ids=(ids[mark],))], NOW)
    steps.do(db, "tag", [Change("tag", "axles", on=True, ids=(ids["tagged"],))], NOW)
    read = tuple(id_ for name, id_ in ids.items() if name != "unread")
    steps.do(db, "read", [Change("mark", "read", on=True, ids=read)], NOW)
    yield db
    db.close()


def texts(db: sqlite3.Connection) -> dict[str, str]:
    rows = db.execute(
        "SELECT a.key, b.text FROM article a JOIN body b ON b.article_id = a.id"
    )
    return {row["key"]: row["text"] for row in rows}


def found(db: sqlite3.Connection, text: str) -> set[str]:
    ids = articles.ids(db, query.parse(text), NOW)
    return {each.title for each in articles.some(db, ids)}


def let_go(db: sqlite3.Connection) -> int:
    return retention.let_go(db, retention.due(db, NOW), NOW)


def test_only_the_text_of_what_was_read_and_left_alone_goes(
    db: sqlite3.Connection,
) -> None:
    before = [tuple(row) for row in db.execute("SELECT id, key, hash, words FROM article")]

    assert let_go(db) == 1

    assert [name for name, text in texts(db).items() if not text] == ["plain"]
    after = [tuple(row) for row in db.execute("SELECT id, key, hash, words FROM article")]
    assert after == before
    assert let_go(db) == 0
    assert store.check(db) == "ok"


def test_what_went_is_found_by_its_title_and_no_longer_by_its_words(
    db: sqlite3.Connection,
) -> None:
    let_go(db)

    assert found(db, "inverter") == {*NAMES} - {"plain"}
    assert found(db, "plain") == {"plain"}
    db.execute("INSERT INTO search (search) VALUES ('integrity-check')")


def test_nothing_goes_of_a_feed_that_keeps_texts_for_ever(db: sqlite3.Connection) -> None:
    db.execute("UPDATE feed SET keep_days = 0")

    assert let_go(db) == 0


def test_an_old_story_that_came_today_stays(db: sqlite3.Connection) -> None:
    db.execute("UPDATE article SET seen_at = ?", (NOW.timestamp(),))

    assert let_go(db) == 0


def test_the_same_story_again_does_not_bring_its_text_back_a_new_version_does(
    db: sqlite3.Connection,
) -> None:
    let_go(db)
    assert arrivals.save(db, 1, ParsedFeed("", articles=(story("plain"),)), NOW) == (0, 0)
    assert texts(db)["plain"] == ""

    newer = story("plain", text="gearbox")
    assert arrivals.save(db, 1, ParsedFeed("", articles=(newer,)), NOW) == (0, 1)
    assert found(db, "gearbox") == {"plain"}


def test_what_was_found_in_a_text_that_went_stays(db: sqlite3.Connection) -> None:
    edition = judgements.edition(db, "lexicon")
    waiting = judgements.waiting(db, edition, 99)
    known = [Judged(each.id, 0.9, suggested=False, names=("inverter",)) for each in waiting]
    judgements.keep(db, edition, known)
    let_go(db)

    judgements.renew(db)

    again = judgements.waiting(db, judgements.edition(db, "lexicon"), 99)
    assert {each.title for each in again} == {*NAMES} - {"plain"}
    assert found(db, "name:inverter") == {*NAMES}


def test_what_is_tagged_or_read_no_more_since_it_was_found_stays(
    db: sqlite3.Connection,
) -> None:
    found = retention.due(db, NOW)
    steps.do(db, "tag", [Change("tag", "axles", on=True, ids=tuple(found))], NOW)

    assert retention.let_go(db, found, NOW) == 0
    everything = [row["id"] for row in db.execute("SELECT id FROM article")]
    assert retention.let_go(db, everything, NOW) == 0
    assert all(texts(db).values())


def test_the_text_of_its_page_goes_with_the_feeds(db: sqlite3.Connection) -> None:
    (plain,) = retention.due(db, NOW)
    db.execute("INSERT INTO other_text VALUES (?, 'page', x'', 1, 'full')", (plain,))
    db.execute("UPDATE article SET source = 'page' WHERE id = ?", (plain,))

    let_go(db)

    assert db.execute("SELECT count(*) FROM other_text").fetchone()[0] == 0
    assert articles.some(db, [plain])[0].source == "feed"
    assert not articles.body(db, plain).blocks


def test_texts_are_looked_for_once_a_day_and_when_a_feeds_days_change(
    db: sqlite3.Connection,
) -> None:
    assert retention.due(db, NOW)
    retention.done(db, NOW)
    assert retention.due(db, NOW) == []

    assert retention.due(db, NOW + timedelta(days=1))
    db.execute("UPDATE feed SET keep_days = 20")
    assert retention.due(db, NOW)
