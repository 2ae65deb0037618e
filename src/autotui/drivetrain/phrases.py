"""Phrases with simple wildcards, all looked for in a text at once.

What belongs here: the syntax of a phrase, and the search; what a phrase means does not.

- ``battery pack``: these words in this order, a space or a hyphen between them
- ``e-axle``: ``e-axle``, ``e axle`` or ``eaxle``
- ``motor(s)``: with or without; ``batter(y|ies)``: either
- ``elektromotor*``, ``*batterie``, ``*batterie*``: any letters there
- ``#-kwh``: a figure, so ``77 kWh`` or ``77kWh``
- ``=SiC``: only in these capitals
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, compress, count, product
from typing import Final, NamedTuple

from autotui.drivetrain import plain

_LONGEST: Final = 64
"""A longer word is no word of any language we know: it is not looked at."""
_REMEMBERED: Final = 20_000
"""Chunks whose words are kept: what most stories are made of comes back every day."""
_STEM: Final = re.compile(r"\*?\w{3,}\*?")
_SHORTEST: Final = 3
"""Letters of a stem before or after its ``*``."""
_WORDS: Final = re.compile(r"[\w*#]+")
_BRACKET: Final = re.compile(r"\(([^()]*)\)")
_FIGURE: Final = re.compile(r"\d+")
_JOINTS: Final = frozenset(" -")
_GAP: Final = re.compile(r"[^.!?;:,|\n\u2022]{1,3}|\n")
_TAIL: Final = re.compile(r"[^\w.!?;:,|\u2022]{0,2}")
"""What may end a chunk in the midst of a phrase: the space after it is of the gap, too."""


class Found(NamedTuple):
    """A phrase in a text."""

    labels: tuple[str, ...]
    start: int
    end: int


class _Node:
    """Where the phrases go on after the words so far."""

    __slots__ = ("exact", "labels", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.labels: tuple[str, ...] = ()
        """Of the phrases that end here, whatever their capitals."""
        self.exact: tuple[tuple[str, str], ...] = ()
        """Each with how it must be written."""

    def add(self, label: str, written: str) -> None:
        """End a phrase here."""
        if written and (label, written) not in self.exact:
            self.exact += ((label, written),)
        elif not written and label not in self.labels:
            self.labels += (label,)

    def ending(self, quote: str) -> tuple[str, ...]:
        """Give the labels of the phrases that end here, if ``quote`` is what they say."""
        if not self.exact:
            return self.labels
        letters = _letters(quote)
        return self.labels + tuple(label for label, each in self.exact if each == letters)


class _Piece(NamedTuple):
    """The longest phrase from one word of a chunk, which stands between two spaces."""

    start: int
    size: int
    """0 if no phrase ends within the chunk; then there are no ``labels``."""
    labels: tuple[str, ...]
    more: frozenset[str]
    """What the next chunk must start with for a phrase to go on there: one of these words;
    if ``""`` is among them, or with none."""


_Path = tuple[_Node, int]
"""Where phrases go on after the words so far, and where in the text these end."""


class Phrases:
    """A set of phrases, each with a label; to be asked of many texts."""

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        self._root = _Node()
        self._whole: set[str] = set()
        self._starts: defaultdict[str, list[str]] = defaultdict(list)
        """By their first letters, so that a word is compared with few of them."""
        self._ends: defaultdict[str, list[str]] = defaultdict(list)
        """By their last letters."""
        self._inside: list[str] = []
        for phrase, label in labelled:
            self._add(phrase, label)
        self._opening: dict[str, tuple[_Piece, ...]] = {}
        self._spans: dict[str, _Piece] = {}
        """From the start of a phrase to the end of a later chunk."""
        self._words: dict[str, tuple[str, ...]] = {}

    def find(self, text: str) -> list[Found]:
        """Give the phrases in ``text``, in order.

        Of phrases that overlap the first counts, of several from one word the longest;
        of two that are equally long, both labels.
        """
        # Most chunks open no phrase: they cost one look into a dictionary, and no more.
        chunks = text.replace("\n", " ").split(" ")
        opening = self._openings(chunks)
        lengths = list(accumulate(map(len, chunks), initial=0))
        found: list[Found] = []
        free = 0
        for at in compress(count(), opening):
            for piece in opening[at]:
                start = lengths[at] + at + piece.start
                if start < free:
                    continue
                size, labels, more = piece.size, piece.labels, piece.more
                after = at + 1
                while more and after < len(chunks) and self._goes_on(chunks[after], more):
                    after += 1
                    span = text[start : lengths[after] + after - 1]
                    _, size, labels, more = self._span(span)
                if labels:
                    free = start + size
                    found.append(Found(labels, start, free))
        return found

    def _openings(self, chunks: list[str]) -> list[tuple[_Piece, ...]]:
        """Give for each chunk its words that may open a phrase: for most ()."""
        if len(self._opening) > _REMEMBERED:
            self._opening = {}
        try:
            return list(map(self._opening.__getitem__, chunks))
        except KeyError:  # A word that is new: as good as every story has one, once.
            return list(map(self._open, chunks))

    def _open(self, chunk: str) -> tuple[_Piece, ...]:
        pieces = self._opening.get(chunk)
        if pieces is None:
            opened = [
                self._piece(chunk, match.start())
                for match in plain.WORD.finditer(chunk)
                if self._meanings(match[0])
            ]
            pieces = tuple(each for each in opened if each.labels or each.more)
            if len(chunk) <= _LONGEST:  # What is longer nobody writes twice.
                self._opening[chunk] = pieces
        return pieces

    def _span(self, span: str) -> _Piece:
        """Give the piece at the start of a few chunks together."""
        piece = self._spans.get(span)
        if piece is None:
            piece = self._piece(span, 0)
            if len(self._spans) > _REMEMBERED:
                self._spans = {}
            if len(span) <= _LONGEST:
                self._spans[span] = piece
        return piece

    def _piece(self, chunk: str, start: int) -> _Piece:
        """Give the longest phrase from the word at ``start``, and what makes it longer."""
        paths = self._paths(chunk, start)
        # Where the chunk may end in the midst of a phrase.
        ends = [node for node, end in paths if node.next and _TAIL.fullmatch(chunk, end)]
        more = frozenset(chain.from_iterable(node.next for node in ends))
        if ends and any(end < len(chunk) for _, end in paths):
            more |= {""}
        return _Piece(start, *_longest(chunk, start, paths), more)

    def _goes_on(self, chunk: str, more: frozenset[str]) -> bool:
        """Whether a chunk starts with what may make the phrase before it longer."""
        meanings = self._words.get(chunk)
        if meanings is None:
            match = plain.WORD.match(chunk)
            meanings = self._meanings(match[0]) if match else ("",)
        return not more.isdisjoint(meanings)

    def _paths(self, text: str, start: int) -> list[_Path]:
        """Give the ways that phrases take from the word at ``start``, after each word."""
        first = plain.WORD.match(text, start)
        paths = self._onward(self._root, first[0], first.end()) if first else []
        for node, end in paths:
            if node.next and (following := _following(text, end)):
                paths += self._onward(node, *following)
        return paths

    def _onward(self, node: _Node, word: str, end: int) -> list[_Path]:
        nodes = map(node.next.get, self._meanings(word))
        return [(each, end) for each in nodes if each]

    def _meanings(self, written: str) -> tuple[str, ...]:
        """Give what a word may stand for in a phrase."""
        known = self._words.get(written)
        if known is None:
            if len(self._words) > _REMEMBERED:
                self._words = {}
            known = self._stands_for(written) if len(written) <= _LONGEST else ()
            self._words[written] = known
        return known

    def _stands_for(self, written: str) -> tuple[str, ...]:
        word = plain.word(written)
        figured = word if word.isalpha() else _FIGURE.sub("#", word)
        found = [each for each in dict.fromkeys((word, figured)) if each in self._whole]
        if near := self._starts.get(word[:_SHORTEST]):
            found += [f"{part}*" for part in near if word.startswith(part)]
        if near := self._ends.get(word[-_SHORTEST:]):
            found += [f"*{part}" for part in near if word.endswith(part)]
        found += [f"*{part}*" for part in self._inside if part in word]
        return tuple(found)

    def _add(self, phrase: str, label: str) -> None:
        for words, written in _spellings(phrase):
            node = self._root
            for word in words:
                self._learn(word)
                node = node.next.setdefault(word, _Node())
            node.add(label, written)

    def _learn(self, word: str) -> None:
        bare = word.strip("*")
        if word == bare:
            self._whole.add(word)
            return
        if not word.endswith("*"):
            parts = self._ends[bare[-_SHORTEST:]]
        else:
            parts = self._inside if word.startswith("*") else self._starts[bare[:_SHORTEST]]
        if bare not in parts:
            parts.append(bare)


def check(phrase: str) -> str:
    """Give what is wrong with ``phrase`` as a phrase; "" if nothing is."""
    bare = _BRACKET.sub("x", phrase)
    if "(" in bare or ")" in bare:
        return "a bracket is not closed, or stands within another"
    if not re.search(r"\w", bare):
        return "there is no word in it"
    for word in re.split(r"[\s-]+", phrase.removeprefix("=")):
        if "*" in word and not _STEM.fullmatch(word):
            return "a * stands before or after three letters or more, and not at a bracket"
    return ""


def _spellings(phrase: str) -> Iterator[tuple[list[str], str]]:
    """Give every way to write ``phrase``: its words, and its letters if they count."""
    exact = phrase.startswith("=")
    pieces = [piece.split("|") for piece in _BRACKET.split(phrase)]
    for odd in range(1, len(pieces), 2):
        pieces[odd] += [""] if len(pieces[odd]) == 1 else []
    for parts in product(*pieces):
        spelt = "".join(parts)
        letters = _letters(spelt) if exact else ""
        low = plain.phrase(spelt)
        for marks in product((" ", ""), repeat=low.count("-")):
            joined = chain.from_iterable(zip(low.split("-"), (*marks, ""), strict=True))
            yield _WORDS.findall("".join(joined)), letters


def _letters(written: str) -> str:
    return "".join(each for each in written if each.isalnum())


def _longest(text: str, start: int, paths: Iterable[_Path]) -> tuple[int, tuple[str, ...]]:
    """Give size and labels of the longest phrase from ``start``; (0, ()) if none ends."""
    longest, found = 0, tuple[str, ...]()
    for node, end in paths:
        size, labels = end - start, node.ending(text[start:end])
        if labels and size >= longest:
            same = found if size == longest else ()
            longest, found = size, tuple(dict.fromkeys(same + labels))
    return longest, found


def _following(text: str, end: int) -> tuple[str, int] | None:
    """Give the word after ``end`` and where it ends, if it can be of one phrase."""
    # Nearly always one space or hyphen is between; then it is looked at no further.
    near = text[end : end + 1] in _JOINTS
    match = plain.WORD.match(text, end + 1, end + _LONGEST) if near else None
    if match is None:
        match = plain.WORD.search(text, end, end + _LONGEST)
        if not match or not _close(text, end, match.start()):
            return None
    return None if match.end() == end + _LONGEST else (match[0], match.end())


def _close(text: str, end: int, start: int) -> bool:
    """Whether the words before and after this gap can be one phrase."""
    gap = text[end:start]
    if gap in {",", "."}:
        return text[end - 1].isdecimal() and text[start].isdecimal()
    return bool(_GAP.fullmatch(gap))
