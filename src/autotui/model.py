"""What everybody talks about: feeds, articles, and what a refresh brings.

Frozen values only. The publisher's version of things is ``Parsed*``; what the reader
sees is ``Feed`` and ``Article``. Every time is an aware ``datetime`` in UTC.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, NamedTuple

from autotui.document import Document
from autotui.packing import unpack
from autotui.tags import Tag

EV_DRIVETRAIN: Final = "ev-drivetrain"
"""The tag that has a key and a row of its own."""

Mark = Literal["read", "starred", "later"]
Completeness = Literal["full", "teaser", "blocked", "paywall", "gone"]
Status = Literal["ok", "unchanged", "failed", "gone", "skipped"]


@dataclass(frozen=True, slots=True)
class Feed:
    """One subscription, and how its last check went."""

    id: int
    url: str
    """What we fetch, without user and password."""
    title: str
    """The reader's own title, else the publisher's, else the host."""
    site_url: str = ""
    folder: str = ""
    """The folder's name, ``/`` between levels; ``""`` at the top."""
    unread: int = 0
    total: int = 0
    checked_at: datetime | None = None
    """When we last asked, whatever the answer; ``None`` if never."""
    next_check_at: datetime | None = None
    """When it is due; ``None`` if it never was asked, or is gone for good."""
    failures: int = 0
    """How many checks in a row have failed."""
    error: str | None = None
    """Why the last check failed; ``None`` when it went well."""
    advice: str = ""
    """What the reader can do about it."""
    succeeded_at: datetime | None = None
    """When a check last went well."""
    moved_to: str = ""
    """Where its server says that it has moved for good; ``""`` for nowhere."""
    pages: Literal["auto", "always", "never"] = "auto"
    """Whether its stories' pages are fetched; ``auto``: of those that it cuts off."""
    selectors: tuple[str, ...] = ()
    """Where on them the story is (CSS); the reader's, mostly none."""
    minutes: int = 0
    """The reader's own interval; 0 is as its stories come."""
    muted: bool = False
    """Whether its stories are out of sight everywhere but in its own row."""
    keep_days: int = 0
    """For how long it keeps texts; 0 is for ever."""


@dataclass(frozen=True, slots=True)
class Article:
    """Everything about an article but its body."""

    id: int
    feed_id: int
    feed_title: str
    title: str
    url: str
    published_at: datetime
    """When it was published, else when we first saw it; never in the future."""
    feed_url: str = ""
    key: str = ""
    """What tells it from the others of its feed: its GUID, else its address."""
    author: str = ""
    dated: str = ""
    """The date of publication as the feed writes it."""
    updated_at: datetime | None = None
    seen_at: datetime | None = None
    """When we first saw it."""
    language: str = ""
    """A language tag such as ``en`` or ``de-CH``; ``""`` if the feed tells none."""
    words: int = 0
    completeness: Completeness = "full"
    source: Literal["feed", "page"] = "feed"
    """Whose text is shown."""
    categories: tuple[str, ...] = ()
    enclosures: tuple["Enclosure", ...] = ()
    read: bool = False
    starred: bool = False
    later: bool = False
    tags: tuple[str, ...] = ()
    """The reader's own tags, sorted."""
    automatic: tuple[tuple[str, str], ...] = ()
    """What rules did to it: the action, and the rule's name."""
    score: float = 0.0
    """How much it is about EV drivetrains, 0 to 1; 0 also before it was judged."""
    suggested: bool = False
    """Whether the tag for that is suggested, and waits for the reader's verdict."""
    rejected: bool = False
    """Whether the reader said that it is not about EV drivetrains."""

    def marked(self, name: Mark, *, on: bool) -> "Article":
        """Give the same article with a mark set or taken."""
        match name:
            case "read":
                return replace(self, read=on)
            case "starred":
                return replace(self, starred=on)
            case "later":
                return replace(self, later=on)


