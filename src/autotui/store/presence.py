"""Who has a database open: for what may be done only while nobody else has.

The lock is the kernel's (``flock``) and ends with the process that holds it; the file
beside the database stays and means nothing by itself.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_NOWHERE: Final = -1


class Presence:
    """Says that this process has a database open, until it is closed.

    Who wants to open one that is being replaced or vacuumed waits for its end.
    """

    def __init__(self, database: Path) -> None:
        self._file = _NOWHERE
        # Where nothing can be written, nothing will be replaced either.
        with suppress(OSError):
            database.parent.mkdir(parents=True, exist_ok=True)
            name = database.with_name(f"{database.name}-open")
            self._file = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
        self.share()

    def alone(self) -> bool:
        """Take the database for this process alone; False where another has it open."""
        if self._file == _NOWHERE:
            return True
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # What failed may have taken away what was held.
            self.share()
            return False
        except OSError:  # some file systems know no locks
            return True
        return True

    def share(self) -> None:
        """Let others open it, too."""
        if self._file != _NOWHERE:
            with suppress(OSError):
                fcntl.flock(self._file, fcntl.LOCK_SH)

    def close(self) -> None:
        """Have the database open no longer."""
        if self._file != _NOWHERE:
            os.close(self._file)
            self._file = _NOWHERE
