"""Which text of a story is shown, and that none that was best is lost."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autotui import store
from autotui.document import Block, Document, Span, to_text
from autotui.edits import Edit
from autotui.model import (
    Article,
    Completeness,
    ParsedArticle,
    ParsedFeed,
    Subscription,
    Validators,
)
from autotui.packing import Body, pack
from autotui.pages import Page
from autotui.store import arrivals, articles, edits, feeds, pages, texts
from autotui.store.texts import Answer

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def edit(db: sqlite3.Connection, **values: Any) -> None:
    """Let the reader change the feed's settings."""
    edits.apply(db, [1], edits.planned(db, 1, Edit(**values)), on=True)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = opened(tmp_path)
    yield db
    db.close()


def opened(folder: Path) -> sqlite3.Connection:
    db = store.open(folder / "autotui.db", durable=False).db
    wanted = Subscription("https://volt.example/feed")
    feeds.subscribe(db, wanted, typed=True, now=NOW)
    return db


def body(mark: str, words: int) -> Body:
    """A body of so many words, of which the first one is in no other."""
    text = " ".join([mark, *(f"{mark}word" for _ in range(words - 1))][:words])
    return pack(Document((Block("paragraph", (Span(text),)),) if text else ()))


def feed(
    db: sqlite3.Connection,
    mark: str = "first",
    words: int = 40,
    completeness: Completeness = "teaser",
    at: datetime = NOW,
    **more: object,
) -> None:
    """Let the feed bring its story in this form."""
    text, packed = body(mark, words)
    story = ParsedArticle(
        "k",
        "A story",
        "https://volt.example/1",
        text,
        words,
        packed,
        completeness=completeness,
    )._replace(**more)  # type: ignore[arg-type]  # the tests' own names
    with store.writing(db):
        arrivals.save(db, 1, ParsedFeed("Volt", articles=(story,)), at)


def page(
    db: sqlite3.Connection,
    mark: str = "page",
    words: int = 400,
    completeness: Completeness = "full",
    at: datetime = NOW,
    **more: object,
) -> None:
    """Let the story's page be read, and kept."""
    found = Page(
        "A story", body=body(mark, words), words=words, completeness=completeness
    )._replace(**more)  # type: ignore[arg-type]  # the tests' own names
    keep(db, Answer(at, found))


def keep(db: sqlite3.Connection, answer: Answer) -> None:
    texts.keep(db, pages.target(db, 1), answer)


def only(db: sqlite3.Connection) -> Article:
    (article,) = articles.some(db, [1])
    return article


def shown(db: sqlite3.Connection) -> str:
    """The mark of the text that is shown."""
    return to_text(articles.body(db, 1)).partition(" ")[0]


def other(db: sqlite3.Connection) -> str:
    """The mark of the text that is not shown."""
    row = db.execute("SELECT text FROM other_text").fetchone()
    return str(row["text"]).partition(" ")[0] if row else ""


def found(db: sqlite3.Connection, word: str) -> bool:
    """Whether a search for a word finds the story, in an index that is true."""
    db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    rows = db.execute("SELECT rowid FROM search WHERE search MATCH ?", (f'"{word}"',))
    return bool(rows.fetchall())


def state(db: sqlite3.Connection) -> tuple[str, str, int, Completeness]:
    article = only(db)
    return shown(db), article.source, article.words, article.completeness


# Which text is shown.


def test_a_whole_page_is_shown_and_searched_and_the_feeds_text_is_kept(
    db: sqlite3.Connection,
) -> None:
    feed(db)
    page(db)
    assert state(db) == ("page", "page", 400, "full")
    assert (found(db, "page"), found(db, "first")) == (True, False)
    assert other(db) == "first"


