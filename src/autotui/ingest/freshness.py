"""How long a server wants to be left alone, as its headers say; every span is clamped.

A date in the year 9999 or a ``max-age`` of 10^12 seconds is a day here.
"""

import email.utils
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

MAX_SECONDS: Final = 86_400


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Give the seconds that ``Retry-After`` asks for (RFC 9110, 10.2.3), if it does."""
    asked = headers.get("retry-after", "").strip()
    seconds = _digits(asked)
    if seconds is None:
        return _until(asked, _date(headers) or now)
    return _clamped(seconds)


def fresh_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """Give for how long an answer stays fresh (RFC 9111, 4.2); ``None`` if it tells none.

    ``max-age`` comes before ``Expires``; what the answer spent in caches on its way
    (``Age``) is over. ``s-maxage`` is for caches that many share, and not for us.
    """
    told = headers.get("cache-control", "")[:2_000].lower()
    directives = [each.partition("=") for each in told.split(",")]
    stated = {name.strip(): value.strip(' "') for name, _, value in directives}
    if {"no-cache", "no-store"} & stated.keys():
        return 0.0
    lifetime = _digits(stated.get("max-age", ""))
    if lifetime is not None:
        return _clamped(lifetime - (_digits(headers.get("age", "").strip()) or 0.0))
    expires = headers.get("expires")
    if expires is None:
        return None
    # "0" and other words that are no date mean: in the past already (RFC 9111, 5.3).
    return _until(expires, _date(headers) or now) or 0.0


def _digits(text: str) -> float | None:
    """Read a count of seconds; ``None`` if it is no such count."""
    # Fifteen digits are for ever, and no digits are too many for int().
    return float(text[:15]) if text.isascii() and text.isdigit() else None


def _until(text: str, now: datetime) -> float | None:
    when = _moment(text)
    if when is None:
        return None
    return _clamped((when - now).total_seconds())


def _clamped(seconds: float) -> float:
    return min(max(seconds, 0.0), float(MAX_SECONDS))


def _date(headers: Mapping[str, str]) -> datetime | None:
    """Give the server's own clock, by which its dates are meant."""
    return _moment(headers.get("date", ""))


def _moment(text: str) -> datetime | None:
    """Read a date of HTTP; ``None`` if it is none."""
    try:
        when = email.utils.parsedate_to_datetime(text[:100])
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
