"""What came over from another reader of news, and what did not."""

from dataclasses import dataclass
from typing import Any, NamedTuple

Row = tuple[str, str]


class Item(NamedTuple):
    """A story as newsboat's cache has it; nothing in here is clean."""

    guid: str
    title: str
    author: str
    url: str
    feedurl: str
    pubDate: int  # noqa: N815 - newsboat's name
    content: str
    unread: int
    flags: str
    deleted: int
    base: str
    enclosure_url: str
    enclosure_type: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a move; with a dry run, what would."""

    added: int = 0
    """Feeds that are new here."""
    known: int = 0
    """Feeds that were here already."""
    refused: tuple[Row, ...] = ()
    """Address and reason of each feed that was not taken."""
    left: tuple[Row, ...] = ()
    """What else stayed behind, and why."""
    queries: int = 0
    """Saved queries that are new here."""
    stories: int = 0
    """Stories that were there, of the feeds that came over."""
    new: int = 0
    """Those that were not here yet; a dry run does not look."""
    read: int = 0
    """Those that were read there, or deleted."""
    starred: int = 0
    tagged: int = 0
    """Those with another flag, which is a tag here."""

    @classmethod
    def told(cls, answer: dict[str, Any]) -> "Brought":
        """Give it back from the answer of a child process."""
        refused = tuple((each["url"], each["reason"]) for each in answer["refused"])
        left = tuple((each["what"], each["reason"]) for each in answer["left"])
        return cls(**{**answer, "refused": refused, "left": left})