def test_switching_shows_and_searches_the_other_text_and_back(
    db: sqlite3.Connection,
) -> None:
    feed(db)
    page(db)
    for _ in range(2):
        assert texts.switch(db, 1)
        assert state(db) == ("first", "feed", 40, "teaser")
        assert (found(db, "page"), found(db, "first")) == (False, True)
        assert texts.switch(db, 1)
        assert state(db) == ("page", "page", 400, "full")
        assert (found(db, "page"), found(db, "first")) == (True, False)


def test_without_another_text_there_is_nothing_to_switch_to(
    db: sqlite3.Connection,
) -> None:
    feed(db)
    assert not texts.switch(db, 1)
    assert not texts.switch(db, 77)
    assert state(db) == ("first", "feed", 40, "teaser")


def test_another_text_is_judged_anew(db: sqlite3.Connection) -> None:
    def judged() -> bool:
        edition = db.execute("SELECT edition FROM article").fetchone()[0]
        db.execute("UPDATE article SET edition = 7")
        return bool(edition)

    feed(db)
    assert not judged()
    page(db)
    assert not judged()
    texts.switch(db, 1)
    assert not judged()
    # but not where the text stays
    keep(db, Answer(NOW, error="too busy"))
    assert judged()


@pytest.mark.parametrize(
    ("words", "completeness", "is_shown"),
    [
        (40, "full", True),
        (32, "full", True),
        (31, "full", False),
        (48, "teaser", True),
        (47, "teaser", False),
        (48, "paywall", True),
        (47, "paywall", False),
    ],
)
def test_a_page_is_shown_where_it_has_more_than_the_feed(
    db: sqlite3.Connection, words: int, completeness: Completeness, *, is_shown: bool
) -> None:
    feed(db)
    page(db, "page", words, completeness)
    assert shown(db) == ("page" if is_shown else "first")
    assert other(db) == ("first" if is_shown else "page")
    assert found(db, shown(db))
    # and a feed's teaser is not the whole story because a page has even less
    assert only(db).completeness == ("teaser" if words == 31 else completeness)


def test_what_a_feed_gives_in_full_yields_to_no_part_and_to_no_fragment(
    db: sqlite3.Connection,
) -> None:
    feed(db, words=500, completeness="full")
    page(db, "wall", 600, "paywall")
    assert state(db) == ("first", "feed", 500, "full")
    page(db, "scrap", 60)
    assert state(db) == ("first", "feed", 500, "full")
    page(db, "whole", 520)
    assert state(db) == ("whole", "page", 520, "full")
    assert other(db) == "first"


def test_a_page_that_has_grown_worse_leaves_the_former_one_in_place(
    db: sqlite3.Connection,
) -> None:
    feed(db)
    page(db, "good")
    for mark, words, completeness in (
        ("wall", 900, "paywall"),
        ("stub", 90, "full"),
        ("teaser", 500, "teaser"),
        ("", 0, "blocked"),
        ("", 0, "gone"),
    ):
        page(db, mark, words, completeness)  # type: ignore[arg-type]  # of the table above
        assert state(db) == ("good", "page", 400, "full"), mark
        assert (found(db, "good"), other(db)) == (True, "first")
    page(db, "better", 380)
    assert state(db) == ("better", "page", 380, "full")
    assert (found(db, "better"), found(db, "good")) == (True, False)


def test_the_rest_of_a_story_replaces_its_beginning(db: sqlite3.Connection) -> None:
    feed(db)
    page(db, "part", 100, "paywall")
    assert state(db) == ("part", "page", 100, "paywall")
    page(db, "less", 90, "teaser")
    assert shown(db) == "part"
    page(db, "all", 90)
    assert state(db) == ("all", "page", 90, "full")
    assert other(db) == "first"


def test_a_page_that_is_not_shown_is_replaced_by_a_better_one_alone(
    db: sqlite3.Connection,
) -> None:
    feed(db)
    page(db, "part", 45, "teaser")
    assert (shown(db), other(db)) == ("first", "part")
    page(db, "scrap", 10, "teaser")
    assert (shown(db), other(db)) == ("first", "part")
    page(db, "all")
    assert (shown(db), other(db)) == ("all", "first")


