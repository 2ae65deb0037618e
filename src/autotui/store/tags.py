"""The reader's tags."""

from collections.abc import Iterable
from datetime import datetime

from autotui import clean
from autotui.errors import UnknownError
from autotui.model import Tag
from autotui.store import Connection, lists
from autotui.store.times import stored


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
    """Give the tags in use by name, with how many articles carry each."""
    rows = db.execute(
        """
        SELECT t.tag, count(*) AS total,
            coalesce(sum(coalesce(m.read, 0) = 0), 0) AS unread
        FROM article_tag t JOIN article a ON a.id = t.article_id
        JOIN feed f ON f.id = a.feed_id AND f.removed_at IS NULL
        LEFT JOIN mark m ON m.article_id = t.article_id
        GROUP BY t.tag ORDER BY t.tag
        """
    )
    return tuple(Tag(row["tag"], row["unread"], row["total"]) for row in rows)
