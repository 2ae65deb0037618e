"""A story as flows of text: what each kind of block looks like.

Pure: a story and a width in, flows out, each made when it is asked for. Nothing here
knows a widget.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise, repeat
from types import MappingProxyType
from typing import Final

from autotui.document import Block, Document, Kind, Span, between, bullet, plain, to_text
from autotui.model import Article, Completeness
from autotui.ui.cells import leftward
from autotui.ui.keys import with_keys
from autotui.ui.render import Looks, byline
from autotui.ui.safe import stable
from autotui.ui.sheet import Flow, Run, overlaid, within
from autotui.ui.tables import pointed_at, table

_APART: Final = "\n\n"
"""What stands between the title and the text where findings count."""
_BEYOND: Final = 1 << 62
"""Later than any offset."""
_MAX_LEVEL: Final = 8
"""Deeper lists and quotes are indented no further."""
_HEAD_LEVELS: Final = 2
"""Headings down to this level are the large ones."""
_FILE_NAME: Final = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)|[^\W\d]*[-_ ]?\d[\d_x-]*",
    re.IGNORECASE,
)
_INCOMPLETE: Final[dict[Completeness, str]] = {
    "teaser": "The feed gives only this much; {toggle-full-text} fetches the rest, "
    "{open-browser} opens the browser.",
    "blocked": "The site refused to give the full text; {open-browser} opens it outside.",
    "paywall": "The rest is behind a paywall; {open-browser} opens the story outside.",
    "gone": "The story is gone from its site; this is what the feed gave.",
}
_LET_GO: Final = (
    "Its feed keeps texts for some days only ({edit-feed}); {toggle-full-text} fetches "
    "the page again."
)


@dataclass(frozen=True, slots=True)
class Story:
    """What is read: an article and its body."""

    article: Article
    document: Document

    @property
    def text(self) -> str:
        """Title and plain text, as the places of findings count."""
        return f"{self.article.title}{_APART}{to_text(self.document)}"


def story(
    shown: Story,
    width: int,
    looks: Looks,
    marked: tuple[Run, ...] = (),
    key_of: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Flow]:
    """Give the flows of a story: head, body, and the addresses that it links to.

    What is ``marked`` in ``shown.text`` has another look besides.
    """
    title = len(shown.article.title)
    beyond = within(marked, title + len(_APART), _BEYOND)
    for flow in _head(shown.article, looks, within(marked, 0, title)):
        yield _sided(flow, looks)
    yield from body(shown.document, width, looks, beyond)
    yield from _ending(shown, key_of)
    yield from _links(shown.document.links)


def body(
    document: Document, width: int, looks: Looks, marked: tuple[Run, ...] = ()
) -> Iterator[Flow]:
    """Give the flows of a body; ``marked`` are places in its plain text."""
    numbers = {url: number for number, url in enumerate(document.links, start=1)}
    setting = _Setting(width, looks, numbers)
    settings = _marked(document, setting, marked) if marked else repeat(setting)
    pairs = zip((None, *document.blocks), document.blocks, strict=False)
    for (before, block), each in zip(pairs, settings, strict=False):
        for flow in _SET[block.kind](block, before, each):
            yield _sided(flow, looks)


def _sided(flow: Flow, looks: Looks) -> Flow:
    """Give a flow that runs from right to left its mark, and its lines to the right.

    Whether letters are put in their order is the terminal's affair; no control
    character may tell it what to do.
    """
    if flow.hard or not leftward(flow.text):
        return flow
    first, rest = f"{looks.leftward} {flow.first}", f"  {flow.rest}"
    mark = flow.mark or "marker"
    return replace(flow, first=first, rest=rest, mark=mark, right=True)


def caption(block: Block, looks: Looks) -> str:
    """Give what an image shows: its caption and credit, else its description."""
    told = block.text.strip()
    if not told and not _FILE_NAME.fullmatch(block.alt.strip()):
        told = block.alt.strip()
    parts = (stable(told), stable(block.credit).strip())
    return f" {looks.dash} ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every block is set with."""

    width: int
    looks: Looks
    numbers: dict[str, int]
    """The footnote number of each address."""
    marked: tuple[Run, ...] = ()
    """Places in the block's part of the plain text."""


def _marked(
    document: Document, setting: _Setting, marked: tuple[Run, ...]
) -> Iterator[_Setting]:
    """Give what each block is set with, its own places marked."""
    at, last = 0, ""
    for block in document.blocks:
        size = len(plain(block))
        if size:
            at += len(between(last, block.kind)) if last else 0
            last = block.kind
        yield replace(setting, marked=within(marked, at, at + size))
        at += size


def _head(article: Article, looks: Looks, marked: tuple[Run, ...]) -> Iterator[Flow]:
    text, runs = _inline((Span(article.title),), _Setting(1, looks, {}, marked))
    yield Flow(text, "title", runs=runs)
    yield Flow(byline(article, looks), "byline", gap=False)


def _ending(shown: Story, key_of: Mapping[str, str]) -> Iterator[Flow]:
    """Say what is missing, where the reader comes to the end of the text."""
    let_go = shown.article.words and not shown.document.blocks
    if told := _LET_GO if let_go else _INCOMPLETE.get(shown.article.completeness):
        yield Flow(with_keys(told, key_of), "note")