# Why a story is not whole.


@pytest.mark.parametrize("completeness", ["blocked", "paywall", "gone"])
def test_what_an_answer_says_of_a_story_is_kept_with_it(
    db: sqlite3.Connection, completeness: Completeness
) -> None:
    feed(db)
    keep(db, Answer(NOW, error="no", completeness=completeness))
    assert state(db) == ("first", "feed", 40, completeness)
    # also when the feed gives its teaser anew, but not when it gives all
    feed(db, "second", 45)
    assert state(db) == ("second", "feed", 45, completeness)
    feed(db, "third", 300, "full")
    assert state(db) == ("third", "feed", 300, "full")
    keep(db, Answer(NOW, error="no", completeness=completeness))
    assert state(db) == ("third", "feed", 300, "full")


def test_a_page_without_a_story_says_why_and_takes_nothing(db: sqlite3.Connection) -> None:
    feed(db)
    page(db, "", 0, "blocked", note="a robot check")
    assert state(db) == ("first", "feed", 40, "blocked")
    assert (other(db), texts.switch(db, 1)) == ("", False)
    page(db, "", 0, "full")
    assert state(db) == ("first", "feed", 40, "blocked")


def test_the_part_of_a_story_is_said_to_be_gone_too(db: sqlite3.Connection) -> None:
    feed(db)
    page(db, "part", 100, "teaser")
    keep(db, Answer(NOW, error="gone", completeness="gone"))
    assert state(db) == ("part", "page", 100, "gone")


# The feed goes on.


def test_the_feeds_new_text_waits_behind_the_page(db: sqlite3.Connection) -> None:
    feed(db)
    page(db)
    feed(db, "second", 45, title="A new title", author="Ada")
    assert state(db) == ("page", "page", 400, "full")
    assert (found(db, "page"), found(db, "second"), found(db, "new")) == (
        *(True, False, True),
    )
    assert (only(db).title, only(db).author) == ("A new title", "Ada")
    assert texts.switch(db, 1)
    assert state(db) == ("second", "feed", 45, "teaser")
    assert (found(db, "page"), found(db, "second"), found(db, "new")) == (
        *(False, True, True),
    )


def test_a_feed_that_gives_the_whole_at_last_wins_over_a_part_of_the_page(
    db: sqlite3.Connection,
) -> None:
    feed(db, "beginning", 40)
    page(db, "part", 120, "paywall")
    assert (shown(db), only(db).source) == ("part", "page")

    feed(db, "whole", 500, "full", at=NOW + HOUR)

    assert state(db) == ("whole", "feed", 500, "full")
    assert (other(db), found(db, "whole"), found(db, "part")) == ("part", True, False)


def test_a_feed_that_loses_its_text_takes_none(db: sqlite3.Connection) -> None:
    feed(db)
    page(db)
    feed(db, "", 0, "full", title="Only a title")
    assert (state(db), other(db)) == (("page", "page", 400, "full"), "first")
    texts.switch(db, 1)
    feed(db, "", 0, "full", title="Only another title")
    assert state(db) == ("first", "feed", 40, "teaser")
    assert other(db) == "page"


def test_the_feeds_text_changes_where_it_is_shown(db: sqlite3.Connection) -> None:
    feed(db)
    page(db)
    texts.switch(db, 1)
    feed(db, "second", 45)
    assert (state(db), other(db)) == (("second", "feed", 45, "teaser"), "page")
    assert (found(db, "second"), found(db, "first"), found(db, "page")) == (
        *(True, False, False),
    )


def test_a_page_is_asked_for_again_when_the_feeds_text_changed(
    db: sqlite3.Connection,
) -> None:
    edit(db, pages="always")
    feed(db)
    page(db)
    assert pages.due(db, NOW, 9) == []
    feed(db, "second", 45, at=NOW + DAY)
    assert pages.due(db, NOW + DAY, 9) == [1]
    assert not pages.target(db, 1).settled(NOW + DAY)
    page(db, at=NOW + DAY)
    assert pages.due(db, NOW + DAY, 9) == []


