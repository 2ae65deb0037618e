"""Rules in the store: what they do, what of that is told, and that all can be undone."""

import json
import sqlite3
import time
from array import array
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autotui import query, store
from autotui.document import Block, Document, Span
from autotui.edits import Edit
from autotui.errors import QueryError, UnknownError
from autotui.model import Article, ParsedArticle, ParsedFeed, Subscription
from autotui.store import (
    arrivals,
    articles,
    feeds,
    judgements,
    queries,
    renames,
    rules,
    runs,
    steps,
)
from autotui.store.judgements import Judged
from autotui.store.rules import Draft, Rule
from autotui.store.steps import Change
from support.feeds import body

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)
STAR = Draft("volts", "title:volt", ("star",))


def opened(path: Path) -> sqlite3.Connection:
    db = store.open(path, durable=False).db
    for name in ("volt", "axle"):
        wanted = Subscription(f"https://{name}.example/feed")
        feeds.subscribe(db, wanted, typed=True, now=NOW)
    return db


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = opened(tmp_path / "autotui.db")
    yield db
    db.close()


def story(key: str, title: str = "", text: str = "Some text") -> ParsedArticle:
    blocks = (Block("paragraph", (Span(text),)),)
    return ParsedArticle(
        key=key,
        title=title or f"Volt {key}",
        url=f"https://volt.example/{key}",
        **body(Document(blocks)),
    )


def arrive(
    db: sqlite3.Connection, *keys: str, feed: int = 1, occasion: str = "one"
) -> None:
    stories = tuple(map(story, keys))
    with store.writing(db), runs.on_arrival(db, NOW, occasion):
        arrivals.save(db, feed, ParsedFeed("Volt", articles=stories), NOW)


def make(db: sqlite3.Connection, draft: Draft) -> Rule:
    runs.save(db, draft, NOW)
    return next(each for each in rules.every(db) if each.name == draft.name)


def every(db: sqlite3.Connection) -> list[Article]:
    return sorted(
        articles.some(db, articles.ids(db, query.Query(), NOW)), key=lambda each: each.id
    )


def labels(db: sqlite3.Connection) -> list[str]:
    return [row["label"] for row in db.execute("SELECT label FROM step ORDER BY id")]


def judge(db: sqlite3.Connection, *scores: float) -> None:
    """Give the stories these scores, from the oldest on."""
    edition = judgements.edition(db, "lexicon")
    found = [Judged(at, each, suggested=False) for at, each in enumerate(scores, 1)]
    judgements.keep(db, edition, found)


# On arrival.


def test_a_rule_is_run_on_what_comes_and_on_nothing_that_was_there(
    db: sqlite3.Connection,
) -> None:
    arrive(db, "old")
    make(db, Draft("all of it", "title:volt", ("+fast/cars", "star", "later", "read")))
    arrive(db, "old", "new")

    old, new = every(db)

    assert (old.tags, old.starred, old.later, old.read) == ((), False, False, False)
    assert (new.tags, new.starred, new.later, new.read) == (("fast/cars",), *(True,) * 3)
    assert sorted(new.automatic) == [
        (action, "all of it") for action in ("+fast/cars", "later", "read", "star")
    ]
    assert old.automatic == ()


@pytest.mark.parametrize(
    "text", ["volt", '"some text"', "title:volt -is:starred", "feed:1"]
)
def test_any_query_finds_what_comes(db: sqlite3.Connection, text: str) -> None:
    arrive(db, "a", "b")
    make(db, Draft("rule", text, ("star",)))
    arrive(db, "c", "d")

    assert [each.starred for each in every(db)] == [False, False, True, True]


