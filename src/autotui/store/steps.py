"""Every change the reader makes, done and written down in one transaction for undo.

A step lists the ids that a change really changed; undoing it is the opposite change of
those ids. Steps live in the database: they survive a restart.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Final, Literal, get_args

from autotui.model import Mark
from autotui.store import Connection, Row, articles, feeds, tags, verdicts, writing

KEPT: Final = 1_000
"""Steps that can be undone; older ones are forgotten."""


Kind = Literal["mark", "tag", "accept", "reject", "removal"]


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change to some articles or feeds."""

    kind: Kind
    """All speak of articles but ``removal``, which speaks of feeds."""
    name: str
    """The mark, or the tag that is set or was suggested; ``""`` of a removal."""
    on: bool
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What the reader did at once."""

    label: str
    """In words, such as ``star``."""
    changes: tuple[Change, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """The articles (of removals, the feeds) that really changed, each once."""
        return tuple(dict.fromkeys(id_ for each in self.changes for id_ in each.ids))


def do(
    db: Connection,
    label: str,
    changes: Iterable[Change],
    now: datetime,
    *,
    undoable: bool = True,
) -> Step:
    """Make the changes; give the step with what really changed."""
    with writing(db):
        done = [_taught(db, each, now) for each in _applied(db, changes, now)]
        step = Step(label, tuple(chain.from_iterable(done)))
        if step.changes and undoable:
            db.execute("DELETE FROM step WHERE undone = 1")
            db.execute(
                "INSERT INTO step (label, changes) VALUES (:label, :changes)",
                {"label": label, "changes": _dumped(step.changes)},
            )
            db.execute(
                "DELETE FROM step WHERE id <= (SELECT max(id) FROM step) - :kept",
                {"kept": KEPT},
            )
    return step


def undo(db: Connection, now: datetime) -> Step | None:
    """Take back the last step; ``None`` if there is none."""
    return _turn(db, now, back=True)


def redo(db: Connection, now: datetime) -> Step | None:
    """Do again the step that was undone last; ``None`` if there is none."""
    return _turn(db, now, back=False)


def _turn(db: Connection, now: datetime, *, back: bool) -> Step | None:
    order = "DESC" if back else "ASC"
    with writing(db):
        row = db.execute(
            f"SELECT * FROM step WHERE undone = :undone ORDER BY id {order} LIMIT 1",
            {"undone": not back},
        ).fetchone()
        if row is None:
            return None
        changes = _loaded(row)
        if back:
            changes = tuple(replace(each, on=not each.on) for each in reversed(changes))
        _applied(db, changes, now)
        db.execute(
            "UPDATE step SET undone = :undone WHERE id = :id",
            {"undone": back, "id": row["id"]},
        )
    return Step(row["label"], changes)


def _applied(
    db: Connection, changes: Iterable[Change], now: datetime
) -> tuple[Change, ...]:
    """Make the changes; give them with the ids that really changed, empty ones left out."""
    done = (replace(each, ids=_apply(db, each, now)) for each in changes)
    return tuple(each for each in done if each.ids)


def _taught(db: Connection, change: Change, now: datetime) -> tuple[Change, ...]:
    """Make a verdict of a tag that was set or taken; give all that changed."""
    if change.kind != "tag":
        return (change,)
    kinds: tuple[Kind, Kind] = ("accept", "reject")
    given, taken = kinds if change.on else kinds[::-1]
    verdicts = (
        replace(change, kind=taken, on=False),
        replace(change, kind=given, on=True),
    )
    return (change, *_applied(db, verdicts, now))


def _apply(db: Connection, change: Change, now: datetime) -> tuple[int, ...]:
    match change.kind:
        case "mark":
            return articles.mark(db, change.ids, _mark(change.name), on=change.on)
        case "tag":
            return tags.tag(db, change.ids, change.name, on=change.on, now=now)
        case "accept" | "reject" as kind:
            accepted = kind == "accept"
            return verdicts.give(
                db, change.ids, change.name, accepted=accepted, on=change.on, now=now
            )
        case "removal":
            return feeds.remove(db, change.ids, on=change.on, now=now)


def _mark(name: str) -> Mark:
    return next(mark for mark in get_args(Mark) if mark == name)


def _dumped(changes: tuple[Change, ...]) -> str:
    return json.dumps([asdict(each) for each in changes], ensure_ascii=False)


def _loaded(row: Row) -> tuple[Change, ...]:
    return tuple(
        Change(**{**each, "ids": tuple(each["ids"])}) for each in json.loads(row["changes"])
    )
