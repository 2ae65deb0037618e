"""Texts that are let go after the days that their feed keeps them.

Only texts go: titles, marks and what was found in a story stay, so that a story which
comes back is still known as read. What is unread, starred, kept for later or tagged is
the reader's, and stays whole.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from autotui.store import Connection, articles, memory, writing
from autotui.store.times import stored

AT_ONCE: Final = 200
"""Texts in one transaction: a mark that waits for it waits for milliseconds."""
MOST: Final = 20_000
"""Texts that go after one refresh; the next does the rest."""
_DONE: Final = "texts-let-go"
_JUDGED: Final = 1 << 40
"""The edition of stories that are not judged again: there is nothing left to judge by."""
_IDS: Final = "article_id IN (SELECT value FROM json_each(:ids))"
# A story counts from when it came: a new feed brings old ones.
_OVER: Final = """
    f.keep_days > 0 AND a.published_at < :now - f.keep_days * 86400
    AND a.seen_at < :now - f.keep_days * 86400
    AND m.read = 1 AND m.starred = 0 AND m.later = 0 AND b.text <> ''
    AND NOT EXISTS (SELECT 1 FROM article_tag t WHERE t.article_id = a.id)
"""
_JOINED: Final = """
    JOIN mark m ON m.article_id = a.id JOIN body b ON b.article_id = a.id
"""


class Going(NamedTuple):
    """A text whose days are over."""

    id: int
    feed_id: int
    title: str
    bytes: int


def going(db: Connection, now: datetime) -> list[Going]:
    """Give all texts whose days are over, the oldest first."""
    rows = db.execute(
        f"""
        SELECT a.id, a.feed_id, a.title,
            length(CAST(b.text AS BLOB)) + length(b.document) AS bytes
        FROM feed f CROSS JOIN article a ON a.feed_id = f.id {_JOINED}
        WHERE {_OVER} ORDER BY a.published_at, a.id
        """,
        {"now": stored(now)},
    )
    return [Going(*row) for row in rows]


def due(db: Connection, now: datetime) -> list[int]:
    """Give the stories whose texts' days are over, as many as one refresh lets go.

    None where ``done`` says that they were looked for today: among a million stories
    that takes seconds.
    """
    looked_for = _today(db, now)
    if not looked_for or memory.recall(db, _DONE) == looked_for:
        return []
    rows = db.execute(
        f"""
        SELECT a.id FROM feed f CROSS JOIN article a ON a.feed_id = f.id {_JOINED}
        WHERE {_OVER} LIMIT {MOST}
        """,
        {"now": stored(now)},
    )
    return [row["id"] for row in rows]


def let_go(db: Connection, article_ids: Sequence[int], now: datetime) -> int:
    """Let the texts of these stories go, in one transaction; give how many went.

    What the reader has tagged or marked since they were found stays.
    """
    with writing(db):
        rows = db.execute(
            f"""
            SELECT a.id FROM json_each(:ids) j CROSS JOIN article a ON a.id = j.value
            JOIN feed f ON f.id = a.feed_id {_JOINED} WHERE {_OVER}
            """,
            {"now": stored(now), "ids": json.dumps(list(article_ids))},
        )
        gone = [row["id"] for row in rows]
        if gone:
            _empty(db, gone)
    return len(gone)


def done(db: Connection, now: datetime) -> None:
    """Remember that nothing is to go until tomorrow, or until a feed's days change."""
    memory.remember(db, _DONE, _today(db, now))


def _today(db: Connection, now: datetime) -> str:
    """Give the day, and how long which feed keeps texts; ``""`` if all do for ever."""
    rows = db.execute("SELECT id, keep_days FROM feed WHERE keep_days > 0 ORDER BY id")
    kept = " ".join(f"{row['id']}:{row['keep_days']}" for row in rows)
    return f"{now:%Y-%m-%d} {kept}" if kept else ""


def _empty(db: Connection, article_ids: list[int]) -> None:
    ids = {"ids": json.dumps(article_ids), "judged": _JUDGED}
    with articles.reindexing(db, article_ids):
        db.execute(f"UPDATE body SET text = '', document = x'' WHERE {_IDS}", ids)
    db.execute(f"DELETE FROM other_text WHERE {_IDS}", ids)
    db.execute(
        """
        UPDATE article SET source = 'feed',
            edition = CASE edition WHEN 0 THEN 0 ELSE :judged END
        WHERE id IN (SELECT value FROM json_each(:ids))
        """,
        ids,
    )