def test_one_refresh_is_one_step_for_each_rule_however_many_feeds_it_had(
    db: sqlite3.Connection,
) -> None:
    make(db, STAR)
    make(db, Draft("tags", "volt", ("+volt",)))
    before = labels(db)

    for feed, keys in ((1, "ab"), (2, "cd"), (1, "e")):
        arrive(db, *keys, feed=feed)
    arrive(db, "f", occasion="two")

    assert labels(db) == [
        *before,
        "rule volts: 5 stories",
        "rule tags: 5 stories",
        "rule volts: 1 story",
        "rule tags: 1 story",
    ]
    # and each is taken back as a whole
    for _ in range(3):
        assert steps.undo(db, NOW)
    assert [each.starred for each in every(db)] == [True] * 5 + [False]
    assert {each.tags for each in every(db)} == {()}


def test_what_the_reader_does_meanwhile_stays_above_what_rules_did_before(
    db: sqlite3.Connection,
) -> None:
    make(db, STAR)
    arrive(db, "a")
    steps.do(db, "read", [Change("mark", "read", on=True, ids=(1,))], NOW)
    arrive(db, "b")

    assert labels(db)[1:] == ["rule volts: 1 story", "read", "rule volts: 1 story"]
    undone = [step.label for step in iter(lambda: steps.undo(db, NOW), None)]
    assert undone == [*labels(db)[:0:-1], "rule volts"]


def test_what_comes_in_the_background_leaves_what_can_be_redone(
    db: sqlite3.Connection,
) -> None:
    make(db, STAR)
    arrive(db, "a")
    later = Change("mark", "later", on=True, ids=(1,))
    steps.do(db, "later", [later], NOW)
    steps.undo(db, NOW)
    arrive(db, "b", occasion="two")

    redone = steps.redo(db, NOW)

    assert redone is not None
    assert redone.label == "later"
    assert every(db)[0].later
    assert steps.redo(db, NOW) is None
    told = [step.label for step in iter(lambda: steps.undo(db, NOW), None)]
    assert told[:2] == ["later", "rule volts: 1 story"]


def test_a_step_done_again_is_only_what_no_rule_did_meanwhile(
    db: sqlite3.Connection,
) -> None:
    # Given a star that was taken back, and set by a rule then
    arrive(db, "a")
    judge(db, 0.1)
    steps.do(db, "star", [Change("mark", "starred", on=True, ids=(1,))], NOW)
    steps.undo(db, NOW)
    db.execute("INSERT INTO arrived VALUES (1)")
    db.execute(
        "INSERT INTO rule (name, query, actions, made_at) VALUES (?, ?, ?, 0)",
        ("low", "score<0.5", '["star"]'),
    )
    runs.on_judged(db, NOW, "two")
    # When the reader's own is done again, and taken back
    steps.redo(db, NOW)
    steps.undo(db, NOW)
    # Then the rule's stands
    assert every(db)[0].starred
    steps.undo(db, NOW)
    assert not every(db)[0].starred


def test_a_rule_that_asks_for_findings_waits_until_they_are_there(
    db: sqlite3.Connection,
) -> None:
    arrive(db, "old")
    make(db, Draft("sure", "score>0.9", ("+ev-drivetrain",)))
    arrive(db, "a", "b")
    runs.on_judged(db, NOW, "one")
    assert {each.tags for each in every(db)} == {()}

    judge(db, 0.95, 0.2)
    runs.on_judged(db, NOW, "one")
    judge(db, 0.95, 0.2, 0.95)
    runs.on_judged(db, NOW, "one")

    assert [each.tags for each in every(db)] == [(), (), ("ev-drivetrain",)]
    assert labels(db)[-1] == "rule sure: 1 story"


def test_stories_that_are_judged_again_are_left_alone(db: sqlite3.Connection) -> None:
    make(db, Draft("sure", "score>0.9", ("+ev-drivetrain",)))
    arrive(db, "a")
    judge(db, 0.95)
    runs.on_judged(db, NOW, "one")
    steps.do(db, "no", [Change("tag", "ev-drivetrain", on=False, ids=(1,))], NOW)
    judgements.renew(db)
    judge(db, 0.99)

    runs.on_judged(db, NOW, "two")

    assert every(db)[0].tags == ()


