"""The pipeline for the pages of many stories: ask politely, extract, keep.

Runs in the niced child (or inline, in tests). Each story is stored as soon as its page
is read: who stops early, or is killed, goes on where it was.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from typing import Final

from autotui import clean
from autotui.errors import FetchError, HeldError, OffloadError, ParseError, StoreError
from autotui.images import Cache
from autotui.ingest.client import PAGES
from autotui.ingest.fetch import Fetched, fetch
from autotui.ingest.gates import Turn
from autotui.ingest.hops import Limits
from autotui.ingest.robots import MAX_BYTES, Robots
from autotui.ingest.shrink import shrunk
from autotui.ingest.story.extract import extract
from autotui.model import Completeness, Validators
from autotui.pages import Known, Page, StoryUpdate
from autotui.refresh import BUSY, Tools
from autotui.store import articles, pages, texts
from autotui.store.pages import Target
from autotui.store.texts import Answer

AT_ONCE: Final = 200
"""Pages asked for unasked after one refresh; the rest follow after the next ones."""
_RAW_BYTES: Final = 5_000_000
_INFLATED_BYTES: Final = 10_000_000
"""A page of more is no story; of one of less, the first 3 MB are read."""
_EXTRACT_SECONDS: Final = 20.0
_WORK_SECONDS: Final = 6.0
"""Of a processor, the second for loading what extracts included."""
_IMAGES: Final = "image/*"
_IMAGE_BYTES: Final = 10_000_000
_IMAGE_SECONDS: Final = 10.0
"""For fetching an image, and as long for making it small."""
_IMAGE_WORK_SECONDS: Final = 3.0
"""Of a processor: a JPEG of 40 million pixels takes 0.6."""
_ROBOTS_KEPT: Final = timedelta(days=1)
"""As long as a robots.txt may be kept (RFC 9309, 2.4)."""
_FIRST_WAIT: Final = timedelta(hours=1)
_TRIES: Final = 6
"""After so many failures in a row a page is asked for by the reader alone."""
_SERVER_ERROR: Final = 500
_NOTHING: Final = Validators()
_SEEN: Final[dict[int, tuple[Completeness, str]]] = {
    401: ("blocked", "the site wants a login (401); o opens it in a browser"),
    402: ("paywall", "the site wants money for it (402); o opens it in a browser"),
    403: ("blocked", "the site keeps programs out (403); o opens it in a browser"),
    404: ("gone", "the page is gone (404); what the feed gave stays"),
    410: ("gone", "the page is gone for good (410); what the feed gave stays"),
    451: ("blocked", "the site may not show it for legal reasons (451)"),
}
"""What an answer without a page says of a story, and in words what to do."""
_NO_MORE: Final = "the page has no more than the feed gave"
_LOG: Final = logging.getLogger(__name__)


class Pages:
    """Fetches pages, each server's as it asks for in its robots.txt.

    With a cache for them their lead images, too: no story waits for its image.
    """

    def __init__(
        self, tools: Tools, *, force: bool = False, cache: Cache | None = None
    ) -> None:
        self._tools = tools
        self._cache = cache
        self._force = force
        """The reader asks for these very stories: as a browser would, with no robots.txt;
        and also for what is here."""
        self._robots: dict[str, asyncio.Task[Robots]] = {}
        self._turns: dict[str, asyncio.Lock] = {}
        self._images: dict[str, asyncio.Task[None]] = {}
        self._limits = replace(
            tools.limits, raw_bytes=_RAW_BYTES, inflated_bytes=_INFLATED_BYTES
        )

    async def fetch(self, ids: Sequence[int]) -> AsyncGenerator[StoryUpdate]:
        """Fetch the pages of these stories, and tell of each as soon as it is known."""
        addresses = await self._tools.sql(pages.addresses, ids)
        tasks = [asyncio.create_task(self._one(*each)) for each in _by_host(addresses)]
        try:
            for finished in asyncio.as_completed(tasks):
                yield await finished
            await asyncio.gather(*self._images.values())
        finally:
            running = (*tasks, *self._images.values(), *self._robots.values())
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _one(self, article_id: int, url: str) -> StoryUpdate:
        """Fetch a story's page, unless its text is here."""
        async with self._tools.http.gates.turn(clean.host(url)) as turn:
            asked = await self._tools.sql(pages.target, article_id)
            error, done = None, False
            if not asked.url:
                error = "the story has no address"
            elif self._force or not asked.settled(self._tools.now()):
                answer = await self._answer(asked, turn)
                if answer is None:
                    error = "its server wants to be left alone for a while"
                else:
                    done, error = True, answer.error
                    await self._tools.sql(texts.keep, asked, answer)
                    self._want_image(answer.page)
        (article,) = await self._tools.sql(articles.some, [article_id])
        known = await self._tools.sql(pages.about, article_id)
        if error is None and known and article.completeness != "full":
            error = known.error or known.page.note or _NO_MORE
        return StoryUpdate(
            article_id, article.title, article.completeness, article.words, error, done
        )

    def _want_image(self, page: Page | None) -> None:
        """Begin to fetch a page's lead image; once where many pages have it."""
        url = page.image.url if page and page.image else ""
        if self._cache and url and url not in self._images:
            coming = self._bring_image(url, self._cache)
            self._images[url] = asyncio.create_task(coming)

    async def _bring_image(self, url: str, cache: Cache) -> None:
        """Fetch an image and keep it small, unless it is here; a failure is logged."""
        limits = replace(
            self._limits,
            seconds=min(_IMAGE_SECONDS, self._limits.seconds),
            raw_bytes=_IMAGE_BYTES,
            inflated_bytes=_IMAGE_BYTES,
        )
        try:
            if await asyncio.to_thread(cache.get, url) or not await self._may(url):
                return
            async with self._tools.http.gates.turn(clean.host(url)) as turn:
                fetched = await self._get(url, turn, limits=limits, accept=_IMAGES)
            seconds, work = _IMAGE_SECONDS, _IMAGE_WORK_SECONDS
            small = await self._tools.offload.run(
                shrunk, fetched.content, seconds=seconds, work_seconds=work
            )
            await asyncio.to_thread(cache.put, url, small)
        except (FetchError, ParseError, OffloadError, OSError) as error:
            _LOG.info("no image from %s: %s", clean.public(url), clean.line(str(error)))

    async def _answer(self, asked: Target, turn: Turn) -> Answer | None:
        """Ask for a page; ``None`` where its server wants to be left alone for now."""
        now = self._tools.now()
        try:
            if not await self._may(asked.url):
                told = "robots.txt asks programs to stay away; o opens it in a browser"
                return Answer(now, error=told, completeness="blocked")
            fetched = await self._get(asked.url, turn, asked.validators)
            if not fetched.modified:
                return Answer(now, validators=fetched.validators)
            page = await _extracted(fetched, asked.known, self._tools)
        except HeldError:
            return None
        except FetchError as error:
            return self._refused(asked, error)
        except (ParseError, OffloadError) as error:
            return Answer(now, error=clean.line(str(error)))
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - a bug at one page must not stop the others
            _LOG.exception("a bug, met while reading %s", asked.url)
            told = f"a bug in autotui ({type(error).__name__}), see the log"
            return Answer(now, error=told)
        validators = fetched.validators if page.completeness == "full" else _NOTHING
        return Answer(now, page, validators)

    def _refused(self, asked: Target, error: FetchError) -> Answer:
        """Give what a failure says of the story, and when to ask again."""
        now = self._tools.now()
        told = _told(error)
        if error.challenged:
            told = "the site checks for robots; o opens it in a browser"
            return Answer(now, error=told, completeness="blocked")
        if error.status in _SEEN:
            completeness, _ = _SEEN[error.status]
            return Answer(now, error=told, completeness=completeness)
        again = _is_passing(error) and asked.failures + 1 < _TRIES
        wait = _FIRST_WAIT * 2**asked.failures
        return Answer(
            now,
            error=told,
            validators=asked.validators,
            retry_at=now + wait if again else None,
        )

    async def _get(
        self,
        url: str,
        turn: Turn | None = None,
        validators: Validators = _NOTHING,
        *,
        limits: Limits | None = None,
        accept: str = PAGES,
    ) -> Fetched:
        """Get an address."""
        try:
            return await fetch(
                self._tools.http,
                url,
                _NOTHING if self._force else validators,
                limits=limits or self._limits,
                turn=turn,
                accept=accept,
            )
        except FetchError as error:
            await self._tools.heed(error)
            raise

    async def _may(self, url: str) -> bool:
        """Whether a server lets programs read a page; wait as long as it wants."""
        if self._force:
            return True
        server = clean.origin(url)
        if server not in self._robots:
            self._robots[server] = asyncio.create_task(self._read_robots(server))
        robots = await asyncio.shield(self._robots[server])
        allowed = robots.allow(url)
        if allowed and robots.delay:
            async with self._turns.setdefault(server, asyncio.Lock()):
                await asyncio.sleep(robots.delay)
        return allowed

    async def _read_robots(self, server: str) -> Robots:
        """Read a server's robots.txt, asked for once a day; none allows everything."""
        now = self._tools.now()
        rules = await self._tools.sql(pages.robots, server, now - _ROBOTS_KEPT)
        if rules is None:
            try:
                fetched = await self._get(f"{server}/robots.txt")
                rules = fetched.content[:MAX_BYTES].decode("utf-8", "replace")
            except FetchError as error:
                # RFC 9309, 2.3.1.3 and 2.3.1.4: nothing there allows all, trouble nothing.
                if _is_passing(error):
                    raise
                rules = ""
            await self._tools.sql(pages.remember_robots, server, rules, now)
        return Robots(rules)


