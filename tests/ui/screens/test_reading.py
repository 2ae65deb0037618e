"""Moving among stories: what marks a story read, and what only looks at it."""

import pytest

from autotui.library import Library
from support import feeds
from support.web import Page, Web
from ui.screens.reader import Open, Reader


def read(reader: Reader) -> list[str]:
    known = reader.main.listing.articles.values()
    return sorted(article.title for article in known if article.read)


async def test_looking_at_stories_marks_none_of_them_read(reader: Reader) -> None:
    await reader.press("j", "j", "G", "k", "l", "h", "h", "l")

    assert read(reader) == []


async def test_the_text_follows_the_cursor(reader: Reader) -> None:
    await reader.press("j")

    assert reader.main.story is not None
    assert reader.main.story.article.title == "Volt 28"
    assert "Volt 28" in reader.lines[16]


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_reading_marks_the_story_at_hand(reader: Reader, key: str) -> None:
    await reader.press("j", key)

    assert read(reader) == ["Volt 28"]
    assert (await reader.library.counts()).unread == 32


async def test_n_and_p_mark_the_story_that_they_go_to(reader: Reader) -> None:
    await reader.press("n", "n", "p")

    assert read(reader) == ["Volt 27", "Volt 28", "Volt 29"]
    assert reader.at_hand.title == "Volt 29"


async def test_p_says_when_there_is_none_before(reader: Reader) -> None:
    await reader.press("p")

    assert reader.notes == ["No unread story is before this one."]


async def test_n_comes_round_to_stories_above_before_it_leaves_the_view(
    reader: Reader,
) -> None:
    await reader.go_to("Axle Atom")
    await reader.press("G", "n")

    assert reader.at_hand.title == "Axle 2"
    assert reader.list_title == "Axle Atom · 3"


async def test_n_goes_on_in_all_stories_when_the_view_is_read(reader: Reader) -> None:
    await reader.go_to("Axle Atom")
    await reader.press("n", "n", "n")
    assert (await reader.library.counts()).unread == 30

    await reader.press("n")

    assert reader.at_hand.title == "Volt 29"
    assert reader.list_title == "All · 33"
    assert reader.main.feed_list.current == reader.main.rows[0]


async def test_where_nothing_is_unread_n_says_so_and_the_view_stays(
    reader: Reader,
) -> None:
    await reader.library.mark(reader.main.listing.ids, "read", on=True)
    await reader.go_to("Axle Atom")

    await reader.press("n")

    assert reader.notes == ["No unread story is left."]
    assert reader.list_title == "Axle Atom · 3"


async def test_n_pressed_three_times_at_once_goes_three_stories_on(
    reader: Reader,
) -> None:
    await reader.burst("n", "n", "n")

    assert reader.at_hand.title == "Volt 26"
    assert read(reader) == ["Volt 26", "Volt 27", "Volt 28"]


async def test_space_pages_to_the_end_and_then_opens_the_next_unread(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, (80, 24)) as reader:
        await reader.press("space")
        assert reader.main.front == "text"
        assert not reader.main.text.at_start
        while not reader.main.text.at_end:
            await reader.press("space")
        assert reader.at_hand.title == "Volt 29"

        await reader.press("space")

        assert reader.at_hand.title == "Volt 28"
        assert reader.main.text.at_start
        assert read(reader) == ["Volt 28", "Volt 29"]


async def test_space_held_down_skips_no_page(stocked: Library, start: Open) -> None:
    async with start(stocked, (80, 24)) as reader:
        await reader.press(*["space"] * 8)
        slowly = reader.at_hand.title, reader.main.text.scroll_offset

    await stocked.mark(reader.main.listing.ids, "read", on=False)
    await stocked.remember("places", "")
    async with start(stocked, (80, 24)) as reader:
        await reader.burst(*["space"] * 8)

        assert (reader.at_hand.title, reader.main.text.scroll_offset) == slowly


async def test_space_right_after_j_pages_the_story_that_j_went_to(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, (80, 24)) as reader:
        await reader.burst("j", "space")

        assert reader.main.story is not None
        assert reader.main.story.article.title == "Volt 28"
        assert not reader.main.text.at_start
        assert read(reader) == ["Volt 28"]


async def test_backspace_pages_back_and_then_to_the_story_before(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, (80, 24)) as reader:
        await reader.press("n", "space")
        assert not reader.main.text.at_start

        await reader.press("backspace")
        assert reader.main.text.at_start
        assert reader.at_hand.title == "Volt 28"

        await reader.press("backspace")
        assert reader.at_hand.title == "Volt 29"


async def test_keys_that_come_before_a_row_is_listed_wait_for_it(reader: Reader) -> None:
    # Given the cursor on All, in the feed list
    await reader.press("h")
    # When the reader goes to the last feed and stars its first story in one go
    await reader.burst("G", "l", "s")

    assert reader.list_title == "Axle Atom · 3"
    starred = [one.title for one in reader.main.listing.articles.values() if one.starred]
    assert starred == ["Axle 2"]
    assert (await reader.library.counts()).starred == 1


async def test_a_key_at_a_story_that_is_not_loaded_yet_is_not_lost(
    library: Library, web: Web, start: Open
) -> None:
    many = [(f"m{n}", f"Many {n}") for n in range(900)]
    web["/many"] = Page(feeds.rss("Many", many, "short"))
    await library.subscribe(web.url("/many"))
    async with start(library) as reader:
        await reader.burst("G", "s")

        assert reader.at_hand.title == "Many 0"
        assert reader.at_hand.starred
        assert reader.list_title == "All · 900"


async def test_keys_before_the_first_paint_do_not_hinder_the_start(
    stocked: Library, start: Open
) -> None:
    async with start(stocked) as reader:
        reader.main._begun = False
        reader.main.rows = ()
        reader.main.reload()
        await reader.burst("2")

        assert reader.list_title == "All · unread · 33"
        assert "Axle Atom" in reader.rows


async def test_a_read_story_stays_in_an_unread_view_until_the_view_is_left(
    reader: Reader,
) -> None:
    await reader.press("2", "n", "n", "m", "s", "u")
    assert reader.list_title == "All · unread · 33"
    assert read(reader) == ["Volt 28"]

    reader.main.reload()
    await reader.settle()
    assert reader.titles[:3] == ["Volt 29", "Volt 28", "Volt 27"]

    await reader.press("2")
    assert reader.titles[:2] == ["Volt 29", "Volt 27"]
    assert reader.list_title == "All · unread · 32"


async def test_a_story_stays_in_the_starred_view_when_its_star_is_taken(
    reader: Reader,
) -> None:
    await reader.press("s", "j", "s", "3", "s")
    reader.main.reload()
    await reader.settle()

    assert reader.titles == ["Volt 29", "Volt 28"]
    assert not reader.at_hand.starred
    await reader.press("1", "3")
    assert reader.titles == ["Volt 28"]


async def test_a_click_goes_to_a_story_and_a_second_reads_it(reader: Reader) -> None:
    await reader.pilot.click("#articles", offset=(10, 3))
    await reader.settle()
    assert reader.at_hand.title == "Volt 27"
    assert read(reader) == []

    await reader.pilot.click("#articles", offset=(10, 3))
    await reader.settle()
    assert read(reader) == ["Volt 27"]
    assert reader.main.front == "text"


async def test_a_click_on_a_row_lists_its_stories(reader: Reader) -> None:
    await reader.pilot.click("#feeds", offset=(5, 10))
    await reader.settle()

    assert reader.list_title == "Axle Atom · 3"
    assert reader.main.front == "feeds"
