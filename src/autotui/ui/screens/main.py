"""The main screen: moving among stories and views, and what makes sense when."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from textual import on, work

from autotui import query
from autotui.model import Article
from autotui.ui import keys, sidebar, welcome
from autotui.ui.screens.loading import place_of
from autotui.ui.screens.writing import Writing
from autotui.ui.widgets.article_list import ArticleList
from autotui.ui.widgets.feed_list import FeedList

_OF_A_STORY: Final = frozenset(
    {"tag_drivetrain", "edit_tags", "toggle_read", "toggle_star", "toggle_later"}
    | {"accept_suggestion", "reject_suggestion", "why", "select", "link_hints", "share"}
)
_OF_AN_ADDRESS: Final = frozenset(
    {"open_browser", "open_and_read", "copy_address", "copy_markdown", "toggle_full_text"}
)
_OF_FEEDS: Final = frozenset(
    {"next_unread", "previous_unread", "refresh_due", "read_on", "read_back"}
    | {"scope_all", "scope_unread", "scope_starred", "scope_suggested"}
    | {"prepare_offline", "feed_health", "export_opml", "search", "filter_list"}
    | {"mark_view_read", "export_list"}
)
_TURNS: Final = 3
"""Turns of the event loop in which a pane that changed tells the screen."""
_OF_PANES: Final = frozenset({"narrow_pane", "widen_pane", "reset_panes"})


class MainScreen(Writing):
    """The desk with everything that the reader can do at it."""

    BINDINGS = keys.MAIN

    # Stories. Each key waits for the one before: n pressed three times goes three
    # stories on, and Space pages through the story that the cursor is on by then.

    def action_read(self) -> None:
        """Read what the cursor is on: a row's stories, a story, or a passage of it."""
        if self.front == "feeds":
            self.go_to_pane("articles")
        elif self.front == "articles":
            self._mark_read()
            self.go_to_pane("text")
        elif self.front == "metadata":
            self.follow()

    @on(FeedList.Chosen)
    @on(ArticleList.Chosen)
    def _read_clicked(self) -> None:
        self.action_read()

    @work(exit_on_error=False, group="move")
    async def action_read_on(self) -> None:
        """Page down; at the end go to the next unread story, wherever it is."""
        async with self.moving:
            await self.show_at_hand()
            at_end, in_sight = self.text.at_end, self.text.region.area > 0
            self._mark_read()
            if at_end and in_sight:
                await self._to_unread(1)
                return
            self.go_to_pane("text")
            if in_sight:
                self.text.action_page_down()

    @work(exit_on_error=False, group="move")
    async def action_read_back(self) -> None:
        """Page up; at the start go to the story before."""
        async with self.moving:
            await self.show_at_hand()
            if not self.text.at_start:
                self.text.action_page_up()
            else:
                self.articles.action_move_up()

    @work(exit_on_error=False, group="move")
    async def action_next_unread(self) -> None:
        """Go to the next match of a search, else to the next unread story anywhere."""
        async with self.moving:
            await self.settle()
            await (self.to_match(1) if self.words else self._to_unread(1))

    @work(exit_on_error=False, group="move")
    async def action_previous_unread(self) -> None:
        """Go to the match before, or to the unread story before."""
        async with self.moving:
            await self.settle()
            await (self.to_match(-1) if self.words else self._to_unread(-1))

    async def _to_unread(self, step: int) -> None:
        found = await self._unread_here(step)
        if found is None and self.articles.begun:
            await self.settle_whole()
            found = await self._unread_here(step)
        if found is None and step > 0:
            found = await self._unread_elsewhere()
        if found is None:
            before = "before this one" if step < 0 else "left"
            self.notify(f"No unread story is {before}.")
            return
        at = await place_of(self.listing, found, self.articles.cursor)
        story = await self.story_of(found)
        async with self._drawn_together():
            self.articles.go_to(found, near=at)
            self.show_story(story)
            self._read_it(self.listing.articles.get(found) or story.article)

    @asynccontextmanager
    async def _drawn_together(self) -> AsyncIterator[None]:
        """Draw in one go what is changed in here.

        Each pane tells the screen of its change in a turn of its own. Drawn is once the
        first has told; the others wait for the next frame then, 25 ms later.
        """
        try:
            with self.app.batch_update():
                yield
                for _ in range(_TURNS):
                    await asyncio.sleep(0)
        finally:
            self.check_idle()

    async def _unread_here(self, step: int) -> int | None:
        """Give the nearest unread story of the list; from its end on, of its start."""
        ids = self.listing.ids
        found = await self.library.next_unread(ids, self.articles.cursor, step)
        if found is None and step > 0 and not self.articles.begun:
            found = await self.library.next_unread(ids, -1, 1)
        return found

    async def _unread_elsewhere(self) -> int | None:
        """Go to all stories if one of them is unread; give the first such."""
        everything = await self.library.searching.listing(query.parse(""))
        found = await self.library.next_unread(everything.ids, -1, 1)
        if found is not None and (self.row.query or self.scope):
            self.feed_list.go_to(sidebar.ALL.identity)
            self.show(self.rows[0], "")
            await self.settle_whole()
        return found

    def _mark_read(self) -> None:
        self.when_listed(self._mark_listed_read)

    def _mark_listed_read(self) -> None:
        if self.articles.current_id != welcome.ID:
            self.to_story(self._read_it)

    def _read_it(self, article: Article) -> None:
        """Mark a story read; undo is for what the reader did on purpose."""
        self.mark(article, "read", on=True, undoable=False)

    # Views.

    def action_scope_all(self) -> None:
        """List all stories of the row."""
        self._narrow("")

    def action_scope_unread(self) -> None:
        """List the row's unread stories alone."""
        self._narrow("is:unread")

    def action_scope_starred(self) -> None:
        """List the row's starred stories alone."""
        self._narrow("is:starred")

    def action_scope_suggested(self) -> None:
        """List the row's stories alone that wait for a verdict on their tag."""
        self._narrow(sidebar.SUGGESTED)

    def _narrow(self, scope: str) -> None:
        # What was typed just before is meant for the list that is on its way.
        self.articles.in_turn(lambda: self.show(self.row, scope))

    def action_help(self) -> None:
        """Show the keys."""
        from autotui.ui.screens.help import HelpScreen

        keys, ascii_only = self.autotui.keys, self.autotui.looks.ascii
        self.app.push_screen(HelpScreen(keys, self.makes_sense, ascii_only=ascii_only))

    def action_palette(self) -> None:
        """Open the command palette."""
        self.app.action_command_palette()

    def makes_sense(self, action: str) -> bool:
        """Tell whether an action has something to act on now."""
        article, row = self.current, self.feed_list.current
        if action in _OF_A_STORY:
            return article is not None
        if action in _OF_AN_ADDRESS:
            return article is not None and bool(article.url)
        if action in _OF_PANES:
            return not self.one_pane
        if action == "find":
            return self.metadata.chosen is not None
        if action == "remove_tags":
            return article is not None and bool(article.tags)
        if action == "delete_feed":
            at_tag = self.tag_row is not None
            return at_tag or (row is not None and row.kind in {"feed", "query"})
        if action == "edit_feed" and row is not None and row.kind in {"query", "tag"}:
            return True
        if action == "save_query":
            return bool(self.row.query or self.scope) and self.row.kind != "query"
        if action in {"refresh_feed", "edit_feed", "move_feed", "mute_feed"}:
            return article is not None or (row is not None and row.kind == "feed")
        return self.has_feeds or action not in _OF_FEEDS
