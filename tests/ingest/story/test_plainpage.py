import time
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from autotui import clean
from autotui.ingest.story import plainpage
from autotui.ingest.story.plainpage import Plain

TITLE = "Two makers build one drive unit together"
DEK = "The electric motor stays, the gears are new, and the bill is shared."
FIRST = (
    "Two makers of cars said on Monday that they would build one electric drive unit, "
    "with gears of their own and a motor that both of them have used for years."
)
SECOND = (
    "The unit will be built in two plants, and neither of them is a new one, they said."
)
THIRD = "Production is to begin in the spring, at first with two shifts and forty people."
BIO = (
    "Ada Byron has written about motors and gears since 2009 and owns three of the former."
)


def read(*lines: str, title: str = "") -> Plain:
    return plainpage.read("\n".join(lines), title)


def texts(plain: Plain) -> list[str]:
    return [block.text for block in plain.blocks if block.kind != "image"]


def test_title_and_dek_stand_above_the_first_paragraph() -> None:
    plain = read("Outlet", "Cars", TITLE, DEK, "By Ada Byron", FIRST, SECOND)
    assert (plain.title, plain.dek, plain.authors) == (TITLE, DEK, ("Ada Byron",))
    assert texts(plain) == [FIRST, SECOND]


def test_the_known_title_decides_which_line_is_the_title() -> None:
    motto = "Electric drive news for people who build gears"
    plain = read(motto, TITLE, FIRST, SECOND, title=TITLE)
    assert plain.title == TITLE


def test_a_text_without_a_headline_loses_nothing() -> None:
    assert texts(read(FIRST, SECOND)) == [FIRST, SECOND]
    assert texts(read("one", "two words", "three")) == ["one", "two words", "three"]


def test_the_time_of_the_last_change_is_read_and_left_out() -> None:
    stamp = "Article updated on June 5, 2019 at 9:34 AM PDT"
    plain = read(TITLE, FIRST, SECOND, stamp)
    assert plain.updated_at == datetime(2019, 6, 5, 16, 34, tzinfo=UTC)
    assert texts(plain) == [FIRST, SECOND]


def test_a_picture_is_known_by_its_alt_twice() -> None:
    plain = read(
        *(TITLE, FIRST, "A grey box", "Enlarge Image", "A grey box"),
        *("The unit on its stand in the hall.", "Photo: Ada Byron", SECOND),
    )
    (picture,) = (block for block in plain.blocks if block.kind == "image")
    assert picture.text == "The unit on its stand in the hall."
    assert (picture.alt, picture.credit) == ("A grey box", "Ada Byron")
    assert texts(plain) == [FIRST, SECOND]


def test_galleries_and_their_titles_are_left_out() -> None:
    plain = read(TITLE, FIRST, "The unit from every side", "See all photos", SECOND)
    assert texts(plain) == [FIRST, SECOND]


def test_who_wrote_it_comes_twice_and_is_left_out() -> None:
    plain = read(TITLE, "Ada Byron", BIO, "See full bio", FIRST, SECOND, "Ada Byron", BIO)
    assert texts(plain) == [FIRST, SECOND]
    assert plain.authors == ("Ada Byron",)


def test_a_sentence_that_is_lifted_out_comes_once() -> None:
    assert texts(read(TITLE, FIRST, SECOND, FIRST)) == [FIRST, SECOND]


def test_digits_that_roll_are_left_out_wherever_they_stand() -> None:
    plain = read(TITLE, FIRST, *"0123456789", "1,234", "Years of driving", SECOND)
    assert texts(plain) == [FIRST, SECOND]


def test_digits_that_roll_to_a_number_are_left_out_with_their_label() -> None:
    rolling = [str(digit) for digit in range(10)]
    box = ["Why You Can Trust Outlet", *rolling, "+", "Years of Experience", "Our Experts"]
    plain = read(
        TITLE, *box, "We have driven every car ourselves, and twice.", FIRST, SECOND
    )
    assert texts(plain) == [FIRST, SECOND]


def test_what_follows_the_last_sentence_is_left_out() -> None:
    plain = read(TITLE, FIRST, SECOND, "More From Outlet", "Another story", "Sitemap")
    assert texts(plain) == [FIRST, SECOND]


def test_headings_and_items_are_told_from_paragraphs() -> None:
    plain = read(TITLE, FIRST, "What it costs", SECOND, "1. a motor", "• a gear", THIRD)
    kinds = [block.kind for block in plain.blocks]
    assert kinds == ["paragraph", "heading", "paragraph", "item", "item", "paragraph"]
    assert plain.blocks[3].number == 1


@given(
    st.lists(st.one_of(st.text(max_size=80), st.sampled_from([FIRST, BIO, "3", "Enlarge"])))
)
def test_whatever_the_lines_are_the_story_is_clean(lines: list[str]) -> None:
    plain = read(*lines)
    for block in plain.blocks:
        for string in (block.text, block.alt, block.credit):
            assert clean.text(string) == string


def test_time_grows_with_the_number_of_lines() -> None:
    began = time.process_time()
    read(*["x", "Enlarge Image", "x", FIRST] * 50_000)
    assert time.process_time() - began < 5
