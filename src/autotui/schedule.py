"""When a feed is next asked: pure decisions, no clock and no state of their own."""

from datetime import datetime, timedelta
from typing import Final

MAX_WAIT: Final = timedelta(days=1)
"""No server and no row of failures keeps a feed unasked for longer."""

UNREACHED_MINUTES: Final = 1


def after_success(now: datetime, minutes: int) -> datetime:
    """Give when a feed that answered is due again."""
    return now + timedelta(minutes=minutes)


def after_failure(
    now: datetime, minutes: int, failures: int, retry_after: float | None, *, reached: bool
) -> datetime:
    """Give when a feed that failed ``failures`` times in a row is due again.

    The wait doubles with each failure (exponential back-off), and is at least what the
    server asked for in ``Retry-After`` (RFC 9110, 10.2.3; seconds). It begins with the
    feed's interval, or with a minute where no server was ``reached``: that the reader's
    own network is down is no fault of the feed's, and soon over.
    """
    first = minutes if reached else min(UNREACHED_MINUTES, minutes)
    doubled = timedelta(minutes=first << min(max(failures - 1, 0), 16))
    asked = timedelta(seconds=min(retry_after or 0.0, MAX_WAIT.total_seconds()))
    return now + min(max(doubled, asked), MAX_WAIT)
