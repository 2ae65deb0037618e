"""Text set to a width, slice by slice."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui.ui import sheet as sheets
from autotui.ui.cells import breaks
from autotui.ui.sheet import END, Flow, Sheet, set_to

TEXT = st.text(st.sampled_from("ab \n日本\u0301🚗"), max_size=300)
FLOW = st.builds(
    Flow,
    TEXT,
    first=st.sampled_from(["", "• ", "12. "]),
    rest=st.sampled_from(["", "  "]),
    gap=st.booleans(),
    hard=st.booleans(),
    right=st.booleans(),
)


@given(st.lists(FLOW, max_size=6), st.integers(1, 30), st.integers(1, 400))
def test_slices_give_the_same_lines_as_all_at_once(
    flows: list[Flow], width: int, slice_: int
) -> None:
    once, slowly = set_to(width, flows), Sheet(width, flows)
    rounds = 0
    while not slowly.whole:
        # Given what is set so far
        assert slowly.lines == once.lines[: len(slowly.lines)]
        slowly.go_on(slice_)
        rounds += 1
    # Then at the end it is all
    assert slowly.lines == once.lines
    assert slowly.flows == once.flows
    assert rounds <= 3 + sum(6 * len(flow.text) + 100 for flow in flows)


@settings(deadline=None)
@given(TEXT, st.integers(1, 30), st.booleans(), st.integers(1, 9))
def test_lines_end_where_they_would_if_a_paragraph_were_not_cut(
    text: str,
    width: int,
    hard: bool,  # noqa: FBT001 - hypothesis gives it
    times: int,
) -> None:
    whole = text.replace("\n", " ") * times
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "_STRETCH", 40)
        sheet = set_to(width, [Flow(whole, hard=hard)])

    starts = [start for _, start, _ in sheet.lines]
    assert starts == [0, *breaks(whole, 0, len(whole), width, hard=hard)]


def test_a_place_is_reached_when_its_line_is_set() -> None:
    flows = [Flow("word " * 400, gap=False) for _ in range(4)]
    sheet = Sheet(20, iter(flows))
    assert not sheet.reached((0, -1))
    sheet.go_on(1)
    assert sheet.reached((0, 1000))
    assert not sheet.reached((1, 0))
    assert not sheet.reached(END)
    sheet.go_on(10_000)
    assert sheet.whole
    assert sheet.reached(END)
    assert sheet.line_of(END) == len(sheet.lines) - 1


def test_no_more_is_made_than_is_asked_for() -> None:
    made: list[int] = []

    def flows() -> Iterator[Flow]:
        for number in range(1000):
            made.append(number)
            yield Flow("word " * 50)

    Sheet(40, flows()).go_on(2_000)

    assert len(made) < 20


def test_thousands_of_signs_without_a_cell_are_one_line_soon_set() -> None:
    sheet = set_to(20, [Flow("a" + "\u0301" * 200_000)])

    assert len(sheet.lines) == 1


def test_lines_that_run_to_the_left_end_at_the_right_edge() -> None:
    sheet = set_to(10, [Flow("abc de", first="< ", rest="  ", right=True)])

    assert sheet.text(0) == "<   abc de"
