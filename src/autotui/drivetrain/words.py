"""The words of a story as features of a linear model, and where each first stands.

What belongs here: how text becomes feature names a person can read. ``title:inverter``
is the word in a title, ``word:inverter`` in a text, ``cue:inverter`` a cue of the lexicon,
and ``corrected:inverter`` that cue where the reader contradicted the suggestion.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Final, NamedTuple

from autotui.drivetrain import plain

MAX_FEATURES: Final = 400
"""Of one story; a story of 600 words has about 300 different ones."""
CUE: Final = "cue:"
CORRECTED: Final = "corrected:"
TITLE: Final = "title:"
TEXT: Final = "word:"

_MAX_OF_TITLE: Final = 80
_MAX_CUES: Final = 100
_MAX_CHARS: Final = 20_000
"""What a story has not said in three thousand words is not its subject."""
_LONGEST: Final = 40


class Place(NamedTuple):
    r"""Where a word stands in ``title + "\n\n" + text``."""

    quote: str
    start: int
    end: int


def features(title: str, text: str, cues: Iterable[str]) -> frozenset[str]:
    """Name what a story has, at most 400: words of its title, its cues, words of its text.

    Of what is too much the end is left out.
    """
    named = set(_distinct(TITLE, title, _MAX_OF_TITLE))
    named.update(CUE + cue for cue in sorted(cues)[:_MAX_CUES])
    named.update(_distinct(TEXT, text, MAX_FEATURES - len(named)))
    return frozenset(named)


def places(title: str, text: str, wanted: Iterable[str]) -> dict[str, Place]:
    """Give where each of the ``wanted`` words first stands; cues stand nowhere."""
    missing = set(wanted)
    found: dict[str, Place] = {}
    for kind, part, offset in ((TITLE, title, 0), (TEXT, text, len(title) + 2)):
        if not any(name.startswith(kind) for name in missing):
            continue
        for match in plain.WORD.finditer(part[:_MAX_CHARS]):
            name = kind + _plain(match[0])
            if name in missing:
                missing.remove(name)
                start, end = match.span()
                found[name] = Place(match[0], start + offset, end + offset)
    return found


def _distinct(kind: str, text: str, most: int) -> set[str]:
    # A word is made plain once, however often it comes.
    written = dict.fromkeys(plain.WORD.findall(text[:_MAX_CHARS]))
    words = dict.fromkeys(map(_plain, written))
    words.pop("", None)
    return {kind + word for word in islice(words, most)}


def _plain(written: str) -> str:
    """Give the plain form of a word; "" if it is too long, too short or has no letter."""
    # Looked at before it is made plain: normal forms of endless accents are slow.
    if len(written) > _LONGEST:
        return ""
    word = written.lower() if written.isascii() else plain.word(written)
    return word if len(word) > 1 and not word.isdecimal() else ""
