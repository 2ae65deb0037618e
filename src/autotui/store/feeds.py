"""Subscriptions: what the reader follows, and the numbers beside it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from autotui import clean
from autotui.errors import UnknownError
from autotui.model import EV_DRIVETRAIN, Counts, Feed, Subscription
from autotui.store import Connection, Row
from autotui.store.times import maybe_read, stored

_SELECT: Final = """
    SELECT f.*, t.unread, t.total FROM feed f JOIN tally t ON t.feed_id = f.id
    WHERE f.removed_at IS NULL
"""


def subscribe(
    db: Connection, wanted: Subscription, *, typed: bool, now: datetime
) -> tuple[int, bool]:
    """Add a subscription; give its id, and whether it was not there before.

    A feed that was removed comes back with its stories and marks.
    """
    values = {
        "url": wanted.url,
        "title": wanted.title,
        "folder": wanted.folder,
        "site_url": wanted.site_url,
        "typed": typed,
        "now": stored(now),
    }
    row = db.execute("SELECT id, removed_at FROM feed WHERE url = :url", values).fetchone()
    if row is None:
        cursor = db.execute(
            """
            INSERT INTO feed (url, title, folder, site_url, typed, added_at)
            VALUES (:url, :title, :folder, :site_url, :typed, :now)
            """,
            values,
        )
        return int(cursor.lastrowid or 0), True
    if row["removed_at"] is None:
        return int(row["id"]), False
    db.execute(
        """
        UPDATE feed SET removed_at = NULL, next_check_at = NULL, gone = 0,
            typed = max(typed, :typed), folder = :folder,
            title = CASE WHEN :title = '' THEN title ELSE :title END
        WHERE url = :url
        """,
        values,
    )
    return int(row["id"]), True


def every(db: Connection) -> tuple[Feed, ...]:
    """Give all subscriptions by folder and title, loose ones last."""
    rows = db.execute(f"{_SELECT} ORDER BY f.id").fetchall()
    feeds = (_feed(row) for row in rows)
    return tuple(
        sorted(feeds, key=lambda f: (not f.folder, f.folder.lower(), f.title.lower()))
    )


def find(db: Connection, reference: str) -> Feed:
    """Give the feed with this id or address; raise UnknownError if there is none."""
    url = clean.url(reference, userinfo=True)
    row = db.execute(
        f"{_SELECT} AND (f.url IN (:reference, :url) OR CAST(f.id AS TEXT) = :reference)",
        {"reference": reference, "url": url},
    ).fetchone()
    if row is None:
        raise UnknownError(
            f"there is no feed {clean.line(reference)!r}; 'autotui feeds' lists them"
        )
    return _feed(row)


def edit(
    db: Connection,
    feed_id: int,
    *,
    url: str | None = None,
    title: str | None = None,
    folder: str | None = None,
) -> None:
    """Change what is given; another address is asked anew, its stories stay.

    Raises UnknownError where the address is that of another feed.
    """
    taken = "SELECT 1 FROM feed WHERE url = :url AND id <> :id"
    if db.execute(taken, {"url": url, "id": feed_id}).fetchone():
        raise UnknownError("another feed has that address")
    db.execute(
        """
        UPDATE feed SET url = coalesce(:url, url), title = coalesce(:title, title),
            folder = coalesce(:folder, folder) WHERE id = :id
        """,
        {"url": url, "title": title, "folder": folder, "id": feed_id},
    )
    if url is not None:
        db.execute(
            """
            UPDATE feed SET etag = '', last_modified = '', body_hash = '', typed = 1,
                next_check_at = NULL, retry_at = NULL, failures = 0, gone = 0,
                error = NULL
            WHERE id = :id
            """,
            {"id": feed_id},
        )


def remove(
    db: Connection, feed_ids: Iterable[int], *, on: bool, now: datetime
) -> tuple[int, ...]:
    """Remove feeds, or bring them back; give the ids that were different before.

    Stories and marks stay, unseen, until the feed is subscribed to again.
    """
    return tuple(
        feed_id
        for feed_id in feed_ids
        if db.execute(
            """
            UPDATE feed SET removed_at = CASE WHEN :on THEN :now END
            WHERE id = :id AND (removed_at IS NULL) = :on
            """,
            {"id": feed_id, "on": on, "now": stored(now)},
        ).rowcount
    )


def counts(db: Connection) -> Counts:
    """Give the numbers of the smart rows."""
    row = db.execute(
        """
        SELECT coalesce(sum(t.unread), 0) AS unread, coalesce(sum(t.total), 0) AS total
        FROM feed f JOIN tally t ON t.feed_id = f.id WHERE f.removed_at IS NULL
        """
    ).fetchone()
    marked = {
        name: _marked(db, f"SELECT article_id FROM mark WHERE {name} = 1")
        for name in ("starred", "later")
    }
    drivetrain = _marked(
        db, "SELECT article_id FROM article_tag WHERE tag = :tag", EV_DRIVETRAIN
    )
    return Counts(row["unread"], row["total"], drivetrain=drivetrain, **marked)


def _marked(db: Connection, ids: str, tag: str = "") -> int:
    (count,) = db.execute(
        f"""
        SELECT count(*) FROM ({ids}) n JOIN article a ON a.id = n.article_id
        JOIN feed f ON f.id = a.feed_id WHERE f.removed_at IS NULL
        """,
        {"tag": tag},
    ).fetchone()
    return int(count)


def _feed(row: Row) -> Feed:
    return Feed(
        id=row["id"],
        url=row["url"],
        title=row["title"] or row["publisher_title"] or clean.host(row["url"]),
        site_url=row["site_url"],
        folder=row["folder"],
        unread=row["unread"],
        total=row["total"],
        checked_at=maybe_read(row["checked_at"]),
        next_check_at=maybe_read(row["next_check_at"]),
        failures=row["failures"],
        error=row["error"],
    )
