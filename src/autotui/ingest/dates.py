"""Text to time: the one reader of dates for every format of feed.

Every regular expression runs on a hundred characters at most, whatever a feed sends.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Final

from autotui.ingest import calendars

_MAX: Final = 100
_MOST_HOURS: Final = 24
_MOST_MINUTES: Final = 59
_MOST_SECONDS: Final = 61
"""Leap seconds are 60."""
_MOST_OFFSET: Final = 24 * 60
_HALF_DAY: Final = 12
_KOREA: Final = 9 * 60

_DIGITS: Final = re.compile(r"[0-9]+(?:\.0*)?")
_EPOCHS: Final = {9: 1, 10: 1, 13: 1_000, 16: 1_000_000}
"""Digits of a count since 1970, and what makes seconds of it."""
_YEAR_DAY: Final = re.compile(r"(\d{4}|\d\d)-?(\d{3})(?![\d-])")
_WEEK: Final = re.compile(r"(\d{4})-?w(\d\d)(?:-?([1-7]))?(?!\d)")
_WHOLE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?=\d{4}(?!\d)|\d{6}(?!\d)|\D|\Z)")
_LATIN: Final = re.compile(r"(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)\.?")
_MONTH: Final = re.compile(r"(\d{4})-?(\d\d)(?![\d:-])")
_YEAR: Final = re.compile(r"(\d{4})\Z")
_SHORT: Final = re.compile(r"(\d\d)-?(\d\d)-?(\d\d)(?![\d:.])")
_DOTTED: Final = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d\d)(?!\d)")
_EAST: Final = re.compile(r"(\d{4})\s?[년年]\s?(\d{1,2})\s?[월月]\s?(\d{1,2})\s?[일日]?")
_CLOCK: Final = re.compile(
    r"(?<!\d)(\d{1,2})[:h](\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9})\d*)?)?(?!\d)"
)
_DENSE: Final = re.compile(r"[t ]?(\d\d)(\d\d)(\d\d)?(?:[.,](\d{1,9}))?(?!\d)")
_HOUR: Final = re.compile(r"t(\d\d)(?![\d:])")
_HALVES: Final = re.compile(r"\b([ap])\.?m\b|(오전|上午|午前)|(오후|下午|午後)")
_OFFSET: Final = re.compile(
    r"\s*(?:gmt|utc?|z)?\s*([+\u2212-])\s?(\d{1,2})(?::?(\d\d))?(?![\d:])"
)
_ZONE: Final = re.compile(r"\s*\(?([a-z]{1,5})\b")
_HANGUL: Final = re.compile("[\uac00-\ud7af]")
_WORDS: Final = re.compile(r"[^\W\d_]+")
_NUMBERS: Final = re.compile(r"\d+")

_NAMES: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_ENGLISH: Final = {name: at for at, name in enumerate(_NAMES.split(), start=1)}
_EXACT: Final = r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)"
_RFC: Final = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ({'|'.join(_ENGLISH)}) (\d{{4}}) "
    rf"{_EXACT} (?:GMT|Z|([+-][01]\d[0-5]\d))",
    re.ASCII,
)
_ISO: Final = re.compile(rf"\d{{4}}-\d\d-\d\dT{_EXACT}(?:Z|[+-][01]\d:[0-5]\d)", re.ASCII)


def read(text: str) -> datetime | None:
    """Give the time in UTC, ``None`` if there is none or no calendar has it.

    A time without a zone is in UTC; a day without a time begins at midnight.
    """
    # Nearly all dates have one of two forms, which are read ten times as fast.
    return _usual(text) or _thorough(text)


def _thorough(text: str) -> datetime | None:
    """Read a date in any form that has been met."""
    folded = unicodedata.normalize("NFKC", text.strip()[:_MAX]).casefold()
    folded = " ".join(folded.split())
    if not folded:
        return None
    try:
        if _DIGITS.fullmatch(folded):
            counted = _counted(folded.partition(".")[0])
            if counted is not None:
                return counted
        found = _numeric(folded) or _named(folded)
        if found is None:
            return None
        day, rest = found
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        clock = _clock(rest, folded)
        return None if clock is None else midnight + clock
    except (ValueError, OverflowError):
        return None


def _usual(text: str) -> datetime | None:
    """Read what RFC 822 and RFC 3339 want, ``None`` for all else."""
    try:
        if match := _RFC.fullmatch(text):
            day, name, year, hour, minute, second, ahead = match.groups()
            date_ = int(year), _ENGLISH[name], int(day)
            when = datetime(*date_, int(hour), int(minute), int(second), tzinfo=UTC)
            if ahead is None or ahead[1:] == "0000":
                return when
            return when - timedelta(hours=int(ahead[:3]), minutes=int(ahead[0] + ahead[3:]))
        if _ISO.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return None


def _counted(digits: str) -> datetime | None:
    """Read a count of seconds (or their parts) since 1970."""
    if parts := _EPOCHS.get(len(digits)):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(digits) / parts)
    return None


def _numeric(text: str) -> tuple[date, str] | None:
    """Read a date that is all digits; give it and what follows."""
    text = re.sub(r"^[^\W\d_]+\.?,? (?=\d{4}[-/.])", "", text)
    for pattern in (_EAST, _LATIN):
        if found := pattern.match(text):
            year, month, day = found[1], found[found.re.groups - 1], found[found.re.groups]
            return date(int(year), int(month), int(day)), text[found.end() :]
    if found := _WEEK.match(text):
        weekday = int(found[3] or 1)
        day_of_week = date.fromisocalendar(int(found[1]), int(found[2]), weekday)
        return day_of_week, text[found.end() :]
    if found := _WHOLE.match(text):
        return date(*map(int, found.groups())), text[found.end() :]
    if found := _YEAR_DAY.match(text):
        first = date(_year(found[1]), 1, 1)
        day_of_year = first + timedelta(days=int(found[2]) - 1)
        if day_of_year.year != first.year:
            raise ValueError
        return day_of_year, text[found.end() :]
    if (found := _MONTH.match(text)) and 0 < int(found[2]) <= _HALF_DAY:
        return date(int(found[1]), int(found[2]), 1), text[found.end() :]
    if found := _YEAR.match(text):
        return date(int(found[1]), 1, 1), ""
    return _short(text)


def _short(text: str) -> tuple[date, str] | None:
    """Read a date whose year stands last, or has two digits."""
    if found := _DOTTED.search(text):
        one, mark, other, year = found.groups()
        first, second = int(one), int(other)
        american = mark == "/" and first <= _HALF_DAY
        if mark == "-" and len(year) < 4:  # noqa: PLR2004 - digits of a whole year
            return date(_year(one), second, int(year)), text[found.end() :]
        month, day = (first, second) if american else (second, first)
        return date(_year(year), month, day), text[found.end() :]
    if found := _SHORT.match(text):
        year, month_, day_ = found.groups()
        return date(_year(year), int(month_), int(day_)), text[found.end() :]
    return None


def _named(text: str) -> tuple[date, str] | None:
    """Read a date whose month is a word, in any order."""
    months = [(at, month) for at in _WORDS.finditer(text) if (month := _month(at[0]))]
    if not months:
        return None
    # The last one: "mar" is Tuesday in French, and March.
    month = months[-1][1]
    clock = _CLOCK.search(text)
    start, end = clock.span() if clock else (len(text), len(text))
    offset = _OFFSET.match(text, end) if clock else None
    after = text[offset.end() if offset else end :]
    numbers = _NUMBERS.findall(f"{text[:start]} {after}")
    whole = next((each for each in numbers if len(each) == 4), "")  # noqa: PLR2004 - digits of a whole year
    if whole:
        numbers.remove(whole)
    if not numbers:
        return (date(int(whole), month, 1), "") if whole else None
    day = numbers.pop(0)
    if not whole and not numbers:
        return None
    year = int(whole) if whole else _year(numbers[0])
    return date(year, month, int(day)), text[start:]


def _month(word: str) -> int:
    """Give a month's number by its name in some language, 0 if it is none."""
    plain = "".join(
        each
        for each in unicodedata.normalize("NFKD", word)
        if not unicodedata.combining(each)
    )
    if plain in calendars.WEEKDAYS:
        return 0
    for length in range(min(len(plain), 6), 2, -1):
        if month := calendars.MONTHS.get(plain[:length]):
            return month
    return 0


