"""The article list: any number of ids, and the articles near the cursor."""

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Final

from textual.content import Content
from textual.message import Message
from textual.reactive import var

from autotui.model import Article, Listing
from autotui.ui import render
from autotui.ui.sheet import Parts
from autotui.ui.widgets.rows import Rows

_WINDOW: Final = 128
"""Articles that are asked for at once."""


class ArticleList(Rows):
    """Shows ``listing``, and asks for the articles that come into view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--dot",
        "rows--star",
        "rows--later",
        "rows--title",
        "rows--unread",
        "rows--tag",
        "rows--suggested",
        "rows--rejected",
        "rows--outlet",
        "rows--age",
    }

    listing: var[Listing] = var(Listing, init=False)
    now: var[datetime] = var(lambda: datetime.now(UTC), init=False)
    rejected: var[frozenset[int]] = var(frozenset, init=False)
    """Stories whose suggestion was rejected in this run."""

    @dataclass
    class Highlighted(Message):
        """The cursor came to rest on another article."""

        article_id: int

    @dataclass
    class Chosen(Message):
        """The reader wants to read this article."""

        article_id: int

    @dataclass
    class Wanted(Message):
        """These articles are in view, or near it, and not known."""

        ids: tuple[int, ...]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self.border_title = Content("Stories")
        self._asked: set[int] = set()
        """The windows that were asked for; each once, as a row may be gone for good."""
        self._waits = 0
        """For how many things, such as another list, keys wait."""
        self._typed: deque[Callable[[], object]] = deque()
        """What keys asked for meanwhile, in their order."""

    @property
    def typed_ahead(self) -> bool:
        """Whether keys wait."""
        return bool(self._typed)

    def wait(self) -> None:
        """Let keys wait: what they are meant for is still to come."""
        self._waits += 1

    def go_on(self, *, drop: bool = False) -> None:
        """Do what the waiting keys asked for, in their order; or drop it."""
        self._waits = max(0, self._waits - 1)
        if drop:
            self._typed.clear()
        while self._typed and not self._waits:
            self._typed.popleft()()

    def then(self, act: Callable[[], object]) -> None:
        """Do what a key asks for: at once, or after those that wait."""
        if self._waits:
            self._typed.append(act)
        else:
            act()

    @property
    def current_id(self) -> int | None:
        """The id of the article under the cursor."""
        ids = self.listing.ids
        return ids[self.cursor] if self.cursor < len(ids) else None

    @property
    def current(self) -> Article | None:
        """The article under the cursor, if there is one and it is known."""
        here = self.current_id
        return None if here is None else self.listing.articles.get(here)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.listing.ids)

    def go_to(self, article_id: int) -> bool:
        """Put the cursor on an article; tell whether it is in the list."""
        at = _index(self.listing.ids, article_id)
        if at is None:
            return False
        self.cursor = at
        return True

    def parts(self, row: int, width: int) -> Parts | None:
        """Give marks, title, tags, outlet and age."""
        article = self.listing.articles.get(self.listing.ids[row])
        if article is None:
            self._ask(row // _WINDOW)
            return None
        return render.article_row(article, width, self.now, self.looks)

    def identity(self, row: int) -> Hashable:
        """Give what the cursor holds on to."""
        return self.listing.ids[row]

    def highlight(self, row: int) -> None:
        """Tell that the cursor came to rest on an article."""
        self.post_message(self.Highlighted(self.listing.ids[row]))

    def choose(self, row: int) -> None:
        """Tell that the reader clicked on the current article."""
        self.post_message(self.Chosen(self.listing.ids[row]))

    def watch_listing(self, before: Listing, after: Listing) -> None:
        """Show the listing; the cursor stays on the article that it is on."""
        if after.ids is before.ids:
            self._forget_asking(before, after)
            self.repaint()
            return
        self._asked.clear()
        at = self.cursor
        held = before.ids[at] if at < len(before.ids) else None
        found = None if held is None else _index(after.ids, held)
        self.replaced(at if found is None else found)

    def watch_rejected(self) -> None:
        """Show which were rejected."""
        self.repaint()

    def watch_now(self) -> None:
        """Show the new ages."""
        self.repaint()

    def _ask(self, window: int) -> None:
        if window not in self._asked:
            self._asked.add(window)
            # Not from here: a line is drawn in the name of the screen, and a message
            # that the screen seems to have sent does not bubble beyond it.
            self.call_later(self._want, self.listing.ids, window)

    def _want(self, ids: Sequence[int], window: int) -> None:
        if ids is self.listing.ids:
            known = self.listing.articles
            near = ids[window * _WINDOW : (window + 1) * _WINDOW]
            self.post_message(self.Wanted(tuple(n for n in near if n not in known)))

    def _forget_asking(self, before: Listing, after: Listing) -> None:
        """Ask again for windows that the screen gave once, and has let go."""
        let_go = before.articles.keys() - after.articles.keys()
        if let_go:
            ids = after.ids
            self._asked = {
                window
                for window in self._asked
                if let_go.isdisjoint(ids[window * _WINDOW : (window + 1) * _WINDOW])
            }


def _index(ids: Sequence[int], wanted: int) -> int | None:
    try:
        return ids.index(wanted)
    except ValueError:
        return None
