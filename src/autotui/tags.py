"""The reader's tags as values: their names, which ``/`` puts in levels, and colours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

COLOURS: Final = ("red", "yellow", "green", "cyan", "blue", "magenta")
"""Those that every theme has, a terminal of sixteen colours as well."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the reader, with all tags below it."""

    name: str
    unread: int = 0
    total: int = 0
    """Stories that carry it, or a tag below it."""
    own: int = 0
    """Stories that carry this very tag; 0 where it only stands above others."""
    used_at: datetime | None = None
    """When one of them was last set."""
    colour: str = ""
    """The reader's; ``""`` where the one of the tag above it holds."""

    @property
    def depth(self) -> int:
        """How many tags it stands below."""
        return self.name.count("/")


def above(name: str) -> tuple[str, ...]:
    """Give the names that a name stands below, the nearest first."""
    parts = name.split("/")
    return tuple("/".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))


def is_within(name: str, tag: str) -> bool:
    """Whether a name is that of a tag, or stands below it."""
    return name == tag or name.startswith(f"{tag}/")


def taken(every: Iterable[Tag], name: str, *, but: str) -> bool:
    """Whether stories carry a tag of that name or below it, ``but`` those of one tag."""
    carried = (each.name for each in every if each.own and not is_within(each.name, but))
    return any(is_within(each, name) for each in carried)


def renamed(name: str, old: str, new: str) -> str:
    """Give a name as it is once a tag, with all below it, is called otherwise."""
    return f"{new}{name[len(old) :]}" if is_within(name, old) else name


def colour(name: str, colours: Mapping[str, str]) -> str:
    """Give the colour of a tag, its own or that of a tag above it; ``""`` is none."""
    return next((found for one in (name, *above(name)) if (found := colours.get(one))), "")
