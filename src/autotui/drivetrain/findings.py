r"""What is found in a story's text, each with the place that says so.

Places are offsets of characters into ``title + "\n\n" + text``; what a finding quotes is
the substring there, character for character.
"""

from typing import Final, Literal, NamedTuple

MAX_TEXT: Final = 50_000
"""Characters of a text that are worth reading: what it is about is said long before."""

FactKind = Literal[
    "battery_capacity",
    "power",
    "torque",
    "voltage",
    "range",
    "charge_power",
    "charge_time",
    "energy_density",
    "plant_capacity",
    "price",
    "motor_speed",
    "cell_format",
    "chemistry",
]
NameKind = Literal["maker", "supplier", "model", "component"]


# Named tuples: a refresh makes a hundred thousand, and sends them between processes.
class Evidence(NamedTuple):
    """A passage that speaks for or against a tag."""

    quote: str
    start: int
    end: int
    weight: float
    """Above 0 it speaks for the tag, below 0 against it."""
    cue: str
    """The name of what was recognised: a class of the lexicon, or a learned word."""


class Fact(NamedTuple):
    """A figure of the trade."""

    kind: FactKind
    value: float | str
    """In ``unit``; of a cell format or chemistry its usual name."""
    unit: str
    """kWh, kW, Nm, V, km, min, Wh/kg, GWh, rpm or a currency (EUR); else ``""``."""
    qualifier: str
    """``net``, ``gross``, ``WLTP``, ``EPA``, ``10-80 %`` and the like; else ``""``."""
    sentence: str
    """The sentence that says so."""
    start: int
    """Where the figure itself is, not its sentence; ``end`` likewise."""
    end: int


class Name(NamedTuple):
    """A maker, supplier, model or component."""

    kind: NameKind
    name: str
    """As the trade writes it: ``BMW``, ``Jaguar Land Rover``, ``electric drive unit``."""
    as_written: str
    start: int
    end: int
