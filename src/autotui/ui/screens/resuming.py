"""Where stories were left: each opens there again, in the next run too.

Only what was left in the middle is kept, and of that the newest.
"""

import json
from collections.abc import Awaitable
from typing import Final, NamedTuple

from textual import work

from autotui.model import Article
from autotui.ui.screens.explaining import Explaining
from autotui.ui.sheet import Place
from autotui.ui.typeset import Story

KEPT: Final = 1_000
"""Stories whose place is kept."""
REST_SECONDS: Final = 1.0
"""After the last line scrolled, before the place is stored."""
_NAME: Final = "places"
"""Under what the places are remembered."""


class _Left(NamedTuple):
    """Where a story was left, and of how many words it was then."""

    flow: int
    offset: int
    words: int


class Resuming(Explaining):
    """Keeps places in texts."""

    _changed: bool = False
    """Whether places are still to be stored."""

    def on_mount(self) -> None:
        """Know where stories were left before, and where they are left from now on."""
        self._left: dict[int, _Left] = {}
        self._recall_places()
        self.watch(self.text, "scroll_y", self._keep_place, init=False)

    def on_unmount(self) -> None:
        """Store what is not stored yet."""
        self._store_places()

    def watch_story(self, before: Story | None, after: Story | None) -> None:
        """Let another story begin where it was left."""
        if after and (before is None or before.article.id != after.article.id):
            self.text.begin_at = self._place(after.article)
        super().watch_story(before, after)

    def _place(self, article: Article) -> Place | None:
        left = self._left.get(article.id)
        # Another text: the feed's, or the page's.
        known = left is not None and left.words == article.words
        return (left.flow, left.offset) if left and known else None

    def _keep_place(self) -> None:
        """Note where the story at hand is: a key, or a wheel, has moved it."""
        story, text = self.text.story, self.text
        if story is None or story.article.id <= 0 or text.far is None:
            return
        article = story.article
        self._left.pop(article.id, None)
        if not (text.at_start or text.at_end):
            self._left[article.id] = _Left(*text.place, article.words)
            if len(self._left) > KEPT:
                del self._left[next(iter(self._left))]
        if not self._changed:
            self._changed = True
            self.set_timer(REST_SECONDS, self._store_soon)

    def _store_soon(self) -> None:
        if stored := self._store_places():
            self._wait_for_places(stored)

    def _store_places(self) -> Awaitable[None] | None:
        """Hand the places to the Library; under way when the call returns."""
        if not self._changed or self.library.condition.read_only:
            return None
        self._changed = False
        rows = [(id_, *left) for id_, left in self._left.items()]
        return self.library.remember(_NAME, json.dumps(rows))

    @work(exit_on_error=False, group="places")
    async def _wait_for_places(self, stored: Awaitable[None]) -> None:
        await stored

    @work(exit_on_error=False, group="places")
    async def _recall_places(self) -> None:
        stored = _read(await self.library.recall(_NAME))
        self._left = {**stored, **self._left}
        if self.story and self.text.at_start:
            place = self._place(self.story.article)
            if place:
                self.text.show_text(keep_place=True, place=place)


def _read(stored: str) -> dict[int, _Left]:
    """Give the places that were remembered; what the disk forgot is left out."""
    try:
        rows = json.loads(stored or "[]")
        return {int(id_): _Left(*map(int, left)) for id_, *left in rows}
    except (ValueError, TypeError):
        return {}
