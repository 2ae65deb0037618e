"""A list that is drawn by line: one terminal line a row, however many rows.

A row exists only while it is drawn. What is in it, the subclass says.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import ClassVar, Final

from textual import events
from textual.reactive import var
from textual.strip import Strip

from autotui.ui import keys
from autotui.ui.cells import breaks, measure
from autotui.ui.render import Looks
from autotui.ui.safe import stable
from autotui.ui.sheet import Parts
from autotui.ui.widgets.drawn import Drawn
from autotui.ui.widgets.paint import Paint

_MARGIN: Final = 2
"""Rows that stay in sight above and below a cursor that is moved by key."""
_MAX_STRIPS: Final = 300
"""Drawn lines that are kept, some screens: each takes five kilobytes and more."""


class Rows(Drawn, can_focus=True, inherit_bindings=False):
    """Shows ``total`` rows and a cursor that the keys move."""

    BINDINGS = keys.PANE
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor",
        "rows--selected",
        "rows--empty",
        "rows--missing",
    }

    cursor: var[int] = var(0, init=False)
    """The current row; 0 if there is none."""
    empty: var[str] = var("", init=False)
    """What is said when there are no rows."""
    looks: var[Looks] = var(Looks, init=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self._paint = Paint(self, "rows")
        self._strips: dict[tuple[int, int], Strip] = {}
        self._told: Hashable = None
        """The row that was last highlighted."""
        self._waits = 0
        """For how many things, such as another list, keys wait."""
        self._typed: deque[Callable[[], object]] = deque()
        """What keys asked for meanwhile, in their order."""

    @property
    def total(self) -> int:
        """How many rows there are."""
        return 0

    def parts(self, row: int, width: int) -> Parts | None:
        """Give what is in a row; ``None`` if that is not known yet."""

    def identity(self, row: int) -> Hashable:
        """Give what stays the same of a row when others come and go."""
        return row

    def highlight(self, row: int) -> None:
        """Tell that the cursor came to rest on a row."""

    def choose(self, row: int) -> None:
        """Tell that the reader clicked on the current row."""

    def can_hold_cursor(self, row: int) -> bool:
        """Tell whether the cursor may be on a row."""
        return 0 <= row < self.total

    def is_selected(self, row: int) -> bool:  # noqa: ARG002 - of lists that have a selection
        """Tell whether a row is among those that the next key is for."""
        return False

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

    def in_turn(self, act: Callable[[], object]) -> None:
        """Do what goes elsewhere after the keys that wait; at once where none does."""
        if self._typed:
            self._typed.append(act)
        else:
            act()

    def repaint(self) -> None:
        """Draw the rows again: what is in them has changed."""
        self._strips.clear()
        self.refresh()

    def redraw(self, rows: Iterable[int]) -> None:
        """Draw these rows again, as far as they are in view."""
        self._strips.clear()
        top = self.scroll_offset.y
        for row in rows:
            if top <= row < top + self._page:
                self.refresh_line(row)

    def renewed(self, before: Sequence[Hashable], after: Sequence[Hashable]) -> None:
        """Show other rows, by what tells them apart; the cursor stays on its row."""
        held = before[self.cursor : self.cursor + 1]
        places = (at for at, each in enumerate(after) if each in held)
        self.replaced(next(places, self.cursor))

    def replaced(self, cursor: int) -> None:
        """Show other rows, the cursor on ``cursor`` and where it was on the screen."""
        above = self.cursor - self.scroll_offset.y
        self._strips.clear()
        self.set_reactive(Rows.cursor, self._nearest(cursor, 1))
        if not self.is_attached:
            return
        self.set_lines(self.total)
        self.scroll_to(y=self.cursor - above, animate=False, force=True)
        self.show_cursor()
        self.refresh()
        self.call_after_refresh(self._rest)

    def show_cursor(self, margin: int = 0) -> None:
        """Scroll as little as brings the cursor, and rows around it, into view."""
        height = self.scrollable_content_region.height
        if height <= 0:
            return
        margin = max(0, min(margin, (height - 1) // 2))
        top = self.scroll_offset.y
        low, high = self.cursor - height + 1 + margin, self.cursor - margin
        wanted = max(0, min(max(top, low), high))
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        width = self.scrollable_content_region.width
        if not self.total:
            return self._empty_line(y, width)
        row = y + self.scroll_offset.y
        if row >= self.total:
            return self._paint.strip((), width)
        strip = self._strips.get((row, width))
        if strip is None:
            if len(self._strips) > _MAX_STRIPS:
                self._strips.clear()
            strip = self._strips[row, width] = self._draw(row, width)
        return strip

    def notify_style_update(self) -> None:
        """Drop what was drawn in the old colours."""
        super().notify_style_update()
        self._paint.forget()
        self._strips.clear()

    def validate_cursor(self, row: int) -> int:
        """Keep the cursor where it may be."""
        return self._nearest(row, 1 if row >= self.cursor else -1)

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows that changed, and tell once the cursor rests."""
        if not self.is_attached:
            return
        for row in (before, after):
            for key in [key for key in self._strips if key[0] == row]:
                del self._strips[key]
            self.refresh_line(row)
        self.show_cursor()
        self.call_after_refresh(self._rest)

    def watch_empty(self) -> None:
        """Say the new sentence."""
        self.refresh()

    def watch_looks(self) -> None:
        """Draw with the other glyphs."""
        self.repaint()

    def on_mount(self) -> None:
        """Show what was set before."""
        self.replaced(self.cursor)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._strips.clear()
        self.call_after_refresh(self.show_cursor)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row, or choose the row that has it."""
        at = event.get_content_offset(self)
        row = -1 if at is None else at.y + self.scroll_offset.y
        if not self.can_hold_cursor(row):
            return
        if row == self.cursor:
            self.choose(row)
        else:
            self.cursor = row

    def action_move_down(self) -> None:
        """Go to the next row."""
        self.then(lambda: self._move(1))

    def action_move_up(self) -> None:
        """Go to the row before."""
        self.then(lambda: self._move(-1))

    def action_top(self) -> None:
        """Go to the first row."""
        self.then(lambda: self._move(-self.total))

    def action_bottom(self) -> None:
        """Go to the last row."""
        self.then(lambda: self._move(self.total))

    def action_half_down(self) -> None:
        """Go half a page down."""
        self.then(lambda: self._move(self._page // 2))

    def action_half_up(self) -> None:
        """Go half a page up."""
        self.then(lambda: self._move(-(self._page // 2)))

    def action_page_down(self) -> None:
        """Go a page down."""
        self.then(lambda: self._move(self._page - 1))

    def action_page_up(self) -> None:
        """Go a page up."""
        self.then(lambda: self._move(1 - self._page))

    @property
    def _page(self) -> int:
        return max(2, self.scrollable_content_region.height)

    def _move(self, rows: int) -> None:
        self.cursor = self._nearest(self.cursor + rows, 1 if rows > 0 else -1)
        self.show_cursor(_MARGIN)

    def _nearest(self, row: int, step: int) -> int:
        """Give the row, or the nearest in direction ``step`` that may be current."""
        last = self.total - 1
        row = max(0, min(row, last))
        ahead = range(row, last + 1) if step > 0 else range(row, -1, -1)
        behind = range(row, -1, -1) if step > 0 else range(row, last + 1)
        for way in (ahead, behind):
            for candidate in way:
                if self.can_hold_cursor(candidate):
                    return candidate
        return 0

    def _rest(self) -> None:
        """Tell where the cursor came to rest, if that is another row than before."""
        known = self.can_hold_cursor(self.cursor)
        here = self.identity(self.cursor) if known else None
        if here != self._told:
            self._told = here
            if known:
                self.highlight(self.cursor)

    def _draw(self, row: int, width: int) -> Strip:
        current = row == self.cursor and self.can_hold_cursor(row)
        parts = self.parts(row, width - 1)
        if parts is None:
            parts = ((f"    {self.looks.ellipsis}", "missing"),)
        glyph = self.looks.cursor if current else " "
        over = "cursor" if current else ""
        if self.is_selected(row) and not current:
            glyph, over = self.looks.selected, "selected"
        return self._paint.strip(((glyph, ""), *parts), width, over)

    def _empty_line(self, y: int, width: int) -> Strip:
        """Draw a line of the sentence in the middle."""
        told, room = stable(self.empty), max(1, width - 4)
        starts = [0, *breaks(told, 0, len(told), room)]
        height = self.scrollable_content_region.height
        number = y - max(0, (height - len(starts)) // 2)
        if not told or not 0 <= number < len(starts):
            return self._paint.strip((), width)
        line = told[starts[number] : [*starts, len(told)][number + 1]].strip()
        before = " " * max(0, (width - measure(line)) // 2)
        return self._paint.strip(((before, ""), (line, "empty")), width)
