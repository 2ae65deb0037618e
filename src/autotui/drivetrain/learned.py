"""The reader's verdicts on one tag, counted by what the stories have.

Counts know no order and no time: the same verdicts always come to the same, and one that
is taken back leaves nothing. ``store.verdicts`` keeps them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

MAX_FEATURES: Final = 20_000
"""Of words and cues together; beyond them the rarest do not count."""
PLAIN_NEEDS: Final = 8
"""How many stories must carry a tag before their words alone may suggest it."""

Counts = tuple[int, int]
"""How many verdicts for the tag, and how many against."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known of the reader's verdicts on one tag; empty, it changes nothing."""

    accepted: int = 0
    rejected: int = 0
    counts: Mapping[str, Counts] = field(default_factory=dict)
    """By the name of a feature, as in ``words``; none is (0, 0)."""


class Telling(NamedTuple):
    """A word or cue that the reader's verdicts gave a weight."""

    kind: str
    """Where it counts: ``title``, ``word`` (of the text), or ``cue`` (of the lexicon)."""
    word: str
    weight: float
    """What it adds; of a cue, what is added to its weight in the lexicon."""
    accepted: int
    rejected: int


class Lesson(NamedTuple):
    """What the reader's verdicts on one tag taught."""

    tag: str
    accepted: int = 0
    rejected: int = 0
    telling: tuple[Telling, ...] = ()
    """The strongest first."""
