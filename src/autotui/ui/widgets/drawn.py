"""What lists and texts are: panes of many lines, drawn one by one."""

from textual.geometry import Size
from textual.scroll_view import ScrollView


class Drawn(ScrollView, inherit_bindings=False):
    """Scrolls over its lines; how many there are does not change its own size."""

    def set_lines(self, count: int) -> None:
        """Scroll over so many lines."""
        size = Size(0, count)
        if size != self.virtual_size:
            # Not by assignment: that lays the whole screen out and draws it, in 15 ms.
            self.set_reactive(ScrollView.virtual_size, size)
            self._scroll_update(size)
