"""The packs of real feeds that come with autotui: OPML files in ``data/packs``."""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

_NAMES: Final = (
    ("ev-drivetrain", "EV drivetrain"),
    ("industry", "Industry news"),
    ("german", "German"),
    ("french", "French"),
    ("spanish", "Spanish"),
    ("italian", "Italian"),
)


@dataclass(frozen=True, slots=True)
class Pack:
    """A choice of feeds under one name."""

    name: str
    file: Path


def every() -> tuple[Pack, ...]:
    """Give the packs in the order of their keys."""
    folder = Path(str(resources.files("autotui") / "data" / "packs"))
    return tuple(Pack(name, folder / f"{stem}.opml") for stem, name in _NAMES)