def test_a_tag_that_a_rule_set_is_no_verdict_and_teaches_nothing(
    db: sqlite3.Connection,
) -> None:
    make(db, Draft("all", "volt", ("+ev-drivetrain",)))
    arrive(db, "a")
    assert every(db)[0].tags == ("ev-drivetrain",)

    assert db.execute("SELECT count(*) FROM verdict").fetchone()[0] == 0
    assert db.execute("SELECT count(*) FROM learned").fetchone()[0] == 0


def test_a_disabled_rule_and_a_deleted_one_do_nothing(db: sqlite3.Connection) -> None:
    one, two = make(db, STAR), make(db, Draft("tags", "volt", ("+volt",)))
    runs.enable(db, one.id, NOW, on=False)
    runs.delete(db, two.id, NOW)
    arrive(db, "a")
    assert every(db)[0].automatic == ()

    steps.undo(db, NOW)
    steps.undo(db, NOW)
    arrive(db, "b")
    assert sorted(every(db)[1].automatic) == [("+volt", "tags"), ("star", "volts")]


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("since:never", '["star"]'),
        ("kwh>lots", '["star"]'),
        ("(volt", '["star"]'),
        ("", '["star"]'),
        ("volt", '["explode"]'),
        ("volt", "[]"),
        ("volt", "not json"),
        ("volt", '{"a": 1}'),
        ("volt", '["+"]'),
    ],
)
def test_a_rule_that_cannot_be_read_any_more_is_disabled_and_says_so(
    db: sqlite3.Connection, text: str, actions: str
) -> None:
    make(db, STAR)
    db.execute("UPDATE rule SET query = ?, actions = ?", (text, actions))
    good = make(db, Draft("tags", "volt", ("+volt",)))
    arrive(db, "a")

    broken = rules.every(db)[0]

    assert not broken.enabled
    assert broken.trouble
    assert every(db)[0].automatic == (("+volt", good.name),)
    with pytest.raises(QueryError):
        runs.enable(db, broken.id, NOW, on=True)


def test_a_rule_that_was_mended_runs_again(db: sqlite3.Connection) -> None:
    rule = make(db, STAR)
    db.execute("UPDATE rule SET query = '((('")
    arrive(db, "a")

    runs.save(db, STAR._replace(id=rule.id, query="volt"), NOW)
    arrive(db, "b")

    assert [each.starred for each in every(db)] == [False, True]
    assert rules.every(db)[0].trouble == ""


# What is told of it.


def test_what_the_reader_takes_from_a_story_is_no_rules_work_any_more(
    db: sqlite3.Connection,
) -> None:
    make(db, Draft("both", "volt", ("+volt", "star")))
    arrive(db, "a", "b")
    steps.do(db, "no tag", [Change("tag", "volt", on=False, ids=(1,))], NOW)
    steps.do(db, "no star", [Change("mark", "starred", on=False, ids=(1,))], NOW)
    steps.do(db, "tag", [Change("tag", "volt", on=True, ids=(1,))], NOW)

    first, second = every(db)

    assert (first.tags, first.automatic) == (("volt",), ())
    assert sorted(second.automatic) == [("+volt", "both"), ("star", "both")]
    assert rules.every(db)[0].hits == 1
    for _ in range(3):
        steps.undo(db, NOW)
    assert every(db)[0].automatic == second.automatic


def test_what_a_deleted_rule_did_is_told_by_its_name_still(db: sqlite3.Connection) -> None:
    rule = make(db, STAR)
    arrive(db, "a")
    runs.delete(db, rule.id, NOW)

    assert every(db)[0].automatic == (("star", "volts"),)


def test_two_rules_cannot_have_one_name(db: sqlite3.Connection) -> None:
    rule = make(db, STAR)
    with pytest.raises(UnknownError, match="already"):
        runs.save(db, STAR, NOW)
    assert len(labels(db)) == 1
    runs.delete(db, rule.id, NOW)
    make(db, STAR)
    with pytest.raises(UnknownError, match="no such rule"):
        runs.delete(db, rule.id, NOW)


