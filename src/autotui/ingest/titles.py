"""Titles and names: from what a feed writes to one clean line, without mark-up."""

import html
import re
from typing import Final

from autotui import clean

_MAX_RAW: Final = clean.MAX_LINE * 8
_ROUNDS: Final = 3
"""How often a publisher's software may have escaped the same text."""

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z0-9]{1,31});")
_TAG: Final = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40})((?:\s[^<>]*)?)/?>|<!--[^<>]*-->"
)
_UNSEEN: Final = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
_SECTION: Final = re.compile(r"<!\[CDATA\[|\]\]>")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_APART: Final = _words(
    "br p div li ul ol tr td th table h1 h2 h3 h4 h5 h6 hr blockquote section"
)
_KNOWN: Final = _APART | _words(
    "a abbr acronym address article aside audio b bdi bdo big blink button canvas caption"
    " center cite code data dd del details dfn dl dt em embed fieldset figcaption figure"
    " font footer form header i iframe img input ins kbd label link main map mark meta"
    " nav nobr noscript object param picture pre q s samp script small source span strike"
    " strong style sub summary sup svg tbody template text textarea tfoot thead time"
    " title track tt u var video wbr html head body"
)


def line(raw: str, *, markup: bool) -> str:
    """Give a title or name as one clean line.

    ``markup`` says that it is HTML; else every character is meant as it stands, but
    for entities: publishers escape twice, and no headline is about "&amp;" itself.
    """
    text = _repaired(raw[:_MAX_RAW])
    if not markup:
        return clean.line(_unescaped(text))
    if "<" in text or "]]>" in text:
        text = _TAG.sub(_seen, _UNSEEN.sub("", _SECTION.sub("", text)))
    for _ in range(_ROUNDS):
        if "&" not in text:
            break
        text = html.unescape(text)
        # Escaped once more it may be text about a tag: only what surely is none goes.
        if is_markup(text):
            text = _TAG.sub(_seen, text)
    return clean.line(text)


def is_markup(raw: str) -> bool:
    """Whether a text that should be plain surely is HTML."""
    if "<" not in raw and "&" not in raw:
        return False
    opened: set[str] = set()
    for found in _TAG.finditer(raw[:_MAX_RAW]):
        name = (found[2] or "").lower()
        if name in _KNOWN:
            if (found[1] and name in opened) or "=" in found[3] or name == "br":
                return True
            opened.add(name)
    return False


def is_escaped(raw: str) -> bool:
    """Whether a text that should be plain holds entities."""
    return _ENTITY.search(raw[:_MAX_RAW]) is not None


def _seen(found: "re.Match[str]") -> str:
    """Give what a tag leaves on the line: itself, if it is none."""
    name, rest = (found[2] or "").lower(), (found[3] or "").strip()
    if name in _APART:
        return " "
    local = name.rpartition(":")[2]
    strange = name and local not in _KNOWN and not found[1] and "=" not in rest
    sentence = rest and "=" not in rest and not found[1]
    if (strange or sentence) and not found[0].endswith("/>"):
        closing = f"</{name}" in found.string.lower()
        return "" if closing else found[0]
    return ""


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _repaired(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1 and written as UTF-8 once more."""
    if text.isascii() or not any(mark in text for mark in "ÃÂâÐ"):
        return text
    for encoding in ("latin-1", "cp1252"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text
