"""Tags as a whole: their page, and the keys of the feed list on a tag's row."""

from collections.abc import Awaitable

from textual import work

from autotui.query import quoted
from autotui.ui import sidebar
from autotui.ui.screens import naming
from autotui.ui.screens.tending import Tending
from autotui.ui.sidebar import Row


class Renaming(Tending):
    """Adds the verbs for a tag and all its stories."""

    @property
    def tag_row(self) -> Row | None:
        """The tag's row under the cursor of the feed list, while that has the focus."""
        row = self.feed_list.current
        at_tag = self.focused is self.feed_list and row is not None and row.kind == "tag"
        return row if at_tag else None

    def action_tags(self) -> None:
        """Show the tags; what was done there is shown after that."""
        from autotui.ui.screens.tags import TagsScreen

        self.app.push_screen(TagsScreen(self.library), self._come_from_tags)

    def action_edit_feed(self) -> None:
        """Ask for another name where the row is a tag's."""
        if row := self.tag_row:
            naming.ask_name(self, row.label, self.tags, self._retagged, merge=False)
        else:
            super().action_edit_feed()

    def action_delete_feed(self) -> None:
        """Delete the tag where the row is one's."""
        if row := self.tag_row:
            naming.delete(self.library, row.label, self.tags, self._retagged)
        else:
            super().action_delete_feed()

    def _come_from_tags(self, name: str | None) -> None:
        self._show_tags(name)

    @work(exit_on_error=False, group="tags")
    async def _show_tags(self, name: str | None) -> None:
        """Show what was done on the page of tags, and the tag that was chosen there."""
        await self._fill_sidebar()
        rows = {row.identity for row in self.rows}
        if name:
            self._go_to_tag(name)
        elif self.row.kind == "tag" and self.row.identity not in rows:
            self.go_to_row(sidebar.ALL.identity)
        self.reload_known()

    def _retagged(self, stored: Awaitable[object], told: str, name: str) -> None:
        """Take in what a tag becomes; what is typed next is for the list after it."""
        self.articles.wait()
        self._settle_tag(stored, told, name)

    @work(exit_on_error=False, group="tags")
    async def _settle_tag(self, stored: Awaitable[object], told: str, name: str) -> None:
        try:
            await stored
            self.notify(told)
            await self._fill_sidebar()
            if name:
                self._go_to_tag(name)
            else:
                self.go_to_row(sidebar.ALL.identity)
            self.reload_known()
        finally:
            self.articles.go_on()

    def _go_to_tag(self, name: str) -> None:
        self.go_to_row(("tag", f"tag:{quoted(name)}", 0))
