"""The feeds' upkeep: what the reader changes of them, how they do, lists in and out."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from autotui import clean, edits, files
from autotui.brought import Brought
from autotui.edits import Edit
from autotui.errors import TakenError
from autotui.health import FeedHealth
from autotui.model import Feed, Imported
from autotui.outside import Outside
from autotui.part import Part
from autotui.store import feeds, health, steps
from autotui.store.steps import Step


@dataclass(eq=False)
class Upkeep(Part):
    """The part of the Library that is about looking after feeds."""

    _outside: Callable[[], Outside]

    def edit(self, feed: Feed, edit: Edit) -> Awaitable[Step]:
        """Change a feed, a step that undo takes back; its stories stay.

        Raises UnknownError at once for what makes no sense, and when awaited for an
        address that another feed has.
        """
        wanted = edits.checked(edit)
        return self._write(steps.edit, f"edit {feed.title}", feed.id, wanted, self._now())

    async def health(self) -> tuple[FeedHealth, ...]:
        """Give how each feed does."""
        return await self._sql(health.every, self._now())

    async def import_opml(self, file: Path, *, dry_run: bool = False) -> Imported:
        """Subscribe to what an OPML file lists, or by ``dry_run`` only tell.

        No feed is fetched; the next refresh does that. Raises ParseError or ChildError
        where it is no OPML.
        """
        return await self._outside().import_opml(file, dry_run=dry_run)

    async def import_newsboat(
        self, folder: Path | None = None, *, star: str = "s", dry_run: bool = False
    ) -> Brought:
        """Bring over what newsboat has, by default where it keeps it: a step for undo.

        ``star`` are the flags that mean a star. Undo takes feeds, marks and queries back;
        stories of feeds that were here before stay. Raises ParseError or ChildError where
        newsboat's files cannot be read.
        """
        return await self._outside().import_newsboat(folder, star=star, dry_run=dry_run)

    async def opml(self) -> tuple[bytes, int]:
        """Give all subscriptions as OPML; and how many were written without password."""
        # Imported late: it brings what reads OPML as well.
        from autotui import opml

        rows = await self._sql(feeds.subscriptions)
        secret = sum(clean.public(row.url) != row.url for row in rows)
        return opml.write(rows, "autotui"), secret

    async def save_opml(self, file: Path, *, over: bool = False) -> bool:
        """Write all subscriptions to a file, whole or not at all.

        Gives False, with nothing written, where there is a file already and ``over`` is
        not said. Raises OutputError where it cannot be written.
        """
        content, _ = await self.opml()
        try:
            await asyncio.to_thread(_save, file, content, over=over)
        except TakenError:
            return False
        return True


def _save(file: Path, content: bytes, *, over: bool) -> None:
    with files.whole(file, over=over) as opened:
        opened.write(content)
