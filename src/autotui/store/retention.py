"""Texts that are let go after the days that their feed keeps them.

Only texts go: titles, marks and what was found in a story stay, so that a story which
comes back is still known as read. What is unread, starred, kept for later or tagged is
the reader's, and stays whole.
"""

from datetime import datetime
from typing import Final

from autotui.store import Connection, articles, writing
from autotui.store.times import stored

_AT_ONCE: Final = 200
"""Texts in one transaction: a mark that waits for it waits for milliseconds."""
_JUDGED: Final = 1 << 40
"""The edition of stories that are not judged again: there is nothing left to judge by."""
_IDS: Final = "article_id IN (SELECT value FROM json_each(:ids))"


def let_go(db: Connection, now: datetime) -> int:
    """Let some texts go whose days are over; give how many, 0 when none is left."""
    with writing(db):
        # A story counts from when it came: a new feed brings old ones.
        rows = db.execute(
            """
            SELECT a.id FROM feed f JOIN article a ON a.feed_id = f.id
            JOIN body b ON b.article_id = a.id JOIN mark m ON m.article_id = a.id
            WHERE f.keep_days > 0 AND a.published_at < :now - f.keep_days * 86400
                AND a.seen_at < :now - f.keep_days * 86400
                AND m.read = 1 AND m.starred = 0 AND m.later = 0 AND b.text <> ''
                AND NOT EXISTS (SELECT 1 FROM article_tag t WHERE t.article_id = a.id)
            LIMIT :most
            """,
            {"now": stored(now), "most": _AT_ONCE},
        )
        gone = [row["id"] for row in rows]
        if gone:
            _empty(db, gone)
    return len(gone)


def _empty(db: Connection, article_ids: list[int]) -> None:
    ids = {"ids": str(article_ids), "judged": _JUDGED}
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
