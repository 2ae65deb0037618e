"""What the reader does to the story at hand: marks, tags, undo, copy, open.

A mark is on screen at once and stored in turn. The key itself hands it to the Library:
a worker could be cancelled before it began, and the mark lost.
"""

from collections.abc import Awaitable, Iterable
from dataclasses import replace

from textual import work

from autotui import clean
from autotui.errors import AutotuiError
from autotui.model import EV_DRIVETRAIN, Article, Mark
from autotui.ui import browser
from autotui.ui.screens.desk import Desk
from autotui.ui.screens.tagging import TagScreen
from autotui.ui.typeset import Story


class Marking(Desk):
    """Adds the verbs for one story."""

    def action_toggle_read(self) -> None:
        """Mark the story read, or unread again."""
        if article := self._at_hand():
            self.mark(article, "read", on=not article.read)

    def action_toggle_star(self) -> None:
        """Star the story, or take its star."""
        if article := self._at_hand():
            self.mark(article, "starred", on=not article.starred)

    def action_toggle_later(self) -> None:
        """Keep the story for later, or no longer."""
        if article := self._at_hand():
            self.mark(article, "later", on=not article.later)

    def action_tag_drivetrain(self) -> None:
        """Tag the story as one about EV drivetrains, or take the tag."""
        if article := self._at_hand():
            has = EV_DRIVETRAIN in article.tags
            names = (EV_DRIVETRAIN,)
            self.tag(article, () if has else names, names if has else ())

    def action_remove_tags(self) -> None:
        """Take all tags of the story."""
        if (article := self._at_hand()) and article.tags:
            self.tag(article, (), article.tags)

    @work(exit_on_error=False, group="dialog")
    async def action_edit_tags(self) -> None:
        """Ask for the story's tags, with those in use to complete from."""
        article = self._at_hand()
        if article is None:
            return
        known = [tag.name for tag in await self.library.tags()]
        names = {*known, EV_DRIVETRAIN}
        chosen = await self.app.push_screen_wait(TagScreen(article, sorted(names)))
        if chosen is not None:
            add = [name for name in chosen if name not in article.tags]
            self.tag(article, add, set(article.tags) - set(chosen))

    def mark(
        self, article: Article, name: Mark, *, on: bool, undoable: bool = True
    ) -> None:
        """Set or take a mark, on screen first."""
        if getattr(article, name) != on:
            self._show_changed([article.marked(name, on=on)])
            stored = self.library.mark([article.id], name, on=on, undoable=undoable)
            self._settle(article.id, stored)

    def tag(self, article: Article, add: Iterable[str], remove: Iterable[str]) -> None:
        """Set and take tags, on screen first."""
        adding = tuple(name for each in add if (name := clean.tag(each)))
        removing = tuple(remove)
        if adding or removing:
            tags = sorted({*article.tags, *adding} - set(removing))
            self._show_changed([replace(article, tags=tuple(tags))])
            self._settle(article.id, self.library.tag([article.id], adding, removing))

    @work(exit_on_error=False, group="mark")
    async def _settle(self, article_id: int, stored: Awaitable[object]) -> None:
        """Wait for what is being stored; if it fails, show what is stored instead."""
        try:
            await stored
        except AutotuiError:
            await self._renew([article_id])
            raise
        self.count()

    @work(exit_on_error=False, group="mark")
    async def action_undo(self) -> None:
        """Take back what was done last."""
        step = await self.library.undo()
        self.notify(f"Undone: {step.label}" if step else "There is nothing to undo.")
        if step:
            await self._renew(step.ids)
            self.reload()

    @work(exit_on_error=False, group="mark")
    async def action_redo(self) -> None:
        """Do again what was undone last."""
        step = await self.library.redo()
        self.notify(f"Redone: {step.label}" if step else "There is nothing to redo.")
        if step:
            await self._renew(step.ids)
            self.reload()

    def action_open_browser(self) -> None:
        """Open the story's address in the browser."""
        article = self._at_hand()
        if article is None:
            return
        if not article.url:
            self.notify("This story has no address.", severity="warning")
            return
        with browser.screen_for(self.app):
            told = browser.open_address(article.url)
        self.notify(told)

    def action_copy_address(self) -> None:
        """Copy the story's address to the clipboard, and show it."""
        if article := self._at_hand():
            self.app.copy_to_clipboard(article.url)
            self.notify(f"Copied {article.url}" if article.url else "There is no address.")

    def _at_hand(self) -> Article | None:
        """Give the story at hand; of the welcome story say that it is none."""
        if self.current is None and self.articles.current is not None:
            self.notify("The welcome story is only here to be read; a adds a feed.")
        return self.current

    async def _renew(self, ids: Iterable[int]) -> None:
        """Show these stories as they are stored, where they are on screen."""
        shown = [each for each in ids if each in self.listing.articles]
        self._show_changed(await self.library.articles(shown))

    def _show_changed(self, articles: Iterable[Article]) -> None:
        changed = {article.id: article for article in articles}
        self.listing = self.listing.with_articles(changed.values())
        if self.story and (article := changed.get(self.story.article.id)):
            self.story = Story(article, self.story.document)
