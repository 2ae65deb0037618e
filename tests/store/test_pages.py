"""Stories' pages in the store: which are asked for, and what is known of them."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autotui import query, store
from autotui.document import Block, Document, Span
from autotui.edits import Edit
from autotui.errors import UnknownError
from autotui.model import Completeness, ParsedArticle, ParsedFeed, Subscription, Validators
from autotui.packing import Body
from autotui.pages import About, Meter, Page
from autotui.store import arrivals, articles, edits, feeds, pages, steps, texts
from autotui.store.migrations import MIGRATIONS
from autotui.store.steps import Change
from autotui.store.texts import Answer
from support.feeds import body
from support.work import seconds

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HOST = "volt.example"
TEASERS: list[Completeness] = ["teaser"] * 99


def edit(db: sqlite3.Connection, **values: Any) -> None:
    """Let the reader change the feed's settings."""
    edits.apply(db, [1], edits.planned(db, 1, Edit(**values)), on=True)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = store.open(tmp_path / "autotui.db").db
    subscribe(db)
    yield db
    db.close()


def subscribe(db: sqlite3.Connection, path: str = "feed") -> int:
    wanted = Subscription(f"https://{HOST}/{path}")
    feed_id, _ = feeds.subscribe(db, wanted, typed=True, now=NOW)
    return feed_id


def words(count: int) -> dict[str, object]:
    """A body of so many words, as the fields of a ``ParsedArticle``."""
    text = " ".join(f"w{at}" for at in range(count))
    return body(Document((Block("paragraph", (Span(text),)),)))


def publish(
    db: sqlite3.Connection,
    *states: Completeness,
    feed_id: int = 1,
    first: int = 1,
    count: int = 40,
) -> None:
    """Let a feed bring stories in these states, each a day newer than the one before."""
    stories = [
        ParsedArticle(
            f"k{at}",
            f"Story {at}",
            f"https://{HOST}/{feed_id}/{at}",
            published_at=NOW - 99 * DAY + at * DAY,
            completeness=state,
            **words(count),  # type: ignore[arg-type]  # the tests' own names
        )
        for at, state in enumerate(states, first)
    ]
    with store.writing(db):
        arrivals.save(db, feed_id, ParsedFeed("Volt", articles=tuple(stories[::-1])), NOW)


def whole(count: int = 400, **more: object) -> Page:
    """A page with its whole story, of so many words."""
    told = words(count)
    page = Page("Title", body=Body(str(told["text"]), b""), words=count)
    return page._replace(**more)  # type: ignore[arg-type]  # the tests' own names


def keep(db: sqlite3.Connection, article_id: int, answer: Answer) -> None:
    texts.keep(db, pages.target(db, article_id), answer)


def due(db: sqlite3.Connection, now: datetime = NOW, limit: int = 99) -> list[int]:
    return pages.due(db, now, limit)


# Which are asked for.


def test_a_feed_of_full_stories_costs_no_request(db: sqlite3.Connection) -> None:
    publish(db, "full", "full", "full")
    assert due(db) == []


def test_stories_that_a_feed_cuts_off_are_due_newest_first(db: sqlite3.Connection) -> None:
    publish(db, "teaser", "teaser", "full", "teaser")
    assert due(db) == [4, 2, 1]
    assert due(db, limit=2) == [4, 2]


def test_a_single_short_story_makes_no_feed_of_teasers(db: sqlite3.Connection) -> None:
    publish(db, "full", "full", "teaser", "full")
    assert due(db) == []


def test_the_reader_may_want_every_page_of_a_feed_or_none(db: sqlite3.Connection) -> None:
    publish(db, "teaser", "full")
    edit(db, pages="always")
    assert due(db) == [2, 1]
    assert not pages.target(db, 2).settled(NOW)
    edit(db, pages="never")
    assert due(db) == []
    assert pages.target(db, 2).settled(NOW)
    edit(db, pages="auto")
    assert due(db) == [1]


def test_no_archive_is_fetched_nor_looked_through(db: sqlite3.Connection) -> None:
    # Given feeds with long archives, of which nothing was ever fetched
    for at in range(20):
        feed_id = subscribe(db, f"archive{at}")
        publish(db, *TEASERS * 10, feed_id=feed_id)
    # When it is asked what is due, Then only the newest of each feed are, soon told
    found: list[int] = []
    assert seconds(lambda: found.extend(due(db, limit=9_999))) < 0.5
    ends = [(at + 1) * 10 * len(TEASERS) for at in range(20)]
    assert sorted(found) == [each for end in ends for each in range(end - 199, end + 1)]


