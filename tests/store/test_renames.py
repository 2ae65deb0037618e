"""Tags renamed, merged, deleted and painted, in everything that names them."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autotui import clean, store
from autotui.errors import UnknownError
from autotui.model import EV_DRIVETRAIN
from autotui.store import queries, renames, rules, runs, steps, tags, verdicts
from autotui.store.rules import Draft
from autotui.store.steps import Change
from autotui.tags import Tag
from store.test_runs import arrive, dump, make, opened

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = opened(tmp_path / "autotui.db")
    arrive(db, *"1234")
    yield db
    db.close()


def put(
    db: sqlite3.Connection, tag: str, *ids: int, now: datetime = NOW, on: bool = True
) -> None:
    steps.do(db, "tag", [Change("tag", tag, on, ids)], now)


def rename(db: sqlite3.Connection, old: str, new: str, *, merge: bool = False) -> None:
    renames.rename(db, old, new, NOW, merge=merge)


def carried(db: sqlite3.Connection) -> dict[str, list[int]]:
    rows = db.execute("SELECT tag, article_id FROM article_tag ORDER BY 1, 2").fetchall()
    return {tag: [each[1] for each in rows if each[0] == tag] for tag, _ in rows}


def whole(db: sqlite3.Connection) -> list[str]:
    """All that a database holds, times included, but for steps and what can be made."""
    left_out = ('INSERT INTO "step"', 'INSERT INTO "memory"', 'INSERT INTO "saved_query"')
    return sorted(line for line in db.iterdump() if not line.startswith(left_out))


def test_tags_are_told_with_those_above_them_and_each_story_once(
    db: sqlite3.Connection,
) -> None:
    put(db, "cars/ev", 1, 2)
    put(db, "cars/ice", 2, 3, now=NOW + DAY)
    put(db, "cars-old", 4)
    steps.do(db, "read", [Change("mark", "read", on=True, ids=(2,))], NOW)
    renames.paint(db, "cars", "red", NOW)

    assert tags.every(db) == (
        Tag("cars", unread=2, total=3, own=0, used_at=NOW + DAY, colour="red"),
        Tag("cars/ev", unread=1, total=2, own=2, used_at=NOW),
        Tag("cars/ice", unread=1, total=2, own=2, used_at=NOW + DAY),
        Tag("cars-old", unread=1, total=1, own=1, used_at=NOW),
    )


def test_a_tag_is_renamed_with_all_below_it_and_nothing_beside_it(
    db: sqlite3.Connection,
) -> None:
    for number, tag in enumerate(("cars", "cars/ev", "cars-old", "carsick"), start=1):
        put(db, tag, number)

    rename(db, "cars", "wheels/all")

    assert carried(db) == {
        "wheels/all": [1],
        "wheels/all/ev": [2],
        "cars-old": [3],
        "carsick": [4],
    }


def test_a_tag_that_moves_up_leaves_its_place_to_the_one_below_it(
    db: sqlite3.Connection,
) -> None:
    for number, tag in enumerate(("a", "a/b", "a/b/b", "a/b/b/b"), start=1):
        put(db, tag, number, 4)
    before = whole(db)

    rename(db, "a/b", "a", merge=True)

    assert carried(db) == {"a": [1, 2, 4], "a/b": [3, 4], "a/b/b": [4]}
    steps.undo(db, NOW)
    assert whole(db) == before


def test_what_names_a_tag_goes_with_it(db: sqlite3.Connection) -> None:
    put(db, "cars", 1)
    put(db, "cars/ev", 2)
    text = '(TAG:cars OR -tag:"cars/ev") title:"tag:cars" tag:carsick cars'
    queries.keep(db, [queries.add(db, "mine", text)], on=True)
    make(db, Draft("rule", f"volt {text}", ("+cars/ev", "star", "+cars")))

    rename(db, "cars", "wheels")

    told = '(TAG:"wheels" OR -tag:"wheels/ev") title:"tag:cars" tag:carsick cars'
    assert [(each.name, each.text) for each in queries.every(db)] == [("mine", told)]
    (rule,) = rules.every(db)
    assert rule.query == f"volt {told}"
    assert rule.actions == ("+wheels/ev", "star", "+wheels")


def test_a_rule_that_was_disabled_by_itself_still_says_why(db: sqlite3.Connection) -> None:
    put(db, "cars", 1)
    rule = make(db, Draft("rule", "volt", ("+cars",)))
    rules.disable(db, rule.id, "it cannot be run")

    rename(db, "cars", "wheels")

    (rule,) = rules.every(db)
    assert (rule.actions, rule.trouble) == (("+wheels",), "it cannot be run")


def test_of_two_tags_what_was_done_by_hand_wins_and_times_are_the_earlier(
    db: sqlite3.Connection,
) -> None:
    rule = make(db, Draft("rule", "volt", ("+auto",)))
    other = make(db, Draft("other", "volt", ("+other",)))
    runs.apply(db, rule.id, NOW)
    put(db, "hand", 1, 2, now=NOW - DAY)
    steps.do(db, "taken", [Change("tag", "auto", on=False, ids=(2, 3))], NOW)
    runs.apply(db, other.id, NOW + DAY)

    rename(db, "auto", "hand", merge=True)

    rows = db.execute("SELECT article_id, added_at FROM article_tag WHERE tag = 'hand'")
    day = 86400
    at = int(NOW.timestamp())
    assert {tuple(row) for row in rows} == {(1, at - day), (2, at - day), (4, at)}
    by_rule = "SELECT article_id, action, rule_id FROM automatic WHERE rule_id = 1"
    assert [tuple(row) for row in db.execute(by_rule)] == [(4, "+hand", 1)]
    # and where two rules did it, the rule of the tag that stays
    rename(db, "hand", "other", merge=True)
    by_rule = "SELECT article_id, action, rule_id FROM automatic"
    assert [tuple(row) for row in db.execute(by_rule)] == [
        (3, "+other", other.id),
        (4, "+other", other.id),
    ]


def test_what_was_learned_of_two_tags_is_learned_of_the_one(db: sqlite3.Connection) -> None:
    put(db, "a", 1, 2)
    put(db, "a", 2, on=False)
    put(db, "b", 2, 3)
    before = {tag: verdicts.learned(db, tag) for tag in "ab"}
    assert (before["a"].accepted, before["a"].rejected) == (1, 1)

    rename(db, "a", "b", merge=True)

    # Story 2 was taken from the one, and carries the other: it is one for it
    after = verdicts.learned(db, "b")
    assert (after.accepted, after.rejected) == (3, 0)
    assert after.counts["title:volt"] == (3, 0)
    assert verdicts.taught(db) == {"b": (3, 0)}


def test_what_is_deleted_is_known_no_more_and_rules_set_it_no_more(
    db: sqlite3.Connection,
) -> None:
    put(db, "cars", 1)
    put(db, "cars/ev", 2)
    renames.paint(db, "cars/ev", "blue", NOW)
    make(db, Draft("both", "volt", ("+cars/ev", "star")))
    make(db, Draft("one", "volt", ("+cars",)))

    renames.delete(db, "cars", NOW)

    assert (carried(db), verdicts.taught(db), tags.every(db)) == ({}, {}, ())
    both, one = rules.every(db)
    assert (both.actions, both.enabled) == (("star",), True)
    assert (one.actions, one.enabled) == (("+cars",), False)
    arrive(db, "5")
    assert carried(db) == {}


@pytest.mark.parametrize("what", ["rename", "merge", "merge up", "delete"])
def test_one_undo_after_a_restart_brings_all_back_to_the_second(
    tmp_path: Path, what: str
) -> None:
    path = tmp_path / "autotui.db"
    db = opened(path)
    arrive(db, *"1234")
    rule = make(db, Draft("rule", "volt tag:a", ("+a/b", "+a")))
    put(db, "a", 1, 2, now=NOW - DAY)
    put(db, "a/b", 2, 3, now=NOW - 2 * DAY)
    put(db, "c", 2, 4, now=NOW - 3 * DAY)
    put(db, "c", 4, on=False)
    runs.apply(db, rule.id, NOW)
    renames.paint(db, "a", "red", NOW)
    renames.paint(db, "c", "blue", NOW)
    before = whole(db)
    match what:
        case "rename":
            rename(db, "a", "new/name")
        case "merge":
            rename(db, "a", "c", merge=True)
        case "merge up":
            rename(db, "a/b", "a", merge=True)
        case _:
            renames.delete(db, "a", NOW)
    after = whole(db)
    assert after != before
    db.close()

    db = store.open(path).db
    assert steps.undo(db, NOW + DAY)
    assert [line for line in whole(db) if "tag_colour" not in line] == [
        line for line in before if "tag_colour" not in line
    ]
    assert dump(db)["colours"] == [("a", "red"), ("c", "blue")]
    assert steps.redo(db, NOW + 2 * DAY)
    assert [line for line in whole(db) if 'INTO "learned"' not in line] == [
        line for line in after if 'INTO "learned"' not in line
    ]
    db.close()


def test_what_a_rule_tags_between_undo_and_redo_is_renamed_too_and_comes_back(
    db: sqlite3.Connection,
) -> None:
    make(db, Draft("rule", "volt", ("+cars",)))
    put(db, "cars", 1)
    rename(db, "cars", "wheels")
    steps.undo(db, NOW)
    arrive(db, "5")

    steps.redo(db, NOW)

    assert carried(db) == {"wheels": [1, 5]}
    steps.undo(db, NOW)
    assert carried(db) == {"cars": [1, 5]}


@pytest.mark.parametrize(
    ("old", "new", "merge", "told"),
    [
        ("none", "x", False, "no tag 'none'"),
        ("a", "b", False, "there is a tag 'b' already"),
        ("a", "b/c", True, "no tag 'b/c'"),
        ("a", "a", False, "is called so already"),
        ("a", "a/b", True, "cannot stand below itself"),
        (EV_DRIVETRAIN, "x", False, "it keeps its name"),
        (EV_DRIVETRAIN, "a", True, "it keeps its name"),
        ("b", "x" * (clean.MAX_TAG - 1), False, "at most 60 characters"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    db: sqlite3.Connection,
    old: str,
    new: str,
    merge: bool,  # noqa: FBT001 - a parameter of the test
    told: str,
) -> None:
    for tag in ("a", "b", "b/d", EV_DRIVETRAIN):
        put(db, tag, 1)
    before = dump(db)

    with pytest.raises(UnknownError, match=told):
        rename(db, old, new, merge=merge)

    assert dump(db) == before


def test_a_query_that_would_become_too_long_keeps_the_name(db: sqlite3.Connection) -> None:
    put(db, "a", 1)
    text = " ".join(["tag:a"] * 190)
    queries.keep(db, [queries.add(db, "long", text)], on=True)

    with pytest.raises(UnknownError, match="the query long would be too long"):
        rename(db, "a", "a-long-name-of-a-tag")

    assert carried(db) == {"a": [1]}


def test_the_tag_of_suggestions_takes_others_in_and_is_never_deleted(
    db: sqlite3.Connection,
) -> None:
    put(db, "ev", 1)
    put(db, EV_DRIVETRAIN, 2)
    with pytest.raises(UnknownError, match="cannot be deleted"):
        renames.delete(db, EV_DRIVETRAIN, NOW)
    edition = db.execute("SELECT value FROM memory WHERE name = 'edition'").fetchone()[0]

    rename(db, "ev", EV_DRIVETRAIN, merge=True)

    assert carried(db) == {EV_DRIVETRAIN: [1, 2]}
    assert verdicts.learned(db, EV_DRIVETRAIN).accepted == 2
    now = db.execute("SELECT value FROM memory WHERE name = 'edition'").fetchone()[0]
    assert int(now) > int(edition)


def test_a_colour_goes_with_its_tag_and_the_tag_that_stays_keeps_its_own(
    db: sqlite3.Connection,
) -> None:
    for number, tag in enumerate(("a", "a/x", "b", "b/x"), start=1):
        put(db, tag, number)
    for tag, colour in (("a", "red"), ("a/x", "blue"), ("b", "green")):
        renames.paint(db, tag, colour, NOW)

    rename(db, "a", "b", merge=True)

    assert {each.name: each.colour for each in tags.every(db)} == {
        "b": "green",
        "b/x": "blue",
    }


def test_a_story_with_many_tags_of_many_stories_is_put_aside_small(
    db: sqlite3.Connection,
) -> None:
    put(db, "a", 1, 2, 3, 4)

    renames.delete(db, "a", NOW)

    (packed,) = db.execute("SELECT changes FROM step ORDER BY id DESC").fetchone()
    (change,) = json.loads(packed)
    assert change["kind"] == "retag"
    assert len(packed) < 2_000
