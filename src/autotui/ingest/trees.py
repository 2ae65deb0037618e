"""HTML of any kind to blocks, by a tree: lxml's, so that depth and errors cost nothing.

lxml only: html.parser and its like are quadratic on hostile input. One walk over the
events of the tree.
"""

import re
from typing import Any, Final

import lxml.etree

from autotui import clean
from autotui.document import Block, Span
from autotui.ingest import elements, images, spans, tables
from autotui.ingest.gather import MAX_BLOCKS, Gather

# A tag of 25,000 attributes takes lxml 0.8 s, twice as many four times as long.
_ENDLESS_TAG: Final = re.compile(r"(?<=<)([a-zA-Z]{1,20})[^<>]{20000,}")
# lxml stops reading there, though feeds paste whole pages into one another.
_PAGE_END: Final = re.compile(r"</(?:body|html)\b", re.IGNORECASE)

# huge_tree: without it everything deeper than 256 elements is lost.
_PARSER: Final = lxml.etree.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
)


def read(html: str, into: Gather, *, hides: bool) -> None:
    """Gather the text of some HTML; ``hides``: some of its elements may be hidden."""
    root = lxml.etree.fromstring(f"<html><body>{tamed(html)}".encode(), _PARSER)
    Walk(into, hides=hides).through(root)


def tamed(html: str, ends: int = 0) -> str:
    """Give HTML without what lxml stumbles over; it may end, as a page, ``ends`` times."""
    small = html.lower()
    if small.count("</body") > ends or small.count("</html") > ends:
        html = _PAGE_END.sub("<div></div", html)
    return _ENDLESS_TAG.sub(r"\1 ", html)


class Walk:
    """Walks elements, and tells a ``Gather`` what it meets."""

    def __init__(self, into: Gather, *, hides: bool) -> None:
        self._into = into
        self._hides = hides

    def through(self, root: lxml.etree._Element) -> None:
        """Gather an element and all it holds."""
        into = self._into
        # Any: to lxml's stubs a tag is whatever a tag may ever be.
        walker: Any = lxml.etree.iterwalk(root, events=("start", "end"))
        whole = None
        for event, element in walker:
            if event == "start":
                if self.open(element, element.tag):
                    whole = element
                    walker.skip_subtree()
                continue
            if element is not whole:
                self.close(element)
            if (tail := element.tail) and element is not root:
                into.add(tail)
            if len(into.blocks) > MAX_BLOCKS:
                break
        into.flush()

    def open(self, element: lxml.etree._Element, tag: str) -> bool:
        """Begin an element; True: it was taken as one thing, or left out."""
        if (tag in elements.WHOLE and self._take(element, tag)) or (
            self._hides and elements.hidden(element)
        ):
            return True
        self._into.begin(tag, element.get)
        if text := element.text:
            self._into.add(text)
        return False

    def close(self, element: lxml.etree._Element) -> None:
        """End an element that was walked into."""
        self._into.end(element.tag)

    def _take(self, element: lxml.etree._Element, tag: str) -> bool:
        """Take an element in as one thing, or leave it out; False: walk into it."""
        into = self._into
        if tag in elements.DROPPED or (self._hides and elements.hidden(element)):
            return True
        if tag == "br":
            into.line_break()
        elif tag == "hr":
            into.alone(Block("rule"))
        elif tag in elements.PLAYERS:
            self.player(element)
        elif tag == "figure":
            return self._figure(element)
        elif tag == "table":
            return self._table(element)
        else:
            self.image(element)
        return True

    def image(self, element: lxml.etree._Element) -> None:
        """Take in a picture, or the character that it stands for."""
        get, base = element.get, self._into.base
        if emoji := images.emoji(get):
            self._into.add(emoji)
        elif block := images.image(get, base, images.sources(element)):
            self._into.hold(block)

    def _table(self, element: lxml.etree._Element) -> bool:
        """Make a block of a table's cells, unless it only lays out the page."""
        if not (rows := tables.rows(element)):
            return False
        heads = (spans.text_of(each) for each in element.iter("caption"))
        told = [Block("paragraph", (Span(text),)) for text in heads if text]
        self._into.alone(*told, Block("table", rows=rows))
        return True

    def _figure(self, element: lxml.etree._Element) -> bool:
        """Make blocks of a figure's pictures, if it has any; the last has the caption."""
        if not (shown := images.figure(element, self._into.base)):
            return False
        caption: list[Span] = []
        if shown.caption is not None:
            inner = Gather(self._into.base, cleaned=self._into.cleaned)
            Walk(inner, hides=self._hides).through(shown.caption)
            for block in inner.built().blocks:
                caption += ([Span(" ")] if caption else []) + list(block.spans)
        last = shown.blocks[-1]._replace(spans=tuple(caption), credit=shown.credit)
        self._into.alone(*shown.blocks[:-1], last)
        return True

    def player(self, element: lxml.etree._Element) -> None:
        """Make a paragraph with a link of what plays or shows something else."""
        sources = (element, *element.iter("source"))
        base = self._into.base
        found = (clean.url(each.get("src") or "", base) for each in sources)
        if url := next((url for url in found if url), ""):
            text = clean.line(element.get("title") or "") or url
            self._into.alone(Block("paragraph", (Span(text, url=url),)))
