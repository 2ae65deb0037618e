"""Which parts of a page are its story.

An oracle says what the story is in plain text (``told``); the page's own parts that it
speaks of are chosen, and then those that it missed but that stand as the chosen ones do.
Whatever is chosen by its words, not by its place, is left to ``declutter``.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from autotui.ingest.parts import Part, Spot, bare

ENOUGH: Final = 0.75
"""How much of what the oracle tells must be found among the parts, to trust them."""
_LONG: Final = 80
"""Characters of a block that is prose, not a line of the page's own."""
_LINKED: Final = 0.4
"""Links in a block that is a list of links rather than prose."""
_SURE: Final = 25
"""Letters that are no coincidence, wherever they are found."""
_ENDS: Final = 40
"""Letters at both ends by which a paragraph with something inserted is known."""
_MAX_SCANNED: Final = 300_000_000
"""Letters that are searched for all parts together: about 0.1 s."""
_USUAL: Final = 0.25
"""Share of the prose that makes the element around it one of the story's own."""
_SOME: Final = 3
_PASSED: Final = 0.5
_NEARLY: Final = 0.8
_LONGER: Final = 140
_RICH: Final = 400
"""Characters of long paragraphs that make an element a part of the story by itself."""
_MAX_BOX: Final = 400
_MAX_LIFTED: Final = 100
_LINK: Final = 0.85
_MISSED: Final = 60
_MOST_MISSED: Final = 2.5
_MAX_HEADING: Final = 160
_DECLARED: Final = 400
"""Letters of a body that the publisher declares, to believe that it is whole."""
_SMALL: Final = frozenset({"item", "heading", "code", "table", "paragraph"})
_MISSABLE: Final = frozenset({"item", "quote", "code", "table"})

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
    return len(part.text) >= _LONG and part.links < _LINKED


def home(part: Part) -> Home:
    """Give what is alike for the paragraphs of one story, and not for others."""
    if part.spot is None:
        return 0
    around = part.spot.home
    return (around.tag, around.names) if around.names else id(around)


