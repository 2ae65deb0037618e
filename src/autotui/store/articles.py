"""Articles: what the publisher says of them, and the reader's marks beside it."""

import hashlib
import json
import zlib
from array import array
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import datetime
from typing import Final

from autotui import document
from autotui.document import Document
from autotui.errors import UnknownError
from autotui.model import (
    Article,
    Enclosure,
    Listing,
    Mark,
    ParsedArticle,
    ParsedFeed,
)
from autotui.query import Query
from autotui.store import Connection, Row, search
from autotui.store.times import maybe, maybe_read, read, stored

WINDOW: Final = 200
"""Articles that come with a new listing: more than any screen has lines."""
_CHUNK: Final = 500
_SELECT: Final = f"""
    SELECT a.*, f.url AS feed_url,
        coalesce(nullif(f.title, ''), nullif(f.publisher_title, ''), f.url) AS feed_title,
        coalesce(m.read, 0) AS read, coalesce(m.starred, 0) AS starred,
        coalesce(m.later, 0) AS later,
        (SELECT json_group_array(tag) FROM article_tag t WHERE t.article_id = a.id)
            AS tags
    FROM {search.SOURCE}
"""


def ids(
    db: Connection, query: Query, now: datetime, limit: int | None = None
) -> "array[int]":
    """Give the ids of the articles that match, in the query's order."""
    condition, values = search.where(query, now)
    rows = db.execute(
        f"""
        SELECT a.id FROM {search.SOURCE} WHERE {condition}
        ORDER BY {search.order(query)} LIMIT :limit
        """,
        {**values, "limit": -1 if limit is None else limit},
    )
    return array("q", (row[0] for row in rows))


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
        SELECT b.document FROM article a LEFT JOIN body b ON b.article_id = a.id
        WHERE a.id = :id
        """,
        {"id": article_id},
    ).fetchone()
    if row is None:
        raise UnknownError(f"there is no article {article_id}")
    dumped = row["document"]
    return document.load(zlib.decompress(dumped).decode()) if dumped else Document()


def mark(
    db: Connection, article_ids: Iterable[int], name: Mark, *, on: bool
) -> tuple[int, ...]:
    """Set or take a mark; give the ids that were different before, for undo."""
    column = {"read": "read", "starred": "starred", "later": "later"}[name]
    return tuple(
        article_id
        for article_id in article_ids
        if db.execute(
            f"""
            INSERT INTO mark (article_id, {column})
            SELECT id, :on FROM article WHERE id = :id AND (:on OR EXISTS (
                SELECT 1 FROM mark WHERE article_id = :id))
            ON CONFLICT (article_id) DO UPDATE SET {column} = :on
            WHERE {column} <> :on
            """,
            {"id": article_id, "on": on},
        ).rowcount
    )


def save(
    db: Connection, feed_id: int, parsed: ParsedFeed, now: datetime
) -> tuple[int, int]:
    """Store what a feed brings; give how many articles are new and how many changed.

    An article is known by its key, else by address and title together (some feeds make
    up new GUIDs at every fetch). What the reader marked is not touched.
    """
    keys = {article.key for article in parsed.articles}
    known = _known(db, feed_id, keys)
    new = changed = 0
    # Oldest first: of two stories of one second, the one the feed has on top is newer.
    for article in reversed(parsed.articles):
        row = known.get(article.key) or _twin(db, feed_id, article, keys)
        if row is None:
            _insert(db, feed_id, article, now)
            new += 1
            continue
        if row["hash"] != _hash(article):
            _update(db, row, article, now)
            changed += 1
        elif row["key"] != article.key:
            db.execute(
                "UPDATE article SET key = :key WHERE id = :id",
                {"key": article.key, "id": row["id"]},
            )
    return new, changed


def _known(db: Connection, feed_id: int, keys: Set[str]) -> dict[str, Row]:
    rows = db.execute(
        """
        SELECT * FROM article
        WHERE feed_id = :feed AND key IN (SELECT value FROM json_each(:keys))
        """,
        {"feed": feed_id, "keys": json.dumps(sorted(keys))},
    )
    return {row["key"]: row for row in rows}


def _twin(
    db: Connection, feed_id: int, article: ParsedArticle, keys: Set[str]
) -> Row | None:
    """Give the stored article that this is under a key that the feed no longer has."""
    if not article.url:
        return None
    rows = db.execute(
        "SELECT * FROM article WHERE feed_id = :feed AND url = :url AND title = :title",
        {"feed": feed_id, "url": article.url, "title": article.title},
    )
    found: Row | None = next((row for row in rows if row["key"] not in keys), None)
    return found


def _insert(db: Connection, feed_id: int, article: ParsedArticle, now: datetime) -> None:
    text = document.to_text(article.document)
    cursor = db.execute(
        """
        INSERT INTO article (feed_id, key, title, url, author, published_at, updated_at,
            seen_at, language, words, completeness, categories, enclosures, hash)
        VALUES (:feed, :key, :title, :url, :author, :published, :updated,
            :seen, :language, :words, :completeness, :categories, :enclosures, :hash)
        """,
        {
            "feed": feed_id,
            "seen": stored(now),
            **_columns(article, text, stored(now)),
            "hash": _hash(article),
        },
    )
    db.execute(
        "INSERT INTO body VALUES (:id, :title, :text, :document)",
        {"id": cursor.lastrowid, **_body(article, text)},
    )


def _update(db: Connection, row: Row, article: ParsedArticle, now: datetime) -> None:
    """Replace an article by its newer version; what is missing there stays as it was."""
    whole = article
    if not article.document.blocks:
        whole = replace(
            whole,
            document=body(db, row["id"]),
            completeness=row["completeness"],
        )
    text = document.to_text(whole.document)
    db.execute(
        """
        UPDATE article SET key = :key, title = :title, words = :words, hash = :hash,
            completeness = :completeness,
            url = coalesce(nullif(:url, ''), url),
            author = coalesce(nullif(:author, ''), author),
            language = coalesce(nullif(:language, ''), language),
            published_at = coalesce(:dated, published_at),
            updated_at = coalesce(:updated, updated_at),
            categories = CASE :categories WHEN '[]' THEN categories ELSE :categories END,
            enclosures = CASE :enclosures WHEN '[]' THEN enclosures ELSE :enclosures END
        WHERE id = :id
        """,
        {
            "id": row["id"],
            **_columns(whole, text, row["seen_at"]),
            "dated": _dated(article, stored(now)),
            "hash": _hash(article),
        },
    )
    db.execute(
        """
        UPDATE body SET title = :title, text = :text, document = :document
        WHERE article_id = :id
        """,
        {"id": row["id"], **_body(whole, text)},
    )


def _columns(article: ParsedArticle, text: str, seen_at: int) -> dict[str, object]:
    dated = _dated(article, seen_at)
    return {
        "key": article.key,
        "title": article.title,
        "url": article.url,
        "author": article.author,
        "published": seen_at if dated is None else dated,
        "updated": maybe(article.updated_at),
        "language": article.language,
        "words": document.count_words(text),
        "completeness": article.completeness,
        "categories": json.dumps(article.categories, ensure_ascii=False),
        "enclosures": json.dumps(
            [(each.url, each.media_type, each.length) for each in article.enclosures]
        ),
    }


def _dated(article: ParsedArticle, latest: int) -> int | None:
    """Give when it was published, clamped for sorting: from 1970 to ``latest``."""
    moment = article.published_at or article.updated_at
    return None if moment is None else min(max(stored(moment), 0), latest)


def _body(article: ParsedArticle, text: str) -> dict[str, object]:
    dumped = zlib.compress(document.dump(article.document).encode())
    return {"title": article.title, "text": text, "document": dumped}


def _hash(article: ParsedArticle) -> str:
    """Tell one version of an article from the next, by all that a reader could see."""
    seen = replace(article, key="", document=Document())
    content = f"{seen!r}{document.dump(article.document)}"
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


def _article(row: Row) -> Article:
    return Article(
        id=row["id"],
        feed_id=row["feed_id"],
        feed_title=row["feed_title"],
        feed_url=row["feed_url"],
        key=row["key"],
        title=row["title"],
        url=row["url"],
        author=row["author"],
        published_at=read(row["published_at"]),
        updated_at=maybe_read(row["updated_at"]),
        seen_at=read(row["seen_at"]),
        language=row["language"],
        words=row["words"],
        completeness=row["completeness"],
        categories=tuple(json.loads(row["categories"])),
        enclosures=tuple(Enclosure(*each) for each in json.loads(row["enclosures"])),
        read=bool(row["read"]),
        starred=bool(row["starred"]),
        later=bool(row["later"]),
        tags=tuple(sorted(json.loads(row["tags"]))),
    )
