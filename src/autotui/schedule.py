"""When a feed is next asked: pure decisions, no clock and no state of their own.

Every moment is in UTC, as all of autotui's are.
"""

import zlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from heapq import nlargest
from typing import Final

from autotui.model import Pace

MAX_WAIT: Final = timedelta(days=1)
"""No server and no row of failures keeps a feed unasked for longer."""
MAX_RHYTHM: Final = timedelta(hours=12)
"""How seldom a feed is asked because it seldom has news."""
STORIES: Final = 10
"""How many of its newest stories tell how often a feed publishes."""
UNREACHED_MINUTES: Final = 1

_SHARE: Final = 12
"""How often a feed is asked for each story it publishes."""
_JITTER: Final = 0.25
_HOUR: Final = timedelta(hours=1)
_NO_PACE: Final = Pace()
_END: Final = datetime.max.replace(tzinfo=UTC)


def after_success(
    now: datetime,
    minutes: int,
    *,
    pace: Pace = _NO_PACE,
    fresh_seconds: float = 0.0,
    gap: timedelta | None = None,
) -> datetime:
    """Give when a feed that answered is due again.

    After the reader's ``minutes``, which all else can only lengthen: the feed's rhythm
    (``gap``), its ``ttl`` (RSS 2.0), and how long the server says that its answer stays
    fresh (RFC 9111, 4.2). Not in the hours and on the days at which the feed does not
    change (RSS 2.0, ``skipHours`` and ``skipDays``). Never later than in a day, unless
    the reader's own interval is longer.
    """
    own = timedelta(minutes=minutes)
    wait = max(
        own,
        _rhythm(gap),
        timedelta(minutes=_within(pace.minutes, MAX_WAIT / timedelta(minutes=1))),
        timedelta(seconds=_within(fresh_seconds, MAX_WAIT.total_seconds())),
    )
    return _add(now, max(own, min(_skipping(now, wait, pace), MAX_WAIT)))


def after_failure(
    now: datetime,
    minutes: int,
    failures: int,
    retry_after: float | None,
    *,
    reached: bool,
    feed_id: int = 0,
) -> datetime:
    """Give when a feed that failed ``failures`` times in a row is due again.

    The wait doubles with each failure (exponential back-off), and is at least what the
    server asked for in ``Retry-After`` (RFC 9110, 10.2.3; seconds). It begins with the
    feed's interval, or with a minute where its server was not ``reached``: that the
    reader's own network is down is no fault of the feed's, and soon over. Up to a quarter
    is added, other for each feed, so that those that failed together do not come back
    together.
    """
    first = minutes if reached else min(UNREACHED_MINUTES, minutes)
    count = min(max(failures, 1), 17)
    doubled = timedelta(minutes=first << count - 1)
    jitter = zlib.crc32(f"{feed_id} {count}".encode()) / 2**32 * _JITTER
    asked = timedelta(seconds=_within(retry_after or 0.0, MAX_WAIT.total_seconds()))
    return _add(now, min(max(doubled * (1 + jitter), asked), MAX_WAIT))


def gap(dates: Iterable[datetime], now: datetime) -> timedelta | None:
    """Give the mean time between a feed's newest stories; ``None`` if it has none.

    The time since the newest one counts too: a feed that fell silent is slow by now.
    """
    newest = nlargest(STORIES, (date for date in dates if date <= now))
    return (now - newest[-1]) / len(newest) if newest else None


def _rhythm(gap: timedelta | None) -> timedelta:
    """Give how often a feed wants asking that publishes every ``gap``."""
    return min(gap / _SHARE, MAX_RHYTHM) if gap else timedelta()


def _skipping(now: datetime, wait: timedelta, pace: Pace) -> timedelta:
    """Lengthen a wait to the end of the hours and days in which nothing changes."""
    if {*range(24)} <= {*pace.skip_hours} or {*range(7)} <= {*pace.skip_days}:
        # A feed that by its own word never changes is asked all the same.
        return wait
    due = _add(now, min(wait, MAX_WAIT))
    while due - now < MAX_WAIT and _skipped(due, pace):
        due = _add(due.replace(minute=0, second=0, microsecond=0), _HOUR)
    return max(wait, due - now)


def _skipped(moment: datetime, pace: Pace) -> bool:
    return moment.hour in pace.skip_hours or moment.weekday() in pace.skip_days


def _within(value: float, most: float) -> float:
    """Clamp to 0 and ``most``; what is no number is 0."""
    return min(value, most) if value > 0 else 0.0


def _add(moment: datetime, wait: timedelta) -> datetime:
    """Add, but not beyond the end of the calendar."""
    return moment + min(wait, _END - moment)
