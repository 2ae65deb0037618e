"""The lexicon: what words say for or against a story about electric drivetrains.

What belongs here: how ``lexicon.toml`` is read and checked. A mistake in it is named by
its entry, with what to do about it; what the words are worth in a story does not belong.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, TypeGuard

from autotui.drivetrain import phrases
from autotui.drivetrain.phrases import Phrases
from autotui.errors import LexiconError

Need = Literal["", "ev", "car", "part"]

LANGUAGES: Final = ("any", "en", "de", "fr", "es", "it")
EV: Final = "context.ev"
CAR: Final = "context.car"
HOMONYM: Final = "homonym"
_NEEDS: Final[tuple[Need, ...]] = ("", "ev", "car", "part")
_HEAVIEST: Final = 5.0


@dataclass(frozen=True, slots=True)
class Cue:
    """A class of phrases that say the same."""

    name: str
    weight: float
    """Above 0 it speaks for the tag, below 0 against it."""
    needs: Need = ""
    """What the story must hold besides: an EV word, a car word, a part of a drivetrain."""
    part: bool = False
    """Whether it is a part of an electric drivetrain, and so an EV word too."""
    elsewhere: bool = False
    """Whether the parts it stands beside are likely not those of a car."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every cue by its name, and the phrases to look for."""

    cues: Mapping[str, Cue]
    phrases: Phrases
    """Labelled with the name of a cue, or with one of the three contexts."""


@cache
def standard() -> Lexicon:
    """Give the lexicon of the package."""
    text = files("autotui.drivetrain").joinpath("lexicon.toml").read_text("utf-8")
    return read(text)


def read(text: str) -> Lexicon:
    """Read a lexicon; raise LexiconError naming the entry that is wrong."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"lexicon: {error}; mend that line") from error
    cues: dict[str, Cue] = {}
    labelled: list[tuple[str, str]] = []
    for name, table in _tables(document):
        if name not in {EV, CAR, HOMONYM}:
            cues[name] = _cue(name, table)
        labelled += [(phrase, name) for phrase in _phrases(name, table)]
    return Lexicon(cues, Phrases(labelled))


def _tables(document: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Give each entry under the label its phrases get."""
    for section in ("context", "homonym", "cue"):
        if not _is_table(document.get(section)):
            raise LexiconError(f"lexicon: there is no [{section}]; add one")
    if unknown := sorted(set(document) - {"context", "homonym", "cue"}):
        raise LexiconError(
            f"lexicon: [{unknown[0]}] is no section; a class of words is [cue.{unknown[0]}]"
        )
    for section, tables in document.items():
        assert _is_table(tables)
        if section == HOMONYM:
            yield HOMONYM, tables
            continue
        for name, table in tables.items():
            label = name if section == "cue" else f"context.{name}"
            if not _is_table(table):
                raise LexiconError(f"lexicon: [{section}.{name}] is no table; make it one")
            if section == "context" and label not in {EV, CAR}:
                raise LexiconError(f"lexicon: [{label}]: a context is ev or car")
            yield label, table


def _is_table(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _cue(name: str, table: Mapping[str, object]) -> Cue:
    weight, needs = table.get("weight"), table.get("needs", "")
    flags = {key: table.get(key, False) for key in ("part", "elsewhere")}
    if isinstance(weight, bool) or not isinstance(weight, int | float):
        raise LexiconError(f"[cue.{name}]: weight is missing; give one, say 1.5 or -2.0")
    if not -_HEAVIEST <= weight <= _HEAVIEST:
        raise LexiconError(f"[cue.{name}]: weight is {weight}; keep it within -5 and 5")
    need = next((each for each in _NEEDS if each == needs), None)
    if need is None:
        raise LexiconError(f'[cue.{name}]: needs is {needs!r}; write "ev", "car" or "part"')
    for key, flag in flags.items():
        if not isinstance(flag, bool):
            raise LexiconError(f"[cue.{name}]: {key} is {flag!r}; write true or false")
    return Cue(name, float(weight), need, flags["part"] is True, flags["elsewhere"] is True)


def _phrases(name: str, table: Mapping[str, object]) -> Iterator[str]:
    for key, value in table.items():
        if key in {"weight", "needs", "part", "elsewhere"}:
            continue
        where = f"[{name}] {key}"
        if key not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise LexiconError(f"{where}: no such key; a list of phrases is one of {known}")
        if not isinstance(value, list):
            raise LexiconError(f'{where}: write a list of phrases, ["one", "two"]')
        for phrase in value:
            if not isinstance(phrase, str):
                raise LexiconError(f"{where}: {phrase!r} is no phrase; put it in quotes")
            if wrong := phrases.check(phrase):
                raise LexiconError(f"{where}: {phrase!r}: {wrong}")
            yield phrase
