"""Checks of feeds: which are to be asked, and how it went."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from autotui import clean
from autotui.model import Pace, Validators
from autotui.moves import Move
from autotui.store import Connection, Row
from autotui.store.times import maybe, maybe_read, read, stored

_STORIES: Final = 10
"""How many of a feed's newest dates tell how often it publishes."""
_FARTHEST: Final = timedelta(days=8)
"""No check is planned later: what is was written under a clock that was wrong."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a fetch needs to know of a feed, and what was known of its pace."""

    id: int
    url: str
    """With user and password, where the reader gave them: for the fetch alone."""
    validators: Validators
    body_hash: str
    """Of the last body that was stored; the same again means nothing to parse."""
    typed: bool
    """The reader typed the address: it may lie in a private network."""
    failures: int
    pace: Pace = field(default_factory=Pace)
    fresh_seconds: float = 0.0
    dates: tuple[datetime, ...] = ()
    """When its newest stories were published."""
    move: Move = field(default_factory=Move)
    minutes: int = 0
    """The reader's own interval for it; 0 is none."""

    @property
    def unread(self) -> bool:
        """Whether it is a subscription that was never asked for yet.

        It is asked once, whatever other feeds were told: they may be another's, who
        would keep it from ever being read.
        """
        return bool(self.id) and not self.body_hash and not self.failures

    @property
    def shown(self) -> str:
        """The address as it may be told and logged."""
        return clean.public(self.url)


@dataclass(frozen=True, slots=True)
class Answered:
    """How the check of a feed went; ``None`` keeps what was known."""

    at: datetime
    next_at: datetime | None
    """When it is due again; ``None`` when never."""
    validators: Validators | None = None
    body_hash: str | None = None
    error: str | None = None
    """``None`` when it went well."""
    advice: str = ""
    gone: bool = False
    retry_at: datetime | None = None
    """Before this the server does not want to be asked, not even by force."""
    pace: Pace | None = None
    fresh_seconds: float | None = None
    move: Move | None = None


def asked(
    db: Connection, now: datetime, *, only: Iterable[int] = (), force: bool = False
) -> tuple[Asked, ...]:
    """Give the feeds to ask now: those due, or ``only`` these, or by ``force`` all.

    A server that asked to be left alone for a while is left alone in any case.
    """
    wanted = frozenset(only)
    rows = db.execute(
        """
        SELECT f.*, (
            SELECT json_group_array(published_at) FROM (
                SELECT published_at FROM article WHERE feed_id = f.id
                ORDER BY published_at DESC LIMIT :stories)
        ) AS dates
        FROM feed f
        WHERE removed_at IS NULL
            AND coalesce(retry_at, 0) NOT BETWEEN :now + 1 AND :farthest
            AND (:anyway OR NOT gone
                AND coalesce(next_check_at, 0) NOT BETWEEN :now + 1 AND :farthest)
        ORDER BY coalesce(next_check_at, 0), id
        """,
        {
            "now": stored(now),
            "farthest": stored(now + _FARTHEST),
            "anyway": bool(wanted) or force,
            "stories": _STORIES,
        },
    )
    held = holds(db, now)
    return tuple(
        _asked(row)
        for row in rows
        if (not wanted or row["id"] in wanted)
        and not (held and clean.server(row["url"]) in held)
    )


def holds(db: Connection, now: datetime) -> Mapping[str, datetime]:
    """Give the servers that want to be left alone, and until when."""
    rows = db.execute(
        "SELECT * FROM host WHERE retry_at BETWEEN :now + 1 AND :farthest",
        {"now": stored(now), "farthest": stored(now + _FARTHEST)},
    )
    return {row["name"]: read(row["retry_at"]) for row in rows}


def hold(db: Connection, server: str, until: datetime) -> None:
    """Leave all feeds of a server alone until then, by force too."""
    at = stored(until)
    db.execute(
        """
        INSERT INTO host (name, retry_at) VALUES (:name, :at)
        ON CONFLICT (name) DO UPDATE SET retry_at = :at
        """,
        {"name": server, "at": at},
    )
    rows = db.execute(
        "SELECT id, url FROM feed WHERE coalesce(next_check_at, 0) < ?", (at,)
    )
    for row in rows.fetchall():
        if clean.server(row["url"]) == server:
            postponed(db, row["id"], until)


def postponed(db: Connection, feed_id: int, until: datetime) -> None:
    """Plan the next check for no earlier than then; a feed that is gone stays so."""
    db.execute(
        """
        UPDATE feed SET next_check_at = max(coalesce(next_check_at, 0), :until)
        WHERE id = :id AND NOT gone
        """,
        {"id": feed_id, "until": stored(until)},
    )


