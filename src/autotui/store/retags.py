"""Tags that become other tags, or none, and back: on stories, in verdicts, by rules.

A story that has rows of the old name alone keeps them under the new one. Where a story
has rows of both, and where a tag is deleted, the rows are put aside as they were, into
the step that undoes it: not one of them is lost.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from autotui.model import EV_DRIVETRAIN
from autotui.store import Connection, judgements, lists
from autotui.tags import renamed

_Rows = list[list[Any]]
_TABLES: Final = {
    "article_tag": ("tag", ("tag", "article_id", "added_at")),
    "automatic": ("action", ("action", "article_id", "rule_id")),
    "verdict": ("tag", ("tag", "article_id", "accepted", "made_at", "features")),
}
"""In which column of a table the name is, and all its columns. Of ``automatic`` it is
an action, which begins with ``+``."""


class _Move(NamedTuple):
    """What became of one name, as a step keeps it."""

    old: str
    new: str
    """``""`` where it was deleted."""
    moved: "str | list[int]"
    """Stories that had the old name alone, packed."""
    aside: list[str]
    """The rows of the others, packed."""


def planned(old: str, new: str = "") -> str:
    """Give the change of a tag and of all below it; without ``new`` they are deleted."""
    return json.dumps([old, new, []], ensure_ascii=False)


def turn(db: Connection, packed: str, *, on: bool) -> tuple[str, tuple[int, ...]]:
    """Make the change, or take it back; give it with what that takes, and the stories."""
    old, new, told = json.loads(packed)
    if on:
        # The short ones first: "a/b" makes room before "a/b/b" is called so.
        names = sorted(_names(db, old), key=len)
        moves = [_move(db, each, renamed(each, old, new) if new else "") for each in names]
    else:
        moves = [_Move(*each) for each in told]
        for each in reversed(moves):
            _back(db, each)
    touched = {name for each in moves for name in (each.old, each.new) if name}
    _learn(db, touched)
    ids = {id_ for each in moves for id_ in _ids(each)}
    return json.dumps([old, new, moves], ensure_ascii=False), tuple(sorted(ids))


def _names(db: Connection, tag: str) -> tuple[str, ...]:
    """Give which names, a tag's and those below it, anything is known of."""
    within = "{0} = :tag OR {0} > :tag || '/' AND {0} < :tag || '0'".format
    rows = db.execute(
        f"""
        SELECT tag FROM article_tag WHERE {within("tag")}
        UNION SELECT tag FROM verdict WHERE {within("tag")}
        UNION SELECT substr(action, 2) FROM automatic
            WHERE action GLOB '+*' AND ({within("substr(action, 2)")})
        """,
        {"tag": tag},
    )
    return tuple(row[0] for row in rows)


def _move(db: Connection, old: str, new: str) -> _Move:
    having = _having(db, old)
    met = sorted(having & _having(db, new) if new else having)
    moved = sorted(having.difference(met))
    aside = []
    for part in lists.parts(met):
        before = _taken(db, part, (old, new))
        _put(db, _one(before, new) if new else {})
        aside.append(_packed(before))
    _call(db, moved, old, new)
    return _Move(old, new, lists.pack(moved), aside)


def _back(db: Connection, move: _Move) -> None:
    _call(db, lists.unpack(move.moved), move.new, move.old)
    for part in move.aside:
        before = _unpacked(part)
        _taken(db, _stories(before), (move.old, move.new))
        _put(db, before)


def _having(db: Connection, name: str) -> set[int]:
    """Give the stories of which anything is kept under a name."""
    rows = db.execute(
        """
        SELECT article_id FROM article_tag WHERE tag = :tag
        UNION SELECT article_id FROM verdict WHERE tag = :tag
        UNION SELECT article_id FROM automatic WHERE action = '+' || :tag
        """,
        {"tag": name},
    )
    return {row[0] for row in rows}


