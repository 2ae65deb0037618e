"""HTML to Document: the one builder for feeds and pages alike.

lxml only: html.parser and its like are quadratic on hostile input. One walk with a
stack of our own, so that depth costs nothing; every string passes ``clean``.
"""

import html as entities
import re
from dataclasses import dataclass, replace
from typing import Final

import lxml.html

from autotui import clean
from autotui.document import Block, Document, Kind, Span
from autotui.ingest import images, spans, tables

MAX_TEXT: Final = 1_000_000
MAX_BLOCKS: Final = 20_000
MAX_LEVEL: Final = 100
_MAX_ITEM_PARTS: Final = 50

_TAG: Final = re.compile(r"<[a-zA-Z/!?]")
_BLANK: Final = re.compile(r"\n\s*\n")
_SPACES: Final = re.compile(r"[ \n]+")
# A tag of 25,000 attributes takes lxml 0.8 s, twice as many four times as long.
_ENDLESS_TAG: Final = re.compile(r"(?<=<)([a-zA-Z]{1,20})[^<>]{20000,}")
# lxml stops reading there, though feeds paste whole pages into one another.
_PAGE_END: Final = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s*(\d{1,6})")


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_DROPPED: Final = _tags(
    "script style noscript template head title meta link base svg math canvas applet "
    "button input select textarea option optgroup datalist progress meter map area "
    "noframes noembed frame frameset param col colgroup rp"
)
_PLAYERS: Final = frozenset({"iframe", "video", "audio", "embed"})
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BLOCKS: Final = _tags(
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
_HIDDEN_STYLE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE
)
_HIDDEN_CLASS: Final = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-reader)", re.IGNORECASE
)


@dataclass(slots=True)
class _Place:
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


def document(html: str, base: str = "") -> Document:
    """Give a fragment of HTML, or plain text, as blocks; links resolve to ``base``."""
    text = clean.text(html, MAX_TEXT)
    if not _TAG.search(text):
        return _from_plain(text)
    text = _PAGE_END.sub("<div></div", _ENDLESS_TAG.sub(r"\1 ", text))
    # huge_tree: without it everything deeper than 256 elements is lost.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    whole = f"<html><body>{text}".encode("utf-8", "ignore")
    return from_element(lxml.html.document_fromstring(whole, parser=parser), base)


def from_element(root: lxml.html.HtmlElement, base: str = "") -> Document:
    """Give an element of a parsed page as blocks."""
    builder = _Builder(base)
    builder.walk(root)
    return Document(tuple(builder.blocks[:MAX_BLOCKS]))


def _from_plain(text: str) -> Document:
    builder = _Builder("")
    for paragraph in _BLANK.split(text):
        builder.add(entities.unescape(paragraph), spans.PLAIN)
        builder.flush()
    return Document(tuple(builder.blocks[:MAX_BLOCKS]))


