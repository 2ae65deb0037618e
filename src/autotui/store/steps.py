"""Every change the reader makes, done and written down in one transaction for undo.

A step lists the ids that a change really changed; undoing it is the opposite change of
those ids. Steps live in the database: they survive a restart.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Final, Literal, get_args

from autotui.edits import Edit
from autotui.model import Mark
from autotui.store import (
    Connection,
    Row,
    articles,
    edits,
    feeds,
    lists,
    queries,
    retags,
    rules,
    tags,
    verdicts,
    writing,
)

KEPT: Final = 1_000
"""Steps that can be undone; older ones are forgotten."""
ACTIONS: Final[dict[Mark, str]] = {"read": "read", "starred": "star", "later": "later"}
"""What rules call each mark when they set it."""

Kind = Literal[
    "mark",
    "tag",
    "accept",
    "reject",
    "removal",
    "edit",
    "rule",
    "automatic",
    "query",
    "colour",
    "retag",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change to some articles or feeds."""

    kind: Kind
    """All speak of articles but ``removal`` and ``edit`` of feeds, ``rule`` of rules,
    ``query`` of saved queries, ``colour`` of the colours of tags."""
    name: str
    """The mark, or the tag that is set or was suggested; ``""`` of a removal.

    Of an edit the values before and after it, as ``edits.planned`` gives them, of a rule
    or of a colour, its states; of what a rule did (``automatic``) the rule's id and the
    action; of a tag that is called otherwise (``retag``) what it takes to undo that.
    """
    on: bool
    ids: Sequence[int]
    """A tuple, but for a listing's own ids, before it is known which change."""


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
    made: Iterable[Change] = (),
) -> Step:
    """Make the changes; give the step with what really changed.

    Those that are ``made`` already are undone with them, as the last ones.
    """
    with writing(db):
        done = [_followed(db, each, now) for each in applied(db, changes, now)]
        step = Step(label, (*made, *chain.from_iterable(done)))
        if undoable:
            record(db, step)
    return step


def record(db: Connection, step: Step) -> None:
    """Write down what the reader did; what was undone before can be redone no more."""
    if step.changes:
        db.execute("DELETE FROM step WHERE undone = 1")
        _write_down(db, step)


def automatic(db: Connection, step: Step, run: str) -> None:
    """Write down what rules did while the reader does something else.

    It goes below what was undone, which can be redone still. ``run`` names rule and
    occasion: more of the same run goes into its step, unless something came between.
    """
    room = "SELECT max(id) - min(id) + 1 FROM step WHERE undone = 1"
    db.execute(f"UPDATE step SET id = id + ({room}) WHERE undone = 1")
    _write_down(db, step, run)


def more(db: Connection, run: str) -> tuple[Change, ...]:
    """Take the step of a run back to go on with it; nothing where there is none.

    What the reader did since, and undoes first, must stay above it. Rules of one occasion
    (what stands before the slash) can be told in any order: each story they meet once.
    """
    row = db.execute(
        """
        SELECT * FROM step WHERE undone = 0 AND run = :run AND id > (
            SELECT coalesce(max(id), 0) FROM step WHERE undone = 0
            AND substr(run, 1, length(:occasion)) <> :occasion)
        """,
        {"run": run, "occasion": f"{run.partition('/')[0]}/"},
    ).fetchone()
    if row is None:
        return ()
    db.execute("DELETE FROM step WHERE id = ?", (row["id"],))
    return _loaded(row)


def _write_down(db: Connection, step: Step, run: str = "") -> None:
    db.execute(
        """
        INSERT INTO step (id, label, changes, run) VALUES (
            (SELECT coalesce(max(id), 0) + 1 FROM step WHERE undone = 0),
            :label, :changes, :run)
        """,
        {"label": step.label, "changes": _dumped(step.changes), "run": run},
    )
    db.execute(
        """
        DELETE FROM step WHERE id <= (
            SELECT id FROM step WHERE undone = 0 ORDER BY id DESC LIMIT 1 OFFSET :kept)
        """,
        {"kept": KEPT},
    )


