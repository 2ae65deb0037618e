"""What is listed, under which title, and what is said where nothing is."""

import pytest

from autotui import query
from autotui.errors import StoreError
from autotui.library import Library
from autotui.model import Article
from autotui.ui.screens import sentences
from autotui.ui.sidebar import Row
from support import feeds
from support.web import Page, Web
from ui.screens.reader import Open, Reader

EMPTY = {
    "Unread": "Everything is read. R asks the feeds for news.",
    "Starred": "No story is starred. s stars the story at hand.",
    "Read later": "Nothing to read later. L keeps a story for later.",
    "EV drivetrains": "No story is tagged ev-drivetrain. e tags one.",
    "Suggested": "No suggestion waits for you. R asks the feeds for news.",
}


def flat(reader: Reader) -> str:
    """The text of the list's pane, its lines joined."""
    pane = reader.main.articles.region
    lines = reader.lines[pane.y : pane.bottom]
    return " ".join(" ".join(line[pane.x + 1 : pane.right - 1] for line in lines).split())


def shown(reader: Reader) -> list[Article]:
    """What is listed, in order."""
    known = reader.main.listing.articles
    return [known[each] for each in reader.main.listing.ids]


async def test_a_scope_narrows_every_row_until_it_is_left(reader: Reader) -> None:
    await reader.press("m", "2")
    assert reader.list_title == "All · unread · 32"
    await reader.go_to("Volt Weekly")
    assert reader.list_title == "Volt Weekly · unread · 29"

    await reader.press("3")
    assert reader.list_title == "Volt Weekly · starred · 0"

    await reader.press("1")
    assert reader.list_title == "Volt Weekly · 30"


async def test_a_folder_lists_its_feeds_and_a_tag_its_stories(reader: Reader) -> None:
    await reader.press("e")
    await reader.go_to("Cars")
    assert reader.list_title == "Cars · 30"

    await reader.go_to("ev-drivetrain")
    assert reader.titles == ["Volt 29"]


async def test_rows_are_listed_as_the_cursor_passes(reader: Reader) -> None:
    await reader.press("h", "j")
    assert reader.list_title == "Unread · 33"

    await reader.press("G")
    assert reader.list_title == "Axle Atom · 3"
    assert reader.main.articles.cursor == 0


@pytest.mark.parametrize("label", EMPTY)
async def test_each_empty_view_says_why_and_what_changes_that(
    reader: Reader, label: str
) -> None:
    await reader.library.mark(reader.main.listing.ids, "read", on=True)
    await reader.library.judging.reject(reader.main.listing.ids)

    await reader.go_to(label)

    assert EMPTY[label] in flat(reader)
    assert reader.main.story is None


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("2", "Everything here is read. 1 shows all stories."),
        ("3", "No story here is starred. 1 shows all stories."),
        ("4", "Nothing here is suggested. 1 shows all stories."),
    ],
)
async def test_an_empty_scope_says_which_key_leaves_it(
    reader: Reader, key: str, told: str
) -> None:
    await reader.library.mark(reader.main.listing.ids, "read", on=True)
    await reader.library.judging.reject(reader.main.listing.ids)

    await reader.press(key)

    assert told in flat(reader)


async def test_a_feed_without_stories_says_which_key_asks_it(
    reader: Reader, web: Web
) -> None:
    web["/none"] = Page(b"<rss version='2.0'><channel><title>None</title></channel></rss>")
    await reader.library.subscribe(web.url("/none"))
    reader.main.reload()
    await reader.settle()

    await reader.go_to("None")

    assert "This feed has no stories yet. r asks it, R all that are due." in flat(reader)


def test_a_title_counts_in_thousands_and_only_what_was_counted() -> None:
    row = Row("smart", "All", "")

    assert sentences.title(row, "", 12_345) == "All · 12,345"
    assert sentences.title(row, "is:unread", None) == "All · unread"