async def page_at(url: str, tools: Tools, known: Known) -> Page:
    """Fetch one page that the reader names, and read it."""
    limits = replace(tools.limits, raw_bytes=_RAW_BYTES, inflated_bytes=_INFLATED_BYTES)
    try:
        fetched = await fetch(tools.http, url, private_ok=True, limits=limits, accept=PAGES)
    except FetchError as error:
        raise FetchError(_told(error).partition(";")[0]) from error
    return await _extracted(fetched, known, tools)


def _is_passing(error: FetchError) -> bool:
    """Whether it may go well another time: no answer at all, or a server in trouble."""
    return not error.status or error.status in BUSY or error.status >= _SERVER_ERROR


def _told(error: FetchError) -> str:
    """Say why there is no page; what errors say themselves is about feeds."""
    if error.status in _SEEN:
        return _SEEN[error.status][1]
    if error.status and not _is_passing(error):
        return f"the server gave no page ({error.status}); o opens it in a browser"
    return clean.line(str(error))


async def _extracted(fetched: Fetched, known: Known, tools: Tools) -> Page:
    """Read a page in the worker."""
    return await tools.offload.run(
        extract,
        fetched.content,
        fetched.url,
        fetched.content_type,
        known,
        seconds=_EXTRACT_SECONDS,
        work_seconds=_WORK_SECONDS,
    )


def _by_host(addresses: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Put stories of one host beside each other, so that they share its connections."""
    hosts: dict[str, list[tuple[int, str]]] = {}
    for each in addresses:
        hosts.setdefault(clean.host(each[1]), []).append(each)
    return list(chain.from_iterable(hosts.values()))