# On old stories.

QUERIES = st.sampled_from(
    ["volt", "-volt", "is:unread", "is:starred OR tag:a", "title:3", "score>0.5", "feed:2"]
)
ACTIONS = st.lists(
    st.sampled_from(["+a", "+b/c", "+b", "star", "later", "read"]), min_size=1, unique=True
).map(tuple)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_preview_gives_exactly_what_is_changed_then(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    db = opened(tmp_path_factory.mktemp("preview") / "autotui.db")
    arrive(db, *"1234")
    arrive(db, *"567", feed=2)
    judge(db, 0.1, 0.9, 0.8)
    for _ in range(2):
        text, actions = data.draw(QUERIES), data.draw(ACTIONS)
        rule = make(db, Draft(f"{text} {actions}", text, actions))
        shown = runs.preview(db, query.parse(text), actions, NOW)

        step = runs.apply(db, rule.id, NOW)

        assert sorted(shown) == sorted(step.ids)
        assert not runs.preview(db, query.parse(text), actions, NOW) or "is:" in text
        runs.delete(db, rule.id, NOW)
    db.close()


def test_a_rule_on_old_stories_is_one_step(db: sqlite3.Connection) -> None:
    arrive(db, "a", "b")
    rule = make(db, Draft("both", "volt", ("+volt", "star")))

    runs.apply(db, rule.id, NOW)
    runs.apply(db, rule.id, NOW)

    assert labels(db) == ["rule both", "rule both: 2 stories"]
    steps.undo(db, NOW)
    assert {each.automatic for each in every(db)} == {()}
    assert {each.tags for each in every(db)} == {()}


# Undo.


def dump(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All that is the reader's; a mark row that says nothing is as good as none."""
    asked = {
        "marks": "SELECT * FROM mark WHERE read OR starred OR later ORDER BY 1",
        "tags": "SELECT tag, article_id FROM article_tag ORDER BY 1, 2",
        "automatic": "SELECT * FROM automatic ORDER BY 1, 2",
        "verdicts": "SELECT tag, article_id, accepted, features FROM verdict ORDER BY 1, 2",
        "learned": "SELECT * FROM learned ORDER BY 1, 2",
        "rules": "SELECT id, name, query, actions, enabled FROM rule WHERE removed = 0",
        "queries": "SELECT id, name, query FROM saved_query WHERE removed = 0 ORDER BY 1",
        "colours": "SELECT tag, colour FROM tag_colour WHERE colour <> '' ORDER BY 1",
        "feeds": "SELECT id, title, folder, muted FROM feed WHERE removed_at IS NULL",
        "tally": "SELECT * FROM tally ORDER BY 1",
    }
    return {name: [tuple(row) for row in db.execute(sql)] for name, sql in asked.items()}


IDS = st.lists(st.integers(1, 9), max_size=4).map(tuple)
TAGS = ["a", "a/b", "b/c", "b"]
NAMES = st.sampled_from([*TAGS, "ev-drivetrain", "new"])
CHANGES = st.one_of(
    st.builds(
        Change,
        st.just("mark"),
        st.sampled_from(["read", "starred", "later"]),
        st.booleans(),
        IDS,
    ),
    st.builds(
        Change,
        st.just("tag"),
        st.sampled_from([*TAGS, "ev-drivetrain"]),
        st.booleans(),
        IDS,
    ),
    st.builds(
        Change,
        st.just("removal"),
        st.just(""),
        st.booleans(),
        st.sampled_from([(1,), (2,)]),
    ),
)
DOINGS = st.one_of(
    st.tuples(st.just("do"), st.lists(CHANGES, min_size=1, max_size=3)),
    st.tuples(st.just("save"), st.tuples(st.integers(0, 2), QUERIES, ACTIONS)),
    st.tuples(st.just("delete"), st.integers(0, 2)),
    st.tuples(st.just("enable"), st.tuples(st.integers(0, 2), st.booleans())),
    st.tuples(st.just("apply"), st.integers(0, 2)),
    st.tuples(st.just("rename"), st.tuples(NAMES, NAMES, st.booleans())),
    st.tuples(st.just("drop"), NAMES),
    st.tuples(st.just("paint"), st.tuples(NAMES, st.sampled_from(["", "red", "blue"]))),
    st.tuples(st.just("query"), st.sampled_from(["tag:a", "-tag:b/c OR tag:new", "x"])),
    st.tuples(st.just("all"), st.sampled_from(["volt", "is:unread", "feed:1"])),
    st.tuples(st.just("edit"), st.tuples(st.integers(1, 2), st.text("xyz/", max_size=3))),
)


def retag(db: sqlite3.Connection, what: str, how: object) -> None:
    if what == "drop":
        renames.delete(db, str(how), NOW)
    elif what == "paint":
        assert isinstance(how, tuple)
        renames.paint(db, how[0], how[1], NOW)
    else:
        assert isinstance(how, tuple)
        renames.rename(db, how[0], how[1], NOW, merge=how[2])


def perform(db: sqlite3.Connection, doing: tuple[str, object]) -> None:
    """Do what the reader asks for; what cannot be done changes nothing."""
    what, how = doing
    named = {each.name: each for each in rules.every(db)}
    if what == "do":
        assert isinstance(how, list)
        steps.do(db, "changes", how, NOW)
    elif what == "all":
        ids = articles.ids(db, query.parse(str(how)), NOW)
        steps.do(db, "read", [Change("mark", "read", on=True, ids=ids)], NOW)
    elif what == "edit":
        assert isinstance(how, tuple)
        steps.edit(db, "edit", how[0], Edit(title=how[1], muted=len(how[1]) > 1), NOW)
    elif what == "save":
        assert isinstance(how, tuple)
        number, text, actions = how
        known = named.get(f"rule {number}")
        draft = Draft(f"rule {number}", text, actions, known.id if known else None)
        runs.save(db, draft, NOW)
    elif what == "query":
        kept = queries.add(db, "query", str(how))
        steps.do(db, "query", [Change("query", "query", on=True, ids=(kept,))], NOW)
    elif what in {"rename", "drop", "paint"}:
        with suppress(UnknownError):
            retag(db, what, how)
    elif known := named.get(f"rule {how[0] if isinstance(how, tuple) else how}"):
        if what == "delete":
            runs.delete(db, known.id, NOW)
        elif what == "apply":
            runs.apply(db, known.id, NOW)
        else:
            assert isinstance(how, tuple)
            runs.enable(db, known.id, NOW, on=how[1])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DOINGS, max_size=10))
