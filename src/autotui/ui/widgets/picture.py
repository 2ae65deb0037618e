"""A picture above the text of a page, in cells of two pixels each.

It scrolls with the text. Pillow is loaded when the first picture is drawn.
"""

import asyncio
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.reactive import var
from textual.strip import Strip

from autotui.ui.widgets.page import Page

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_ROWS: Final = 12
"""Lines of a picture, at most."""
_UPPER_HALF: Final = "▀"
"""Its own colour is the upper pixel, that behind it the lower one."""
_PIXEL: Final = 3
"""Bytes."""


class Pictured(Page):
    """A page that shows ``picture`` in its first lines, where it leaves room for it."""

    picture: var[Path | None] = var(None, init=False)
    """The file of a JPEG."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self._drawn: tuple[Strip, ...] = ()
        self._wanted: tuple[Path | None, int] = (None, 0)
        """Of which file, for how many columns, the lines are, or will be soon."""

    @property
    def picture_rows(self) -> int:
        """How many of the first lines to leave empty."""
        return len(self._drawn)

    def picture_changed(self) -> None:
        """Set the text again."""
        self.show_text(keep_place=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        strip = super().render_line(y)
        number = y + self.scroll_offset.y
        if number >= self.picture_rows:
            return strip
        width, picture = strip.cell_length, self._drawn[number]
        left = (width - self._text_width) // 2
        right = min(left + picture.cell_length, width)
        parts = strip.crop(0, left), picture.crop(0, right - left), strip.crop(right, width)
        return Strip.join(parts)

    def watch_picture(self) -> None:
        """Draw another picture; the one before goes at once."""
        if self._drawn:
            self._drawn = ()
            self.picture_changed()
        self._draw()

    def on_resize(self) -> None:
        """Draw for the new width, once the text is set to it."""
        self.call_later(self._draw)

    def on_show(self) -> None:
        """Draw what came while the page was out of sight."""
        self.call_later(self._draw)

    def _draw(self) -> None:
        in_sight = self.scrollable_content_region.width > 0
        wanted = (self.picture if in_sight else None, self._text_width)
        if wanted != self._wanted:
            self._wanted = wanted
            if file := wanted[0]:
                self._put(file, wanted[1])

    @work(exclusive=True, exit_on_error=False, group="picture")
    async def _put(self, file: Path, columns: int) -> None:
        lines = await asyncio.to_thread(drawn, file, columns)
        if self._wanted == (file, columns):
            self._drawn = lines
            self.picture_changed()


def drawn(file: Path, columns: int) -> tuple[Strip, ...]:
    """Draw a cached JPEG as wide as it fits; no lines where it cannot be read.

    It takes some milliseconds: for a thread.
    """
    from PIL import Image

    try:
        with Image.open(file, formats=("JPEG",)) as picture:
            fitted = _fitted(picture, columns)
    except (OSError, SyntaxError, ValueError):
        return ()
    data, line = fitted.tobytes(), fitted.width * _PIXEL
    return tuple(
        _strip(data[at : at + line], data[at + line : at + 2 * line])
        for at in range(0, len(data), 2 * line)
    )


def _fitted(picture: "Image", columns: int) -> "Image":
    """Give the picture in the pixels that there are: as many lines of them as are even."""
    width, height = picture.size
    scale = min(columns / width, 2 * MAX_ROWS / height)
    rows = max(1, min(MAX_ROWS, round(height * scale / 2)))
    size = max(1, min(columns, round(width * scale))), 2 * rows
    # Of a JPEG this decodes no more than it has to.
    picture.draft("RGB", (2 * size[0], 2 * size[1]))
    return picture.convert("RGB").resize(size)


def _strip(upper: bytes, lower: bytes) -> Strip:
    """Draw two lines of pixels as one of cells."""
    colours = (
        (upper[at : at + _PIXEL], lower[at : at + _PIXEL])
        for at in range(0, len(upper), _PIXEL)
    )
    runs = ((pair, sum(1 for _ in same)) for pair, same in groupby(colours))
    return Strip(
        [
            Segment(_UPPER_HALF * count, Style.from_color(_colour(above), _colour(below)))
            for (above, below), count in runs
        ],
        len(upper) // _PIXEL,
    )


def _colour(pixel: bytes) -> Color:
    red, green, blue = pixel
    return Color.from_rgb(red, green, blue)
