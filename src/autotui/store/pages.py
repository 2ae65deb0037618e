"""Stories' pages: which are to be asked for, and what is known of those that were."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from autotui import clean
from autotui.document import Block, Span
from autotui.errors import UnknownError
from autotui.model import Completeness, Validators
from autotui.pages import About, Known, Meter, Page
from autotui.query import Query
from autotui.store import Connection, search
from autotui.store.times import maybe, maybe_read, read, stored

KEPT: Final = 30
"""Stories of a host whose blocks are remembered."""
_COMMON: Final = 2
"""Other stories that have a block, too: then it is clutter (and no story's own)."""
_SAMPLE: Final = 20
"""A feed's newest stories, which tell whether it gives teasers."""
_NEWEST: Final = 200
"""A feed's newest stories, which may be fetched unasked; most feeds list fewer."""
_SURE: Final = 3
"""So many pages with nothing more than the feed, and the feed is one of full stories."""
_AGAIN: Final = timedelta(days=1)
"""What a site refused is not asked for again any sooner, but by the reader's own wish."""
_FARTHEST: Final = timedelta(days=8)
"""No page is to be asked for later: what is was written under a clock that was wrong."""
_SHORT: Final = 300
"""Words; in a feed that is known to give excerpts, what is shorter is one."""


class Target(NamedTuple):
    """A story whose page is asked for."""

    id: int
    feed_id: int
    title: str
    url: str
    completeness: Completeness
    words: int
    validators: Validators
    failures: int
    asked_at: datetime | None
    retry_at: datetime | None
    known: Known
    wanted: bool = False
    """Whether its page is fetched though the feed's text looks whole."""

    def settled(self, now: datetime) -> bool:
        """Whether asking would bring nothing: it is here, or was refused today."""
        if self.retry_at is not None:
            return now < self.retry_at <= now + _FARTHEST
        if self.asked_at is None:
            return self.completeness == "full" and not self.wanted
        refused = timedelta(0) <= now - self.asked_at < _AGAIN
        return self.completeness == "full" or refused


def due(db: Connection, now: datetime, limit: int) -> list[int]:
    """Give the newest stories whose pages are to be fetched unasked.

    Those of feeds that the reader wants so, and those that a feed of teasers cuts off;
    what failed for a passing reason is asked again in time. No archives are fetched, and
    looked through: of each feed the newest stories count.
    """
    rows = db.execute(
        f"""
        WITH teasing AS MATERIALIZED (
            SELECT f.id, f.pages, f.excerpts FROM feed f
            WHERE f.removed_at IS NULL AND (f.pages = 'always' OR f.pages = 'auto'
                AND f.excerpts > -{_SURE} AND (f.excerpts > 0 OR (
                    SELECT avg(n.completeness <> 'full' OR n.source = 'page') FROM (
                        SELECT a.completeness, a.source FROM article a
                        WHERE a.feed_id = f.id
                        ORDER BY a.published_at DESC LIMIT {_SAMPLE}) n) >= 0.5))
        )
        SELECT a.id FROM teasing f CROSS JOIN article a ON a.id IN (
            SELECT n.id FROM article n WHERE n.feed_id = f.id
            ORDER BY n.published_at DESC, n.id DESC LIMIT {_NEWEST})
        LEFT JOIN page p ON p.article_id = a.id
        WHERE a.url <> '' AND (p.retry_at NOT BETWEEN :now + 1 AND :farthest
            OR p.article_id IS NULL
            AND (f.pages = 'always' OR a.completeness = 'teaser'
                OR f.excerpts > 1 AND a.words < {_SHORT}))
        ORDER BY a.published_at DESC, a.id DESC LIMIT :limit
        """,
        {"now": stored(now), "farthest": stored(now + _FARTHEST), "limit": limit},
    )
    return [row["id"] for row in rows]


def addresses(db: Connection, article_ids: Iterable[int]) -> list[tuple[int, str]]:
    """Give these stories' ids and addresses, in this order; no stories are left out."""
    wanted = list(article_ids)
    rows = db.execute(
        "SELECT id, url FROM article WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(wanted),),
    )
    found = {row["id"]: row["url"] for row in rows}
    return [(each, found[each]) for each in dict.fromkeys(wanted) if each in found]


def target(db: Connection, article_id: int) -> Target:
    """Give what a fetch needs to know of a story; raises UnknownError for no story."""
    row = db.execute(
        """
        SELECT a.*, f.selectors, p.etag, p.last_modified, p.failures,
            p.asked_at, p.retry_at, f.pages = 'always' OR f.pages = 'auto'
                AND f.excerpts > 1 AND a.words < :short AS wanted,
            substr(coalesce(CASE a.source WHEN 'page' THEN o.text ELSE b.text END, ''),
                1, 20000) AS told
        FROM article a JOIN feed f ON f.id = a.feed_id
        LEFT JOIN body b ON b.article_id = a.id
        LEFT JOIN other_text o ON o.article_id = a.id
        LEFT JOIN page p ON p.article_id = a.id WHERE a.id = :id
        """,
        {"id": article_id, "short": _SHORT},
    ).fetchone()
    if row is None:
        raise UnknownError(f"there is no article {article_id}")
    host = clean.host(row["url"])
    selectors = tuple(filter(None, row["selectors"].split("\n")))
    return Target(
        row["id"],
        row["feed_id"],
        row["title"],
        row["url"],
        row["completeness"],
        row["words"],
        Validators(row["etag"] or "", row["last_modified"] or ""),
        row["failures"] or 0,
        maybe_read(row["asked_at"]),
        maybe_read(row["retry_at"]),
        Known(row["title"], row["told"], clutter(db, host, article_id), selectors),
        bool(row["wanted"]),
    )


def about(db: Connection, article_id: int) -> About | None:
    """Give what is known of a story's page; ``None`` where it was never asked for."""
    row = db.execute(
        """
        SELECT p.*, EXISTS (SELECT 1 FROM other_text o WHERE o.article_id = p.article_id)
            AS other
        FROM page p WHERE p.article_id = ?
        """,
        (article_id,),
    ).fetchone()
    if row is None:
        return None
    page = _read(row["about"])._replace(note=row["note"])
    return About(page, read(row["asked_at"]), row["error"], bool(row["other"]))


def meter(db: Connection, query: Query, now: datetime) -> Meter:
    """Count the stories of a query by how much of them is here."""
    condition, values = search.where(query, now)
    rows = db.execute(
        f"SELECT a.completeness, count(*) FROM {search.SOURCE} WHERE {condition} "
        "GROUP BY a.completeness",
        values,
    )
    found = {name: count for name, count in rows.fetchall() if name in Meter._fields}
    return Meter(total=sum(found.values()), **found)


def clutter(db: Connection, host: str, article_id: int) -> frozenset[str]:
    """Give the prints of blocks that other stories of a host have, too.

    Two entries with one address, in two feeds or under two keys, are one story.
    """
    rows = db.execute(
        """
        SELECT p.print FROM print p JOIN article a ON a.id = p.article_id
        WHERE p.host = :host AND a.address <> (SELECT address FROM article WHERE id = :id)
        GROUP BY p.print HAVING count(DISTINCT a.address) >= :common
        """,
        {"host": host, "id": article_id, "common": _COMMON},
    )
    return frozenset(row["print"] for row in rows)


def remember_prints(
    db: Connection, host: str, article_id: int, prints: Iterable[str]
) -> None:
    """Keep which blocks a story's page has, and forget those of a host's older stories."""
    db.execute("DELETE FROM print WHERE host = ? AND article_id = ?", (host, article_id))
    db.executemany(
        "INSERT OR IGNORE INTO print VALUES (?, ?, ?)",
        [(host, each, article_id) for each in prints],
    )
    db.execute(
        """
        DELETE FROM print WHERE host = :host AND article_id NOT IN (
            SELECT DISTINCT article_id FROM print WHERE host = :host
            ORDER BY article_id DESC LIMIT :kept)
        """,
        {"host": host, "kept": KEPT},
    )


def robots(db: Connection, server: str, since: datetime) -> str | None:
    """Give a server's robots.txt as it was read since then; ``None`` where it was not."""
    row = db.execute(
        "SELECT rules FROM robots WHERE server = ? AND read_at >= ?",
        (server, stored(since)),
    ).fetchone()
    return None if row is None else str(row["rules"])


def remember_robots(db: Connection, server: str, rules: str, now: datetime) -> None:
    """Keep a server's robots.txt."""
    db.execute("REPLACE INTO robots VALUES (?, ?, ?)", (server, rules, stored(now)))


def write(page: Page) -> str:
    """Give what a page says of a story as JSON, for ``page.about``; not its text."""
    image = page.image
    told = page._asdict() | {
        "published_at": maybe(page.published_at),
        "updated_at": maybe(page.updated_at),
        "image": image and [image.url, image.alt, image.text, image.credit],
    }
    without = ("body", "prints", "note", "words", "completeness")
    return json.dumps(
        {name: value for name, value in told.items() if value and name not in without},
        ensure_ascii=False,
    )


def _read(about: str) -> Page:
    """Read what ``write`` gave; nothing where the disk forgot it."""
    try:
        told: dict[str, Any] = json.loads(about)
        image = told.pop("image", None)
        if image:
            url, alt, caption, credit = image
            spans = (Span(caption),) if caption else ()
            told["image"] = Block("image", spans, url=url, alt=alt, credit=credit)
        for name in ("published_at", "updated_at"):
            told[name] = maybe_read(told.get(name))
        for name in ("authors", "tags"):
            told[name] = tuple(told.get(name, ()))
        return Page(**told)
    except (ValueError, TypeError, AttributeError, OverflowError, OSError):
        return Page()
