"""What was found in the story that is shown: why it is suggested, figures, names."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from textual import work

from autotui.images import supported
from autotui.library import Library
from autotui.model import Article, Opening
from autotui.ui import sidebar, welcome
from autotui.ui.screens.adjusting import Adjusting
from autotui.ui.sheet import Run
from autotui.ui.sidebar import Row
from autotui.ui.typeset import Story

if TYPE_CHECKING:
    from autotui.judging import Findings
    from autotui.pages import About
    from autotui.ui.widgets.findings import Item

REST_SECONDS: Final = 0.05
"""Stories that are only passed are not looked through."""
_PARAGRAPH: Final = 1_000
"""Characters around what was found in which its sentence is."""
_LAYOUT: Final = ("zen", "metadata-shown", "metadata-hidden")


class Whereabouts(NamedTuple):
    """A view, and the story at hand in it."""

    row: Row
    scope: str
    article_id: int | None


class Explaining(Adjusting):
    """Adds the verbs for findings."""

    def __init__(self, library: Library, opening: Awaitable[Opening] | None = None) -> None:
        super().__init__(library, opening)
        self.moving = asyncio.Lock()
        """Held by a key that goes on to another story, and waits for its text."""
        self._layout: tuple[frozenset[str], str] | None = None
        """Which panes there were, and which was in front, before why was asked."""
        self._found_from: list[tuple[Whereabouts, str]] = []
        """Where the reader looked for names and figures, and for which."""

    # Why.

    def action_why(self) -> None:
        """Show why the story at hand is suggested, or not; or no longer."""
        self.when_listed(self._turn_why)

    def _turn_why(self) -> None:
        here = self.articles.current_id
        if self.explained:
            self._end_why()
        elif here is None or here == welcome.ID:
            self.notify("There is no story to explain here.")
        else:
            self._explain(here)

    @work(exit_on_error=False, group="move")
    async def _explain(self, here: int) -> None:
        async with self.moving:
            await self.show_at_hand()
            if self.story is None or self.story.article.id != here:
                return
            self.explained = here
            self._open_metadata()
            self._mark_text()

    def _end_why(self) -> None:
        """Take the marks away, and the panes back to how they were."""
        if not self.explained:
            return
        self.explained = 0
        self._mark_text()
        if self._layout is not None:
            classes, front = self._layout
            self._layout = None
            if self.front == "metadata":  # before Textual chooses a pane itself
                shown = self.has_class("-folded") or front == "text"
                self.go_to_pane(front if shown else "articles")
            for name in _LAYOUT:
                self.set_class(name in classes, name)
            self.go_to_pane("text" if "zen" in classes else self.front)

    def _open_metadata(self) -> None:
        before = frozenset(name for name in _LAYOUT if self.has_class(name)), self.front
        if self.has_class("zen"):
            self.remove_class("zen")
        if self.has_class("-folded"):
            self.remove_class("metadata-hidden")
            self.go_to_pane("metadata")
        else:
            if self.has_class("-compact") and self.front == "feeds":
                self.go_to_pane("articles")
            self.remove_class("metadata-hidden")
            if self.has_class("-compact"):
                self.add_class("metadata-shown")
        after = frozenset(name for name in _LAYOUT if self.has_class(name)), self.front
        self._layout = before if before != after else None

    async def show_at_hand(self) -> None:
        """Show the story under the cursor, however fast the keys before came."""
        await self.settle()
        here = self.articles.current_id
        if here is not None:
            await self.open_story(here)

    # Findings.

    def watch_story(self, before: Story | None, after: Story | None) -> None:
        """Look through another story; what was told of the one before is over."""
        super().watch_story(before, after)
        known = before.article.id if before else None
        here = after.article.id if after else None
        if here != known:
            self._end_why()
            self.findings = None
            self.passages = ()
            if here is not None and here != welcome.ID:
                self._look_through(here)
        self.hint()

    def judged_again(self) -> None:
        """Show what is found in the story now."""
        super().judged_again()
        if self.story and not welcome.is_it(self.story.article):
            self._look_through(self.story.article.id)

    @work(exclusive=True, exit_on_error=False, group="findings")
    async def _look_through(self, article_id: int) -> None:
        await asyncio.sleep(REST_SECONDS)
        found = await self.library.judging.findings(article_id)
        if self.story and self.story.article.id == article_id:
            self.findings = found
            if self.explained:
                self._mark_text()

    def _mark_text(self, found: "Item | None" = None) -> None:
        """Mark the evidence while it is explained, and what is gone to."""
        marked: list[Run] = []
        if self.story and self.explained and self.findings:
            marked += _evidence(self.findings, self.story.text)
        if self.story and found:
            marked += _sentence(found, self.story.text)
        self.passages = tuple(sorted(marked))

    def follow(self) -> None:
        """Go to what is chosen in the metadata pane, in the text; or open an image."""
        item = self.metadata.chosen
        if item is not None and item.url:
            self.action_open_browser()
        elif item is not None:
            self.passages = ()
            self._mark_text(item)
            self.go_to_pane("text")

    # Images.

    def action_open_browser(self) -> None:
        """Open the image that is chosen in the metadata pane, else the story."""
        item = self.metadata.chosen if self.front == "metadata" else None
        if item is None or not item.url:
            super().action_open_browser()
        elif self.story is not None:
            self._open_address(replace(self.story.article, url=item.url))

    def watch_about(self, before: "About | None", after: "About | None") -> None:
        """Show the lead image that the page names, where it is here."""
        if _lead(before) != _lead(after):
            self.picture = None
        self._look_at_picture()

    async def _fetch_one(self, article: Article) -> None:
        await super()._fetch_one(article)
        # Images come after their stories.
        self._look_at_picture()

    async def _follow_pages(self, ids: tuple[int, ...] | None, total: int) -> int:
        asked = await super()._follow_pages(ids, total)
        self._look_at_picture()
        return asked

    def _look_at_picture(self) -> None:
        url = _lead(self.about)
        plain = self.autotui.looks.ascii or self.app.no_color
        if url and self.library.config.images.cache and not plain and supported():
            self._show_picture(url)

    @work(exclusive=True, exit_on_error=False, group="picture")
    async def _show_picture(self, url: str) -> None:
        file = await self.library.full_text.image(url)
        if _lead(self.about) == url:
            self.picture = file

    # The same in other stories.

    def action_find(self) -> None:
        """List the stories with the name or figure that is chosen."""
        item = self.metadata.chosen
        if item is None:
            told = "Choose a name or figure in the metadata pane first, with "
            self.notify(self.keyed(f"{told}{{move-down}} and {{move-up}}."))
        elif not item.query:
            self.notify("Of this kind nothing is looked for; choose a name, kWh, kW, km…")
        else:
            self.articles.then(lambda: self._find(item.query))

    def _find(self, wanted: str) -> None:
        self.came_from(self.whereabouts(), wanted)
        self._end_why()
        self.feed_list.go_to(sidebar.ALL.identity)
        self.show(self.rows[0], wanted)
        self.go_to_pane("articles")

    def action_back(self) -> None:
        """Go back; from stories that were looked for, to where they were looked for."""
        while self._found_from and self._found_from[-1][1] != self.scope:
            self._found_from.pop()
        if self.front != "articles" or not self._found_from or self.has_class("zen"):
            super().action_back()
            return
        place, _ = self._found_from.pop()
        self.return_to(place)

    def whereabouts(self) -> Whereabouts:
        """Give the view, and the story at hand in it."""
        return Whereabouts(self.row, self.scope, self.articles.current_id)

    def came_from(self, place: Whereabouts, wanted: str) -> None:
        """Know where to go back to from a scope."""
        self._found_from.append((place, wanted))

    def return_to(self, place: Whereabouts) -> None:
        """List a view again, its story at hand."""
        self.feed_list.go_to(place.row.identity)
        self.show(place.row, place.scope)
        if (here := place.article_id) is not None:
            self.articles.then(lambda: self._go_back_to(here))

    def _go_back_to(self, here: int) -> None:
        if not self.articles.go_to(here):
            self.articles.with_rest(lambda: self.articles.go_to(here))


def _lead(about: "About | None") -> str:
    """Give the address of a page's lead image, ``""`` for none."""
    return about.page.image.url if about and about.page.image else ""


def _evidence(found: "Findings", text: str) -> list[Run]:
    """Give the passages for and against, where the text still has them."""
    return [
        (each.start, each.end, "for" if each.weight > 0 else "against")
        for each in found.evidence
        if text[each.start : each.end] == each.quote
    ]


def _sentence(found: "Item", text: str) -> list[Run]:
    """Give the place of what was found, and of the sentence around it."""
    from autotui.drivetrain import sentences

    left = text.rfind("\n", max(0, found.start - _PARAGRAPH), found.start) + 1
    left = left or max(0, found.start - _PARAGRAPH)
    right = text.find("\n", found.end, found.end + _PARAGRAPH)
    right = right if right >= 0 else found.end + _PARAGRAPH
    parts = sentences.cut(text[left:right])
    if not parts:
        return []
    start, end = sentences.holding(parts, found.start - left)
    return [(start + left, end + left, "sentence"), (found.start, found.end, "found")]
