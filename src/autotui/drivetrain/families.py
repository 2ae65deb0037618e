"""Which part of the car a story is about: the components of the trade, by family."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from autotui.drivetrain.findings import Name

FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "Inverters and power electronics": (
        *("inverter", "power electronics", "silicon carbide", "gallium nitride"),
        *("IGBT", "MOSFET", "DC/DC converter"),
    ),
    "E-axles and drive units": ("e-axle", "electric drive unit"),
    "Motors": (
        *("permanent-magnet motor", "externally excited motor", "induction motor"),
        *("reluctance motor", "axial-flux motor", "radial-flux motor", "in-wheel motor"),
        *("hairpin winding", "stator", "electric motor"),
    ),
    "Gears and torque": ("reduction gear", "two-speed transmission", "torque vectoring"),
    "Batteries": (
        *("battery pack", "battery cell", "solid-state battery", "LFP battery"),
        *("NMC battery", "NCA battery", "sodium-ion battery", "lithium-sulphur battery"),
        *("Blade battery", "cell-to-pack", "silicon anode", "battery management system"),
    ),
    "Charging": ("on-board charger",),
    "Heat and braking": ("thermal management", "heat pump", "regenerative braking"),
    "Hybrids and fuel cells": (
        *("fuel cell", "range extender", "hybrid system", "plug-in hybrid"),
        *("mild hybrid", "e-Power", "e:HEV"),
    ),
    "Platforms and powertrains": (
        *("MEB", "PPE", "SSP", "J1 platform", "E-GMP", "IMA platform", "Ultium"),
        *("Neue Klasse", "MMA", "MB.EA", "EVA2", "STLA", "e-CMP", "CMF-EV", "CMF-B EV"),
        *("e-TNGA", "TNGA", "SPA2", "GE1", "SEA", "SEPA", "e-Platform 3.0", "NT2", "LMAP"),
        *("INGLO", "acti.ev", "EMA", "JEA", "electric powertrain"),
    ),
}
"""In the order in which they are told; what is special comes before what is general."""
OTHER: Final = "Other stories"
_IN_TITLE: Final = 3
"""What a component in the title counts, beside one in the text."""
_FAMILY: Final = {name: family for family, names in FAMILIES.items() for name in names}


def of(title: str, names: Iterable[Name]) -> str:
    """Give the family that a story speaks of most, the first of several; else OTHER."""
    counts: Counter[str] = Counter()
    for each in names:
        if each.kind == "component" and each.name in _FAMILY:
            counts[_FAMILY[each.name]] += _IN_TITLE if each.start < len(title) else 1
    return max(FAMILIES, key=lambda family: counts[family]) if counts else OTHER
