"""Keeping the database well: checks, maintenance, backups; putting one back."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autotui import files, store
from autotui.errors import OutputError, StoreError
from autotui.part import Part, Sql
from autotui.store import copies, retention, room
from autotui.store.retention import Going
from autotui.store.room import FeedSize
from autotui.store.thread import StoreThread


@dataclass(frozen=True, slots=True)
class Maintained:
    """What maintenance found and did; with a dry run, what it would do."""

    verdict: str
    """SQLite's: ``ok``, or what is wrong; then nothing was done."""
    feeds: tuple[FeedSize, ...] = ()
    """As they were before."""
    texts: tuple[Going, ...] = ()
    """Texts that their feeds keep no longer."""
    before: int = 0
    after: int = 0
    """Bytes of the database."""
    skipped: str = field(default="")
    """Why the gaps in the file were not closed; ``""`` where they were."""


@dataclass(eq=False)
class Keeping(Part):
    """The part of the Library that is about the database as a whole."""

    _store: StoreThread

    async def check(self) -> str:
        """Give SQLite's verdict on the database: ``ok``, or what is wrong."""
        return await self._sql(store.check)

    async def maintain(self, *, dry_run: bool = False) -> Maintained:
        """Check the database, let go of texts whose days are over, and tidy up.

        What is unread, starred, kept for later or tagged stays as it is. Others may have
        the database open: then its gaps stay, and it is said so.
        """
        verdict = await self.check()
        if verdict != "ok":
            return Maintained(verdict)
        feeds = tuple(await self._sql(room.sizes))
        texts = tuple(await self._sql(retention.going, self._now()))
        before = await self._sql(room.taken)
        if dry_run:
            return Maintained(verdict, feeds, texts, before, before, "nothing was changed")
        await let_go(self._sql, [each.id for each in texts], self._now)
        await self._sql(room.tidy)
        skipped = await self._vacuum()
        after = await self._sql(room.taken)
        return Maintained(verdict, feeds, texts, before, after, skipped)

    async def backup(self, file: Path, *, over: bool = False) -> None:
        """Copy the database to a file, whole or not at all, whoever writes meanwhile.

        Raises OutputError where there is a file already and ``over`` is not said, or
        where it cannot be written.
        """
        try:
            with files.replaced(file, over=over) as fresh:
                await self._sql(copies.backup, fresh)
        except FileExistsError as error:
            why = "there is a file already; --force replaces it"
            raise OutputError(f"{file} was not written: {why}") from error
        except OSError as error:
            raise OutputError(f"{file} cannot be written: {error.strerror}") from error

    async def _vacuum(self) -> str:
        if self._store.presence is None:
            return "it is not open"
        try:
            return await self._sql(room.vacuum, self._store.presence)
        except StoreError as error:
            return str(error)


async def let_go(sql: Sql, article_ids: Sequence[int], now: Callable[[], datetime]) -> None:
    """Let the texts of these stories go, a few at a time: marks come in between."""
    for start in range(0, len(article_ids), retention.AT_ONCE):
        batch = article_ids[start : start + retention.AT_ONCE]
        await sql(retention.let_go, batch, now())


async def restore(database: Path, file: Path) -> Path | None:
    """Put a backup in the database's place; give where the former one lies.

    Raises BusyError while another process has it open, and StoreError, with nothing
    changed, for what is no sound backup of this or an older autotui.
    """
    return await asyncio.to_thread(copies.restore, database, file)
