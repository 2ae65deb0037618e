"""Searching: a line to type a query in, a filter as one types, matches by key."""

import asyncio
import re
from typing import TYPE_CHECKING, Final

from textual import work

from autotui import clean, query
from autotui.errors import QueryError
from autotui.query import Query
from autotui.ui.screens.explaining import REST_SECONDS
from autotui.ui.screens.selecting import Selecting
from autotui.ui.sidebar import Row
from autotui.ui.typeset import Story

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from autotui.ui.screens.asking import LineScreen
    from autotui.ui.screens.explaining import Whereabouts

FILTER_SECONDS: Final = 0.08
"""After the last letter, before the list is read."""
_PLAIN: Final = re.compile(r'[^\s()"\\]+')
"""A value that needs no quotes."""
_SEARCH: Final = (
    'words, "a phrase", is:unread tag:… since:7d · ↑ ↓ earlier ones · Esc leaves'
)
_FILTER: Final = "part of a title, outlet or tag · Enter keeps the filter · Esc drops it"


class Searching(Selecting):
    """Adds the verbs for searching."""

    def show(self, row: Row, scope: str | None = None) -> None:
        """List the stories behind a row; what is looked for there is marked."""
        super().show(row, scope)
        try:
            self.words = query.words(self.wanted.node)
        except QueryError:  # loading tells it
            self.words = ()
        self._quote_soon()
        self.hint()

    def watch_story(self, before: Story | None, after: Story | None) -> None:
        """Show in a few words where another story has what is looked for."""
        super().watch_story(before, after)
        if (before and before.article.id) != (after and after.article.id):
            self._quote_soon()

    def _quote_soon(self) -> None:
        self.snippet = None
        if self.words and self.story is not None:
            self._quote(self.story.article.id)

    @work(exclusive=True, exit_on_error=False, group="snippet")
    async def _quote(self, article_id: int) -> None:
        await asyncio.sleep(REST_SECONDS)
        found = await self.library.searching.snippet(article_id, self.words)
        if self.story and self.story.article.id == article_id and found.matches:
            self.snippet = found

    # Search.

    def action_search(self) -> None:
        """Ask for a query, and list what it finds everywhere."""
        from autotui.ui.screens.asking import LineScreen

        note = _SEARCH if not self.autotui.looks.ascii else _plain(_SEARCH)
        asking = LineScreen("Search everything", note, query.parse)
        self.app.push_screen(asking, self._search)
        self._offer_history(asking)

    @work(exit_on_error=False, group="offer")
    async def _offer_history(self, asking: "LineScreen") -> None:
        asking.history = await self.library.searching.history()

    def _search(self, text: str | None) -> None:
        if text:
            self._remember(self.library.searching.searched(text))
            self.articles.then(lambda: self._find(text))

    @work(exit_on_error=False, group="mark")
    async def _remember(self, stored: "Awaitable[None]") -> None:
        await stored

    # Filter.

    def action_filter_list(self) -> None:
        """Narrow the list to what is typed, while it is typed."""
        from autotui.ui.screens.asking import LineScreen

        self.catch_up()
        place = self.whereabouts()
        held = query.ids((*self.held, *filter(None, [place.article_id])))
        held = query.either(held, self.besides) if self.besides else held

        def narrow(text: str) -> None:
            self._filter_soon(place, text, held)

        def check(text: str) -> None:
            query.parse(_narrowed(place.scope, text))

        def end(text: str | None) -> None:
            self.workers.cancel_group(self, "filter")
            if text is None:
                self._narrow_to(place, "", held)
                return
            self.came_from(place, _narrowed(place.scope, text))
            self._narrow_to(place, text, held)

        note = _FILTER if not self.autotui.looks.ascii else _plain(_FILTER)
        asking = LineScreen("Filter the list", note, check, narrow)
        self.app.push_screen(asking, end)

    @work(exclusive=True, exit_on_error=False, group="filter")
    async def _filter_soon(self, place: "Whereabouts", text: str, held: Query) -> None:
        await asyncio.sleep(FILTER_SECONDS)
        self._narrow_to(place, text, held)

    def _narrow_to(self, place: "Whereabouts", text: str, held: Query) -> None:
        """List what is left; the story that was at hand stays so, if it is."""
        scope, line = _narrowed(place.scope, text), query.parse(_narrowed("", text))
        if scope != self.scope:
            self.return_to(place._replace(scope=scope))
            self.besides = query.both(held, line)

    # Matches.

    async def to_match(self, step: int) -> None:
        """Go to the next match of the text, or the one before, else to the next story's."""
        await self.show_at_hand()
        if not await self._match_in_text(step):
            at = self.articles.cursor + step
            if at == self.articles.total:
                await self.settle_whole()
            if not 0 <= at < self.articles.total:
                self.notify(f"No match is {'below' if step > 0 else 'above'} this one.")
                return
            self.articles.cursor = at
            await self.show_at_hand()
            await self._match_in_text(step)
        if self.text.region.area == 0:
            self.go_to_pane("text")
        self.to_story(lambda each: self.mark(each, "read", on=True, undoable=False))

    async def _match_in_text(self, step: int) -> bool:
        """Go to a match in the story that is shown; keys are met while it is sought."""
        for found in self.text.seek(step):
            if found is not None:
                self.text.match = found
                return True
            await asyncio.sleep(0)
        return False


def _narrowed(scope: str, text: str) -> str:
    """Give a scope with what is typed as a filter in it."""
    text = clean.line(text, query.MAX_LENGTH)
    value = text if _PLAIN.fullmatch(text) else query.quoted(text)
    return query.joined(scope, f"line:{value}") if text else scope


def _plain(note: str) -> str:
    """Write a note in ASCII."""
    return note.replace("↑ ↓", "up, down").replace("…", "").replace("·", "-")