def test_whatever_the_reader_does_is_undone_step_by_step_and_done_again(
    tmp_path_factory: pytest.TempPathFactory, doings: list[tuple[str, object]]
) -> None:
    db = opened(tmp_path_factory.mktemp("undo") / "autotui.db")
    arrive(db, *"1234")
    arrive(db, *"567", feed=2)
    judge(db, 0.1, 0.9, 0.8)
    states = [dump(db)]
    for doing in doings:
        before = len(labels(db))
        perform(db, doing)
        if len(labels(db)) > before:
            states.append(dump(db))
        assert dump(db) == states[-1]

    for state in states[-2::-1]:
        assert steps.undo(db, NOW)
        assert dump(db) == state
    assert steps.undo(db, NOW) is None
    for state in states[1:]:
        assert steps.redo(db, NOW)
        assert dump(db) == state
    assert steps.redo(db, NOW) is None
    db.close()


COMING = st.tuples(st.just("come"), st.tuples(st.integers(1, 2), st.booleans()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DOINGS | COMING, max_size=10))
def test_whatever_comes_meanwhile_all_of_it_is_undone(
    tmp_path_factory: pytest.TempPathFactory, doings: list[tuple[str, object]]
) -> None:
    db = opened(tmp_path_factory.mktemp("coming") / "autotui.db")
    make(db, Draft("rule 0", "volt", ("+a", "star")))
    make(db, Draft("rule 1", "score>0.5", ("+ev-drivetrain", "read")))
    for number, doing in enumerate(doings):
        if doing[0] != "come":
            perform(db, doing)
            continue
        assert isinstance(doing[1], tuple)
        feed, again = doing[1]
        occasion = "same" if again else f"one {number}"
        arrive(db, f"{number} a", f"{number} b", feed=feed, occasion=occasion)
        if again:
            judge(db, *[0.9] * articles_in(db))
            runs.on_judged(db, NOW, occasion)

    while steps.undo(db, NOW):
        pass

    left = dump(db)
    names = ("marks", "tags", "automatic", "verdicts", "learned", "rules")
    assert [left[name] for name in names] == [[]] * 6
    assert len(left["feeds"]) == 2
    db.close()


