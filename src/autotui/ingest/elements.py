"""What the elements of HTML mean: what text they hold, how it looks, what is left out."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import lxml.etree

from autotui import clean
from autotui.document import Block, Kind, Span

MAX_LEVEL: Final = 100
_NUMBER: Final = re.compile(r"\s*(\d{1,6})")


def named(names: str) -> frozenset[str]:
    """Give a set of names."""
    return frozenset(names.split())


DROPPED: Final = named(
    "script style noscript template head title meta link base svg math canvas applet "
    "button input select textarea option optgroup datalist progress meter map area "
    "noframes noembed frame frameset param col colgroup rp"
)
PLAYERS: Final = frozenset({"iframe", "video", "audio", "embed"})
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
BLOCKS: Final = named(
    "html body div p center section article aside header footer main nav address "
    "blockquote ul ol menu dir li dl dt dd table caption thead tbody tfoot tr td th "
    "form fieldset legend figure figcaption details summary hgroup pre listing xmp "
    "plaintext dialog search"
) | frozenset(_HEADINGS)
_STRONG: Final = frozenset({"b", "strong", "dt"})
_EMPHASIS: Final = frozenset({"i", "em", "cite", "dfn", "var"})
_CODE: Final = frozenset({"code", "kbd", "samp", "tt"})
_PREFORMATTED: Final = frozenset({"pre", "listing", "xmp", "plaintext"})
_LISTS: Final = frozenset({"ul", "ol", "menu", "dir"})
LOOKS: Final = _STRONG | _EMPHASIS | _CODE | {"a"}
WHOLE: Final = DROPPED | PLAYERS | named("br hr img amp-img figure table")
HIDING: Final = ("hidden", "display:", "display :", "sr-only", "screen-reader")
"""One of these is in every page that hides something."""
_HIDDEN_STYLE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE
)
_HIDDEN_CLASS: Final = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-reader)", re.IGNORECASE
)


@dataclass(slots=True)
class Place:
    """Where the walk is: what kind of block its text becomes."""

    kind: Kind = "paragraph"
    level: int = 0
    number: int = 0
    lists: int = 0
    """How many lists are around."""
    quotes: int = 0
    next_number: int = 0
    """Of a numbered list, the number of its next item."""
    item: Block | None = None
    """Of an item, the block that its first paragraph became."""
    parts: int = 0
    """Of an item, how many paragraphs followed its first."""


Get = Callable[[str], str | None]
"""Gives the attributes of an element."""


def look(tag: str, get: Get, around: Span, base: str) -> Span:
    """Give the look of the text inside one of LOOKS."""
    # Not replace(), which takes three times as long.
    strong, emphasis, code, url = around.strong, around.emphasis, around.code, around.url
    if tag == "a":
        href = get("href") or ""
        url = "" if href.lstrip().startswith("#") else clean.url(href, base)
    return Span(
        "",
        strong or tag in _STRONG,
        emphasis or tag in _EMPHASIS,
        code or tag in _CODE,
        url,
    )


def place(tag: str, get: Get, around: Place) -> Place:
    """Give the place that a block element opens."""
    if tag in _HEADINGS:
        return replace(around, kind="heading", level=_HEADINGS[tag], item=None)
    if tag in _PREFORMATTED:
        return replace(around, kind="code", level=0, number=0, item=None)
    if tag == "blockquote":
        quotes = min(around.quotes + 1, MAX_LEVEL)
        return Place("quote", quotes, lists=around.lists, quotes=quotes)
    if tag in _LISTS:
        first = _number(get("start"), 1) if tag == "ol" else 0
        lists = min(around.lists + 1, MAX_LEVEL)
        return replace(around, lists=lists, next_number=first)
    if tag == "li":
        number = around.next_number
        if number:
            number = _number(get("value"), number)
            around.next_number = number + 1
        level = max(1, around.lists)
        return Place("item", level, number, around.lists, around.quotes)
    if tag in {"td", "th"}:
        return Place(lists=around.lists, quotes=around.quotes)
    return around


def hidden(element: lxml.etree._Element) -> bool:
    """Whether a browser would not show it."""
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style", "")):
        return True
    if _HIDDEN_CLASS.search(attributes.get("class", "")):
        return True
    # Links around pictures are often hidden from screen readers only.
    aria = attributes.get("aria-hidden") == "true"
    return aria and next(element.iter("img"), None) is None


def _number(value: str | None, otherwise: int) -> int:
    found = _NUMBER.match(value or "")
    return max(1, int(found[1])) if found else otherwise
