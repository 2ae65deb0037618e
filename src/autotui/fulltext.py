"""The whole story: its page's text beside the feed's, and how much of it is here."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autotui.config import Config
from autotui.images import Cache
from autotui.pages import About, Known, Meter, Page, StoryUpdate
from autotui.part import Part
from autotui.query import Query
from autotui.store import pages, texts

if TYPE_CHECKING:
    from autotui.outside import Outside


def read(content: bytes | str, url: str = "", text: str = "") -> Page:
    """Read a story's page, of which the feed gave ``text``; raises ParseError for none."""
    # Imported late: lxml and what extracts take a while to load.
    from autotui.ingest.story.extract import extract

    return extract(content, url, known=Known(text=text))


@dataclass(eq=False)
class FullText(Part):
    """The part of the Library that is about stories' pages."""

    _outside: Callable[[], "Outside"]
    _settings: Callable[[], Config]
    _images: Cache

    async def fetch(
        self, article_ids: Iterable[int] | None = None, *, force: bool = False
    ) -> AsyncGenerator[StoryUpdate]:
        """Fetch the pages of these stories, or of those that are due.

        Nothing is asked for that is here, or was refused today, but by ``force``, which
        is the reader's own wish for these very stories. Close it (``contextlib.aclosing``)
        to stop early: what was stored stays stored. Raises BusyError where another
        process does the same.
        """
        ids = None if article_ids is None else tuple(article_ids)
        async with aclosing(self._outside().fetch_pages(ids, force=force)) as updates:
            async for update in updates:
                yield update

    async def read_at(self, url: str, text: str = "") -> Page:
        """Fetch a page at once, and read it; nothing of it is kept.

        Raises FetchError, ParseError or OffloadError.
        """
        # Imported late: the network side is heavy.
        from autotui import pagefetch, refresh

        tools = await refresh.tools(self._sql, self._settings(), self._now)
        try:
            return await pagefetch.page_at(url, tools, Known(text=text))
        finally:
            await tools.close()

    async def due(self, limit: int) -> int:
        """Give how many stories ``fetch`` would ask for unasked, ``limit`` at most."""
        return len(await self._sql(pages.due, self._now(), limit))

    async def about(self, article_id: int) -> About | None:
        """Give what a story's page says; ``None`` where it was never asked for."""
        return await self._sql(pages.about, article_id)

    async def image(self, url: str) -> Path | None:
        """Give the file of a lead image, a JPEG; ``None`` where it is not here."""
        if not url or not self._settings().images.cache:
            return None
        return await asyncio.to_thread(self._images.get, url)

    def switch(self, article_id: int) -> Awaitable[bool]:
        """Show the story's other text; gives False where there is none."""
        return self._write(texts.switch, article_id)

    async def meter(self, query: Query) -> Meter:
        """Tell how much of a query's stories can be read offline."""
        return await self._sql(pages.meter, query, self._now())