def test_a_title_alone_or_a_count_of_comments_does_not_ask_for_pages_all_day(
    db: sqlite3.Connection,
) -> None:
    edit(db, pages="always")
    feed(db)
    page(db)
    feed(db, title="Another title", at=NOW + DAY)
    assert pages.due(db, NOW + DAY, 9) == []
    asked = 0
    for hour in range(24):
        now = NOW + hour * HOUR
        feed(db, f"comments{hour}", 45, at=now)
        for _ in pages.due(db, now, 9):
            asked += 1
            page(db, at=now)
    assert asked == 3


# What else a page tells.


def test_nothing_new_since_the_last_time_changes_nothing(db: sqlite3.Connection) -> None:
    feed(db)
    page(db, authors=("Ada",), dek="Below")
    before = state(db), only(db), pages.about(db, 1)
    keep(db, Answer(NOW, validators=Validators('"2"')))
    assert (state(db), only(db), pages.about(db, 1)) == before
    assert pages.target(db, 1).validators == Validators('"2"')


@pytest.mark.parametrize(
    ("cut", "title", "after"),
    [
        ("Volt unveils a new mot…", "Volt unveils a new motor", True),
        ("Volt unveils a new …", "Volt unveils a new motor", True),
        ("Volt unveils a new...", "Volt unveils a new motor", True),
        ("Volt unveils a new ...", "Volt unveils a new motor", True),
        ("Volt unveils a new mot…", "Gear: Volt unveils a new motor", False),
        ("Volt unveils a new motor…", "Volt unveils a new motor", False),
        ("Volt unveils", "Volt unveils a new motor", False),
        ("…", "Volt unveils a new motor", True),
        ("Volt unveils a new mot…", "", False),
    ],
)
@pytest.mark.parametrize("words", [10, 400], ids=["not shown", "shown"])
def test_a_title_that_the_feed_cut_off_is_the_pages(
    db: sqlite3.Connection, cut: str, title: str, words: int, *, after: bool
) -> None:
    feed(db, title=cut)
    page(db, words=words, title=title)
    assert only(db).title == (title if after else cut)
    assert found(db, "motor") == ("motor" in only(db).title)


def test_a_title_that_a_feed_cuts_off_anew_is_whole_again_after_the_next_answer(
    db: sqlite3.Connection,
) -> None:
    feed(db, title="Volt unveils…")
    page(db, title="Volt unveils a motor")
    feed(db, "second", 45, title="Volt unveils…")
    keep(db, Answer(NOW, validators=Validators('"1"')))
    assert only(db).title == "Volt unveils a motor"
    assert found(db, "motor")


@pytest.mark.parametrize(
    ("dated", "in_feed", "on_page", "after"),
    [
        # The feed's own time wins,
        ("Tue, 4 Jun 2024 08:00", NOW - DAY, NOW - 2 * DAY, NOW - DAY),
        # unless it has none, and the page's is possible,
        ("", None, NOW - 2 * DAY, NOW - 2 * DAY),
        ("", None, NOW + 2 * DAY, NOW),
        ("", None, datetime(1, 1, 1, tzinfo=UTC), NOW),
        ("", None, None, NOW),
        # or a day alone, on which the page has the time.
        ("2024-06-04", NOW - 36 * HOUR, NOW - 30 * HOUR, NOW - 30 * HOUR),
        ("2024-06-04", NOW - 36 * HOUR, NOW - 37 * HOUR, NOW - 36 * HOUR),
        ("2024-06-04", NOW - 36 * HOUR, NOW - 12 * HOUR, NOW - 36 * HOUR),
    ],
)
def test_the_feeds_date_wins_unless_the_pages_is_more_exact(
    db: sqlite3.Connection,
    dated: str,
    in_feed: datetime | None,
    on_page: datetime | None,
    after: datetime,
) -> None:
    feed(db, dated=dated, published_at=in_feed)
    page(db, published_at=on_page)
    assert only(db).published_at == after


