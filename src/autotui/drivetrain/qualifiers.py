"""Finds what a story says of a figure: net, WLTP, peak, "up to"; words in ``facts.toml``.

A qualifier stands close to its figure, on the same side of the next comma or "and".
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from autotui.drivetrain.figures import Figure
from autotui.drivetrain.glossary import pattern, table

_WINDOW: Final = 40
"""How far from a figure what qualifies it may be, in characters."""
BREAK: Final = re.compile(
    r"[,;:)]|\. |\b(?:and|und|et|y|e|but|aber|mais|pero|ma|while|or|oder|ou|o)\b"
)
"""What parts a figure from words that are about something else."""
_FULL: Final = 50
"""A share of less than this is no state of charge to charge to."""
_ARTICLES: Final = frozenset(["a", "an", "the", "los", "les", "i", "zu", "de"])
_CYCLES: Final = "range"
"""A test cycle may be told far away from the range it is of."""


class Place(NamedTuple):
    """A figure among the others of its sentence; places in the story."""

    start: int
    end: int
    left: int
    """Where its sentence begins; ``right``: where it ends."""
    right: int
    before: int
    """Where the figure before it ends, or the sentence begins."""
    after: int
    """Where the figure behind it begins, or the sentence ends."""


class _Words(NamedTuple):
    around: re.Pattern[str] | None
    names: tuple[str, ...]


def of(kind: str, plain: str, place: Place, shares: Sequence[Figure]) -> str:
    """Give what qualifies a fact of this kind, or ``""``.

    ``plain`` is the story in lower case with spaces for hyphens, ``shares`` the
    percentages in it. Of a charging time they come first: ``10-80 %``.
    """
    if kind == "charge_time" and (share := _share(place, shares)):
        return share
    words = _words(kind)
    if words.around and (name := _around(words, plain, place, cycles=kind == _CYCLES)):
        return name
    return _ahead(plain[max(place.before, place.start - _WINDOW) : place.start])


def _ahead(near: str) -> str:
    """Give what the words right before the figure say, the longest phrase first."""
    words = near.split()
    known = _before()
    for start in range(-4, 0):
        if name := known.get(" ".join(words[start:])):
            return name
    if words and words[-1] in _ARTICLES:
        # "more than a 100", but "from a 77 kWh battery" says nothing of the figure.
        return _ahead(" ".join(words[:-1])).replace("from", "")
    return ""


def _around(words: _Words, plain: str, place: Place, *, cycles: bool) -> str:
    """Look behind the figure, before it, and for a test cycle in all the sentence."""
    assert words.around is not None
    behind = plain[place.end : min(place.after, place.end + _WINDOW)]
    stop = BREAK.search(behind, 1 if behind.startswith(")") else 0)
    if found := words.around.search(behind, 0, stop.start() if stop else len(behind)):
        return _name(words, found)
    ahead = plain[max(place.before, place.start - _WINDOW) : place.start]
    stops = [each.end() for each in BREAK.finditer(ahead)]
    candidates = list(words.around.finditer(ahead, stops[-1] if stops else 0))
    if not candidates and cycles:
        candidates = list(words.around.finditer(plain, place.left, place.right))
        candidates.sort(key=lambda found: -abs(found.start() - place.start))
    return _name(words, candidates[-1]) if candidates else ""


def _share(place: Place, shares: Sequence[Figure]) -> str:
    """Give the state of charge that is told nearest in the sentence."""
    inside = [
        each
        for each in shares
        if place.left <= each.start < place.right and each.readings[0].value >= _FULL
    ]
    if not inside:
        return ""
    # A span such as 10-80 % says more than a single share, wherever it stands.
    best = min(inside, key=lambda each: (each.low is None, abs(each.start - place.start)))
    low = "" if best.low is None else f"{best.low:g}-"
    return f"{low}{best.readings[0].value:g} %"


def _name(words: _Words, found: re.Match[str]) -> str:
    return words.names[int((found.lastgroup or "q0")[1:])]


@cache
def _words(kind: str) -> _Words:
    """Make the words for one kind of fact ready."""
    rows = table()["qualifier"]
    own = {
        number: pattern(row["words"])
        for number, row in enumerate(rows)
        if kind in row.get("kinds", ())
    }
    around = "|".join(f"(?P<q{number}>{words})" for number, words in own.items())
    return _Words(
        re.compile(rf"(?<!\w)(?:{around})(?!\w)") if own else None,
        tuple(row["name"] for row in rows),
    )


@cache
def _before() -> Mapping[str, str]:
    """Give the qualifiers that end right before a figure, by their words."""
    return {
        word: row["name"]
        for row in table()["qualifier"]
        if row.get("place") == "before"
        for word in row["words"]
    }
