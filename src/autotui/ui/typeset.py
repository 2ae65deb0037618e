"""A story as flows of text: what each kind of block looks like.

Pure: a story and a width in, a ``Sheet`` out. Nothing here knows a widget.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from autotui.document import Block, Document, Kind, Span
from autotui.model import Article, Completeness
from autotui.ui.render import Looks, byline
from autotui.ui.safe import stable
from autotui.ui.sheet import Flow, Run, Sheet, set_to
from autotui.ui.tables import table

_MAX_LEVEL: Final = 8
"""Deeper lists and quotes are indented no further."""
_HEAD_LEVELS: Final = 2
"""Headings down to this level are the large ones."""
_FILE_NAME: Final = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)|[^\W\d]*[-_ ]?\d[\d_x-]*",
    re.IGNORECASE,
)
_INCOMPLETE: Final[dict[Completeness, str]] = {
    "teaser": "The feed gives only this much; o opens the story in the browser.",
    "blocked": "The site refused to give the full text; o opens it in the browser.",
    "paywall": "The rest is behind a paywall; o opens the story in the browser.",
    "gone": "The story is gone from its site; this is what the feed gave.",
}


@dataclass(frozen=True, slots=True)
class Story:
    """What is read: an article and its body."""

    article: Article
    document: Document


def story(shown: Story, width: int, looks: Looks) -> Sheet:
    """Set a whole story: head, body, and the addresses that it links to."""
    flows = (
        *_head(shown.article, looks),
        *body(shown.document, width, looks),
        *_ending(shown.article),
        *_links(shown.document.links),
    )
    return set_to(width, flows)


def body(document: Document, width: int, looks: Looks) -> Iterator[Flow]:
    """Give the flows of a body."""
    numbers = {url: number for number, url in enumerate(document.links, start=1)}
    setting = _Setting(width, looks, numbers)
    for before, block in zip((None, *document.blocks), document.blocks, strict=False):
        yield from _SET[block.kind](block, before, setting)


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


def _head(article: Article, looks: Looks) -> Iterator[Flow]:
    yield Flow(stable(article.title), "title")
    yield Flow(byline(article, looks), "byline", gap=False)


def _ending(article: Article) -> Iterator[Flow]:
    """Say what is missing, where the reader comes to the end of the text."""
    if told := _INCOMPLETE.get(article.completeness):
        yield Flow(told, "note")


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
    text, runs = _inline(block.spans, setting)
    indent = "  " * min(max(1, block.level), _MAX_LEVEL)
    bullet = f"{block.number}." if block.number else setting.looks.bullet
    first = f"{indent}{bullet} "
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
    del setting  # every block is set alike
    text = "\n".join(stable(line) for line in block.text.rstrip("\n").split("\n"))
    yield Flow(text, "code", first=" ", rest=" ", hard=True, fill=True)


def _table(block: Block, _: Block | None, setting: _Setting) -> Iterator[Flow]:
    yield from table(block.rows, setting.width, setting.looks)


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
    at = 0

    def add(text: str, style: str) -> None:
        nonlocal at
        texts.append(text)
        if style:
            runs.append((at, at + len(text), style))
        at += len(text)

    for span, after in zip(spans, (*spans[1:], None), strict=False):
        add("\n".join(map(stable, span.text.split("\n"))), _style(span))
        if span.url and (after is None or after.url != span.url):
            add(f"[{setting.numbers[span.url]}]", "marker")
    return "".join(texts).rstrip(), tuple(runs)


def _style(span: Span) -> str:
    names = (
        ("strong", span.strong),
        ("emphasis", span.emphasis),
        ("mono", span.code),
        ("link", bool(span.url)),
    )
    return " ".join(name for name, on in names if on)
