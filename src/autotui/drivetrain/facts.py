"""Finds the trade's figures in a story: kWh, kW, Nm, V, km, minutes, prices, cells.

What a figure is of, and whether it is one of the trade at all, is decided by the nearest
cue word in its sentence (``_RULES``); the words stand in ``facts.toml``. Of a range the
larger end is told, as ``up to``; of a list every number. One thing told in two units is
one fact, in the unit of the trade where the story has it: "340 PS (250 kW)" is 250 kW.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from autotui.drivetrain import cells, figures, qualifiers, sentences
from autotui.drivetrain.figures import Figure
from autotui.drivetrain.findings import Fact, FactKind
from autotui.drivetrain.glossary import REACH, Cue, Story
from autotui.drivetrain.numerals import Reading
from autotui.drivetrain.qualifiers import BREAK, Place
from autotui.drivetrain.sentences import Span

MAX_FACTS: Final = 60
_BREAK_COSTS: Final = 25
"""By how many characters a comma or an "and" moves a cue away."""
_GAINED: Final = re.compile(
    r"(?: \w{1,15}){0,3} (?:in|en|within|innerhalb von|dans|tra)(?: \w{1,10})?"
    r" [0-9]{1,3}(?:[.,][0-9])?[ -]?(?:min|mn|stund|hour|heure|hora|ore)"
)


class _Rule(NamedTuple):
    """What a measure is of, by its nearest cue."""

    by_cue: Mapping[str, FactKind | None]
    otherwise: FactKind | None = None
    """Without any of those cues."""
    nearer: Mapping[str, int] = {}
    """By how many characters a cue counts as nearer than it is."""
    reach: int = 1_000
    """How near the deciding cue must be."""


_RULES: Final[Mapping[str, _Rule]] = {
    "energy": _Rule(
        {
            "battery": "battery_capacity",
            "consumption": None,
            "grid": None,
            "elsewhere": None,
        },
        otherwise="battery_capacity",
        nearer={"elsewhere": 30},
    ),
    "power": _Rule(
        {
            "charging": "charge_power",
            "motor": "power",
            "strength": "power",
            "aside": None,
            "elsewhere": None,
        },
        otherwise="power",
        nearer={"strength": -12, "elsewhere": 10},
    ),
    "megawatts": _Rule(
        {"charging": "charge_power", "aside": None, "elsewhere": None, "grid": None},
        nearer={"elsewhere": 30},
        reach=60,
    ),
    "horses": _Rule({}, otherwise="power"),
    "torque": _Rule({}, otherwise="torque"),
    "tension": _Rule(
        {"household": None, "battery": "voltage", "motor": "voltage"}, otherwise="voltage"
    ),
    "distance": _Rule({"range": "range", "travel": None}, reach=90),
    "time": _Rule({"charging": "charge_time", "waiting": None}, reach=130),
    "density": _Rule({}, otherwise="energy_density"),
    "output": _Rule({"plant": "plant_capacity"}),
    "turns": _Rule({}, otherwise="motor_speed"),
    "money": _Rule(
        {"price": "price", "entry": "price", "vehicle": "price", "money": None},
        nearer={"entry": -84, "vehicle": -75},
        reach=90,
    ),
    "money per kWh": _Rule({}, otherwise="price"),
}
_BARRED: Final = {"output": {"elsewhere", "demand"}, "turns": {"combustion"}}
"""Cues that leave no fact of a measure anywhere in their sentence."""
_LIMITS: Final[Mapping[str, tuple[float, float, int]]] = {
    "battery_capacity": (0.3, 2_000, 2),
    "power": (1, 3_000, 1),
    "torque": (5, 50_000, 0),
    "voltage": (250, 1_500, 1),
    "range": (15, 2_500, 0),
    "charge_power": (1, 6_000, 1),
    "charge_time": (1, 2_880, 0),
    "energy_density": (30, 1_500, 1),
    "plant_capacity": (0.05, 3_000, 2),
    "motor_speed": (1_000, 150_000, 0),
    "money": (1_500, 5_000_000, 2),
    "money per kWh": (15, 2_500, 2),
}
"""Of each kind the least, the most, and the decimals kept; money in euros."""
_SIDE_BY_SIDE: Final = 30
"""Figures so near to each other may be one thing in two units, roughly rounded."""
_MILD_HYBRID: Final = 48


class _Told(NamedTuple):
    """A fact, and what its written number was multiplied with."""

    fact: Fact
    factor: float = 1.0


def find(title: str, text: str) -> tuple[Fact, ...]:
    r"""Give the figures of a story in order of appearance, each once, at most MAX_FACTS.

    Offsets are into ``title + "\n\n" + text``. The kinds and units are those of
    ``findings.Fact``; a price has its currency as unit, or ``EUR/kWh`` and the like.
    """
    written = f"{title}\n\n{text}"
    normal = sentences.normalised(written)
    lower = normal.lower()
    found = tuple(figures.scan(normal, lower))
    plain = lower.replace("-", " ")
    names = cells.told(plain)
    if not found and not names:
        return ()
    story = Story(written, normal, plain, {}, {})
    headline = story.cues(Span(0, len(title)))
    told = list(_measured(story, found, charger=_is_of_a_charger(headline)))
    if names:
        numbers = [place for each in found for place in (each.start, each.end - 1)]
        told += [_Told(fact) for fact in cells.find(story, names, numbers)]
    return _once(sorted(told, key=lambda each: (each.fact.start, each.fact.end)))


def _is_of_a_charger(headline: Sequence[Cue]) -> bool:
    """Whether a bare "350 kW" in the story below is what a charger gives."""
    kinds = frozenset[str]().union(*(cue.kinds for cue in headline))
    return "charging" in kinds and kinds.isdisjoint({"motor", "battery"})


def _measured(story: Story, found: Sequence[Figure], *, charger: bool) -> Iterator[_Told]:
    """Give the facts that have a number."""
    ends = [0, *(each.end for each in found)]
    starts = [*(each.start for each in found[1:]), len(story.written)]
    shares = [each for each in found if each.measure == "share"]
    for figure, before, after in zip(found, ends, starts, strict=False):
        if figure.measure == "share":
            continue
        span = story.context(figure.start, figure.end)
        otherwise = _otherwise(figure, span, shares, charger=charger)
        kind = _kind(figure, story.plain, story.cues(span), otherwise)
        reading = _plausible(figure, kind) if kind else None
        if kind and reading:
            edges = max(before, span.start), min(after, span.end)
            place = Place(reading.start, figure.end, *span, *edges)
            qualifier = qualifiers.of(kind, story.plain, place, shares)
            if figure.low is not None and qualifier in {"", "from"}:
                qualifier = "up to"
            quote = story.quote(span, reading.start, figure.end)
            where = reading.start, figure.end
            fact = Fact(kind, reading.value, figure.unit, qualifier, quote, *where)
            yield _Told(fact, figure.factor)


def _otherwise(
    figure: Figure, span: Span, shares: Sequence[Figure], *, charger: bool
) -> FactKind | None:
    """Tell what a figure is of if no word near it says so."""
    if charger and figure.measure == "power":
        return "charge_power"
    if figure.measure == "time" and any(
        span.start <= each.start < span.end for each in shares if each.low is not None
    ):
        return "charge_time"
    return _RULES[figure.measure].otherwise


def _kind(
    figure: Figure, plain: str, around: Sequence[Cue], otherwise: FactKind | None
) -> FactKind | None:
    """Decide by the nearest cue what a figure is of; ``None``: nothing of the trade."""
    rule = _RULES[figure.measure]
    barred = _BARRED.get(figure.measure)
    if barred and any(cue.kinds & barred for cue in around):
        return None
    nearest, kind = rule.reach, otherwise
    for cue in around:
        for name in cue.kinds & rule.by_cue.keys():
            gap = _gap(figure, cue, plain) - rule.nearer.get(name, 0)
            if gap < nearest:
                nearest, kind = gap, rule.by_cue[name]
    if kind == "range" and _GAINED.match(plain, figure.end):
        return None
    return kind


def _gap(figure: Figure, cue: Cue, plain: str) -> int:
    """Give how far apart a figure and a cue are, a break counting as many characters."""
    left, right = (
        (cue.end, figure.start) if cue.start < figure.start else (figure.end, cue.start)
    )
    if right - left > REACH:
        return REACH
    return right - left + _BREAK_COSTS * len(BREAK.findall(plain, left, right))


def _plausible(figure: Figure, kind: FactKind) -> Reading | None:
    """Give the first reading of the number that is plausible, rounded."""
    least, most, decimals = _LIMITS[figure.measure if kind == "price" else kind]
    for reading in figure.readings:
        mild_hybrid = kind == "voltage" and reading.value == _MILD_HYBRID
        if mild_hybrid or least <= reading.value / figure.scale <= most:
            return Reading(round(reading.value, decimals), reading.start)
    return None


def _once(told: Sequence[_Told]) -> tuple[Fact, ...]:
    """Leave out what was told before, in the same or in another unit."""
    kept: list[_Told] = []
    ends: list[int] = []
    """Where each was told last, perhaps again."""
    alike: dict[tuple[str, str], list[int]] = {}
    for each in told:
        numbers = alike.setdefault((each.fact.kind, each.fact.unit), [])
        for number in numbers:
            if _same(kept[number], each, ends[number]):
                kept[number] = _joined(kept[number], each)
                ends[number] = each.fact.end
                break
        else:
            if len(kept) < MAX_FACTS:
                numbers.append(len(kept))
                kept.append(each)
                ends.append(each.fact.end)
    return tuple(sorted((each.fact for each in kept), key=lambda fact: fact.start))


def _same(known: _Told, other: _Told, end: int) -> bool:
    """Whether two facts of one kind and unit are the same, perhaps from two units."""
    one, two = known.fact, other.fact
    if isinstance(one.value, str) or isinstance(two.value, str):
        return one.value == two.value
    side_by_side = 0 <= two.start - end <= _SIDE_BY_SIDE
    tolerance = 0.05 if side_by_side else 0.01
    return one.value == two.value or (
        known.factor != other.factor
        and abs(one.value - two.value) <= tolerance * max(one.value, two.value)
    )


def _joined(known: _Told, other: _Told) -> _Told:
    """Keep the one in the unit of the trade, else the first; either's qualifier."""
    best = other if other.factor == 1 and known.factor != 1 else known
    qualifier = best.fact.qualifier or known.fact.qualifier or other.fact.qualifier
    return _Told(best.fact._replace(qualifier=qualifier), best.factor)
