"""What the reader does to the story at hand: marks, tags, undo, copy, open.

A mark is on screen at once and stored in turn. The key itself hands it to the Library:
a worker could be cancelled before it began, and the mark lost.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, Protocol

from textual import work

from autotui import clean
from autotui.document import Block, Document, Span, to_markdown
from autotui.errors import AutotuiError
from autotui.model import EV_DRIVETRAIN, Article, Mark
from autotui.ui import welcome
from autotui.ui.screens.base import gone_back
from autotui.ui.screens.loading import Loading
from autotui.ui.typeset import Story

_SOON: Final = 2.5
"""Seconds that the notes of undo stay: many of them come one after the other."""


class Done(Protocol):
    """What undo and redo tell."""

    @property
    def label(self) -> str:
        """What was done, in words."""

    @property
    def ids(self) -> tuple[int, ...]:
        """Which stories or feeds changed."""

    @property
    def changes(self) -> Sequence["Changed"]:
        """What changed, kind by kind."""


class Changed(Protocol):
    """One kind of change."""

    @property
    def kind(self) -> str:
        """``reject`` where it is a suggestion that was rejected."""

    @property
    def on(self) -> bool:
        """Whether it was done, or taken back."""

    @property
    def ids(self) -> Sequence[int]:
        """Which stories or feeds changed."""


class Marking(Loading):
    """Adds the verbs for one story."""

    def action_toggle_read(self) -> None:
        """Mark the story read, or unread again."""
        self.to_story(lambda each: self.mark(each, "read", on=not each.read))

    def action_toggle_star(self) -> None:
        """Star the story, or take its star."""
        self.to_story(lambda each: self.mark(each, "starred", on=not each.starred))

    def action_toggle_later(self) -> None:
        """Keep the story for later, or no longer."""
        self.to_story(lambda each: self.mark(each, "later", on=not each.later))

    def action_tag_drivetrain(self) -> None:
        """Tag the story as one about EV drivetrains, or take the tag."""
        self.to_story(self._turn_drivetrain)

    def action_remove_tags(self) -> None:
        """Take all tags of the story."""
        self.to_story(lambda each: self.tag(each, (), each.tags))

    def action_edit_tags(self) -> None:
        """Ask for the story's tags, with those in use to complete from."""
        self.to_story(self._ask_tags)

    def action_open_browser(self) -> None:
        """Open the story's address in the browser."""
        self.to_story(self._open_address)

    def action_open_and_read(self) -> None:
        """Open the story's address in the browser, and mark the story read."""
        self.to_story(self._open_and_read)

    def action_copy_address(self) -> None:
        """Copy the story's address to the clipboard, and show it."""
        self.to_story(lambda each: self.copy(each.url))

    def action_copy_markdown(self) -> None:
        """Copy a link to the story, as Markdown has it."""
        self.to_story(lambda each: self.copy(in_markdown(each)))

    def action_undo(self) -> None:
        """Take back what was done last."""
        self.articles.then(lambda: self._turn_back(self.library.undo, "undo"))

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.articles.then(lambda: self._turn_back(self.library.redo, "redo"))

    def to_story(self, verb: Callable[[Article], object]) -> None:
        """Do something to the story at hand: at once, or as soon as it is known."""
        # Keys that come faster than the list loads must not hit the story that was there.
        self.when_listed(lambda: self._to_listed(verb))

    def _to_listed(self, verb: Callable[[Article], object]) -> None:
        here, article = self.articles.current_id, self.articles.current
        if here == welcome.ID:
            told = "The welcome story is only here to be read; {add-feed} adds a feed."
            self.notify(self.keyed(told))
        elif article is not None:
            verb(article)
        elif here is not None:
            self._to_unknown(verb, here)

    @work(exit_on_error=False, group="mark")
    async def _to_unknown(self, verb: Callable[[Article], object], here: int) -> None:
        for article in await self.library.articles([here]):
            verb(self.pending.get(here, article))

    def mark(
        self, article: Article, name: Mark, *, on: bool, undoable: bool = True
    ) -> None:
        """Set or take a mark, on screen first."""
        if getattr(article, name) != on:
            changed = article.marked(name, on=on)
            stored = self.library.mark([article.id], name, on=on, undoable=undoable)
            self.change(article, changed, stored)

    def tag(self, article: Article, add: Iterable[str], remove: Iterable[str]) -> None:
        """Set and take tags, on screen first."""
        adding = tuple(name for each in add if (name := clean.tag(each)))
        removing = tuple(remove)
        if adding or removing:
            tags = sorted({*article.tags, *adding} - set(removing))
            stored = self.library.tag([article.id], adding, removing)
            waiting = article.suggested and EV_DRIVETRAIN not in adding
            after = replace(article, tags=tuple(tags), suggested=waiting)
            self.change(article, after, stored)

    def change(self, before: Article, after: Article, stored: Awaitable[object]) -> None:
        """Show a story as it is after what is being stored."""
        self.held.add(after.id)
        self.pending[after.id] = after
        self.show_changed([after])
        self._settle(before, after, stored)

    @work(exit_on_error=False, group="mark")
    async def _settle(
        self, before: Article, after: Article, stored: Awaitable[object]
    ) -> None:
        """Wait for what is being stored; if it fails, show what is stored instead."""
        try:
            await stored
        except AutotuiError:
            self.pending.pop(after.id, None)
            self.show_changed([before])
            await self.renew([after.id])
            raise
        # A later mark of the same story may be on its way still.
        if self.pending.get(after.id) is after:
            del self.pending[after.id]
        self.count()

    def _turn_back(self, turn: Callable[[], Awaitable[Done | None]], what: str) -> None:
        # What is typed next is meant for the list as it is after this.
        self.articles.wait()
        self._turn(turn(), what)

    @work(exit_on_error=False, group="mark")
    async def _turn(self, turned: Awaitable[Done | None], what: str) -> None:
        """Show what undo or redo changed."""
        try:
            step = await turned
            self.notify(gone_back(step, what), timeout=_SOON)
            if step:
                # A view that was marked may have a million stories.
                here = await asyncio.to_thread(_both, step, tuple(self.listing.articles))
                self.held.update(here)
                await self.renew(here)
                self.turned(step)
                self.reload()
        finally:
            self.articles.go_on()

    def turned(self, step: Done) -> None:
        """Do what else follows from an undo or redo."""

    def _turn_drivetrain(self, article: Article) -> None:
        has = EV_DRIVETRAIN in article.tags
        names = (EV_DRIVETRAIN,)
        self.tag(article, () if has else names, names if has else ())

    def _ask_tags(self, article: Article) -> None:
        from autotui.ui.screens.tagging import TagScreen

        def keep(chosen: tuple[str, ...] | None) -> None:
            if chosen is not None:
                add = [name for name in chosen if name not in article.tags]
                self.tag(article, add, set(article.tags) - set(chosen))

        names = {row.label for row in self.rows if row.kind == "tag"}
        self.app.push_screen(TagScreen(article, sorted({*names, EV_DRIVETRAIN})), keep)

    def _open_address(self, article: Article) -> None:
        self.open_url(article.url)

    def _open_and_read(self, article: Article) -> None:
        self.mark(article, "read", on=True, undoable=False)
        self.open_url(article.url)

    def open_url(self, address: str) -> None:
        """Open an address outside; http and https alone."""
        from autotui.ui import browser

        chosen = self.autotui.config.browser.command
        if not address:
            self.notify("This story has no address.", severity="warning")
        elif self.app.is_web:
            self.notify(browser.let_page_open(self.app, address))
        elif browser.takes_the_terminal(chosen):
            self.notify(browser.lend_terminal(self.app, address, chosen))
        else:
            self._open_window(address, chosen)

    @work(exit_on_error=False, group="browser")
    async def _open_window(self, address: str, chosen: Sequence[str]) -> None:
        from autotui.ui import browser

        async for told in browser.open_window(address, chosen):
            self.notify(told)

    def copy(self, text: str) -> None:
        """Copy text to the clipboard, and show it."""
        if text:
            self.app.copy_to_clipboard(text)
            self.notify(f"Copied {text}")
        else:
            self.notify("This story has no address.", severity="warning")

    async def renew(self, ids: Iterable[int]) -> None:
        """Show these stories as they are stored, where they are on screen."""
        shown = [each for each in ids if each in self.listing.articles]
        found = await self.library.articles(shown)
        self.show_changed(self.pending.get(each.id, each) for each in found)

    def show_changed(self, articles: Iterable[Article]) -> None:
        """Show these stories as they are now."""
        changed = {article.id: article for article in articles}
        self.listing = self.listing.with_articles(changed.values())
        if self.story and (article := changed.get(self.story.article.id)):
            self.story = Story(article, self.story.document)


def _both(step: Done, known: Iterable[int]) -> tuple[int, ...]:
    """Give the stories that a step changed and that are known."""
    wanted = set(known)
    found = (id_ for each in step.changes for id_ in each.ids if id_ in wanted)
    return tuple(dict.fromkeys(found))


def in_markdown(article: Article) -> str:
    """Give a story's title as a link; ``""`` where it has no address."""
    span = Span(article.title, url=article.url)
    return to_markdown(Document((Block("paragraph", (span,)),))) if article.url else ""
