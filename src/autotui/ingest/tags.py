"""Tidy HTML as a list of texts and tags, to be read by ``tidy``."""

import re
from html.entities import name2codepoint
from typing import Final

from autotui.ingest import spans
from autotui.ingest.elements import named

_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)>")
_ATTRIBUTE: Final = r'[ \n]+([a-z][a-z0-9_:-]*)="([^"<>&]*(?:&amp;[^"<>&]*)*)"'
_ATTRIBUTES: Final = re.compile(rf"(?:{_ATTRIBUTE})*[ \n]*")
_EACH: Final = re.compile(_ATTRIBUTE)
_REFERENCE: Final = re.compile(r"&(?:([a-zA-Z]+[0-9]*);|#([0-9]{2,7});)?")
_PLAIN: Final = ((0x20, 0x7E), (0xA0, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
"""Characters that every reader of HTML takes for themselves."""

_NONE: Final[dict[str, str]] = {}
VOID: Final = named("br hr img source wbr")


class UntidyError(Exception):
    """This is for ``trees``."""


def parted(html: str) -> list[str] | None:
    """Part HTML: text, slash, name, attributes, text and so on; ``None`` if it is broken.

    The texts of clean HTML hold no NUL.
    """
    parts = _TAG.split(html)
    return parts if html.count("<") == len(parts) // 4 else None


def name(parts: list[str], at: int) -> str:
    """Give the name of the tag after a text, ``""`` at the end."""
    return parts[at + 2] if at + 2 < len(parts) else ""


def joined(parts: list[str]) -> str:
    """Give back what ``_TAG`` parted, from a slash to some attributes."""
    tags = [f"<{''.join(parts[at : at + 3])}>" for at in range(0, len(parts), 4)]
    return "".join(map("".join, zip(tags, [*parts[3::4], ""], strict=True)))


def said(texts: list[str]) -> list[str]:
    """Give texts as they are meant: character references, and spaces as a browser does."""
    # All at once: most need nothing, and a look at each takes longer than one at all.
    whole = "\0".join(texts)
    if "&" in whole:
        whole = _REFERENCE.sub(_meant, whole)
    return spans.spaced(whole).split("\0")


def attributes_of(text: str, *, void: bool = False) -> dict[str, str]:
    """Read what stands in a tag after its name; a void element may end with a slash."""
    if void:
        text = text.removesuffix("/")
    if not text:
        return _NONE
    if not _ATTRIBUTES.fullmatch(text):
        raise UntidyError
    # Reversed: the first of two with one name counts.
    found = reversed(_EACH.findall(text))
    return {name: value.replace("&amp;", "&") for name, value in found}


def _meant(reference: re.Match[str]) -> str:
    """Give what a character reference stands for, if all agree about that."""
    name, number = reference.groups()
    code = name2codepoint.get(name, 0) if name else int(number or 0)
    if not any(first <= code <= last for first, last in _PLAIN):
        raise UntidyError
    return chr(code)
