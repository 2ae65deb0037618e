"""The lexicon is what a person wrote in it, and a mistake in it is named."""

import re
import time
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.drivetrain import lexicon, phrases
from autotui.drivetrain.phrases import Found, Phrases
from autotui.errors import LexiconError

SOURCE = files("autotui.drivetrain") / "lexicon.toml"
FRAME = """[context.ev]
en = ["electric"]
[context.car]
en = ["car"]
[homonym]
en = ["x y"]
"""
CUE = '[cue.motor]\nweight = 2.0\nen = ["e-motor(s)"]\n'


PHRASES = [
    ("battery", "part"),
    ("battery electric", "context"),
    ("electric car(s)", "context"),
    ("e-axle", "axle"),
    ("e-axle gearbox", "gears"),
    ("electric axle drive unit", "unit"),
    ("#-kwh battery", "size"),
    ("=Leaf", "exact"),
    ("leaf battery", "leaf"),
    ("hybrid*", "hybrid"),
    ("*antrieb", "drive"),
    ("*batterie*", "part"),
]


def mixes() -> st.SearchStrategy[str]:
    """Words of ``PHRASES`` and marks in any order, with any gaps."""
    words = (
        "battery electric cars E-axle gearbox axle drive unit 77 kWh leaf Leaf Hybridauto"
    )
    marks = [
        "e",
        "Radantrieb",
        "Autobatterien",
        "-",
        '"',
        ",",
        ".",
        "(",
        "1,000",
        "é",
        "\u00ad",
    ]
    part = st.sampled_from([*words.split(), *marks])
    gap = st.sampled_from([" ", " ", " ", "\n", "-", "  ", ", ", ""])
    return st.lists(st.tuples(part, gap)).map(lambda all_: "".join(map("".join, all_)))


def quotes(phrase: str, text: str) -> list[str]:
    """What a phrase finds in a text."""
    found = Phrases([(phrase, "it")]).find(text)
    return [text[each.start : each.end] for each in found]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("battery pack", "a Battery pack, battery-pack", ["Battery pack", "battery-pack"]),
        ("battery pack", "a battery. Pack it, batterypack", []),
        ("battery pack", "battery,\n\npack", []),
        ("battery pack", "battery\npack", ["battery\npack"]),
        (
            "e-axle",
            "e-axle eAxle e axle E\u2011AXLE axle",
            ["e-axle", "eAxle", "e axle", "E\u2011AXLE"],
        ),
        ("motor(s)", "motor motors motored", ["motor", "motors"]),
        ("batter(y|ies)", "battery batteries batter", ["battery", "batteries"]),
        ("elektromotor*", "Elektromotorenwerk, Motor", ["Elektromotorenwerk"]),
        ("*batterie", "Starterbatterie Batteriewerk Serie", ["Starterbatterie"]),
        ("*batterie*", "Starterbatteriewerk", ["Starterbatteriewerk"]),
        ("#-kwh", "77 kWh, 82.5kWh, kWh", ["77 kWh", "5kWh"]),
        ("1 000-v", "1,000 V or 1.000V", ["1,000 V", "1.000V"]),
        ("=SiC", "SiC sic SIC", ["SiC"]),
        ("=Neue Klasse", "neue klasse, Neue Klasse", ["Neue Klasse"]),
        ("électrique", "ELECTRIQUE électrique", ["ELECTRIQUE", "électrique"]),
        ("hybrid", "\u04bbybri\u0501", ["\u04bbybri\u0501"]),
        ("(three|3)-in-one", "a 3-in-one and three in one", ["3-in-one", "three in one"]),
    ],
)
def test_a_phrase_finds_what_its_syntax_says(
    phrase: str, text: str, found: list[str]
) -> None:
    assert phrases.check(phrase) == ""
    assert quotes(phrase, text) == found


def test_of_overlapping_phrases_the_longest_counts() -> None:
    both = Phrases([("battery", "part"), ("battery electric", "context")])
    found = both.find("A battery electric van and its battery.")
    assert [each.labels for each in found] == [("context",), ("part",)]


def test_what_one_phrase_has_taken_opens_no_other() -> None:
    both = Phrases([("battery electric", "context"), ("electric car", "other")])
    (found,) = both.find("A battery electric car.")
    assert found.labels == ("context",)


def test_a_phrase_of_two_classes_has_both_labels() -> None:
    both = Phrases([("hybrid*", "a"), ("hybridmotor*", "b")])
    (found,) = both.find("Hybridmotoren")
    assert set(found.labels) == {"a", "b"}


def test_the_labels_of_two_phrases_come_in_the_order_of_their_forms() -> None:
    many = Phrases([(f"{'elektromotor'[:size]}*", f"{size}") for size in range(3, 12)])
    (found,) = many.find("Elektromotoren")
    assert found.labels == tuple(str(size) for size in range(3, 12))


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An e-axle gearbox oil pump", "e-axle gearbox oil pump"),
        ("An e-axle\ngearbox", "e-axle\ngearbox"),
        ("An e-axle gearbox\noil\npump", "e-axle gearbox\noil\npump"),
        ("An e-axle - gearbox", "e-axle - gearbox"),
        ('An "e-axle" gearbox', 'e-axle" gearbox'),
        ("An e-axle  gearbox", "e-axle  gearbox"),
        ("An e-axle gearbox, oil pump", "e-axle gearbox"),
        ("An e-axle gearbox oil", "e-axle gearbox"),
        ("An e-axle gearbox oil\n\npump", "e-axle gearbox"),
        ("An e-axle\n\ngearbox", "e-axle"),
        ("An e-axle; gearbox", "e-axle"),
        ("An e-axle -- gearbox", "e-axle"),
        ("An e-axle\n-gearbox", "e-axle"),
    ],
)
def test_a_phrase_goes_on_over_spaces_and_one_line_end(
    text: str, found: str, *, again: bool
) -> None:
    axles = Phrases(
        (each, "it") for each in ("e-axle", "e-axle gearbox", "e-axle gearbox oil pump")
    )
    if again:
        axles.find(text)
    (each,) = axles.find(text)
    assert text[each.start : each.end] == found


