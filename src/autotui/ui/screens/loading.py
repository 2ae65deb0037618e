"""Loading the desk: the first screen, views, what a refresh brought, windows of a list.

One worker loads: a newer call stops it and does what it left undone.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from textual import on, work

from autotui import query
from autotui.errors import AutotuiError
from autotui.model import Listing, Opening
from autotui.query import Query
from autotui.ui import sidebar, welcome
from autotui.ui.screens.desk import Desk
from autotui.ui.sidebar import Row
from autotui.ui.typeset import Story
from autotui.ui.widgets.article_list import ArticleList, look_for
from autotui.ui.widgets.feed_list import FeedList

if TYPE_CHECKING:
    from autotui.library import Library

_FIRST: Final = 100
"""Stories that another view begins with: more than any screen has lines."""
_NEAR: Final = 100
"""Stories before and after the cursor that a reload brings with it."""


class Loading(Desk):
    """Fills the desk from the Library."""

    def __init__(
        self, library: "Library", opening: Awaitable[Opening] | None = None
    ) -> None:
        super().__init__(library)
        self._opening = opening or library.opening(self.wanted)
        self._begun = self._started = False
        """Whether the first screen is shown, and whether all is."""
        self._recount = True
        """The numbers of the feed list are out of date."""
        self.suggested: set[int] = set()
        """Which of the listed stories wait for a verdict."""

    def on_mount(self) -> None:
        """Show what there is: a screenful first, then the rest."""
        self._load()

    @property
    def wanted(self) -> Query:
        """What is listed now."""
        scope = query.ranked(query.parse(self.scope))
        return query.both(scope, query.parse(self.row.query))

    def when_listed(self, act: Callable[[], object]) -> None:
        """Do what a key asks for, with the list of the row under the cursor."""
        self.catch_up()
        self.articles.then(act)

    def catch_up(self) -> None:
        """List the row under the feed list's cursor: keys are faster than its message."""
        if (row := self.feed_list.current) and row.identity != self.row.identity:
            self.show(row)

    async def settle(self) -> None:
        """Wait until the list is that of the row under the feed list's cursor."""
        self.catch_up()
        await self.listed.wait()

    async def settle_whole(self) -> None:
        """Wait until all of that list is there."""
        await self.settle()
        there = asyncio.Event()
        self.articles.with_rest(there.set)
        await there.wait()

    def show(self, row: Row, scope: str | None = None) -> None:
        """List the stories behind a row, the first of them at hand."""
        if self.row.kind == "tag" and not self.row.count:
            self._recount = True  # it was there for being at hand alone
        self.row = row
        self.scope = self.scope if scope is None else scope
        self.another_list()
        self.held.clear()
        self.besides = None
        self._load()

    def reload(self) -> None:
        """Show the rows and stories as they are now; the cursors stay where they are.

        So do, in a view of unread ones too, the story at hand and those that were
        marked: nothing leaves the list under the cursor.
        """
        self._recount = True
        self._load()

    def started(self) -> None:
        """Do what is to be done once all is on screen."""

    @work(exclusive=True, exit_on_error=False, group="load")
    async def _load(self) -> None:
        try:
            whole = not self._begun and await self._begin()
            if self._recount:
                await self._fill_sidebar()
                self._recount = False
            if not whole and not self.listed.is_set():
                whole = await self._show_first()
            if not whole:
                found = await self._found()
                self.suggested = await self.find_suggested()
                self.fill(found)
        except AutotuiError:
            self.list_is_there(drop=True)
            self.articles.begun = False
            raise
        if not self._started:
            self._started = True
            self.started()

    async def _begin(self) -> bool:
        """Show the first screen, and tell whether that is all there is."""
        # A key may stop this worker: what is being read is for the next one then.
        opening = await asyncio.shield(self._opening)
        self._begun = True
        self.show_rows(opening.feeds, opening.counts, opening.tags)
        self._recount = False
        if (self.row.identity, self.scope) != (sidebar.ALL.identity, ""):
            return False
        first = opening.listing
        if opening.document is not None:
            self.story = Story(first.articles[first.ids[0]], opening.document)
        self.suggested = {each.id for each in first.articles.values() if each.suggested}
        whole = len(first.ids) == opening.counts.total
        self.fill(first, whole=whole)
        return whole

    async def _show_first(self) -> bool:
        """Show the first stories of another view, and tell whether those are all."""
        first = await self.library.searching.listing(self._with_held(), _FIRST)
        self.suggested = {each.id for each in first.articles.values() if each.suggested}
        whole = len(first.ids) < _FIRST
        self.fill(first, whole=whole)
        return whole

    def _with_held(self, *also: int) -> Query:
        """Give what is to be listed, with what stays though it is no longer of it."""
        held = (*self.held, *also)
        wanted = query.either(self.wanted, self.besides) if self.besides else self.wanted
        return query.either(wanted, query.ids(held)) if held else wanted

    async def _found(self) -> Listing:
        """Give what is to be listed, the stories around the cursor in full."""
        at_hand = self.articles.current_id
        if not self.listed.is_set() or at_hand in {None, welcome.ID}:
            return await self.library.searching.listing(self._with_held())
        found = await self.library.searching.listing(self._with_held(at_hand or 0))
        at = await place_of(found, at_hand or 0, self.articles.cursor) or 0
        self.articles.expected = at
        near = found.ids[max(0, at - _NEAR) : at + _NEAR]
        missing = [each for each in near if each not in found.articles]
        return found.with_articles(await self.library.articles(missing))

    async def find_suggested(self) -> set[int]:
        """Give the stories of the view that wait for a verdict."""
        # In what order does not matter: to rank stories takes time.
        waiting = query.parse(f"{sidebar.SUGGESTED} sort:newest")
        suggested = query.both(waiting, self.wanted)
        found = await self.library.searching.listing(suggested)
        judged = {each.id for each in self.pending.values() if not each.suggested}
        return set(found.ids) - judged

    @work(exclusive=True, exit_on_error=False, group="sidebar")
    async def count(self) -> None:
        """Bring the numbers of the feed list up to date."""
        await self._fill_sidebar()

    async def _fill_sidebar(self) -> None:
        feeds = await self.library.feeds()
        self.show_rows(
            feeds, await self.library.counts(), await self.library.tagging.every()
        )

    @on(ArticleList.Wanted)
    async def _supply(self, message: ArticleList.Wanted) -> None:
        self._fetch_window(message.ids)

    # Not exclusive: every window that was asked for is needed.
    @work(exit_on_error=False, group="windows")
    async def _fetch_window(self, ids: tuple[int, ...]) -> None:
        articles = await self.library.articles(ids)
        found = self.listing.with_articles(articles)
        self.listing = found.with_articles(self.pending_of(found))

    @on(FeedList.Highlighted)
    def _show_row(self, message: FeedList.Highlighted) -> None:
        if message.row.identity != self.row.identity:
            self.show(message.row)


async def place_of(listing: Listing, article_id: int, near: int) -> int | None:
    """Give an article's place in a listing; keys are met while it is looked for."""
    for at in look_for(listing.ids, article_id, near):
        if at is not None:
            return at
        await asyncio.sleep(0)
    return None