def test_a_removed_feed_and_a_story_without_address_are_not_asked_for(
    db: sqlite3.Connection,
) -> None:
    publish(db, "teaser", "teaser")
    db.execute("UPDATE article SET url = '' WHERE id = 1")
    assert due(db) == [2]
    steps.do(db, "remove", [Change("removal", "", on=True, ids=(1,))], NOW)
    assert due(db) == []


def test_a_feed_is_known_by_its_pages_when_nothing_looks_cut_off(
    db: sqlite3.Connection,
) -> None:
    # Given a feed whose stories look whole, and whose pages have far more
    publish(db, "full", "full")
    for article_id in (1, 2):
        keep(db, article_id, Answer(NOW, whole()))
    # When it brings new stories, Then they are due, but for a long one
    publish(db, "full", first=3)
    publish(db, "full", first=4, count=500)
    assert due(db) == [3]
    assert [pages.target(db, each).settled(NOW) for each in (3, 4)] == [False, True]


def test_a_feed_whose_pages_have_no_more_is_left_alone(db: sqlite3.Connection) -> None:
    publish(db, "teaser", "teaser", "teaser", "teaser")
    for article_id in (1, 2, 3):
        assert article_id in due(db)
        keep(db, article_id, Answer(NOW, whole(41)))
    assert due(db) == []


def test_one_page_tells_of_its_feed_once(db: sqlite3.Connection) -> None:
    publish(db, "full", "full")
    for _ in range(9):
        keep(db, 1, Answer(NOW, whole()._replace(title="")))
    assert db.execute("SELECT excerpts FROM feed").fetchone()[0] == 1


def test_what_failed_is_due_again_in_time(db: sqlite3.Connection) -> None:
    publish(db, "teaser", "teaser")
    keep(db, 1, Answer(NOW, error="too busy", retry_at=NOW + HOUR))
    keep(db, 2, Answer(NOW, error="no page in there"))
    assert due(db) == []
    assert due(db, NOW + HOUR) == [1]
    assert due(db, NOW + 300 * DAY) == [1]


def test_a_clock_that_was_wrong_keeps_no_page_unasked(db: sqlite3.Connection) -> None:
    publish(db, "teaser", "teaser")
    far = datetime(2100, 1, 1, tzinfo=UTC)
    keep(db, 1, Answer(far, error="too busy", retry_at=far + HOUR))
    keep(db, 2, Answer(far, error="no page in there"))
    assert due(db) == [1]
    assert not pages.target(db, 1).settled(NOW)
    assert not pages.target(db, 2).settled(NOW)


def test_what_is_here_or_was_refused_today_is_settled(db: sqlite3.Connection) -> None:
    publish(db, "full", "teaser", "teaser", "teaser")
    keep(db, 3, Answer(NOW, error="keeps out", completeness="blocked"))
    keep(db, 4, Answer(NOW, error="too busy", retry_at=NOW + HOUR))
    settled = [pages.target(db, each).settled(NOW) for each in (1, 2, 3, 4)]
    assert settled == [True, False, True, True]
    settled = [pages.target(db, each).settled(NOW + DAY) for each in (1, 2, 3, 4)]
    assert settled == [True, False, False, False]


def test_addresses_keep_the_order_and_leave_out_what_is_no_story(
    db: sqlite3.Connection,
) -> None:
    publish(db, "full", "full")
    found = pages.addresses(db, [2, 77, 1, 2])
    assert found == [(2, f"https://{HOST}/1/2"), (1, f"https://{HOST}/1/1")]


# What a fetch is told.


def test_a_fetch_knows_the_feeds_own_text_whichever_is_shown(
    db: sqlite3.Connection,
) -> None:
    publish(db, "teaser")
    edit(db, selectors=("main p", ".story"))
    before = pages.target(db, 1).known
    keep(db, 1, Answer(NOW, whole(), Validators('"1"', "Tue")))
    after = pages.target(db, 1)
    assert articles.some(db, [1])[0].source == "page"
    assert before == after.known
    assert before.text == words(40)["text"]
    assert before.selectors == ("main p", ".story")
    assert (after.validators, after.failures) == (Validators('"1"', "Tue"), 0)
    with pytest.raises(UnknownError):
        pages.target(db, 99)


