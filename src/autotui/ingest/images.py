"""Pictures in HTML: their address, caption and credit. Nothing is loaded."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import lxml.etree

from autotui import clean
from autotui.document import Block
from autotui.ingest import spans
from autotui.ingest.elements import Get

_MAX_PIXEL: Final = 3
"""Pixels; what is no wider or higher counts readers, it shows them nothing."""
_MAX_WIDTH: Final = 1_600
_MAX_EMOJI: Final = 8
# Where scripts keep the real address until the picture scrolls into view.
_LAZY: Final = ("data-src", "data-lazy-src", "data-original", "data-orig-file")
_LAZY_SETS: Final = ("data-srcset", "data-lazy-srcset", "srcset")
_DIGITS: Final = re.compile(r"\s*(\d{1,6})(?:\.\d{1,6})?\s*(?:px)?\s*(?:!important)?\s*$")
_STYLE: Final = re.compile(r"(?:^|;)\s*(?:width|height)\s*:([^;]{1,40})", re.IGNORECASE)
_CREDIT: Final = re.compile(r"\b(?:photo-?)?(?:credits?|copyright|source)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """The pictures of a figure, and what is said about them."""

    blocks: tuple[Block, ...]
    caption: lxml.etree._Element | None
    credit: str


def image(get: Get, base: str = "", others: Iterable[Get] = ()) -> Block | None:
    """Give an image as a block; ``None`` for a tracking pixel or no address.

    ``others`` are the sources it stands in for.
    """
    if _tiny(get):
        return None
    for candidate in _candidates(get, others):
        if url := clean.url(candidate, base):
            return Block("image", url=url, alt=clean.line(get("alt") or ""))
    return None


def emoji(get: Get) -> str:
    """Give the character that an image stands for, ``""`` if it is a real picture."""
    names = (get("class") or "").lower()
    if not names:
        return ""
    alt = clean.line(get("alt") or "")
    small = "emoji" in names or "smiley" in names
    return alt if small and len(alt) <= _MAX_EMOJI else ""


def figure(element: lxml.etree._Element, base: str = "") -> Figure | None:
    """Give a figure that shows pictures; ``None`` if it holds anything else."""
    inner = element.iter("figure", "table", "pre", "blockquote", "video", "iframe")
    if any(each is not element for each in inner):
        return None
    blocks = (image(each.get, base, sources(each)) for each in element.iter("img"))
    shown = tuple({block.url: block for block in blocks if block}.values())
    if not shown:
        return None
    caption = next(element.iter("figcaption"), None)
    credit = None if caption is None else _credit(caption)
    text = ""
    if caption is not None and credit is not None:
        text = spans.text_of(credit)[:200]
        _drop(credit)
    return Figure(shown, caption, text)


def _credit(caption: lxml.etree._Element) -> lxml.etree._Element | None:
    """Find who took the picture."""
    for each in caption.iter("cite", "small", "span", "div", "p"):
        if each.tag in {"cite", "small"} or _CREDIT.search(each.get("class") or ""):
            return each
    return None


def _drop(element: lxml.etree._Element) -> None:
    """Take an element away, and leave the text that follows it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    tail = element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def _candidates(get: Get, others: Iterable[Get]) -> Iterator[str]:
    """Give the addresses an image may have, the best first."""
    for name in (*_LAZY, "src"):
        if value := get(name):
            yield value
    for holder in (get, *others):
        for name in _LAZY_SETS:
            yield from _widest(holder(name) or "")


def sources(element: lxml.etree._Element) -> Iterator[Get]:
    """Give the sources of a picture that an image stands in for."""
    # lxml does not know that <source> is empty: what follows it is inside.
    for parent in element.iterancestors():
        if parent.tag == "source":
            yield parent.get
        else:
            break


def _widest(srcset: str) -> Iterator[str]:
    """Give a srcset's addresses, the widest that is not too wide first."""
    # By words, not by commas: addresses hold commas, too.
    words = srcset[: clean.MAX_URL * 4].split()
    found: list[tuple[float, str]] = []
    for word in words:
        size = re.fullmatch(r"(\d{1,5}(?:\.\d{1,3})?)([wx]),?", word)
        if size is None:
            found.append((0.0, word.strip(",")))
        elif found:
            width = float(size[1]) * (1 if size[2] == "w" else 800)
            found[-1] = (width, found[-1][1])
    found.sort(key=lambda each: (each[0] > _MAX_WIDTH, abs(each[0] - _MAX_WIDTH)))
    yield from (address for _, address in found[:10])


def _tiny(get: Get) -> bool:
    sizes = [get("width") or "", get("height") or ""]
    if style := get("style"):
        sizes += _STYLE.findall(style[:1_000])
    numbers = (_DIGITS.match(size) for size in sizes)
    return any(number and int(number[1]) <= _MAX_PIXEL for number in numbers)
