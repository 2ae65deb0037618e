import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from autotui.ui import cells
from autotui.ui.safe import stable

TEXT = st.text(st.sampled_from("ab \u0301é日本🚗\u00a0-ก")) | st.text().map(stable)
WIDTH = st.integers(1, 30)


def lines(text: str, width: int, *, hard: bool = False) -> list[str]:
    starts = [0, *cells.breaks(text, 0, len(text), width, hard=hard)]
    ends = [*starts[1:], len(text)]
    return [text[a:b] for a, b in zip(starts, ends, strict=True)]


def test_narrow_text_is_one_cell_a_character() -> None:
    found = [chr(n) for n in range(0x20, 0x11000) if cells.narrow(chr(n))]

    assert len(found) > 900
    assert all(cell_len(letter) == 1 for letter in found)


@settings(deadline=None)
@given(TEXT, WIDTH, st.booleans())
def test_lines_lose_nothing(text: str, width: int, hard: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    assert "".join(lines(text, width, hard=hard)) == text


@settings(deadline=None)
@given(TEXT, st.integers(2, 30), st.booleans())
def test_lines_fit(text: str, width: int, hard: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    for line in lines(text, width, hard=hard):
        assert cell_len(line if hard else line.rstrip(" ")) <= width


def test_lines_break_after_spaces() -> None:
    assert lines("the quick brown fox", 10) == ["the quick ", "brown fox"]


def test_lines_break_between_wide_characters() -> None:
    assert lines("日本語の車", 4) == ["日本", "語の", "車"]
    assert lines("日本 語の 車", 4) == ["日本 ", "語の ", "車"]


def test_a_long_word_is_cut_where_the_line_is_full() -> None:
    assert lines("abcdefgh", 3) == ["abc", "def", "gh"]


def test_hard_lines_keep_their_spaces() -> None:
    assert lines("a b  c", 2, hard=True) == ["a ", "b ", " c"]


@settings(deadline=None)
@given(TEXT, st.integers(0, 20))
def test_fitted_text_fills_its_width(text: str, width: int) -> None:
    assert cell_len(cells.fit(text, width)) == width
    assert cell_len(cells.clip(text, width)) <= width


def test_clipped_text_says_so() -> None:
    assert cells.clip("Volt Weekly", 6) == "Volt…"
    assert cells.clip("Volt", 4) == "Volt"
    assert cells.clip("Volt", 0) == ""


@pytest.mark.parametrize(
    ("text", "is_"),
    [
        ("plain", False),
        ("", False),
        ("בדיקה", True),
        ("  12% · مرحبا EV", True),
        ("EV מכונית", False),
        ("电动汽车", False),
        ("12 %", False),
        ("x" * 300 + "ב", False),
    ],
)
def test_text_runs_to_the_left_if_its_first_letter_does(text: str, is_: object) -> None:
    assert cells.leftward(text) is is_
