"""The order of what is found: the first page is the beginning of the whole list."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from autotui import query, store
from autotui.document import Block, Document, Span
from autotui.model import ParsedArticle, ParsedFeed, Subscription
from autotui.store import arrivals, articles, feeds, orders, steps
from autotui.store.steps import Change
from support.feeds import body

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)
STORIES = 120


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Give stories of two feeds, dated otherwise than they came; every third is read."""
    db = store.open(tmp_path_factory.mktemp("orders") / "autotui.db").db
    for feed in (1, 2):
        wanted = Subscription(f"https://f{feed}.example/feed", f"Outlet {feed}")
        feeds.subscribe(db, wanted, typed=True, now=NOW)
        made = tuple(story(feed, number) for number in range(STORIES // 2))
        arrivals.save(db, feed, ParsedFeed("", articles=made), NOW)
    read = tuple(range(3, STORIES + 1, 3))
    steps.do(db, "read", [Change("mark", "read", on=True, ids=read)], NOW)
    yield db
    db.close()


def story(feed: int, number: int) -> ParsedArticle:
    words = "motor " * (1 + number % 7) + "axle " * (number % 2) + "gear " * (number < 2)
    return ParsedArticle(
        key=f"{feed}-{number}",
        title=f"Story {number} of {feed}",
        url=f"https://f{feed}.example/{number}",
        **body(Document((Block("paragraph", (Span(words.strip()),)),))),
        published_at=NOW - timedelta(hours=number * 37 % 101 + feed),
    )


def ids(db: sqlite3.Connection, text: str, limit: int | None = None) -> list[int]:
    return list(articles.ids(db, query.parse(text), NOW, limit))


TEXTS: tuple[str, ...] = (
    *("motor", "motor axle", "motor -axle", "motor is:unread", "motor (axle OR gear)"),
    *("motor feed:1", "motor (axle OR is:unread)", "gear", '"motor axle"', "motor !!!"),
    *("(axle is:unread) OR id:6", "axle OR id:3 OR id:6", "gear OR (axle is:read)"),
)


@pytest.mark.parametrize("order", ["", "sort:oldest", "sort:relevance"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("limit", [1, 4, 100])
def test_the_first_page_is_the_beginning_of_the_list(
    db: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    order: str,
    limit: int,
) -> None:
    whole = ids(db, f"{text} {order}")

    # Then words may be all too few of those that are looked through, or enough.
    monkeypatch.setattr(orders, "COMMON", 2)
    monkeypatch.setattr(orders, "TRIED", 1)

    assert ids(db, f"{text} {order}", limit) == whole[:limit]


@pytest.mark.parametrize("text", TEXTS)
def test_to_rank_finds_the_same(db: sqlite3.Connection, text: str) -> None:
    found = ids(db, f"{text} sort:relevance")

    assert len(found) == len(set(found))
    assert sorted(found) == sorted(ids(db, text))


def test_common_words_are_looked_for_in_the_latest_stories_alone(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(orders, "COMMON", 20)
    db.set_trace_callback(asked.append)

    found = ids(db, "motor is:unread", 4)

    db.set_trace_callback(None)
    assert len(found) == 4
    assert not [each for each in asked if "IN (SELECT rowid FROM search" in each]


def test_what_is_ranked_comes_first_and_nothing_is_left_out(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_date = ids(db, "motor is:unread")

    monkeypatch.setattr(orders, "RANKED", 30)
    found = ids(db, "motor is:unread sort:relevance")

    assert sorted(found) == sorted(by_date)
    ranked = [each for each in found if each > STORIES - 30]
    assert found[: len(ranked)] == ranked
    assert ranked != [each for each in by_date if each in set(ranked)]
    rest = found[len(ranked) :]
    assert rest == [each for each in by_date if each in set(rest)]
