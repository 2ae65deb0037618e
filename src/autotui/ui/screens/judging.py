"""What the reader says of suggestions: a key a story, and what comes of it.

Like a mark, a verdict goes to the Library with the key itself; so the next suggestion
must be known by then, and ``suggested`` is read with each list.
"""

import asyncio
from collections.abc import Awaitable, Iterable
from contextlib import aclosing
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from textual import work

from autotui.errors import AutotuiError
from autotui.model import EV_DRIVETRAIN, Article
from autotui.ui import welcome
from autotui.ui.screens.marking import Done, Marking
from autotui.ui.typeset import Story

if TYPE_CHECKING:
    from autotui.drivetrain.learn import Common

QUIET_SECONDS: Final = 1.5
"""After the last verdict, before all stories are judged again by what was learned."""
_EXPLAINED: Final = "explained-suggestions"
_SOON: Final = 2.5


class Judging(Marking):
    """Adds the verbs for suggestions."""

    _met_suggestion: bool = False

    def action_accept_suggestion(self) -> None:
        """Tag the story as is suggested, and go to the next suggestion."""
        self.when_listed(lambda: self._judge(accepted=True))

    def action_reject_suggestion(self) -> None:
        """Say that the story is about something else, and go to the next suggestion."""
        self.when_listed(lambda: self._judge(accepted=False))

    def action_learned(self) -> None:
        """Show what was learned from the reader, and let it be forgotten."""
        from autotui.ui.screens.learned import LearnedScreen

        self.app.push_screen(LearnedScreen(self.library), self._forgotten)

    def _judge(self, *, accepted: bool) -> None:
        here, article = self.articles.current_id, self.articles.current
        if here is None or here == welcome.ID:
            self.notify(
                self.keyed("There is no story to judge here; {add-feed} adds a feed.")
            )
            return
        tagged = article is not None and EV_DRIVETRAIN in article.tags
        rejected = article is not None and article.rejected
        if tagged if accepted else rejected:
            done = "tagged ev-drivetrain" if accepted else "rejected"
            told = f"This story is {done} already; {{undo}} takes that back."
            self.notify(self.keyed(told), timeout=_SOON)
            return
        waiting = here in self.suggested or (article is not None and article.suggested)
        self._give(here, article, accepted=accepted)
        if waiting:
            self._to_next()
        else:
            told = "Tagged ev-drivetrain" if accepted else "Rejected as no EV drivetrain"
            lost = ", its tag taken" if tagged else ""
            back = self.keyed("; {undo} takes that back.")
            self.notify(f"{told}{lost}{back}", timeout=_SOON)

    def _give(self, here: int, article: Article | None, *, accepted: bool) -> None:
        """Hand a verdict to the Library, on screen first."""
        verdicts = self.library.judging
        stored = (verdicts.accept if accepted else verdicts.reject)([here])
        self.held.add(here)
        self.suggested.discard(here)
        if article is not None:
            tags = {*article.tags, EV_DRIVETRAIN} if accepted else set(article.tags)
            tags -= set() if accepted else {EV_DRIVETRAIN}
            kept = tuple(sorted(tags))
            after = replace(article, tags=kept, suggested=False, rejected=not accepted)
            self.change(article, after, stored)
        self._follow_up(here, stored, shown=article is not None)

    def _to_next(self) -> None:
        """Go to the next suggestion below, else to the first of those above."""
        ids, at = self.listing.ids, self.articles.cursor
        known = self.listing.articles
        waiting = self.suggested | {n for n, one in known.items() if one.suggested}
        places = chain(range(at + 1, len(ids)), range(at)) if waiting else ()
        found = next((place for place in places if ids[place] in waiting), None)
        if found is None and self.articles.begun:
            self.articles.with_rest(self._to_next)
        elif found is None:
            self.notify("No suggestion is left in this list.", timeout=_SOON)
        else:
            self.articles.cursor = found

    @work(exit_on_error=False, group="mark")
    async def _follow_up(
        self, here: int, stored: Awaitable[object], *, shown: bool
    ) -> None:
        """Wait for a verdict to be stored; then learn of it."""
        try:
            await stored
        except AutotuiError:
            if not shown:
                raise
            return
        if not shown:
            await self.renew([here])
            self.count()
        self._judge_again()

    def change(self, before: Article, after: Article, stored: Awaitable[object]) -> None:
        """Show a story as it is; one that lost the drivetrain's tag is rejected."""
        had, has = (EV_DRIVETRAIN in each.tags for each in (before, after))
        if had != has:
            after = replace(after, rejected=had)
        super().change(before, after, stored)

    def tag(self, article: Article, add: Iterable[str], remove: Iterable[str]) -> None:
        """Set and take tags; the drivetrain's own is a verdict as well."""
        adding, removing = tuple(add), tuple(remove)
        super().tag(article, adding, removing)
        if EV_DRIVETRAIN in {*adding, *removing}:
            self._judge_again()

    def _ask_tags(self, article: Article) -> None:
        super()._ask_tags(article)
        self._offer_tags(article)

    @work(exclusive=True, exit_on_error=False, group="offer")
    async def _offer_tags(self, article: Article) -> None:
        """Show in the tag dialog, if it is still open, which tags may fit."""
        from autotui.ui.screens.tagging import TagScreen

        found = await self.library.judging.fitting(article)
        if isinstance(asking := self.app.screen, TagScreen):
            asking.offered = tuple((each.tag, each.score) for each in found)

    def _forgotten(self, forgotten: bool | None) -> None:  # noqa: FBT001 - a screen's answer
        """Judge by the lexicon alone again."""
        if forgotten:
            self._judge_again()

    def turned(self, step: Done) -> None:
        """Go back to the suggestion whose verdict was undone."""
        super().turned(step)
        if any(change.kind in {"accept", "reject"} for change in step.changes):
            self._judge_again()
        if step.label.startswith(("accept ", "reject ")) and len(step.ids) == 1:
            self.articles.go_to(step.ids[0])

    def show_changed(self, articles: Iterable[Article]) -> None:
        """Show these stories as they are now, and know which wait for a verdict."""
        shown = tuple(articles)
        super().show_changed(shown)
        for article in shown:
            if article.suggested:
                self.suggested.add(article.id)
            else:
                self.suggested.discard(article.id)

    @work(exclusive=True, exit_on_error=False, group="judge")
    async def _judge_again(self) -> None:
        """Judge all stories by what was learned, once the reader pauses."""
        await asyncio.sleep(QUIET_SECONDS)
        await self._own_up()
        await self._all_again()

    @work(exclusive=True, exit_on_error=False, group="judge")
    async def judge_waiting(self) -> None:
        """Judge what a large refresh, or an older autotui, left to be judged."""
        read_only = self.library.condition.read_only
        if not read_only and await self.library.judging.waiting():
            await self._all_again()

    async def _all_again(self) -> None:
        total, judged = await self.library.judging.waiting(), 0
        try:
            async with aclosing(self.library.judge()) as batches:
                async for done in batches:
                    judged += done
                    if total > judged:
                        self.tell("judging", f"Judging {judged:,}/{total:,}")
        finally:
            self.tell("judging")
        await self._fill_sidebar()
        # Not read anew: the cursor and all rows stay.
        await self.renew(tuple(self.listing.articles))
        self.suggested = await self.find_suggested()
        self.judged_again()

    def judged_again(self) -> None:
        """Show what else is judged in another way now."""

    def watch_story(self, before: Story | None, after: Story | None) -> None:
        """Say which keys there are when the first suggestion ever is met."""
        super().watch_story(before, after)
        if after and after.article.suggested and not self._met_suggestion:
            self._met_suggestion = True
            self._explain_keys()

    @work(exit_on_error=False, group="mark")
    async def _explain_keys(self) -> None:
        if await self.library.recall(_EXPLAINED):
            return
        await self.library.remember(_EXPLAINED, "yes")
        told = (
            " marks stories that seem to be about EV drivetrains. {accept-suggestion} tags "
            "one, {reject-suggestion} says no; {why} tells why."
        )
        self.notify(f"{self.autotui.looks.suggested}{self.keyed(told)}", timeout=12)

    async def _own_up(self) -> None:
        """Tell once what the reader's corrections have in common."""
        shared = await self.library.judging.corrections()
        told = [not await self.library.recall(_told(each)) for each in shared]
        new = [each for each, fresh in zip(shared, told, strict=True) if fresh]
        if new:
            draft = await self.library.rules.drafted(new[0])
            # The others are the same stories: one note for all of them. With nothing
            # awaited between, whoever stops this worker stops all of it or nothing.
            stored = [self.library.remember(_told(each), "yes") for each in new]
            stored.append(self.library.rules.offer(draft))
            offered = self.keyed("{rules} shows a rule that would do so by itself.")
            self.notify(f"{_lesson(new[0])} {offered}", timeout=10)
            await asyncio.gather(*stored)


def _told(common: "Common") -> str:
    """Name what is remembered of a cue."""
    return f"told-{'missed' if common.accepted else 'tired'}-{common.cue}"


def _lesson(common: "Common") -> str:
    cue = common.cue.replace("_", " ")
    if not common.accepted:
        return f"You rejected {common.stories} stories about '{cue}': it now counts less."
    tagged = f"You tagged {common.stories} stories about '{cue}' that were not suggested"
    if common.speaks:
        return f"{tagged}: the words they share now count more."
    return f"{tagged}: it now counts less against others."
