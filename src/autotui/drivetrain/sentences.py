"""Makes text alike and cuts it into sentences, by offsets; any text, in one pass.

A sentence ends at a mark that is followed by a space, and at every line break. A full
stop ends none after an abbreviation (``Mio.``), a single letter or the number of a day,
nor before a small letter. Cutting rarely is better than cutting ``ID. 4`` in two.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

MAX_QUOTE: Final = 400
"""The longest sentence that is quoted whole, in characters."""


_END: Final = re.compile(r"[.!?…]{1,4}[\"')\]»”\u2019]{0,3}[ \t\xa0]|\n")
_LONGEST: Final = 8
"""No abbreviation is longer, in characters."""
_OPENING: Final = tuple("\"'(«“„[")
_MONTH: Final = re.compile(
    r"(?:Jan|Feb|März|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Quartal|Generation|Platz)"
)
_SAME: Final = tuple(
    (each, plain)
    for written, plain in (
        ("\xa0\u2002\u2003\u2007\u2009\u200a\u202f\t", " "),
        ("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        ("\u2018\u2019\u02bc\xb4`", "'"),
        ("\u2044\u2215", "/"),
    )
    for each in written
)

_ABBREVIATIONS: Final = frozenset(
    [
        *("approx", "aprox", "art", "bzw", "ca", "cf", "co", "corp", "dr", "eg", "env"),
        *("etc", "excl", "fig", "gen", "id", "inc", "incl", "inkl", "ing", "jr", "lb"),
        *("lt", "max", "mds", "mia", "min", "mind", "mio", "mr", "mrd", "mrs", "ms", "mt"),
        *("nr", "no", "núm", "num", "pag", "prof", "resp", "sog", "st", "std", "str"),
        *("usw", "vol", "vs", "zzgl", "ft", "rs", "sfr"),
        *("e.g", "i.e", "p.ej", "s.a", "u.a", "u.k", "u.s", "z.b", "z.t"),
    ]
)


class Span(NamedTuple):
    """Where a sentence stands: ``text[start:end]``."""

    start: int
    end: int


def normalised(text: str) -> str:
    """Put one plain sign for each kind of space, hyphen and quote; same length.

    The dotted capital İ becomes I: it alone would be two characters in lower case.
    """
    if text.isascii():
        return text.replace("\t", " ").replace("`", "'")
    for written, plain in _SAME:
        text = text.replace(written, plain)
    return text.replace("İ", "I")


def cut(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Give the sentences of ``text[start:end]`` in order, without the spaces around."""
    found: list[Span] = []
    end = len(text) if end is None else end
    for mark in _END.finditer(text, start, end):
        stop, rest = mark.span()
        if text[stop] != "." or _ends(text, stop, rest):
            _add(found, text, start, rest)
            start = rest
    _add(found, text, start, end)
    return tuple(found)


def holding(spans: Sequence[Span], place: int) -> Span:
    """Give the sentence that ``place`` is in; the one before it for a gap."""
    # (place, inf) sorts after every span that starts at the place itself.
    index = bisect_right(spans, (place, float("inf"))) - 1
    return spans[max(index, 0)]


def around(text: str, span: Span, start: int, end: int) -> Span:
    """Narrow a sentence to at most MAX_QUOTE characters that hold ``start`` to ``end``.

    A figure that is longer is quoted from its start.
    """
    if span.end - span.start <= MAX_QUOTE:
        return span
    left = max(span.start, start - max(0, MAX_QUOTE - (end - start)) // 2)
    left = max(span.start, min(left, span.end - MAX_QUOTE))
    right = left + MAX_QUOTE
    if left > span.start:
        space = text.find(" ", left, start)
        left = space + 1 if space >= 0 else left
    if right < span.end:
        space = text.rfind(" ", end, right)
        right = space if space >= 0 else right
    return Span(left, right)


def _ends(text: str, stop: int, rest: int) -> bool:
    """Whether the full stop at ``stop`` ends its sentence."""
    after = text[rest : rest + 1]
    if after.islower():
        return False
    left = max(0, stop - _LONGEST)
    last = text[max(left, text.rfind(" ", left, stop) + 1) : stop].lower().lstrip("(\"'")
    if last.isdigit():
        return len(last) > len("31") or not _MONTH.match(text, rest)
    if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha()):
        return False
    return after not in _OPENING or not text[rest + 1 : rest + 2].islower()


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))
