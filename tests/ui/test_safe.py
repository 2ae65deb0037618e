import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.widgets import Static

from autotui.ui.safe import SafeFilter, stable
from ui.stage import HOSTILE, Stage

BLACK = Color.parse("black")
COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def filtered(*segments: Segment) -> list[Segment]:
    return SafeFilter().apply(list(segments), BLACK)


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20)))
def test_stable_leaves_printable_ascii_as_it_is(text: str) -> None:
    assert stable(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_stable_text_commands_nothing(text: str) -> None:
    shown = stable(text)

    assert not COMMANDS.search(shown)
    shown.encode("utf-8")


@settings(deadline=None)
@given(st.text())
def test_stable_text_is_one_line_without_joiners(text: str) -> None:
    shown = stable(text)

    assert not COMMANDS.search(shown)
    assert not set(shown) & {"\u200d", "\ufe0f", "\u3164"}
    assert cell_len(shown) == sum(map(cell_len, shown))


def test_stable_draws_flags_as_letters_and_people_without_skin() -> None:
    assert stable("\U0001f1e9\U0001f1ea 👍🏽 ❤\ufe0f") == "DE 👍 ❤"


def test_stable_keeps_two_marks_on_a_letter() -> None:
    assert stable("q" + "\u0323" * 30) == "q\u0323\u0323"


def test_stable_composes_what_can_be_composed() -> None:
    assert stable("u\u0308ber") == "über"


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\u200d\ufe0f")))
def test_the_filter_moves_no_column(text: str) -> None:
    (after,) = filtered(Segment(text))

    assert cell_len(after.text) == cell_len(text)
    assert not COMMANDS.search(after.text)
    after.text.encode("utf-8")


def test_the_filter_puts_a_space_where_a_cell_was_counted() -> None:
    (after,) = filtered(Segment("a\ud800b\x1bc"))

    assert after.text == "a bc"


def test_the_filter_leaves_harmless_segments_alone() -> None:
    segments = [Segment("plain", Style(bold=True)), Segment("日本 🚗 café")]

    assert all(
        before is after for before, after in zip(segments, filtered(*segments), strict=True)
    )


def test_the_filter_drops_a_link_that_could_break_out() -> None:
    evil = Segment("x", Style(link="https://a.example/\x1b]52;c;aGk=\x07"))
    good = Segment("x", Style(link="https://a.example/"))

    after = filtered(evil, good)

    assert after[0].style is not None
    assert after[0].style.link is None
    assert after[1].style is not None
    assert after[1].style.link == "https://a.example/"


async def test_the_filter_sees_what_any_widget_draws() -> None:
    class Guarded(Stage):
        def get_line_filters(self) -> Sequence[LineFilter]:
            return [SafeFilter()]

    app = Guarded(Static("a\x1b]52;c;aGk=\x07b\u202e", markup=False))

    async with app.run_test(size=(30, 3)) as pilot:
        await pilot.pause()
        assert "a]52;c;aGk=b" in "".join(
            segment.text
            for strip in app.screen._compositor.render_strips()
            for segment in filtered(*strip)
        )
