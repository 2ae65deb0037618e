"""The reader's tags: on stories, in colours, as a list."""

import json
from collections.abc import Iterable
from datetime import datetime

from autotui import clean
from autotui.errors import UnknownError
from autotui.store import Connection, Row, lists
from autotui.store.times import read, stored
from autotui.tags import Tag, above

_CARRIED = """
    JOIN article a ON a.id = t.article_id
    JOIN feed f ON f.id = a.feed_id AND f.removed_at IS NULL
    LEFT JOIN mark m ON m.article_id = t.article_id
"""


def named(raw: str) -> str:
    """Give a tag's name as it is stored; raises UnknownError for what can be none."""
    name = clean.tag(raw)
    if not name:
        raise UnknownError(f"{clean.line(raw)!r} cannot be the name of a tag")
    return name


def tag(
    db: Connection,
    article_ids: Iterable[int],
    tag_name: str,
    *,
    on: bool,
    now: datetime,
) -> tuple[int, ...]:
    """Set or take a tag; give the ids that were different before, for undo."""
    statement = (
        """
        INSERT OR IGNORE INTO article_tag (tag, article_id, added_at)
        SELECT :tag, a.id, :now FROM json_each(:ids) j JOIN article a ON a.id = j.value
        RETURNING article_id
        """
        if on
        else """
        DELETE FROM article_tag WHERE tag = :tag
            AND article_id IN (SELECT value FROM json_each(:ids)) RETURNING article_id
        """
    )
    return lists.changed(db, statement, article_ids, {"tag": tag_name, "now": stored(now)})


def every(db: Connection) -> tuple[Tag, ...]:
    """Give the tags in use, and those above them, each before those below it."""
    rows = db.execute(
        f"""
        SELECT t.tag AS name, count(*) AS total, max(t.added_at) AS used_at,
            coalesce(sum(coalesce(m.read, 0) = 0), 0) AS unread
        FROM article_tag t {_CARRIED} GROUP BY t.tag
        """
    ).fetchall()
    own = {row["name"]: row["total"] for row in rows}
    painted = dict(db.execute("SELECT tag, colour FROM tag_colour WHERE colour <> ''"))
    # Stories are counted once, however many tags below the same one they carry.
    found = {row["name"]: row for row in (*rows, *_families(db, own))}
    return tuple(
        _tag(found[name], own.get(name, 0), painted.get(name, ""))
        for name in sorted(found, key=lambda name: name.split("/"))
    )


def colour(db: Connection, name: str) -> tuple[int, str]:
    """Give the colour of a tag, and the id by which it is changed."""
    db.execute("INSERT OR IGNORE INTO tag_colour (tag) VALUES (?)", (name,))
    asked = "SELECT id, colour FROM tag_colour WHERE tag = ?"
    row = db.execute(asked, (name,)).fetchone()
    return row["id"], row["colour"]


def painted(db: Connection, tag_name: str) -> tuple[str, ...]:
    """Give which of a tag and those below it have a colour."""
    rows = db.execute(
        "SELECT tag FROM tag_colour WHERE colour <> '' AND "
        "(tag = :tag OR tag > :tag || '/' AND tag < :tag || '0') ORDER BY tag",
        {"tag": tag_name},
    )
    return tuple(row["tag"] for row in rows)


def paint(db: Connection, ids: Iterable[int], states: str, *, on: bool) -> tuple[int, ...]:
    """Give tags the later of two colours, or the earlier; tell which had another."""
    wanted = json.loads(states)[on]
    statement = """
        UPDATE tag_colour SET colour = :colour WHERE colour <> :colour
            AND id IN (SELECT value FROM json_each(:ids)) RETURNING id
    """
    return lists.changed(db, statement, ids, {"colour": wanted})


def _families(db: Connection, names: Iterable[str]) -> list[Row]:
    """Count the stories of the tags that others stand below."""
    pairs = [(over, name) for name in names for over in above(name)]
    if not pairs:
        return []
    pairs += [(over, over) for over in {over for over, _ in pairs}]
    return db.execute(
        f"""
        SELECT json_extract(j.value, '$[0]') AS name, max(t.added_at) AS used_at,
            count(DISTINCT t.article_id) AS total,
            count(DISTINCT iif(coalesce(m.read, 0), NULL, t.article_id)) AS unread
        FROM json_each(?) j
        JOIN article_tag t ON t.tag = json_extract(j.value, '$[1]') {_CARRIED} GROUP BY 1
        """,
        (json.dumps(pairs),),
    ).fetchall()


def _tag(row: Row, own: int, painted: str) -> Tag:
    used_at = read(row["used_at"])
    return Tag(row["name"], row["unread"], row["total"], own, used_at, painted)
