"""What is done to many stories at once: rules, and marking a whole view read."""

from collections.abc import Awaitable, Iterable
from dataclasses import replace
from typing import Final, Protocol

from textual import work

from autotui import query
from autotui.errors import AutotuiError
from autotui.model import Article, Listing, how_many
from autotui.ui import welcome
from autotui.ui.screens import sentences
from autotui.ui.screens.completing import Completing

_UNASKED: Final = 50
"""Stories that are marked without a question."""


class _Done(Protocol):
    """What was marked."""

    @property
    def changes(self) -> "Iterable[_Change]":
        """One change, or none."""


class _Change(Protocol):
    @property
    def ids(self) -> "_Sized":
        """The stories that were unread."""


class _Sized(Protocol):
    def __len__(self) -> int: ...


class Automating(Completing):
    """Adds the verbs for rules, and for a whole view."""

    def action_rules(self) -> None:
        """Show the rules; what they did since is shown after that."""
        from autotui.ui.screens.ruling import RulesScreen

        looked_for = self.row.kind == "query" or self.scope not in {"", *sentences.SCOPES}
        text = query.joined(self.row.query, self.scope) if looked_for else ""
        asking = RulesScreen(self.library, text)
        self.app.push_screen(asking, lambda _: self.reload_known())

    def action_mark_view_read(self) -> None:
        """Mark all that is listed read; of many stories it asks first."""
        self.when_listed(lambda: self.articles.with_rest(self._ask_view_read))

    def reload_known(self) -> None:
        """Show rows and stories as they are stored by now, those that are known too."""
        self._renew_known()
        self.reload()

    @work(exclusive=True, exit_on_error=False, group="renew")
    async def _renew_known(self) -> None:
        await self.renew(tuple(self.listing.articles))

    def _ask_view_read(self) -> None:
        from autotui.ui.screens.confirming import ConfirmScreen

        listing = self.listing
        read = sum(each.read for each in listing.articles.values())
        # At most so many: of those far from the cursor it is not known.
        unread = len(listing.ids) - read
        if unread <= 0 or welcome.ID in listing.ids[:1]:
            self.notify("Everything here is read.")
        elif unread <= _UNASKED:
            self._mark_view(listing)
        else:

            def mark(sure: bool | None) -> None:  # noqa: FBT001 - a screen's answer
                if sure:
                    self._mark_view(listing)

            question = (
                f"Mark all {how_many(len(listing.ids))} of this list read?\n\n"
                + self.keyed("One {undo} takes all of it back.")
            )
            asked = ConfirmScreen("Mark the view read", question, "marks them")
            self.app.push_screen(asked, mark)

    def _mark_view(self, listing: Listing) -> None:
        """Hand all ids of the listing to the Library, those on screen shown first."""
        stored = self.library.mark(listing.ids, "read", on=True)
        before = [each for each in listing.articles.values() if not each.read]
        after = {each.id: each.marked("read", on=True) for each in before}
        self.held.update(after)
        self.pending.update(after)
        self.show_changed(after.values())
        self._settle_view(before, after, stored)

    @work(exit_on_error=False, group="mark")
    async def _settle_view(
        self, before: list[Article], after: dict[int, Article], stored: Awaitable[_Done]
    ) -> None:
        """Wait for what is being stored; if it fails, show what is stored instead."""
        try:
            step = await stored
        except AutotuiError:
            for id_ in after:
                self.pending.pop(id_, None)
            self.show_changed(before)
            raise
        for id_, article in after.items():
            if self.pending.get(id_) is article:
                del self.pending[id_]
        marked = sum(len(each.ids) for each in step.changes)
        back = self.keyed("; {undo} takes that back.")
        self.notify(f"Marked {how_many(marked)} read{back}")
        self.count()

    def change(self, before: Article, after: Article, stored: Awaitable[object]) -> None:
        """Show a story as it is; what was taken from it is no rule's work any more."""
        marks = {"star": after.starred, "later": after.later, "read": after.read}
        standing = {f"+{tag}" for tag in after.tags}
        standing |= {action for action, on in marks.items() if on}
        kept = tuple(each for each in after.automatic if each[0] in standing)
        super().change(before, replace(after, automatic=kept), stored)