def articles_in(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM article").fetchone()[0])


def test_a_hundred_steps_and_more_are_kept_over_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "autotui.db"
    db = opened(path)
    arrive(db, "a")
    rule = make(db, STAR)
    for number in range(150):
        runs.enable(db, rule.id, NOW, on=bool(number % 2))
    db.close()

    db = store.open(path).db

    assert len(list(iter(lambda: steps.undo(db, NOW), None))) == 151
    assert rules.every(db) == ()
    db.close()


def test_the_oldest_steps_are_forgotten_however_far_apart_their_numbers(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "KEPT", 5)
    make(db, STAR)
    for number in range(20):
        arrive(db, f"{number}", occasion=f"{number}")
        change = Change("mark", "later", on=True, ids=(number + 1,))
        steps.do(db, "later", [change], NOW)
        steps.undo(db, NOW)

    assert labels(db) == [*["rule volts: 1 story"] * 4, "later"]
    last = db.execute("SELECT max(id) FROM step").fetchone()[0]
    assert last < 100


def test_an_older_step_that_lists_its_ids_can_be_undone(db: sqlite3.Connection) -> None:
    arrive(db, "a")
    steps.do(db, "star", [Change("mark", "starred", on=True, ids=(1,))], NOW)
    (packed,) = db.execute("SELECT changes FROM step").fetchone()
    assert json.loads(packed)[0]["ids"] == [1]
    assert steps.undo(db, NOW)
    assert not every(db)[0].starred


def test_a_view_of_many_stories_is_marked_in_one_step(db: sqlite3.Connection) -> None:
    count = 20_000
    rows = [(at, str(at), NOW.timestamp() + at) for at in range(1, count + 1)]
    db.executemany(
        """
        INSERT INTO article (id, feed_id, key, title, url, author, published_at, seen_at,
            language, words, completeness, categories, enclosures, hash)
        VALUES (?, 1, ?, 't', '', '', ?, 0, '', 0, 'full', '[]', '[]', '')
        """,
        [(at, key, int(moment)) for at, key, moment in rows],
    )
    steps.do(db, "star", [Change("mark", "starred", on=True, ids=(7,))], NOW)
    ids = array("q", range(count, 0, -1))
    started = time.process_time()

    step = steps.do(db, "read", [Change("mark", "read", on=True, ids=ids)], NOW)
    unread = db.execute("SELECT unread FROM tally WHERE feed_id = 1").fetchone()[0]
    (size,) = db.execute("SELECT max(length(changes)) FROM step").fetchone()
    steps.undo(db, NOW)

    assert len(step.ids) == count
    assert unread == 0
    assert size < 1_000
    assert db.execute("SELECT unread FROM tally WHERE feed_id = 1").fetchone()[0] == count
    assert [each.id for each in every(db) if each.starred] == [7]
    assert time.process_time() - started < 10