def test_failures_are_counted_until_an_answer_comes(db: sqlite3.Connection) -> None:
    publish(db, "teaser")
    for _ in range(3):
        keep(db, 1, Answer(NOW, error="too busy", retry_at=NOW))
    assert pages.target(db, 1).failures == 3
    keep(db, 1, Answer(NOW, whole(completeness="paywall", note="subscribe")))
    assert pages.target(db, 1).failures == 0


def test_blocks_that_two_other_stories_have_are_clutter(db: sqlite3.Connection) -> None:
    publish(db, *TEASERS[:4])
    keep(db, 1, Answer(NOW, whole(prints=("follow", "one"))))
    assert pages.target(db, 3).known.clutter == frozenset()
    keep(db, 2, Answer(NOW, whole(prints=("follow", "two"))))
    assert pages.target(db, 3).known.clutter == {"follow"}
    # its own page, asked for again, is no other story
    assert pages.target(db, 2).known.clutter == frozenset()
    keep(db, 2, Answer(NOW, whole(prints=("two",))))
    assert pages.target(db, 3).known.clutter == frozenset()


def test_a_story_in_several_feeds_is_no_clutter_of_itself(db: sqlite3.Connection) -> None:
    for feed_id in (1, *(subscribe(db, f"topic{at}") for at in range(3))):
        publish(db, "teaser", feed_id=feed_id)
    db.execute("UPDATE article SET address = 'volt.example/the-one-story'")
    for article_id in (1, 2, 3):
        keep(db, article_id, Answer(NOW, whole(prints=("lead", "middle", "end"))))
    assert pages.target(db, 4).known.clutter == frozenset()
    # nor is it one of the two others that make a block common
    publish(db, "teaser", first=8)
    keep(db, 5, Answer(NOW, whole(prints=("end", "other"))))
    assert pages.target(db, 4).known.clutter == frozenset()
    # nor do three entries of one story make a block common
    publish(db, "teaser", first=9)
    assert pages.target(db, 6).known.clutter == {"end"}


def test_of_a_host_only_the_last_stories_are_remembered(db: sqlite3.Connection) -> None:
    publish(db, *TEASERS[: pages.KEPT + 5])
    for article_id in range(1, pages.KEPT + 6):
        keep(db, article_id, Answer(NOW, whole(prints=("a", "b"))))
    counted = "SELECT count(DISTINCT article_id), min(article_id) FROM print"
    assert tuple(db.execute(counted).fetchone()) == (pages.KEPT, 6)


def test_a_robots_txt_is_known_for_as_long_as_is_asked(db: sqlite3.Connection) -> None:
    server = f"https://{HOST}"
    assert pages.robots(db, server, NOW) is None
    pages.remember_robots(db, server, "", NOW)
    pages.remember_robots(db, server, "User-agent: *", NOW)
    assert pages.robots(db, server, NOW) == "User-agent: *"
    assert pages.robots(db, server, NOW + HOUR) is None
    assert pages.robots(db, f"http://{HOST}", NOW) is None


# What is known of a page.

lines = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20)
moments = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))
images = st.builds(
    lambda url, alt, caption, credit: Block(
        "image", (Span(caption),) if caption else (), url=url, alt=alt, credit=credit
    ),
    *(lines, lines, lines, lines),
)
told = st.builds(
    Page,
    title=lines,
    dek=lines,
    authors=st.lists(lines, max_size=3).map(tuple),
    published_at=st.none() | moments,
    updated_at=st.none() | moments,
    site=lines,
    section=lines,
    tags=st.lists(lines, max_size=3).map(tuple),
    language=lines,
    url=lines,
    image=st.none() | images,
    body=st.just(Body()),
    words=st.just(0),
    completeness=st.just("full"),
    note=st.just(""),
    prints=st.just(()),
)
WITH_FILES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=60, deadline=None, suppress_health_check=WITH_FILES)
@given(page=told)
def test_what_a_page_says_comes_back_as_it_was(db: sqlite3.Connection, page: Page) -> None:
    db.execute("DELETE FROM page")
    db.execute("DELETE FROM other_text")
    publish(db, "teaser")
    keep(db, 1, Answer(NOW, page._replace(body=Body("Text", b""))))
    found = pages.about(db, 1)
    assert found is not None
    assert found.page == page
    assert (found.asked_at, found.error) == (NOW, None)


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "[]",
        "7",
        "{",
        '{"what": 1}',
        '{"image": [1]}',
        '{"tags": 7}',
        '{"published_at": 1e300}',
        '{"published_at": 99999999999999}',
        '{"published_at": "x"}',
    ],
)
def test_what_the_disk_forgot_is_nothing_and_no_error(
    db: sqlite3.Connection, stored: str
) -> None:
    publish(db, "teaser")
    keep(db, 1, Answer(NOW, whole(note="a note")))
    db.execute("UPDATE page SET about = ?", (stored,))
    assert pages.about(db, 1) == About(Page(note="a note"), NOW, None, other=True)


