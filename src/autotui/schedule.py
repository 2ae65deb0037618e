"""When a feed is next asked: pure decisions, no clock and no state of their own."""

from datetime import datetime, timedelta
from typing import Final

MAX_WAIT: Final = timedelta(days=1)
"""No server and no row of failures keeps a feed unasked for longer."""


def after_success(now: datetime, minutes: int) -> datetime:
    """Give when a feed that answered is due again."""
    return now + timedelta(minutes=minutes)


def after_failure(
    now: datetime, minutes: int, failures: int, retry_after: float | None
) -> datetime:
    """Give when a feed that failed ``failures`` times in a row is due again.

    The wait doubles with each failure (exponential back-off), and is at least what the
    server asked for in ``Retry-After`` (RFC 9110, 10.2.3; seconds).
    """
    doubled = timedelta(minutes=minutes << min(max(failures - 1, 0), 16))
    asked = timedelta(seconds=min(retry_after or 0.0, MAX_WAIT.total_seconds()))
    return now + min(max(doubled, asked), MAX_WAIT)
