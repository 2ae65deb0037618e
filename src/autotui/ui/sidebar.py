"""The rows of the feed list: smart views, folders with their feeds, the reader's tags.

Pure: feeds and numbers in, rows out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from autotui.model import EV_DRIVETRAIN, Counts, Feed
from autotui.query import SavedQuery, quoted
from autotui.tags import Tag
from autotui.ui import hues

RowKind = Literal["smart", "query", "folder", "feed", "tag", "heading"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the feed list."""

    kind: RowKind
    label: str
    query: str
    """The stories behind the row, in the query language; ``""`` is all."""
    count: int = 0
    """Unread stories; of Starred and the smart rows below it all of them."""
    depth: int = 0
    feed_id: int = 0
    error: str | None = None
    muted: bool = False
    saved_id: int = 0
    hue: str = ""
    """The style of a tag's colour."""
    slow: bool = False
    """Counting takes too long: ``count`` is not known."""

    @property
    def identity(self) -> tuple[str, str, int]:
        """What stays the same when numbers change: the cursor holds on to it."""
        return self.kind, self.query, self.feed_id or self.saved_id


ALL: Final = Row("smart", "All", "")
SUGGESTED: Final = "is:suggested"
"""The query for stories that wait for a verdict on their tag."""


def rows(
    feeds: Iterable[Feed],
    counts: Counts,
    tags: Iterable[Tag],
    saved: Iterable[SavedQuery] = (),
    at_hand: Row = ALL,
) -> tuple[Row, ...]:
    """Give the rows, top to bottom: folders before loose feeds, both by name.

    A tag that is ``at_hand`` stays when no story carries it any more: else its stories
    would leave the list under the cursor.
    """
    used = {tag.name: tag for tag in tags}
    if at_hand.kind == "tag" and at_hand.label not in used:
        used[at_hand.label] = Tag(at_hand.label)
    ordered = sorted(used.values(), key=lambda tag: tag.name)
    return (*_smart(counts), *_saved(saved), *_feeds(feeds), *_tags(ordered))


def _smart(counts: Counts) -> Iterator[Row]:
    yield Row("smart", "All", "", counts.unread)
    yield Row("smart", "Unread", "is:unread", counts.unread)
    yield Row("smart", "Starred", "is:starred", counts.starred)
    yield Row("smart", "Read later", "is:later", counts.later)
    yield Row("smart", "EV drivetrains", f"tag:{EV_DRIVETRAIN}", counts.drivetrain)
    yield Row("smart", "Suggested", SUGGESTED, counts.suggested)


def _saved(saved: Iterable[SavedQuery]) -> Iterator[Row]:
    known = tuple(saved)
    if known:
        yield Row("heading", "Queries", "")
    for each in known:
        yield Row(
            "query",
            each.name,
            each.text,
            each.unread or 0,
            error=each.error,
            saved_id=each.id,
            slow=each.unread is None,
        )


def _feeds(feeds: Iterable[Feed]) -> Iterator[Row]:
    ordered = sorted(
        feeds,
        key=lambda feed: (not feed.folder, feed.folder.lower(), feed.title.lower()),
    )
    if ordered:
        yield Row("heading", "Feeds", "")
    for folder, group in groupby(ordered, key=lambda feed: feed.folder):
        inside = tuple(group)
        if folder:
            unread = sum(feed.unread for feed in inside if not feed.muted)
            yield Row("folder", folder, f"folder:{quoted(folder)}", unread)
        for feed in inside:
            yield Row(
                "feed",
                feed.title,
                f"feed:{feed.id}",
                0 if feed.muted else feed.unread,
                depth=1 if folder else 0,
                feed_id=feed.id,
                error=feed.error,
                muted=feed.muted,
            )


def _tags(tags: Iterable[Tag]) -> Iterator[Row]:
    known = tuple(tags)
    if known:
        yield Row("heading", "Tags", "")
    colours = hues.of(known)
    for tag in known:
        found, hue = f"tag:{quoted(tag.name)}", hues.style(tag.name, colours)
        yield Row("tag", tag.name, found, tag.total, depth=tag.depth, hue=hue)
