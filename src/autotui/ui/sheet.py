"""Text set to a width: flows of text in, numbered lines out.

Lines are found by offsets alone, a slice of the text at a time where there is much of
it; how they look is worked out when they are drawn. A place in the text is (flow,
offset): that stays true at every width.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from autotui.ui.cells import breaks, crop, measure, narrow

Part = tuple[str, str]
"""Some text, and the names of its styles with spaces between; ``""`` is plain."""
Parts = tuple[Part, ...]
Run = tuple[int, int, str]
"""From, to, and the style's names."""
Line = tuple[int, int, int]
"""Which flow, from, to. From -1 is the empty line above the flow."""
Place = tuple[int, int]

_BEYOND: Final = 1 << 62
"""Later than any offset."""
END: Final[Place] = (_BEYOND, 0)
"""After all text."""
_STRETCH: Final = 4_000
"""Characters of a long flow that are broken into lines in one go."""
_FLOW_COST: Final = 100
_WIDE_COST: Final = 6
"""What a flow, and a wide character, cost to set, counted in narrow characters."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One paragraph or the like: its text flows from line to line."""

    text: str
    style: str = ""
    runs: tuple[Run, ...] = ()
    """What looks otherwise, in order, never overlapping."""
    first: str = ""
    """What stands before the first line, such as a bullet."""
    rest: str = ""
    """What stands before the other lines."""
    mark: str = ""
    """The style of ``first`` and ``rest``."""
    gap: bool = True
    """Whether an empty line stands above."""
    bridge: str = ""
    """What stands on that empty line, such as a quote's bar."""
    hard: bool = False
    """Lines break where they are full, not at spaces, and keep their spaces."""
    fill: bool = False
    """The style goes on to the right edge."""
    right: bool = False
    """Lines end at the right edge."""


class Sheet:
    """Flows in lines of at most ``width`` cells; ``go_on`` sets what is still to come."""

    def __init__(self, width: int = 1, flows: Iterable[Flow] = ()) -> None:
        self.width = max(1, width)
        self.flows: list[Flow] = []
        self.lines: list[Line] = []
        self.whole = False
        """Whether all flows are set."""
        self._work = self._set(flows)

    def go_on(self, characters: int) -> None:
        """Set more of the text: about so many characters, each of one cell."""
        for cost in self._work:
            characters -= cost
            if characters <= 0:
                return
        self.whole = True

    def reached(self, place: Place) -> bool:
        """Tell whether the line that shows ``place`` is set."""
        return self.whole or (bool(self.lines) and self.lines[-1][:2] > place)

    def parts(self, number: int) -> Parts:
        """Give line ``number``, never wider than the sheet."""
        at, start, end = self.lines[number]
        flow = self.flows[at]
        if start < 0:
            return ((crop(flow.bridge, self.width), flow.mark),) if flow.bridge else ()
        before = _before(flow, self.width, first=start == 0)
        room = self.width - len(before)
        text = flow.text[start:end]
        text = text if flow.hard else text.rstrip(" ")
        if measure(text) > room:  # one wide character where one cell is all there is
            parts: Parts = ((crop(text, room), flow.style),)
        else:
            parts = tuple(_styled(flow, start, start + len(text)))
        if flow.fill:
            parts = (*parts, (_blank(parts, room), flow.style))
        if flow.right:
            parts = ((_blank(parts, room), ""), *parts)
        return ((before, flow.mark or flow.style), *parts) if before else parts

    def text(self, number: int) -> str:
        """Give line ``number`` without its looks."""
        return "".join(part for part, _ in self.parts(number))

    def place(self, number: int) -> Place:
        """Give what stands at the start of line ``number``."""
        if not self.lines:
            return 0, -1
        at, start, _ = self.lines[min(max(0, number), len(self.lines) - 1)]
        return at, start

    def line_of(self, place: Place) -> int:
        """Give the line that shows ``place``."""
        return max(0, bisect_right(self.lines, (*place, _BEYOND)) - 1)

    def _set(self, flows: Iterable[Flow]) -> Iterator[int]:
        """Set flow by flow; give now and then what it cost."""
        for at, flow in enumerate(flows):
            self.flows.append(flow)
            if flow.gap and self.lines:
                self.lines.append((at, -1, -1))
            room = self.width - len(_before(flow, self.width, first=False))
            for start, end in _paragraphs(flow.text):
                for edges in _stretches(flow, start, end, room):
                    self.lines += [(at, *line) for line in pairwise(edges)]
                    size = edges[-1] - edges[0]
                    slow = not narrow(flow.text[edges[0] : edges[-1]])
                    yield size * (_WIDE_COST if slow else 1)
            yield _FLOW_COST


def set_to(width: int, flows: Iterable[Flow]) -> Sheet:
    """Break all the flows into lines."""
    sheet = Sheet(width, flows)
    sheet.go_on(_BEYOND)
    return sheet


def overlaid(runs: Iterable[Run], over: Iterable[Run]) -> tuple[Run, ...]:
    """Lay runs over others: where both are, both styles count, the upper one more."""
    laid = sorted(runs)
    for start, end, style in over:
        pieces: list[Run] = []
        at = start
        for first, last, under in laid:
            low, high = max(first, start), min(last, end)
            if low >= high:
                pieces.append((first, last, under))
                continue
            pieces += [(first, low, under), (at, low, style)]
            pieces += [(low, high, f"{under} {style}"), (high, last, under)]
            at = high
        pieces.append((at, end, style))
        laid = sorted(piece for piece in pieces if piece[0] < piece[1])
    return tuple(laid)


def within(runs: Iterable[Run], start: int, end: int) -> tuple[Run, ...]:
    """Give what of the runs lies from ``start`` to ``end``, counted from ``start``."""
    cut = ((max(a, start), min(b, end), style) for a, b, style in runs)
    return tuple((a - start, b - start, style) for a, b, style in cut if a < b)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give what lies between the line breaks that the text itself has."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)


def _stretches(flow: Flow, start: int, end: int, room: int) -> Iterator[list[int]]:
    """Give where lines begin and end, a stretch of a paragraph after the other."""
    size = usual = max(_STRETCH, 20 * room)
    while True:
        stop = min(end, start + size)
        # Where a line ends depends on nothing behind it.
        cuts = breaks(flow.text, start, stop, room, hard=flow.hard)
        if stop == end:
            yield [start, *cuts, end]
            return
        if cuts:
            yield [start, *cuts]
            start, size = cuts[-1], usual
        else:  # thousands of characters that take no cell
            size *= 2


def _before(flow: Flow, width: int, *, first: bool) -> str:
    """Give what stands before a line; at most half of it, its right end."""
    before = flow.first if first else flow.rest
    room = width // 2
    return before if len(before) <= room else before[len(before) - room :]


def _blank(parts: Parts, room: int) -> str:
    """Give the spaces that the parts leave."""
    return " " * (room - sum(measure(part) for part, _ in parts))


def _styled(flow: Flow, start: int, end: int) -> Iterator[Part]:
    """Give ``text[start:end]`` in runs of one look."""
    at = start
    first = bisect_right(flow.runs, start, key=lambda run: run[1])
    for begin, stop, style in flow.runs[first:]:
        if begin >= end:
            break
        if begin > at:
            yield flow.text[at:begin], flow.style
            at = begin
        shown = flow.text[at : min(stop, end)]
        yield shown, f"{flow.style} {style}".strip()
        at += len(shown)
    if at < end:
        yield flow.text[at:end], flow.style
