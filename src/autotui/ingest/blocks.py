"""HTML to Document: the one builder for feeds and pages alike.

lxml only: html.parser and its like are quadratic on hostile input. One walk over the
events of the tree, so that depth costs nothing; every string passes ``clean``.
"""

import html as entities
import re
from typing import Any, Final

import lxml.etree

from autotui import clean
from autotui.document import Block, Document, Span
from autotui.ingest import elements, images, spans, tables
from autotui.ingest.elements import Place

MAX_TEXT: Final = 1_000_000
MAX_BLOCKS: Final = 20_000
_MAX_ITEM_PARTS: Final = 50

_TAG: Final = re.compile(r"<[a-zA-Z/!?]")
_BLANK: Final = re.compile(r"\n\s*\n")
_SPACES: Final = re.compile(r"[ \n]+")
_REFERENCE: Final = re.compile(r"&#?[a-zA-Z0-9]{1,31};?")
# A tag of 25,000 attributes takes lxml 0.8 s, twice as many four times as long.
_ENDLESS_TAG: Final = re.compile(r"(?<=<)([a-zA-Z]{1,20})[^<>]{20000,}")
# lxml stops reading there, though feeds paste whole pages into one another.
_PAGE_END: Final = re.compile(r"</(?:body|html)\b", re.IGNORECASE)


# huge_tree: without it everything deeper than 256 elements is lost.
_PARSER: Final = lxml.etree.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
)


def document(html: str, base: str = "") -> Document:
    """Give a fragment of HTML, or plain text, as blocks; links resolve to ``base``."""
    text = clean.text(html, MAX_TEXT)
    if not _TAG.search(text):
        return _from_plain(text)
    small = text.lower()
    if "</body" in small or "</html" in small:
        text = _PAGE_END.sub("<div></div", text)
    text = _ENDLESS_TAG.sub(r"\1 ", text)
    root = lxml.etree.fromstring(f"<html><body>{text}".encode(), _PARSER)
    # Cheap looks at the whole spare dear ones at each element: most bodies hide nothing,
    # and are clean once their references are known to be.
    hides = any(word in small for word in elements.HIDING)
    builder = _Builder(base, hides=hides, cleaned="&" not in text or _tame(text))
    return builder.walk(root)


def _tame(text: str) -> bool:
    """Whether no character reference stands for anything that would be cleaned away."""
    for reference in set(_REFERENCE.findall(text)):
        meant = _meant(reference)
        # Nine: more combining characters than may follow one another.
        if len(clean.text(meant * 9)) != 9 * len(meant):
            return False
    return True


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
    builder = _Builder("")
    for paragraph in _BLANK.split(text):
        builder.add(entities.unescape(paragraph), spans.PLAIN)
        builder.flush()
    return builder.built()


