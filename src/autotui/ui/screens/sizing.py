"""How large the panes are: changed by key, remembered, and never without room to read.

Sizes are kept in thousandths of what a pane is part of, for each arrangement on its own:
so they fit a terminal of another size as well.
"""

import json
from typing import Final, Literal

from textual.geometry import Size
from textual.widget import Widget

from autotui.ui.screens.panes import Panes

_STEP: Final = 2
"""Columns, or rows, at a time."""
_LEAST: Final = {"width": 16, "height": 5}
_LEAST_TEXT: Final = {"width": 30, "height": 6}
"""What a pane needs to be of use."""
_WHOLE: Final = 1_000
_MOST: Final = {"feeds": 400, "metadata": 400, "articles": 750}
"""Of a thousand: what leaves room for the text in a terminal that has become smaller."""


class Sizing(Panes):
    """Adds the verbs for the size of panes."""

    def on_mount(self) -> None:
        """Give the panes the sizes that they had."""
        self._pane_sizes = _read(self.autotui.panes)
        self._fit_panes()

    def lay_out(self, size: Size) -> None:
        """Arrange the panes, in the sizes that the reader gave them."""
        before = self.arrangement
        super().lay_out(size)
        if self.is_mounted and self.arrangement != before:
            self._fit_panes()

    def action_narrow_pane(self) -> None:
        """Make the pane with the focus smaller."""
        self._resize_pane(-_STEP)

    def action_widen_pane(self) -> None:
        """Make the pane with the focus larger."""
        self._resize_pane(_STEP)

    def action_reset_panes(self) -> None:
        """Give the panes of this arrangement the sizes that they had at first."""
        here = f"{self.arrangement} "
        self._keep_sizes(
            {name: at for name, at in self._pane_sizes.items() if here not in name}
        )

    @property
    def one_pane(self) -> bool:
        """Whether one pane fills the screen."""
        return self.has_class("-folded") or self.has_class("zen")

    def _resize_pane(self, step: int) -> None:
        if self.one_pane:
            self.notify("One pane fills the screen here; no room is shared.")
            return
        # List and text share what is in the middle: what one gains, the other loses.
        name, step = ("articles", -step) if self.front == "text" else (self.front, step)
        pane, side = self.query_one(f"#{name}"), self._shared_side(name)
        room, shown = _within(pane, side), _cells(pane, side)
        # Keys are faster than the layout: go on from what the key before asked for.
        share = self._share(name)
        cells = share * room // _WHOLE if share else shown
        left = shown + _cells(self.text, side) - _LEAST_TEXT[side]
        most = min(left, _MOST[name] * room // _WHOLE)
        wanted = max(_LEAST[side], min(cells + step, most))
        if (wanted - cells) * step <= 0:
            self.notify("The panes cannot share the room in another way.", timeout=2.5)
            return
        # Rounded up: a fraction of a cell would be cut off.
        place = f"{self.arrangement} {name}"
        self._keep_sizes({**self._pane_sizes, place: -(-wanted * _WHOLE // room)})

    def _keep_sizes(self, sizes: dict[str, int]) -> None:
        self._pane_sizes = sizes
        self.library.remember("panes", json.dumps(sizes))
        self._fit_panes()

    def _fit_panes(self) -> None:
        """Give each pane its size in this arrangement, or that of the style sheet."""
        for name in _MOST:
            share = self._share(name)
            size = f"{share * 100 / _WHOLE:g}%" if share else None
            styles = self.query_one(f"#{name}").styles
            wide = self._shared_side(name) == "width"
            styles.width, styles.height = (size, None) if wide else (None, size)

    def _share(self, name: str) -> int:
        """Give the size that the reader gave a pane here, 0 if none."""
        return min(self._pane_sizes.get(f"{self.arrangement} {name}", 0), _MOST[name])

    def _shared_side(self, name: str) -> Literal["width", "height"]:
        stacked = name == "articles" and not self.has_class("-wide")
        return "height" if stacked else "width"


def _cells(pane: Widget, side: str) -> int:
    return pane.outer_size.width if side == "width" else pane.outer_size.height


def _within(pane: Widget, side: str) -> int:
    """Give the room of what the pane is part of."""
    parent = pane.parent
    assert isinstance(parent, Widget)
    return parent.size.width if side == "width" else parent.size.height


def _read(remembered: str) -> dict[str, int]:
    """Read what was remembered; anything else is nothing."""
    try:
        found = json.loads(remembered or "{}")
    except (ValueError, RecursionError):
        return {}
    entries = found.items() if isinstance(found, dict) else ()
    return {
        name: share
        for name, share in entries
        if isinstance(share, int) and 0 < share < _WHOLE
    }
