import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.ingest.story import bylines
from autotui.ingest.story.bylines import Authors
from autotui.ingest.story.headlines import Outlet

TORQUE = Outlet(["Torque & Tides"], "https://www.torque-tides.example/a")
NAMED = {
    "Jane Doe": ("Jane Doe",),
    "By Jane Doe": ("Jane Doe",),
    "by: Jane Doe": ("Jane Doe",),
    "Written by Jane Doe": ("Jane Doe",),
    "Words by Jane Doe": ("Jane Doe",),
    "Story and photos by Jane Doe": ("Jane Doe",),
    "Author: Jane Doe": ("Jane Doe",),
    "Byron Katie": ("Byron Katie",),
    "Diane Park": ("Diane Park",),
    "Von Eva Maier": ("Eva Maier",),
    "Ein Artikel von Eva Maier": ("Eva Maier",),
    "Text: Eva Maier": ("Eva Maier",),
    "Von Eva Maier und Max Müller": ("Eva Maier", "Max Müller"),
    "Par Marie Curie et Pierre Dac": ("Marie Curie", "Pierre Dac"),
    "Por Ana Pérez y Luis Gómez": ("Ana Pérez", "Luis Gómez"),
    "Por João Silva e Ana Costa": ("João Silva", "Ana Costa"),
    "Di Marco Rossi e Anna Bianchi": ("Marco Rossi", "Anna Bianchi"),
    "Door Jan Jansen en Piet Pietersen": ("Jan Jansen", "Piet Pietersen"),
    "José Ortega y Gasset": ("José Ortega y Gasset",),
    "Ana Pérez en Madrid": ("Ana Pérez",),
    "Jane Doe in Berlin": ("Jane Doe",),
    "Jane Doe, Berlin": ("Jane Doe",),
    "Jane Doe for The Courier": ("Jane Doe",),
    "Jane Doe and John Roe": ("Jane Doe", "John Roe"),
    "Jane Doe, John Roe and Jim Poe": ("Jane Doe", "John Roe", "Jim Poe"),
    "Jane Doe, John Roe, and Jim Poe": ("Jane Doe", "John Roe", "Jim Poe"),
    "Jane Doe & John Roe": ("Jane Doe", "John Roe"),
    "Jane Doe; John Roe": ("Jane Doe", "John Roe"),
    "Jane Doe | John Roe": ("Jane Doe", "John Roe"),
    "Jane Doe, Jane Doe": ("Jane Doe",),
    "John Roe, Jr.": ("John Roe Jr.",),
    "Dr. John Roe, PhD": ("John Roe",),
    "Jane O'Neil-Smith": ("Jane O'Neil-Smith",),
    "Ludwig van Beethoven": ("Ludwig van Beethoven",),
    "María de la Cruz": ("María de la Cruz",),
    "Simon Le Bon": ("Simon Le Bon",),
    "May Smith": ("May Smith",),
    "陈伟": ("陈伟",),
    "Jane Doe (Reuters)": ("Jane Doe",),
    "Jane Doe [Photos]": ("Jane Doe",),
    "Jane Doe Associated Press": ("Jane Doe",),
    "Jane Doe, Reuters": ("Jane Doe",),
    "Jane Doe, Senior Editor": ("Jane Doe",),
    "Jane Doe Senior Reporter": ("Jane Doe",),
    "Jane Doe - Staff Writer": ("Jane Doe",),
    "Eva Maier, Chefredakteurin": ("Eva Maier",),
    "Marie Curie, journaliste": ("Marie Curie",),
    "Jane Doe is a senior reporter at the Courier": ("Jane Doe",),
    "Jane Doe @janedoe": ("Jane Doe",),
    "Jane Doe jane@courier.example": ("Jane Doe",),
    "Jane Doe https://courier.example/jane": ("Jane Doe",),
    "By Jane Doe on June 5, 2019": ("Jane Doe",),
    "By Jane Doe | June 5, 2019": ("Jane Doe",),
    "By Jane Doe Monday June 5, 9:34 AM": ("Jane Doe",),
    "Jane Doe Published 3 May": ("Jane Doe",),
    "June 5, 2019 by Jane Doe": ("Jane Doe",),
    "<b>Jane</b> Doe &amp; John Roe": ("Jane Doe", "John Roe"),
    "Reuters": ("Reuters",),
    "admin": (),
    "Staff": (),
    "Staff Writer": (),
    "By Staff Report": (),
    "Editor": (),
    "Redaktion": (),
    "La rédaction": (),
    "Senior Editor": (),
    "@janedoe": (),
    "jane@courier.example": (),
    "https://social.example/janedoe": (),
    "Follow": (),
    "": (),
}


@pytest.mark.parametrize("byline", NAMED)
def test_a_byline_gives_names_and_nothing_else(byline: str) -> None:
    assert bylines.names(byline) == NAMED[byline]


def test_a_life_is_no_byline() -> None:
    assert bylines.names("Jane Doe, John Roe, and their dog. " * 9) == ()


def test_the_first_source_that_names_people_counts() -> None:
    sources = (["Torque & Tides"], ["admin"], ["Jane Doe", "By John Roe"], ["Jim Poe"])
    assert bylines.authors(sources, TORQUE) == Authors(("Jane Doe", "John Roe"))


def test_companies_count_only_where_nobody_is_named() -> None:
    found = bylines.authors([["Torque & Tides", "Jane Doe"]], TORQUE)
    assert found == Authors(("Jane Doe",), ("Torque & Tides",))
    none = bylines.authors([["Reuters"], ["torque-tides"]], TORQUE)
    assert none == Authors(companies=("Reuters",))


PIECES = ["By ", "Von ", " and ", ", ", "Jane", "@x", "(", ")", "<b>", "&#27;", "2019", " "]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_byline_gives_clean_names(byline: str) -> None:
    names = bylines.names(byline)
    assert all(name and name == name.strip() for name in names)
    assert not any(unicodedata.category(each) == "Cc" for each in "".join(names))
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "byline", ["By " * 10**6, "a," * 10**6, "(" * 10**6, "a y " * 10**5, "1 by " * 10**5]
)
def test_a_hostile_byline_takes_no_time(byline: str) -> None:
    start = time.process_time()
    bylines.authors([[byline, byline[:230]] * 100], TORQUE)
    assert time.process_time() - start < 1
