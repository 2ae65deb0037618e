"""What benchmarks found, told in one way, so that one table can hold all of it.

A benchmark calls ``tell``; where ``AUTOTUI_FIGURES`` names a file, a JSON line is added to
it, which ``table.py`` reads. What is compared was measured in turns, in one run: the ratio
of each turn counts, for what else the machine did hit both alike.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

FILE = "AUTOTUI_FIGURES"


@dataclass(frozen=True)
class Figure:
    """One thing that was measured: ours, and what stands beside it."""

    what: str
    unit: str
    ours: Sequence[float]
    """What each turn took."""
    beside: str = ""
    """Whose figures the others are."""
    theirs: Sequence[float] = ()
    """What the same turns took them."""
    goal: float | None = None
    """At most: of the ratio if there is one, else of our own figure."""

    @property
    def ratios(self) -> tuple[float, ...]:
        """How many times theirs ours was, turn by turn."""
        return tuple(
            one / other
            for one, other in zip(self.ours, self.theirs, strict=bool(self.theirs))
        )

    @property
    def counted(self) -> float:
        """What is held against the goal."""
        return median(self.ratios or self.ours)

    @property
    def row(self) -> tuple[str, ...]:
        """What, ours, theirs, ratio with its spread, goal, and whether that is met."""
        theirs = f"{amount(median(self.theirs))} {self.unit}" if self.theirs else ""
        ratio = ""
        if self.ratios:
            least, most = min(self.ratios), max(self.ratios)
            ratio = f"x {self.counted:.2f} ({least:.2f} to {most:.2f})"
        sign = "x " if self.ratios else ""
        unit = "" if self.ratios else f" {self.unit}"
        goal = "" if self.goal is None else f"{sign}{amount(self.goal)}{unit}"
        met = "" if self.goal is None else "yes" if self.counted <= self.goal else "**no**"
        ours = f"{amount(median(self.ours))} {self.unit}"
        return (self.what, ours, f"{self.beside} {theirs}".strip(), ratio, goal, met)


def tell(figure: Figure) -> None:
    """Add a figure to the file that the environment names, if it names one."""
    if file := os.environ.get(FILE):
        with open(file, "a", encoding="utf-8") as opened:  # noqa: PTH123 - appended to
            opened.write(f"{json.dumps(asdict(figure))}\n")


def amount(value: float) -> str:
    """Give a number with three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
