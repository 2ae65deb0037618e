"""Tidy HTML to a body as it is stored, without a tree: four times as fast as with one.

Most feeds are written by programs: small letters, quoted attributes, every element
closed where it should be, none where others would have to be closed for it. What is not
so is left to ``trees``, which reads anything; both give the same for what is.
"""

from collections.abc import Callable
from typing import ClassVar, Final

from autotui.document import Block, Kind, Span
from autotui.ingest import elements, images, spans, tags, trees
from autotui.ingest.elements import named
from autotui.ingest.gather import MAX_BLOCKS, Gather
from autotui.ingest.tags import UntidyError, attributes_of
from autotui.packing import Body, Packer, Run

_MAX_DEPTH: Final = 50
_LEAVES: Final[dict[str, tuple[Kind, int]]] = {
    "p": ("paragraph", 0),
    **{f"h{level}": ("heading", level) for level in range(1, 7)},
}
"""Elements that hold text and no others."""
_INLINE: Final = named(
    "a abbr b br cite code del em i img ins mark q s small span strong sub sup time u"
)
_BLANK: Final = ("", " ")
_UNSEEN: Final = named("iframe script style")
_HELD: Final = {
    "figure": _INLINE | named("div figcaption p picture source"),
    "iframe": frozenset[str](),
    "pre": _INLINE,
    "table": _INLINE | named("caption p tbody td tfoot th thead tr"),
}
"""What only a tree can read, and what it may hold."""
_FIGURE: Final = (
    ["", "", "", "/", "/"],
    ["figure", "img", "figcaption", "figcaption", "figure"],
)


def read(html: str, base: str) -> Body | None:
    """Read clean HTML without anything hidden; ``None`` if it is not tidy."""
    parts = tags.parted(html)
    if parts is None or len(parts) > MAX_BLOCKS:
        return None
    try:
        return _Reader(parts, base).body()
    except UntidyError:
        return None


