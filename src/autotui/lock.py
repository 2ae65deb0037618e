"""One refresher at a time for each database, so that no feed is asked twice.

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

from autotui.errors import BusyError

_TAKEN: Final = (errno.EWOULDBLOCK, errno.EACCES)


@contextmanager
def refreshing(database: Path) -> Iterator[None]:
    """Hold the right to refresh; raise BusyError where another process has it.

    Where the file system knows no locks the refresh goes on without.
    """
    try:
        held = os.open(
            database.with_name(f"{database.name}-refresh"), os.O_RDWR | os.O_CREAT, 0o600
        )
    except OSError:
        yield
        return
    try:
        _take(held)
        yield
    finally:
        os.close(held)


def _take(held: int) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            raise BusyError from error
