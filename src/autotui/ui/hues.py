"""The colours of tags, as the names of styles: what each looks like is the theme's.

Never by colour alone: a tag's name, or ``#``, always stands there.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from autotui import tags
from autotui.model import EV_DRIVETRAIN
from autotui.ui.safe import stable
from autotui.ui.sheet import Run

PREFIX: Final = "hue-"
"""Before the name of a colour it is the name of a style."""
Colours = Mapping[str, str]
"""Of tags that have one: name to colour."""


def style(tag: str, colours: Colours) -> str:
    """Give the style of a tag's colour, ``""`` where it has none."""
    colour = tags.colour(tag, colours) if colours else ""
    return f"{PREFIX}{colour}" if colour else ""


def first(named: Sequence[str]) -> str:
    """Give the tag that stands for all of a story's where room is short."""
    return EV_DRIVETRAIN if EV_DRIVETRAIN in named else named[0]


def of(every: Iterable[tags.Tag]) -> Colours:
    """Give the colours of all tags."""
    return {tag.name: tag.colour for tag in every if tag.colour}


def runs(text: str, named: Iterable[str], colours: Colours) -> tuple[Run, ...]:
    """Give where in a text tags, which stand there in this order, have colours."""
    found, end = [], 0
    for tag in named:
        shown = f"#{stable(tag)}"
        start = text.find(shown, end)
        if start >= 0:
            end = start + len(shown)
            found.append((start, end, style(tag, colours)))
    return tuple(run for run in found if run[2])
