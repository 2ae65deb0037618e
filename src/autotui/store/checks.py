"""Checks of feeds: which are to be asked, and how it went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from autotui.model import Validators
from autotui.store import Connection
from autotui.store.times import maybe, stored


@dataclass(frozen=True, slots=True)
class Asked:
    """What a fetch needs to know of a feed."""

    id: int
    url: str
    validators: Validators
    body_hash: str
    """Of the last body that was stored; the same again means nothing to parse."""
    typed: bool
    """The reader typed the address: it may lie in a private network."""
    failures: int


@dataclass(frozen=True, slots=True)
class Answered:
    """How the check of a feed went."""

    at: datetime
    next_at: datetime | None
    """When it is due again; ``None`` when never."""
    validators: Validators | None = None
    """New ones to keep; ``None`` keeps the old."""
    body_hash: str | None = None
    error: str | None = None
    gone: bool = False
    retry_at: datetime | None = None
    """Before this the server does not want to be asked, not even by force."""


def asked(
    db: Connection, now: datetime, *, only: Iterable[int] = (), force: bool = False
) -> tuple[Asked, ...]:
    """Give the feeds to ask now: those due, or ``only`` these, or by ``force`` all.

    A server that asked to be left alone for a while is left alone in any case.
    """
    wanted = frozenset(only)
    rows = db.execute(
        """
        SELECT * FROM feed
        WHERE removed_at IS NULL AND coalesce(retry_at, 0) <= :now
            AND (:anyway OR NOT gone AND coalesce(next_check_at, 0) <= :now)
        ORDER BY coalesce(next_check_at, 0), id
        """,
        {"now": stored(now), "anyway": bool(wanted) or force},
    )
    return tuple(
        Asked(
            row["id"],
            row["url"],
            Validators(row["etag"], row["last_modified"]),
            row["body_hash"],
            bool(row["typed"]),
            row["failures"],
        )
        for row in rows
        if not wanted or row["id"] in wanted
    )


def answered(db: Connection, feed_id: int, answer: Answered) -> None:
    """Keep how a check went."""
    db.execute(
        """
        UPDATE feed SET checked_at = :at, next_check_at = :next_at, error = :error,
            retry_at = :retry_at, gone = :gone,
            failures = CASE WHEN :error IS NULL THEN 0 ELSE failures + 1 END,
            body_hash = coalesce(:body_hash, body_hash)
        WHERE id = :id
        """,
        {
            "at": stored(answer.at),
            "next_at": maybe(answer.next_at),
            "retry_at": maybe(answer.retry_at),
            "error": answer.error,
            "gone": answer.gone,
            "body_hash": answer.body_hash,
            "id": feed_id,
        },
    )
    if kept := answer.validators:
        db.execute(
            "UPDATE feed SET etag = :etag, last_modified = :modified WHERE id = :id",
            {"etag": kept.etag, "modified": kept.last_modified, "id": feed_id},
        )


def described(db: Connection, feed_id: int, title: str, site_url: str) -> None:
    """Keep what the publisher says of the feed; nothing never replaces something."""
    db.execute(
        """
        UPDATE feed SET
            publisher_title = CASE WHEN :title = '' THEN publisher_title ELSE :title END,
            site_url = CASE WHEN :site_url = '' THEN site_url ELSE :site_url END
        WHERE id = :id
        """,
        {"title": title, "site_url": site_url, "id": feed_id},
    )
