"""HTML to Document: the one builder for feeds and pages alike.

Every string passes ``clean``. Tidy HTML is read by ``tidy``, any other by ``trees``; what
they meet becomes blocks in a ``Gather``.
"""

import html as entities
import re
from functools import lru_cache
from typing import Final

from autotui import clean
from autotui.document import Document
from autotui.ingest import elements, tidy, trees
from autotui.ingest.gather import Gather
from autotui.packing import Body, pack

MAX_TEXT: Final = 1_000_000

_TAG: Final = re.compile(r"<[a-zA-Z/!?]")
_BLANK: Final = re.compile(r"\n\s*\n")
_REFERENCE: Final = re.compile(r"&#?[a-zA-Z0-9]{1,31};?")


def body(html: str, base: str = "") -> Body:
    """Give a fragment of HTML, or plain text, as it is stored."""
    text = clean.text(html, MAX_TEXT)
    if not _TAG.search(text):
        return pack(_from_plain(text))
    hides, cleaned = _looked_at(text)
    if cleaned and not hides and (found := tidy.read(text, base)) is not None:
        return found
    return pack(_from_tree(text, base, hides=hides, cleaned=cleaned))


def document(html: str, base: str = "") -> Document:
    """Give a fragment of HTML, or plain text, as blocks; links resolve to ``base``."""
    text = clean.text(html, MAX_TEXT)
    if not _TAG.search(text):
        return _from_plain(text)
    hides, cleaned = _looked_at(text)
    return _from_tree(text, base, hides=hides, cleaned=cleaned)


def _looked_at(text: str) -> tuple[bool, bool]:
    """Tell whether it may hide something, and whether all it says is clean.

    Cheap looks at the whole spare dear ones at each element: most bodies hide nothing,
    and are clean once their references are known to be.
    """
    small = text.lower()
    hides = any(word in small for word in elements.HIDING)
    return hides, "&" not in text or _tame(text)


def _from_tree(text: str, base: str, *, hides: bool, cleaned: bool) -> Document:
    into = Gather(base, cleaned=cleaned)
    trees.read(text, into, hides=hides)
    return into.built()


def _tame(text: str) -> bool:
    """Whether no character reference stands for anything that would be cleaned away."""
    return all(map(_is_tame, set(_REFERENCE.findall(text))))


@lru_cache(1_000)
def _is_tame(reference: str) -> bool:
    meant = _meant(reference)
    # Nine: more combining characters than may follow one another.
    return len(clean.text(meant * 9)) == 9 * len(meant)


def _meant(reference: str) -> str:
    """Give what lxml reads a character reference as: unlike Python, any character."""
    if not reference.startswith("&#"):
        return entities.unescape(reference)
    digits = reference[2:].rstrip(";").lower()
    try:
        return chr(int(digits[1:], 16) if digits[0] == "x" else int(digits))
    except (ValueError, OverflowError, IndexError):
        return "\0"


def _from_plain(text: str) -> Document:
    into = Gather("")
    for paragraph in _BLANK.split(text):
        into.add(entities.unescape(paragraph))
        into.flush()
    return into.built()
