"""What may go wrong, in words for the reader.

AutotuiError
├── ConfigError      the config file is wrong: names file, key and the nearest known one
├── QueryError       a query cannot be read: says where and why
├── FetchError       the network said no
│   └── HeldError    a server asked to be left alone for a while, and is
├── LexiconError     a list of cues or names is wrong: names the entry
├── ParseError       the bytes are not what they should be: no feed, no OPML
├── OffloadError     the work was killed: too slow, or the worker died
├── BusyError        another refresh is running
├── ChildError       a child process of ours could not do its work
├── SeveralFeedsError  an address leads to more than one feed: the reader must choose
├── OutputError      a file that the reader named cannot be written
│   └── TakenError   there is one of that name already
├── ServeError       the reader cannot be shown in a browser
├── StoreError       the database cannot be used
└── UnknownError     there is no such feed or article

Anything else that is raised is a bug, and is not caught.
"""

from collections.abc import Iterable, Sequence


class AutotuiError(Exception):
    """Base of every expected failure; ``str(error)`` is fit to show."""


class ConfigError(AutotuiError):
    """The config file is wrong."""


class QueryError(AutotuiError):
    """A query cannot be read."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at
        """Where in the query's text, counted in characters from 0."""


class LexiconError(AutotuiError):
    """A list of cues or names is wrong."""


class FetchError(AutotuiError):
    """The network said no, or said too much."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        retry_after: float | None = None,
        reached: bool = True,
        advice: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status, 0 where there was no answer."""
        self.retry_after = retry_after
        """Seconds the server asked us to wait, ``None`` where it asked nothing."""
        self.reached = reached
        """Whether the feed's own server spoke, as against no network or its login page."""
        self.advice = advice
        """What the reader can do about it; ``""`` where that is nothing."""
        self.server = ""
        """Who said so, as ``clean.server`` names it."""
        self.challenged = False
        """Whether it was a check for robots, whatever its status."""


class HeldError(FetchError):
    """A server asked to be left alone for a while; it was not asked."""


class ParseError(AutotuiError):
    """The bytes are not what they should be."""


class OffloadError(AutotuiError):
    """The work was killed: too slow, or its process died."""


BUSY = "another refresh is running"
BUSY_PAGES = "full texts are being fetched already"


class BusyError(AutotuiError):
    """Another refresh is running, so this one asks nobody."""

    def __init__(self, message: str = BUSY) -> None:
        super().__init__(message)


class ChildError(AutotuiError):
    """A child process of ours could not do its work."""


class SeveralFeedsError(AutotuiError):
    """An address leads to more than one feed."""

    def __init__(self, message: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(message)
        self.choices = tuple(choices)
        """The address and title of each."""


class OutputError(AutotuiError):
    """A file that the reader named cannot be written."""


class TakenError(OutputError):
    """There is a file of that name already."""


class ServeError(AutotuiError):
    """The reader cannot be shown in a browser."""


class StoreError(AutotuiError):
    """The database cannot be used."""


class UnknownError(AutotuiError):
    """There is no such feed or article."""


def hint(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """Give "did you mean" with the nearest known name, else what there is."""
    # Imported late: errors are rare, and it costs as much as three modules of ours.
    from difflib import get_close_matches

    names = tuple(known)
    near = get_close_matches(name, names, 1, 0.5)
    told = f"did you mean {near[0]!r}?" if near else otherwise
    return told or f"known: {' '.join(names)}"
