"""Sentences and their offsets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui.drivetrain import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences.cut(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("It has 77.4 kWh. Good.", ["It has 77.4 kWh.", "Good."]),
        ("Um 3 Mio. Euro teurer. Ja.", ["Um 3 Mio. Euro teurer.", "Ja."]),
        ("Der ID. 4 kommt. Bald.", ["Der ID. 4 kommt.", "Bald."]),
        ("Am 3. Mai geht es los. Ja.", ["Am 3. Mai geht es los.", "Ja."]),
        ("It costs 50. The rest is free.", ["It costs 50.", "The rest is free."]),
        ("z.B. Renault und J. Doe sagen ja.", ["z.B. Renault und J. Doe sagen ja."]),
        ("He said: “Yes.” She left.", ["He said: “Yes.”", "She left."]),
        ("Headline\nText begins. It ends", ["Headline", "Text begins.", "It ends"]),
        ("It ends. and goes on", ["It ends. and goes on"]),
        ("What?! Really… Yes.", ["What?!", "Really…", "Yes."]),
        ("  \n \n", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(
    text: str, expected: list[str]
) -> None:
    assert cut(text) == expected


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(". !?…\n aB1\"'")))
def test_nothing_but_spaces_is_left_out(text: str) -> None:
    spans = sentences.cut(text)
    assert all(span.start < span.end for span in spans)
    kept = "".join(text[span.start : span.end] for span in spans)
    assert "".join(kept.split()) == "".join(text.split())


@settings(deadline=None)
@given(st.text(". aB1\n"), st.integers(0, 50))
def test_a_place_in_a_sentence_finds_it(text: str, place: int) -> None:
    spans = sentences.cut(text)
    for span in spans:
        if span.start <= place < span.end:
            assert sentences.holding(spans, place) == span


@settings(deadline=None)
@given(st.text())
def test_the_normal_form_keeps_every_character_in_its_place(text: str) -> None:
    normal = sentences.normalised(text)
    assert len(normal) == len(normal.lower()) == len(text)


def test_kinds_of_spaces_hyphens_and_quotes_become_one() -> None:
    assert (
        sentences.normalised("1\u202f000\u00a0km \u2013 l\u2019été İ")
        == "1 000 km - l'été I"
    )
