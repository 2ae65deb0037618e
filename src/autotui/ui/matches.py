"""Where the words that are looked for stand in a text, as the full-text index sees it.

FTS5's ``unicode61`` with ``remove_diacritics 2``: words are letters and digits, capitals
count as small, and a Latin letter as the one without its diacritics.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from autotui.ui.sheet import Parts, Run, overlaid

_LETTER: Final = r"[^\W_]"
_WORD: Final = re.compile(f"{_LETTER}+")
_APART: Final = r"[\W_]{1,99}"
_REST: Final = f"{_LETTER}{{0,99}}"
"""Of a word whose start is looked for."""


def find(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Give from where to where words and phrases stand in a text, in order."""
    pattern = _pattern(tuple(words))
    if pattern is None:
        return []
    return [match.span() for match in pattern.finditer(_folded(text))]


def marked(parts: Parts, runs: Iterable[Run]) -> Parts:
    """Give a line in another look besides where the runs are."""
    text, at = "".join(part for part, _ in parts), 0
    base: list[Run] = []
    for part, style in parts:
        base.append((at, at + len(part), style))
        at += len(part)
    laid = overlaid(base, runs)
    return tuple((text[start:end], style.strip()) for start, end, style in laid)


@lru_cache(maxsize=16)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Give what finds the words in a folded text; a ``*`` stands for the rest of one."""
    phrases = [
        _APART.join(map(re.escape, letters)) + (_REST if word.endswith("*") else "")
        for word in words
        if (letters := _WORD.findall(_folded(word)))
    ]
    if not phrases:
        return None
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(f"(?<!{_LETTER})(?:{'|'.join(longest)})(?!{_LETTER})")


def _folded(text: str) -> str:
    """Give a text of the same length as the index compares it."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


class _Folding(dict[int, str]):
    """Folds a character when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        small = (base if base.isascii() else letter).lower()
        found = self[code] = small if len(small) == 1 else letter
        return found


_FOLDED: Final = _Folding()
