"""Saved queries: rows of the feed list that the reader makes, edits and deletes."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual import work

from autotui import query
from autotui.errors import AutotuiError
from autotui.model import Counts, Feed, Opening
from autotui.tags import Tag
from autotui.ui import sidebar
from autotui.ui.screens.searching import Searching
from autotui.ui.sidebar import Row

if TYPE_CHECKING:
    from autotui.library import Library
    from autotui.store.steps import Step

COUNT_SECONDS: Final = 0.2
"""After the feed list is there, before saved queries are counted."""

_ALL: Final = "All stories have a row already; {search} searches them first."


class Saving(Searching):
    """Adds the verbs for saved queries."""

    def __init__(
        self, library: "Library", opening: "Awaitable[Opening] | None" = None
    ) -> None:
        super().__init__(library, opening)
        self._known: tuple[tuple[Feed, ...], Counts, tuple[Tag, ...]] = (), Counts(), ()
        """What the rows are made of besides."""

    def show_rows(self, feeds: Iterable[Feed], counts: Counts, tags: Iterable[Tag]) -> None:
        """Show the rows, and know what they are made of."""
        self._known = tuple(feeds), counts, tuple(tags)
        super().show_rows(*self._known)

    def started(self) -> None:
        """Count the saved queries once all is on screen."""
        super().started()
        self._count_soon()

    async def _begin(self) -> bool:
        self.saved = await self.library.searching.saved()
        return await super()._begin()

    async def _fill_sidebar(self) -> None:
        known = {each.id: each.unread for each in self.saved}
        saved = await self.library.searching.saved()
        self.saved = tuple(replace(one, unread=known.get(one.id, 0)) for one in saved)
        await super()._fill_sidebar()
        self._count_soon()

    def _count_soon(self) -> None:
        if self.saved:
            self._count_saved()

    @work(exclusive=True, exit_on_error=False, group="saved")
    async def _count_saved(self) -> None:
        """Count what each saved query has to read, one after the other."""
        await asyncio.sleep(COUNT_SECONDS)
        numbers = {
            each.id: await self.library.searching.unread(each) for each in self.saved
        }
        counted = tuple(
            replace(each, unread=numbers.get(each.id, each.unread)) for each in self.saved
        )
        if counted != self.saved:
            self.saved = counted
            self.show_rows(*self._known)

    # Save.

    def action_save_query(self) -> None:
        """Ask for a name under which what is listed is found again."""
        text = query.joined(self.row.query, self.scope)
        if not text:
            self.notify(self.keyed(_ALL))
        elif any(row.query == text for row in self.rows):
            self.notify("What is listed has a row of the feed list already.")
        else:
            self._ask("Save the query", self._proposed, text, self._keep)

    @property
    def _proposed(self) -> str:
        row = "" if self.row.identity == sidebar.ALL.identity else self.row.label
        return ": ".join(filter(None, (row, self.scope)))

    def _ask(
        self, title: str, name: str, text: str, then: Callable[[str, str], None]
    ) -> None:
        from autotui.ui.screens.asking import QueryScreen

        def take(asked: tuple[str, str] | None) -> None:
            if asked is not None:
                then(*asked)

        self.app.push_screen(QueryScreen(title, name, text), take)

    def _keep(self, name: str, text: str) -> None:
        stored = self.library.searching.save(name, text)
        self._saved(stored, "Saved {}; it stands under Queries.")

    # Edit, delete.

    def edit_saved(self, row: Row) -> None:
        """Ask for another name or query."""

        def change(name: str, text: str) -> None:
            if (name, text) != (row.label, row.query):
                stored = self.library.searching.edit(row.saved_id, name, text)
                self._saved(stored, "Changed {}.", go=True)

        self._ask("Edit the query", row.label, row.query, change)

    @work(exit_on_error=False, group="mark")
    async def _saved(
        self, stored: "Awaitable[Step]", told: str, *, go: bool = False
    ) -> None:
        change = (await stored).changes[-1]
        back = self.keyed("{undo} takes it back.")
        self.notify(f"{told.format(change.name)} {back}")
        await self._fill_sidebar()
        row = next((one for one in self.rows if one.saved_id == change.ids[0]), None)
        if go and row is not None:
            self.go_to_row(row.identity)

    def delete_saved(self, row: Row) -> None:
        """Delete the query, on screen first."""
        stored = self.library.searching.delete(row.saved_id, row.label)
        self.saved = tuple(each for each in self.saved if each.id != row.saved_id)
        self.show_rows(*self._known)
        self.go_to_row(sidebar.ALL.identity)
        self._deleted_query(stored, row.label)

    @work(exit_on_error=False, group="mark")
    async def _deleted_query(self, stored: "Awaitable[Step]", name: str) -> None:
        try:
            await stored
        except AutotuiError:
            await self._fill_sidebar()
            raise
        back = self.keyed("{undo} brings it back.")
        self.notify(f"Deleted the query {name}. {back}")
