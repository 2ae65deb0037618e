"""A story's body as it is stored: its plain text, and its form beside it."""

import json
from json.encoder import encode_basestring
from typing import Any, Final, NamedTuple

from autotui.document import Block, Document, Kind, Span, between, bullet, plain

# Made once: dumps() makes an encoder each time it is not to use the usual one.
_encoded: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_WHOLE: Final = frozenset({"image", "rule", "table"})
"""Blocks of which the plain text does not tell the spans."""


class Body(NamedTuple):
    """A body as it is stored: a ``Document`` in two halves."""

    text: str = ""
    """What ``document.to_text`` gives."""
    packed: bytes = b""
    """What the text does not tell of the form, for ``unpack``.

    A JSON array, an entry a block: an array of kind, level, number and the spans' lengths
    and looks where the text tells the rest, else the block as ``dump`` gives it. Nothing
    at all for no blocks.
    """


Run = tuple[str, Span]
"""A text, and the look it has: a ``Span`` without text."""


class Packer:
    """Makes a ``Body``, block by block."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._forms: list[str] = []
        self._before = ""

    def put(self, kind: Kind, level: int, number: int, *runs: Run) -> None:
        """Take in a block of text alone, with one run at least."""
        if len(runs) == 1:
            text, look = runs[0]
            sizes = _size(len(text), look)
        else:
            text = "".join([each for each, _ in runs])
            sizes = ",".join([_size(len(each), look) for each, look in runs])
        self._forms.append(f'["{kind}",{level},{number},{sizes}]')
        self._tell(kind, bullet(number) + text if kind == "item" else text)

    def add(self, block: Block) -> None:
        """Take in any block."""
        kind, runs, level, number, *others = block
        if any(others) or kind in _WHOLE:
            form = _encoded(_sparse(block))
        else:
            sizes = [_size(len(span.text), span) for span in runs]
            form = ",".join([f'["{kind}",{level},{number}', *sizes]) + "]"
        self._forms.append(form)
        self._tell(kind, plain(block))

    def body(self) -> Body:
        """Give what was taken in."""
        forms = f"[{','.join(self._forms)}]".encode() if self._forms else b""
        return Body("".join(self._texts), forms)

    def _tell(self, kind: str, text: str) -> None:
        if text:
            if self._before:
                self._texts.append(between(self._before, kind))
            self._texts.append(text)
            self._before = kind


def pack(document: Document) -> Body:
    """Give a body as it is stored."""
    packer = Packer()
    for block in document.blocks:
        packer.add(block)
    return packer.body()


def unpack(packed: bytes, text: str) -> Document:
    """Give the body whose halves these are.

    Where nothing was packed, the text's paragraphs are the body.
    """
    if not packed:
        parts = filter(None, text.split("\n\n"))
        return Document(tuple(Block("paragraph", (Span(part),)) for part in parts))
    blocks: list[Block] = []
    at, before = 0, ""
    for entry in json.loads(packed):
        told = _block(entry) if isinstance(entry, dict) else None
        kind, _, number, *spans = entry if told is None else (told.kind, 0, told.number)
        lead = len(bullet(number)) if kind == "item" else 0
        size = lead + sum(each if isinstance(each, int) else each[0] for each in spans)
        if told is not None:
            size = len(plain(told))
        if size:
            at += len(between(before, kind)) if before else 0
            before = kind
        blocks.append(told or _cut(entry, text[at + lead : at + size]))
        at += size
    return Document(tuple(blocks))


def dump(document: Document) -> str:
    """Give the body as compact JSON, for ``load``."""
    return _encoded([_sparse(block) for block in document.blocks])


def load(dumped: str) -> Document:
    """Read what ``dump`` gave."""
    return Document(tuple(_block(entry) for entry in json.loads(dumped)))


def _sparse(block: Block) -> dict[str, Any]:
    """Give a block as JSON that leaves out what is empty."""
    entry: dict[str, Any] = {"kind": block.kind}
    if block.spans:
        entry["spans"] = [_looks(span) for span in block.spans]
    for name in ("level", "number", "url", "alt", "credit", "rows"):
        if value := getattr(block, name):
            entry[name] = value
    return entry


def _looks(span: Span) -> list[str]:
    """Give a span as its text, its looks as letters, and its address."""
    looks = _letters(span)
    return [span.text, looks, span.url] if looks or span.url else [span.text]


def _size(length: int, look: Span) -> str:
    """Give a run as its length, with looks and address where it has any, in JSON."""
    _, strong, emphasis, code, url = look
    if not (strong or emphasis or code or url):
        return str(length)
    return f'[{length},"{_letters(look)}",{encode_basestring(url)}]'


def _letters(span: Span) -> str:
    if not (span.strong or span.emphasis or span.code):
        return ""
    looks = (("b", span.strong), ("i", span.emphasis), ("c", span.code))
    return "".join(letter for letter, on in looks if on)


def _cut(entry: list[Any], text: str) -> Block:
    """Make a block from its packed form and its text."""
    kind, level, number, *packed = entry
    spans, at = [], 0
    for each in packed:
        size, *looks = [each] if isinstance(each, int) else each
        spans.append(_span(text[at : at + size], *looks))
        at += size
    return Block(kind, tuple(spans), level, number)


def _block(entry: dict[str, Any]) -> Block:
    spans = tuple(_span(*fields) for fields in entry.pop("spans", ()))
    rows = tuple(tuple(row) for row in entry.pop("rows", ()))
    return Block(spans=spans, rows=rows, **entry)


def _span(text: str, looks: str = "", url: str = "") -> Span:
    return Span(text, "b" in looks, "i" in looks, "c" in looks, url)
