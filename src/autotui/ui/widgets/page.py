"""Text that is drawn by line and scrolled by key.

Long text is set in slices, so that no key waits for it: what is in view comes first.
"""

import asyncio
from typing import Final

from textual import work
from textual.reactive import var
from textual.strip import Strip

from autotui.ui import keys
from autotui.ui.render import Looks
from autotui.ui.sheet import END, Parts, Place, Sheet
from autotui.ui.widgets.drawn import Drawn
from autotui.ui.widgets.paint import Paint

MAX_WIDTH: Final = 100
"""Cells of a line of text; wider lines are hard to read."""
_MARGIN: Final = 1
_MAX_STRIPS: Final = 300
_SLICE: Final = 12_000
"""Characters that are set in one go: a millisecond, two where they are wide."""


class Page(Drawn, can_focus=True, inherit_bindings=False):
    """Shows a ``Sheet``; what is read stays in view when the width changes."""

    BINDINGS = keys.PANE
    ALLOW_SELECT = False
    looks: var[Looks] = var(Looks, init=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self._paint = Paint(self, "page")
        self._strips: dict[int, Strip] = {}
        self._sheet = Sheet()
        self._room = 0
        """The width that the sheet was set for."""
        self._early: Place | None = None
        """Where the reader was before the text was set to a new size while painting."""
        self._place: Place = (0, -1)
        """What the reader has at the top, and the line where we put that."""
        self._place_line = 0
        self._awaited: Place | None = None
        """What comes to the top as soon as the text is set that far."""
        self._more = 0
        """How far the reader has scrolled meanwhile."""

    def typeset(self, width: int) -> Sheet:
        """Begin to set what is shown to a width; an empty page shows nothing."""
        return Sheet(width)

    def parts(self, number: int) -> Parts:
        """Give what is in a line."""
        return self._sheet.parts(number)

    @property
    def at_start(self) -> bool:
        """Whether the first line is in view."""
        return self._awaited is None and self.scroll_offset.y <= 0

    @property
    def at_end(self) -> bool:
        """Whether the last line is in view."""
        known = self._sheet.whole and self._awaited is None
        return known and self.scroll_offset.y >= self.max_scroll_y

    @property
    def place(self) -> Place:
        """What stands in the top line, as (flow, offset)."""
        if self._awaited is not None:
            return self._awaited
        top = self.scroll_offset.y
        # A narrower page may begin its line earlier; taking that would creep upwards
        # with every resize. So what was at the top counts until the reader scrolls.
        return self._place if top == self._place_line else self._sheet.place(top)

    def line_of(self, place: Place) -> int:
        """Give the line that shows a place."""
        return self._sheet.line_of(place)

    def show_text(self, *, keep_place: bool, place: Place | None = None) -> None:
        """Set the text again; go to its start, to where the reader was, or to a place."""
        place = place or (self.place if keep_place else (0, -1))
        self._room = 0
        self._strips.clear()
        self._settle(place)

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        width = self.scrollable_content_region.width
        if width != self._room and width > 0:
            # The first paint, and that of a new size, come before the resize event.
            self._early = self.place
            self._fit(width)
        number = y + self._top
        if number >= len(self._sheet.lines):
            return self._paint.strip((), width)
        strip = self._strips.get(number)
        if strip is None:
            if len(self._strips) > _MAX_STRIPS:
                self._strips.clear()
            before = " " * ((width - self._text_width) // 2)
            parts = ((before, ""), *self.parts(number))
            strip = self._strips[number] = self._paint.strip(parts, width)
        return strip

    def notify_style_update(self) -> None:
        """Drop what was drawn in the old colours."""
        super().notify_style_update()
        self._paint.forget()
        self._strips.clear()

    def watch_looks(self) -> None:
        """Draw with the other glyphs."""
        self.show_text(keep_place=True)

    def on_resize(self) -> None:
        """Set the text to the new width."""
        self._set_again()

    def on_show(self) -> None:
        """Set the text that came while the page was out of sight."""
        self._set_again()

    def action_move_down(self) -> None:
        """Scroll a line down."""
        self._scroll(1)

    def action_move_up(self) -> None:
        """Scroll a line up."""
        self._scroll(-1)

    def action_top(self) -> None:
        """Go to the start."""
        if self._awaited is None:
            self._scroll(-len(self._sheet.lines))
        else:
            self._settle((0, -1))

    def action_bottom(self) -> None:
        """Go to the end, as soon as it is known."""
        if self._sheet.whole and self._awaited is None:
            self._scroll(len(self._sheet.lines))
        else:
            self._settle(END)

    def action_half_down(self) -> None:
        """Scroll half a page down."""
        self._scroll(self._page // 2)

    def action_half_up(self) -> None:
        """Scroll half a page up."""
        self._scroll(-(self._page // 2))

    def action_page_down(self) -> None:
        """Scroll a page down; the last line stays as the first."""
        self._scroll(self._page - 1)

    def action_page_up(self) -> None:
        """Scroll a page up; the first line stays as the last."""
        self._scroll(1 - self._page)

    @property
    def _page(self) -> int:
        return max(2, self.scrollable_content_region.height)

    @property
    def _text_width(self) -> int:
        return max(1, min(MAX_WIDTH, self._room - 2 * _MARGIN))

    @property
    def _top(self) -> int:
        """The line to draw first; behind all lines while what is awaited is not set."""
        place = self._awaited or self._early
        if place is None:
            return self.scroll_offset.y
        reached = self._sheet.reached(place)
        return self._sheet.line_of(place) if reached else len(self._sheet.lines)

    def _set_again(self) -> None:
        if self.scrollable_content_region.width != self._room or self._early:
            self._settle(self._early or self.place)

    def _settle(self, place: Place) -> None:
        """Scroll to a place in the text, set to the width that there is."""
        self._early = None
        width = self.scrollable_content_region.width
        if width <= 0:  # out of sight; the place counts when it comes into view
            self._place, self._place_line = place, self.scroll_offset.y
            return
        if width != self._room:
            self._fit(width)
        self._awaited, self._more = place, 0
        self.set_lines(len(self._sheet.lines))
        self._arrive()
        self.refresh()

    def _arrive(self) -> None:
        """Scroll to what is awaited, if it is set by now."""
        place = self._awaited
        if place is None or not self._sheet.reached(place):
            return
        self.set_lines(len(self._sheet.lines))
        self.scroll_to(y=self._sheet.line_of(place), animate=False, force=True)
        top = self.scroll_offset.y
        self._place = self._sheet.place(top) if place == END else place
        self._place_line, self._awaited = top, None
        if self._more:
            self._scroll(self._more)

    def _fit(self, width: int) -> None:
        self._room = width
        self._strips.clear()
        self._sheet = self.typeset(self._text_width)
        self._sheet.go_on(_SLICE)
        if not self._sheet.whole:
            self._set_the_rest(self._sheet)

    @work(exclusive=True, group="typeset")
    async def _set_the_rest(self, sheet: Sheet) -> None:
        """Set what is not in view, slice by slice; then know how long the text is."""
        while not sheet.whole:
            await asyncio.sleep(0)
            if sheet is not self._sheet:
                return
            sheet.go_on(_SLICE)
            self._arrive()
        self.set_lines(len(sheet.lines))
        self.refresh()
        self.set_whole()

    def set_whole(self) -> None:
        """Do what wants to know how long the text is."""

    def _scroll(self, lines: int) -> None:
        if self._awaited is not None:
            self._more += lines
        else:
            self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)
