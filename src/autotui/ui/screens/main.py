"""The main screen: moving among panes and stories, and how the desk is laid out."""

import asyncio
from typing import Final

from textual import events, on, work

from autotui.library import Library
from autotui.ui import keys, welcome
from autotui.ui.screens.feeding import Feeding
from autotui.ui.screens.help import HelpScreen
from autotui.ui.widgets.article_list import ArticleList
from autotui.ui.widgets.feed_list import FeedList

_LAYOUTS: Final = ((160, "-wide"), (100, "-normal"), (80, "-compact"), (0, "-folded"))
"""From how many columns on; below MIN_ROWS panes fold as well."""
_MIN_ROWS: Final = 24


class MainScreen(Feeding):
    """The desk with everything that the reader can do at it."""

    BINDINGS = keys.MAIN
    AUTO_FOCUS = ""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._moving = asyncio.Lock()

    def on_mount(self) -> None:
        """Show the keys that help most."""
        shown = [each for each in self.autotui.keys if each.show]
        self.hints = tuple((each.shown.split()[0], _short(each.text)) for each in shown)
        if self.autotui.looks.ascii:
            self.add_class("-ascii")

    def on_resize(self, event: events.Resize) -> None:
        """Lay the desk out for the new size."""
        wide = next(name for least, name in _LAYOUTS if event.size.width >= least)
        chosen = "-folded" if event.size.height < _MIN_ROWS else wide
        for _, name in _LAYOUTS:
            self.set_class(name == chosen, name)
        self.call_after_refresh(self._keep_focus_in_sight)

    # Panes.

    def action_next_pane(self) -> None:
        """Go to the next pane, round and round."""
        self._step(1, wrap=True)

    def action_previous_pane(self) -> None:
        """Go to the pane before, round and round."""
        self._step(-1, wrap=True)

    def action_pane_right(self) -> None:
        """Go to the pane at the right."""
        self._step(1, wrap=False)

    def action_pane_left(self) -> None:
        """Go to the pane at the left."""
        self._step(-1, wrap=False)

    def action_toggle_metadata(self) -> None:
        """Show or hide the metadata pane."""
        self.toggle_class("metadata-shown" if self._compact else "metadata-hidden")
        self.call_after_refresh(self._keep_focus_in_sight)

    def action_toggle_zen(self) -> None:
        """Show the text alone, or everything again."""
        self.toggle_class("zen")
        self._go("text")

    def action_back(self) -> None:
        """Go back: out of zen, to the stories, to the feeds; from there quit."""
        at = self.focused.id if self.focused else "feeds"
        if self.has_class("zen"):
            self.remove_class("zen")
            self._go("articles")
        elif at in {"text", "metadata"}:
            self._go("articles")
        elif at == "articles":
            self._go("feeds")
        else:
            self.app.exit()

    @property
    def _compact(self) -> bool:
        return self.has_class("-compact")

    def _step(self, step: int, *, wrap: bool) -> None:
        """Go to the next pane that can be shown in this layout."""
        shown = [name for name in self.PANES if self._can_show(name)]
        at = shown.index(self._front) if self._front in shown else 0
        to = (at + step) % len(shown) if wrap else min(max(at + step, 0), len(shown) - 1)
        self._go(shown[to])

    def _can_show(self, name: str) -> bool:
        if self.has_class("-folded") and not self.has_class("zen"):
            return name != "metadata" or not self.has_class("metadata-hidden")
        return bool(self.query_one(f"#{name}").display)

    @property
    def _front(self) -> str:
        return (self.focused.id or "") if self.focused else "articles"

    def _go(self, name: str) -> None:
        """Give a pane the focus, and in a folded layout the screen."""
        if not self._can_show(name):
            return
        for pane in self.PANES:
            self.query_one(f"#{pane}").set_class(pane == name, "front")
        self.set_focus(self.query_one(f"#{name}"))

    def _keep_focus_in_sight(self) -> None:
        name = self._front if self._can_show(self._front) else "articles"
        self._go("text" if self.has_class("zen") else name)

    # Stories.

    def action_read(self) -> None:
        """Read what the cursor is on: a row's stories, or a story."""
        if self._front == "feeds":
            self._go("articles")
        elif self._front == "articles":
            self._mark_read()
            self._go("text")

    @on(FeedList.Chosen)
    @on(ArticleList.Chosen)
    def _read_clicked(self) -> None:
        self.action_read()

    def action_read_on(self) -> None:
        """Page down; at the end go to the next unread story, wherever it is."""
        if not self.text.at_end:
            self._mark_read()
            self._go("text")
            self.text.action_page_down()
        else:
            self._mark_read()
            self.action_next_unread()

    def action_read_back(self) -> None:
        """Page up; at the start go to the story before."""
        if not self.text.at_start:
            self.text.action_page_up()
        else:
            self.articles.action_move_up()

    def action_next_unread(self) -> None:
        """Go to the next unread story of the list, else to one anywhere."""
        self._move_to_unread(1)

    def action_previous_unread(self) -> None:
        """Go to the unread story before."""
        self._move_to_unread(-1)

    # Not exclusive: n pressed three times goes three stories on, one after the other.
    @work(exit_on_error=False, group="move")
    async def _move_to_unread(self, step: int) -> None:
        async with self._moving:
            await self._to_unread(step)

    async def _to_unread(self, step: int) -> None:
        ids, at = self.listing.ids, self.articles.cursor
        found = await self.library.next_unread(ids, at, step)
        if found is None and step > 0 and (self.row.query or self.scope):
            self.feed_list.go_to(self.rows[0].identity)
            await self.show(self.rows[0], "").wait()
            found = await self.library.next_unread(self.listing.ids, -1, step)
        if found is None:
            self.notify("No unread story is left.")
            return
        self.articles.go_to(found)
        self._open(found)
        if article := next(iter(await self.library.articles([found])), None):
            self.mark(article, "read", on=True, undoable=False)

    def _mark_read(self) -> None:
        """Mark the story read; undo is for what the reader did on purpose."""
        article = self.articles.current
        if article and not welcome.is_it(article):
            self.mark(article, "read", on=True, undoable=False)

    # Views.

    def action_scope_all(self) -> None:
        """List all stories of the row."""
        self.show(self.row, "")

    def action_scope_unread(self) -> None:
        """List the row's unread stories alone."""
        self.show(self.row, "is:unread")

    def action_scope_starred(self) -> None:
        """List the row's starred stories alone."""
        self.show(self.row, "is:starred")

    def go_to_row(self, identity: tuple[str, str, int]) -> None:
        """List the stories of a row of the feed list."""
        if self.feed_list.go_to(identity) and (row := self.feed_list.current):
            self.show(row)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self.autotui.keys))

    def action_palette(self) -> None:
        """Open the command palette."""
        self.app.action_command_palette()


def _short(text: str) -> str:
    """Give a hint of one or two words."""
    return {
        "Read on: page down, then the next unread": "Read on",
        "Tag ev-drivetrain": "EV tag",
        "Read / unread": "Read",
        "Refresh all that are due": "Refresh",
        "Next unread": "Next",
        "Add a feed": "Add",
    }.get(text, text)