class _Reader:
    """Reads what ``_TAG`` parted: text, slash, name, attributes, text and so on.

    Its methods take the place of a text or of the slash after it, and give that of the
    first text which they left.
    """

    def __init__(self, parts: list[str], base: str) -> None:
        self._packer = Packer()
        self._raw = parts.copy()
        parts[::4] = tags.said(parts[::4])
        self._parts = parts
        self._base = base
        self._within: list[tuple[str, Kind, int]] = [("", "paragraph", 0)]
        """Of each element that is open, its name and what loose text in it becomes."""
        self._runs: list[Run] = []
        self._broken = False
        """Whether a line break is among the runs."""
        self._held: list[Block] = []

    def body(self) -> Body:
        """Read it all, or raise UntidyError."""
        parts, at, last = self._parts, 0, len(self._parts) - 1
        while True:
            if parts[at] not in _BLANK:
                at = self._loose(at)
            if at == last:
                break
            at = self._element(at + 1)
        if len(self._within) > 1:
            raise UntidyError
        return self._packer.body()

    def _element(self, at: int) -> int:
        """Read an element that is a block; of one that holds blocks, the beginning."""
        slash, name, attributes = self._parts[at : at + 3]
        if slash:
            if name != self._within.pop()[0] or attributes:
                raise UntidyError
            return at + 3
        if name in _LEAVES:
            _, kind, level = self._within[-1]
            if name != "p":
                kind, level = _LEAVES[name]
            return self._text(at, kind, level)
        if name in _INLINE:
            return self._loose(at - 1)
        if name in self._others:
            return self._others[name](self, at)
        if name != "hr":
            raise UntidyError
        attributes_of(attributes, void=True)
        self._packer.add(Block("rule"))
        return at + 3

    def _loose(self, at: int) -> int:
        """Read text that stands beside blocks."""
        end = self._inline(at, "")
        if tags.name(self._parts, end) in _UNSEEN:
            raise UntidyError  # the text may go on behind it
        _, kind, level = self._within[-1]
        self._flush(kind, level, 0)
        return end

    def _part(self, at: int) -> int:
        """Begin an element that holds blocks."""
        name, attributes = self._parts[at + 1 : at + 3]
        attributes_of(attributes)
        _, kind, level = self._within[-1]
        if name == "blockquote":
            kind, level = "quote", level + 1
        self._within.append((name, kind, level))
        if len(self._within) > _MAX_DEPTH:
            raise UntidyError
        return at + 3

    def _list(self, at: int) -> int:
        """Read a list whose items hold text alone."""
        name, attributes = self._parts[at + 1 : at + 3]
        if "start" in attributes_of(attributes):
            raise UntidyError
        number = 1 if name == "ol" else 0
        at += 3
        while tags.name(self._parts, at) == "li" and not self._parts[at + 1]:
            self._expect_blank(at)
            if "value" in attributes_of(self._parts[at + 3]):
                raise UntidyError
            at = self._text(at + 1, "item", 1, number)
            number += bool(number)
        self._expect_blank(at)
        if self._parts[at + 1 : at + 4] != ["/", name, ""]:
            raise UntidyError
        return at + 4

    def _text(self, at: int, kind: Kind, level: int, number: int = 0) -> int:
        """Read an element that holds text alone."""
        name, attributes, text = self._parts[at + 1 : at + 4]
        if attributes:
            attributes_of(attributes)
        if self._parts[at + 4 : at + 7] == ["/", name, ""]:
            text = text.strip(" ")
            if text and not text.isspace():
                self._packer.put(kind, level, number, (text, spans.PLAIN))
            return at + 7
        end = self._inline(at + 3, name)
        self._flush(kind, level, number)
        return end

    def _inline(self, at: int, until: str) -> int:
        """Gather runs until an element ends; with ``""``, until a block comes."""
        parts, names, look = self._parts, [until], spans.PLAIN
        looks: list[Span] = []
        while True:
            if text := parts[at]:
                self._runs.append((text, look))
                parts[at] = ""
            slash, name, attributes = parts[at + 1 : at + 4] or ("", "", "")
            if slash and name == names[-1] and not attributes:
                names.pop()
                if not names:
                    return at + 4
                look = looks.pop()
            elif slash or name not in _INLINE or (name == "a" and "a" in names):
                if names != [""]:
                    raise UntidyError
                return at
            elif len(names) > _MAX_DEPTH:
                raise UntidyError
            elif name in tags.VOID:
                self._void(name, attributes_of(attributes, void=True), look)
            else:
                names.append(name)
                looks.append(look)
                get = attributes_of(attributes).get
                if name in elements.LOOKS:
                    look = elements.look(name, get, look, self._base)
            at += 4

    def _void(self, name: str, attributes: dict[str, str], look: Span) -> None:
        """Take in an element that holds nothing, in the midst of text."""
        if name == "br":
            self._runs.append(spans.BREAK)
            self._broken = True
        if name != "img":
            return
        if emoji := images.emoji(attributes.get):
            self._runs.append((emoji, look))
        elif block := images.image(attributes.get, self._base):
            if any(text.strip() for text, _ in self._runs):
                self._held.append(block)
            else:
                self._runs.clear()
                self._packer.add(block)

    def _flush(self, kind: Kind, level: int, number: int) -> None:
        """Make blocks of the runs, and put their images after them."""
        runs, self._runs = self._runs, []
        if self._broken:
            self._broken = False
            for found in spans.paragraphs(runs, apart=kind != "item"):
                if not all(span.text.isspace() for span in found):
                    self._packer.add(Block(kind, found, level, number))
        else:
            tight = spans.tight(runs)
            if not all(text.isspace() for text, _ in tight):
                self._packer.put(kind, level, number, *tight)
        for block in self._held:
            self._packer.add(block)
        self._held.clear()

    def _figure(self, at: int) -> int:
        """Read a picture with a caption that is text alone, or any by its tree."""
        parts = self._parts
        shape = parts[at : at + 20 : 4], parts[at + 1 : at + 20 : 4]
        around = (parts[at + 3], parts[at + 7], parts[at + 15]) if shape == _FIGURE else "?"
        if "".join(around).strip(" \n"):
            return self._island(at)
        attributes_of(parts[at + 2] + parts[at + 10])
        if parts[at + 14] or parts[at + 18]:
            raise UntidyError
        picture = attributes_of(parts[at + 6], void=True)
        block = images.image(picture.get, self._base)
        if block is None:
            return self._island(at)
        caption = parts[at + 11].strip(" ")
        told = (Span(caption),) if caption and not caption.isspace() else ()
        self._packer.add(block._replace(spans=told))
        return at + 19

    def _island(self, start: int) -> int:
        """Read an element by its tree."""
        parts = self._parts
        opened: list[str] = []
        held = _HELD[parts[start + 1]]
        if self._within[-1][1] != "paragraph":
            raise UntidyError
        for at in range(start, len(parts), 4):
            slash, name, attributes = parts[at : at + 3]
            if not slash:
                if opened and name not in held:
                    raise UntidyError
                attributes_of(attributes, void=name in tags.VOID)
                if name not in tags.VOID:
                    opened.append(name)
            elif attributes or opened.pop() != name:
                break
            if not opened:
                into = Gather(self._base, cleaned=True)
                trees.read(tags.joined(self._raw[start : at + 3]), into, hides=False)
                for block in into.built().blocks:
                    self._packer.add(block)
                return at + 3
        raise UntidyError

    def _dropped(self, at: int) -> int:
        """Leave out an element that holds no others."""
        attributes_of(self._parts[at + 2])
        if self._parts[at + 4 : at + 7] != ["/", self._parts[at + 1], ""]:
            raise UntidyError
        return at + 7

    def _expect_blank(self, at: int) -> None:
        text = self._parts[at]
        if text not in _BLANK:
            raise UntidyError

    _others: ClassVar[dict[str, Callable[["_Reader", int], int]]] = {
        **dict.fromkeys(("article", "blockquote", "div", "section"), _part),
        **dict.fromkeys(("ol", "ul"), _list),
        **dict.fromkeys(("script", "style"), _dropped),
        **dict.fromkeys(("iframe", "pre", "table"), _island),
        "figure": _figure,
    }
