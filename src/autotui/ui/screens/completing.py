"""The whole story: its page's text instead of the feed's; whole lists, to read offline."""

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, Final

from textual import work

from autotui import query
from autotui.errors import AutotuiError, BusyError
from autotui.model import Article
from autotui.ui.safe import stable
from autotui.ui.screens import sentences
from autotui.ui.screens.judging import Judging
from autotui.ui.typeset import Story

if TYPE_CHECKING:
    from textual.worker import Worker

    from autotui.pages import StoryUpdate

_MOST: Final = 2_000
"""Stories of a list that are fetched in one go, the newest."""


class Completing(Judging):
    """Adds the verbs for full text."""

    _fetching: "Worker[None] | None" = None
    """What prepares a list for reading offline."""

    def action_toggle_full_text(self) -> None:
        """Show the page's text of the story at hand, or the feed's again."""
        self.to_story(self._turn_text)

    def action_prepare_offline(self) -> None:
        """Fetch the full text of all that is listed; the same key stops it."""
        if self._fetching is not None and self._fetching.is_running:
            self._fetching.cancel()
        else:
            self.articles.then(self._prepare)

    def _turn_text(self, article: Article) -> None:
        if self.library.condition.read_only:
            self.notify("The database may not be written to: nothing can be fetched.")
        else:
            self._fetch_or_switch(article)

    def _prepare(self) -> None:
        self._fetching = self._fetch_listed()

    @work(exit_on_error=False, group="text")
    async def _fetch_or_switch(self, article: Article) -> None:
        """Show the other text; where there is none, fetch the page."""
        if await self.library.full_text.switch(article.id):
            (after,) = await self.library.articles([article.id])
            await self._show_anew(article.id)
            self.notify(sentences.TEXTS[after.source], timeout=2.5)
        elif not article.url:
            self.notify("This story has no address to fetch.", severity="warning")
        else:
            await self._fetch_one(article)

    async def _fetch_one(self, article: Article) -> None:
        self.tell("fetching", f"Fetching {stable(article.title)}")
        try:
            coming = self.library.full_text.fetch([article.id], force=True)
            async with aclosing(coming) as updates:
                async for update in updates:
                    await self._tell_how(update)
        finally:
            self.tell("fetching")

    async def _tell_how(self, update: "StoryUpdate") -> None:
        await self._show_anew(update.id)
        (article,) = await self.library.articles([update.id])
        if article.source == "page":
            self.notify(f"{sentences.TEXTS['page']} {update.words:,} words.", timeout=2.5)
        else:
            why = update.error or "the page has no more than the feed"
            self.notify(f"No full text: {why}.", severity="warning")

    @work(exit_on_error=False, group="text")
    async def _fetch_listed(self) -> None:
        """Fetch what is missing of the stories listed, and tell how much is here then."""
        wanted = self.wanted
        missing = query.both(wanted, query.parse("-is:full"))
        ids = tuple((await self.library.listing(missing, _MOST)).ids)
        try:
            asked = await self._follow_pages(ids, len(ids)) if ids else 0
        except BusyError:
            self.notify("Full texts are being fetched already; try again in a moment.")
            return
        except asyncio.CancelledError:
            self.notify("Stopped; what came is kept.")
            raise
        finally:
            self.tell("fetching")
        meter = await self.library.full_text.meter(wanted)
        self.notify(f"{meter.in_words}.", timeout=8)
        if asked:
            self.judge_waiting()

    @work(exclusive=True, exit_on_error=False, group="complete")
    async def complete_due(self) -> None:
        """Fetch what feeds cut off, in the background, after a refresh."""
        if not self.library.config.refresh.full_text:
            return
        total = await self.library.full_text.due(_MOST)
        if not total:
            return
        try:
            await self._follow_pages(None, total)
        except BusyError:
            return
        finally:
            self.tell("fetching")
        self.judge_waiting()

    async def _follow_pages(self, ids: tuple[int, ...] | None, total: int) -> int:
        """Tell of each story as it comes; give how many were asked for."""
        key = {each.id: each.shown for each in self.autotui.keys}["prepare-offline"]
        stop = f" · {key} stops" if ids is not None else ""
        asked = 0
        async with aclosing(self.library.full_text.fetch(ids)) as coming:
            done = 0
            async for update in coming:
                done += 1
                asked += update.asked
                self.tell("fetching", f"Full text {done:,}/{total:,}{stop}")
                if update.asked:
                    await self._show_anew(update.id)
        return asked

    async def _show_anew(self, article_id: int) -> None:
        """Show a story as it is stored now, its text too where it is the one at hand."""
        await self.renew([article_id])
        shown = self.story
        if shown is None or shown.article.id != article_id:
            return
        try:
            document = await self.library.document(article_id)
        except AutotuiError:
            return
        if self.story and self.story.article.id == article_id:
            changed = document != self.story.document
            self.story = Story(self.story.article, document)
            self._look_at_page(article_id)
            if changed:
                self.passages = ()
                self.judged_again()

    def watch_story(self, before: Story | None, after: Story | None) -> None:
        """Know what another story's page says."""
        super().watch_story(before, after)
        here = after.article.id if after else None
        if here != (before.article.id if before else None):
            self.about = None
            if here is not None and here > 0:
                self._look_at_page(here)

    @work(exclusive=True, exit_on_error=False, group="about")
    async def _look_at_page(self, article_id: int) -> None:
        about = await self.library.full_text.about(article_id)
        if self.story and self.story.article.id == article_id:
            self.about = about
