"""The pipeline for many feeds: fetch, parse, keep.

Runs in the niced child (or inline, in tests); whatever a feed does, its neighbours are
checked, and its trouble is told as a FeedUpdate.
"""

import asyncio
import hashlib
import logging
import os
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain
from time import monotonic
from typing import Final

from autotui import clean, schedule, store
from autotui.config import Config
from autotui.errors import FetchError, HeldError, OffloadError, ParseError, StoreError
from autotui.ingest import answers
from autotui.ingest.client import Client
from autotui.ingest.fetch import Fetched, fetch
from autotui.ingest.gates import Turn
from autotui.ingest.hops import Limits
from autotui.ingest.parse import parse
from autotui.model import FeedUpdate, ParsedFeed, Status
from autotui.moves import Move
from autotui.offload import Offload
from autotui.part import Sql
from autotui.store import arrivals, checks, runs
from autotui.store.checks import Answered, Asked

_PARSE_SECONDS: Final = 24.0
"""On a machine that is busy otherwise."""
_WORK_SECONDS: Final = (4.0, 1.0, 10.0)
"""Of a processor: for any feed, for each megabyte more, and at most.

Honest feeds take 0.2 s a megabyte. With the 18 s that a fetch has, no feed takes 30 s.
"""
_GONE: Final = 410
BUSY: Final = (429, 503)
"""Where Retry-After speaks for the whole server (RFC 9110, 10.2.3; RFC 6585, 4)."""
_ADVICE: Final = {
    ParseError: "open the address in a browser: if it is no feed, give the feed's own "
    "address to 'edit --url'",
    OffloadError: "the feed asks too much of a computer: ask the outlet for a shorter one",
}
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pipeline works with; network, worker and clock can be replaced."""

    http: Client
    offload: Offload
    sql: Sql
    config: Config
    now: Callable[[], datetime]
    occasion: str = field(default_factory=lambda: os.urandom(8).hex())
    """Tells what rules do in this refresh from what they do in another."""

    @property
    def limits(self) -> Limits:
        """The limits of one exchange, with the reader's own deadline."""
        return replace(Limits(), seconds=self.config.network.timeout_seconds)

    async def get(self, asked: Asked, turn: Turn | None = None) -> Fetched:
        """Fetch a feed's address."""
        try:
            return await fetch(
                self.http,
                asked.url,
                asked.validators,
                private_ok=asked.typed,
                held_ok=asked.unread,
                limits=self.limits,
                turn=turn,
            )
        except FetchError as error:
            await self.heed(error)
            raise

    async def heed(self, error: FetchError) -> None:
        """Leave a server alone from now on, if it asks for that."""
        if error.status in BUSY and error.retry_after:
            until = self.now() + timedelta(seconds=error.retry_after)
            self.http.hold(error.server, until)
            await self.sql(checks.hold, error.server, until)

    async def parsed(self, fetched: Fetched) -> ParsedFeed:
        """Parse a fetched body in the worker."""
        given = fetched.content, fetched.url, fetched.content_type
        work = work_seconds(len(fetched.content))
        return await self.offload.run(
            parse, *given, seconds=_PARSE_SECONDS, work_seconds=work
        )

    def success(
        self,
        feed: Asked,
        fetched: Fetched,
        digest: str | None,
        parsed: ParsedFeed | None = None,
    ) -> Answered:
        """Give what to keep of a good answer; without a new body the old pace holds.

        ``digest`` is the answer's ``body_hash``.
        """
        now = self.now()
        fresh = fetched.fresh_seconds
        if fresh is None:
            # A 304 leaves in force what it does not say anew (RFC 9111, 3.2).
            fresh = 0.0 if fetched.modified else feed.fresh_seconds
        stories = parsed.articles if parsed else ()
        dates = [each.published_at for each in stories if each.published_at]
        known = (feed.dates, dates) if not feed.minutes else ()
        gaps = (schedule.gap(each, now) for each in known)
        due = schedule.after_success(
            now,
            feed.minutes or self.config.refresh.minutes,
            pace=parsed.pace if parsed else feed.pace,
            fresh_seconds=fresh,
            gap=min((gap for gap in gaps if gap is not None), default=None),
        )
        return Answered(
            at=now,
            next_at=due,
            validators=fetched.validators,
            body_hash=digest,
            pace=parsed.pace if parsed else None,
            fresh_seconds=fresh,
            move=feed.move.after(fetched.moved_to, now),
        )

    async def close(self) -> None:
        """Let go of the connections and end the worker."""
        self.offload.close()
        await self.http.aclose()


def work_seconds(size: int) -> float:
    """Give how much work a body of so many bytes is worth: what is small must be quick."""
    least, more, most = _WORK_SECONDS
    return min(least + more * round(size / 1_000_000), most)


async def tools(sql: Sql, config: Config, now: Callable[[], datetime]) -> Tools:
    """Build the real tools, which know from earlier runs who wants to be left alone."""
    network = config.network
    http = Client(
        at_once=network.at_once,
        per_host=network.per_host,
        allow_private=network.allow_private,
        credentials=config.credentials,
        now=now,
    )
    for server, until in (await sql(checks.holds, now())).items():
        http.hold(server, until)
    return Tools(http, Offload(), sql, config, now)