def edit(db: Connection, label: str, feed_id: int, wanted: Edit, now: datetime) -> Step:
    """Change a feed; raises UnknownError where its address would be another feed's."""
    # Made while ``do`` asks for it: nobody's write comes between reading and writing.
    planned = (edits.planned(db, each, wanted) for each in (feed_id,))
    changes = (Change("edit", each, on=True, ids=(feed_id,)) for each in planned)
    return do(db, label, changes, now)


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
        done = applied(db, changes, now)
        db.execute(
            "UPDATE step SET undone = :undone WHERE id = :id",
            {"undone": back, "id": row["id"]},
        )
        if not back and done != changes:
            # A rule was faster while it was undone: only the rest is this step's.
            told = {"changes": _dumped(done), "id": row["id"]}
            db.execute("UPDATE step SET changes = :changes WHERE id = :id", told)
    return Step(row["label"], changes)


def applied(db: Connection, changes: Iterable[Change], now: datetime) -> tuple[Change, ...]:
    """Make the changes; give them with the ids that really changed, empty ones left out.

    For ``do``, and for rules, which have a transaction open.
    """
    done = (_apply(db, each, now) for each in changes)
    return tuple(each for each in done if each.ids)


def _followed(db: Connection, change: Change, now: datetime) -> tuple[Change, ...]:
    """Do what follows from a change of the reader's; give all that changed.

    What is taken from a story is no rule's work any more.
    """
    done = _taught(db, change, now)
    if change.kind not in {"tag", "mark"} or change.on:
        return done
    action = f"+{change.name}" if change.kind == "tag" else ACTIONS[_mark(change.name)]
    former = rules.attributed(db, change.ids, action)
    taken = (
        Change("automatic", f"{rule_id} {action}", on=False, ids=ids)
        for rule_id, ids in former.items()
    )
    return (*done, *applied(db, taken, now))


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
    return (change, *applied(db, verdicts, now))


def _apply(db: Connection, change: Change, now: datetime) -> Change:
    """Make a change; give it with what really changed."""
    if change.kind == "retag":
        # What it meets is known only now, also when it is done again.
        told, ids = retags.turn(db, change.name, on=change.on)
        return replace(change, name=told, ids=ids)
    return replace(change, ids=_changed(db, change, now))


def _changed(db: Connection, change: Change, now: datetime) -> tuple[int, ...]:
    ids, name, on = change.ids, change.name, change.on
    match change.kind:
        case "mark":
            return articles.mark(db, ids, _mark(name), on=on)
        case "tag":
            return tags.tag(db, ids, name, on=on, now=now)
        case "accept" | "reject" as kind:
            accepted = kind == "accept"
            return verdicts.give(db, ids, name, accepted=accepted, on=on, now=now)
        case "removal":
            return feeds.remove(db, ids, on=on, now=now)
        case "edit":
            return edits.apply(db, ids, name, on=on)
        case "rule":
            return rules.put(db, ids, name, on=on, now=now)
        case "automatic":
            return rules.attribute(db, ids, name, on=on)
        case "query":
            return queries.keep(db, ids, on=on)
        case _:
            return tags.paint(db, ids, name, on=on)


def _mark(name: str) -> Mark:
    return next(mark for mark in get_args(Mark) if mark == name)


def _dumped(changes: tuple[Change, ...]) -> str:
    plain = [
        {"kind": each.kind, "name": each.name, "on": each.on, "ids": lists.pack(each.ids)}
        for each in changes
    ]
    return json.dumps(plain, ensure_ascii=False)


def _loaded(row: Row) -> tuple[Change, ...]:
    return tuple(
        Change(**{**each, "ids": lists.unpack(each["ids"])})
        for each in json.loads(row["changes"])
    )
