"""Edits of feeds: one step each, undone to the last setting."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui import store
from autotui.edits import Edit
from autotui.errors import UnknownError
from autotui.model import Subscription, Validators
from autotui.store import checks, feeds, steps
from autotui.store.checks import Answered
from autotui.store.steps import Change

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)
SECRET = "https://ada:word@a.example/feed"
READERS = "id, url, typed, title, folder, minutes, pages, selectors, muted, keep_days"
EDITS = st.builds(
    Edit,
    title=st.none() | st.sampled_from(["", "Mine", "Yours"]),
    folder=st.none() | st.sampled_from(["", "Cars", "Cars/EV"]),
    url=st.none() | st.integers(1, 6).map(lambda n: f"https://u{n}.example/feed"),
    minutes=st.none() | st.sampled_from([0, 5, 600]),
    pages=st.none() | st.sampled_from(["auto", "always", "never"]),
    selectors=st.none() | st.sampled_from([(), ("main",), ("main p", ".story")]),
    muted=st.none() | st.booleans(),
    keep_days=st.none() | st.sampled_from([0, 30]),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    db = store.open(tmp_path_factory.mktemp("edits") / "autotui.db").db
    yield db
    db.close()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = store.open(tmp_path / "autotui.db").db
    for name in ("a", "b"):
        subscribe(db, f"https://{name}.example/feed")
    yield db
    db.close()


def subscribe(db: sqlite3.Connection, url: str) -> int:
    return feeds.subscribe(db, Subscription(url), typed=False, now=NOW)[0]


def edit(db: sqlite3.Connection, feed_id: int, **wanted: object) -> steps.Step:
    return steps.edit(db, "edit", feed_id, replace(Edit(), **wanted), NOW)  # type: ignore[arg-type] # the tests' own names


def dump(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    """All that is the reader's of the feeds, and what they are known by."""
    rows = db.execute(f"SELECT {READERS}, removed_at FROM feed ORDER BY id").fetchall()
    aliases = db.execute("SELECT * FROM alias ORDER BY url").fetchall()
    return [tuple(row) for row in (*rows, *aliases)]


def answer(db: sqlite3.Connection, feed_id: int, **more: object) -> None:
    good = Answered(NOW, NOW + timedelta(hours=9), Validators('"1"'), "hash")
    checks.answered(db, feed_id, replace(good, **more))  # type: ignore[arg-type] # as above


def test_an_edit_is_one_step_and_comes_back_and_again(db: sqlite3.Connection) -> None:
    before = dump(db)
    step = edit(db, 1, title="Mine", folder="Cars", minutes=30, muted=True, keep_days=9)
    assert step.ids == (1,)
    feed = feeds.find(db, "1")
    assert (feed.title, feed.folder, feed.minutes) == ("Mine", "Cars", 30)
    assert (feed.muted, feed.keep_days) == (True, 9)
    after = dump(db)

    steps.undo(db, NOW)
    assert dump(db) == before
    steps.redo(db, NOW)
    assert dump(db) == after


def test_an_edit_that_changes_nothing_is_no_step(db: sqlite3.Connection) -> None:
    assert edit(db, 1, title="", folder="", url="https://a.example/feed").changes == ()
    assert steps.undo(db, NOW) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 3), EDITS | st.sampled_from(["remove", "bring"])),
        max_size=12,
    )
)
def test_whatever_was_edited_is_undone_step_by_step(
    opened: sqlite3.Connection, done: list[tuple[int, Edit | str]]
) -> None:
    db = opened
    for table in ("step", "alias", "tally", "feed"):
        db.execute(f"DELETE FROM {table}")
    for name in ("a", "ada:word@b", "c"):
        subscribe(db, f"https://{name}.example/feed")
    ids = [feed.id for feed in feeds.every(db)]
    states = [dump(db)]
    for number, what in done:
        feed_id = ids[number - 1]
        if isinstance(what, Edit):
            try:
                step = steps.edit(db, "edit", feed_id, what, NOW)
            except UnknownError:
                continue
        else:
            change = Change("removal", "", on=what == "remove", ids=(feed_id,))
            step = steps.do(db, what, [change], NOW)
        if step.changes:
            states.append(dump(db))

    for state in states[-2::-1]:
        assert steps.undo(db, NOW) is not None
        assert dump(db) == state
    assert steps.undo(db, NOW) is None
    for state in states[1:]:
        assert steps.redo(db, NOW) is not None
        assert dump(db) == state


def test_the_address_of_another_feed_is_refused_and_nothing_changes(
    db: sqlite3.Connection,
) -> None:
    steps.do(db, "remove", [Change("removal", "", on=True, ids=(2,))], NOW)
    before = dump(db)
    with pytest.raises(UnknownError, match="another feed has that address"):
        edit(db, 1, url="https://b.example/feed", title="Mine")
    assert dump(db) == before
    with pytest.raises(UnknownError, match="no feed 9"):
        edit(db, 9, title="Mine")


def test_an_undo_leaves_an_address_that_another_feed_has_by_now(
    db: sqlite3.Connection,
) -> None:
    edit(db, 1, url="https://new.example/feed", title="Mine")
    third = subscribe(db, "https://a.example/feed")

    steps.undo(db, NOW)

    assert feeds.find(db, "1").url == "https://new.example/feed"
    assert db.execute("SELECT title FROM feed WHERE id = 1").fetchone()[0] == ""
    assert feeds.find(db, str(third)).url == "https://a.example/feed"


def test_a_password_in_an_address_stays_where_the_address_does(
    db: sqlite3.Connection,
) -> None:
    feed_id = subscribe(db, SECRET.replace("a.example", "c.example"))
    before = dump(db)
    step = edit(db, feed_id, title="Mine", folder="Cars")
    assert "word" not in json.dumps([each.name for each in step.changes])

    edit(db, feed_id, url="https://c.example/other")
    steps.undo(db, NOW)
    steps.undo(db, NOW)
    assert dump(db) == before


def test_another_address_is_asked_anew_and_its_stories_stay(
    db: sqlite3.Connection,
) -> None:
    answer(db, 1)
    assert checks.asked(db, NOW)[0].id == 2
    edit(db, 1, url="https://new.example/feed")

    asked = {each.id: each for each in checks.asked(db, NOW)}
    assert asked[1].url == "https://new.example/feed"
    assert (asked[1].typed, asked[1].validators, asked[1].body_hash) == (
        True,
        Validators(),
        "",
    )


def planned(db: sqlite3.Connection) -> timedelta:
    at = feeds.find(db, "1").next_check_at
    assert at is not None
    return at - NOW


def test_an_interval_counts_from_now_on_but_no_sooner_than_the_server_asks(
    db: sqlite3.Connection,
) -> None:
    answer(db, 1)
    edit(db, 1, minutes=15)
    assert planned(db) == timedelta(minutes=15)
    assert checks.asked(db, NOW, only=[1])[0].minutes == 15

    answer(db, 1, fresh_seconds=7200.0)
    edit(db, 1, minutes=30)
    assert planned(db) == timedelta(hours=2)


def test_a_feed_in_trouble_is_not_asked_sooner_for_an_interval(
    db: sqlite3.Connection,
) -> None:
    answer(db, 1, error="the server answered 503")
    edit(db, 1, minutes=15)
    assert planned(db) == timedelta(hours=9)
