"""The one door: everything that autotui can do, a verb each.

The user interface and the command line call the Library and nothing below it. It owns
the store's thread. What needs the network, or parses what strangers wrote, it sends to a
child process; only in that child (``inline``) it runs here.
"""

import asyncio
from array import array
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar

from autotui import clean
from autotui.child import Child
from autotui.config import Config
from autotui.document import Document
from autotui.images import Cache
from autotui.model import (
    Article,
    Condition,
    Counts,
    Feed,
    FeedUpdate,
    Listing,
    Mark,
    Opening,
    Subscription,
)
from autotui.outside import Outside
from autotui.paths import Paths
from autotui.query import Query
from autotui.store import articles, feeds, memory, overview, steps, tags
from autotui.store.steps import Change, Step
from autotui.store.thread import StoreThread

if TYPE_CHECKING:
    from autotui.fulltext import FullText
    from autotui.judging import Judging
    from autotui.keeping import Keeping
    from autotui.rules import Rules
    from autotui.searching import Searching
    from autotui.tagging import Tagging
    from autotui.upkeep import Upkeep

T = TypeVar("T")


class Library:
    """What the reader has, and what can be done with it. Use it as a context."""

    def __init__(
        self,
        paths: Paths,
        config: Config,
        *,
        inline: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.paths = paths
        self.config = config
        self.now = now
        self._inline = inline
        """Fetch and parse in this process: the child does, and commands without one."""
        self._store = StoreThread(paths.database)
        self._images = Cache(paths.images, config.images.megabytes * 1_000_000)

    # Its parts, each made when it is asked for: no command needs them all.

    @cached_property
    def judging(self) -> "Judging":
        """What stories say of drivetrains, and the reader's verdicts on that."""
        from autotui.judging import Judging

        return Judging(self._sql, self._write, self.now)

    @cached_property
    def full_text(self) -> "FullText":
        """Stories' pages: their text beside the feed's."""
        from autotui.fulltext import FullText

        outside, settings = (lambda: self._outside), (lambda: self.config)
        return FullText(self._sql, self._write, self.now, outside, settings, self._images)

    @cached_property
    def searching(self) -> "Searching":
        """Lists that a newer wish stops, and saved queries."""
        from autotui.searching import Searching

        return Searching(self._sql, self._write, self.now, self._store.aside, self.paths)

    @cached_property
    def upkeep(self) -> "Upkeep":
        """Feeds' settings, how they do, and their lists, in and out."""
        from autotui.upkeep import Upkeep

        return Upkeep(self._sql, self._write, self.now, lambda: self._outside)

    @cached_property
    def keeping(self) -> "Keeping":
        """What keeps the database well: checks, maintenance, backups."""
        from autotui.keeping import Keeping

        return Keeping(self._sql, self._write, self.now, self._store)

    @cached_property
    def rules(self) -> "Rules":
        """What is done by itself to stories."""
        from autotui.rules import Rules

        return Rules(self._sql, self._write, self.now)

    @cached_property
    def tagging(self) -> "Tagging":
        """The tags themselves: their list, names and colours."""
        from autotui.tagging import Tagging

        return Tagging(self._sql, self._write, self.now)

    async def __aenter__(self) -> Self:
        """Open the database."""
        # A refresh can be repeated, a mark cannot: only the latter waits for the disk.
        await self._store.open(durable=not self._inline)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Wait for what is still to be written, and close."""
        await self._store.close()

    @property
    def condition(self) -> Condition:
        """In what state the database was found, when it was opened or since."""
        return self._store.condition

    def configure(self, config: Config) -> None:
        """Go by other settings from now on."""
        self.config = config

    def settle(self) -> None:
        """Wait until all that was asked of the store is done. For any thread."""
        self._store.settle()

    # What there is.

    async def feeds(self) -> tuple[Feed, ...]:
        """Give all subscriptions by folder and title, loose ones last."""
        return await self._sql(feeds.every)

    async def feed(self, reference: str) -> Feed:
        """Give the feed with this id or address; raises UnknownError if there is none."""
        return await self._sql(feeds.find, reference)

    async def counts(self) -> Counts:
        """Give the numbers of the smart rows."""
        return await self._sql(feeds.counts)

    async def listing(self, query: Query, limit: int | None = None) -> Listing:
        """Give the articles that match: all ids, and the first articles in full."""
        return await self._sql(articles.listing, query, self.now(), limit)

    def opening(self, query: Query) -> Awaitable[Opening]:
        """Read what the first screen shows; under way when the call returns."""
        return self._store.submit(overview.opening, query, self.now())

    async def articles(self, article_ids: Iterable[int]) -> tuple[Article, ...]:
        """Give these articles, in this order; ids that are none are left out."""
        return await self._sql(articles.some, tuple(article_ids))

    async def next_unread(self, ids: Sequence[int], at: int, step: int) -> int | None:
        """Give the nearest unread article after position ``at``, before it for -1."""
        return await self._sql(articles.next_unread, ids, at, step)

    async def document(self, article_id: int) -> Document:
        """Give an article's body; raises UnknownError if there is no such article."""
        return await self._sql(articles.body, article_id)

    async def recall(self, name: str) -> str:
        """Give what was remembered under ``name``, else ``""``."""
        return await self._sql(memory.recall, name)

    # What the reader does with articles. These are no coroutines: the change is on its
    # way to the disk when the call returns, whoever awaits it and however that ends.

    def mark(
        self, article_ids: Iterable[int], name: Mark, *, on: bool, undoable: bool = True
    ) -> Awaitable[Step]:
        """Set or take a mark; the step says which articles were different before."""
        # A listing's own ids, which never change, may be a million: no copy.
        ids = article_ids if isinstance(article_ids, array) else tuple(article_ids)
        whole = ", the whole view" if isinstance(ids, array) else ""
        label = f"{name if on else f'not {name}'}{whole}"
        return self._do(label, [Change("mark", name, on, ids)], undoable=undoable)

    def tag(
        self,
        article_ids: Iterable[int],
        add: Iterable[str],
        remove: Iterable[str] = (),
        *,
        undoable: bool = True,
    ) -> Awaitable[Step]:
        """Set and take tags; raises UnknownError for a name that can be none."""
        ids = tuple(article_ids)
        wanted = [(tags.named(each), True) for each in add]
        wanted += [(tags.named(each), False) for each in remove]
        changes = [Change("tag", name, on, ids) for name, on in wanted]
        label = " ".join(f"{'+' if on else '-'}{name}" for name, on in wanted)
        return self._do(label, changes, undoable=undoable)

    def undo(self) -> Awaitable[Step | None]:
        """Take back the last step, also of an earlier run; ``None`` if there is none."""
        return self._write(steps.undo, self.now())

    def redo(self) -> Awaitable[Step | None]:
        """Do again what was undone last; ``None`` if there is nothing."""
        return self._write(steps.redo, self.now())

    def remember(self, name: str, value: str) -> Awaitable[None]:
        """Keep a value for the next run."""
        return self._write(memory.remember, name, value)

    # What the reader does with feeds.

    async def subscribe(
        self, url: str, *, folder: str = "", title: str = "", first: bool = False
    ) -> tuple[Feed, bool]:
        """Add the feed at an address, or the one its page names; tell if it is new.

        Raises SeveralFeedsError where the page names several and ``first`` is not said.
        """
        wanted = Subscription(url, clean.line(title), folder=clean.line(folder))
        feed_id, added = await self._outside.subscribe(wanted, first=first)
        return await self.feed(str(feed_id)), added

    def remove_feed(self, feed: Feed) -> Awaitable[Step]:
        """Remove a feed; its stories and marks come back when it is undone."""
        change = Change("removal", "", on=True, ids=(feed.id,))
        return self._do(f"remove {feed.title}", [change])

    async def due(
        self, only: Iterable[Feed] = (), *, force: bool = False
    ) -> tuple[int, ...]:
        """Give the ids of the feeds that ``refresh`` would ask now."""
        from autotui.store import checks

        ids = tuple(feed.id for feed in only)
        asked = await self._sql(checks.asked, self.now(), only=ids, force=force)
        return tuple(each.id for each in asked)

    async def refresh(
        self, only: Iterable[Feed] = (), *, force: bool = False
    ) -> AsyncGenerator[FeedUpdate]:
        """Ask the feeds that are due, or ``only`` these, or by ``force`` all.

        Tells how each went as soon as it is known, failures included. Close it
        (``contextlib.aclosing``) to stop early: what was stored stays stored.
        """
        ids = tuple(feed.id for feed in only)
        async with aclosing(self._outside.refresh(ids, force=force)) as updates:
            async for update in updates:
                yield update

    async def judge(self) -> AsyncGenerator[int]:
        """Judge what waits for it, as after a verdict; tell now and then how many were."""
        async with aclosing(self._outside.judge()) as batches:
            async for done in batches:
                yield done

    @property
    def _outside(self) -> Outside:
        if not self._inline:
            return Child(self.paths)
        # Imported late: the network side is heavy, and most commands never need it.
        from autotui.inline import Inline

        database, images = self.paths.database, self._images
        return Inline(self._sql, self.config, self.now, database, images=images)

    def _do(
        self, label: str, changes: Iterable[Change], *, undoable: bool = True
    ) -> Awaitable[Step]:
        return self._write(steps.do, label, tuple(changes), self.now(), undoable=undoable)

    async def _sql(self, function: Callable[..., T], *args: object, **kwargs: object) -> T:
        return await self._store.submit(function, *args, **kwargs)

    def _write(
        self, function: Callable[..., T], *args: object, **kwargs: object
    ) -> Awaitable[T]:
        """Run a store function that must not be lost: at once, and to its end."""
        return asyncio.shield(self._store.submit(function, *args, **kwargs))
