"""Names of files from titles that strangers wrote."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.forms import filenames
from autotui.model import Article

DAY = datetime(2019, 6, 5, 23, tzinfo=UTC)


def named(title: str, number: int = 7) -> str:
    return filenames.of(Article(number, 1, "Outlet", title, "", DAY), ".md")


@given(st.text(max_size=400))
def test_whatever_the_title_the_name_is_one_of_a_file_in_its_folder(title: str) -> None:
    name = named(title)
    stem = name.removesuffix(".md")
    assert len(name.encode()) < 200
    assert stem.replace("-", "").isalnum()
    assert stem.startswith("2019-06-05-")
    assert stem.endswith("-7")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A new inverter: 800 V!", "2019-06-05-a-new-inverter-800-v-7.md"),
        ("../../etc/passwd", "2019-06-05-etc-passwd-7.md"),
        ("CON", "2019-06-05-con-7.md"),
        ("e\u0301lan", "2019-06-05-\xe9lan-7.md"),
        ("…", "2019-06-05-7.md"),
    ],
)
def test_a_name_is_made_of_day_words_and_id(title: str, name: str) -> None:
    assert named(title) == name


def test_two_stories_with_one_title_have_two_files() -> None:
    assert named("Motor", 1).casefold() != named("MOTOR", 2).casefold()
