"""How feeds do: the figures are exact on a made history."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autotui import store
from autotui.model import ParsedArticle, ParsedFeed, Subscription
from autotui.store import arrivals, checks, feeds, health, steps
from autotui.store.checks import Answered
from autotui.store.steps import Change

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = store.open(tmp_path / "autotui.db").db
    for name in ("daily", "young", "none", "removed"):
        wanted = Subscription(f"https://{name}.example/feed", name.title())
        feeds.subscribe(db, wanted, typed=True, now=NOW)
    yield db
    db.close()


def publish(db: sqlite3.Connection, feed_id: int, ages: list[float]) -> list[int]:
    """Store stories of these ages in days; give their ids, the newest first."""
    stories = tuple(
        ParsedArticle(
            f"{feed_id}-{number}",
            "Title",
            f"https://a.example/{feed_id}/{number}",
            published_at=NOW - timedelta(days=age),
        )
        for number, age in enumerate(ages)
    )
    arrivals.save(db, feed_id, ParsedFeed("", articles=stories), NOW)
    rows = db.execute(
        "SELECT id FROM article WHERE feed_id = ? ORDER BY published_at DESC", (feed_id,)
    )
    return [row["id"] for row in rows]


def do(db: sqlite3.Connection, *changes: Change) -> None:
    steps.do(db, "done", changes, NOW)


def test_stories_are_counted_over_eight_weeks(db: sqlite3.Connection) -> None:
    publish(db, 1, [day + 0.5 for day in range(200)])
    publish(db, 2, [0, 3, 13.9])

    daily, young, none, _ = health.every(db, NOW)

    assert daily.weekly == 7
    assert young.weekly == pytest.approx(3 / (13.9 / 7))
    assert (none.weekly, none.newest_at, none.opened_share) == (0, None, None)
    assert daily.silence(NOW) == timedelta(hours=12)
    assert none.silence(NOW) is None


def test_shares_are_of_the_last_hundred_stories(db: sqlite3.Connection) -> None:
    newest, *_ = ids = publish(db, 1, [float(day) for day in range(130)])
    read = tuple(ids[:25])
    do(db, Change("mark", "read", on=True, ids=(*read, *ids[110:])))
    do(db, Change("mark", "starred", on=True, ids=(ids[40],)))
    do(db, Change("tag", "axles", on=True, ids=(newest, ids[50], ids[120])))
    do(db, Change("tag", "motors", on=True, ids=(newest,)))

    daily = health.every(db, NOW)[0]

    assert (daily.stories, daily.opened, daily.tagged) == (100, 25, 2)
    assert (daily.opened_share, daily.tagged_share) == (0.25, 0.02)


def test_how_the_checks_went_is_told_and_a_removed_feed_is_not(
    db: sqlite3.Connection,
) -> None:
    checks.answered(db, 1, Answered(NOW - timedelta(days=1), NOW))
    for _ in range(3):
        checks.answered(db, 1, Answered(NOW, NOW, error="the server answered 404"))
    do(db, Change("removal", "", on=True, ids=(4,)))

    daily, *others = health.every(db, NOW)

    assert daily.trouble == "3 times in a row: the server answered 404"
    assert daily.feed.succeeded_at == NOW - timedelta(days=1)
    assert [each.feed.title for each in others] == ["Young", "None"]


def test_one_query_tells_of_all_feeds(db: sqlite3.Connection) -> None:
    asked: list[str] = []
    db.set_trace_callback(asked.append)

    health.every(db, NOW)

    assert sum(each.lstrip().startswith("SELECT n.*") for each in asked) == 1
