"""What stands at the fringes of a story: chosen by its words, left out by its place."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from autotui.ingest.story.parts import Part, Spot
from autotui.ingest.story.regions import (
    LINKED,
    MAX_SCANNED,
    MISSABLE,
    SURE,
    Region,
    home,
    settle,
    weights,
)

_NEARLY: Final = 0.8
"""Share of the prose that the element around a story holds."""
_LONGER: Final = 140
_RICH: Final = 400
"""Characters of long paragraphs that make an element a part of the story by itself."""
_MAX_BOX: Final = 400
_MAX_LIFTED: Final = 100
_LINK: Final = 0.85
"""Links in a block that is nothing but a link."""
_DECLARED: Final = 400
"""Letters of a body that the publisher declares, to believe that it is whole."""
_ENOUGH: Final = 0.75
_CLUTTER: Final = 6
"""Letters of a block that may be known from another page."""


def drop(found: Region) -> None:
    """Leave out what stands apart from the story, or belongs to the next one."""
    _drop_asides(found)
    _drop_outside(found)
    _drop_next_story(found)


def drop_boxes(found: Region, declared: str) -> None:
    """Leave out what stands in the midst of the story, or is not in its declared body."""
    _drop_offers(found)
    _drop_repeated(found)
    _heed(found, declared)


def familiar(
    parts: Sequence[Part], clutter: frozenset[str], prints: Sequence[str]
) -> list[Part]:
    """Give the parts that other stories of the outlet do not have as well.

    Where they have most of it, it is one story under several addresses, and no clutter.
    """
    own = [
        part
        for part, known in zip(parts, prints, strict=True)
        if known not in clutter or len(part.print) <= _CLUTTER
    ]
    most = 2 * sum(part.size for part in own) >= sum(part.size for part in parts)
    return own if most else list(parts)


def _drop_asides(found: Region) -> None:
    """Leave out what the page names as no part of a story, unless nearly all is."""
    core = found.core
    all_of_it = sum(part.size for part in core)
    aside = sum(part.size for part in core if part.aside)
    if 2 * aside < all_of_it:
        found.chosen -= {part.at for part in found.kept if part.aside}
        settle(found)


def _drop_outside(found: Region) -> None:
    """Leave out what stands outside the smallest element that holds nearly all prose."""
    core = found.core
    around = _around(core)
    if around is None:
        return
    inside = [p.at for p in core if p.spot is not None and around.holds(p.spot)]
    first, last = inside[0], inside[-1]
    rich = weights(p for p in core if p.size >= _LONGER)
    found.chosen -= {
        part.at
        for part in found.kept
        if not first <= part.at <= last
        and part.spot is not None
        and not around.holds(part.spot)
        and rich[home(part)] < _RICH
    }
    settle(found)
    found.around = around


def _drop_offers(found: Region) -> None:
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
    if any(part.block.kind in MISSABLE for part in inside):
        return True
    return sum(part.size for part in inside) > _MAX_BOX


def _drop_repeated(found: Region) -> None:
    """Leave out lines that are lifted out of the story, and stand there as well."""
    kept = found.kept
    lifted = [
        part
        for part in kept
        if len(part.print) >= SURE
        and part.size < _MAX_BOX
        and part.block.kind in {"paragraph", "quote"}
        and not found.usual(part)
    ][:_MAX_LIFTED]
    whole = "\n".join(part.print for part in kept if found.usual(part))
    found.chosen -= {part.at for part in lifted if part.print in whole}


def _around(core: Sequence[Part]) -> Spot | None:
    """Give the innermost element that holds nearly all of some prose."""
    shares: Counter[Spot] = Counter()
    for part in core:
        if part.spot is not None:
            shares[part.spot.home] += part.size
    least = _NEARLY * shares.total()
    waiting = [(-spot.number, spot) for spot in shares]
    heapq.heapify(waiting)
    # Inner elements come first, and hand on to those around what they hold.
    while waiting:
        _, spot = heapq.heappop(waiting)
        if shares[spot] >= least:
            return spot
        if spot.around is not None:
            if spot.around not in shares:
                heapq.heappush(waiting, (-spot.around.number, spot.around))
            shares[spot.around] += shares[spot]
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


def _heed(found: Region, declared: str) -> None:
    """Keep to the body that the publisher declares, where the page shows all of it."""
    if len(declared) <= _DECLARED:
        return
    scans = MAX_SCANNED // len(declared)
    kept = found.kept[:scans]
    inside = [p for p in kept if len(p.print) >= SURE and p.print in declared]
    if sum(len(part.print) for part in inside) < _ENOUGH * len(declared):
        return
    first, last = inside[0].at, inside[-1].at
    told = {part.at for part in kept if part.print in declared}
    found.chosen = {
        part.at
        for part in kept
        if part.at in told
        or (first <= part.at <= last and not _is_foreign(part))
        or (part.block.kind in MISSABLE and found.usual(part))
    }


def _is_foreign(part: Part) -> bool:
    """Whether a part that is not declared is likely none of the story."""
    prose = part.block.kind == "paragraph" and len(part.print) >= SURE
    return prose and part.links > LINKED
