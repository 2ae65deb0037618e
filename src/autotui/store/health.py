"""How every feed does, found in one query: the indexes tell without reading a story."""

from datetime import datetime, timedelta
from typing import Final

from autotui.health import STORIES, WEEKS, FeedHealth
from autotui.store import Connection, Row, feeds
from autotui.store.times import maybe_read, stored

_WEEK: Final = timedelta(weeks=1).total_seconds()
_SELECT: Final = f"""
    SELECT n.*, (SELECT count(*) FROM article a
            WHERE a.feed_id = n.id AND a.published_at >= :since) AS recent,
        (SELECT json_group_array(coalesce(m.read, 0) + 2 * EXISTS (
                SELECT 1 FROM article_tag t WHERE t.article_id = s.id))
            FROM (SELECT a.id FROM article a WHERE a.feed_id = n.id
                ORDER BY a.published_at DESC, a.id DESC LIMIT {STORIES}) s
            LEFT JOIN mark m ON m.article_id = s.id) AS seen
    FROM (SELECT f.*, t.unread, t.total,
            (SELECT max(published_at) FROM article a WHERE a.feed_id = f.id) AS newest,
            (SELECT min(published_at) FROM article a WHERE a.feed_id = f.id) AS oldest
        FROM feed f JOIN tally t ON t.feed_id = f.id WHERE f.removed_at IS NULL) n
"""


def every(db: Connection, now: datetime) -> tuple[FeedHealth, ...]:
    """Give how each feed does, in the order in which they were added."""
    since = stored(now - timedelta(weeks=WEEKS))
    rows = db.execute(f"{_SELECT} ORDER BY n.id", {"since": since})
    return tuple(_health(row, stored(now)) for row in rows)


def _health(row: Row, now: int) -> FeedHealth:
    # A digit a story: 1 is read, 2 tagged, 3 both.
    seen = row["seen"]
    opened, tagged = (sum(map(seen.count, two)) for two in (("1", "3"), ("2", "3")))
    age = now - row["oldest"] if row["oldest"] is not None else 0
    return FeedHealth(
        feeds.read(row),
        newest_at=maybe_read(row["newest"]),
        weekly=row["recent"] / min(max(age / _WEEK, 1.0), WEEKS),
        stories=min(row["total"], STORIES),
        opened=opened,
        tagged=tagged,
    )
