"""Several stories at once: a stretch of the list that the next verb takes as one."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from textual import work
from textual.content import Content

from autotui.errors import AutotuiError
from autotui.library import Library
from autotui.model import EV_DRIVETRAIN, Article, Listing, Mark, Opening, how_many
from autotui.ui import welcome
from autotui.ui.screens.marking import in_markdown
from autotui.ui.screens.sharing import Sharing
from autotui.ui.sidebar import Row

MOST: Final = 5_000
"""Stories that one verb takes: more are no choice of the reader."""
_OPENED: Final = 10
"""Windows that are opened at once."""
_SOON: Final = 2.5

Stories = tuple[Article, ...]


class Selecting(Sharing):
    """Adds the selection, and lets the verbs for stories take it."""

    def __init__(self, library: Library, opening: Awaitable[Opening] | None = None) -> None:
        super().__init__(library, opening)
        self._plain_title = Content("")
        """The list's title without how many are selected."""
        self._selected = 0

    def on_mount(self) -> None:
        """Tell how many are selected as the cursor moves."""
        self.watch(self.articles, "cursor", self._tell_selected, init=False)

    def action_select(self) -> None:
        """Begin to select at the story at hand, or leave the selection."""
        self.when_listed(self._turn_selecting)

    def _turn_selecting(self) -> None:
        here = self.articles.current_id
        if self.articles.origin is not None:
            self.end_selecting()
        elif here is None or here == welcome.ID:
            self.notify("There is no story to select here.")
        else:
            self.go_to_pane("articles")
            self.articles.origin = self.articles.cursor
            self._tell_selected()

    def end_selecting(self) -> None:
        """Leave the selection as it was before."""
        self.articles.origin = None
        self._tell_selected()

    def action_back(self) -> None:
        """Leave the selection first."""
        # The key that began one may be waiting for the list.
        self.articles.in_turn(self._back_in_turn)

    def _back_in_turn(self) -> None:
        if self.articles.origin is not None and self.front == "articles":
            self.end_selecting()
        else:
            super().action_back()

    def show(self, row: Row, scope: str | None = None) -> None:
        """List other stories; a selection is of those that were there."""
        self.end_selecting()
        super().show(row, scope)

    def fill(self, found: Listing, *, whole: bool = True) -> None:
        """Show a listing, and how many of it are selected."""
        super().fill(found, whole=whole)
        self._plain_title = self.articles._border_title or Content("")  # noqa: SLF001
        self._selected = 0
        self._tell_selected()

    def _tell_selected(self) -> None:
        count = len(self.articles.selected)
        if count != self._selected:
            self._selected = count
            told = f" · {count:,} selected" if count else ""
            self.articles.border_title = self._plain_title + Content(told)

    # The verbs. Where states differ, the first story decides for all.

    def action_toggle_read(self) -> None:
        """Mark the stories read, or unread again."""
        self._to_all(
            lambda all_: self._mark_all(all_, "read", on=not all_[0].read),
            super().action_toggle_read,
        )

    def action_toggle_star(self) -> None:
        """Star the stories, or take their stars."""
        self._to_all(
            lambda all_: self._mark_all(all_, "starred", on=not all_[0].starred),
            super().action_toggle_star,
        )

    def action_toggle_later(self) -> None:
        """Keep the stories for later, or no longer."""
        self._to_all(
            lambda all_: self._mark_all(all_, "later", on=not all_[0].later),
            super().action_toggle_later,
        )

    def action_tag_drivetrain(self) -> None:
        """Tag the stories as ones about EV drivetrains, or take the tag."""
        self._to_all(self._turn_drivetrain_of_all, super().action_tag_drivetrain)

    def action_remove_tags(self) -> None:
        """Take all tags of the stories."""
        self._to_all(
            lambda all_: self._tag_all(all_, (), {tag for one in all_ for tag in one.tags}),
            super().action_remove_tags,
        )

    def action_edit_tags(self) -> None:
        """Ask for the tags of the first, and change all like it."""
        self._to_all(self._ask_tags_of_all, super().action_edit_tags)

    def action_accept_suggestion(self) -> None:
        """Tag the stories as is suggested."""
        self._to_all(
            lambda all_: self._judge_all(all_, accepted=True),
            super().action_accept_suggestion,
        )

    def action_reject_suggestion(self) -> None:
        """Say that the stories are about something else."""
        self._to_all(
            lambda all_: self._judge_all(all_, accepted=False),
            super().action_reject_suggestion,
        )

    def action_open_and_read(self) -> None:
        """Open the stories in the browser, and mark them read."""
        self._to_all(self._open_all, super().action_open_and_read)

    def action_copy_address(self) -> None:
        """Copy the addresses, a line each."""
        self._to_all(
            lambda all_: self._copy_all([one.url for one in all_]),
            super().action_copy_address,
        )

    def action_copy_markdown(self) -> None:
        """Copy links to the stories, a line each."""
        self._to_all(
            lambda all_: self._copy_all([in_markdown(one) for one in all_]),
            super().action_copy_markdown,
        )

    def _to_all(
        self, verb: Callable[[Stories], object], of_one: Callable[[], object]
    ) -> None:
        """Do something to the selection, which ends; without one to the story at hand."""
        # The key before this one may be the one that begins, or ends, the selection.
        self.articles.then(lambda: self._to_selected(verb, of_one))

    def _to_selected(
        self, verb: Callable[[Stories], object], of_one: Callable[[], object]
    ) -> None:
        if self.articles.origin is None:
            of_one()
            return
        rows, ids = self.articles.selected, self.listing.ids
        if len(rows) > MOST:
            leave = self.keyed("; {back} leaves the selection.")
            self.notify(f"Select {MOST:,} stories at most{leave}")
            return
        chosen = ids[rows.start : rows.stop]
        self.end_selecting()
        known = [self.listing.articles.get(each) for each in chosen]
        stories = tuple(one for one in known if one is not None)
        if len(stories) == len(chosen):
            verb(stories)
        else:
            self._to_unknown_ones(verb, chosen)

    @work(exit_on_error=False, group="mark")
    async def _to_unknown_ones(
        self, verb: Callable[[Stories], object], chosen: Sequence[int]
    ) -> None:
        stories = await self.library.articles(chosen)
        if stories:
            verb(stories)

    def _mark_all(self, stories: Stories, name: Mark, *, on: bool) -> None:
        stored = self.library.mark([one.id for one in stories], name, on=on)
        self._change_all([one.marked(name, on=on) for one in stories], stored)
        self._say(stories, name if on else f"not {name}")

    def _turn_drivetrain_of_all(self, stories: Stories) -> None:
        names = (EV_DRIVETRAIN,)
        has = EV_DRIVETRAIN in stories[0].tags
        self._tag_all(stories, () if has else names, names if has else ())

    def _tag_all(self, stories: Stories, add: Iterable[str], remove: Iterable[str]) -> None:
        adding, removing = tuple(add), tuple(remove)
        if not adding and not removing:
            return
        stored = self.library.tag([one.id for one in stories], adding, removing)
        tags = [tuple(sorted({*one.tags, *adding} - {*removing})) for one in stories]
        changed = zip(stories, tags, strict=True)
        self._change_all([replace(one, tags=has) for one, has in changed], stored)
        signed = [f"+{tag}" for tag in adding] + [f"-{tag}" for tag in removing]
        self._say(stories, " ".join(signed))
        if EV_DRIVETRAIN in {*adding, *removing}:
            self._judge_again()

    def _ask_tags_of_all(self, stories: Stories) -> None:
        from autotui.ui.screens.tagging import TagScreen

        first = stories[0]

        def keep(chosen: tuple[str, ...] | None) -> None:
            if chosen is not None:
                add = [name for name in chosen if name not in first.tags]
                self._tag_all(stories, add, set(first.tags) - set(chosen))

        names = {row.label for row in self.rows if row.kind == "tag"}
        self.app.push_screen(TagScreen(first, sorted({*names, EV_DRIVETRAIN})), keep)

    def _judge_all(self, stories: Stories, *, accepted: bool) -> None:
        verdicts = self.library.judging
        give = verdicts.accept if accepted else verdicts.reject
        stored = give([one.id for one in stories])
        self.suggested.difference_update(one.id for one in stories)
        judged = [replace(one, suggested=False, rejected=not accepted) for one in stories]
        self._change_all(judged, stored)
        self._say(stories, "tagged ev-drivetrain" if accepted else "rejected")
        self._judge_again()

    def _open_all(self, stories: Stories) -> None:
        if len(stories) > _OPENED:
            self.notify(f"Select {_OPENED} stories at most to open them at once.")
            return
        self._mark_all(stories, "read", on=True)
        for one in stories:
            self.open_url(one.url)

    def _copy_all(self, lines: Iterable[str]) -> None:
        copied = [line for line in lines if line]
        self.app.copy_to_clipboard("\n".join(copied))
        self.notify(f"Copied {len(copied):,} lines.", timeout=_SOON)

    def _say(self, stories: Stories, what: str) -> None:
        back = self.keyed("; {undo} takes that back.")
        self.notify(f"{how_many(len(stories))}: {what}{back}", timeout=_SOON)

    def _change_all(self, after: Sequence[Article], stored: Awaitable[object]) -> None:
        """Show stories as they are after what is being stored."""
        self.held.update(one.id for one in after)
        self.pending.update((one.id, one) for one in after)
        here = [one for one in after if one.id in self.listing.articles]
        self.show_changed(here)
        self._settle_all(after, stored)

    @work(exit_on_error=False, group="mark")
    async def _settle_all(
        self, after: Sequence[Article], stored: Awaitable[object]
    ) -> None:
        """Wait for what is being stored, and show what is stored then."""
        failed: AutotuiError | None = None
        try:
            await stored
        except AutotuiError as error:
            failed = error
        for one in after:
            # A later mark of the same story may be on its way still.
            if self.pending.get(one.id) is one:
                del self.pending[one.id]
        await self.renew([one.id for one in after])
        self.count()
        if failed is not None:
            raise failed
