"""The fields of the query language, and what values each can have."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from autotui.errors import QueryError, hint

MARKS: Final = (
    *("unread", "read", "starred", "later", "tagged", "suggested", "rejected", "full"),
)
FIGURES: Final = {
    "kwh": "battery_capacity",
    "kw": "power",
    "volt": "voltage",
    "nm": "torque",
    "km": "range",
}
"""Fields for a story's figures, and the kind of fact that each asks for."""
FOUND: Final = ("name", "score", *FIGURES)
"""Fields for what is found in a text, where it was judged."""
NUMBERS: Final = ("words", "score", *FIGURES)
"""Fields that compare."""
FIELDS: Final = (
    *("is", "tag", "feed", "folder", "author", "site", "title", "line", "lang", "name"),
    *("since", "before", "on", "sort", "id", *NUMBERS),
)
MAX_DIGITS: Final = 18


def check(field: str, test: str, value: str, at: int) -> None:
    """Raise QueryError for a field there is not, or a value it cannot have."""
    if field not in FIELDS:
        raise _unknown("field", field, FIELDS, at)
    if not value:
        raise QueryError(f"'{field}' has no value at {at + 1}", at)
    if (test == ":" and field in {"words", "score"}) or (
        test != ":" and field not in NUMBERS
    ):
        wanted = f"{field}>{_EXAMPLES[field]}" if field in NUMBERS else f"{field}:value"
        raise QueryError(f"write {wanted} at {at + 1}", at)
    if (shape := _SHAPES.get(field)) and not shape[0](value):
        raise QueryError(f"'{field}' at {at + 1} wants {shape[1]}, not {value!r}", at)
    if field == "is" and value not in MARKS:
        raise _unknown("mark", value, MARKS, at)


def is_number(value: str) -> bool:
    """Whether it is a whole number that SQLite can hold."""
    return value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS


def _is_figure(value: str) -> bool:
    return bool(re.fullmatch(r"\d{1,9}(?:\.\d{1,4})?", value, re.ASCII))


def _is_day(value: str) -> bool:
    if value in {"today", "yesterday"}:
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_moment(value: str) -> bool:
    return bool(re.fullmatch(r"\d{1,5}[hdwmy]", value)) or _is_day(value)


_EXAMPLES: Final = {"words": "800", "score": "0.8"}
_ORDERS: Final = ("newest", "oldest", "relevance")
_MOMENT: Final = (_is_moment, "a span such as 7d or a day such as 2019-06-05")
_SHAPES: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "words": (is_number, "a number"),
    "id": (is_number, "a number"),
    "since": _MOMENT,
    "before": _MOMENT,
    "on": (_is_day, "a day such as today or 2019-06-05"),
    "sort": (lambda value: value in _ORDERS, "newest, oldest or relevance"),
    **dict.fromkeys(("score", *FIGURES), (_is_figure, "a number such as 77.4")),
}


def _unknown(what: str, name: str, known: tuple[str, ...], at: int) -> QueryError:
    near = hint(name, known)
    return QueryError(f"there is no {what} '{name}' (at {at + 1}); {near}", at)
