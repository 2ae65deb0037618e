"""Rules as they are stored: over a damage, and from an older autotui."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autotui import store
from autotui.model import Subscription
from autotui.store import feeds, rules, runs, steps
from autotui.store.migrations import MIGRATIONS
from autotui.store.rules import Draft
from store.test_runs import arrive, every

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)


def test_rules_and_what_they_did_are_saved_from_a_damaged_database(tmp_path: Path) -> None:
    path = tmp_path / "autotui.db"
    db = store.open(path).db
    feeds.subscribe(db, Subscription("https://a.example/f"), typed=True, now=NOW)
    runs.save(db, Draft("volts", "volt", ("+volt", "star")), NOW)
    arrive(db, "a", "b")
    before = rules.every(db), [each.automatic for each in every(db)]
    (page,) = db.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'body'"
    ).fetchone()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\0" * 4096)

    opened = store.open(path, damaged=True)

    assert opened.set_aside
    assert before[0][0].hits == 2
    assert (rules.every(opened.db), [each.automatic for each in every(opened.db)]) == before
    opened.db.close()


def test_steps_of_an_older_autotui_can_be_undone(tmp_path: Path) -> None:
    # Given a database from before there were rules, with a star
    path = tmp_path / "autotui.db"
    old = sqlite3.connect(path)
    for number, script in enumerate(MIGRATIONS[:4], start=1):
        old.executescript(f"{script} PRAGMA user_version = {number};")
    old.executescript(
        """
        INSERT INTO feed (id, url, added_at) VALUES (1, 'https://a.example/f', 0);
        INSERT INTO article (id, feed_id, key, title, url, author, published_at, seen_at,
            language, words, completeness, categories, enclosures, hash)
        VALUES (1, 1, 'k', 'T', '', '', 0, 0, '', 0, 'full', '[]', '[]', '');
        INSERT INTO mark (article_id, starred) VALUES (1, 1);
        INSERT INTO step (label, changes) VALUES ('star',
            '[{"kind": "mark", "name": "starred", "on": true, "ids": [1]}]');
        """
    )
    old.close()

    db = store.open(path).db

    step = steps.undo(db, NOW)
    assert step is not None
    assert step.ids == (1,)
    assert not every(db)[0].starred
    db.close()


@pytest.mark.parametrize("packed", ["", "null", "{", "[1, 2]", '"star"'])
def test_actions_that_the_disk_forgot_are_none_that_could_be_done(
    tmp_path: Path, packed: str
) -> None:
    db = store.open(tmp_path / "autotui.db").db
    runs.save(db, Draft("volts", "volt", ("star",)), NOW)
    db.execute("UPDATE rule SET actions = ?", (packed,))

    (rule,) = rules.every(db)

    assert set(rule.actions) <= {"1", "2"}
    db.close()