class Enclosure(NamedTuple):
    """A file that comes with an article: audio, video, a picture."""

    url: str
    media_type: str = ""
    length: int = 0
    """Bytes, 0 if unknown."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers beside the rows of the feed list that are no feeds: unread, total."""

    unread: int = 0
    total: int = 0
    starred: int = 0
    later: int = 0
    drivetrain: int = 0
    """Articles tagged ``ev-drivetrain``."""
    suggested: int = 0
    """Articles that are suggested that tag."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "anything new since?" with (RFC 9110, 8.8)."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """When a feed wants to be asked, as it says itself (RSS 2.0; RSS 1.0 syndication)."""

    minutes: int = 0
    """``ttl``, or ``sy:updatePeriod`` over ``sy:updateFrequency``; 0 if it tells none."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day, 0 to 23 in UTC, at which it does not change."""
    skip_days: tuple[int, ...] = ()
    """Days of the week, Monday is 0, on which it does not change."""


# Named tuples cross processes five times as fast as dataclasses with slots.
class ParsedArticle(NamedTuple):
    """The publisher's version of an article."""

    key: str
    title: str
    url: str
    text: str = ""
    """The body as plain text, for search and reading."""
    words: int = 0
    packed: bytes = b""
    """The body's form as ``packing.Body`` has it; it goes with the text."""
    author: str = ""
    published_at: datetime | None = None
    dated: str = ""
    """The date of publication as the feed writes it."""
    updated_at: datetime | None = None
    language: str = ""
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    completeness: Completeness = "full"

    @property
    def document(self) -> Document:
        """The body as blocks."""
        return unpack(self.packed, self.text)


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """The publisher's version of a feed, its articles in the feed's order."""

    title: str
    site_url: str = ""
    language: str = ""
    articles: tuple[ParsedArticle, ...] = ()
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, slots=True)
class FeedUpdate:
    """How the check of one feed went: a failure is news, not an exception."""

    feed_id: int
    url: str
    status: Status
    new: int = 0
    changed: int = 0
    error: str | None = None
    seconds: float = 0.0
    moved_to: str | None = None
    """Where the server redirects to for good, if it does."""
    reason: str | None = None
    """Why it was skipped."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One row of an OPML file."""

    url: str
    title: str = ""
    site_url: str = ""
    folder: str = ""

    def __reduce__(self) -> tuple[type["Subscription"], tuple[str, str, str, str]]:
        # Fifty thousand of them cross processes: five times as fast as field by field.
        return Subscription, (self.url, self.title, self.site_url, self.folder)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an OPML file."""

    added: int
    known: int
    refused: tuple[tuple[str, str], ...] = ()
    """Address and reason of each row that was not taken."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A snapshot of what a query found: its order stays while the reader reads.

    Ids are many (eight bytes each), articles few: those near the cursor, and all that
    were marked since. A refresh makes a new listing; it never changes this one.
    """

    ids: "array[int]" = field(default_factory=lambda: array("q"))
    articles: Mapping[int, Article] = field(default_factory=dict)

    def with_articles(self, articles: Iterable[Article]) -> "Listing":
        """Give the same ids with these articles known anew."""
        fresh = {article.id: article for article in articles}
        return Listing(self.ids, {**self.articles, **fresh})


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first screen shows."""

    feeds: tuple[Feed, ...]
    counts: Counts
    tags: tuple[Tag, ...]
    listing: Listing
    """The first stories only, where there are more than one screen could show."""
    document: Document | None
    """The body of the first story; ``None`` if there is no story."""


@dataclass(frozen=True, slots=True)
class Condition:
    """In what state the database was found."""

    set_aside: Path | None = None
    """Where a damaged one was put, and a new one begun; ``None`` if it was whole."""
    saved: str = ""
    """What came back from the damaged one, in words; ``""`` if nothing did."""
    read_only: bool = False
    """It can be read, but neither news nor marks can be stored."""

    @property
    def told(self) -> str:
        """What the reader must know, ``""`` if all is well."""
        if self.set_aside is None:
            return ""
        saved = f"saved from it: {self.saved}" if self.saved else "nothing could be saved"
        return (
            f"the database was damaged; it lies at {self.set_aside}, and a new one was "
            f"begun; {saved}"
        )


def how_many(stories: int) -> str:
    """Give a number of stories in words: ``1 story``, ``1,234 stories``."""
    return "1 story" if stories == 1 else f"{stories:,} stories"
