"""Articles: what the publisher says of them, and the reader's marks beside it."""

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from autotui import clean, packing
from autotui.document import Document
from autotui.drivetrain.findings import MAX_TEXT
from autotui.errors import UnknownError
from autotui.model import (
    Article,
    Enclosure,
    Listing,
    Mark,
)
from autotui.query import Query
from autotui.store import Connection, Row, lists, orders, search
from autotui.store.times import maybe_read, read

WINDOW: Final = 100
"""Articles that come with a new listing: more than any screen has lines."""
_CHUNK: Final = 500
INDEX: Final = "INSERT INTO search (rowid, title, text) SELECT article_id, title, text"
"""What takes bodies into the index, to be followed by FROM."""
_SELECT: Final = f"""
    SELECT a.*, f.url AS feed_url,
        coalesce(nullif(f.title, ''), f.publisher_title) AS feed_title,
        coalesce(m.read, 0) AS read, coalesce(m.starred, 0) AS starred,
        coalesce(m.later, 0) AS later,
        (SELECT json_group_array(tag) FROM article_tag t WHERE t.article_id = a.id)
            AS tags,
        (SELECT json_group_array(json_array(u.action, r.name)) FROM automatic u
            JOIN rule r ON r.id = u.rule_id WHERE u.article_id = a.id) AS automatic,
        {search.SUGGESTED} AS pending, {search.REJECTED} AS rejected
    FROM {search.SOURCE}
"""


def ids(
    db: Connection, query: Query, now: datetime, limit: int | None = None
) -> "array[int]":
    """Give the ids of the articles that match, in the query's order."""
    return array("q", orders.ids(db, query, now, limit))


def listing(
    db: Connection, query: Query, now: datetime, limit: int | None = None
) -> Listing:
    """Give the ids that match, and the first of their articles."""
    found = ids(db, query, now, limit)
    first = some(db, found[:WINDOW])
    return Listing(found, {article.id: article for article in first})


def some(db: Connection, article_ids: Iterable[int]) -> tuple[Article, ...]:
    """Give these articles, in this order; ids that are no article are left out."""
    wanted = tuple(article_ids)
    rows = db.execute(
        f"{_SELECT} WHERE a.id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(wanted)},
    )
    found = {row["id"]: _article(row) for row in rows}
    return tuple(found[each] for each in wanted if each in found)


def next_unread(
    db: Connection, article_ids: Sequence[int], at: int, step: int
) -> int | None:
    """Give the first unread article beyond position ``at``; ``None`` if all are read."""
    start = at + step
    while 0 <= start < len(article_ids):
        stop = start + step * _CHUNK
        chunk = article_ids[start : stop if stop >= 0 else None : step]
        rows = db.execute(
            """
            SELECT j.value FROM json_each(:ids) j JOIN article a ON a.id = j.value
            LEFT JOIN mark m ON m.article_id = j.value
            WHERE coalesce(m.read, 0) = 0 ORDER BY j.key LIMIT 1
            """,
            {"ids": json.dumps(list(chunk))},
        )
        if row := rows.fetchone():
            return int(row[0])
        start = stop
    return None


def body(db: Connection, article_id: int) -> Document:
    """Give an article's body; raise UnknownError if there is no such article."""
    row = db.execute(
        """
        SELECT b.text, b.document FROM article a LEFT JOIN body b ON b.article_id = a.id
        WHERE a.id = :id
        """,
        {"id": article_id},
    ).fetchone()
    if row is None:
        raise UnknownError(f"there is no article {article_id}")
    text = row["text"] or ""
    try:
        return packing.unpack(row["document"] or b"", text)
    except (ValueError, TypeError, LookupError):
        # A disk that forgets: the words are more than nothing.
        return packing.unpack(b"", text)


def told(db: Connection, article_id: int) -> tuple[str, str]:
    """Give an article's title, and as much of its text as is judged.

    Raises UnknownError if there is no such article.
    """
    row = db.execute(
        """
        SELECT a.title, substr(coalesce(b.text, ''), 1, ?) AS text FROM article a
        LEFT JOIN body b ON b.article_id = a.id WHERE a.id = ?
        """,
        (MAX_TEXT, article_id),
    ).fetchone()
    if row is None:
        raise UnknownError(f"there is no article {article_id}")
    return row["title"], row["text"]


def stored_body(db: Connection, article_id: int) -> tuple[str, bytes]:
    """Give an article's text and packed document as they lie in the store."""
    row = db.execute(
        "SELECT text, document FROM body WHERE article_id = ?", (article_id,)
    ).fetchone()
    return (row["text"], row["document"]) if row else ("", b"")


@contextmanager
def reindexing(db: Connection, article_ids: Iterable[int]) -> Iterator[None]:
    """Keep the index true over a block that changes what these articles' bodies say."""
    ids = {"ids": json.dumps(list(article_ids))}
    where = "FROM body WHERE article_id IN (SELECT value FROM json_each(:ids))"
    gone = "INSERT INTO search (search, rowid, title, text) SELECT 'delete', article_id"
    db.execute(f"{gone}, title, text {where}", ids)
    yield
    db.execute(f"{INDEX} {where}", ids)


def mark(
    db: Connection, article_ids: Iterable[int], name: Mark, *, on: bool
) -> tuple[int, ...]:
    """Set or take a mark; give the ids that were different before, for undo."""
    column = {"read": "read", "starred": "starred", "later": "later"}[name]
    statement = (
        f"""
        INSERT INTO mark (article_id, {column})
        SELECT a.id, 1 FROM json_each(:ids) j JOIN article a ON a.id = j.value WHERE true
        ON CONFLICT (article_id) DO UPDATE SET {column} = 1 WHERE {column} = 0
        RETURNING article_id
        """
        if on
        else f"""
        UPDATE mark SET {column} = 0 WHERE {column} = 1
            AND article_id IN (SELECT value FROM json_each(:ids)) RETURNING article_id
        """
    )
    return lists.changed(db, statement, article_ids, {})


def _article(row: Row) -> Article:
    return Article(
        id=row["id"],
        feed_id=row["feed_id"],
        feed_title=row["feed_title"] or clean.public(row["feed_url"]),
        feed_url=clean.public(row["feed_url"]),
        key=row["key"],
        title=row["title"],
        url=row["url"],
        author=row["author"],
        published_at=read(row["published_at"]),
        dated=row["dated"],
        updated_at=maybe_read(row["updated_at"]),
        seen_at=read(row["seen_at"]),
        language=row["language"],
        words=row["words"],
        completeness=row["completeness"],
        source=row["source"],
        categories=tuple(map(str, _listed(row["categories"]))),
        enclosures=tuple(Enclosure(*each) for each in _listed(row["enclosures"])),
        read=bool(row["read"]),
        starred=bool(row["starred"]),
        later=bool(row["later"]),
        tags=tuple(sorted(json.loads(row["tags"]))),
        automatic=tuple((action, name) for action, name in json.loads(row["automatic"])),
        score=row["score"],
        suggested=bool(row["pending"]),
        rejected=bool(row["rejected"]),
    )


def _listed(packed: str) -> list[Any]:
    """Give a list that was stored as JSON; an empty one where the disk forgot it."""
    try:
        found = json.loads(packed)
    except ValueError:
        return []
    return found if isinstance(found, list) else []