def _call(db: Connection, ids: Iterable[int], old: str, new: str) -> None:
    """Keep under another name what is kept of some stories."""
    stories = tuple(ids)
    for table, (column, _) in _TABLES.items():
        statement = f"""
            UPDATE {table} SET {column} = :new WHERE {column} = :old
                AND article_id IN (SELECT value FROM json_each(:ids)) RETURNING article_id
        """
        sign = "+" if column == "action" else ""
        lists.changed(db, statement, stories, {"old": sign + old, "new": sign + new})


def _taken(db: Connection, ids: Sequence[int], names: Iterable[str]) -> dict[str, _Rows]:
    """Take all that is kept of some stories under these names; give what that was."""
    found: dict[str, _Rows] = {}
    for table, (column, columns) in _TABLES.items():
        sign = "+" if column == "action" else ""
        rows = db.execute(
            f"""
            DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(:names))
                AND article_id IN (SELECT value FROM json_each(:ids))
            RETURNING {", ".join(columns)}
            """,
            {"names": json.dumps([sign + each for each in names]), "ids": json.dumps(ids)},
        )
        found[table] = [list(row) for row in rows.fetchall()]
    return found


def _put(db: Connection, rows: dict[str, _Rows]) -> None:
    for table, some in rows.items():
        columns = _TABLES[table][1]
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        db.executemany(statement, some)


def _one(rows: dict[str, _Rows], new: str) -> dict[str, _Rows]:
    """Make one of two names: what was done by hand wins, and times are the earlier."""
    since: dict[int, int] = {}
    for _, story, added_at in rows["article_tag"]:
        since[story] = min(added_at, since.get(story, added_at))
    by_rule = {(action[1:], story): rule for action, story, rule in rows["automatic"]}
    by_hand = {s for name, s, _ in rows["article_tag"] if (name, s) not in by_rule}
    # The rule of the name that stays is asked last, and so has its way.
    ordered = sorted(by_rule.items(), key=lambda each: each[0][0] == new)
    rules = {story: rule for (_, story), rule in ordered if story not in by_hand}
    return {
        "article_tag": [[new, story, added_at] for story, added_at in since.items()],
        "automatic": [[f"+{new}", story, rule] for story, rule in rules.items()],
        "verdict": _verdicts(rows["verdict"], new),
    }


def _verdicts(rows: _Rows, new: str) -> _Rows:
    """Keep of two verdicts the one for it, then what taught something, then the earlier."""
    best: dict[int, list[Any]] = {}
    order = sorted(rows, key=lambda row: (not row[2], row[4] == "[]", row[3]))
    for _, story, accepted, made_at, features in order:
        kept = best.setdefault(story, [new, story, accepted, made_at, features])
        if kept[2] == accepted:
            kept[3] = min(kept[3], made_at)
    return list(best.values())


def _learn(db: Connection, names: Iterable[str]) -> None:
    """Count again what the verdicts of some tags taught."""
    told = {"tags": json.dumps(sorted(names))}
    within = "tag IN (SELECT value FROM json_each(:tags))"
    db.execute(f"DELETE FROM learned WHERE {within}", told)
    db.execute(
        f"""
        INSERT INTO learned (tag, feature, accepted, rejected)
        SELECT v.tag, j.value, sum(v.accepted), sum(1 - v.accepted)
        FROM verdict v JOIN json_each(v.features) j WHERE v.{within} GROUP BY 1, 2
        """,
        told,
    )
    if EV_DRIVETRAIN in names:
        judgements.renew(db)


def _ids(move: _Move) -> Iterable[int]:
    yield from lists.unpack(move.moved)
    for part in move.aside:
        yield from _stories(_unpacked(part))


def _stories(rows: dict[str, _Rows]) -> list[int]:
    return sorted({row[1] for some in rows.values() for row in some})


def _packed(rows: dict[str, _Rows]) -> str:
    return b64encode(zlib.compress(json.dumps(rows).encode())).decode()


def _unpacked(packed: str) -> dict[str, _Rows]:
    rows: dict[str, _Rows] = json.loads(zlib.decompress(b64decode(packed)))
    return rows
