"""Saved queries, ranking, snippets and past searches, in a real database."""

import re
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui import clean, query, store
from autotui.document import Block, Document, Span
from autotui.model import ParsedArticle, ParsedFeed, Subscription
from autotui.store import arrivals, articles, feeds, queries, salvage, steps
from autotui.store.steps import Change
from support.feeds import body

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)
FILLER = "The river is wide and the band played on. "


def article(title: str, text: str = "", *, days: float = 0) -> ParsedArticle:
    return ParsedArticle(
        key=title,
        title=title,
        url=f"https://volt.example/{title.replace(' ', '-')}",
        **body(Document((Block("paragraph", (Span(text or title),)),))),
        published_at=NOW - timedelta(days=days),
    )


def opened(folder: Path, *stories: ParsedArticle) -> sqlite3.Connection:
    db = store.open(folder / "autotui.db").db
    wanted = Subscription("https://f.example/feed", "Volt Weekly", folder="EV")
    feeds.subscribe(db, wanted, typed=True, now=NOW)
    arrivals.save(db, 1, ParsedFeed("", articles=stories), NOW)
    return db


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = opened(
        tmp_path,
        article("Inverter deal", FILLER * 20 + "One inverter.", days=9),
        article("Charger news", FILLER * 20 + "One inverter, silicon carbide.", days=5),
        article("Old news", "inverter " * 3 + FILLER * 20, days=7),
        article("Quiet day", FILLER * 30, days=1),
        article("Élégant", "Nothing but an " + "Axle. " * 5, days=2),
    )
    yield db
    db.close()


def found(db: sqlite3.Connection, wanted: query.Query | str) -> list[str]:
    asked = query.parse(wanted) if isinstance(wanted, str) else wanted
    return [one.title for one in articles.some(db, articles.ids(db, asked, NOW))]


def test_relevance_puts_the_title_first_and_then_who_says_it_most(
    db: sqlite3.Connection,
) -> None:
    by_relevance = ["Inverter deal", "Old news", "Charger news"]

    assert found(db, "inverter sort:relevance") == by_relevance
    assert found(db, query.ranked(query.parse("inverter"))) == by_relevance


def test_a_query_that_says_no_order_is_newest_first(db: sqlite3.Connection) -> None:
    newest = ["Charger news", "Old news", "Inverter deal"]

    assert found(db, "inverter") == newest
    assert found(db, query.ranked(query.parse("inverter sort:newest"))) == newest
    assert found(db, "inverter sort:oldest") == newest[::-1]


def test_without_a_word_relevance_is_newest_first(db: sqlite3.Connection) -> None:
    for text in ("folder:EV", "folder:EV -inverter", '"!"'):
        assert found(db, f"{text} sort:relevance") == found(db, text)


def test_what_has_none_of_the_words_comes_last(db: sqlite3.Connection) -> None:
    listed = found(db, "carbide OR title:quiet OR title:deal sort:relevance")

    assert listed == ["Charger news", "Quiet day", "Inverter deal"]


def test_each_of_several_words_is_ranked(db: sqlite3.Connection) -> None:
    listed = found(db, "inverter OR axle sort:relevance")

    assert set(listed) == {"Inverter deal", "Old news", "Charger news", "Élégant"}
    assert listed.index("Inverter deal") < listed.index("Charger news")


def test_the_order_of_the_scope_comes_before_that_of_the_row() -> None:
    row, scope = query.parse("a sort:oldest"), query.parse("b")

    assert query.both(scope, row).order == "oldest"
    assert query.both(query.ranked(scope), row).order == "relevance"
    assert query.both(query.parse("b sort:newest"), row).order == "newest"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("axle", ("axle",)),
        ('"silicon carbide" is:unread axle*', ("silicon carbide", "axle*")),
        ("a OR (b -c) a", ("a", "b")),
        ("-axle tag:x title:y", ()),
    ],
)
def test_the_words_of_a_query_are_those_that_stories_have_to_have(
    text: str, words: tuple[str, ...]
) -> None:
    assert query.words(query.parse(text).node) == words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("line:deal", ["Inverter deal"]),
        ("line:WEEKLY", ["Quiet day", "Élégant", "Charger news", "Old news"]),
        ("line:éLéG", ["Élégant"]),
        ("line:%", []),
        ("line:hairpin", ["Old news"]),
        ('line:"news"', ["Charger news", "Old news"]),
    ],
)
def test_a_filter_looks_at_title_outlet_and_tags(
    db: sqlite3.Connection, text: str, wanted: list[str]
) -> None:
    (old,) = articles.ids(db, query.parse("title:old"), NOW)
    steps.do(db, "tag", [Change("tag", "motors/hairpin", on=True, ids=(old,))], NOW)

    assert found(db, text)[: len(wanted)] == wanted
    assert bool(found(db, text)) == bool(wanted)


@pytest.mark.parametrize("text", ["a OR b", "a", "(a OR b) c", "-a"])
def test_joined_queries_find_what_both_do(text: str) -> None:
    for first, second in ((text, "x OR y"), ("x OR y", text), (text, "")):
        joined = query.parse(query.joined(first, second))
        both = query.both(query.parse(first), query.parse(second))
        assert plain(joined.node) == plain(both.node)


def plain(node: query.Node) -> object:
    """Give a tree without needless levels."""
    if isinstance(node, query.All):
        parts = [part for each in node.nodes for part in flat(plain(each))]
        return parts[0] if len(parts) == 1 else tuple(parts)
    return node


def flat(part: object) -> tuple[object, ...]:
    return part if isinstance(part, tuple) else (part,)


