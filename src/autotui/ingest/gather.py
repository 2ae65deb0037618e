"""Text, as it is met while HTML is read, to blocks: whoever reads it, and however."""

from typing import Final

from autotui import clean
from autotui.document import Block, Document, Span
from autotui.ingest import elements, spans
from autotui.ingest.elements import Get, Place

MAX_BLOCKS: Final = 20_000
_MAX_ITEM_PARTS: Final = 50


class Gather:
    """Gathers runs of text; makes a block where one ends."""

    def __init__(self, base: str, *, cleaned: bool = False) -> None:
        self.base = base
        self.cleaned = cleaned
        """Whether all text is clean already."""
        self.blocks: list[Block] = []
        self.held: list[Block] = []
        """Images met inside a paragraph: they follow it."""
        self._place = Place()
        self._places: list[Place] = []
        """Those around ``_place``, outermost first; ``_looks`` likewise."""
        self._look = spans.PLAIN
        self._looks: list[Span] = []
        self._runs: list[tuple[str, Span]] = []

    def begin(self, tag: str, get: Get) -> None:
        """Begin an element, whose attributes ``get`` gives."""
        if tag in elements.LOOKS:
            self._looks.append(self._look)
            self._look = elements.look(tag, get, self._look, self.base)
        if tag in elements.BLOCKS:
            self.flush()
            self._places.append(self._place)
            self._place = elements.place(tag, get, self._place)

    def end(self, tag: str) -> None:
        """End an element that was begun."""
        if tag in elements.BLOCKS:
            self.flush()
            self._place = self._places.pop()
        if tag in elements.LOOKS:
            self._look = self._looks.pop()

    def add(self, text: str) -> None:
        """Take in a run of text."""
        if not self.cleaned:
            text = clean.text(text)
        if self._place.kind != "code":
            text = spans.spaced(text)
        if text and (text != " " or self._runs):
            self._runs.append((text, self._look))

    def line_break(self) -> None:
        """Take in a line break that is meant."""
        self._runs.append(spans.BREAK)

    def alone(self, *blocks: Block) -> None:
        """Take in what is a block by itself."""
        self.flush()
        self.blocks += blocks

    def hold(self, image: Block) -> None:
        """Take in an image, which follows the text it is met in."""
        self.held.append(image)
        if not any(text.strip() for text, _ in self._runs):
            self.flush()

    def flush(self) -> None:
        """End the block that is being gathered, and put its images after it."""
        runs = self._runs
        if not runs and not self.held:
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
        if self.held:
            self.blocks += self.held
            self.held = []

    def built(self) -> Document:
        """Give what was made."""
        self.flush()
        return Document(tuple(self.blocks[:MAX_BLOCKS]))

    def _put(self, text: tuple[Span, ...]) -> None:
        """Make a block where the reading is."""
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
