"""Fetch and parse in this process: what the child does, and commands without one."""

import os
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, asynccontextmanager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from autotui import judging, keeping, lock, newsboat, opml, pagefetch, refresh, subscribe
from autotui.brought import Brought
from autotui.config import Config
from autotui.errors import ParseError
from autotui.images import Cache, supported
from autotui.model import FeedUpdate, Imported, Subscription
from autotui.offload import Offload
from autotui.pages import StoryUpdate
from autotui.part import Sql
from autotui.refresh import Tools
from autotui.store import checks, pages, retention, runs

_JUDGED_AT_ONCE: Final = 200
"""Stories judged after a refresh, newest first: as many as an hour brings to most. Of the
others nobody needs to know before a query, or the reader in idle time, asks for them."""
_ALL: Final = 1 << 40
_JUDGE_SECONDS: Final = 60.0
_STDIN: Final = Path("/dev/stdin")
"""What the command line makes of ``-``."""


class Inline:
    """Does what needs the network right here; the counterpart of Child."""

    def __init__(
        self,
        sql: Sql,
        config: Config,
        now: Callable[[], datetime],
        database: Path,
        *,
        images: Cache,
    ) -> None:
        self._sql = sql
        self._images = images if config.images.cache and supported() else None
        self._database = database
        self._config = config
        self._now = now

    async def subscribe(self, wanted: Subscription, *, first: bool) -> tuple[int, bool]:
        """Find the feed and subscribe; give its id, and whether it is new."""
        async with self._tools() as tools:
            added = await subscribe.add(wanted, tools, first=first)
            async for _ in self._judged(tools.offload, _JUDGED_AT_ONCE, tools.occasion):
                pass
            return added

    async def import_opml(self, file: Path, *, dry_run: bool) -> Imported:
        """Subscribe to what an OPML file lists; raise ParseError where it is none."""
        async with self._tools() as tools:
            return await subscribe.import_opml(_content(file), tools, dry_run=dry_run)

    async def import_newsboat(
        self, folder: Path | None, *, star: str, dry_run: bool
    ) -> Brought:
        """Bring over what newsboat has; raise ParseError where it cannot be read."""
        async with self._tools() as tools:
            return await newsboat.bring(folder, tools, star=star, dry_run=dry_run)

    async def refresh(
        self, ids: tuple[int, ...], *, force: bool
    ) -> AsyncGenerator[FeedUpdate]:
        """Ask the feeds that are due, or these, or by ``force`` all.

        Raises BusyError where another process does so already.
        """
        with lock.held(self._database, "refresh"):
            asked = await self._sql(checks.asked, self._now(), only=ids, force=force)
            if not asked:
                return
            async with (
                self._tools() as tools,
                aclosing(refresh.refresh(asked, tools)) as updates,
            ):
                brought = 0
                async for update in updates:
                    brought += update.new + update.changed
                    yield update
                limit = min(brought, _JUDGED_AT_ONCE)
                async for _ in self._judged(tools.offload, limit, tools.occasion):
                    pass
            await self._let_go()

    async def fetch_pages(
        self, ids: tuple[int, ...] | None, *, force: bool
    ) -> AsyncGenerator[StoryUpdate]:
        """Fetch the pages of these stories, or of those that are due.

        Raises BusyError where another process does so already; what the reader wants by
        ``force`` waits for nobody.
        """
        with nullcontext() if force else lock.held(self._database, "pages"):
            if ids is None:
                limit = pagefetch.AT_ONCE
                ids = tuple(await self._sql(pages.due, self._now(), limit))
            if not ids:
                return
            async with self._tools() as tools:
                brought = 0
                asking = pagefetch.Pages(tools, force=force, cache=self._images)
                async with aclosing(asking.fetch(ids)) as updates:
                    async for update in updates:
                        brought += update.asked
                        yield update
                limit = min(brought, _JUDGED_AT_ONCE)
                async for _ in self._judged(tools.offload, limit, tools.occasion):
                    pass

    async def judge(self) -> AsyncGenerator[int]:
        """Judge the stories that wait for it; tell after each batch how many."""
        offload = Offload()
        try:
            async for done in self._judged(offload, _ALL, os.urandom(8).hex()):
                yield done
        finally:
            offload.close()

    async def _let_go(self) -> None:
        """Let texts go that their feeds keep no longer; once a day there are new ones."""
        ids = await self._sql(retention.due, self._now())
        await keeping.let_go(self._sql, ids, self._now)
        if len(ids) < retention.MOST:
            await self._sql(retention.done, self._now())

    async def _judged(
        self, offload: Offload, limit: int, occasion: str
    ) -> AsyncGenerator[int]:
        """Judge stories, and run the rules that waited for that."""
        work = partial(offload.run, seconds=_JUDGE_SECONDS)
        async with aclosing(judging.again(self._sql, work, limit)) as batches:
            async for done in batches:
                await self._sql(runs.on_judged, self._now(), occasion)
                yield done

    @asynccontextmanager
    async def _tools(self) -> AsyncGenerator[Tools]:
        tools = await refresh.tools(self._sql, self._config, self._now)
        try:
            yield tools
        finally:
            await tools.close()


def _content(file: Path) -> bytes:
    """Read a file, but no more than an OPML file may have."""
    # By its number: not every standard input can be opened by a name.
    source = sys.stdin.fileno() if file == _STDIN else file
    try:
        with open(source, "rb", closefd=file != _STDIN) as opened:
            return opened.read(opml.MAX_BYTES + 1)
    except OSError as error:
        raise ParseError(f"{file} cannot be read: {error.strerror}") from error
