"""The store's own thread: one connection, one job after the other, so that nobody locks.

Beside it another one reads what takes seconds, from the same file, so that no mark and no
text of a story has to wait for that.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Final, TypeVar

from autotui import store
from autotui.model import Condition
from autotui.store.presence import Presence

_LOG: Final = logging.getLogger(__name__)
T = TypeVar("T")
_SETTLE_SECONDS: Final = 10.0


class StoreThread:
    """Runs store functions in the order in which they are submitted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._readers = ThreadPoolExecutor(1, thread_name_prefix="lists")
        self._durable = True
        self.condition = Condition()
        """How the database was found, also if damage was met later than at the start."""
        self.presence: Presence | None = None
        """Keeps others from replacing the database while it is open here."""

    async def open(self, *, durable: bool) -> None:
        """Open the database."""
        self._durable = durable
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, self._open)

    def submit(
        self, function: Callable[..., T], *args: object, **kwargs: object
    ) -> "asyncio.Future[T]":
        """Queue ``function(db, …)`` at once; a future that is cancelled early skips it.

        Raises StoreError, through the future, for what disk and lock do to us. Where the
        database turns out to be damaged, the function is called again after its repair.
        """

        def run() -> T:
            with store.told(self._path):
                try:
                    return self._done(function, *args, **kwargs)
                except store.DatabaseError as error:
                    if self.condition.read_only or not store.is_damage(error):
                        raise
                    _LOG.exception("%s is damaged", self._path)
                    self._opened.db.close()
                    self._open(damaged=True)
                    return self._done(function, *args, **kwargs)

        return asyncio.get_running_loop().run_in_executor(self._pool, run)

    async def aside(self, function: Callable[..., T], *args: object, **kwargs: object) -> T:
        """Read for long beside what is submitted later; what was submitted is seen."""
        await self.submit(lambda _: None)

        def run() -> T:
            with closing(store.reader(self._path)) as db:
                return function(db, *args, **kwargs)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._readers, run)
        except store.DatabaseError:
            # The other thread knows what to do about a disk, or a place without writing.
            return await self.submit(function, *args, **kwargs)

    def settle(self) -> None:
        """Wait until all that was submitted is done. For any thread."""
        self._pool.submit(int).result(_SETTLE_SECONDS)

    async def close(self) -> None:
        """Wait for what is still to be done, and close."""
        await asyncio.get_running_loop().run_in_executor(self._pool, self._close)
        self._pool.shutdown()
        self._readers.shutdown()

    def _open(self, *, damaged: bool = False) -> None:
        self.presence = self.presence or Presence(self._path)
        opened = store.open(self._path, durable=self._durable, damaged=damaged)
        self._opened = opened
        if opened.condition != Condition():
            self.condition = opened.condition
        if opened.set_aside:
            _LOG.error("%s", opened.condition.told)
        self._keep()

    def _done(self, function: Callable[..., T], *args: object, **kwargs: object) -> T:
        # Another process may have met damage, and put a new database there.
        if store.identity(self._path) not in {0, self._opened.identity}:
            self._opened.db.close()
            self._open()
        try:
            return function(self._opened.db, *args, **kwargs)
        finally:
            self._keep()

    def _keep(self) -> None:
        if self._opened.watch:
            self._opened.watch.keep()

    def _close(self) -> None:
        if self._opened.watch:
            self._opened.watch.keep(at_last=True)
        self._opened.db.close()
        if self.presence:
            self.presence.close()
