"""What the reader does with feeds that are there: edit, move, mute, delete, look after."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

from textual import work

from autotui.edits import Edit
from autotui.errors import UnknownError
from autotui.model import Counts, Feed, Opening, how_many
from autotui.tags import Tag
from autotui.ui import sidebar
from autotui.ui.screens.feeding import Feeding
from autotui.ui.sidebar import Row

if TYPE_CHECKING:
    from autotui.library import Library
    from autotui.store.steps import Step


class Tending(Feeding):
    """Adds the verbs for one feed."""

    def __init__(
        self, library: "Library", opening: "Awaitable[Opening] | None" = None
    ) -> None:
        super().__init__(library, opening)
        self.subscribed: dict[int, Feed] = {}
        """The feeds of the feed list, by id."""

    def show_rows(self, feeds: Iterable[Feed], counts: Counts, tags: Iterable[Tag]) -> None:
        """Show the rows, and know the feeds behind them."""
        self.subscribed = {feed.id: feed for feed in feeds}
        super().show_rows(self.subscribed.values(), counts, tags)

    def edit_saved(self, row: Row) -> None:
        """Edit the query that a row stands for."""

    def delete_saved(self, row: Row) -> None:
        """Delete the query that a row stands for."""

    # Settings.

    def action_edit_feed(self) -> None:
        """Ask for the settings of the feed at hand."""
        row = self.feed_list.current
        if row is not None and row.kind == "query":
            self.edit_saved(row)
        else:
            self._to_feed(self._ask_settings)

    def action_move_feed(self) -> None:
        """Ask for the folder of the feed at hand."""
        self._to_feed(self._ask_folder)

    def action_mute_feed(self) -> None:
        """Keep a feed's stories out of sight but in its own row, or show them again."""
        self._to_feed(self._turn_mute)

    def _to_feed(self, verb: Callable[[Feed], object]) -> None:
        """Do something to the feed of the row, or of the story where the row is none."""
        row = self.feed_list.current or self.row
        if feed := self.subscribed.get(row.feed_id):
            verb(feed)
        else:
            self.when_listed(lambda: self._to_feed_of_story(verb))

    def _to_feed_of_story(self, verb: Callable[[Feed], object]) -> None:
        article = self.current
        if article is not None and (feed := self.subscribed.get(article.feed_id)):
            verb(feed)
        else:
            self.notify("Choose a feed, or a story of one, first.")

    def _ask_settings(self, feed: Feed, typed: Edit | None = None, why: str = "") -> None:
        from autotui.ui.screens.editing import EditScreen

        def keep(edit: Edit | None) -> None:
            if edit is not None and edit != Edit():
                self._edit(feed, edit, f"Changed {feed.title}.")

        self.app.push_screen(EditScreen(feed, self._folders, typed, why), keep)

    def _ask_folder(self, feed: Feed) -> None:
        from autotui.ui.screens.editing import FolderScreen

        def move(folder: str | None) -> None:
            if folder is not None and folder != feed.folder:
                to = f"to {folder}" if folder else "out of its folder"
                told = f"Moved {feed.title} {to}."
                self._edit(feed, Edit(folder=folder), told)

        self.app.push_screen(FolderScreen(feed, self._folders), move)

    def _turn_mute(self, feed: Feed) -> None:
        told = (
            f"{feed.title} is no longer muted."
            if feed.muted
            else f"Muted {feed.title}: its own row alone has its stories."
        )
        self._edit(feed, Edit(muted=not feed.muted), told)

    @property
    def _folders(self) -> tuple[str, ...]:
        folders = {feed.folder for feed in self.subscribed.values() if feed.folder}
        return tuple(sorted(folders, key=str.casefold))

    def _edit(self, feed: Feed, edit: Edit, told: str) -> None:
        """Hand an edit to the Library; what is typed next is for the list after it."""
        stored = self.library.upkeep.edit(feed, edit)
        self.articles.wait()
        self._edited(feed, edit, stored, told)

    @work(exit_on_error=False, group="edit")
    async def _edited(
        self, feed: Feed, edit: Edit, stored: "Awaitable[Step]", told: str
    ) -> None:
        """Show what an edit changed; one that cannot be is offered again."""
        try:
            await stored
            back = self.keyed("{undo} takes it back.")
            self.notify(f"{told} {back}")
            await self._fill_sidebar()
            self.reload()
        except UnknownError as error:
            self._ask_settings(feed, edit, f"{str(error).capitalize()}.")
        finally:
            self.articles.go_on()

    # Delete.

    def action_delete_feed(self) -> None:
        """Delete the feed of the row at hand; its stories come back with undo."""
        row = self.feed_list.current
        if row is not None and row.kind == "query":
            self.delete_saved(row)
        elif row is not None and (feed := self.subscribed.get(row.feed_id)):
            self._deleted(feed, self.library.remove_feed(feed))
        else:
            told = "Choose a feed in the feed list first; {delete-feed} deletes it."
            self.notify(self.keyed(told))

    @work(exit_on_error=False, group="delete")
    async def _deleted(self, feed: Feed, stored: "Awaitable[Step]") -> None:
        await stored
        back = self.keyed("{undo} brings it back.")
        self.notify(f"Deleted {feed.title} with {how_many(feed.total)}. {back}")
        await self._fill_sidebar()
        self.go_to_row(sidebar.ALL.identity)
        self.count()

    # All of them.

    def action_feed_health(self) -> None:
        """Show how the feeds do."""
        from autotui.ui.screens.health import HealthScreen

        def come_back(feed_id: int | None) -> None:
            self._show_after(feed_id)

        self.app.push_screen(HealthScreen(self.library), come_back)

    @work(exit_on_error=False, group="health")
    async def _show_after(self, feed_id: int | None) -> None:
        """Show what was done on the page of health, and the feed that was chosen there."""
        await self._fill_sidebar()
        if feed_id:
            self.go_to_row(("feed", f"feed:{feed_id}", feed_id))
        elif self.row.kind == "feed" and self.row.feed_id not in self.subscribed:
            self.go_to_row(sidebar.ALL.identity)
        self.reload()
