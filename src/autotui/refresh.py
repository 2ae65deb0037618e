"""The pipeline for many feeds: fetch, parse, keep.

Runs in the niced child (or inline, in tests); whatever a feed does, its neighbours are
checked, and its trouble is told as a FeedUpdate.
"""

import asyncio
import hashlib
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Final, Protocol, TypeVar

from autotui import clean, schedule, store
from autotui.config import Config
from autotui.errors import FetchError, OffloadError, ParseError, StoreError
from autotui.ingest.fetch import Client, Fetched, Limits, client, fetch
from autotui.ingest.parse import parse
from autotui.model import FeedUpdate, ParsedFeed
from autotui.offload import Offload
from autotui.store import arrivals, checks
from autotui.store.checks import Answered, Asked

PARSE_SECONDS: Final = 20.0
"""A feed of 2,000 long entries takes some 10 s on a slow machine."""
_GONE: Final = 410
_LOG: Final = logging.getLogger(__name__)
T = TypeVar("T")


class Sql(Protocol):
    """Runs a store function on the store's thread."""

    async def __call__(
        self, function: Callable[..., T], *args: object, **kwargs: object
    ) -> T:
        """Give what ``function(db, *args, **kwargs)`` gives."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pipeline works with; network, worker and clock can be replaced."""

    http: Client
    offload: Offload
    sql: Sql
    config: Config
    now: Callable[[], datetime]

    @property
    def limits(self) -> Limits:
        """The limits of one exchange, with the reader's own deadline."""
        return replace(Limits(), seconds=self.config.network.timeout_seconds)

    async def get(self, asked: Asked) -> Fetched:
        """Fetch a feed's address."""
        private = self.config.network.allow_private or asked.typed
        return await fetch(
            self.http,
            asked.url,
            asked.validators,
            private_ok=private,
            limits=self.limits,
        )

    async def parsed(self, fetched: Fetched) -> ParsedFeed:
        """Parse a fetched body in the worker."""
        return await self.offload.run(
            parse,
            fetched.content,
            fetched.url,
            fetched.content_type,
            seconds=PARSE_SECONDS,
        )

    def success(self, fetched: Fetched) -> Answered:
        """Give what to keep of a good answer; a 304 has no body and no hash."""
        now = self.now()
        digest = hashlib.blake2b(fetched.content, digest_size=16).hexdigest()
        return Answered(
            at=now,
            next_at=schedule.after_success(now, self.config.refresh.minutes),
            validators=fetched.validators,
            body_hash=digest if fetched.modified else None,
        )

    async def close(self) -> None:
        """Let go of the connections and end the worker."""
        self.offload.close()
        await self.http.aclose()


def tools(sql: Sql, config: Config, now: Callable[[], datetime]) -> Tools:
    """Build the real tools."""
    http = client(connections=config.network.at_once)
    return Tools(http, Offload(), sql, config, now)


async def refresh(asked: Iterable[Asked], with_: Tools) -> AsyncGenerator[FeedUpdate]:
    """Check the feeds, and tell how each went as soon as it is known."""
    gate = asyncio.Semaphore(with_.config.network.at_once)
    per_host = with_.config.network.per_host
    hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(
        lambda: asyncio.Semaphore(per_host)
    )

    async def turn(feed: Asked) -> FeedUpdate:
        # The host's gate first: those who wait there must not hold a place of others.
        async with hosts[clean.host(feed.url)], gate:
            return await _check(feed, with_)

    tasks = [asyncio.create_task(turn(feed)) for feed in asked]
    try:
        for finished in asyncio.as_completed(tasks):
            yield await finished
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _check(feed: Asked, with_: Tools) -> FeedUpdate:
    """Check one feed; a StoreError alone is raised, for it is no feed's fault."""
    started = monotonic()
    try:
        update = await _ingest(feed, with_)
    except (FetchError, ParseError, OffloadError) as error:
        update = await _failed(feed, with_, error)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug in one feed's path must not stop the others
        _LOG.exception("a bug, met while checking %s", feed.url)
        told = f"a bug in autotui ({type(error).__name__}), see the log"
        update = await _failed(feed, with_, ParseError(told))
    return replace(update, seconds=round(monotonic() - started, 3))


async def _ingest(feed: Asked, with_: Tools) -> FeedUpdate:
    """Fetch, parse and keep one feed, or raise what is wrong."""
    fetched = await with_.get(feed)
    answer = with_.success(fetched)
    if answer.body_hash in {None, feed.body_hash}:
        await with_.sql(checks.answered, feed.id, answer)
        return FeedUpdate(feed.id, feed.url, "unchanged")
    parsed = await with_.parsed(fetched)
    new, changed = await with_.sql(keep, feed.id, parsed, answer)
    return FeedUpdate(feed.id, feed.url, "ok", new, changed)


def keep(
    db: store.Connection, feed_id: int, parsed: ParsedFeed, answer: Answered
) -> tuple[int, int]:
    """Store all that a feed brought in one short transaction: new and changed."""
    with store.writing(db):
        checks.described(db, feed_id, parsed.title, parsed.site_url)
        checks.answered(db, feed_id, answer)
        return arrivals.save(db, feed_id, parsed, answer.at)


async def _failed(
    feed: Asked, with_: Tools, error: FetchError | ParseError | OffloadError
) -> FeedUpdate:
    """Keep why a check failed, and when to try again."""
    now = with_.now()
    asked_for = error.retry_after if isinstance(error, FetchError) else None
    gone = isinstance(error, FetchError) and error.status == _GONE
    reached = error.reached if isinstance(error, FetchError) else True
    again = schedule.after_failure(
        now,
        with_.config.refresh.minutes,
        feed.failures + 1,
        asked_for,
        reached=reached,
    )
    told = clean.line(str(error))
    answer = Answered(
        at=now,
        next_at=None if gone else again,
        error=told,
        gone=gone,
        retry_at=None if asked_for is None else now + timedelta(seconds=asked_for),
    )
    await with_.sql(checks.answered, feed.id, answer)
    return FeedUpdate(feed.id, feed.url, "gone" if gone else "failed", error=told)
