"""Parts of text into strips: the one place where style names become colours."""

from collections.abc import Iterable
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from autotui.ui import hues
from autotui.ui.cells import crop, measure
from autotui.ui.sheet import Part

_COVERS: Final = frozenset({"cursor", "selected"})
"""On their ground the colour of a tag might not be read."""


class Paint:
    """Draws with the component styles of one widget, as its theme has them now."""

    def __init__(self, widget: Widget, prefix: str) -> None:
        self._widget = widget
        self._prefix = prefix
        self._styles: dict[str, Style] = {}

    def forget(self) -> None:
        """Forget the colours: the theme or the focus is another."""
        self._styles.clear()

    def style(self, names: str = "") -> Style:
        """Give the style of these names; the later ones win."""
        found = self._styles.get(names)
        if found is None:
            plain, hue = _parted(names)
            classes = [f"{self._prefix}--{name}" for name in plain]
            # Not the partial Rich style: it drops the transparency of a colour.
            found = self._widget.get_visual_style(*classes).rich_style
            # Which in turn drops reverse.
            styles = map(self._widget.get_component_styles, classes)
            if any(each.text_style.reverse for each in styles):
                found += Style(reverse=True)
            if hue:
                value = self._widget.app.theme_variables[f"tag-{hue}"]
                found += Style(color=Color.parse(value).rich_color)
            self._styles[names] = found
        return found

    def strip(self, parts: Iterable[Part], width: int, over: str = "") -> Strip:
        """Draw one line, cut or filled to ``width``; ``over`` wins in every part."""
        segments: list[Segment] = []
        left = width
        for text, names in parts:
            shown = crop(text, left)
            left -= measure(shown)
            segments.append(Segment(shown, self.style(f"{names} {over}".strip())))
        if left > 0:
            segments.append(Segment(" " * left, self.style(over)))
        return Strip(segments, width)


def _parted(names: str) -> tuple[list[str], str]:
    """Part the styles of the sheet from the colour of a tag, which the cursor covers."""
    words = names.split()
    plain = [word for word in words if not word.startswith(hues.PREFIX)]
    hue = next((each for each in words if each not in plain), "")
    covered = _COVERS.intersection(plain)
    return plain, "" if covered else hue.removeprefix(hues.PREFIX)