def knows(db: Connection, feed_id: int, keys: Iterable[str]) -> bool:
    """Whether one of these entries is stored of the feed."""
    (found,) = db.execute(
        """
        SELECT EXISTS (SELECT 1 FROM article
            WHERE feed_id = :id AND key IN (SELECT value FROM json_each(:keys)))
        """,
        {"id": feed_id, "keys": json.dumps(list(keys))},
    ).fetchone()
    return bool(found)


def answered(db: Connection, feed_id: int, answer: Answered) -> None:
    """Keep how a check went."""
    kept, pace = answer.validators, answer.pace
    db.execute(
        """
        UPDATE feed SET checked_at = :at, next_check_at = :next_at, error = :error,
            advice = :advice, retry_at = :retry_at, gone = :gone,
            succeeded_at = CASE WHEN :error IS NULL THEN :at ELSE succeeded_at END,
            failures = CASE WHEN :error IS NULL THEN 0 ELSE failures + 1 END,
            body_hash = coalesce(:body_hash, body_hash),
            etag = coalesce(:etag, etag),
            last_modified = coalesce(:modified, last_modified),
            fresh_seconds = coalesce(:fresh, fresh_seconds),
            ttl = coalesce(:ttl, ttl), skip_hours = coalesce(:hours, skip_hours),
            skip_days = coalesce(:days, skip_days)
        WHERE id = :id
        """,
        {
            "at": stored(answer.at),
            "next_at": maybe(answer.next_at),
            "retry_at": maybe(answer.retry_at),
            "error": answer.error,
            "advice": answer.advice,
            "gone": answer.gone,
            "body_hash": answer.body_hash,
            "etag": kept.etag if kept else None,
            "modified": kept.last_modified if kept else None,
            "fresh": None if answer.fresh_seconds is None else int(answer.fresh_seconds),
            "ttl": pace.minutes if pace else None,
            "hours": json.dumps(pace.skip_hours) if pace else None,
            "days": json.dumps(pace.skip_days) if pace else None,
            "id": feed_id,
        },
    )
    if answer.move is not None:
        _moving(db, feed_id, answer.move, answer.at)


def _moving(db: Connection, feed_id: int, move: Move, now: datetime) -> None:
    """Keep where a feed seems to have moved; take the new address when it is sure.

    Not where it is another subscription's: two feeds never become one.
    """
    taken = db.execute(
        """
        SELECT 1 FROM feed WHERE url = :to AND id <> :id
        UNION SELECT 1 FROM alias WHERE url = :to AND feed_id <> :id
        """,
        {"to": move.to, "id": feed_id},
    ).fetchone()
    if move.settled(now) and not taken:
        _move(db, feed_id, move.to)
        move = Move()
    db.execute(
        """
        UPDATE feed SET moved_to = :to, moved_at = :since, moved_answers = :answers
        WHERE id = :id
        """,
        {
            "to": move.to,
            "since": maybe(move.since),
            "answers": move.answers,
            "id": feed_id,
        },
    )


def _move(db: Connection, feed_id: int, to: str) -> None:
    """Give a feed another address; the old one stays an alias, so that nobody doubles."""
    row = db.execute("SELECT url, typed FROM feed WHERE id = ?", (feed_id,)).fetchone()
    old = row["url"]
    db.executemany(
        "INSERT OR IGNORE INTO alias (url, feed_id) VALUES (?, ?)",
        [(url, feed_id) for url in {old, clean.public(old), clean.public(to)} - {to}],
    )
    db.execute("DELETE FROM alias WHERE url = ?", (to,))
    # What the reader never typed may not lie in a private network.
    typed = bool(row["typed"]) and clean.host(old) == clean.host(to)
    db.execute(
        "UPDATE feed SET url = :to, typed = :typed WHERE id = :id",
        {"to": to, "typed": typed, "id": feed_id},
    )


def _asked(row: Row) -> Asked:
    return Asked(
        row["id"],
        row["url"],
        Validators(row["etag"], row["last_modified"]),
        row["body_hash"],
        bool(row["typed"]),
        row["failures"],
        Pace(
            row["ttl"], *(tuple(json.loads(row[f"skip_{of}"])) for of in ("hours", "days"))
        ),
        row["fresh_seconds"],
        tuple(map(read, json.loads(row["dates"]))),
        Move(row["moved_to"], maybe_read(row["moved_at"]), row["moved_answers"]),
        row["minutes"],
    )


def described(db: Connection, feed_id: int, title: str, site_url: str) -> None:
    """Keep what the publisher says of the feed; nothing never replaces something.

    A title that an imported list gave, and the feed gives too, is not the reader's own:
    it follows when the publisher changes it.
    """
    db.execute(
        """
        UPDATE feed SET
            title = CASE WHEN publisher_title = '' AND title = :title THEN ''
                ELSE title END,
            publisher_title = CASE WHEN :title = '' THEN publisher_title ELSE :title END,
            site_url = CASE WHEN :site_url = '' THEN site_url ELSE :site_url END
        WHERE id = :id
        """,
        {"title": title, "site_url": site_url, "id": feed_id},
    )
