"""Families of components: none is forgotten, and the title counts most."""

import tomllib
from importlib import resources

from autotui.drivetrain import families
from autotui.drivetrain.findings import Name


def test_every_component_that_is_found_belongs_to_one_family() -> None:
    names = resources.files("autotui.drivetrain") / "names.toml"
    known = tomllib.loads(names.read_text(encoding="utf-8"))["components"]
    placed = [each for members in families.FAMILIES.values() for each in members]
    assert sorted(placed) == sorted(known)


def test_what_the_title_names_counts_most() -> None:
    found = [
        Name("component", "stator", "stator", 2, 8),
        Name("component", "inverter", "inverter", 40, 48),
        Name("component", "IGBT", "IGBT", 50, 54),
    ]
    assert families.of("A stator", found) == "Motors"
    assert families.of("", found) == "Inverters and power electronics"
    assert families.of("A maker", [Name("maker", "BMW", "BMW", 0, 3)]) == families.OTHER
