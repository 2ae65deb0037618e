"""A small app to put one widget on, and what the tests see of it."""

from array import array
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from rich.segment import Segment
from textual import on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.widget import Widget

import autotui.ui
from autotui.document import Block, Document, Span
from autotui.model import Article, Listing
from autotui.ui.widgets.article_list import ArticleList
from autotui.ui.widgets.feed_list import FeedList

STYLES: Final = Path(autotui.ui.__path__[0]) / "autotui.tcss"
NOW: Final = datetime(2025, 6, 12, 9, 30, tzinfo=UTC)
HOSTILE: Final = (
    "[red]x[/]",
    "[/x] AT&T [a=",
    "[@click=app.quit]x[/]",
    "a\x1b[31mred\x1b[0m",
    "\x1b]52;c;aGk=\x07clip",
    "\x9b31mC1\x9d52;c;aGk=\x9c",
    "ev\u202eil\u2066!",
    "nu\x00l\tand\nline\r\u2028end",
    "lone\ud800surrogate",
    "family 👨\u200d👩\u200d👧 ❤\ufe0f 👍🏽 🇩🇪",
    "z" + "\u0301" * 40 + "algo",
)
"""What a feed may say to harm the reader."""


class Stage(App[None]):
    """Shows one widget and remembers what it told."""

    CSS_PATH = STYLES
    CSS = "Screen > * { height: 100%; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self._widgets = widgets
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield from self._widgets

    @on(FeedList.Highlighted)
    @on(FeedList.Chosen)
    @on(ArticleList.Highlighted)
    @on(ArticleList.Chosen)
    @on(ArticleList.Wanted)
    def hear(self, message: Message) -> None:
        self.told.append(message)


def drawn(widget: Widget) -> list[str]:
    """The lines in view, without the spaces at their ends."""
    return [widget.render_line(y).text.rstrip() for y in range(_height(widget))]


def segments(widget: Widget, y: int) -> list[Segment]:
    return list(widget.render_line(y))


def widths(widget: Widget) -> set[int]:
    return {widget.render_line(y).cell_length for y in range(_height(widget))}


def article(number: int = 1, **changes: object) -> Article:
    made = Article(
        id=number,
        feed_id=1,
        feed_title="Volt Weekly",
        title=f"Story {number}",
        url=f"https://volt.example/{number}",
        published_at=NOW - timedelta(hours=number),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def listing(numbers: Iterable[int], known: Iterable[int] | None = None) -> Listing:
    ids = array("q", numbers)
    return Listing(ids, {n: article(n) for n in (ids if known is None else known)})


def paragraphs(*texts: str) -> Document:
    return Document(tuple(Block("paragraph", (Span(text),)) for text in texts))


def _height(widget: Widget) -> int:
    if isinstance(widget, ScrollView):
        return widget.scrollable_content_region.height
    return widget.size.height
