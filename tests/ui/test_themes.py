"""Themes of our own, the one to begin with, and lines without colours."""

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from autotui.ui import themes


@pytest.mark.parametrize(
    ("environment", "few_colours", "expected"),
    [
        ({}, False, "autotui-dark"),
        ({"COLORFGBG": "15;0"}, False, "autotui-dark"),
        ({"COLORFGBG": "0;15"}, False, "autotui-light"),
        ({"COLORFGBG": "0;default;7"}, False, "autotui-light"),
        ({"COLORFGBG": "7;default"}, False, "autotui-dark"),
        ({"COLORFGBG": "garbage;99"}, False, "autotui-dark"),
        ({}, True, "ansi-dark"),
        ({"COLORFGBG": "0;15"}, True, "ansi-light"),
    ],
)
def test_the_terminal_says_whether_to_begin_dark_or_light(
    environment: dict[str, str],
    expected: str,
    few_colours: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert themes.first(environment, few_colours=few_colours) == expected


def test_without_colours_bold_and_reverse_stay() -> None:
    painted = Style(color="red", bgcolor="#ff0000", bold=True, reverse=True)

    (bare, plain) = themes.Colourless().apply(
        [Segment("a", painted), Segment("b", None)], Color(0, 0, 0)
    )

    assert bare == Segment("a", Style(bold=True, reverse=True))
    assert plain == Segment("b", None)
