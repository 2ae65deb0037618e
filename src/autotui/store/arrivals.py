"""What a fetch brings: stored as new, or merged into what is there.

Nothing of the reader's is written here. An empty field never replaces a full one: feeds
are emptied and broken every day.
"""

import hashlib
import json
import zlib
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from autotui import document
from autotui.document import Document
from autotui.model import ParsedArticle, ParsedFeed
from autotui.store import Connection, Row, articles
from autotui.store.times import maybe, stored


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


def _known(db: Connection, feed_id: int, keys: AbstractSet[str]) -> dict[str, Row]:
    rows = db.execute(
        """
        SELECT * FROM article
        WHERE feed_id = :feed AND key IN (SELECT value FROM json_each(:keys))
        """,
        {"feed": feed_id, "keys": json.dumps(sorted(keys))},
    )
    return {row["key"]: row for row in rows}


def _twin(
    db: Connection, feed_id: int, article: ParsedArticle, keys: AbstractSet[str]
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
            document=articles.body(db, row["id"]),
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
