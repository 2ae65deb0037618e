"""One refresher at a time for each database, so that nobody is asked twice.

The lock is the kernel's (``flock``) and ends with the process that holds it, however
that ends; the file beside the database stays and means nothing by itself.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from autotui.errors import BUSY, BUSY_PAGES, BusyError

_TAKEN: Final = (errno.EWOULDBLOCK, errno.EACCES)


@contextmanager
def held(database: Path, right: str) -> Iterator[None]:
    """Hold a right: to ``refresh``, or to fetch ``pages``.

    Raises BusyError where another process has it. Where the file system knows no locks
    the work goes on without.
    """
    try:
        file = os.open(
            database.with_name(f"{database.name}-{right}"), os.O_RDWR | os.O_CREAT, 0o600
        )
    except OSError:
        yield
        return
    try:
        _take(file, BUSY_PAGES if right == "pages" else BUSY)
        yield
    finally:
        os.close(file)


def _take(file: int, busy: str) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            raise BusyError(busy) from error
