"""The story as an oracle tells it in plain text, found again among a page's parts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from autotui.ingest.story import fringes
from autotui.ingest.story.parts import Part, bare
from autotui.ingest.story.regions import (
    LINKED,
    MAX_SCANNED,
    MISSABLE,
    SURE,
    Region,
    home,
    is_prose,
    settle,
)

_ENOUGH: Final = 0.75
"""How much of what the oracle tells must be found among the parts, to trust them."""
_ENDS: Final = 40
"""Letters at both ends by which a paragraph with something inserted is known."""
_SOME: Final = 3
"""Paragraphs below the headline that an oracle does not pass over."""
_PASSED: Final = 0.5
_MISSED: Final = 60
_MOST_MISSED: Final = 2.5
_MAX_HEADING: Final = 160
_SMALL: Final = MISSABLE | {"heading"}


def told(
    parts: Sequence[Part], told: str, declared: str = "", title: str = ""
) -> Region | None:
    """Find the story that an oracle tells; ``None`` where too little of it is found.

    ``declared`` is the body as the publisher's own data has it; the oracle errs where it
    passes over what stands below the ``title``. Both may be ``""``.
    """
    oracle = _Told(told)
    found = Region(parts, (part for part in parts if part.print and oracle.tells(part)))
    _add_small(found, oracle)
    _drop_copies(found, oracle)
    if passed := _passed_over(found, oracle, bare(title)):
        return _beginning(parts, passed)
    if sum(len(part.print) for part in found.kept) < _ENOUGH * len(oracle.whole):
        return None
    settle(found)
    fringes.drop(found)
    _add_missed(found)
    _add_headings(found)
    fringes.drop_boxes(found, bare(declared))
    return found


def _passed_over(found: Region, oracle: "_Told", title: str) -> list[Part]:
    """Give the prose below the headline, where the oracle tells of comments instead."""
    heads = [p.at for p in found.parts if p.block.kind == "heading" and p.print == title]
    if not title or not heads:
        return []
    passed: list[Part] = []
    for part in found.parts[heads[0] + 1 :]:
        if part.at in found.chosen and is_prose(part):
            break
        if is_prose(part) and not part.aside and not oracle.tells(part):
            passed.append(part)
    same = [part for part in passed if home(part) == home(passed[0])]
    told = sum(part.size for part in found.core)
    size = sum(part.size for part in same)
    return same if len(same) >= _SOME and size >= _PASSED * told else []


def _beginning(parts: Sequence[Part], prose: Sequence[Part]) -> Region:
    """Choose what stands where some prose stands."""
    first, last = prose[0], prose[-1]
    end = next(
        (part.at for part in parts[last.at + 1 :] if home(part) != home(first)), len(parts)
    )
    found = Region(
        parts, (part for part in parts[first.at : end] if part.print and not part.aside)
    )
    settle(found)
    return found


class _Told:
    """What the oracle tells, and whether a part is told there."""

    def __init__(self, text: str) -> None:
        lines = [bare(line) for line in text.split("\n")]
        self.lines = Counter(line for line in lines if line)
        self.whole = "".join(lines)
        self._scans = MAX_SCANNED // (len(self.whole) + 1)

    def tells(self, part: Part) -> bool:
        letters = part.print
        if letters in self.lines:
            return True
        if len(letters) < SURE or self._scans <= 0:
            return False
        self._scans -= 1
        if letters in self.whole:
            return True
        if part.block.kind == "table":
            return self._tells_cells(part)
        # A link or a name that the oracle left out stands in its midst.
        ends = letters[:_ENDS], letters[-_ENDS:]
        return len(letters) > 2 * _ENDS and all(each in self.whole for each in ends)

    def _tells_cells(self, part: Part) -> bool:
        cells = [bare(cell) for row in part.block.rows for cell in row if cell]
        self._scans -= len(cells)
        told = sum(cell in self.whole for cell in cells)
        return told >= _ENOUGH * len(cells)


def _add_small(found: Region, oracle: _Told) -> None:
    """Choose what is too short to be sure of, where it stands among what is chosen."""
    if not found.chosen:
        return
    first, last = min(found.chosen), max(found.chosen)
    for part in found.parts[first : last + 1]:
        if (
            part.at not in found.chosen
            and 1 < len(part.print) < SURE
            and part.block.kind in _SMALL
            and part.print in oracle.whole
            and not found.chosen.isdisjoint(range(part.at - 2, part.at + 3))
        ):
            found.chosen.add(part.at)


def _drop_copies(found: Region, oracle: _Told) -> None:
    """Choose a text as often as it is told: pages hold copies for other screens."""
    copies: defaultdict[tuple[str, bool], list[Part]] = defaultdict(list)
    for part in found.kept:
        copies[part.print, part.block.kind == "heading"].append(part)
    for (letters, _), same in copies.items():
        wanted = max(1, oracle.lines[letters])
        if len(same) > wanted:
            same.sort(key=lambda part: _company(found, part), reverse=True)
            found.chosen -= {part.at for part in same[wanted:]}


def _company(found: Region, part: Part) -> int:
    """Count the prose near a part."""
    near = found.parts[max(0, part.at - 4) : part.at + 5]
    return sum(
        each.at in found.chosen and each.print != part.print and is_prose(each)
        for each in near
    )


def _add_missed(found: Region) -> None:
    """Choose paragraphs the oracle missed, which stand as most of the others do."""
    core = found.core
    if not core:
        return
    first, last = core[0].at, core[-1].at
    known = {part.print for part in found.kept}
    known |= {part.print for part in found.parts if part.block.kind == "heading"}
    missed = [
        part
        for part in found.parts[: found.end]
        if part.at not in found.chosen
        and part.print not in known
        and not part.aside
        and found.usual(part)
        and (_is_missed(part) or (first < part.at < last and _is_missed_small(part)))
    ]
    if sum(p.size for p in missed) <= _MOST_MISSED * sum(p.size for p in core):
        found.chosen |= {part.at for part in missed}


def _is_missed(part: Part) -> bool:
    named = part.spot is not None and part.spot.home.names
    paragraph = part.block.kind == "paragraph" and part.spot and part.spot.tag == "p"
    return bool(named and paragraph and part.size >= _MISSED and part.links < LINKED)


def _is_missed_small(part: Part) -> bool:
    return part.block.kind in MISSABLE and len(part.print) > 1 and part.links < LINKED


def _add_headings(found: Region) -> None:
    """Choose headings between chosen parts that are followed by one."""
    if not found.chosen:
        return
    first, last = min(found.chosen), max(found.chosen)
    follows = False
    for part in reversed(found.parts[first : last + 1]):
        if part.at in found.chosen:
            follows = True
        elif part.block.kind == "heading" and part.block.level > 1 and not part.aside:
            short = part.size < _MAX_HEADING and part.links < LINKED
            if follows and short and part.print:
                found.chosen.add(part.at)
        elif part.block.kind != "image":
            follows = False
