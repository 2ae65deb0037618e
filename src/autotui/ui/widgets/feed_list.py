"""The feed list: smart views, folders, feeds and tags."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.message import Message
from textual.reactive import var

from autotui.ui import render
from autotui.ui.sheet import Parts
from autotui.ui.sidebar import Row
from autotui.ui.widgets.rows import Rows


class FeedList(Rows):
    """Shows ``rows``; the cursor passes over headings and holds on to its row."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--smart",
        "rows--folder",
        "rows--feed",
        "rows--tag",
        "rows--some",
        "rows--heading",
        "rows--line",
        "rows--alarm",
        "rows--count",
    }

    rows: var[tuple[Row, ...]] = var((), init=False)

    @dataclass
    class Highlighted(Message):
        """The cursor came to rest on another row."""

        row: Row

    @dataclass
    class Chosen(Message):
        """The reader wants what is behind the row."""

        row: Row

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self.border_title = Content("Feeds")

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        on_row = self.can_hold_cursor(self.cursor)
        return self.rows[self.cursor] if on_row else None

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def can_hold_cursor(self, row: int) -> bool:
        """Tell whether a row is more than a heading."""
        return 0 <= row < len(self.rows) and self.rows[row].kind != "heading"

    def go_to(self, identity: tuple[str, str, int]) -> bool:
        """Put the cursor on the row of that identity; tell whether it is there."""
        for at, row in enumerate(self.rows):
            if row.identity == identity and self.can_hold_cursor(at):
                self.cursor = at
                return True
        return False

    def parts(self, row: int, width: int) -> Parts:
        """Give label and count."""
        return render.feed_row(self.rows[row], width, self.looks)

    def identity(self, row: int) -> Hashable:
        """Give what the cursor holds on to."""
        return self.rows[row].identity

    def highlight(self, row: int) -> None:
        """Tell that the cursor came to rest on a row."""
        self.post_message(self.Highlighted(self.rows[row]))

    def choose(self, row: int) -> None:
        """Tell that the reader clicked on the current row."""
        self.post_message(self.Chosen(self.rows[row]))

    def watch_rows(self, before: tuple[Row, ...], after: tuple[Row, ...]) -> None:
        """Show the rows; the cursor stays on the row that it is on."""
        changed = [at for at, row in enumerate(after) if row not in before[at : at + 1]]
        if len(before) == len(after) and all(
            before[at].identity == after[at].identity for at in changed
        ):
            self.redraw(changed)
            return
        held = [row.identity for row in before[self.cursor : self.cursor + 1]]
        places = (at for at, row in enumerate(after) if row.identity in held)
        self.replaced(next(places, self.cursor if before else 0))
