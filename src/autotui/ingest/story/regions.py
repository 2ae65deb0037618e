"""Which parts of a page are chosen as its story, and where they stand."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from autotui.ingest.story.parts import Part, Spot

LINKED: Final = 0.4
"""Links in a block that is a list of links rather than prose."""
SURE: Final = 25
"""Letters that are no coincidence, wherever they are found."""
MISSABLE: Final = frozenset({"item", "quote", "code", "table"})
"""Blocks of a story that are not told by their length."""
MAX_SCANNED: Final = 300_000_000
"""Letters that are searched for all parts together: about 0.1 s."""
_LONG: Final = 80
"""Characters of a block that is prose, not a line of the page's own."""
_NEAR: Final = 0.8
"""Share of a print that makes another one the same, but for a word."""
_USUAL: Final = 0.25
"""Share of the prose that makes the element around it one of the story's own."""

Home = tuple[str, str] | int


class Region:
    """The parts chosen so far, and what they tell about the others."""

    def __init__(self, parts: Sequence[Part], chosen: Iterable[Part]) -> None:
        self.parts = parts
        self.chosen = {part.at for part in chosen}
        self.end = len(parts)
        """Where another story begins."""
        self.homes: frozenset[Home] = frozenset()
        """Elements that hold a good part of the prose."""
        self.around: Spot | None = None
        """The smallest that holds nearly all of it, where that is known."""

    @property
    def kept(self) -> list[Part]:
        """The chosen parts, in order."""
        return [part for part in self.parts if part.at in self.chosen]

    @property
    def core(self) -> list[Part]:
        """The prose among the chosen parts, or all of them where there is none."""
        kept = self.kept
        return [part for part in kept if is_prose(part)] or kept

    def usual(self, part: Part) -> bool:
        """Whether a part stands where most of the story stands."""
        return home(part) in self.homes


def is_prose(part: Part) -> bool:
    """Whether a part is long enough, and links to little enough, to be prose."""
    return part.size >= _LONG and part.links < LINKED


def home(part: Part) -> Home:
    """Give what is alike for the paragraphs of one story, and not for others."""
    if part.spot is None:
        return 0
    around = part.spot.home
    return (around.tag, around.names) if around.names else id(around)


def weights(core: Iterable[Part]) -> Counter[Home]:
    """Give how much prose stands in each element."""
    found: Counter[Home] = Counter()
    for part in core:
        found[home(part)] += part.size
    return found


def settle(found: Region) -> None:
    """See which elements hold the story."""
    shares = weights(found.core)
    least = _USUAL * shares.total()
    found.homes = frozenset(each for each, share in shares.items() if share >= least)


def densest(parts: Sequence[Part]) -> Region:
    """Find the story without an oracle: where most of the prose stands."""
    found = Region(parts, (part for part in parts if is_prose(part) and not part.aside))
    if not found.chosen:
        return found
    shares = weights(found.core)
    best = max(shares, key=lambda each: shares[each])
    core = [part.at for part in found.core if home(part) == best]
    first, last = core[0], core[-1]
    found.chosen = {
        part.at
        for part in parts[first : last + 1]
        if part.print and not part.aside and part.links < LINKED
    }
    settle(found)
    return found


def within(parts: Sequence[Part]) -> Region:
    """Take all parts: those below the elements that the reader named."""
    found = Region(parts, (part for part in parts if part.print))
    settle(found)
    return found


def near(one: str, other: str) -> bool:
    """Whether one of two prints begins as, or holds, most of the other."""
    short, long = sorted((one, other), key=len)
    return bool(short) and len(short) >= _NEAR * len(long) and short in long
