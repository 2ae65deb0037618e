# ruff: noqa: RUF001 - typographic dashes are meant

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.ingest.story import headlines
from autotui.ingest.story.headlines import Outlet

COURIER = Outlet(["The Kilowatt Courier"], "https://www.kilowatt-courier.example/a/b")
BARE = {
    "New rotor | The Kilowatt Courier": "New rotor",
    "New rotor - Kilowatt Courier": "New rotor",
    "New rotor – kilowatt-courier.example": "New rotor",
    "New rotor — The Kilowatt Courier": "New rotor",
    "New rotor · The Kilowatt Courier": "New rotor",
    "New rotor :: The Kilowatt Courier": "New rotor",
    "New rotor » The Kilowatt Courier": "New rotor",
    "New rotor | News | The Kilowatt Courier": "New rotor",
    "The Kilowatt Courier - New rotor": "New rotor",
    "The Kilowatt Courier | New rotor | The Kilowatt Courier": "New rotor",
    "New rotor": "New rotor",
    "New rotor - a test": "New rotor - a test",
    "New rotor | News": "New rotor | News",
    "Plug-in hybrids - what now?": "Plug-in hybrids - what now?",
    "The Kilowatt Courier": "The Kilowatt Courier",
    "Essai : la nouvelle citadine": "Essai : la nouvelle citadine",
    "": "",
}


@pytest.mark.parametrize("title", BARE)
def test_the_outlet_is_cut_off_a_title(title: str) -> None:
    assert headlines.without_outlet(title, COURIER) == BARE[title]


CHOSEN = [
    # told, shown, the headline
    (["A new rotor"], ["A new rotor!"], "A new rotor!"),
    (["A new rotor | The Kilowatt Courier"], ["Menu", "A new rotor"], "A new rotor"),
    (
        ["How a new rotor saves steel"],
        ["New rotor saves much steel"],
        "New rotor saves much steel",
    ),
    (
        ["A rotor that saves steel"],
        ["TestA rotor that saves steel"],
        "A rotor that saves steel",
    ),
    (
        ["A rotor that saves steel: all facts"],
        ["A rotor that saves steel"],
        "A rotor that saves steel",
    ),
    (["A new rotor"], ["The Kilowatt Courier"], "A new rotor"),
    (["A new rotor"], ["Latest stories from all of us"], "A new rotor"),
    (["A new rotor"], [], "A new rotor"),
    ([], ["A new rotor"], "A new rotor"),
    ([], ["The Kilowatt Courier", "A new rotor"], "A new rotor"),
    (["A rotor of steel and…", "A rotor of steel and air"], [], "A rotor of steel and air"),
    (["A rotor of ...", "Another", "A rotor of air"], [], "A rotor of air"),
    (["A rotor of …"], [], "A rotor of …"),
    ([], [], ""),
]


@pytest.mark.parametrize(("told", "shown", "headline"), CHOSEN)
def test_the_headline_is_what_is_shown_if_it_was_told_too(
    told: list[str], shown: list[str], headline: str
) -> None:
    assert headlines.choose(told, shown, [], COURIER) == headline


def test_a_headline_that_is_marked_needs_no_witness() -> None:
    shown = ["Cars", "So spins the future"]
    told = ["A new rotor"]
    assert headlines.choose(told, shown, shown[1:], COURIER) == "So spins the future"
    assert headlines.choose(told, shown, shown, COURIER) == "A new rotor"
    assert headlines.choose(told, shown, ["The Kilowatt Courier"], COURIER) == "A new rotor"


DEKS = {
    "The rotor saves three kilograms, and it spins faster.": True,
    "Der Rotor spart drei Kilogramm und dreht schneller": True,
    "A new rotor": False,
    "A rotor, a new rotor, a rotor a new rotor": False,
    "Short and sweet.": False,
    "The rotor saves three kilograms, and it spins...": False,
    "The rotor saves three kilograms, and it spins […]": False,
    "car, rotor, motor, steel, kilogram, test, news": False,
    "": False,
}


@pytest.mark.parametrize("text", DEKS)
def test_a_dek_is_a_sentence_that_adds_to_the_headline(text: str) -> None:
    assert headlines.is_dek(text, "A new rotor") is DEKS[text]


def test_a_summary_that_opens_the_text_is_known() -> None:
    body = "The rotor, says its maker, saves three kilograms and more."
    assert headlines.opens("The rotor, says its maker, saves three kilograms!", ["x", body])
    assert not headlines.opens("The maker says that it saves", ["x", body])
    assert not headlines.opens("", [body])


OUTLETS = {
    "The Kilowatt Courier": True,
    "kilowatt courier": True,
    "Kilowatt-Courier.example": True,
    "Kilowatt": True,
    "Jane Doe": False,
    "Watt": False,
    "": False,
}


@pytest.mark.parametrize("name", OUTLETS)
def test_an_outlet_is_known_under_its_names(name: str) -> None:
    assert COURIER.is_called(name) is OUTLETS[name]


@given(st.text(), st.text(), st.text())
def test_any_titles_give_a_headline(one: str, other: str, site: str) -> None:
    outlet = Outlet([site], other)
    assert headlines.choose([one, other], [other], [], outlet) in {
        one,
        other,
        *(headlines.without_outlet(each, outlet) for each in (one, other)),
    }


@pytest.mark.parametrize("title", ["a - " * 10**5, " " * 10**5, "a…" * 10**5, "|" * 10**6])
def test_a_hostile_title_takes_no_time(title: str) -> None:
    start = time.process_time()
    headlines.choose([title[:500]] * 9, [title[:300]] * 8, [], COURIER)
    headlines.is_dek(title[:500], title)
    assert time.process_time() - start < 1
