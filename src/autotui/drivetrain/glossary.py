"""Reads ``facts.toml``: the units, cue words, qualifiers, cell formats and chemistries.

What belongs here: how an entry is written and what it matches, and the story it is looked
for in. A space stands for a space or a hyphen, a final ``*`` for any ending.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from autotui.drivetrain.sentences import Span, around, cut, holding

_WORD: Final = re.compile(r"[^\W\d_]\w*")
REACH: Final = 200
"""How far from a figure the words may be that tell what it is of, in characters."""
_KEY: Final = 4
"""Cues are kept under so many of their first letters."""


class Cue(NamedTuple):
    """A known word or phrase in a text."""

    start: int
    end: int
    kinds: frozenset[str]
    """The lists it stands in; one word may stand in several."""


class Story(NamedTuple):
    """A story made ready to be searched; places are the same in all its forms."""

    written: str
    normal: str
    """With one sign for each kind of space, hyphen and quote."""
    plain: str
    """In lower case as well, with spaces for hyphens."""
    lines: dict[int, tuple[Span, ...]]
    """The sentences of the lines that were looked at, by where the line begins."""
    known: dict[Span, tuple[Cue, ...]]
    """The cues that were looked for already."""

    def cues(self, span: Span) -> tuple[Cue, ...]:
        """Give the cue words in a part of the story."""
        if span not in self.known:
            self.known[span] = cues().find(self.plain, span)
        return self.known[span]

    def context(self, start: int, end: int) -> Span:
        """Give the sentence around a place, of a very long one the part within REACH."""
        line = self.normal.rfind("\n", 0, start) + 1
        if line not in self.lines:
            stop = self.normal.find("\n", start)
            self.lines[line] = cut(self.normal, line, stop if stop >= 0 else None)
        span = holding(self.lines[line], start)
        if span.end - span.start <= 2 * REACH:
            return span
        return Span(max(span.start, start - REACH), min(span.end, end + REACH))

    def quote(self, span: Span, start: int, end: int) -> str:
        """Give the words of a sentence, at most MAX_QUOTE characters of them."""
        left, right = around(self.written, span, start, end)
        return self.written[left:right]


@cache
def table() -> Mapping[str, Any]:
    """Give the package's ``facts.toml``; a ValueError names what is wrong in it."""
    file = resources.files("autotui.drivetrain") / "facts.toml"
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    for name in ("unit", "currency", "magnitude", "cues", "qualifier", "named"):
        if not read.get(name):
            raise ValueError(f"facts.toml: [{name}] is missing or empty")
    return read


def pattern(words: Iterable[str], *, ending: str = r"\w{0,12}") -> str:
    """Turn entries of the table into a regular expression, the longest entry first."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    escaped = (re.escape(word).replace(r"\*", ending) for word in longest_first)
    return "|".join(each.replace(r"\ ", "[ -]?") for each in escaped)


@cache
def cues() -> "Cues":
    """Give the cue words of the table."""
    return Cues(table()["cues"])


class Cues:
    """Finds the words of many lists at once; the longest phrase at a place wins."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        kinds: dict[str, set[str]] = {}
        for kind, words in lists.items():
            for word in words:
                kinds.setdefault(word, set()).add(kind)
        self._entries: dict[str, list[tuple[str, bool, frozenset[str]]]] = {}
        _inherit(kinds)
        for word in sorted(kinds, key=len, reverse=True):
            stem = word.rstrip("*")
            head = _WORD.match(stem)
            if head is None or (stem != word and len(stem) < _KEY):
                raise ValueError(
                    f"facts.toml: cue {word!r} is no word, or too short a stem"
                )
            entry = (stem, stem != word, frozenset(kinds[word]))
            self._entries.setdefault(head.group()[:_KEY], []).append(entry)

    def find(self, lower: str, span: Span) -> tuple[Cue, ...]:
        """Give the cues in a part of a lower-cased text that has spaces for hyphens."""
        found: list[Cue] = []
        place = span.start
        for word in _WORD.finditer(lower, span.start, span.end):
            entries = self._entries.get(word.group()[:_KEY])
            if entries is None or word.start() < place:
                continue
            for stem, open_ended, kinds in entries:
                end = word.start() + len(stem)
                if not lower.startswith(stem, word.start()):
                    continue
                if open_ended or not lower[end : end + 1].isalnum():
                    place = max(end, word.end())
                    found.append(Cue(word.start(), place, kinds))
                    break
        return tuple(found)


def _inherit(kinds: Mapping[str, set[str]]) -> None:
    """Let each entry be of the kinds of the stems that it begins with as well.

    But not the ignored ones: they are there to hide a shorter entry.
    """
    stems = {word[:-1] for word in kinds if word.endswith("*")}
    for word, own in kinds.items():
        if "ignored" not in own:
            begun = stems.intersection(word[:end] for end in range(1, len(word) + 1))
            own.update(*(kinds[f"{stem}*"] - {"ignored"} for stem in begun))
