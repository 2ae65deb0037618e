"""How many cells text takes on screen, and where its lines break.

Cells, never ``len``: a character takes none, one or two of them. Text that is all one
cell a character takes a way that is some twenty times faster; most text is.
"""

import re
import unicodedata
from typing import Final

from rich.cells import cell_len, get_character_cell_size, set_cell_size

# Each of these is exactly one cell in Rich and in every terminal that was tried.
_NARROW: Final = re.compile(
    "[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0373\u0376-\u0377\u037b-\u037d"
    "\u037f\u0384-\u0386\u0388-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u2010-\u2015\u2018-\u201f\u2020-\u2022\u2026\u2030\u2039\u203a\u20a0-\u20bf"
    "\u2500-\u257f]*"
)

# Hebrew, Arabic, Syriac, Thaana, NKo and their like, presentation forms included.
_LEFTWARD: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_STRONG: Final = frozenset({"L", "R", "AL"})
_LOOKED_AT: Final = 200
"""Characters in which a text shows its direction, or has none."""


def narrow(text: str) -> bool:
    """Tell whether each character of ``text`` takes exactly one cell."""
    if text.isascii():
        return text.isprintable()
    return _NARROW.fullmatch(text) is not None


def leftward(text: str) -> bool:
    """Tell whether ``text`` runs from right to left: its first letter does (UAX 9, P2)."""
    if text.isascii() or not _LEFTWARD.search(text, 0, _LOOKED_AT):
        return False
    kinds = map(unicodedata.bidirectional, text[:_LOOKED_AT])
    return next((kind for kind in kinds if kind in _STRONG), "L") != "L"


def measure(text: str) -> int:
    """Count the cells that ``text`` takes."""
    return cell_len(text)


def clip(text: str, width: int, ellipsis: str = "…") -> str:
    """Give ``text`` in at most ``width`` cells, with ``ellipsis`` where it is cut."""
    if measure(text) <= width:
        return text
    room = width - len(ellipsis)
    if room <= 0:
        return set_cell_size(text, max(0, width))
    return set_cell_size(text, room).rstrip(" ") + ellipsis


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """Give ``text`` in exactly ``width`` cells."""
    return set_cell_size(clip(text, width, ellipsis), max(0, width))


def crop(text: str, width: int) -> str:
    """Give what of ``text`` goes into ``width`` cells; half a character is a space."""
    return text if measure(text) <= width else set_cell_size(text, max(0, width))


def breaks(text: str, start: int, end: int, width: int, *, hard: bool = False) -> list[int]:
    """Give where the second and each further line of ``text[start:end]`` begins.

    Lines break after a space and between wide characters; ``hard`` breaks them where
    they are full. One character that is wider than ``width`` still has its own line.
    """
    width = max(1, width)
    if end - start <= width // 2:
        return []
    if narrow(text[start:end]):
        return _narrow_breaks(text, start, end, width, hard=hard)
    return _wide_breaks(text, start, end, width, hard=hard)


def _narrow_breaks(text: str, start: int, end: int, width: int, *, hard: bool) -> list[int]:
    if hard:
        return list(range(start + width, end, width))
    found: list[int] = []
    rfind = text.rfind
    while end - start > width:
        cut = rfind(" ", start, start + width + 1)
        start = start + width if cut <= start else cut + 1
        if start < end:
            found.append(start)
    return found


def _wide_breaks(text: str, start: int, end: int, width: int, *, hard: bool) -> list[int]:
    found: list[int] = []
    line, chance, used, at = start, -1, 0, start
    while at < end:
        letter = text[at]
        size = get_character_cell_size(letter)
        if used + size > width and at > line:
            cut = _cut(letter, line, chance, at, hard=hard)
            if cut >= end:
                break
            found.append(cut)
            at = max(at, cut)
            line, chance, used = cut, -1, measure(text[cut:at])
            continue
        used += size
        at += 1
        if letter == " " or size == 2:  # noqa: PLR2004 - a wide character
            chance = at
    return found


def _cut(letter: str, line: int, chance: int, at: int, *, hard: bool) -> int:
    """Give where the next line begins, now that ``letter`` at ``at`` has no room."""
    if hard:
        return at
    if letter == " ":
        return at + 1
    return chance if chance > line else at
