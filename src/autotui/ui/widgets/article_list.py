"""The article list: any number of ids, and the articles near the cursor."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import ClassVar, Final

from textual.content import Content
from textual.message import Message
from textual.reactive import var

from autotui.model import Article, Listing
from autotui.ui import render
from autotui.ui.hues import Colours
from autotui.ui.sheet import Parts
from autotui.ui.widgets.rows import Rows

_WINDOW: Final = 128
"""Articles that are asked for at once."""
_STRETCH: Final = 16_000
"""Ids that are looked through in one go."""
_NEAR: Final = 60_000
"""Rows around the cursor in which its story is looked for in another list: 4 ms."""


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
        "rows--match",
    }

    listing: var[Listing] = var(Listing, init=False)
    origin: var[int | None] = var(None, init=False)
    """The row where a selection begins, that ends at the cursor; ``None`` without one."""
    now: var[datetime] = var(lambda: datetime.now(UTC), init=False)
    words: var[tuple[str, ...]] = var((), init=False)
    """What is looked for: marked in titles."""
    colours: var[Colours] = var(dict, init=False)
    """Of tags."""
    begun: var[bool] = var(bool, init=False)
    """Only the first stories are there; the rest is on its way."""

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
        self.expected: int | None = None
        """Where the next list has the article at hand, if that is known."""
        self._lacking = False
        """Whether keys wait for the rest of the list."""

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

    def go_to(self, article_id: int, near: int | None = None) -> bool:
        """Put the cursor on an article; tell whether it is in the list.

        ``near`` is where it was found, if it was looked for already.
        """
        at = self._place(article_id, self.cursor if near is None else near)
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
        return render.article_row(
            article, width, self.now, self.looks, self.words, colours=self.colours
        )

    @property
    def selected(self) -> range:
        """The rows that are selected."""
        if self.origin is None or not self.total:
            return range(0)
        low, high = sorted((self.origin, self.cursor))
        return range(low, min(high, self.total - 1) + 1)

    def is_selected(self, row: int) -> bool:
        """Tell whether a row is among those that the next key is for."""
        return row in self.selected

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
            self.redraw(self._changed(before, after))
            return
        self._asked.clear()
        at = self.cursor
        held = before.ids[at] if at < len(before.ids) else None
        near, self.expected = at if self.expected is None else self.expected, None
        found = None if held is None else self._place(held, near, _NEAR)
        self._move_anchor(before, at, found)
        self.replaced(at if found is None else found)

    def with_rest(self, act: Callable[[], object]) -> None:
        """Do what takes the whole list: at once, or before all keys that come later."""
        if not self.begun:
            act()
            return
        if not self._lacking:
            self._lacking = True
            self.wait()
        self._typed.appendleft(act)

    def watch_begun(self) -> None:
        """Do what had to wait for the rest of the list."""
        if self._lacking and not self.begun:
            self._lacking = False
            self.go_on()

    def action_bottom(self) -> None:
        """Go to the last row of the whole list."""
        self.then(lambda: self.with_rest(super(ArticleList, self).action_bottom))

    def _move(self, rows: int) -> None:
        move = partial(super()._move, rows)
        if self.cursor + rows < self.total:
            move()
        else:
            self.with_rest(move)

    def watch_anchor(self) -> None:
        """Show what is selected."""
        self.repaint()

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the rows that changed: with a selection, all between as well."""
        super().watch_cursor(before, after)
        if self.origin is not None:
            self.repaint()

    def watch_words(self) -> None:
        """Mark other words."""
        self.repaint()

    def watch_colours(self) -> None:
        """Show tags in other colours."""
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

    def _changed(self, before: Listing, after: Listing) -> Iterator[int]:
        """Give the rows in view of which another article is known."""
        top = self.scroll_offset.y
        for row, each in enumerate(after.ids[top : top + self._page], top):
            if before.articles.get(each) is not after.articles.get(each):
                yield row

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

    def _move_anchor(self, before: Listing, at: int, found: int | None) -> None:
        """Keep the selection's begin on its article; without that, or it, end it."""
        row, anchor = self.origin, None
        if row is not None and found is not None and row < len(before.ids):
            anchor = self._place(before.ids[row], found + row - at, _NEAR)
        self.set_reactive(ArticleList.origin, anchor)

    def _place(self, article_id: int, near: int, within: int = 1 << 62) -> int | None:
        found = look_for(self.listing.ids, article_id, near, within)
        return next((at for at in found if at is not None), None)


def look_for(
    ids: Sequence[int], article_id: int, near: int = 0, within: int = 1 << 62
) -> Iterator[int | None]:
    """Look for an article's row, from ``near`` outward, ``within`` so many rows.

    Gives ``None`` for each stretch where it is not, and ends with the row. A stretch
    takes half a millisecond, a million ids take thirty.
    """
    for low, high in _outward(len(ids), near, within):
        try:
            yield ids.index(article_id, low, high)
        except ValueError:
            yield None
        else:
            return


def _outward(size: int, near: int, within: int) -> Iterator[tuple[int, int]]:
    """Give stretches of ``size`` rows around ``near``, by turns after and before."""
    low = high = max(0, min(near, size))
    first, last = max(0, low - within), min(size, high + within)
    while low > first or high < last:
        if high < last:
            yield high, min(last, high + _STRETCH)
            high = min(last, high + _STRETCH)
        if low > first:
            yield max(first, low - _STRETCH), low
            low = max(first, low - _STRETCH)