def region(
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
    if sum(len(part.print) for part in found.kept) < ENOUGH * len(oracle.whole):
        return None
    _settle(found)
    _drop_asides(found)
    _drop_outside(found)
    _drop_next_story(found)
    _add_missed(found)
    _add_headings(found)
    _drop_boxes(found)
    _drop_repeated(found)
    _heed(found, bare(declared))
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
    told = sum(len(part.text) for part in found.core)
    size = sum(len(part.text) for part in same)
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
    _settle(found)
    return found


def densest(parts: Sequence[Part]) -> Region:
    """Find the story without an oracle: where most of the prose stands."""
    found = Region(parts, (part for part in parts if is_prose(part) and not part.aside))
    weights = _weights(found.chosen and found.core or [])
    if not weights:
        return found
    best = max(weights, key=lambda each: weights[each])
    core = [part.at for part in found.core if home(part) == best]
    first, last = core[0], core[-1]
    found.chosen = {
        part.at
        for part in parts[first : last + 1]
        if part.print and not part.aside and part.links < _LINKED
    }
    _settle(found)
    return found


def within(parts: Sequence[Part]) -> Region:
    """Take all parts: those below the elements that the reader named."""
    found = Region(parts, (part for part in parts if part.print))
    _settle(found)
    return found


class _Told:
    """What the oracle tells, and whether a part is told there."""

    def __init__(self, text: str) -> None:
        lines = [bare(line) for line in text.split("\n")]
        self.lines = Counter(line for line in lines if line)
        self.whole = "".join(lines)
        self._scans = _MAX_SCANNED // (len(self.whole) + 1)

    def tells(self, part: Part) -> bool:
        letters = part.print
        if letters in self.lines:
            return True
        if len(letters) < _SURE or self._scans <= 0:
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
        return told >= ENOUGH * len(cells)


def _add_small(found: Region, oracle: _Told) -> None:
    """Choose what is too short to be sure of, where it stands among what is chosen."""
    if not found.chosen:
        return
    first, last = min(found.chosen), max(found.chosen)
    for part in found.parts[first : last + 1]:
        if (
            part.at not in found.chosen
            and 1 < len(part.print) < _SURE
            and part.block.kind in _SMALL - {"paragraph"}
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


def _weights(core: Iterable[Part]) -> Counter[Home]:
    weights: Counter[Home] = Counter()
    for part in core:
        weights[home(part)] += len(part.text)
    return weights


def _settle(found: Region) -> None:
    """See which elements hold the story."""
    weights = _weights(found.core)
    least = _USUAL * weights.total()
    found.homes = frozenset(each for each, weight in weights.items() if weight >= least)


def _drop_asides(found: Region) -> None:
    """Leave out what the page names as no part of a story, unless nearly all is."""
    core = found.core
    all_of_it = sum(len(part.text) for part in core)
    aside = sum(len(part.text) for part in core if part.aside)
    if 2 * aside < all_of_it:
        found.chosen -= {part.at for part in found.kept if part.aside}
        _settle(found)


def _drop_outside(found: Region) -> None:
    """Leave out what stands outside the smallest element that holds nearly all prose."""
    core = found.core
    around = _around(core)
    if around is None:
        return
    inside = [p.at for p in core if p.spot is not None and around.holds(p.spot)]
    first, last = inside[0], inside[-1]
    rich = _weights(p for p in core if len(p.text) >= _LONGER)
    found.chosen -= {
        part.at
        for part in found.kept
        if not first <= part.at <= last
        and part.spot is not None
        and not around.holds(part.spot)
        and rich[home(part)] < _RICH
    }
    _settle(found)
    found.around = around


def _drop_boxes(found: Region) -> None:
    """Leave out boxes in the midst that want something: with a field, or a link alone."""
    boxes: defaultdict[int, list[Part]] = defaultdict(list)
    for part in found.parts:
        if part.spot is not None and part.print:
            boxes[part.spot.home.number].append(part)
    for inside in boxes.values():
        spot = inside[0].spot
        if spot is None or found.usual(inside[0]) or _is_large(inside):
            continue
        if found.around is not None and spot.home.holds(found.around):
            continue
        if spot.home.controls or any(part.links > _LINK for part in inside):
            found.chosen -= {part.at for part in inside}


def _is_large(inside: Sequence[Part]) -> bool:
    """Whether an element holds more than a box does, or what boxes do not hold."""
    if any(part.block.kind in _MISSABLE for part in inside):
        return True
    return sum(len(part.text) for part in inside) > _MAX_BOX


def _drop_repeated(found: Region) -> None:
    """Leave out lines that are lifted out of the story, and stand there as well."""
    kept = found.kept
    lifted = [
        part
        for part in kept
        if len(part.print) >= _SURE
        and len(part.text) < _MAX_BOX
        and part.block.kind in {"paragraph", "quote"}
        and not found.usual(part)
    ][:_MAX_LIFTED]
    whole = "\n".join(part.print for part in kept if found.usual(part))
    found.chosen -= {part.at for part in lifted if part.print in whole}


def _around(core: Sequence[Part]) -> Spot | None:
    """Give the innermost element that holds nearly all of some prose."""
    weights: Counter[Spot] = Counter()
    for part in core:
        if part.spot is not None:
            weights[part.spot] += len(part.text)
    least = _NEARLY * weights.total()
    waiting = [(-spot.number, spot) for spot in weights]
    heapq.heapify(waiting)
    # Inner elements come first, and hand on to those around what they hold.
    while waiting:
        _, spot = heapq.heappop(waiting)
        if weights[spot] >= least:
            return spot
        if spot.around is not None:
            if spot.around not in weights:
                heapq.heappush(waiting, (-spot.around.number, spot.around))
            weights[spot.around] += weights[spot]
    return None


def _drop_next_story(found: Region) -> None:
    """End before the headline of a second story, which scrolling would have loaded."""
    core = [part.at for part in found.core]
    if not core:
        return
    heads = [p for p in found.parts if p.block.kind == "heading" and p.block.level == 1]
    own = next((_article(head) for head in heads if head.at < core[0]), None)
    for head in heads:
        other = _article(head)
        if head.at > core[0] and own and other and not own.holds(other):
            found.end = head.at
            found.chosen = {at for at in found.chosen if at < found.end}
            break


def _article(head: Part) -> Spot | None:
    """Give the element around a headline that is a whole story."""
    spot = head.spot
    while spot is not None and spot.tag != "article":
        spot = spot.around
    return spot


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
    if sum(len(p.text) for p in missed) <= _MOST_MISSED * sum(len(p.text) for p in core):
        found.chosen |= {part.at for part in missed}


def _is_missed(part: Part) -> bool:
    named = part.spot is not None and part.spot.home.names
    paragraph = part.block.kind == "paragraph" and part.spot and part.spot.tag == "p"
    return bool(named and paragraph and len(part.text) >= _MISSED and part.links < _LINKED)


def _is_missed_small(part: Part) -> bool:
    return part.block.kind in _MISSABLE and len(part.print) > 1 and part.links < _LINKED


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
            short = len(part.text) < _MAX_HEADING and part.links < _LINKED
            if follows and short and part.print:
                found.chosen.add(part.at)
        elif part.block.kind != "image":
            follows = False


def _heed(found: Region, declared: str) -> None:
    """Keep to the body that the publisher declares, where the page shows all of it."""
    if len(declared) <= _DECLARED:
        return
    scans = _MAX_SCANNED // len(declared)
    kept = found.kept[:scans]
    inside = [p for p in kept if len(p.print) >= _SURE and p.print in declared]
    if sum(len(part.print) for part in inside) < ENOUGH * len(declared):
        return
    first, last = inside[0].at, inside[-1].at
    told = {part.at for part in kept if part.print in declared}
    found.chosen = {
        part.at
        for part in kept
        if part.at in told
        or (first <= part.at <= last and not _is_foreign(part))
        or (part.block.kind in _MISSABLE and found.usual(part))
    }


def _is_foreign(part: Part) -> bool:
    """Whether a part that is not declared is likely none of the story."""
    prose = part.block.kind == "paragraph" and len(part.print) >= _SURE
    return prose and part.links > _LINKED
