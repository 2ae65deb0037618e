"""What may be changed of a feed, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui import edits
from autotui.clean import line
from autotui.edits import Edit
from autotui.errors import UnknownError


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (Edit(minutes=4), "5 to 10,080 minutes"),
        (Edit(minutes=10_081), "minutes"),
        (Edit(keep_days=-1), "days"),
        (Edit(keep_days=40_000), "days"),
        (Edit(url="ftp://a.example/"), "https"),
        (Edit(url=""), "https"),
        (Edit(selectors=("a",) * 21), "20 selectors"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(edit: Edit, told: str) -> None:
    with pytest.raises(UnknownError, match=told):
        edits.checked(edit)


def test_none_and_nothing_are_no_limits() -> None:
    edit = Edit(minutes=0, keep_days=0, title="", folder="", selectors=())
    assert edits.checked(edit) == edit
    assert edits.checked(Edit()) == Edit()


def test_a_folder_has_one_slash_between_its_levels() -> None:
    assert edits.in_levels(" /Cars / /EV/ ") == "Cars/EV"
    assert edits.in_levels("//") == ""


@given(st.text(), st.text(), st.lists(st.text(), max_size=9))
def test_whatever_is_typed_is_clean_text(
    title: str, folder: str, selectors: list[str]
) -> None:
    edit = edits.checked(Edit(title=title, folder=folder, selectors=tuple(selectors)))

    for text in (edit.title or "", edit.folder or "", *(edit.selectors or ())):
        assert line(text, 2_000) == text


@given(st.text() | st.integers().map(str))
def test_a_number_is_read_or_refused(text: str) -> None:
    try:
        number = edits.number(text)
    except UnknownError:
        return
    assert str(number) == (text.strip().lstrip("0") or "0")
