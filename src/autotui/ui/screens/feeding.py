"""What the reader does to have feeds, and news of them: add, refresh, packs."""

from contextlib import aclosing
from os.path import expanduser
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from textual import work

from autotui import clean
from autotui.errors import BusyError, SeveralFeedsError
from autotui.model import Feed, FeedUpdate, how_many
from autotui.ui.safe import stable
from autotui.ui.screens.automating import Automating

if TYPE_CHECKING:
    from autotui.packs import Pack

_RELOAD_SECONDS: Final = 0.5
"""While feeds come in, the lists are read anew no more often than this."""
_PATHS: Final = ("/", "~", "./", "../")
"""What an address never begins with."""


class Feeding(Automating):
    """Adds the verbs for feeds that are to come, and for all that are due."""

    refreshing: bool = False
    _once_more: bool = False
    """Feeds were added during a refresh: ask them after it."""
    _typed: str = ""
    """What could not be added, to be mended."""

    def started(self) -> None:
        """Ask what is due, or, where there is no feed yet, which ones to have."""
        condition = self.library.condition
        if told := condition.told:
            self.notify(f"{told[0].upper()}{told[1:]}.", severity="error", timeout=60)
        if condition.read_only:
            return
        if not self.has_feeds:
            self.action_first_feeds()
        else:
            self.judge_waiting()
        if self.has_feeds and self.library.config.refresh.at_start:
            self._refresh((), quiet=True)

    # Refresh.

    def action_refresh_due(self) -> None:
        """Ask all feeds that are due."""
        if self.has_feeds:
            self._refresh(())
        else:
            told = "There is no feed to ask yet; {add-feed} adds one, {first-feeds} a pack "
            self.notify(self.keyed(f"{told}of them."))

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
            self._once_more = self._once_more or quiet
            if not quiet:
                self.notify("A refresh is going on already.")
            return
        self.refreshing = True
        updates: list[FeedUpdate] = []
        try:
            total = len(await self.library.due(only))
            if total:
                await self._follow(only, total, updates)
        except BusyError as error:
            # Cron, or another reader, asks the same feeds: nothing is wrong.
            self.notify(f"{str(error).capitalize()}; its stories come with the next list.")
            quiet, only, total = True, (), 0
            self.reload()
        finally:
            self.refreshing = False
            self.tell("refreshing")
        if total:
            self.reload()
            await self._sum_up(updates)
            self.complete_due()
            self.judge_waiting()
        elif only:
            self.notify(f"{only[0].title} wants to be left alone for a while.")
        elif not quiet:
            told = "No feed is due. {refresh-feed} asks the feed at hand all the same."
            self.notify(self.keyed(told))
        if self._once_more:
            self._once_more = False
            self._refresh((), quiet=True)

    async def _follow(
        self, only: tuple[Feed, ...], total: int, updates: list[FeedUpdate]
    ) -> None:
        self.tell("refreshing", f"Refreshing 0/{total}")
        titles = {feed.id: feed.title for feed in await self.library.feeds()}
        shown_at = monotonic()
        async with aclosing(self.library.refresh(only)) as coming:
            async for update in coming:
                updates.append(update)
                title = stable(titles.get(update.feed_id, update.url))
                self.tell("refreshing", f"Refreshing {len(updates)}/{total} · {title}")
                if monotonic() - shown_at > _RELOAD_SECONDS:
                    shown_at = monotonic()
                    self.reload()

    async def _sum_up(self, updates: list[FeedUpdate]) -> None:
        """Tell once how it went; each feed's own trouble stands on the feed."""
        new = sum(update.new for update in updates)
        failed = [update for update in updates if update.error]
        first = failed[0].error if failed else ""
        if not failed:
            feeds = f" in {len(updates)} feeds" if len(updates) > 1 else ""
            self.notify(f"{new} new{feeds}." if new else f"Nothing new{feeds}.")
        elif len(updates) == 1:
            feed = await self.library.feed(str(failed[0].feed_id))
            told = f"{feed.title} could not be read: {first}. What is stored stays."
            self.notify(told, severity="warning")
        elif len(failed) == len(updates):
            self.notify(
                f"None of {len(failed)} feeds could be read: {first}. "
                "What is stored stays readable.",
                severity="warning",
            )
        else:
            self.notify(
                f"{new} new. {len(failed)} of {len(updates)} feeds failed; ! marks them, "
                "and their rows say why.",
                severity="warning",
            )

    # Add.

    def action_add_feed(self) -> None:
        """Ask for the address of a feed or site, or for an OPML file."""
        from autotui.ui.screens.adding import AddScreen

        # Only what the app copied itself: to ask the terminal may print on the screen.
        copied = clean.url(self.app.clipboard)
        self.app.push_screen(AddScreen(self._typed, copied), self._add_typed)

    def action_first_feeds(self) -> None:
        """Offer packs of feeds, a key each."""
        from autotui import packs
        from autotui.ui.screens.first import FirstScreen

        asking = FirstScreen(packs.every(), self.keyed)
        self.app.push_screen(asking, self._add_first)

    def _add_typed(self, typed: str | None) -> None:
        if typed:
            self._add(typed)

    def _add_first(self, chosen: "Pack | str | None") -> None:
        if isinstance(chosen, str):
            self.action_add_feed()
        elif chosen is not None:
            self._import(chosen.file)

    @work(exit_on_error=False, group="add")
    async def _add(self, typed: str) -> None:
        """Subscribe to what was typed: an OPML file, a feed, or a page's feed."""
        self._typed = typed
        if file := _file(typed):
            await self._tell_of(file)
        elif "://" not in typed and typed.startswith(_PATHS):
            mend = self.keyed("; {add-feed} mends it.")
            self.notify(f"There is no file {typed}{mend}", severity="warning")
        else:
            await self._subscribe(typed)

    async def _subscribe(self, address: str) -> None:
        from autotui.ui.screens.adding import ChoiceScreen

        before = self.row.identity, self.articles.current_id
        folder = self.row.label if self.row.kind == "folder" else ""
        self.tell("adding", f"Looking at {stable(address)}")
        try:
            feed, added = await self.library.subscribe(address, folder=folder)
        except SeveralFeedsError as error:
            self.app.push_screen(ChoiceScreen(error.choices), self._add_typed)
            return
        finally:
            self.tell("adding")
        self._typed = ""
        word = "Added" if added else "Already there:"
        self.notify(f"{word} {feed.title}, {how_many(feed.total)}.")
        await self._fill_sidebar()
        if before == (self.row.identity, self.articles.current_id):
            self.go_to_row(("feed", f"feed:{feed.id}", feed.id))
        self.reload()

    async def _tell_of(self, file: Path) -> None:
        """Tell what is in an OPML file before any of it is subscribed to."""
        from autotui.ui.screens.adding import in_words
        from autotui.ui.screens.confirming import ConfirmScreen

        def bring(sure: bool | None) -> None:  # noqa: FBT001 - a screen's answer
            if sure:
                self._import(file)

        self.tell("adding", f"Reading {file.name}")
        try:
            found = await self.library.upkeep.import_opml(file, dry_run=True)
        finally:
            self.tell("adding")
        title = stable(f"Subscribe to what is in {file.name}")
        if found.added:
            some = "1 feed" if found.added == 1 else f"{found.added:,} feeds"
            asking = ConfirmScreen(title, in_words(found), f"adds {some}")
            self.app.push_screen(asking, bring)
        else:
            self._typed = ""
            self.notify(f"{file.name}: {in_words(found)}")

    @work(exit_on_error=False, group="add")
    async def _import(self, file: Path) -> None:
        first = not self.has_feeds
        self.tell("adding", f"Subscribing to what is in {file.name}")
        try:
            done = await self.library.upkeep.import_opml(file)
        finally:
            self.tell("adding")
        self._typed = ""
        known = f", {done.known} already there" if done.known else ""
        refused = f", {len(done.refused)} refused" if done.refused else ""
        self.notify(f"{done.added} feeds added{known}{refused}.")
        self.hands_off = self.hands_off or first
        self.reload()
        self._refresh((), quiet=True)

    def go_to_row(self, identity: tuple[str, str, int]) -> None:
        """List the stories of a row of the feed list."""
        if self.feed_list.go_to(identity) and (row := self.feed_list.current):
            self.show(row)

    async def _feed_at_hand(self) -> Feed | None:
        """Give the feed of the row, or of the story where the row is none."""
        row = self.feed_list.current or self.row
        if row.kind == "feed":
            return await self.library.feed(str(row.feed_id))
        if article := self.current:
            return await self.library.feed(str(article.feed_id))
        return None


def expanded(typed: str) -> Path:
    """Give the path that somebody typed, ``~`` as their home."""
    return Path(expanduser(typed))  # noqa: PTH111 - Path.expanduser raises


def _file(typed: str) -> Path | None:
    """Give the file that somebody typed; ``None`` where it is an address."""
    if "://" in typed:
        return None
    file = expanded(typed)
    try:
        return file.absolute() if file.is_file() else None
    except (OSError, ValueError):
        return None
