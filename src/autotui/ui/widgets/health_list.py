"""The list of how feeds do: a line each, in columns that can be sorted by."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from textual.message import Message
from textual.reactive import var

from autotui.health import FeedHealth, Order
from autotui.ui import render
from autotui.ui.cells import fit
from autotui.ui.render import Looks
from autotui.ui.safe import stable
from autotui.ui.sheet import Parts
from autotui.ui.widgets.rows import Rows

COLUMNS: Final[tuple[tuple[Order, str, int], ...]] = (
    ("feed", "Feed", 18),
    ("asked", "Asked", 9),
    ("newest", "Newest", 11),
    ("week", "A week", 9),
    ("silent", "Silent", 9),
    ("read", "Read", 7),
    ("tagged", "Tagged", 9),
    ("trouble", "Trouble", 0),
)
"""What is told, as which column and in how many cells; the last one has the rest."""
_WIDE: Final = 96
"""From here on there is room for when the newest story came; and more for titles."""
_WEEKS_AFTER: Final = 100
_YEARS_AFTER: Final = 730


class HealthList(Rows):
    """Shows ``feeds``; the cursor holds on to its feed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--alarm"}

    feeds: var[tuple[FeedHealth, ...]] = var((), init=False)
    now: var[datetime | None] = var(None, init=False)

    @dataclass
    class Highlighted(Message):
        """The cursor came to rest on another feed."""

        health: FeedHealth

    @dataclass
    class Chosen(Message):
        """The reader wants a feed's stories."""

        feed_id: int

    def __init__(self) -> None:
        super().__init__()
        self.wait()

    @property
    def current(self) -> FeedHealth | None:
        """The feed under the cursor."""
        return self.feeds[self.cursor] if self.cursor < len(self.feeds) else None

    @property
    def total(self) -> int:
        """How many feeds there are."""
        return len(self.feeds)

    def parts(self, row: int, width: int) -> Parts:
        """Give a feed's line."""
        return line(self.feeds[row], width, self.now, self.looks)

    def identity(self, row: int) -> Hashable:
        """Give what the cursor holds on to."""
        return self.feeds[row].feed.id

    def highlight(self, row: int) -> None:
        """Tell that the cursor came to rest on a feed."""
        self.post_message(self.Highlighted(self.feeds[row]))

    def choose(self, row: int) -> None:
        """Tell that the reader clicked on the current feed."""
        self.post_message(self.Chosen(self.feeds[row].feed.id))

    def watch_feeds(
        self, before: tuple[FeedHealth, ...], after: tuple[FeedHealth, ...]
    ) -> None:
        """Show the feeds; the cursor stays on its feed, or in its place."""
        self.renewed([each.feed.id for each in before], [each.feed.id for each in after])


def head(width: int, by: Order, looks: Looks, *, back: bool) -> str:
    """Give the names of the columns over the list, each with the key that sorts by it."""
    arrows = ("v", "^") if looks.ascii else ("▾", "▴")
    shown = {
        name: f"{key} {title}{arrows[back] if name == by else ''}"
        for key, (name, title, _) in enumerate(COLUMNS, start=1)
    }
    return "".join(fit(shown[name], room) for name, room in _rooms(width))


def line(health: FeedHealth, width: int, now: datetime | None, looks: Looks) -> Parts:
    """Give a feed's line, ``width`` cells wide."""
    if now is None:
        return ()
    feed = health.feed
    mark = f" {looks.muted}" if feed.muted else ""
    cells: dict[Order, str] = {
        "feed": "",
        "asked": render.age(feed.succeeded_at, now) if feed.succeeded_at else "never",
        "newest": f"{health.newest_at:%Y-%m-%d}" if health.newest_at else "",
        "week": f"{health.weekly:.1f}" if health.stories else "",
        "silent": _span(health, now),
        "read": _share(health.opened_share),
        "tagged": _share(health.tagged_share),
        "trouble": stable(health.trouble),
    }
    parts = []
    for name, room in _rooms(width):
        inside = max(0, room - 1)
        text = cells[name]
        if name == "feed":
            title = fit(stable(feed.title), inside - len(mark), looks.ellipsis)
            text = f"{title}{mark}"
        style = "alarm" if name == "trouble" and feed.error else ""
        parts.append((f"{fit(text, inside, looks.ellipsis)} "[: room + 1], style))
    return tuple(parts)


def _rooms(width: int) -> tuple[tuple[Order, int], ...]:
    """Give the columns that there is room for, and how many cells each has."""
    wide = width >= _WIDE
    fixed = [(name, room) for name, _, room in COLUMNS if name != "newest" or wide]
    left = max(0, width - sum(room for _, room in fixed))
    more = left // 3 if wide else 0
    first, *middle, last = fixed
    return ((first[0], first[1] + more), *middle, (last[0], left - more))


def _span(health: FeedHealth, now: datetime) -> str:
    """Give how long a feed is silent: "today", "3d", then "15w", then "4y"."""
    silence = health.silence(now)
    if silence is None:
        return "always"
    if not silence.days:
        return "today"
    if silence.days >= _YEARS_AFTER:
        return f"{silence.days // 365}y"
    return f"{silence.days // 7}w" if silence.days >= _WEEKS_AFTER else f"{silence.days}d"


def _share(share: float | None) -> str:
    return "" if share is None else render.percent(share)
