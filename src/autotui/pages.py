"""What the page of a story gave: the story, clean, and what is said about it."""

from datetime import datetime
from typing import Final, NamedTuple

from autotui.document import Block
from autotui.model import Completeness
from autotui.packing import Body

MAX_BYTES: Final = 3_000_000
"""As much of a page as is read."""


class Known(NamedTuple):
    """What is known of a story before its page is read."""

    title: str = ""
    """Its title in the feed."""
    text: str = ""
    """Its text in the feed, as plain text."""
    clutter: frozenset[str] = frozenset()
    """Prints of blocks that two other stories of the outlet have, too."""
    selectors: tuple[str, ...] = ()
    """CSS selectors of the reader for this feed: where the story is."""


# A named tuple crosses processes five times as fast as a dataclass with slots.
class Page(NamedTuple):
    """A story as its page tells it; every string is clean."""

    title: str = ""
    dek: str = ""
    """The line below the headline."""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    """Aware, in UTC; midnight where only a day is told."""
    updated_at: datetime | None = None
    site: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    """A language tag such as ``en`` or ``de-CH``."""
    url: str = ""
    """The address that the page calls its own (canonical)."""
    image: Block | None = None
    """The lead image: address, alt, caption (its spans), credit."""
    body: Body = Body()
    """The story: text and form; its images stand where they stand on the page."""
    words: int = 0
    completeness: Completeness = "full"
    note: str = ""
    """What is wrong, in words a reader can act on; ``""`` for a full story."""
    prints: tuple[str, ...] = ()
    """A print of each block, by which it is known again on another page."""


class About(NamedTuple):
    """What is known of a story's page, as it is stored."""

    page: Page
    """Without body and prints."""
    asked_at: datetime
    error: str | None = None
    """Why asking failed the last time; ``None`` when there was an answer."""
    other: bool = False
    """Whether there is another text than the one shown: the feed's, or the page's."""


class StoryUpdate(NamedTuple):
    """How fetching the full text of a story went."""

    id: int
    title: str
    completeness: Completeness
    """Of the story, whatever the page gave."""
    words: int
    """Of the text that is shown."""
    error: str | None = None
    """Why there is no full text; ``None`` where there is, or nothing was asked."""
    asked: bool = True
    """False: the text was there, or its server wants to be left alone."""


class Meter(NamedTuple):
    """How much of some stories can be read offline."""

    total: int = 0
    full: int = 0
    blocked: int = 0
    paywall: int = 0
    gone: int = 0
    teaser: int = 0

    @property
    def in_words(self) -> str:
        """Say it: ``37 of 40 have full text, 3 blocked``."""
        named = ("blocked", "blocked"), ("paywall", "behind a paywall"), ("gone", "gone")
        counts = [(getattr(self, name), told) for name, told in named]
        counts.append((self.teaser, "still a teaser"))
        rest = [f"{count:,} {told}" for count, told in counts if count]
        return ", ".join([f"{self.full:,} of {self.total:,} have full text", *rest])