@given(mixes(), mixes())
def test_what_was_read_before_makes_no_difference(text: str, before: str) -> None:
    fresh, used = Phrases(PHRASES), Phrases(PHRASES)
    used.find(before)
    assert used.find(text) == fresh.find(text)
    assert used.find(before) == Phrases(PHRASES).find(before)


@given(mixes())
def test_capitals_change_no_place(text: str) -> None:
    # Only where a letter stays one letter: the capital of ß is two.
    high = "".join(each.upper() if len(each.upper()) == 1 else each for each in text)
    loose = Phrases([each for each in PHRASES if not each[0].startswith("=")])
    assert loose.find(high) == loose.find(text)


@given(mixes(), mixes())
def test_a_blank_line_parts_what_is_found(first: str, last: str) -> None:
    phrases = Phrases(PHRASES)
    place = len(first) + 2
    later = [
        Found(each.labels, each.start + place, each.end + place)
        for each in phrases.find(last)
    ]
    assert phrases.find(f"{first}\n\n{last}") == phrases.find(first) + later


@given(st.text(), st.text(min_size=1))
def test_any_phrase_that_passes_the_check_can_be_looked_for(text: str, phrase: str) -> None:
    if phrase.count("-") < 5 and phrase.count("|") < 5 and not phrases.check(phrase):
        for found in Phrases([(phrase, "it")]).find(text):
            assert 0 <= found.start < found.end <= len(text)


def test_the_lexicon_of_the_package_can_be_read() -> None:
    words = lexicon.standard()
    assert words is lexicon.standard()
    assert sum(cue.weight > 0 for cue in words.cues.values()) > 20
    assert sum(cue.weight < 0 for cue in words.cues.values()) > 10
    assert all(cue.weight > 0 for cue in words.cues.values() if cue.part)
    assert all(cue.weight < 0 for cue in words.cues.values() if cue.elsewhere)


def test_a_small_lexicon_is_what_it_says() -> None:
    words = lexicon.read(FRAME + CUE + 'needs = "car"\npart = true\n')
    cue = words.cues["motor"]
    assert (cue.weight, cue.needs, cue.part, cue.elsewhere) == (2.0, "car", True, False)
    assert [each.labels for each in words.phrases.find("eMotors")] == [("motor",)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FRAME + CUE + "weight = 2.0\n", "line"),
        (FRAME, "there is no [cue]; add one"),
        (CUE, "there is no [context]; add one"),
        (
            FRAME + CUE + "[motor]\n",
            "[motor] is no section; a class of words is [cue.motor]",
        ),
        (FRAME + CUE + "[context.bus]\n", "[context.bus]: a context is ev or car"),
        (FRAME + "[cue]\nmotor = 3\n", "[cue.motor] is no table; make it one"),
        (FRAME + "[cue.motor]\n", "[cue.motor]: weight is missing; give one"),
        (FRAME + "[cue.motor]\nweight = true\n", "[cue.motor]: weight is missing"),
        (FRAME + "[cue.motor]\nweight = 9\n", "[cue.motor]: weight is 9; keep it within"),
        (
            FRAME + "[cue.motor]\nweight = nan\n",
            "[cue.motor]: weight is nan; keep it within",
        ),
        (FRAME + CUE + 'needs = "bus"\n', "[cue.motor]: needs is 'bus'; write"),
        (FRAME + CUE + "part = 1\n", "[cue.motor]: part is 1; write true or false"),
        (FRAME + CUE + "pt = []\n", "[motor] pt: no such key; a list of phrases is one of"),
        (FRAME + CUE + 'de = "Motor"\n', "[motor] de: write a list of phrases"),
        (FRAME + CUE + "de = [3]\n", "[motor] de: 3 is no phrase; put it in quotes"),
        (FRAME + CUE + 'de = ["a(b"]\n', "[motor] de: 'a(b': a bracket is not closed"),
        (FRAME + CUE + 'de = ["ab*"]\n', "[motor] de: 'ab*': a * stands before or after"),
        (FRAME + CUE + 'de = ["a*motor"]\n', "'a*motor': a * stands before or after"),
        (FRAME + CUE + 'de = ["-"]\n', "[motor] de: '-': there is no word in it"),
    ],
)
def test_a_mistake_is_named_by_its_entry_with_what_to_do(text: str, told: str) -> None:
    with pytest.raises(LexiconError, match=re.escape(told)):
        lexicon.read(text)


def test_no_phrase_of_the_package_speaks_for_and_against() -> None:
    cues = tomllib.loads(SOURCE.read_text("utf-8"))["cue"]
    sides: dict[str, set[bool]] = {}
    for cue in cues.values():
        for language in lexicon.LANGUAGES:
            for phrase in cue.get(language, ()):
                sides.setdefault(phrase, set()).add(cue["weight"] > 0)
    assert [phrase for phrase, found in sides.items() if len(found) > 1] == []


def test_many_words_that_open_no_phrase_cost_little() -> None:
    words = lexicon.standard().phrases
    start = time.process_time()
    for at in range(40):
        words.find(" ".join(f"w{at}x{number}" for number in range(2_000)))
    assert time.process_time() - start < 5