class _Builder:
    """Walks elements; gathers runs of text; makes a block where one ends."""

    def __init__(self, base: str, *, hides: bool = True, cleaned: bool = False) -> None:
        self.blocks: list[Block] = []
        self._base = base
        self._hides = hides
        """Whether some elements may be hidden."""
        self._cleaned = cleaned
        """Whether all text is clean already."""
        self._place = Place()
        self._places: list[Place] = []
        """Those around ``_place``, outermost first; ``_looks`` likewise."""
        self._look = spans.PLAIN
        self._looks: list[Span] = []
        self._runs: list[spans.Run] = []
        self._held: list[Block] = []
        """Images met inside a paragraph: they follow it."""

    def walk(self, root: lxml.etree._Element) -> Document:
        """Make blocks of an element and all it holds."""
        # Any: to lxml's stubs a tag is whatever a tag may ever be.
        walker: Any = lxml.etree.iterwalk(root, events=("start", "end"))
        whole = None
        for event, element in walker:
            if event == "start":
                if self._open(element, element.tag):
                    whole = element
                    walker.skip_subtree()
                continue
            if element is not whole:
                self._close(element.tag)
            if (tail := element.tail) and element is not root:
                self.add(tail, self._look)
            if len(self.blocks) > MAX_BLOCKS:
                break
        self.flush()
        return self.built()

    def _open(self, element: lxml.etree._Element, tag: str) -> bool:
        """Begin an element; True: it was taken as one thing, or left out."""
        if (tag in elements.WHOLE and self._take(element, tag)) or (
            self._hides and elements.hidden(element)
        ):
            return True
        if tag in elements.LOOKS:
            self._looks.append(self._look)
            self._look = elements.look(element, tag, self._look, self._base)
        if tag in elements.BLOCKS:
            self.flush()
            self._places.append(self._place)
            self._place = elements.place(element, self._place)
        if text := element.text:
            self.add(text, self._look)
        return False

    def _close(self, tag: str) -> None:
        """End an element that was begun."""
        if tag in elements.BLOCKS:
            self.flush()
            self._place = self._places.pop()
        if tag in elements.LOOKS:
            self._look = self._looks.pop()

    def built(self) -> Document:
        """Give what was made so far."""
        return Document(tuple(self.blocks[:MAX_BLOCKS]))

    def add(self, text: str, look: Span) -> None:
        """Take in a run of text."""
        if not self._cleaned:
            text = clean.text(text)
        # Tabs are spaces by now; most runs have neither these nor line ends.
        if ("\n" in text or "  " in text) and self._place.kind != "code":
            text = _SPACES.sub(" ", text)
            if text == " " and not self._runs:
                return
        if text:
            self._runs.append((text, look))

    def flush(self) -> None:
        """End the block that is being gathered, and put its images after it."""
        runs = self._runs
        if not runs and not self._held:
            return
        self._runs = []
        kind = self._place.kind
        if kind == "code":
            self._put((Span("".join(text for text, _ in runs).strip("\n")),))
        elif len(runs) == 1:
            text, look = runs[0]
            self._put((Span(text.strip(" "), *look[1:]),))
        else:
            for found in spans.paragraphs(runs, apart=kind != "item"):
                self._put(found)
        if self._held:
            self.blocks += self._held
            self._held = []

    def _put(self, text: tuple[Span, ...]) -> None:
        """Make a block where the walk is."""
        place = self._place
        if all(not span.text or span.text.isspace() for span in text):
            return
        if place.kind != "item":
            self.blocks.append(Block(place.kind, text, place.level, place.number))
            return
        block = Block("item", text, place.level, place.number)
        if place.item is not None:
            place.parts += 1
            if self.blocks[-1] is place.item and place.parts < _MAX_ITEM_PARTS:
                # A second paragraph of an item stays with the first.
                text = (*self.blocks.pop().spans, Span("\n"), *text)
                block = block._replace(spans=text)
            else:
                block = Block("paragraph", text)
        if block.kind == "item":
            place.item = block
        self.blocks.append(block)

    def _take(self, element: lxml.etree._Element, tag: str) -> bool:
        """Take an element in as one thing, or leave it out; False: walk into it."""
        if tag in elements.DROPPED or (self._hides and elements.hidden(element)):
            return True
        if tag == "br":
            self._runs.append(spans.BREAK)
        elif tag == "hr":
            self._alone(Block("rule"))
        elif tag in elements.PLAYERS:
            self._player(element)
        elif tag == "figure":
            if not (shown := images.figure(element, self._base)):
                return False
            self._figure(shown)
        elif tag == "table":
            if not (rows := tables.rows(element)):
                return False
            heads = (spans.text_of(each) for each in element.iter("caption"))
            told = [Block("paragraph", (Span(text),)) for text in heads if text]
            self._alone(*told, Block("table", rows=rows))
        else:
            self._image(element)
        return True

    def _alone(self, *blocks: Block) -> None:
        self.flush()
        self.blocks += blocks

    def _figure(self, shown: images.Figure) -> None:
        """Make blocks of a figure's pictures; the last one has the caption."""
        caption: list[Span] = []
        if shown.caption is not None:
            inner = _Builder(self._base, hides=self._hides, cleaned=self._cleaned)
            for block in inner.walk(shown.caption).blocks:
                caption += ([Span(" ")] if caption else []) + list(block.spans)
        last = shown.blocks[-1]._replace(spans=tuple(caption), credit=shown.credit)
        self._alone(*shown.blocks[:-1], last)

    def _image(self, element: lxml.etree._Element) -> None:
        if emoji := images.emoji(element):
            self.add(emoji, self._look)
        elif block := images.image(element, self._base):
            self._held.append(block)
            if not any(text.strip() for text, _ in self._runs):
                self.flush()

    def _player(self, element: lxml.etree._Element) -> None:
        """Make a paragraph with a link of what plays or shows something else."""
        sources = (element, *element.iter("source"))
        found = (clean.url(each.get("src") or "", self._base) for each in sources)
        if url := next((url for url in found if url), ""):
            text = clean.line(element.get("title") or "") or url
            self._alone(Block("paragraph", (Span(text, url=url),)))
