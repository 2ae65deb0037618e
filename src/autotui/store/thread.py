"""The store's own thread: one connection, one job after the other, so that nobody locks."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from autotui import store

T = TypeVar("T")
_SETTLE_SECONDS: Final = 10.0


class StoreThread:
    """Runs store functions in the order in which they are submitted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def open(self, *, durable: bool) -> Path | None:
        """Open the database; give where a damaged one was put, if there was one."""
        loop = asyncio.get_running_loop()
        opened = await loop.run_in_executor(
            self._pool, lambda: store.open(self._path, durable=durable)
        )
        self._db = opened.db
        return opened.set_aside

    def submit(
        self, function: Callable[..., T], *args: object, **kwargs: object
    ) -> "asyncio.Future[T]":
        """Queue ``function(db, …)`` at once; a future that is cancelled early skips it.

        Raises StoreError, through the future, for what disk and lock do to us.
        """

        def run() -> T:
            with store.told(self._path):
                return function(self._db, *args, **kwargs)

        return asyncio.get_running_loop().run_in_executor(self._pool, run)

    def settle(self) -> None:
        """Wait until all that was submitted is done. For any thread."""
        self._pool.submit(int).result(_SETTLE_SECONDS)

    async def close(self) -> None:
        """Wait for what is still to be done, and close."""
        await asyncio.get_running_loop().run_in_executor(self._pool, self._db.close)
        self._pool.shutdown()
