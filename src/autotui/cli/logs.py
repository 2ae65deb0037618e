"""The log: a rotating file in the state folder, in which no secret stands."""

import logging
from logging.handlers import RotatingFileHandler
from typing import Final

from autotui import clean
from autotui.paths import Paths

MAX_BYTES: Final = 500_000
KEPT: Final = 2
"""Older files beside the one that is written to."""
_MAX_RECORD: Final = 20_000
"""Characters of one record: a traceback, not a feed."""


class Masking(logging.Formatter):
    """Writes records without control characters, and without what is secret."""

    def format(self, record: logging.LogRecord) -> str:
        """Give a record as a line, or as several with a traceback."""
        return clean.masked(clean.text(super().format(record), _MAX_RECORD))


def begin(places: Paths) -> None:
    """Log to a file from now on: what is printed on standard error breaks a screen."""
    # A log that cannot be written is told by nobody: least of all on a screen.
    logging.raiseExceptions = False
    try:
        places.log.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        # Without a place for its log autotui still reads.
        handler: logging.Handler = logging.NullHandler()
    else:
        handler = RotatingFileHandler(
            places.log, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
        )
    handler.setFormatter(Masking("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