def _year(digits: str) -> int:
    """Read a year; one of two digits is within 1950 to 2049 (RFC 5322, 4.3)."""
    year = int(digits)
    if len(digits) == 2:  # noqa: PLR2004 - digits of a short year
        return year + (2000 if year < 50 else 1900)  # noqa: PLR2004 - as the RFC says
    return year + 1900 if len(digits) == 3 else year  # noqa: PLR2004 - years since 1900


def _clock(rest: str, text: str) -> timedelta | None:
    """Read the time of day in UTC out of what follows a date."""
    found = _CLOCK.search(rest) or _DENSE.match(rest) or _HOUR.match(rest)
    if not found:
        return timedelta(minutes=-_zone(rest, text))
    parts = (*found.groups(), None, None, None)[:4]
    hour, minute, second = (int(each or 0) for each in parts[:3])
    if half := _HALVES.search(rest):
        afternoon = half[1] == "p" or bool(half[3])
        hour = hour % _HALF_DAY + (_HALF_DAY if afternoon else 0)
    minutes = hour * 60 + minute
    if minutes > _MOST_HOURS * 60 or minute > _MOST_MINUTES or second > _MOST_SECONDS:
        return None
    after = _HALVES.sub("", rest[found.end() :])
    micro = int((parts[3] or "0")[:6].ljust(6, "0"))
    shift = _zone(after, text)
    return timedelta(minutes=minutes - shift, seconds=second, microseconds=micro)


def _zone(rest: str, text: str) -> int:
    """Give how far a time is ahead of UTC, in minutes."""
    if found := _OFFSET.match(rest):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        if minutes >= _MOST_OFFSET:
            return 0
        return minutes if found[1] == "+" else -minutes
    if found := _ZONE.match(rest):
        return calendars.ZONES.get(found[1], 0)
    # Korean software writes local time, and no zone.
    return _KOREA if _HANGUL.search(text) else 0