class _Builder:
    """Walks elements; gathers runs of text; makes a block where one ends."""

    def __init__(self, base: str) -> None:
        self.blocks: list[Block] = []
        self._base = base
        self._place = _Place()
        self._runs: list[spans.Run] = []
        self._held: list[Block] = []
        """Images met inside a paragraph: they follow it."""

    def walk(self, root: lxml.html.HtmlElement) -> None:
        """Make blocks of an element and all it holds."""
        stack = [(root, spans.PLAIN, self._place, False)]
        while stack and len(self.blocks) < MAX_BLOCKS:
            element, look, place, left = stack.pop()
            if left:
                if element.tag in _BLOCKS:
                    self.flush()
                    self._place = place
                if element is not root and element.tail:
                    self.add(element.tail, look)
                continue
            stack.append((element, look, place, True))
            if self._is_whole(element, look):
                continue
            inner = self._looks(element, look)
            if element.tag in _BLOCKS:
                self.flush()
                self._place = self._inside(element, place)
            if element.text:
                self.add(element.text, inner)
            stack += [
                (child, inner, self._place, False)
                for child in element.iterchildren(reversed=True)
            ]
        self.flush()

    def add(self, text: str, look: Span) -> None:
        """Take in a run of text."""
        if cleaned := clean.text(text):
            # Tabs are spaces by now; most runs have neither these nor line ends.
            if ("\n" in cleaned or "  " in cleaned) and self._place.kind != "code":
                cleaned = _SPACES.sub(" ", cleaned)
            self._runs.append((cleaned, look))

    def flush(self) -> None:
        """End the block that is being gathered, and put its images after it."""
        runs, self._runs = self._runs, []
        if self._place.kind == "code":
            self._put((Span("".join(text for text, _ in runs).strip("\n")),))
        else:
            for found in spans.paragraphs(runs, apart=self._place.kind != "item"):
                self._put(found)
        self.blocks += self._held
        self._held = []

    def _put(self, text: tuple[Span, ...]) -> None:
        """Make a block where the walk is."""
        place = self._place
        if not any(span.text.strip() for span in text):
            return
        kind, level, number = place.kind, place.level, place.number
        if kind == "item" and place.item is not None:
            place.parts += 1
            if self.blocks[-1] is place.item and place.parts < _MAX_ITEM_PARTS:
                # A second paragraph of an item stays with the first.
                text = (*self.blocks.pop().spans, Span("\n"), *text)
            else:
                kind, level, number = "paragraph", 0, 0
        block = Block(kind, text, level, number)
        if kind == "item":
            place.item = block
        self.blocks.append(block)

    def _is_whole(self, element: lxml.html.HtmlElement, look: Span) -> bool:
        """Take an element in as one thing, or leave it out; False: walk into it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED or _hidden(element):
            return True
        if tag == "br":
            self._runs.append(spans.BREAK)
        elif tag == "hr":
            self._alone(Block("rule"))
        elif tag in _PLAYERS:
            self._player(element)
        elif tag in {"img", "amp-img"}:
            self._image(element, look)
        elif tag == "figure" and (shown := images.figure(element, self._base)):
            self._figure(shown)
        elif tag == "table" and (rows := tables.rows(element)):
            title = (
                clean.line(str(each.text_content())) for each in element.iter("caption")
            )
            told = [Block("paragraph", (Span(text),)) for text in title if text]
            self._alone(*told, Block("table", rows=rows))
        else:
            return False
        return True

    def _alone(self, *blocks: Block) -> None:
        self.flush()
        self.blocks += blocks

    def _figure(self, shown: images.Figure) -> None:
        """Make blocks of a figure's pictures; the last one has the caption."""
        caption: list[Span] = []
        if shown.caption is not None:
            for block in from_element(shown.caption, self._base).blocks:
                caption += ([Span(" ")] if caption else []) + list(block.spans)
        last = replace(shown.blocks[-1], spans=tuple(caption), credit=shown.credit)
        self._alone(*shown.blocks[:-1], last)

    def _image(self, element: lxml.html.HtmlElement, look: Span) -> None:
        if emoji := images.emoji(element):
            self.add(emoji, look)
        elif block := images.image(element, self._base):
            self._held.append(block)
            if not any(text.strip() for text, _ in self._runs):
                self.flush()

    def _player(self, element: lxml.html.HtmlElement) -> None:
        """Make a paragraph with a link of what plays or shows something else."""
        sources = (element, *element.iter("source"))
        found = (clean.url(each.get("src") or "", self._base) for each in sources)
        if url := next((url for url in found if url), ""):
            text = clean.line(element.get("title") or "") or url
            self._alone(Block("paragraph", (Span(text, url=url),)))

    def _looks(self, element: lxml.html.HtmlElement, look: Span) -> Span:
        """Give the look of the text inside."""
        tag = element.tag
        if tag in _STRONG:
            return replace(look, strong=True)
        if tag in _EMPHASIS:
            return replace(look, emphasis=True)
        if tag in _CODE:
            return replace(look, code=True)
        if tag == "a":
            href = element.get("href") or ""
            within = href.lstrip().startswith("#")
            return replace(look, url="" if within else clean.url(href, self._base))
        return look

    def _inside(self, element: lxml.html.HtmlElement, around: _Place) -> _Place:
        """Give the place that a block element opens."""
        tag = element.tag
        if tag in _HEADINGS:
            return replace(around, kind="heading", level=_HEADINGS[tag], item=None)
        if tag in _PREFORMATTED:
            return replace(around, kind="code", level=0, number=0, item=None)
        if tag == "blockquote":
            quotes = min(around.quotes + 1, MAX_LEVEL)
            return _Place("quote", quotes, lists=around.lists, quotes=quotes)
        if tag in _LISTS:
            first = _number(element.get("start"), 1) if tag == "ol" else 0
            lists = min(around.lists + 1, MAX_LEVEL)
            return replace(around, lists=lists, next_number=first)
        if tag == "li":
            number = around.next_number
            if number:
                number = _number(element.get("value"), number)
                around.next_number = number + 1
            level = max(1, around.lists)
            return _Place("item", level, number, around.lists, around.quotes)
        if tag in {"td", "th"}:
            return _Place(lists=around.lists, quotes=around.quotes)
        return around


def _hidden(element: lxml.html.HtmlElement) -> bool:
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
