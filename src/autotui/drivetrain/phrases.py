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
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, compress, count, product
from typing import Final, NamedTuple

from autotui.drivetrain import plain

_LONGEST: Final = 64
"""A longer word is no word of any language we know: it is not looked at."""
_REMEMBERED: Final = 20_000
"""Chunks whose words are kept: what most stories are made of comes back every day."""
_STEM: Final = re.compile(r"\*?\w{3,}\*?")
_WORDS: Final = re.compile(r"[\w*#]+")
_BRACKET: Final = re.compile(r"\(([^()]*)\)")
_FIGURE: Final = re.compile(r"\d+")
_STOPS: Final = frozenset(".,:;!?")
_JOINTS: Final = frozenset(" -")
_GAP: Final = re.compile(r"[^.!?;:,|\n\u2022]{1,3}|\n")


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
    """A word of a chunk that may open a phrase; a chunk stands between two spaces."""

    start: int
    end: int
    nodes: tuple[_Node, ...]
    labels: tuple[str, ...]
    """What the word means alone, whatever its capitals."""
    more: frozenset[str] | None
    """The words of which the next chunk must start with one; ``None``: look closely."""


class Phrases:
    """A set of phrases, each with a label; to be asked of many texts."""

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        self._root = _Node()
        self._whole: set[str] = set()
        self._starts: set[str] = set()
        self._ends: set[str] = set()
        self._inside: set[str] = set()
        for phrase, label in labelled:
            self._add(phrase, label)
        self._lengths = sorted({len(part) for part in self._starts | self._ends})
        self._opening: dict[str, tuple[_Piece, ...]] = {}
        self._words: dict[str, tuple[str, ...]] = {}

    def find(self, text: str) -> list[Found]:
        """Give the phrases in ``text``, in order.

        Of phrases that overlap the first counts, of several from one word the longest;
        of two that are equally long, both labels.
        """
        # Most chunks open no phrase: they cost one look into a dictionary, and no more.
        chunks = plain.lower(text).replace("\n", " ").split(" ")
        opening = self._openings(chunks)
        lengths = list(accumulate(map(len, chunks), initial=0))
        chunks.append("")
        found: list[Found] = []
        free = 0
        for at in compress(count(), opening):
            for piece in opening[at]:
                first, last, _, labels, more = piece
                start = lengths[at] + at + first
                if start < free:
                    continue
                best: Found | None = None
                if more is None or (
                    more and not more.isdisjoint(self._head(chunks[at + 1]))
                ):
                    best = self._longest(text, start, piece)
                elif labels:
                    best = Found(labels, start, start + last - first)
                if best:
                    found.append(best)
                    free = best.end
        return found

    def _openings(self, chunks: list[str]) -> list[tuple[_Piece, ...]]:
        """Give for each chunk its words that may open a phrase: for most ()."""
        if len(self._opening) > _REMEMBERED:
            self._opening = {}
        known = self._opening
        try:
            return list(map(known.__getitem__, chunks))
        except KeyError:  # A word that is new: as good as every story has one, once.
            return [
                pieces if pieces is not None else self._open(chunk)
                for chunk, pieces in zip(chunks, map(known.get, chunks), strict=True)
            ]

    def _open(self, chunk: str) -> tuple[_Piece, ...]:
        pieces = tuple(self._pieces(chunk))
        if len(chunk) <= _LONGEST:  # What is longer nobody writes twice.
            self._opening[chunk] = pieces
        return pieces

    def _head(self, chunk: str) -> tuple[str, ...]:
        """Give what the first word of a chunk may stand for."""
        if chunk in self._words:
            return self._words[chunk]
        match = plain.WORD.match(chunk)
        return self._meanings(match[0]) if match else ()

    def _longest(self, text: str, start: int, piece: _Piece) -> Found | None:
        """Give the longest phrase that starts with this piece."""
        best: Found | None = None
        end = start + piece.end - piece.start
        paths = [(node, end) for node in piece.nodes]
        for node, end in paths:
            labels = node.ending(text[start:end])
            if labels and (best is None or end >= best.end):
                same = best.labels if best and best.end == end else ()
                best = Found(tuple({*same, *labels}) if same else labels, start, end)
            if node.next and (following := _following(text, end)):
                word, after = following
                nodes = map(node.next.get, self._meanings(word))
                paths += [(each, after) for each in nodes if each]
        return best

    def _pieces(self, chunk: str) -> Iterator[_Piece]:
        for match in plain.WORD.finditer(chunk):
            opened = map(self._root.next.get, self._meanings(match[0]))
            if nodes := tuple(node for node in opened if node):
                labels = tuple({label: None for node in nodes for label in node.labels})
                more: frozenset[str] | None = None
                rest = chunk[match.end() : match.end() + 2]
                if not any(node.exact for node in nodes):
                    if not rest:
                        more = frozenset(word for node in nodes for word in node.next)
                    elif rest in _STOPS and not match[0][-1].isdecimal():
                        more = frozenset()
                yield _Piece(*match.span(), nodes, labels, more)

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
        figured = _FIGURE.sub("#", word)
        found = [each for each in {word, figured} if each in self._whole]
        for length in self._lengths:
            if length > len(word):
                break
            if word[:length] in self._starts:
                found.append(word[:length] + "*")
            if word[-length:] in self._ends:
                found.append("*" + word[-length:])
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
        elif not word.startswith("*"):
            self._starts.add(bare)
        elif not word.endswith("*"):
            self._ends.add(bare)
        else:
            self._inside.add(bare)


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