async def refresh(asked: Iterable[Asked], with_: Tools) -> AsyncGenerator[FeedUpdate]:
    """Check the feeds, and tell how each went as soon as it is known."""

    async def check(feed: Asked) -> FeedUpdate:
        async with with_.http.gates.turn(clean.host(feed.url)) as turn:
            return await _check(feed, with_, turn)

    tasks = [asyncio.create_task(check(feed)) for feed in _by_host(asked)]
    try:
        for finished in asyncio.as_completed(tasks):
            yield await finished
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _by_host(asked: Iterable[Asked]) -> Iterable[Asked]:
    """Put feeds of one host beside each other, so that they share its connections."""
    hosts: dict[str, list[Asked]] = {}
    for feed in asked:
        hosts.setdefault(clean.host(feed.url), []).append(feed)
    return chain.from_iterable(hosts.values())


async def _check(feed: Asked, with_: Tools, turn: Turn) -> FeedUpdate:
    """Check one feed; a StoreError alone is raised, for it is no feed's fault."""
    started = monotonic()
    try:
        update = await _ingest(feed, with_, turn)
    except HeldError as error:
        until = with_.now() + timedelta(seconds=error.retry_after or 0.0)
        await with_.sql(checks.postponed, feed.id, until)
        update = FeedUpdate(feed.id, feed.shown, "skipped", reason=str(error))
    except (FetchError, ParseError, OffloadError) as error:
        update = await _failed(feed, with_, error)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug in one feed's path must not stop the others
        _LOG.exception("a bug, met while checking %s", feed.shown)
        told = f"a bug in autotui ({type(error).__name__}), see the log"
        update = await _failed(feed, with_, ParseError(told))
    return replace(update, seconds=round(monotonic() - started, 3))


async def _ingest(feed: Asked, with_: Tools, turn: Turn) -> FeedUpdate:
    """Fetch, parse and keep one feed, or raise what is wrong."""
    fetched = await with_.get(feed, turn)
    moved_to = clean.public(fetched.moved_to) or None
    digest = body_hash(fetched)
    if digest in {None, feed.body_hash}:
        answer = with_.success(feed, fetched, digest)
        await with_.sql(checks.answered, feed.id, answer)
        return FeedUpdate(feed.id, feed.shown, "unchanged", moved_to=moved_to)
    _refuse_page(fetched)
    parsed = await with_.parsed(fetched)
    answer = with_.success(feed, fetched, digest, parsed)
    keys = [article.key for article in parsed.articles]
    if moved_to and not await with_.sql(checks.knows, feed.id, keys):
        # Somebody else's feed may be there by now.
        answer = replace(answer, move=Move())
    new, changed = await with_.sql(keep, feed.id, parsed, answer, with_.occasion)
    return FeedUpdate(feed.id, feed.shown, "ok", new, changed, moved_to=moved_to)


def body_hash(fetched: Fetched) -> str | None:
    """Tell one body from the next; a 304 has none."""
    if not fetched.modified:
        return None
    return hashlib.blake2b(fetched.content, digest_size=16).hexdigest()


def _refuse_page(fetched: Fetched) -> None:
    """Raise FetchError for a web page, which is no answer of the feed's own server."""
    # Imported late: it brings lxml, and most answers have no body.
    from autotui.ingest import discover

    if discover.looks_like_page(fetched.content) and not discover.is_feed(fetched.content):
        raise answers.web_page()


def keep(
    db: store.Connection,
    feed_id: int,
    parsed: ParsedFeed,
    answer: Answered,
    occasion: str,
) -> tuple[int, int]:
    """Store what a feed brought, and run rules on it, in one short transaction."""
    with store.writing(db):
        checks.described(db, feed_id, parsed.title, parsed.site_url)
        checks.answered(db, feed_id, answer)
        with runs.on_arrival(db, answer.at, occasion):
            return arrivals.save(db, feed_id, parsed, answer.at)


async def _failed(
    feed: Asked, with_: Tools, error: FetchError | ParseError | OffloadError
) -> FeedUpdate:
    """Keep why a check failed, and when to try again."""
    now = with_.now()
    failure = error
    if not isinstance(failure, FetchError):
        failure = FetchError(str(error), advice=_ADVICE[type(error)])
    wait, gone = failure.retry_after, failure.status == _GONE
    again = schedule.after_failure(
        now,
        feed.minutes or with_.config.refresh.minutes,
        feed.failures + 1,
        wait,
        reached=failure.reached,
        feed_id=feed.id,
    )
    told = str(error)
    if failure.status in BUSY:
        told += f"; it is asked again after {again:%Y-%m-%d %H:%M} UTC"
    answer = Answered(
        at=now,
        next_at=None if gone else again,
        error=clean.line(told),
        advice=clean.line(failure.advice),
        gone=gone,
        retry_at=None if wait is None else now + timedelta(seconds=wait),
    )
    await with_.sql(checks.answered, feed.id, answer)
    status: Status = "gone" if gone else "failed"
    return FeedUpdate(feed.id, feed.shown, status, error=answer.error)