async def test_the_first_start_shows_the_welcome_story(
    library: Library, start: Open
) -> None:
    async with start(library) as reader:
        await reader.press("escape")

        assert reader.titles == ["Welcome: news of cars, and what drives them"]
        assert reader.list_title == "All"
        assert "autotui fetches the stories" in reader.text
        assert "P Packs of feeds" in reader.lines[-1]
        assert (await library.counts()).total == 0


async def test_keys_typed_after_a_change_of_scope_mean_the_new_list(
    reader: Reader,
) -> None:
    await reader.press("m")

    await reader.burst("2", "G")
    assert reader.list_title == "All · unread · 32"
    assert reader.main.articles.cursor == 31

    await reader.burst("1", "j", "s", "G", "s", "k", "s")
    starred = [at for at, one in enumerate(shown(reader)) if one.starred]
    assert starred == [1, 31, 32]

    await reader.burst("2", "j", "s", "1", "G")
    assert reader.main.articles.cursor == 32
    assert [at for at, one in enumerate(shown(reader)) if one.starred] == [1, 2, 31, 32]


async def test_keys_typed_after_a_change_of_row_mean_the_new_list(
    reader: Reader,
) -> None:
    await reader.burst("h", "G", "l", "G", "s")

    assert reader.list_title == "Axle Atom · 3"
    assert [one.starred for one in shown(reader)] == [False, False, True]


async def test_keys_typed_for_a_list_that_cannot_be_read_do_nothing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is gone")

    with monkeypatch.context() as patched:
        patched.setattr(reader.library.searching, "listing", fail)
        await reader.burst("2", "s", "j")

    assert reader.notes == ["the disk is gone"]
    assert (await reader.library.counts()).starred == 0
    await reader.press("j")
    assert reader.main.articles.cursor == 1


async def test_a_tag_without_stories_stays_as_long_as_it_is_at_hand(
    reader: Reader,
) -> None:
    await reader.press("j", "e")
    await reader.go_to("ev-drivetrain")
    await reader.press("l", "e")

    assert reader.titles == ["Volt 28"]
    assert reader.main.feed_list.current == reader.main.row
    await reader.press("u")
    assert reader.at_hand.tags == ("ev-drivetrain",)
    await reader.press("e")
    await reader.go_to("Unread")
    assert "ev-drivetrain" not in reader.rows


@pytest.fixture
async def long(library: Library, web: Web) -> Library:
    """Give a list of 300 stories, of which the first screen and a view show 100 first."""
    items = [(f"n{n}", f"Story {n:03}") for n in range(300)]
    web["/long"] = feeds.rss("Long", items, "<p>Text.</p>")
    await library.subscribe(web.url("/long"))
    return library


async def starred(library: Library) -> list[str]:
    ids = (await library.listing(query.parse("is:starred sort:newest"))).ids
    return [each.title for each in await library.articles(ids)]


async def test_keys_that_need_the_whole_list_wait_for_it_and_those_after_them_too(
    long: Library, start: Open
) -> None:
    async with start(long) as reader:
        first, last = reader.at_hand.title, min(await titles(long))
        await reader.burst("2", "G", "s", "g", "j", "s")

        assert first != last
        assert len(await starred(long)) == 2
        assert last in await starred(long)
        assert reader.main.articles.cursor == 1
        assert reader.list_title == "All · unread · 300"


async def test_all_that_is_listed_is_marked_though_the_first_of_it_are_there_alone(
    long: Library, start: Open
) -> None:
    async with start(long) as reader:
        await reader.burst("2", "A")
        await reader.press("y")

        assert (await long.counts()).unread == 0


async def test_the_next_unread_story_is_found_beyond_the_first_of_a_list(
    long: Library, start: Open
) -> None:
    ids = (await long.listing(query.parse(""))).ids
    await long.mark(ids[:250], "read", on=True)
    async with start(long) as reader:
        await reader.burst("3", "1", "n")

        assert reader.main.articles.current_id == ids[250]


async def titles(library: Library) -> list[str]:
    ids = (await library.listing(query.parse(""))).ids
    return [each.title for each in await library.articles(ids)]
