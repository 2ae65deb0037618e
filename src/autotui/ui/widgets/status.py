"""The last line of the screen: what goes on, and the keys that help now."""

from typing import ClassVar

from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from autotui.ui.cells import clip, measure
from autotui.ui.safe import stable
from autotui.ui.sheet import Part
from autotui.ui.widgets.paint import Paint


class Status(Widget):
    """Shows ``state`` at the left and as many ``hints`` as fit at the right.

    Not Textual's Footer: that costs 100 ms at each change of focus.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status--state",
        "status--key",
        "status--hint",
    }

    state: var[str] = var("", init=False)
    hints: var[tuple[tuple[str, str], ...]] = var((), init=False)
    """Keys and what they do; those at the end go first when there is no room."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self._paint = Paint(self, "status")

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        return self._paint.strip(self._parts(width) if y == 0 else (), width)

    def notify_style_update(self) -> None:
        """Drop the old colours."""
        super().notify_style_update()
        self._paint.forget()

    def watch_state(self) -> None:
        """Show the new state."""
        self.refresh()

    def watch_hints(self) -> None:
        """Show the new hints."""
        self.refresh()

    def _parts(self, width: int) -> list[Part]:
        state = clip(f" {stable(self.state)}", width) if self.state else ""
        left = width - measure(state) - 1
        hints: list[Part] = []
        for key, text in self.hints:
            pair = ((f" {stable(key)} ", "key"), (f"{stable(text)} ", "hint"))
            left -= sum(measure(part) for part, _ in pair)
            if left < 0:
                break
            hints.extend(pair)
        used = measure(state) + sum(measure(part) for part, _ in hints)
        return [(state, "state"), (" " * (width - used), ""), *hints]
