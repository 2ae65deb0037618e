"""Rules as they are stored, and which of them did what to a story.

A rule's state is a list of its name, query, actions and whether it is enabled, or
``None`` where there is no such rule: a step keeps it before and after each change.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from autotui.store import Connection, Row, lists
from autotui.store.times import read, stored


class Draft(NamedTuple):
    """A rule as the reader wants it."""

    name: str
    query: str
    actions: tuple[str, ...]
    """``+name`` for a tag, ``star``, ``later``, ``read``."""
    id: int | None = None
    """Of the rule that it replaces; ``None`` for a new one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done by itself to the stories that a query finds."""

    id: int
    name: str
    query: str
    actions: tuple[str, ...]
    enabled: bool
    trouble: str
    """Why it was disabled by itself; ``""`` where it was not."""
    hits: int
    """Stories on which something stands that it did."""
    made_at: datetime


def every(db: Connection) -> tuple[Rule, ...]:
    """Give all rules in the order in which they are run."""
    rows = db.execute(
        """
        SELECT r.*, (SELECT count(DISTINCT article_id) FROM automatic
            WHERE rule_id = r.id) AS hits
        FROM rule r WHERE removed = 0 ORDER BY id
        """
    )
    return tuple(map(_rule, rows))


def enabled(db: Connection) -> tuple[Rule, ...]:
    """Give those that are run, without counting what they did."""
    rows = db.execute(
        "SELECT *, 0 AS hits FROM rule WHERE enabled = 1 AND removed = 0 ORDER BY id"
    )
    return tuple(map(_rule, rows))


def state(db: Connection, rule_id: int) -> list[Any] | None:
    """Give a rule's state; ``None`` where there is none."""
    row = db.execute(
        "SELECT name, query, actions, enabled FROM rule WHERE id = ? AND removed = 0",
        (rule_id,),
    ).fetchone()
    return None if row is None else list(row)


def fresh(db: Connection) -> int:
    """Give the id of the next rule."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM rule").fetchone()
    return int(last) + 1


def put(
    db: Connection, rule_ids: Iterable[int], states: str, *, on: bool, now: datetime
) -> tuple[int, ...]:
    """Bring rules into the later of two states, or the earlier; give those that changed."""
    wanted = json.loads(states)[on]
    changed = tuple(each for each in rule_ids if state(db, each) != wanted)
    for rule_id in changed:
        if wanted is None:
            db.execute("UPDATE rule SET removed = 1 WHERE id = ?", (rule_id,))
            continue
        db.execute(
            """
            INSERT INTO rule (id, name, query, actions, enabled, made_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET name = excluded.name, query = excluded.query,
                actions = excluded.actions, enabled = excluded.enabled, removed = 0,
                trouble = iif(excluded.enabled, '', trouble)
            """,
            (rule_id, *wanted, stored(now)),
        )
    return changed


def disable(db: Connection, rule_id: int, trouble: str) -> None:
    """Run a rule no more, and say why."""
    db.execute("UPDATE rule SET enabled = 0, trouble = ? WHERE id = ?", (trouble, rule_id))


def attribute(
    db: Connection, article_ids: Iterable[int], name: str, *, on: bool
) -> tuple[int, ...]:
    """Note that a rule did something to stories, or no longer; give those that changed.

    ``name`` is the rule's id and the action, apart by a space.
    """
    rule_id, _, action = name.partition(" ")
    statement = (
        """
        INSERT OR IGNORE INTO automatic (article_id, action, rule_id)
        SELECT a.id, :action, :rule FROM json_each(:ids) j JOIN article a ON a.id = j.value
        RETURNING article_id
        """
        if on
        else """
        DELETE FROM automatic WHERE action = :action AND rule_id = :rule
            AND article_id IN (SELECT value FROM json_each(:ids)) RETURNING article_id
        """
    )
    return lists.changed(db, statement, article_ids, {"action": action, "rule": rule_id})


def attributed(
    db: Connection, article_ids: Iterable[int], action: str
) -> dict[int, tuple[int, ...]]:
    """Give to which of these stories which rule did something."""
    known = db.execute(
        "SELECT DISTINCT rule_id FROM automatic WHERE action = ?", (action,)
    ).fetchall()
    ids = tuple(article_ids) if known else ()
    statement = """
        SELECT article_id FROM automatic WHERE action = :action AND rule_id = :rule
            AND article_id IN (SELECT value FROM json_each(:ids))
    """
    found = {
        row[0]: lists.changed(db, statement, ids, {"action": action, "rule": row[0]})
        for row in known
    }
    return {rule_id: each for rule_id, each in found.items() if each}


def _rule(row: Row) -> Rule:
    return Rule(
        row["id"],
        row["name"],
        row["query"],
        _actions(row["actions"]),
        bool(row["enabled"]),
        row["trouble"],
        row["hits"],
        read(row["made_at"]),
    )


def _actions(packed: str) -> tuple[str, ...]:
    """Give the actions; none where the disk forgot them."""
    try:
        found = json.loads(packed)
    except ValueError:
        return ()
    return tuple(map(str, found)) if isinstance(found, list) else ()