def _links(addresses: Iterable[str]) -> Iterator[Flow]:
    for number, address in enumerate(addresses, start=1):
        if number == 1:
            yield Flow("Links", "subheading")
        first = f"[{number}] "
        yield Flow(
            stable(address),
            "address",
            first=first,
            rest=" " * len(first),
            mark="marker",
            gap=False,
            hard=True,
        )


def _paragraph(block: Block, _: Block | None, setting: _Setting) -> Iterator[Flow]:
    text, runs = _inline(block.spans, setting)
    if text:
        yield Flow(text, runs=runs)


def _heading(block: Block, _: Block | None, setting: _Setting) -> Iterator[Flow]:
    text, runs = _inline(block.spans, setting)
    style = "heading" if block.level <= _HEAD_LEVELS else "subheading"
    if text:
        yield Flow(text, style, runs=runs)


def _item(block: Block, before: Block | None, setting: _Setting) -> Iterator[Flow]:
    lead = len(bullet(block.number))
    inner = replace(setting, marked=within(setting.marked, lead, _BEYOND))
    text, runs = _inline(block.spans, inner)
    indent = "  " * min(max(1, block.level), _MAX_LEVEL)
    sign = f"{block.number}." if block.number else setting.looks.bullet
    first = f"{indent}{sign} "
    yield Flow(
        text,
        runs=runs,
        first=first,
        rest=" " * len(first),
        mark="bullet",
        gap=before is None or before.kind != "item",
    )


def _quote(block: Block, before: Block | None, setting: _Setting) -> Iterator[Flow]:
    text, runs = _inline(block.spans, setting)
    bars = f"{setting.looks.bar} " * min(max(1, block.level), _MAX_LEVEL)
    follows = before is not None and before.kind == "quote"
    bridge = bars.rstrip(" ") if follows else ""
    yield Flow(text, "quote", runs=runs, first=bars, rest=bars, mark="bar", bridge=bridge)


def _code(block: Block, _: Block | None, setting: _Setting) -> Iterator[Flow]:
    written = block.text.rstrip("\n")
    text = "\n".join(map(stable, written.split("\n")))
    # Where signs were dropped the places are others: then all of it is marked.
    size = len(written) if len(text) == len(written) else 0
    runs = tuple((a if size else 0, min(b, len(text)), s) for a, b, s in setting.marked)
    runs = overlaid((), runs)
    yield Flow(text, "code", runs=runs, first=" ", rest=" ", hard=True, fill=True)


def _table(block: Block, _: Block | None, setting: _Setting) -> Iterator[Flow]:
    flows = table(block.rows, setting.width, setting.looks)
    yield from pointed_at(flows, plain(block), setting.marked) if setting.marked else flows


def _image(block: Block, before: Block | None, setting: _Setting) -> Iterator[Flow]:
    text = f"[image] {caption(block, setting.looks)}".rstrip()
    gap = before is None or before.kind != "image"
    yield Flow(text, "image", rest="  ", gap=gap)


def _rule(block: Block, before: Block | None, setting: _Setting) -> Iterator[Flow]:
    del block, before  # every rule looks the same
    yield Flow(setting.looks.rule * setting.width, "line", hard=True)


_SET: Final[dict[Kind, Callable[[Block, Block | None, _Setting], Iterable[Flow]]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "item": _item,
    "quote": _quote,
    "code": _code,
    "table": _table,
    "image": _image,
    "rule": _rule,
}


def _inline(spans: tuple[Span, ...], setting: _Setting) -> tuple[str, tuple[Run, ...]]:
    """Give the text of the spans with footnote marks after links, and its looks."""
    texts: list[str] = []
    runs: list[Run] = []
    at = read = 0
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    cuts = sorted({cut for start, end, _ in setting.marked for cut in (start, end)})

    def add(text: str, style: str) -> None:
        nonlocal at
        texts.append(text)
        if style:
            runs.append((at, at + len(text), style))
        at += len(text)

    for span, after in zip(spans, (*spans[1:], None), strict=False):
        for start, end in _pieces(read, read + len(span.text), cuts):
            starts[start] = at
            piece = span.text[start - read : end - read]
            add("\n".join(map(stable, piece.split("\n"))), _style(span))
            ends.setdefault(end, at)
        read += len(span.text)
        if span.url and (after is None or after.url != span.url):
            add(f"[{setting.numbers[span.url]}]", "marker")
    text = "".join(texts).rstrip()
    marked = (
        (starts[start], min(ends[end], len(text)), style)
        for start, end, style in setting.marked
        if start in starts and end in ends
    )
    return text, overlaid(runs, marked) if setting.marked else tuple(runs)


def _pieces(start: int, end: int, cuts: list[int]) -> Iterator[tuple[int, int]]:
    """Give what lies between the cuts, from ``start`` to ``end``."""
    edges = [start, *(cut for cut in cuts if start < cut < end), end]
    yield from pairwise(edges)


def _style(span: Span) -> str:
    names = (
        ("strong", span.strong),
        ("emphasis", span.emphasis),
        ("mono", span.code),
        ("link", bool(span.url)),
    )
    return " ".join(name for name, on in names if on)
