"""The reader's verdicts on one tag, counted by what the stories have.

Counts know no order and no time: the same verdicts always come to the same, and one that
is taken back leaves nothing. ``store.verdicts`` keeps them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

MAX_FEATURES: Final = 20_000
"""Of words and cues together; beyond them the rarest do not count."""

Counts = tuple[int, int]
"""How many verdicts for the tag, and how many against."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known of the reader's verdicts on one tag; empty, it changes nothing."""

    accepted: int = 0
    rejected: int = 0
    counts: Mapping[str, Counts] = field(default_factory=dict)
    """By the name of a feature, as in ``words``; none is (0, 0)."""
