"""How the feeds do: what is known of each, in words, and in which order to look at it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from autotui import clean
from autotui.model import Feed

STORIES: Final = 100
"""Of so many of a feed's newest stories is told how many were opened and tagged."""
WEEKS: Final = 8
"""Over how long stories are counted; and a feed that is silent for longer is told."""
Order = Literal[
    "worst", "feed", "asked", "newest", "week", "silent", "read", "tagged", "trouble"
]


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A feed, and what came of it."""

    feed: Feed
    newest_at: datetime | None = None
    """When its newest story was published; ``None`` if it has none."""
    weekly: float = 0.0
    """Stories a week, in the last WEEKS or since its first one."""
    stories: int = 0
    """Of how many ``opened`` and ``tagged`` tell: STORIES, or all there are."""
    opened: int = 0
    tagged: int = 0

    def silence(self, now: datetime) -> timedelta | None:
        """Give how long it has had no new story; ``None`` if it never had one."""
        return None if self.newest_at is None else max(now - self.newest_at, timedelta())

    @property
    def opened_share(self) -> float | None:
        """How much of it is read, from 0 to 1; ``None`` without stories."""
        return self.opened / self.stories if self.stories else None

    @property
    def tagged_share(self) -> float | None:
        """How much of it carries a tag, from 0 to 1; ``None`` without stories."""
        return self.tagged / self.stories if self.stories else None

    @property
    def trouble(self) -> str:
        """What is wrong with it, in words; ``""`` if it is well."""
        feed = self.feed
        if feed.error:
            times = f"{feed.failures} times in a row: " if feed.failures > 1 else ""
            return f"{times}{feed.error}"
        if feed.moved_to:
            return f"moved to {clean.public(feed.moved_to)}"
        return "never asked" if feed.checked_at is None else ""


def ordered(
    feeds: Iterable[FeedHealth], by: Order, now: datetime, *, back: bool = False
) -> tuple[FeedHealth, ...]:
    """Sort; numbers and times the largest, oldest or worst first, ``back`` the other way.

    What is not known comes last either way; equals are sorted by title.
    """
    titled = sorted(feeds, key=lambda each: each.feed.title.casefold())
    key = _KEYS[by]
    known = [(value, each) for each in titled if (value := key(each, now)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=back)
    rest = (each for each in titled if key(each, now) is None)
    return (*(each for _, each in known), *rest)


_Value = tuple[float | str, ...]


def _badness(health: FeedHealth, now: datetime) -> _Value:
    """Give failures, then moves, then silence, then what nobody reads."""
    feed, silence = health.feed, health.silence(now)
    if feed.error:
        return 0, -feed.failures
    if feed.moved_to:
        return 1, 0
    if feed.checked_at is not None and silence is None:
        return 2, float("-inf")
    if silence is not None and silence > timedelta(weeks=WEEKS):
        return 2, -silence.total_seconds()
    share = health.opened_share
    return 3, 2.0 if share is None else share


def _minus(value: float | None) -> _Value | None:
    return None if value is None else (-value,)


def _silent(health: FeedHealth, now: datetime) -> float | None:
    silence = health.silence(now)
    return None if silence is None else silence.total_seconds()


def _seconds(at: datetime | None) -> _Value | None:
    return None if at is None else (at.timestamp(),)


_KEYS: Final[dict[Order, Callable[[FeedHealth, datetime], _Value | None]]] = {
    "worst": _badness,
    "feed": lambda each, _: (each.feed.title.casefold(),),
    "asked": lambda each, _: _seconds(each.feed.succeeded_at),
    "newest": lambda each, _: _seconds(each.newest_at),
    "week": lambda each, _: _minus(each.weekly),
    "silent": lambda each, now: _minus(_silent(each, now)),
    "read": lambda each, _: _minus(each.opened_share),
    "tagged": lambda each, _: _minus(each.tagged_share),
    "trouble": lambda each, _: (each.trouble,) if each.trouble else None,
}
