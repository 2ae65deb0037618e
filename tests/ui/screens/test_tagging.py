"""The tags that the tag dialog offers by what was learned of them."""

import asyncio

import pytest

from autotui import query
from autotui.judging import Suggestion
from autotui.library import Library
from autotui.model import Article
from autotui.ui.screens.tagging import TagScreen
from ui.screens.reader import Open, Reader


@pytest.fixture
async def taught(judged: Library) -> Library:
    """Ten units with two tags; the newest has none."""
    ids = (await judged.listing(query.parse("title:unit"))).ids
    await judged.tag(ids[1:11], ["units", "series/new"])
    return judged


def offer(reader: Reader) -> str:
    """The line of what is offered, if it is there."""
    return "\n".join(line for line in reader.lines if "Suggested: " in line)


async def test_tags_are_offered_with_their_scores_above_the_line(
    taught: Library, start: Open
) -> None:
    async with start(taught, (80, 24)) as reader:
        (first, second) = await taught.judging.fitting(reader.at_hand)
        await reader.press("t")

        for each in (first, second):
            assert f"#{each.tag} {round(100 * each.score)}%" in offer(reader)
        assert "Tab takes the first" in offer(reader)
        rows = [row for row, line in enumerate(reader.lines) if "Suggested: " in line]
        names = [
            row for row, line in enumerate(reader.lines) if "names with spaces" in line
        ]
        assert rows < names


async def test_tab_takes_one_after_the_other_and_enter_keeps_them(
    taught: Library, start: Open
) -> None:
    async with start(taught) as reader:
        first, second = (each.tag for each in await taught.judging.fitting(reader.at_hand))
        await reader.press("t", "tab")
        assert f"#{first} " not in offer(reader)
        assert f"#{second} " in offer(reader)
        assert reader.at_hand.tags == ()
        await reader.press("tab")
        assert offer(reader) == ""
        await reader.press("tab", "enter")

        assert reader.at_hand.tags == tuple(sorted((first, second)))


async def test_nothing_is_tagged_that_the_reader_did_not_take(
    taught: Library, start: Open
) -> None:
    async with start(taught) as reader:
        await reader.press("t", "enter", "t", "tab", "escape")

        assert reader.at_hand.tags == ()


async def test_tab_completes_a_name_that_is_begun_whatever_is_offered(
    taught: Library, start: Open
) -> None:
    async with start(taught) as reader:
        await reader.press("t")
        await reader.type("ev-d")
        await reader.press("tab", "enter")

        assert reader.at_hand.tags == ("ev-drivetrain",)


async def test_a_tag_that_is_typed_is_offered_no_more(taught: Library, start: Open) -> None:
    async with start(taught) as reader:
        await reader.press("t")
        await reader.type("#Units ")

        assert "#units " not in offer(reader)
        assert "#series/new " in offer(reader)


async def test_a_story_that_fits_no_tag_is_offered_none(
    taught: Library, start: Open
) -> None:
    async with start(taught) as reader:
        await reader.press("G", "t")
        assert reader.at_hand.title == "Mayor opens bridge 0"

        assert offer(reader) == ""


async def test_what_comes_late_is_offered_in_the_dialog_that_asked(
    taught: Library, start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start(taught) as reader:
        # Given tags that take long to be found, those of a bridge longer still
        gate, last, fitting = asyncio.Event(), asyncio.Event(), taught.judging.fitting

        async def slow(article: Article) -> tuple[Suggestion, ...]:
            await (last if "bridge" in article.title else gate).wait()
            return await fitting(article)

        monkeypatch.setattr(taught.judging, "fitting", slow)
        # When the dialog is left, and opened on a story that none of them fits
        await reader.pilot.press("t")
        await reader.until(lambda: isinstance(reader.screen, TagScreen))
        await reader.pilot.press("escape", "G", "t")
        await reader.until(lambda: isinstance(reader.screen, TagScreen))
        await reader.pilot.press("x")
        gate.set()
        for _ in range(20):
            await reader.pilot.pause()
            # Then nothing of the first is offered there, and what was typed stays
            assert offer(reader) == ""
        last.set()
        await reader.press("enter")
        assert reader.at_hand.tags == ("x",)


async def test_keys_that_come_before_the_offer_are_typed_as_ever(
    taught: Library, start: Open
) -> None:
    async with start(taught) as reader:
        await reader.burst("t", "u", "n", "i", "enter")

        assert reader.at_hand.tags == ("uni",)
