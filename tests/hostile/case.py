"""A hostile feed, declared: what its server does, and what must come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from support.web import Behaviour


@dataclass(frozen=True)
class Case:
    """One feed; most are asked once, some again with another answer."""

    name: str
    answers: tuple[Behaviour, ...]
    """What the server does at the first fetch, the second and so on."""
    stories: int | None = 1
    """How many stories are stored in the end; ``None`` where either will do."""
    says: str | None = ""
    """Words of the feed's error; ``""`` for no error, ``None`` where either will do."""
    titles: tuple[str, ...] | None = None
    """The stories' titles in the end, in the alphabet's order; ``None``: not looked at."""
    more: Mapping[str, Behaviour] = field(default_factory=dict)
    """Other paths that its server has."""
    unasked: tuple[str, ...] = ()
    """Paths that nobody may ask for."""
    apart: bool = False
    """It has a server of its own: this one asks to be left alone as a whole."""

    @property
    def path(self) -> str:
        """Where the feed lies."""
        return f"/{self.name}"


def case(
    name: str,
    *answers: Behaviour,
    stories: int | None = 1,
    says: str | None = "",
    titles: tuple[str, ...] | None = None,
    more: Mapping[str, Behaviour] | None = None,
    unasked: tuple[str, ...] = (),
) -> Case:
    """Declare a feed."""
    return Case(name, answers, stories, says, titles, more or {}, unasked)


def fails(name: str, answer: Behaviour, says: str) -> Case:
    """Declare a feed that brings no story and says why."""
    return Case(name, (answer,), stories=0, says=says)


def survives(name: str, *answers: Behaviour, unasked: tuple[str, ...] = ()) -> Case:
    """Declare a feed of which nothing is asked but that it does no harm."""
    return Case(name, answers, None, None, unasked=unasked)


def busy(name: str, answer: Behaviour, says: str) -> Case:
    """Declare a feed whose server asks to be left alone."""
    return Case(name, (answer,), stories=0, says=says, apart=True)
