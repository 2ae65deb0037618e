"""The outlines in an OPML text, whatever is wrong with its XML; pure.

Not an XML parser on purpose. Real files have bare ampersands in addresses, missing end
tags and quotes: a parser gives up there, or recovers by dropping parts of the addresses.
And this can neither define entities nor open files, has no depth to run out of, and is
linear: no place is looked at more than a few times.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_KEPT: Final = frozenset({"xmlurl", "url", "htmlurl", "text", "title", "type", "category"})
_MARK: Final = re.compile(
    r"<(?:(?P<skip>!--|!\[CDATA\[|\?)"
    r"|(?P<end>/?)(?:[\w.-]++:)?(?P<name>outline|opml|body)(?=[\s/>\"'<]|$))",
    re.IGNORECASE,
)
_ENDS: Final = {"!--": "-->", "![CDATA[": "]]>", "?": "?>"}
# A value ends before the next outline even where its closing quote is missing. What
# makes no sense is passed over, a character at a time.
_PART: Final = re.compile(
    r"""[\s/]*+(?P<name>[^\s=<>/"']++)\s*+(?:=\s*+(?:
    "(?P<double>(?:[^"<]++|<(?!/?outline\b))*+)"
    |'(?P<single>(?:[^'<]++|<(?!/?outline\b))*+)'
    |["'](?P<open>(?:[^<>"'/]++|/(?!>))*+)(?=/?>|<)
    |(?P<bare>(?:[^\s"'<>/]++|/(?!>))++)
    ))?
    |(?P<close>[\s/]*+>)
    |[\s/]*+[="']""",
    re.IGNORECASE | re.VERBOSE,
)
_VALUES: Final = ("double", "single", "open", "bare")
# Nearly all tags are like this, and read four times as fast.
_SOUND: Final = re.compile(r"(?:\s++[\w.:-]++=\"[^\"<]*+\")*+\s*+(?P<closed>/?)>")
_PAIR: Final = re.compile(r"([\w.:-]++)=\"([^\"]*+)\"")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Outline:
    """One outline: what it says of itself, and in how many others it lies."""

    attributes: dict[str, str]
    """By names in small letters, and only those that a list of feeds needs."""
    depth: int
    leaf: bool
    """Whether its tag closes itself: it is no folder."""


def read(text: str) -> Iterator[Outline]:
    """Give the outlines in their order."""
    at, depth = 0, 0
    hopeless: set[str] = set()
    while mark := _MARK.search(text, at):
        at = mark.end()
        if opened := mark["skip"]:
            at = _after(text, at, _ENDS[opened.upper()], hopeless)
        elif mark["name"].lower() != "outline":
            # Where these begin and end no outline is open, whatever was not closed.
            depth = 0
        elif mark["end"]:
            depth = max(0, depth - 1)
        else:
            found, at, closed = _attributes(text, at)
            yield Outline(found, depth, leaf=closed)
            depth += not closed


def decoded(raw: str) -> str:
    """Give a text with its entities as characters, the named ones of HTML included.

    Only those with a semicolon: in ``?a=1&copy=2`` there is none.
    """
    if raw.count("&") == raw.count("&amp;"):
        return raw.replace("&amp;", "&")
    return _ENTITY.sub(lambda found: html.unescape(found[0]), raw)


def _after(text: str, at: int, end: str, hopeless: set[str]) -> int:
    """Give where a comment or the like ends; where it does not, it never began."""
    # To look for it again would look through the rest of the text again.
    if end in hopeless:
        return at
    found = text.find(end, at)
    if found < 0:
        hopeless.add(end)
        return at
    return found + len(end)


def _attributes(text: str, at: int) -> tuple[dict[str, str], int, bool]:
    """Give a tag's attributes, where the tag ends, and whether it closes itself."""
    found: dict[str, str] = {}
    if sound := _SOUND.match(text, at):
        for raw_name, value in _PAIR.findall(sound[0]):
            if (name := raw_name.lower()) in _KEPT and name not in found:
                found[name] = decoded(value)
        return found, sound.end(), bool(sound["closed"])
    while True:
        part = _PART.match(text, at)
        if part is None:
            # A tag that is cut off by the end of the text, or by the next tag.
            return found, at, False
        at = part.end()
        if part["close"] is not None:
            return found, at, "/" in part["close"]
        name = (part["name"] or "").lower()
        if name in _KEPT and name not in found:
            found[name] = decoded(next(filter(None, part.group(*_VALUES)), ""))
