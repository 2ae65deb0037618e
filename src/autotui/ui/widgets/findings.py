"""What was found in a story, as lines of the metadata pane.

Pure: findings in, flows out, and with them what of them the reader can choose.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from autotui.drivetrain.findings import Evidence, Fact, FactKind, Name, NameKind
from autotui.fields import FIGURES
from autotui.model import EV_DRIVETRAIN, Article
from autotui.query import quoted
from autotui.ui.render import percent
from autotui.ui.safe import stable
from autotui.ui.sheet import Flow

if TYPE_CHECKING:
    from autotui.judging import Findings
    from autotui.store.queries import Snippet

_LABEL: Final = len("Categories ")
"""Cells of the column of labels."""
_MAX_FIGURES: Final = 40
_MAX_NAMES: Final = 60
_LOOKED_AT: Final = 2_000
"""Findings of a story that are looked at: a hostile one has a hundred thousand."""
_QUOTE: Final = 60
_LEARNED: Final = "learned: "
"""How the cue of evidence begins that the reader's verdicts gave."""
_TOO_MUCH: Final = 1e9
"""More than a query can ask for."""
_KINDS: Final[dict[FactKind, str]] = {
    "battery_capacity": "Battery",
    "power": "Power",
    "torque": "Torque",
    "voltage": "Voltage",
    "range": "Range",
    "charge_power": "Charging",
    "charge_time": "Charging",
    "energy_density": "Density",
    "plant_capacity": "Plant",
    "motor_speed": "Speed",
    "cell_format": "Cells",
    "chemistry": "Chemistry",
    "price": "Price",
}
"""Each kind of figure in a word, in the order in which they are told."""
_NAMES: Final[dict[NameKind, str]] = {
    "maker": "Makers",
    "supplier": "Suppliers",
    "model": "Models",
    "component": "Parts",
}
_FIELDS: Final = {kind: field for field, kind in FIGURES.items()}


class Item(NamedTuple):
    """Something found that can be chosen."""

    start: int
    """Where it is in the story's title and text; ``end`` likewise."""
    end: int
    query: str = ""
    """What finds it in other stories; ``""`` if nothing does."""
    url: str = ""
    """Of an image, its address: it is opened outside, and has no place in the text."""


class Entry(NamedTuple):
    """A flow, and what can be chosen in it: from, to, and the thing itself."""

    flow: Flow
    items: tuple[tuple[int, int, Item], ...] = ()


def snippet(found: "Snippet") -> Iterator[Flow]:
    """Tell where in the text is what is looked for."""
    text, runs, at = "", [], 0
    for start, end in found.matches:
        text += stable(found.text[at:start])
        begin = len(text)
        text += stable(found.text[start:end])
        runs.append((begin, len(text), "match"))
        at = end
    yield Flow("Found", "label")
    yield Flow(text + stable(found.text[at:]), runs=tuple(runs), gap=False)


def verdict(article: Article, score: float) -> str:
    """Say how much the story is about EV drivetrains, and what came of that."""
    if EV_DRIVETRAIN in article.tags:
        state = "tagged"
    elif article.suggested:
        state = "suggested"
    else:
        state = "rejected" if article.rejected else "not suggested"
    return f"About EV drivetrains: {percent(score, chr(0xA0))}, {state}"


def why(found: "Findings") -> Iterator[Entry]:
    """Give what speaks for the tag, what against it, and what was missing."""
    if found.missing:
        yield _wide("Missing", found.missing)
    for label, style, speaks in (("For", "for", True), ("Against", "against", False)):
        told = [each for each in found.evidence if (each.weight > 0) is speaks]
        if told:
            yield Entry(Flow(label, "label"))
        yield from (_reason(each, style) for each in told)
    if any(each.cue.startswith(_LEARNED) for each in found.evidence):
        yield Entry(Flow("The command palette shows all that was learned.", "label"))


def figures(facts: Iterable[Fact]) -> Iterator[Entry]:
    """Give each figure once, the main kinds first."""
    once: dict[tuple[str, str], Fact] = {}
    for fact in islice(facts, _LOOKED_AT):
        once.setdefault((_KINDS[fact.kind], _value(fact)), fact)
    order = list(_KINDS)
    told = sorted(once.values(), key=lambda fact: order.index(fact.kind))
    if told:
        yield Entry(Flow("Figures", "label"))
    for fact in told[:_MAX_FIGURES]:
        text = _value(fact)
        item = Item(fact.start, fact.end, _query(fact))
        yield Entry(labelled(_KINDS[fact.kind], text), ((0, len(text), item),))
    yield from _more(len(told) - _MAX_FIGURES)


def names(found: Iterable[Name]) -> Iterator[Entry]:
    """Give each name once, in a line for each kind."""
    once: dict[tuple[str, str], Name] = {}
    for name in islice(found, _LOOKED_AT):
        once.setdefault((name.kind, name.name), name)
    order = list(_NAMES)
    told = sorted(once.values(), key=lambda name: order.index(name.kind))
    if told:
        yield Entry(Flow("Names", "label"))
    for kind, group in groupby(told[:_MAX_NAMES], key=lambda name: name.kind):
        text, items = "", []
        for name in group:
            text += ", " if text else ""
            start, text = len(text), text + stable(name.name)
            item = Item(name.start, name.end, f"name:{_word(name.name)}")
            items.append((start, len(text), item))
        yield Entry(labelled(_NAMES[kind], text), tuple(items))
    yield from _more(len(told) - _MAX_NAMES)


def labelled(label: str, text: str, *, gap: bool = False) -> Flow:
    """Put a label before a text that can be shown, in a column of its own."""
    first = label.ljust(_LABEL)
    return Flow(text, first=first, rest=" " * _LABEL, mark="label", gap=gap)


def _reason(each: Evidence, style: str) -> Entry:
    quote = stable(" ".join(each.quote.split()))
    quote = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}..."
    cue = stable(each.cue.replace("_", " "))
    # Often a cue is called what it is: "inverter" need not be told twice.
    plain = quote.replace("-", " ").casefold()
    text = f'"{quote}"' + ("" if plain == cue else f" ({cue})")
    first = f"{each.weight:+.1f} "
    runs = ((0, len(quote) + 2, style), (len(quote) + 2, len(text), "label"))
    flow = Flow(text, runs=runs, first=first, rest=" " * len(first), gap=False)
    return Entry(flow, ((0, len(quote) + 2, Item(each.start, each.end)),))


def _wide(label: str, text: str) -> Entry:
    told = f"{label}: {stable(text)}"
    return Entry(Flow(told, runs=((0, len(label) + 1, "label"),), gap=False))


def _more(left: int) -> Iterator[Entry]:
    if left > 0:
        yield Entry(Flow(f"and {left:,} more", "label", gap=False))


def _value(fact: Fact) -> str:
    value = fact.value if isinstance(fact.value, str) else f"{_number(fact.value):,}"
    parts = (value, fact.unit, fact.qualifier)
    return stable(" ".join(part for part in parts if part))


def _number(value: float) -> float | int:
    shown = round(value, 4)
    return int(shown) if shown == int(shown) else shown


def _query(fact: Fact) -> str:
    field = _FIELDS.get(fact.kind)
    if field is None or isinstance(fact.value, str) or fact.value >= _TOO_MUCH:
        return ""
    return f"{field}>={_number(fact.value)}"


def _word(name: str) -> str:
    return name if name.isalnum() else quoted(name)
