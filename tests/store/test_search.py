"""The query language against a real database."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui import query, store
from autotui.document import Block, Document, Span
from autotui.errors import QueryError
from autotui.model import ParsedArticle, ParsedFeed, Subscription
from autotui.store import arrivals, articles, feeds, steps
from autotui.store.steps import Change
from support.feeds import body

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)


def article(name: str, text: str = "", *, days: float = 0, **more: str) -> ParsedArticle:
    return ParsedArticle(
        key=name,
        title=name,
        url=f"https://{more.get('site', 'volt.example')}/{name.replace(' ', '-')}",
        **body(Document((Block("paragraph", (Span(text or name),)),))),
        author=more.get("author", ""),
        published_at=NOW - timedelta(days=days),
        language=more.get("language", "en"),
    )


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("search")
    db = store.open(folder / "autotui.db").db
    for number, (title, inside) in enumerate(
        [("Volt Weekly", "EV/Trade"), ("Cars 100%", "")], 1
    ):
        wanted = Subscription(f"https://f{number}.example/feed", title, folder=inside)
        feeds.subscribe(db, wanted, typed=True, now=NOW)
    volt = [
        article("Inverter deal", "A silicon carbide inverter. " * 20, author="Ada Volta"),
        article("Axle news", "An electric axle, quite Élégant.", days=3, language="de-CH"),
    ]
    cars = [
        article("Old V8", 'A "big" engine_block', days=40, site="www.cars.example:8080"),
        article("Sales", "inverterless", days=1.2, author="100% Bob"),
    ]
    arrivals.save(db, 1, ParsedFeed("", articles=tuple(volt)), NOW)
    arrivals.save(db, 2, ParsedFeed("", articles=tuple(cars)), NOW)
    found = {row["title"]: row["id"] for row in db.execute("SELECT id, title FROM article")}
    changes = [
        Change("mark", "read", on=True, ids=(found["Sales"],)),
        Change("mark", "starred", on=True, ids=(found["Old V8"],)),
        Change("mark", "later", on=True, ids=(found["Axle news"],)),
        Change("tag", "parts/axle", on=True, ids=(found["Axle news"],)),
        Change("tag", "ev-drivetrain", on=True, ids=(found["Inverter deal"],)),
    ]
    steps.do(db, "all", changes, NOW)
    yield db
    db.close()


def found(db: sqlite3.Connection, text: str) -> list[str]:
    ids = articles.ids(db, query.parse(text), NOW)
    return [each.title for each in articles.some(db, ids)]


def read(text: str) -> tuple[query.Query, QueryError | None]:
    """Give the query, or what is wrong with it."""
    try:
        return query.parse(text), None
    except QueryError as error:
        return query.Query(), error


ALL = ["Inverter deal", "Sales", "Axle news", "Old V8"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ALL),
        ("sort:oldest", ALL[::-1]),
        ("inverter", ["Inverter deal"]),
        ("inverter*", ["Inverter deal", "Sales"]),
        ("INVERTER carbide", ["Inverter deal"]),
        ('"carbide silicon"', []),
        ('"silicon carbide"', ["Inverter deal"]),
        ("elegant", ["Axle news"]),
        ("-inverter", ALL[1:]),
        ("is:unread", ["Inverter deal", "Axle news", "Old V8"]),
        ("is:read", ["Sales"]),
        ("is:starred", ["Old V8"]),
        ("is:later", ["Axle news"]),
        ("is:tagged", ["Inverter deal", "Axle news"]),
        ("is:full", ALL),
        ("tag:parts", ["Axle news"]),
        ("tag:part", []),
        ("tag:ev-drivetrain", ["Inverter deal"]),
        ("feed:1", ["Inverter deal", "Axle news"]),
        ("feed:https://f2.example/feed", ["Sales", "Old V8"]),
        ('feed:"cars 100%"', ["Sales", "Old V8"]),
        ("feed:%", ["Sales", "Old V8"]),
        ("folder:EV", ["Inverter deal", "Axle news"]),
        ("folder:E", []),
        ("author:volta", ["Inverter deal"]),
        ("author:100%", ["Sales"]),
        ("author:1_0", []),
        ("site:cars.example", ["Old V8"]),
        ("site:ars.example", []),
        ("title:axle", ["Axle news"]),
        ("lang:de", ["Axle news"]),
        ("lang:DE-ch", ["Axle news"]),
        ("since:2d", ["Inverter deal", "Sales"]),
        ("before:2d", ["Axle news", "Old V8"]),
        ("since:2024-06-02 before:2024-06-05", ["Sales", "Axle news"]),
        ("on:2024-06-02", ["Axle news"]),
        ("on:today", ["Inverter deal"]),
        ("on:yesterday", ["Sales"]),
        ("words>20", ["Inverter deal"]),
        ("words<=20", ALL[1:]),
        ("tag:parts OR is:starred", ["Axle news", "Old V8"]),
        ("(tag:parts OR is:starred) -is:later", ["Old V8"]),
        ("-(tag:parts OR is:starred)", ["Inverter deal", "Sales"]),
        ("-", []),
        ("'; DROP TABLE article; --", []),
        ('"engine_block"', ["Old V8"]),
    ],
)
def test_a_query_finds_what_it_says(
    db: sqlite3.Connection, text: str, wanted: list[str]
) -> None:
    assert found(db, text) == wanted


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "a",
                    '"',
                    "(",
                    ")",
                    "-",
                    "OR",
                    "AND",
                    "NOT",
                    "NEAR",
                    "*",
                    ":",
                    "^",
                    "{",
                    "}",
                    "is:read",
                    "tag:x",
                    'title:"y"',
                    "words>3",
                    "feed:1",
                    "\x00",
                    "since:1d",
                    "on:today",
                    "sort:oldest",
                    "lang:%",
                    "id:1",
                    "[",
                    "]",
                    "+",
                    "~",
                    "é",
                    "日本",
                    "author:_",
                ]
            ),
            max_size=14,
        ).map(" ".join),
    )
)
def test_any_text_finds_something_or_says_what_is_wrong(
    db: sqlite3.Connection, text: str
) -> None:
    parsed, wrong = read(text)
    if wrong:
        assert str(wrong)
        assert 0 <= wrong.at <= len(text)
    else:
        articles.ids(db, parsed, NOW)


def test_holding_keeps_an_article_in_its_place(db: sqlite3.Connection) -> None:
    (read,) = articles.ids(db, query.parse("is:read"), NOW)
    held = articles.ids(db, query.either(query.parse("is:unread"), query.ids((read,))), NOW)
    assert [each.title for each in articles.some(db, held)] == ALL


def test_many_ids_make_one_test(db: sqlite3.Connection) -> None:
    ids = articles.ids(db, query.Query(), NOW)
    many = query.ids((*ids, *range(10_000, 30_000)))
    assert articles.ids(db, many, NOW) == ids


def test_tallies_are_what_counting_gives(db: sqlite3.Connection) -> None:
    counted = {
        row[0]: (row[1], row[2])
        for row in db.execute(
            "SELECT a.feed_id, count(*), sum(coalesce(m.read, 0) = 0) FROM article a"
            " LEFT JOIN mark m ON m.article_id = a.id GROUP BY a.feed_id"
        )
    }
    kept = {row[0]: (row[1], row[2]) for row in db.execute("SELECT * FROM tally")}
    assert kept == counted
    counts = feeds.counts(db)
    assert (counts.total, counts.unread) == (4, 3)
    assert (counts.starred, counts.later, counts.drivetrain) == (1, 1, 1)


def test_the_first_page_comes_off_the_index(db: sqlite3.Connection) -> None:
    plan = db.execute(
        "EXPLAIN QUERY PLAN SELECT a.id"
        " FROM article a CROSS JOIN feed f ON f.id = a.feed_id"
        " LEFT JOIN mark m ON m.article_id = a.id WHERE f.removed_at IS NULL"
        " ORDER BY a.published_at DESC, a.id DESC LIMIT 200"
    ).fetchall()
    steps_ = " ".join(row["detail"] for row in plan)
    assert "article_newest" in steps_
    assert "TEMP B-TREE" not in steps_
