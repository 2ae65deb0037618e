"""Numbers with their units, as five languages write them; no judgement of what they mean.

Everything is matched on a text that ``sentences.normalised`` made.
Two written forms need a decision. A range ("250-300 kW", "between 250 and 300 kW") is one
figure whose number is the larger one, ``low`` the smaller. A list ("58 or 77 kWh") is two.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from autotui.drivetrain import numerals
from autotui.drivetrain.glossary import pattern, table
from autotui.drivetrain.numerals import NUMBER, Reading

MAX_FIGURES: Final = 500
"""How many figures of a text are given; no story has as many, hostile text has."""
MAX_NUMBERS: Final = 10_000
"""How many numbers are looked at for a unit behind them."""

_TO: Final = r" ?- ?| ?(?:to|bis|auf|à|al|a|all'|hasta(?: el)?|fino al?) ?"
_AND: Final = r" (?:and|und|et|y|e) "
_OR: Final = r" ?/ ?| (?:or|oder|ou|o|sowie) "
_SHARE: Final = r"(?: ?%| per ?cent| Prozent| pour cent| por ciento)?"
_DIGITS: Final = re.compile(r"[0-9]+")
_WRITTEN: Final = re.compile(
    rf"(?<![\w.,])(?P<first>{NUMBER})"
    rf"(?:(?:{_SHARE}(?P<to>{_TO})|(?P<and>{_AND})|(?P<or>{_OR}))(?P<second>{NUMBER}))?",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"(?:between|zwischen|entre|tra|fra) $", re.IGNORECASE)
# "1 h 30", "1h30", "1 hour and 20 minutes", but not "1 hour and 20 cars".
_HOURS: Final = re.compile(
    r" ?(?:and |und |et |y |e )?(?P<minutes>[0-9]{1,2})"
    r"(?: ?(?:min[a-z]{0,5}|mn)\b|(?:(?<=h[0-9]{2})|(?<=h [0-9]{2}))(?![0-9]|[.,][0-9]))"
)
_RATE: Final = re.compile(
    r"(?: ?/ ?100| ?/ ?[a-z°]|-heure| fisc| orari"
    r"| (?:(?:(?:per|pro|par|por|a|al|je|auf|aux|pour|cada|ogni|su|every|an) |all'|à l')"
    r"(?:los |cada |la |the |ogni |les )?"
    r"(?:100\b|cent\b|hundred|h\b|hour|stunde|heure|hora\b|ora\b|day|tag\b|jour|d[ií]a\b"
    r"|giorno|month|monat|mois|mes\b|mese\b|mi\b|mile|km\b|kilom|chilom|kg\b|kilo|chilo"
    r"|l\b|lit|degree|grad|degré|person|week|woche|semaine|seman|settimana)))"
)
_CONVERTED: Final = frozenset(["distance", "horses", "torque"])
"""Measures that are told in several units, often side by side."""
_PER_KWH: Final = re.compile(
    r" ?(?:/|(?:per|pro|je|par|le|por|al|a|el|the|each)\b) ?(?:each |a )?"
    r"(?:kwh|kilowatt[ -]?(?:hour|stunde|heure)|kilovatio[ -]?hora|(?:kilo|chilo)wattora)"
    r"(?!\w)"
)
_TIMES: Final = re.compile(
    r" ?(?:/|(?:per|pro|par|por|al|a|je|im|each|every|monthly|le|una|la)\b) ?"
    r"(?:month|monat|mois|mes\b|mese|year|jahr|an\b|año|anno|share|aktie|acci|azion|action"
    r"|mile|km|kilom|ton|hour|h\b|stunde|heure|hora|ora|minute|min\b|week|day|tag|jour|d[ií]a"
    r"|site|kg|kilo|mwh|kw\b|cell|barrel|l\b|lit|gal)"
)


class Figure(NamedTuple):
    """A number with its unit."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    """In ``unit``, likeliest first: 1.085 is 1085 to some."""
    measure: str
    """What is measured: energy, power, distance; ``money`` or ``money per kWh`` too."""
    unit: str
    factor: float
    """What the written number was multiplied with; 1 if it is written in ``unit``."""
    low: float | None = None
    """The lower end of a range."""
    scale: float = 1.0
    """Of money: about how many of the unit make a euro."""


class _Unit(NamedTuple):
    """An entry of the table, or money with its magnitude."""

    measure: str
    unit: str
    factor: float = 1.0
    scale: float = 1.0


_RATE_OF_IT: Final = _Unit("rate", "")


class _Found(NamedTuple):
    """What a number is followed by, or of money also preceded by."""

    unit: _Unit
    start: int
    end: int


class _Units(NamedTuple):
    """The table made ready: patterns, and what each written form stands for."""

    units: re.Pattern[str]
    unit_of: Mapping[str, _Unit]
    sign: re.Pattern[str]
    money: re.Pattern[str]
    currency_of: Mapping[str, _Unit]
    magnitude_of: Mapping[str, float]


def scan(text: str, lower: str) -> Iterator[Figure]:
    """Give the figures of a normalised text in order; ``lower`` is its lower case."""
    place, count = 0, 0
    english: bool | None = None
    for _ in range(MAX_NUMBERS):
        digits = _DIGITS.search(text, place)
        if digits is None or count >= MAX_FIGURES:
            return
        place = digits.end()
        written = _WRITTEN.match(text, digits.start())
        if written is None:
            continue
        found = _unit(text, lower, written) or _money(text, lower, written)
        place = written.end("first")
        if found is None:
            continue
        if found.unit == _RATE_OF_IT:
            # The "100" of "15 kWh/100 km" is no figure either.
            place = found.end
            continue
        if english is None and not written.group().isdigit():
            english = numerals.is_english(lower)
        count += 1
        for figure in _figures(text, lower, written, found, english=bool(english)):
            place = figure.end
            yield figure


def _unit(text: str, lower: str, written: re.Match[str]) -> _Found | None:
    """Find the unit behind a number, or that it is a rate: km/h, kWh/100 km."""
    units = _units()
    symbol = units.units.match(text, written.end())
    if symbol is None:
        return None
    if rate := _RATE.match(lower, symbol.end()):
        return _Found(_RATE_OF_IT, written.start(), rate.end())
    name = symbol["symbol"] or symbol["word"].lower()
    return _Found(units.unit_of[_plain(name)], written.start(), symbol.end())


def _money(text: str, lower: str, written: re.Match[str]) -> _Found | None:
    """Find the currency before or behind a number, and what it is the price of."""
    units = _units()
    start = written.start()
    before = text[max(0, start - 2) : start].strip()
    sign = None
    if before and (before[-1] in "$€£¥₩₹." or before[-1].isupper() or before[-1] == "s"):
        sign = units.sign.search(text, max(0, start - 6), start)
    behind = units.money.match(text, written.end())
    symbol = sign["sign"] if sign else (behind["currency"] if behind else None)
    if symbol is None:
        return None
    magnitude = behind["magnitude"] if behind else None
    factor = units.magnitude_of[magnitude] if magnitude else 1.0
    unit = units.currency_of[_yuan(symbol, lower)]
    start = sign.start() if sign else start
    end = behind.end() if behind else written.end()
    if per := _PER_KWH.match(lower, end):
        name = f"{unit.unit}/kWh"
        found = _Unit("money per kWh", name, factor, unit.scale)
        return _Found(found, start, per.end())
    if _TIMES.match(lower, end):
        return None
    return _Found(_Unit("money", unit.unit, factor, unit.scale), start, end)


def _yuan(symbol: str, lower: str) -> str:
    """Tell the yuan's sign from the yen's by what else the story says."""
    chinese = symbol == "¥" and any(map(lower.__contains__, ("yuan", "renminbi", "rmb")))
    return "CN¥" if chinese else symbol


def _figures(
    text: str, lower: str, written: re.Match[str], found: _Found, *, english: bool
) -> Iterator[Figure]:
    """Give the one figure of a number or range, or the two of a list."""
    first, second = written["first"], written["second"]
    name = numerals.stands_after_a_name(text, written.start())
    if second is None:
        yield _figure(
            lower, found, numerals.readings(first, found.start, english=english, tail=name)
        )
        return
    low = numerals.readings(first, found.start, english=english)[0].value
    readings = numerals.readings(second, written.start("second"), english=english)
    high = readings[0].value
    last = _figure(lower, found, readings)
    listed = written["or"] or (
        written["and"] and not _BETWEEN.search(text, max(0, found.start - 10), found.start)
    )
    if listed and high / 5 <= low <= high * 5:
        alone = _Found(found.unit, found.start, written.end("first"))
        yield _figure("", alone, (Reading(low, found.start),))
        yield last
    elif not listed and high / 25 <= low < high and not (name and low < high / 5):
        whole = tuple(each._replace(start=found.start) for each in last.readings)
        low *= found.unit.factor
        yield last._replace(start=found.start, readings=whole, low=low)
    else:
        yield last


def _figure(lower: str, found: _Found, values: tuple[Reading, ...]) -> Figure:
    unit, end = found.unit, found.end
    extra = 0
    hours = unit.measure == "time" and unit.factor > 1
    if hours and (more := _HOURS.match(lower, end)):
        extra, end = int(more["minutes"]), more.end()
    readings = tuple(
        Reading(each.value * unit.factor + extra, each.start) for each in values
    )
    factor = unit.factor if unit.measure in _CONVERTED else 1.0
    return Figure(
        values[0].start, end, readings, unit.measure, unit.unit, factor, None, unit.scale
    )


@cache
def _units() -> _Units:
    """Make the table of units ready."""
    read = table()
    unit_of: dict[str, _Unit] = {}
    for number, row in enumerate(read["unit"], start=1):
        if not {"measure", "unit"} <= row.keys():
            raise ValueError(f"facts.toml: unit {number} names no measure or no unit")
        unit = _Unit(row["measure"], row["unit"], row.get("factor", 1.0))
        for name in (*row.get("symbols", ()), *row.get("words", ())):
            unit_of[_plain(name)] = unit
    symbols = (name for row in read["unit"] for name in row.get("symbols", ()))
    words = (name for row in read["unit"] for name in row.get("words", ()))
    currencies = {
        name: _Unit("money", row["unit"], 1.0, row.get("scale", 1.0))
        for row in read["currency"]
        for name in (*row["before"], *row["after"])
    }
    before = (name for row in read["currency"] for name in row["before"])
    after = (name for row in read["currency"] for name in row["after"])
    magnitude_of = {
        name: row["factor"] for row in read["magnitude"] for name in row["written"]
    }
    return _Units(
        re.compile(
            rf"[ -]{{0,2}}(?:(?P<symbol>{pattern(symbols)})"
            rf"|(?i:(?P<word>{pattern(words)})))(?:(?!\w)|(?<=[0-9]h)(?=[0-9]))"
        ),
        unit_of,
        re.compile(rf"(?<!\w)(?P<sign>{pattern(before)}) ?$"),
        re.compile(
            rf"(?:[ -]?(?P<magnitude>{pattern(magnitude_of)})(?![^\W\d_]))?"
            rf"(?:[ -]?(?:d'|de |di |of )?(?P<currency>{pattern(after)})(?!\w))?"
        ),
        currencies,
        magnitude_of,
    )


def _plain(written: str) -> str:
    """Make the written forms of a unit that differ by hyphens alike."""
    return written.replace("-", " ").replace(" ", "")