# Saved queries.


def save(db: sqlite3.Connection, name: str, text: str) -> int:
    made = queries.add(db, name, text)
    steps.do(db, "save", [Change("query", name, on=True, ids=(made,))], NOW)
    return made


def test_saved_queries_come_by_name_and_undo_takes_them_back(
    db: sqlite3.Connection,
) -> None:
    save(db, "units", "motor")
    first = save(db, "Axles", "axle is:unread")
    assert [each.name for each in queries.every(db)] == ["Axles", "units"]

    steps.undo(db, NOW)
    assert [each.name for each in queries.every(db)] == ["units"]
    steps.redo(db, NOW)
    steps.do(db, "delete", [Change("query", "", on=False, ids=(first,))], NOW)
    assert [each.name for each in queries.every(db)] == ["units"]
    steps.undo(db, NOW)

    assert queries.every(db)[0] == query.SavedQuery(first, "Axles", "axle is:unread")


def test_saved_queries_survive_the_rescue_of_a_damaged_database(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    save(db, "Axles", "axle is:unread")
    before = queries.every(db)
    db.close()

    new = store.open(tmp_path / "new" / "autotui.db").db
    with store.writing(new):
        salvage.rescue(tmp_path / "autotui.db", new)

    assert queries.every(new) == before
    new.close()


def test_a_query_that_was_never_kept_is_none_of_the_reader(db: sqlite3.Connection) -> None:
    queries.add(db, "half", "axle")

    assert queries.every(db) == ()


def test_a_saved_query_that_cannot_be_read_says_why(db: sqlite3.Connection) -> None:
    save(db, "broken", "moon:full")

    (saved,) = queries.every(db)
    assert saved.error is not None
    assert saved.error.startswith("there is no field 'moon'")


def test_unread_stories_are_counted_unless_it_takes_too_long(
    db: sqlite3.Connection,
) -> None:
    wanted = query.parse("inverter")
    assert queries.unread(db, wanted, NOW, 9) == 3
    (old,) = articles.ids(db, query.parse("title:old"), NOW)
    articles.mark(db, (old,), "read", on=True)
    assert queries.unread(db, wanted, NOW, 9) == 2

    slow = query.parse(" OR ".join(f"site:a{number}" for number in range(90)))
    assert queries.unread(db, slow, NOW, -1) is None
    assert queries.unread(db, wanted, NOW, 9) == 2


def test_a_listing_that_nobody_waits_for_ends(db: sqlite3.Connection) -> None:
    stop = threading.Event()
    assert len(queries.ids(db, query.parse("inverter"), NOW, None, stop)) == 3

    stop.set()
    assert len(queries.ids(db, query.parse("inverter"), NOW, None, stop)) == 0


def test_a_statement_that_is_wrong_is_no_end_of_reading(db: sqlite3.Connection) -> None:
    with (
        pytest.raises(sqlite3.OperationalError, match="moon"),
        queries._stopped(db, lambda: False),
    ):
        db.execute("SELECT moon FROM article")


# Searching.


def test_a_snippet_shows_the_words_in_the_text(db: sqlite3.Connection) -> None:
    (charger,) = articles.ids(db, query.parse("title:charger"), NOW)

    shown = queries.snippet(db, charger, ("silicon carbide", "moon"))

    assert shown.text.endswith("One inverter, silicon carbide.")
    assert [shown.text[a:b] for a, b in shown.matches] == ["silicon carbide"]


def test_where_no_word_is_in_the_text_there_is_no_snippet(db: sqlite3.Connection) -> None:
    (first,) = articles.ids(db, query.parse("title:quiet"), NOW)

    for words in ((), ("moon",), ("!",), ("quiet",)):
        assert queries.snippet(db, first, words) == queries.Snippet()


HOSTILE = st.text(
    st.sampled_from("axle \n\x1b\x02\x03\u202e\u2066[]@<>&;é日本\x00\x9b"), max_size=80
)


@settings(max_examples=80, deadline=None)
@given(texts=st.lists(HOSTILE, min_size=1, max_size=3), words=st.lists(HOSTILE, max_size=3))
def test_nothing_hostile_is_in_a_snippet(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], words: list[str]
) -> None:
    stories = [
        article(f"s{number}", clean.text(f"{text} axle"))
        for number, text in enumerate(texts)
    ]
    db = opened(tmp_path_factory.mktemp("snippets"), *stories)
    try:
        for each in articles.ids(db, query.Query(), NOW):
            shown = queries.snippet(db, each, ("axle", *words))
            assert clean.line(shown.text) == " ".join(shown.text.split())
            for start, end in shown.matches:
                assert 0 <= start < end <= len(shown.text)
                assert re.search(r"\w", shown.text[start:end])
    finally:
        db.close()


def test_the_last_twenty_searches_are_remembered_each_once(db: sqlite3.Connection) -> None:
    for number in range(30):
        queries.searched(db, f"search {number}")
    queries.searched(db, "search 25")

    known = queries.searches(db)
    assert known[:3] == ("search 25", "search 29", "search 28")
    assert len(known) == len(set(known)) == queries.MAX_SEARCHES


@pytest.mark.parametrize("value", ["", "{", "null", "3", '{"a": 1}', '[1, null, "x"]'])
def test_searches_that_the_disk_forgot_are_none(db: sqlite3.Connection, value: str) -> None:
    db.execute("INSERT INTO memory VALUES ('searches', ?)", (value,))

    assert all(isinstance(each, str) for each in queries.searches(db))
    queries.searched(db, "axle")
    assert queries.searches(db)[0] == "axle"
