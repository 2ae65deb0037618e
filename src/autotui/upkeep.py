"""The feeds' upkeep: what the reader changes of them, how they do, their list as a file."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path

from autotui import clean, edits, files
from autotui.edits import Edit
from autotui.errors import TakenError
from autotui.health import FeedHealth
from autotui.model import Feed
from autotui.part import Part
from autotui.store import feeds, health, steps
from autotui.store.steps import Step


class Upkeep(Part):
    """The part of the Library that is about looking after feeds."""

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
