"""How often a feed wants to be asked, as it says itself (RSS 2.0; RSS 1.0 syndication)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from autotui.ingest import vocabulary
from autotui.ingest.vocabulary import Element
from autotui.model import Pace

_MAX_DIGITS: Final = 6
_DAY: Final = 24
_PERIODS: Final = {
    # Minutes.
    "hourly": 60,
    "daily": 1_440,
    "weekly": 10_080,
    "monthly": 43_200,
    "yearly": 525_600,
}
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read(fields: Mapping[str, Sequence[Element]]) -> Pace:
    """Give the pace that the fields of a channel tell."""
    hours = _inside(fields, "skiphours", "hour")
    days = _inside(fields, "skipdays", "day")
    return pace(
        ttl=_word(fields, "ttl"),
        period=_word(fields, "sy:updateperiod"),
        frequency=_word(fields, "sy:updatefrequency"),
        hours=hours,
        days=days,
    )


def pace(
    *,
    ttl: str = "",
    period: str = "",
    frequency: str = "",
    hours: Iterable[str] = (),
    days: Iterable[str] = (),
) -> Pace:
    """Give a pace from words as a feed has them; what makes no sense is left out."""
    minutes = _number(ttl)
    if not minutes and (span := _PERIODS.get(period.strip().lower())):
        minutes = max(1, span // (_number(frequency) or 1))
    # Hour 24 is the first one, as early feeds write it.
    skipped = {int(each) % _DAY for each in map(str.strip, hours) if _is_hour(each)}
    closed = {each.strip().lower()[:3] for each in days}
    return Pace(
        minutes=minutes,
        skip_hours=tuple(sorted(skipped)),
        skip_days=tuple(at for at, day in enumerate(_DAYS) if day in closed),
    )


def _is_hour(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,2}", text) is not None and int(text) <= _DAY


def _number(text: str) -> int:
    digits = text.strip()
    known = digits.isascii() and digits.isdigit() and len(digits) <= _MAX_DIGITS
    return int(digits) if known else 0


def _word(fields: Mapping[str, Sequence[Element]], name: str) -> str:
    return next((vocabulary.text(each) for each in fields.get(name, ())), "")


def _inside(fields: Mapping[str, Sequence[Element]], outer: str, inner: str) -> list[str]:
    """Give the texts of a list of elements in an element."""
    return [
        vocabulary.text(each)
        for holder in fields.get(outer, ())
        for each in holder
        if vocabulary.name(each) == inner
    ]
