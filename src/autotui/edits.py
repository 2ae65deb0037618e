"""What the reader may change of a feed: a value, and the check that it makes sense."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from autotui import clean
from autotui.errors import UnknownError

Pages = Literal["auto", "always", "never"]
PAGES: Final[tuple[Pages, ...]] = ("auto", "always", "never")
MINUTES: Final = (5, 10_080)
"""The shortest and the longest interval; 0 is none of the reader's own."""
MAX_DAYS: Final = 36_500
MAX_SELECTORS: Final = 20
_MAX_FOLDER: Final = 1_000
_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Edit:
    """New settings of a feed; ``None`` leaves one as it is."""

    title: str | None = None
    """``""`` is the publisher's own."""
    folder: str | None = None
    """``/`` between levels; ``""`` is none."""
    url: str | None = None
    minutes: int | None = None
    """Between two checks; 0 is as its stories come."""
    pages: Pages | None = None
    selectors: tuple[str, ...] | None = None
    muted: bool | None = None
    keep_days: int | None = None
    """For how long texts are kept; 0 is for ever."""


def checked(edit: Edit) -> Edit:
    """Give the edit with clean text; raise UnknownError for what makes no sense."""
    least, most = MINUTES
    if edit.minutes and not least <= edit.minutes <= most:
        raise UnknownError(f"an interval has {least} to {most:,} minutes, or none")
    if edit.keep_days is not None and not 0 <= edit.keep_days <= MAX_DAYS:
        raise UnknownError(f"texts are kept for 1 to {MAX_DAYS:,} days, or for ever")
    return replace(
        edit,
        title=None if edit.title is None else clean.line(edit.title),
        folder=None if edit.folder is None else in_levels(edit.folder),
        url=None if edit.url is None else _address(edit.url),
        selectors=None if edit.selectors is None else _lines(edit.selectors),
    )


def in_levels(folder: str) -> str:
    """Give a folder's name with one ``/`` between its levels, and none around them."""
    parts = (part.strip() for part in clean.line(folder, _MAX_FOLDER).split("/"))
    return "/".join(filter(None, parts))


def number(text: str) -> int:
    """Read a whole number, none is 0; raise UnknownError for anything else."""
    plain = text.strip()
    if plain and not (plain.isascii() and plain.isdecimal() and len(plain) <= _DIGITS):
        raise UnknownError(f"{clean.line(plain, 40)!r} is no number")
    return int(plain or 0)


def _address(url: str) -> str:
    if found := clean.url(url, userinfo=True):
        return found
    raise UnknownError("the new address wants http:// or https://")


def _lines(selectors: Iterable[str]) -> tuple[str, ...]:
    lines = tuple(filter(None, map(clean.line, selectors)))
    if len(lines) > MAX_SELECTORS:
        raise UnknownError(f"a feed may have {MAX_SELECTORS} selectors at most")
    return lines
