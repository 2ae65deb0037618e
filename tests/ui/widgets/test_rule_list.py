"""The list of rules: its lines at any width."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.ui.cells import measure
from autotui.ui.render import Looks
from autotui.ui.widgets.rule_list import RuleLine, told
from ui.stage import HOSTILE

WORDS = st.text(max_size=80) | st.sampled_from(HOSTILE)
LINES = st.builds(
    RuleLine,
    st.integers(),
    st.sampled_from(("on", "off", "!", "new")),
    WORDS,
    WORDS,
    st.none() | st.integers(0, 10**6),
)


@given(LINES, st.integers(50, 220))
def test_a_line_is_as_wide_as_the_list(line: RuleLine, width: int) -> None:
    text = "".join(part for part, _ in told(line, width, Looks()))

    assert measure(text) == width
    assert not any(category(each) in {"Cc", "Cs"} for each in text)


@pytest.mark.parametrize(("state", "style"), [("on", ""), ("!", "alarm")])
def test_a_rule_that_cannot_be_run_is_marked_by_a_sign_as_well(
    state: str, style: str
) -> None:
    first, *_ = told(RuleLine(1, state, "axles", "title:axle: star", 12), 80, Looks())

    assert first == (f"{state:<5}", style)
