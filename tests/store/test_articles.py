"""What a fetch may do to an article, and what it may not."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autotui import query, store
from autotui.document import Block, Document, Span
from autotui.errors import UnknownError
from autotui.model import Article, Enclosure, ParsedArticle, ParsedFeed, Subscription
from autotui.store import arrivals, articles, feeds, steps
from autotui.store.steps import Change
from support.feeds import body

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = store.open(tmp_path / "autotui.db").db
    wanted = Subscription("https://volt.example/feed")
    feeds.subscribe(db, wanted, typed=True, now=NOW)
    yield db
    db.close()


def parsed(key: str = "k", **more: object) -> ParsedArticle:
    values: dict[str, object] = {
        "key": key,
        "title": "Title",
        "url": "https://volt.example/1",
        **body(Document((Block("paragraph", (Span("Some text"),)),))),
        **more,
    }
    return ParsedArticle(**values)  # type: ignore[arg-type] # the tests' own names


def save(
    db: sqlite3.Connection, *stories: ParsedArticle, at: datetime = NOW
) -> tuple[int, int]:
    with store.writing(db):
        return arrivals.save(db, 1, ParsedFeed("Volt", articles=stories), at)


def only(db: sqlite3.Connection) -> Article:
    (article,) = articles.some(db, articles.ids(db, query.Query(), NOW))
    return article


def test_the_same_entry_again_changes_nothing(db: sqlite3.Connection) -> None:
    assert save(db, parsed()) == (1, 0)
    assert save(db, parsed()) == (0, 0)


def test_what_an_update_leaves_out_stays(db: sqlite3.Connection) -> None:
    published = NOW - timedelta(days=2)
    enclosure = Enclosure("https://volt.example/a.mp3", "audio/mpeg", 9)
    save(
        db,
        parsed(
            author="Ada",
            language="en",
            categories=("Motors",),
            enclosures=(enclosure,),
            published_at=published,
        ),
    )
    assert save(db, parsed(title="New title", url="", **body(Document()))) == (0, 1)

    article = only(db)
    assert article.title == "New title"
    assert (article.author, article.language) == ("Ada", "en")
    assert (article.categories, article.enclosures) == (("Motors",), (enclosure,))
    assert article.published_at == published
    assert article.url == "https://volt.example/1"
    assert articles.body(db, article.id).blocks


def test_dates_are_clamped_for_sorting(db: sqlite3.Connection) -> None:
    future, past = datetime(9999, 12, 31, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)
    save(db, parsed("a", published_at=future, url="https://volt.example/a"))
    save(db, parsed("b", published_at=past, url="https://volt.example/b"))
    save(db, parsed("c", published_at=None, url="https://volt.example/c"))
    dates = [each.published_at for each in articles.some(db, [1, 2, 3])]
    assert dates == [NOW, datetime(1970, 1, 1, tzinfo=UTC), NOW]


def test_of_one_second_the_upper_entry_of_a_feed_is_the_newer(
    db: sqlite3.Connection,
) -> None:
    upper, lower = (
        parsed(key, title=key, url=f"https://volt.example/{key}", published_at=NOW)
        for key in ("upper", "lower")
    )
    save(db, upper, lower)
    ids = articles.ids(db, query.Query(), NOW)
    assert [each.title for each in articles.some(db, ids)] == ["upper", "lower"]


def test_a_feeds_new_guid_for_a_known_story_is_learned_once(db: sqlite3.Connection) -> None:
    save(db, parsed("old"))
    assert save(db, parsed("new")) == (0, 0)
    assert only(db).key == "new"
    # two entries that look alike in one fetch are two stories, and stay two
    twins = (parsed("one", title="Same"), parsed("two", title="Same"))
    assert save(db, *twins) == (2, 0)
    assert save(db, *twins) == (0, 0)


def test_an_unknown_story_has_no_body_and_takes_no_mark(db: sqlite3.Connection) -> None:
    with pytest.raises(UnknownError):
        articles.body(db, 99)
    change = Change("mark", "starred", on=True, ids=(99,))
    assert steps.do(db, "star", [change], NOW).ids == ()


def dump(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    """All that the reader made; a mark row that says nothing is as good as none."""
    marks = "SELECT * FROM mark WHERE read OR starred OR later ORDER BY article_id"
    rows = [*db.execute(marks)]
    rows += db.execute("SELECT tag, article_id FROM article_tag ORDER BY 1, 2")
    rows += db.execute("SELECT id FROM feed WHERE removed_at IS NULL")
    rows += db.execute("SELECT * FROM tally")
    return [tuple(row) for row in rows]


change = st.builds(
    Change,
    st.just("mark"),
    st.sampled_from(["read", "starred", "later"]),
    st.booleans(),
    st.lists(st.integers(1, 6), max_size=4).map(tuple),
)
tagging = st.builds(
    Change,
    st.just("tag"),
    st.sampled_from(["a", "b/c"]),
    st.booleans(),
    st.lists(st.integers(1, 6), max_size=4).map(tuple),
)
removal = st.builds(Change, st.just("removal"), st.just(""), st.booleans(), st.just((1,)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.lists(st.one_of(change, tagging, removal), min_size=1, max_size=3), max_size=8
    )
)
def test_any_steps_undone_one_by_one_leave_things_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, done: list[list[Change]]
) -> None:
    path = tmp_path_factory.mktemp("undo") / "autotui.db"
    db = store.open(path, durable=False).db
    feeds.subscribe(db, Subscription("https://volt.example/feed"), typed=True, now=NOW)
    save(db, *(parsed(str(n), url=f"https://volt.example/{n}") for n in range(4)))
    states = [dump(db)]
    states += [dump(db) for changes in done if steps.do(db, "step", changes, NOW).changes]

    forth = list(states)
    while steps.undo(db, NOW):
        states.pop()
        assert dump(db) == states[-1]
    assert len(states) == 1
    for state in forth[1:]:
        assert steps.redo(db, NOW)
        assert dump(db) == state
    assert steps.redo(db, NOW) is None
    db.close()
