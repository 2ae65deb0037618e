"""The page of how the feeds do: all of them, the worst first, and what to do about it."""

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from autotui import health
from autotui.edits import Edit
from autotui.errors import AutotuiError, BusyError
from autotui.health import FeedHealth, Order
from autotui.model import Feed
from autotui.ui.safe import stable
from autotui.ui.screens.base import PageScreen
from autotui.ui.widgets.health_list import COLUMNS, HealthList, head
from autotui.ui.widgets.status import Status

if TYPE_CHECKING:
    from autotui.library import Library

_HINTS: Final = (
    *(("q", "Back"), ("Enter", "Stories"), ("d", "Delete"), ("M", "Mute")),
    *(("r", "Ask"), ("u", "Undo"), ("1-8", "Sort"), ("0", "Worst first")),
)
_FRAME: Final = 2
"""Cells of border and cursor before a line of the list."""


class HealthScreen(PageScreen[int]):
    """Shows how the feeds do; gives the feed whose stories are wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,H", "leave", "Back"),
        Binding("enter", "go", "Stories"),
        Binding("d", "delete", "Delete"),
        Binding("M", "mute", "Mute"),
        Binding("r", "ask", "Ask"),
        Binding("u", "undo", "Undo"),
        Binding("0", "sort('worst')", "Worst first"),
        *(
            Binding(str(key), f"sort('{name}')", f"By {title}")
            for key, (name, title, _) in enumerate(COLUMNS, start=1)
        ),
    ]

    def __init__(self, library: "Library") -> None:
        super().__init__(library)
        self._by: Order = "worst"
        self._back = False

    def compose(self) -> ComposeResult:
        """Put the list between the names of its columns and a line of keys."""
        yield Static(Content(""), id="columns")
        yield HealthList()
        yield Status()

    def on_mount(self) -> None:
        """Read how the feeds do."""
        self.set_class(self.autotui.looks.ascii, "-ascii")
        self.query_one(Status).hints = _HINTS
        self.list.looks = self.autotui.looks
        self.list.empty = self.keyed(
            "There is no feed yet. q goes back, {add-feed} adds one."
        )
        self.list.focus()
        self.load()

    def on_resize(self) -> None:
        """Name the columns that there is room for."""
        self.call_after_refresh(self._name_columns)

    @property
    def list(self) -> HealthList:
        """The feeds."""
        return self.query_one(HealthList)

    def action_sort(self, by: Order) -> None:
        """Sort by a column; the same once more the other way round."""
        self._back = by == self._by and not self._back and by != "worst"
        self._by = by
        self._show(self.list.feeds)
        self.list.then(self.list.action_top)

    def action_go(self) -> None:
        """Go to the stories of the feed."""
        self._to_feed(lambda feed: self.dismiss(feed.id))

    def action_delete(self) -> None:
        """Delete the feed; undo brings it back with all its stories."""
        self._to_feed(self._delete)

    def action_mute(self) -> None:
        """Mute the feed, or no longer."""
        self._to_feed(self._mute)

    def action_ask(self) -> None:
        """Ask the feed now."""
        self._to_feed(self._ask)

    def _to_feed(self, verb: Callable[[Feed], object]) -> None:
        def act() -> None:
            if here := self.list.current:
                verb(here.feed)

        self.list.then(act)

    def _delete(self, feed: Feed) -> None:
        stored = self.library.remove_feed(feed)
        self._show(tuple(each for each in self.list.feeds if each.feed.id != feed.id))
        self._settle(stored, f"Deleted {feed.title}. u brings it back.")

    def _mute(self, feed: Feed) -> None:
        muted = replace(feed, muted=not feed.muted)
        stored = self.library.upkeep.edit(feed, Edit(muted=muted.muted))
        self._show(
            tuple(
                replace(each, feed=muted) if each.feed.id == feed.id else each
                for each in self.list.feeds
            )
        )
        told = "Muted" if muted.muted else "No longer muted:"
        self._settle(stored, f"{told} {feed.title}. u takes that back.")

    @work(exit_on_error=False, group="change")
    async def _settle(self, stored: Awaitable[object], told: str) -> None:
        """Wait for what is being stored; if it fails, show what is stored instead."""
        try:
            await stored
            self.notify(told)
        except AutotuiError:
            self.load()
            raise

    @work(exit_on_error=False, group="ask")
    async def _ask(self, feed: Feed) -> None:
        self.query_one(Status).state = f"Asking {stable(feed.title)}"
        told = f"{feed.title} wants to be left alone for a while."
        try:
            async with aclosing(self.library.refresh([feed])) as coming:
                async for update in coming:
                    told = f"{feed.title}: {update.error or f'{update.new} new'}."
        except BusyError as error:
            told = f"{str(error).capitalize()}; try again in a moment."
        finally:
            self.query_one(Status).state = ""
        self.notify(told)
        self.load()

    @on(HealthList.Highlighted)
    def _tell_trouble(self, message: HealthList.Highlighted) -> None:
        """Tell in full what its column has no room for."""
        self.list.border_subtitle = Content(stable(message.health.trouble))

    @on(HealthList.Chosen)
    def _go_clicked(self, message: HealthList.Chosen) -> None:
        self.dismiss(message.feed_id)

    async def read(self) -> None:
        """Show how the feeds do by now."""
        self._show(await self.library.upkeep.health())

    def _show(self, feeds: tuple[FeedHealth, ...]) -> None:
        """Show the feeds in the order that was chosen."""
        now = self.library.now()
        self.list.now = now
        self.list.feeds = health.ordered(feeds, self._by, now, back=self._back)
        self.list.border_title = Content(f"How the feeds do · {len(feeds):,}")
        self._name_columns()

    def _name_columns(self) -> None:
        width = self.list.scrollable_content_region.width - 1
        names = head(max(0, width), self._by, self.autotui.looks, back=self._back)
        self.query_one("#columns", Static).update(Content(f"{' ' * _FRAME}{names}"))
