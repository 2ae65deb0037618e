"""What was found in a story, by column: a kind of name or figure each."""

from collections.abc import Iterable
from typing import Final, get_args

from autotui.drivetrain.findings import Fact, FactKind, Name, NameKind

_UNITS: Final = {
    "battery_capacity": "kwh",
    "power": "kw",
    "torque": "nm",
    "voltage": "v",
    "range": "km",
    "charge_power": "kw",
    "charge_time": "min",
    "plant_capacity": "gwh",
    "motor_speed": "rpm",
}
"""Of each kind of fact that has always the same unit; of others the unit stands beside."""


def names(found: Iterable[Name]) -> dict[str, list[str]]:
    """Give makers, suppliers, models and components, each once."""
    columns: dict[str, list[str]] = {f"{kind}s": [] for kind in get_args(NameKind)}
    for each in found:
        columns[f"{each.kind}s"].append(each.name)
    return columns


def facts(found: Iterable[Fact]) -> dict[str, list[str]]:
    """Give the figures of each kind, each value once; the column says the unit."""
    columns: dict[str, list[str]] = {_column(kind): [] for kind in get_args(FactKind)}
    for each in found:
        values = columns[_column(each.kind)]
        if (told := _told(each)) not in values:
            values.append(told)
    return columns


def number(value: float) -> str:
    """Give a number with at most two decimals, and no more than it needs."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _column(kind: str) -> str:
    return f"{kind}_{_UNITS[kind]}" if kind in _UNITS else kind


def _told(fact: Fact) -> str:
    """Give a value, with its unit where the column does not name it."""
    value = fact.value if isinstance(fact.value, str) else number(fact.value)
    return value if fact.kind in _UNITS else f"{value} {fact.unit}".strip()
