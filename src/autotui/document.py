"""A story's body as blocks: the only form in which a body reaches the screen.

No parsing of HTML here (``ingest.blocks`` does that) and no looks (``ui`` does those).
Every string inside is clean: ``Span`` and ``Block`` hold what ``clean`` let through.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args

from autotui import clean

Kind = Literal["paragraph", "heading", "item", "quote", "code", "table", "image", "rule"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_TEXTLESS: Final = frozenset({"image", "rule"})
"""Blocks that the plain text leaves out."""
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


# What at the start of a line would be a heading, an item, a rule or a fence.
_OPENING: Final = re.compile(
    r"^( *(?:\d{1,9}(?=[.)](?:\s|$)))?)"
    r"(#{1,6}(?=\s|$)|[-+](?=\s|$)|-{2,}(?=\s*$)|=+(?=\s*$)|~{3,}|(?<=\d)[.)])",
    re.MULTILINE,
)


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
    return _joined(document.blocks, plain)


def to_markdown(document: Document) -> str:
    """Give the body as Markdown (CommonMark, with pipe tables)."""
    return _joined(document.blocks, _markdown)


def count_words(text: str) -> int:
    """Count words; of scripts without spaces two characters are one word."""
    characters, bullets = 0, 0
    if odd := clean.unusual(text):
        # Bullets are ours; a dash between spaces may count as a word, for all it matters.
        bullets = text.count("• ") if "•" in odd else 0
        if _CJK.search(odd):
            text, characters = _CJK.subn(" ", text)
    return len(text.split()) - bullets + (characters + 1) // 2


def _joined(blocks: Iterable[Block], shape: Callable[[Block], str]) -> str:
    """Give the blocks' shapes with what separates one from the next."""
    parts: list[str] = []
    before = ""
    for block in blocks:
        if shaped := shape(block):
            if before:
                parts.append(between(before, block.kind))
            parts.append(shaped)
            before = block.kind
    return "".join(parts)


def plain(block: Block) -> str:
    """Give a block's part of the plain text."""
    kind = block.kind
    if kind == "table":
        return "\n".join(" | ".join(row) for row in block.rows)
    if kind == "item":
        return bullet(block.number) + block.text
    return "" if kind in _TEXTLESS else block.text


def bullet(number: int) -> str:
    """Give what an item of the plain text begins with."""
    return f"{number}. " if number else "• "


def between(before: str, kind: str) -> str:
    """Give what separates a block's text from that of the block before."""
    return "\n" if before == kind == "item" else "\n\n"


def _markdown(block: Block) -> str:
    inner = _OPENING.sub(r"\g<1>\\\2", "".join(_marked(span) for span in block.spans))
    match block.kind:
        case "heading":
            return f"{'#' * max(1, block.level)} {inner.replace(chr(10), ' ')}"
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
    return re.sub(r"([\\`*_\[\]<>|]|&(?=#?\w{1,32};))", r"\\\1", text)


def _longest_ticks(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    if not rows:
        return ""
    lines = [f"| {' | '.join(_escaped(cell) for cell in row)} |" for row in rows]
    lines.insert(1, f"|{' --- |' * len(rows[0])}")
    return "\n".join(lines)