def test_author_and_language_are_the_feeds_where_it_tells_them(
    db: sqlite3.Connection,
) -> None:
    feed(db, author="Ada", updated_at=NOW - DAY)
    page(db, authors=("Grace", "Edith"), language="de", updated_at=NOW)
    article = only(db)
    assert (article.author, article.language) == ("Ada", "de")
    assert article.updated_at == NOW - DAY
    db.execute("UPDATE article SET author = '', updated_at = NULL")
    page(db, authors=("Grace", "Edith"), updated_at=NOW)
    assert (only(db).author, only(db).updated_at) == ("Grace, Edith", NOW)


def test_a_page_is_kept_whole_or_not_at_all(db: sqlite3.Connection) -> None:
    feed(db)
    before = state(db), pages.about(db, 1)
    with pytest.raises(OverflowError):
        keep(db, Answer(NOW, Page(body=body("page", 400), words=1 << 70)))
    assert not db.in_transaction
    assert (state(db), pages.about(db, 1)) == before
    assert found(db, "first")


# Any order of things.


class Had(NamedTuple):
    """A text that was given: its mark, its words, whether it was whole."""

    mark: str = ""
    words: int = 0
    full: bool = False


sizes = st.sampled_from([0, 1, 30, 36, 40, 48, 60, 300])
states = st.sampled_from(["full", "teaser", "paywall", "blocked"])
events = st.one_of(
    st.tuples(st.just("feed"), sizes, st.sampled_from(["full", "teaser"])),
    st.tuples(st.just("page"), sizes, states),
    st.tuples(st.just("switch"), st.just(0), st.just("")),
    st.tuples(st.just("failure"), st.just(0), st.sampled_from(["gone", "blocked"])),
    st.tuples(st.just("same"), st.just(0), st.just("")),
)


def is_better(new: Had, old: Had) -> bool:
    if new.full:
        return new.words >= 0.8 * old.words
    return not old.full and new.words >= 1.2 * old.words


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events, max_size=10))
def test_whatever_comes_in_any_order_the_best_is_kept_and_all_agrees(
    tmp_path_factory: pytest.TempPathFactory,
    events: list[tuple[str, int, Completeness]],
) -> None:
    db = opened(tmp_path_factory.mktemp("texts"))
    feed(db)
    of_feed, of_page = Had("first", 40), Had()
    for number, (event, words, completeness) in enumerate(events):
        new = Had(f"m{number}", words, completeness == "full") if words else Had()
        source = only(db).source
        match event:
            case "feed":
                feed(db, new.mark, words, completeness, title=f"Title {number}")
                of_feed = new if words else of_feed
            case "page":
                page(db, new.mark, words, completeness)
                if words and (not of_page.mark or is_better(new, of_page)):
                    of_page = new
            case "switch":
                assert texts.switch(db, 1) == bool(of_page.mark)
                switched = {"feed": "page", "page": "feed"}[source]
                assert only(db).source == (switched if of_page.mark else source)
            case "failure":
                keep(db, Answer(NOW, error="no", completeness=completeness))
            case _:
                keep(db, Answer(NOW))
        # Both texts are there, the feed's newest and the page's best one; one is shown,
        # with its own words and state, and it is the one that a search finds.
        article = only(db)
        here, aside = (of_page, of_feed) if article.source == "page" else (of_feed, of_page)
        assert (shown(db), article.words) == (here.mark, here.words)
        assert other(db) == aside.mark
        assert (article.completeness == "full") == here.full
        assert found(db, here.mark)
        assert not aside.mark or not found(db, aside.mark)
    assert store.check(db) == "ok"
    db.close()
