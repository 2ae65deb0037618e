"""What room the database takes, feed by feed, and giving back what it needs no more."""

from typing import Final, NamedTuple

from autotui import clean
from autotui.store import Connection, Row, writing
from autotui.store.presence import Presence

_WORTH_IT: Final = 0.05
"""The part of the file that must be empty for it to be written anew."""
_MERGED: Final = 500
"""Pages of the index merged in one transaction: a mark that waits, waits briefly."""
_MAX_MERGES: Final = 10_000
_DONE: Final = 2
"""Rows that FTS5 changes, less than so many, where nothing is left to merge."""


class FeedSize(NamedTuple):
    """What one feed takes."""

    id: int
    title: str
    stories: int
    texts: int
    """Stories that have a text."""
    bytes: int
    """Of all texts, the pages' included."""


def sizes(db: Connection) -> list[FeedSize]:
    """Give what each feed takes, removed ones included, the largest first."""
    rows = db.execute(
        """
        SELECT f.id, f.url, f.removed_at, coalesce(nullif(f.title, ''), f.publisher_title)
            AS title, count(a.id) AS stories, coalesce(sum(b.text <> ''), 0) AS texts,
            coalesce(sum(length(CAST(b.text AS BLOB)) + length(b.document)), 0)
            + coalesce(sum(length(CAST(o.text AS BLOB)) + length(o.document)), 0) AS bytes
        FROM feed f LEFT JOIN article a ON a.feed_id = f.id
        LEFT JOIN body b ON b.article_id = a.id
        LEFT JOIN other_text o ON o.article_id = a.id
        GROUP BY f.id ORDER BY bytes DESC, f.id
        """
    )
    return [_size(row) for row in rows]


def taken(db: Connection) -> int:
    """Give the bytes of the whole database."""
    return _pragma(db, "page_count") * _pragma(db, "page_size")


def tidy(db: Connection) -> None:
    """Merge the parts of the index, and let SQLite see what has become of the tables."""
    # A negative number begins to merge all, positive ones go on with it (fts5, 6.8).
    for number in range(_MAX_MERGES):
        before = db.total_changes
        pages = _MERGED if number else -_MERGED
        with writing(db):
            db.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (pages,))
        if db.total_changes - before < _DONE:
            break
    db.execute("PRAGMA optimize")
    db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def vacuum(db: Connection, presence: Presence) -> str:
    """Write the file anew without its gaps; give why not, ``""`` where it was done.

    Nobody can write meanwhile, not for a few seconds: so only while nobody else reads.
    """
    if _pragma(db, "freelist_count") < _WORTH_IT * _pragma(db, "page_count"):
        return "there are hardly any gaps in it"
    if not presence.alone():
        return "another autotui has the database open; close it to have the gaps closed"
    try:
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        presence.share()
    return ""


def _size(row: Row) -> FeedSize:
    title = row["title"] or clean.host(row["url"])
    shown = f"{title} (removed)" if row["removed_at"] is not None else title
    return FeedSize(row["id"], shown, row["stories"], row["texts"], row["bytes"])


def _pragma(db: Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
