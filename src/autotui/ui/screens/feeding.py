"""What the reader does with feeds: add, delete, refresh, packs for a first start."""

from contextlib import aclosing
from pathlib import Path
from time import monotonic
from typing import Final

from textual import work

from autotui import packs
from autotui.errors import SeveralFeedsError
from autotui.model import Feed, FeedUpdate
from autotui.ui import sidebar
from autotui.ui.safe import stable
from autotui.ui.screens.adding import AddScreen, ChoiceScreen
from autotui.ui.screens.first import FirstScreen
from autotui.ui.screens.marking import Marking

_RELOAD_SECONDS: Final = 0.5
"""While feeds come in, the lists are read anew no more often than this."""


class Feeding(Marking):
    """Adds the verbs for feeds."""

    refreshing: bool = False

    def started(self) -> None:
        """Ask what is due, or, where there is no feed yet, which ones to have."""
        if not any(row.kind == "feed" for row in self.rows):
            self.action_first_feeds()
        elif self.library.config.refresh.at_start:
            self._refresh((), quiet=True)

    def action_refresh_due(self) -> None:
        """Ask all feeds that are due."""
        self._refresh(())

    @work(exit_on_error=False, group="refresh")
    async def action_refresh_feed(self) -> None:
        """Ask the feed at hand, due or not."""
        if feed := await self._feed_at_hand():
            self._refresh((feed,))
        else:
            self.notify("Choose a feed, or a story of one, first.")

    @work(exit_on_error=False, group="refresh")
    async def _refresh(self, only: tuple[Feed, ...], *, quiet: bool = False) -> None:
        """Ask feeds in the background; the lists fill while they come in."""
        if self.refreshing:
            self.notify("A refresh is going on already.")
            return
        self.refreshing = True
        updates: list[FeedUpdate] = []
        try:
            total = len(await self.library.due(only))
            if total:
                self.state = f"Refreshing 0/{total}"
                await self._follow(only, total, updates)
        finally:
            self.refreshing = False
            self.state = ""
        if total:
            self.reload()
            self._sum_up(updates)
        elif not quiet:
            self.notify("No feed is due. r asks the feed at hand all the same.")

    async def _follow(
        self, only: tuple[Feed, ...], total: int, updates: list[FeedUpdate]
    ) -> None:
        titles = {feed.id: feed.title for feed in await self.library.feeds()}
        shown_at = monotonic()
        async with aclosing(self.library.refresh(only)) as coming:
            async for update in coming:
                updates.append(update)
                title = stable(titles.get(update.feed_id, update.url))
                self.state = f"Refreshing {len(updates)}/{total} · {title}"
                if monotonic() - shown_at > _RELOAD_SECONDS:
                    shown_at = monotonic()
                    self.reload()

    def _sum_up(self, updates: list[FeedUpdate]) -> None:
        """Tell once how it went; each feed's own trouble stands on the feed."""
        new = sum(update.new for update in updates)
        failed = [update for update in updates if update.error]
        if failed and len(failed) == len(updates):
            self.notify(
                f"None of {len(failed)} feeds could be read: {failed[0].error} "
                "What is stored stays readable.",
                severity="warning",
            )
        elif failed:
            self.notify(
                f"{new} new. {len(failed)} of {len(updates)} feeds failed, marked !",
                severity="warning",
            )
        else:
            self.notify(f"{new} new in {len(updates)} feeds.")

    @work(exit_on_error=False, group="dialog")
    async def action_add_feed(self) -> None:
        """Ask for the address of a feed or site, or for an OPML file."""
        if address := await self.app.push_screen_wait(AddScreen()):
            await self._add(address)

    @work(exit_on_error=False, group="dialog")
    async def action_first_feeds(self) -> None:
        """Offer packs of feeds, a key each."""
        chosen = await self.app.push_screen_wait(FirstScreen(packs.every()))
        if isinstance(chosen, packs.Pack):
            await self._import(chosen.file)
        elif chosen == "add":
            self.action_add_feed()

    async def _add(self, typed: str) -> None:
        """Subscribe to what was typed: an OPML file, a feed, or a page's feed."""
        if file := _file(typed):
            await self._import(file)
            return
        folder = self.row.label if self.row.kind == "folder" else ""
        self.state = f"Looking at {stable(typed)}"
        try:
            feed, added = await self.library.subscribe(typed, folder=folder)
        except SeveralFeedsError as error:
            url = await self.app.push_screen_wait(ChoiceScreen(error.choices))
            if url:
                await self._add(url)
            return
        finally:
            self.state = ""
        word = "Added" if added else "Already there:"
        self.notify(f"{word} {feed.title}, {feed.total} stories.")
        self.reload()

    async def _import(self, file: Path) -> None:
        done = await self.library.import_opml(file)
        self.notify(
            f"{done.added} feeds added, {done.known} already there, "
            f"{len(done.refused)} refused."
        )
        for url, reason in done.refused[:3]:
            self.notify(f"Refused {url}: {reason}", severity="warning")
        self.reload()
        self._refresh((), quiet=True)

    @work(exit_on_error=False, group="dialog")
    async def action_delete_feed(self) -> None:
        """Delete the feed of the row at hand; its stories come back with undo."""
        row = self.feed_list.current
        if row is None or row.kind != "feed":
            self.notify("Choose a feed in the feed list first; d deletes it.")
            return
        feed = await self.library.feed(str(row.feed_id))
        await self.library.remove_feed(feed)
        self.notify(f"Deleted {feed.title} with {feed.total} stories. u brings it back.")
        self.feed_list.go_to(sidebar.ALL.identity)
        self.row = sidebar.ALL
        self.reload()

    async def _feed_at_hand(self) -> Feed | None:
        """Give the feed of the row, or of the story where the row is none."""
        if self.row.kind == "feed":
            return await self.library.feed(str(self.row.feed_id))
        if article := self.current:
            return await self.library.feed(str(article.feed_id))
        return None


def _file(typed: str) -> Path | None:
    """Give the file that somebody typed; ``None`` where it is an address."""
    file = Path(typed).expanduser()
    return file.absolute() if "://" not in typed and file.is_file() else None
