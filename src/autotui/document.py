"""A story's body as blocks: the only form in which a body reaches the screen.

No parsing of HTML here (``ingest.blocks`` does that) and no looks (``ui`` does those).
Every string inside is clean: ``Span`` and ``Block`` hold what ``clean`` let through.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple, get_args

Kind = Literal["paragraph", "heading", "item", "quote", "code", "table", "image", "rule"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

# Made once: dumps() makes an encoder each time it is not to use the usual one.
_encoded: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TEXTLESS: Final = frozenset({"image", "rule"})
"""Blocks that the plain text leaves out."""
_WHOLE: Final = _TEXTLESS | {"table"}
"""Blocks of which the plain text does not tell the spans."""
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


# Named tuples, not dataclasses: a fetch makes a million, five times as fast.
class Span(NamedTuple):
    """A run of text in one look."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    url: str = ""
    """Where the run links to; ``""`` if it is no link."""


class Block(NamedTuple):
    """One paragraph, heading, list item, quote, table, image or the like."""

    kind: Kind
    spans: tuple[Span, ...] = ()
    """The text; of an image, its caption."""
    level: int = 0
    """Of a heading 1-6; of an item or quote its depth, 1 and more."""
    number: int = 0
    """Of an item in a numbered list its number, else 0."""
    url: str = ""
    """Of an image, its address."""
    alt: str = ""
    credit: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table, its cells row by row; the first row is the head."""

    @property
    def text(self) -> str:
        """The text without its looks."""
        if len(self.spans) == 1:
            return self.spans[0].text
        return "".join([span.text for span in self.spans])


@dataclass(frozen=True, slots=True)
class Document:
    """A whole body."""

    blocks: tuple[Block, ...] = ()

    @property
    def images(self) -> tuple[Block, ...]:
        """The images, in order."""
        return tuple(block for block in self.blocks if block.kind == "image")

    @property
    def links(self) -> tuple[str, ...]:
        """Each address linked to, once, in order: link number n is ``links[n - 1]``."""
        found = (span.url for block in self.blocks for span in block.spans)
        return tuple(dict.fromkeys(url for url in found if url))


def to_text(document: Document) -> str:
    """Give the plain text: paragraphs apart by a blank line, no image captions."""
    return _joined(document.blocks, _plain)


def to_markdown(document: Document) -> str:
    """Give the body as Markdown (CommonMark, with pipe tables)."""
    return _joined(document.blocks, _markdown)


def count_words(text: str) -> int:
    """Count words; of scripts without spaces two characters are one word."""
    characters = 0
    if not text.isascii() and _CJK.search(text):
        text, characters = _CJK.subn(" ", text)
    # Bullets are ours; a dash between spaces may count as a word, for all it matters.
    return len(text.split()) - text.count("• ") + (characters + 1) // 2


def dump(document: Document) -> str:
    """Give the body as compact JSON, for ``load``."""
    return _encoded([_sparse(block) for block in document.blocks])


def load(dumped: str) -> Document:
    """Read what ``dump`` gave."""
    return Document(tuple(_block(entry) for entry in json.loads(dumped)))


def pack(document: Document) -> bytes:
    """Give the body without its text, for ``unpack``: what lies beside ``to_text``.

    A JSON array, an entry a block: an array of kind, level, number and the spans' lengths
    and looks where the text tells the rest, else the block as ``dump`` gives it. Nothing
    at all for no blocks.
    """
    if not document.blocks:
        return b""
    entries = [
        _sparse(block)
        if block.rows or block.url or block.alt or block.credit or block.kind in _WHOLE
        else [block.kind, block.level, block.number, *map(_length, block.spans)]
        for block in document.blocks
    ]
    return _encoded(entries).encode()


def unpack(packed: bytes, text: str) -> Document:
    """Read what ``pack`` gave of a body whose plain text is ``text``.

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
        lead = len(_bullet(number)) if kind == "item" else 0
        size = lead + sum(each if isinstance(each, int) else each[0] for each in spans)
        if told is not None:
            size = len(_plain(told))
        if size:
            at += len(_between(before, kind)) if before else 0
            before = kind
        blocks.append(told or _cut(entry, text[at + lead : at + size]))
        at += size
    return Document(tuple(blocks))


def _joined(blocks: Iterable[Block], shape: Callable[[Block], str]) -> str:
    """Give the blocks' shapes with what separates one from the next."""
    parts: list[str] = []
    before = ""
    for block in blocks:
        if shaped := shape(block):
            if before:
                parts.append(_between(before, block.kind))
            parts.append(shaped)
            before = block.kind
    return "".join(parts)


def _plain(block: Block) -> str:
    kind = block.kind
    if kind == "table":
        return "\n".join(" | ".join(row) for row in block.rows)
    if kind == "item":
        return _bullet(block.number) + block.text
    return "" if kind in _TEXTLESS else block.text


def _bullet(number: int) -> str:
    return f"{number}. " if number else "• "


def _between(before: str, kind: str) -> str:
    """Give what separates a block's text from that of the block before."""
    return "\n" if before == kind == "item" else "\n\n"


def _markdown(block: Block) -> str:
    inner = "".join(_marked(span) for span in block.spans)
    match block.kind:
        case "heading":
            return f"{'#' * max(1, block.level)} {inner}"
        case "item":
            mark = f"{block.number}." if block.number else "-"
            return f"{'   ' * max(0, block.level - 1)}{mark} {inner}"
        case "quote":
            return "\n".join(f"> {part}" for part in inner.split("\n"))
        case "code":
            fence = "`" * max(3, _longest_ticks(block.text) + 1)
            return f"{fence}\n{block.text}\n{fence}"
        case "table":
            return _table(block.rows)
        case "image":
            caption = " ".join(part for part in (inner, block.credit) if part)
            alt = _escaped(block.alt)
            return f"![{alt}]({block.url})" + (f"\n*{caption}*" if caption else "")
        case "rule":
            return "---"
        case "paragraph":
            return inner


def _marked(span: Span) -> str:
    """Wrap the text in its marks, the spaces around it left outside."""
    core = span.text.strip()
    if not core:
        return span.text
    at = span.text.index(core)
    before, after = span.text[:at], span.text[at + len(core) :]
    if span.code:
        ticks = "`" * (_longest_ticks(core) + 1)
        core = f"{ticks}{core}{ticks}"
    else:
        core = _escaped(core)
    core = f"**{core}**" if span.strong else core
    core = f"*{core}*" if span.emphasis else core
    return before + (f"[{core}](<{span.url}>)" if span.url else core) + after


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", text)


def _longest_ticks(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    if not rows:
        return ""
    lines = [f"| {' | '.join(_escaped(cell) for cell in row)} |" for row in rows]
    lines.insert(1, f"|{' --- |' * len(rows[0])}")
    return "\n".join(lines)


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


def _length(span: Span) -> int | list[int | str]:
    """Give a span as its length, with looks and address where it has any."""
    looks = _letters(span)
    return [len(span.text), looks, span.url] if looks or span.url else len(span.text)


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
