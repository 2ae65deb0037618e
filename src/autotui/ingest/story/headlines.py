"""A story's headline and the line below it: which of a page's many titles it is.

The texts that come in are clean lines.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from autotui import clean
from autotui.ingest.elements import named

_MAX: Final = 400
"""Characters of a headline; what is longer is none."""
_LONG: Final = 15
"""Letters that make a headline which is not part of another one by chance."""
_SHORTEST: Final = 3
_SHORT: Final = 3
_MOST: Final = 0.4
"""How much of a name another one must be to be a form of it."""
_SHARE: Final = 1 / 3
"""How many of its words a visible headline shares with the title of its page."""
_FEW: Final = 2

_WORD: Final = re.compile(r"\w+")
_NOT_LETTER: Final = re.compile(r"[\W_]+")
_SEPARATOR: Final = re.compile(r"\s+(?:[|·•«»:~/\u2013\u2014-]|::|\|\|)\s+")
_CUT_OFF: Final = re.compile(r"\s*(?:\.\.\.|…)$")
_END: Final = re.compile(r"(?:\.{2,}|…|\[\W*\])\W*$")
_GENERAL: Final = named(
    "news home homepage nachrichten aktuell actualités actualité noticias notizie nieuws "
    "notícias blog magazine magazin article artikel stories story"
)
_MIN_DEK: Final = 25
_MAX_DEK: Final = 600
_WORDS_OF_DEK: Final = 5
_OPENING: Final = 40
"""Letters by which a summary is known to be the beginning of the text."""


class Outlet:
    """Who publishes a page, under all its names."""

    def __init__(self, names: Iterable[str], address: str = "") -> None:
        self._names = {folded for name in names if len(folded := fold(name)) > 1}
        host = clean.host(address).removeprefix("www.")
        self._first = fold(host.partition(".")[0])
        self._hosts = {fold(host), self._first}

    def is_called(self, name: str) -> bool:
        """Whether ``name`` is one of its names, or a good part of one."""
        if self.named_exactly(name):
            return True
        folded = fold(name)
        return any(_partly(folded, known) for known in (*self._names, self._first))

    def named_exactly(self, name: str) -> bool:
        """Whether ``name`` is one of its names and nothing more."""
        folded = fold(name)
        return folded in self._names or (bool(folded) and folded in self._hosts)


def fold(text: str) -> str:
    """Give the letters and digits of a text, small."""
    return _NOT_LETTER.sub("", text[:_MAX].casefold())


def words(text: str) -> frozenset[str]:
    """Give the different words of a text, small."""
    return frozenset(_WORD.findall(text[:_MAX].casefold()))


def without_outlet(title: str, outlet: Outlet) -> str:
    """Cut the outlet's name off a title, and the section that stands before it."""
    parts = list(_SEPARATOR.finditer(title))
    end, cut = len(title), False
    for mark in reversed(parts):
        last = title[mark.end() : end]
        if not (outlet.is_called(last) or (cut and last.casefold() in _GENERAL)):
            break
        end, cut = mark.start(), True
    start = 0
    for mark in parts:
        if mark.end() >= end or not outlet.named_exactly(title[start : mark.start()]):
            break
        start = mark.end()
    return title[start:end].strip() or title


def choose(
    told: Iterable[str], shown: Iterable[str], marked: Sequence[str], outlet: Outlet
) -> str:
    """Give the headline: of those ``shown`` (each ``h1``) the one that was ``told``, too.

    ``told`` are the titles of the page's metadata, the best first; ``marked`` are those
    shown that are called a headline by the page itself.
    """
    titles = [without_outlet(each, outlet) for each in told if each]
    visible = tuple(shown)
    likeness, headline = max(
        (_likeness(each, title) for each in visible for title in titles),
        key=lambda rated: rated[0],
        default=(0.0, ""),
    )
    if likeness >= _SHARE:
        return without_outlet(headline, outlet)
    if len(marked) == 1 and not outlet.is_called(marked[0]):
        return marked[0]
    if titles:
        return _whole(titles)
    return next((each for each in visible if not outlet.named_exactly(each)), "")


def is_told(text: str) -> bool:
    """Whether a heading tells something, rather than naming a part of the page."""
    return len(_WORD.findall(text[:_MAX])) > _FEW


def is_dek(text: str, headline: str) -> bool:
    """Whether a text may be the line below a headline: a sentence that adds to it."""
    ours, theirs = words(text), words(headline)
    return (
        _MIN_DEK <= len(text) <= _MAX_DEK
        and len(_WORD.findall(text)) >= _WORDS_OF_DEK
        and not _END.search(text[-20:])
        and not ours <= theirs
        and fold(headline) != fold(text)
        and text.count(",") * 3 < len(text.split())
    )


def opens(text: str, bodies: Iterable[str]) -> bool:
    """Whether one of ``bodies`` begins as ``text`` does."""
    start = fold(text)[:_OPENING]
    return any(fold(body).startswith(start) for body in bodies) if start else False


def _partly(one: str, other: str) -> bool:
    """Whether one of two folded names is a good part of the other."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORT and len(short) >= _MOST * len(long) and short in long


def _likeness(shown: str, told: str) -> tuple[float, str]:
    """Rate how sure two titles are the same one, and give the better form of it."""
    ours, theirs = fold(shown), fold(told)
    if not ours or not theirs or len(shown) < _SHORTEST:
        return 0.0, ""
    if ours == theirs:
        return 2.0, shown
    # Labels often stand inside the visible headline, and names around the other.
    if len(theirs) > _LONG and theirs in ours and 2 * len(theirs) > len(ours):
        return 1.9, told
    if len(ours) > _LONG and ours in theirs:
        return 1.8, shown
    some, others = words(shown), words(told)
    if len(some) <= _FEW:
        return 0.0, ""
    return len(some & others) / max(1, min(len(some), len(others))), shown


def _whole(titles: Sequence[str]) -> str:
    """Give the first title, or the one that it is the beginning of."""
    first = titles[0]
    start = _CUT_OFF.sub("", first)
    if start == first:
        return first
    longer = (each for each in titles[1:] if each.startswith(start) and each != first)
    return next((each for each in longer if not _CUT_OFF.search(each[-9:])), first)
