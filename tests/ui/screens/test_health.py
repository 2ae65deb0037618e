"""The page of how the feeds do: sorted, and what can be done from there."""

import pytest

from autotui.library import Library
from autotui.ui.screens.health import HealthScreen
from support import feeds
from support.web import Page, Web
from ui.screens.reader import Open, Reader


def listed(reader: Reader) -> list[str]:
    """The titles of the page, from top to bottom."""
    page = reader.screen
    assert isinstance(page, HealthScreen)
    return [each.feed.title for each in page.list.feeds]


@pytest.fixture
async def ailing(stocked: Library, web: Web) -> Library:
    """Two feeds that do well, and one that fails."""
    web["/ill"] = feeds.rss("Ill [red]x[/]", [("i", "Old news")])
    feed, _ = await stocked.subscribe(web.url("/ill"))
    web["/ill"] = Page(b"", status=404)
    async for _ in stocked.refresh([feed]):
        pass
    return stocked


async def test_the_page_shows_the_worst_feed_first_and_why(
    ailing: Library, start: Open
) -> None:
    async with start(ailing, (120, 40)) as reader:
        await reader.press("s", "H")

        assert listed(reader)[0] == "Ill [red]x[/]"
        assert "there is nothing at" in reader.lines[2]
        assert "there is nothing at this address (404)" in reader.lines[-2]
        assert "1 Feed" in reader.lines[0]
        assert "3 Newest" in reader.lines[0]
        assert "2024-01-01" in reader.lines[2]
        assert "How the feeds do · 3" in reader.text
        assert "0 Worst first" in reader.lines[-1]


async def test_it_fits_a_small_terminal_and_one_without_glyphs(
    ailing: Library, start: Open
) -> None:
    async with start(ailing, (80, 24)) as reader:
        await reader.press("H", "1")

        assert "3 Newest" not in reader.text
        for name in ("1 Feed▾", "2 Asked", "4 A week", "5 Silent", "6 Read", "7 Tagged"):
            assert name in reader.lines[0]
        heads, row = reader.lines[0], reader.lines[2]
        assert row[heads.index("2 Asked")] != " "
        assert row[heads.index("5 Silent")] != " "


async def test_each_digit_sorts_by_its_column_and_back(
    ailing: Library, start: Open
) -> None:
    async with start(ailing) as reader:
        await reader.press("H", "1")
        assert listed(reader) == ["Axle Atom", "Ill [red]x[/]", "Volt Weekly"]
        await reader.press("1")
        assert listed(reader) == ["Volt Weekly", "Ill [red]x[/]", "Axle Atom"]
        await reader.press("5")
        assert listed(reader) == ["Ill [red]x[/]", "Axle Atom", "Volt Weekly"]
        await reader.press("4")
        assert listed(reader)[0] == "Volt Weekly"
        await reader.press("0", "0")
        assert listed(reader)[0] == "Ill [red]x[/]"
        assert reader.screen.list.cursor == 0  # type: ignore[attr-defined] # a HealthScreen


async def test_keys_typed_before_the_feeds_are_known_hit_the_feed_meant(
    ailing: Library, start: Open
) -> None:
    async with start(ailing) as reader:
        await reader.burst("H", "1", "j", "d", "d", "u", "q")
        assert reader.screen is reader.main
        kept = {one.title for one in await ailing.feeds()}

    assert kept == {"Axle Atom", "Volt Weekly"}


async def test_a_feed_is_muted_and_deleted_there_and_comes_back(
    ailing: Library, start: Open
) -> None:
    async with start(ailing) as reader:
        await reader.press("H", "M")
        assert "Muted Ill [red]x[/]. u takes that back." in reader.notes
        muted = [one.title for one in await ailing.feeds() if one.muted]
        assert muted == ["Ill [red]x[/]"]
        assert "⊘" in reader.lines[2]
        await reader.press("d")
        assert sorted(listed(reader)) == ["Axle Atom", "Volt Weekly"]
        await reader.press("u", "u")
        assert listed(reader)[0] == "Ill [red]x[/]"
        assert not any(one.muted for one in await ailing.feeds())

        await reader.press("q")
        assert "Ill [red]x[/]" in reader.rows


async def test_a_feed_is_asked_there(ailing: Library, start: Open, web: Web) -> None:
    web["/ill"] = Page(feeds.rss("Ill", [("i", "Old news"), ("j", "New news")]))
    async with start(ailing) as reader:
        await reader.press("H", "r")

        assert reader.notes[-1] == "Ill [red]x[/]: 1 new."
        await reader.press("q")
        assert "New news" in reader.titles


async def test_enter_goes_to_the_stories_of_the_feed(ailing: Library, start: Open) -> None:
    async with start(ailing) as reader:
        await reader.press("H", "enter")

        assert reader.screen is reader.main
        assert reader.list_title == "Ill [red]x[/] · 1"


async def test_the_row_of_a_feed_that_was_deleted_there_is_left(
    ailing: Library, start: Open
) -> None:
    async with start(ailing) as reader:
        await reader.go_to("Ill [red]x[/]")
        await reader.press("H", "d", "escape")

        assert reader.list_title == "All · 33"
        await reader.press("u")
        assert reader.list_title == "All · 34"


async def test_without_feeds_the_page_says_so(library: Library, start: Open) -> None:
    async with start(library) as reader:
        await reader.press("escape", "H")

        assert "There is no feed yet." in reader.text
        await reader.press("d", "M", "r", "enter", "q")
        assert reader.screen is reader.main
