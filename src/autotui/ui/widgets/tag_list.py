"""The list of tags: a line each, those below another one moved in."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from textual.message import Message
from textual.reactive import var

from autotui.tags import Tag
from autotui.ui import hues, render
from autotui.ui.cells import fit
from autotui.ui.render import Looks
from autotui.ui.safe import stable
from autotui.ui.sheet import Parts
from autotui.ui.widgets.rows import Rows

_COLUMNS: Final = (("Stories", 9), ("Unread", 9), ("Used", 14), ("Colour", 9))
"""What is told beside the name, to the right but for the last, and in how many cells."""
_SAMPLE: Final = 3


class TagList(Rows):
    """Shows ``tags``; the cursor holds on to its tag."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--above"}

    tags: var[tuple[Tag, ...]] = var((), init=False)
    now: var[datetime | None] = var(None, init=False)

    @dataclass
    class Chosen(Message):
        """The reader wants a tag's stories."""

        name: str

    def __init__(self) -> None:
        super().__init__()
        self.wait()

    @property
    def current(self) -> Tag | None:
        """The tag under the cursor."""
        return self.tags[self.cursor] if self.cursor < len(self.tags) else None

    @property
    def total(self) -> int:
        """How many tags there are."""
        return len(self.tags)

    def parts(self, row: int, width: int) -> Parts:
        """Give a tag's line."""
        tag = self.tags[row]
        hue = hues.style(tag.name, hues.of(self.tags))
        return line(tag, hue, width, self.now, self.looks)

    def identity(self, row: int) -> Hashable:
        """Give what the cursor holds on to."""
        return self.tags[row].name

    def choose(self, row: int) -> None:
        """Tell that the reader clicked on the current tag."""
        self.post_message(self.Chosen(self.tags[row].name))

    def watch_tags(self, before: tuple[Tag, ...], after: tuple[Tag, ...]) -> None:
        """Show the tags; the cursor stays on its tag, or in its place."""
        self.renewed([each.name for each in before], [each.name for each in after])


def head(width: int) -> str:
    """Give the names of the columns over the list."""
    *numbers, (last, _) = _COLUMNS
    told = "".join(f"{name:>{room}}" for name, room in numbers)
    return f"{' ' * _SAMPLE}{'Tag':<{_room(width)}}{told}  {last}"


def line(tag: Tag, hue: str, width: int, now: datetime | None, looks: Looks) -> Parts:
    """Give a tag's line, ``width`` cells wide."""
    shown = stable(tag.name.rpartition("/")[2]) if tag.depth else stable(tag.name)
    name = f"{'  ' * tag.depth}#{shown}"
    used = render.age(tag.used_at, now) if tag.used_at and now else ""
    cells = (f"{tag.total:,}", f"{tag.unread:,}", used)
    told = "".join(
        f"{cell:>{room}}" for cell, (_, room) in zip(cells, _COLUMNS, strict=False)
    )
    colour = hue.removeprefix(hues.PREFIX)
    above = colour and not tag.colour
    return (
        (looks.sample * (_SAMPLE - 1) if hue else " " * (_SAMPLE - 1), hue),
        (" ", ""),
        (fit(name, max(1, _room(width)), looks.ellipsis), hue),
        (told, ""),
        (f"  {colour}", "above" if above else ""),
    )


def _room(width: int) -> int:
    """Give how many cells a name has."""
    return max(8, width - _SAMPLE - sum(room for _, room in _COLUMNS) - 2)
