"""Markup of any sort to a tree of elements: unclosed, undeclared, unescaped, cut off.

One pass, whose time grows with the length and with nothing else. What is known of feeds
helps where an end is missing: a title ends where a link begins.
"""

import html
import re
from collections import Counter
from itertools import islice
from typing import Final

from lxml import etree

from autotui.ingest import vocabulary
from autotui.ingest.vocabulary import Element

MAX_DEPTH: Final = 200
_MAX_ATTRIBUTES: Final = 50
_MAX_TAG: Final = 20_000
_MAX_ENTITIES: Final = 200
_MAX_TAGS: Final = 500_000
"""Ten times what a feed has; what follows is left out."""

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The second form of a tag is for quotation marks that do not come in pairs.
_MARKUP: Final = re.compile(
    r"<(?:[!?]|(/?)([A-Za-z_][A-Za-z0-9_.:-]*+)"
    r"(?:((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)|([^<>]*+))>)"
)
_CUT_TAG: Final = re.compile(r"<(?:[/?]?[A-Za-z][^<>]*|/|!|!--?|!\[[A-Z]*|![A-Z][^<>]*)?\Z")
_ATTRIBUTE: Final = re.compile(
    r"(?<![^\s\"'/])([A-Za-z_][A-Za-z0-9_.:-]*+)\s*+=\s*+"
    r"(?:\"([^\"<]*)\"|'([^'<]*)'|([^\s<>\"']++))"
)
_REFERENCE: Final = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9_.-]{0,40});"
)
_ENTITY: Final = re.compile(
    r"<!ENTITY\s++([A-Za-z][A-Za-z0-9_.-]{0,40})\s++(?:\"([^\"&<%]{0,500})\"|'([^'&<%]{0,500})')"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENTRIES: Final = frozenset({"item", "entry", "atom:entry", "rss:item"})
_STRUCTURE: Final = _ENTRIES | {"channel"}
_LINES: Final = _words(
    "title link guid pubdate category comments id updated published issued modified"
    " language ttl dc:creator dc:date dc:subject dc:title author"
)
"""Fields that hold a line of text."""
_BODIES: Final = _words(
    "description content:encoded summary content itunes:summary media:description"
)
_FIELDS: Final = _LINES | _BODIES
_ENDS_LINE: Final = _FIELDS | _STRUCTURE | {"enclosure", "source", "image"}
_ENDS_BODY: Final = _STRUCTURE | _words(
    "description content:encoded guid pubdate updated published dc:creator dc:date"
    " enclosure comments category author link"
)
_EMPTY: Final = _words("br hr img wbr input meta enclosure media:thumbnail")


def read(content: str) -> Element:
    """Give a made-up root that holds whatever is in there, two documents too."""
    return _Reader(_FORBIDDEN.sub("", content)).read()


class _Reader:
    """Reads tags one by one and keeps the tree in shape."""

    def __init__(self, content: str) -> None:
        self._content = content
        root = etree.Element("document")
        self._open: list[tuple[str, Element]] = [("", root)]
        """Each open element after its name as it is written, in small letters."""
        self._before: Element | None = None
        """What was closed last, if nothing was opened since: text here follows it."""
        self._pieces: list[str] = []
        self._count: Counter[str] = Counter()
        self._spaces: dict[str, str] = {}
        self._missing: set[str] = set()
        """What is not found from here to the end: it is not looked for again."""
        self._entities: dict[str, str] = {}
        """What references stand for: those of the DOCTYPE, and those met so far."""
        self._halved = False
        """Whether the end of the document cut a line of text in two."""

    def read(self) -> Element:
        """Give the made-up root."""
        at, end = 0, len(self._content)
        if cut := _CUT_TAG.search(self._content, max(0, end - _MAX_TAG)):
            end = cut.start()
        tags = 0
        while (found := _MARKUP.search(self._content, at, end)) and tags < _MAX_TAGS:
            self._data(self._content[at : found.start()])
            at, tags = self._markup(found, end), tags + 1
        if tags < _MAX_TAGS:
            self._data(self._content[at:end])
        self._flush()
        while len(self._open) > 1:
            self._cut(*self._open[-1])
            self._close()
        return self._open[0][1]

    def _markup(self, found: "re.Match[str]", end: int) -> int:
        """Take in a tag or the like; give where it ends."""
        name = found[2]
        if not name:
            return self._other(found.start(), end)
        if found[1]:
            self._end(name.lower())
        else:
            self._start(name, found[3] or found[4] or "")
        return found.end()

    def _other(self, start: int, end: int) -> int:
        """Take in a CDATA section; pass over comments, instructions and the like."""
        content = self._content
        if content.startswith("<![CDATA[", start):
            stop = self._find("]]>", start + 9)
            self._pieces.append(content[start + 9 : stop if stop >= 0 else end])
            return stop + 3 if stop >= 0 else end
        if content.startswith("<!--", start):
            stop = self._find("-->", start + 4)
            return stop + 3 if stop >= 0 else start + 4
        if content.startswith("<!DOCTYPE", start):
            return self._doctype(start)
        mark = "?>" if content[start + 1] == "?" else ">"
        stop = self._find(mark, start)
        return stop + len(mark) if stop >= 0 else start + 2

    def _doctype(self, start: int) -> int:
        stop = self._find(">", start)
        if stop < 0:
            return start + 9
        subset = self._content.find("[", start, stop)
        if subset >= 0:
            inside = self._find("]>", subset)
            stop = inside + 1 if inside >= 0 else stop
        declared = self._content[start : stop + 1] if subset >= 0 else ""
        for found in islice(_ENTITY.finditer(declared), _MAX_ENTITIES):
            self._entities.setdefault(f"&{found[1]};", found[2] or found[3] or "")
        return stop + 1

    def _find(self, wanted: str, start: int) -> int:
        if wanted in self._missing:
            return -1
        found = self._content.find(wanted, start)
        if found < 0:
            self._missing.add(wanted)
        return found

    def _data(self, raw: str) -> None:
        if raw:
            self._pieces.append(self._decoded(raw))

    def _flush(self) -> None:
        """Put the text that was gathered where it belongs."""
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        if self._before is None:
            self._open[-1][1].text = text
        else:
            self._before.tail = text

    def _decoded(self, raw: str) -> str:
        return _REFERENCE.sub(self._character, raw) if "&" in raw else raw

    def _character(self, found: "re.Match[str]") -> str:
        """Give what a reference stands for, itself if nobody knows."""
        raw = found[0]
        meant = self._entities.get(raw)
        if meant is None:
            # What is no character at all becomes U+FFFD.
            meant = _FORBIDDEN.sub("", html.unescape(raw).replace("\ufffd", ""))
            if len(self._entities) < _MAX_ENTITIES:
                self._entities[raw] = meant
        return meant

    def _start(self, name: str, rest: str) -> None:
        """Open an element, after closing those that cannot be around it."""
        lowered = name.lower()
        given = self._attributes(rest[:_MAX_TAG])
        # HTML has links as well, but theirs have an address.
        if lowered != "link" or "href" not in given or self._count["entry"]:
            self._close_before(lowered)
        tag = self._tag(name)
        empty = (
            rest.endswith("/")
            or lowered in _EMPTY
            or (lowered in {"link", "atom:link"} and "href" in given)
        )
        if not empty and len(self._open) >= MAX_DEPTH:
            return
        self._flush()
        element = etree.SubElement(self._open[-1][1], tag, given)
        if empty:
            self._before = element
        else:
            self._open.append((lowered, element))
            self._count[lowered] += 1
            self._before = None

    def _close_before(self, name: str) -> None:
        """Close fields that were never closed, and entries inside one another."""
        if name in _ENTRIES and self._count[name]:
            self._end(name)
            return
        if name not in _ENDS_LINE:
            return
        for around, _ in reversed(self._open[-6:]):
            if around in _ENTRIES:
                return
            ends = _ENDS_LINE if around in _LINES else _ENDS_BODY
            if around in _FIELDS and name in ends:
                self._end(around)
                return

    def _end(self, name: str) -> None:
        """Close an element if it is open, and all that is open inside it."""
        if not self._count[name]:
            return
        for around, _ in reversed(self._open):
            if around == name:
                break
            fence = _ENTRIES if name in _FIELDS else _ENTRIES | _FIELDS
            if name not in _STRUCTURE and around in fence:
                return
        while self._close() != name:
            pass

    def _close(self) -> str:
        self._flush()
        name, self._before = self._open.pop()
        self._count[name] -= 1
        return name

    def _cut(self, name: str, element: Element) -> None:
        """Take out what the end of the document cut in two: half an id is no id."""
        if name in _LINES:
            self._halved = True
            if name != "title":
                element.text = None
        elif name in _ENTRIES and self._halved:
            told = {vocabulary.name(each) for each in element if each.text or each.attrib}
            if not told & {"guid", "id", "link"}:
                element.tag = "cut"

    def _tag(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        space = self._spaces.get(prefix, "")
        short = vocabulary.module(space, prefix) if space or prefix else ""
        kept = re.sub(r"[^a-z0-9]", "", short)
        # "a:1" is a name in here, but "1" is none to lxml.
        plain = local if re.match(r"[A-Za-z_]", local) else "x"
        return f"{{{kept}}}{plain}" if kept else plain

    def _attributes(self, rest: str) -> dict[str, str]:
        given: dict[str, str] = {}
        for found in _ATTRIBUTE.finditer(rest):
            name = found[1]
            value = self._decoded(found[2] or found[3] or found[4] or "")
            prefix, _, local = name.lower().rpartition(":")
            if prefix == "xmlns" or name == "xmlns":
                self._spaces[name.partition(":")[2]] = value
            elif re.match(r"[a-z_]", local):
                given.setdefault(
                    f"{vocabulary.XML}{local}" if prefix == "xml" else local, value
                )
            if len(given) >= _MAX_ATTRIBUTES:
                break
        return given
