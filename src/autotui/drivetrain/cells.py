"""Finds cell formats and chemistries: 4680, prismatic, LFP, NMC811, solid-state.

The names stand in ``facts.toml``. A name that means other things as well (2170 may be a
year, NCA a club) counts only with a word such as "cell" near it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple, get_args

from autotui.drivetrain.findings import Fact, FactKind
from autotui.drivetrain.glossary import Story, pattern, table

_PLACES: Final = 60
"""How many places of a name are looked at for the one that is a fact."""
_LONGEST: Final = 60
"""No name is longer, in characters."""
_ANYWHERE: Final = 1_000
_KINDS: Final[Mapping[str, FactKind]] = {kind: kind for kind in get_args(FactKind)}


class Name(NamedTuple):
    """A cell format or chemistry to look for."""

    kind: FactKind
    name: str
    gate: tuple[str, ...]
    raw_gate: tuple[bytes, ...]
    """The same in UTF-8."""
    written: re.Pattern[str]
    near: str
    """The kind of cue that must stand near it, or ``""``."""
    within: int
    """How near, in characters."""


def told(plain: str) -> list[Name]:
    """Give the names that may be in a lower-cased text; most texts have none."""
    # Bytes are searched several times as fast as the characters of most languages.
    raw = plain.encode("utf-8", "surrogatepass")
    return [name for name in _names() if any(map(raw.__contains__, name.raw_gate))]


def find(story: Story, names: Sequence[Name], figures: Collection[int]) -> Iterator[Fact]:
    """Give each name's first place that is one of the trade, if there is any.

    ``figures`` are the places of numbers that have a unit, which are no names.
    """
    taken = set(figures)
    for name in names:
        for match in _matches(story, name):
            start, end = match.span("name")
            if taken.isdisjoint(range(start, end)) and _speaks_of_cells(
                story, name, start, end
            ):
                taken.update(range(start, end))
                yield _fact(story, name, match)


def _matches(story: Story, name: Name) -> Iterator[re.Match[str]]:
    """Look for a name where a part of it was seen: that is faster than everywhere."""
    for gate in name.gate:
        place = story.plain.find(gate)
        for _ in range(_PLACES):
            if place < 0:
                break
            left, right = max(0, place - _LONGEST), place + _LONGEST
            for match in name.written.finditer(story.normal, left, right):
                if match.start("name") <= place < match.end("name"):
                    yield match
            place = story.plain.find(gate, place + len(gate))


def _fact(story: Story, name: Name, match: re.Match[str]) -> Fact:
    start, end = match.span("name")
    sentence = story.quote(story.context(start, end), start, end)
    value = name.name + (match["grade"] or "")
    return Fact(name.kind, value, "", "", sentence, start, end)


def _speaks_of_cells(story: Story, name: Name, start: int, end: int) -> bool:
    """Whether a cue of the name's kind is near enough; it may be the name itself."""
    return not name.near or any(
        name.near in cue.kinds and max(cue.start - end, start - cue.end) <= name.within
        for cue in story.cues(story.context(start, end))
    )


@cache
def _names() -> tuple[Name, ...]:
    """Make the names of the table ready."""
    return tuple(
        Name(
            _KINDS[row["kind"]],
            row["name"],
            tuple(row["gate"]),
            tuple(gate.encode() for gate in row["gate"]),
            _written(row),
            row.get("near", ""),
            row.get("within", _ANYWHERE),
        )
        for row in table()["named"]
    )


def _written(row: Mapping[str, Any]) -> re.Pattern[str]:
    """Make the pattern of a name's written forms."""
    exact = pattern(row.get("symbols", ())) or r"(?!)"
    words = pattern(row.get("words", ())) or r"(?!)"
    grade = (
        r"(?:[ -]?(?P<grade>[1-9][0-9]{2}))?" if row.get("grade") else "(?P<grade>(?!))?"
    )
    unlike = f"(?![ -]?(?:{pattern(row['unlike'])}))" if row.get("unlike") else ""
    return re.compile(
        rf"(?<![\w.,])(?P<name>(?:{exact}|(?i:{words})){grade})(?!\w|[.,][0-9]){unlike}"
    )