def test_a_page_that_was_never_asked_for_says_nothing(db: sqlite3.Connection) -> None:
    publish(db, "teaser")
    assert pages.about(db, 1) is None


def test_a_later_answer_without_a_story_takes_nothing_from_what_is_known(
    db: sqlite3.Connection,
) -> None:
    publish(db, "teaser")
    keep(db, 1, Answer(NOW, whole(60, completeness="paywall", note="subscribe", dek="D")))
    keep(db, 1, Answer(NOW + DAY, error="too busy", retry_at=NOW + DAY + HOUR))
    found = pages.about(db, 1)
    assert found is not None
    assert (found.page.dek, found.page.note, found.error) == ("D", "subscribe", "too busy")
    keep(db, 1, Answer(NOW + DAY, Page(completeness="blocked", note="a robot check")))
    found = pages.about(db, 1)
    assert found is not None
    assert (found.page.dek, found.page.note, found.error) == ("D", "a robot check", None)


# How much of a list is here.


def test_the_meter_counts_what_a_query_finds_by_its_state(db: sqlite3.Connection) -> None:
    publish(db, "full", "full", *TEASERS[:5])
    for article_id, state in enumerate(("blocked", "paywall", "gone"), 3):
        answer = Answer(NOW, error="no", completeness=state)  # type: ignore[arg-type]  # the three
        keep(db, article_id, answer)
    keep(db, 6, Answer(NOW, whole()))
    every = pages.meter(db, query.Query(), NOW)
    assert every == Meter(7, full=3, blocked=1, paywall=1, gone=1, teaser=1)
    assert every.in_words == (
        "3 of 7 have full text, 1 blocked, 1 behind a paywall, 1 gone, 1 still a teaser"
    )
    assert pages.meter(db, query.parse("is:full"), NOW) == Meter(3, full=3)
    assert pages.meter(db, query.parse("nothing"), NOW).in_words == (
        "0 of 0 have full text"
    )


def test_a_database_without_pages_becomes_one_with_all_it_holds(tmp_path: Path) -> None:
    # Given a database of version 3, with a feed of teasers, marks and verdicts
    path = tmp_path / "autotui.db"
    old = sqlite3.connect(path, isolation_level=None)
    for script in MIGRATIONS[:3]:
        old.executescript(script)
    old.execute("PRAGMA user_version = 3")
    old.execute("INSERT INTO feed (url, added_at) VALUES ('https://volt.example/', 0)")
    old.executemany(
        "INSERT INTO article (id, feed_id, key, title, url, address, author, published_at,"
        " seen_at, language, words, completeness, categories, enclosures, hash, edition)"
        " VALUES (?, 1, ?, 'Title', ?, ?, '', ?, 9, '', 2, 'teaser', '[]', '[]', '', 4)",
        [(at, f"k{at}", f"https://{HOST}/{at}", f"{HOST}/{at}", at) for at in (1, 2, 3)],
    )
    old.executemany(
        "INSERT INTO body VALUES (?, 'Title', 'Its text', x'')", [(1,), (2,), (3,)]
    )
    old.execute(
        "INSERT INTO search (rowid, title, text) SELECT article_id, title, text FROM body"
    )
    old.execute("INSERT INTO mark VALUES (2, 1, 1, 1)")
    old.execute("INSERT INTO verdict VALUES ('ev-drivetrain', 3, 0, 7, '[]')")
    old.close()
    # When this version opens it
    db = store.open(path).db
    # Then all is there, the feed decides by itself, and its stories are due
    assert store.check(db) == "ok"
    (feed,) = feeds.every(db)
    assert (feed.pages, feed.selectors) == ("auto", ())
    before = articles.some(db, [1, 2, 3])
    assert [each.source for each in before] == ["feed"] * 3
    assert (before[1].read, before[1].starred, before[2].rejected) == (True, True, True)
    assert due(db) == [3, 2, 1]
    # and a page can be kept, and taken back
    keep(db, 2, Answer(NOW, whole()))
    assert articles.some(db, [2])[0].words == 400
    assert texts.switch(db, 2)
    (after,) = articles.some(db, [2])
    assert replace(after, title="Title") == before[1]
    assert articles.told(db, 2) == ("Title", "Its text")
    db.close()
