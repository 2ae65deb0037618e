"""Times in the database: whole seconds since 1970 in UTC."""

from datetime import UTC, datetime


def stored(moment: datetime) -> int:
    """Give a time as it is stored."""
    return int(moment.timestamp())


def maybe(moment: datetime | None) -> int | None:
    """Give a time that may be missing as it is stored."""
    return None if moment is None else stored(moment)


def read(seconds: int) -> datetime:
    """Give a stored time back."""
    return datetime.fromtimestamp(seconds, UTC)


def maybe_read(seconds: int | None) -> datetime | None:
    """Give a stored time back that may be missing."""
    return None if seconds is None else read(seconds)
