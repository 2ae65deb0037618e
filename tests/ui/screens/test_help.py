"""The help: what works here first, the rest below, all of it found by typing."""

from dataclasses import replace

import pytest

from autotui.config import Config, Ui
from autotui.library import Library
from autotui.ui.screens.help import HelpScreen
from ui.screens.reader import Open, Reader

NOTHING = "There is nothing for these to act on now:"


def shown(reader: Reader) -> str:
    assert isinstance(reader.screen, HelpScreen)
    return str(reader.screen.query_one("#keys").render())


async def test_what_works_here_stands_first(reader: Reader) -> None:
    await reader.press("question_mark")

    here, _, elsewhere = shown(reader).partition(NOTHING)
    assert "Next unread / match" in here
    assert "Star" in here
    assert "Remove all tags" in elsewhere
    assert "Remove all tags" not in here


async def test_what_makes_no_sense_before_there_is_a_feed_stands_below(
    library: Library, start: Open
) -> None:
    async with start(library) as reader:
        await reader.press("escape", "question_mark")

        here, _, elsewhere = shown(reader).partition(NOTHING)
        for action in ("Add a feed", "Choose a theme", "Make the pane smaller"):
            assert action in here
        for action in ("Next unread / match", "Star", "Delete the feed"):
            assert action in elsewhere


async def test_in_a_small_terminal_no_pane_can_be_made_larger(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, (70, 20)) as reader:
        await reader.press("question_mark")

        assert "Make the pane larger" in shown(reader).partition(NOTHING)[2]


async def test_typing_finds_actions_of_both_kinds_by_key_words_and_id(
    reader: Reader,
) -> None:
    await reader.press("question_mark")
    every = shown(reader).count("\n")

    await reader.type("tags")
    assert "Remove all tags" in shown(reader).partition(NOTHING)[2]
    assert 0 < shown(reader).count("\n") < every

    await reader.press("ctrl+u")
    await reader.type("remove-tags")
    assert shown(reader).startswith(NOTHING)

    await reader.press("ctrl+u")
    await reader.type("ctrl-d")
    assert "Half a page down" in shown(reader)
    assert NOTHING not in shown(reader)


async def test_in_ascii_the_arrows_are_words(
    stocked: Library, start: Open, settings: Config
) -> None:
    async with start(stocked, settings=replace(settings, ui=Ui(ascii=True))) as reader:
        await reader.press("question_mark")

        assert "j Down" in shown(reader)
        assert shown(reader).isascii()


@pytest.mark.parametrize("keys", ["question_mark", "t", "a", "comma", ":", "d"])
async def test_in_ascii_no_frame_and_no_bar_is_drawn_with_other_characters(
    stocked: Library, start: Open, settings: Config, keys: str
) -> None:
    async with start(stocked, settings=replace(settings, ui=Ui(ascii=True))) as reader:
        await reader.press("colon" if keys == ":" else keys)

        # What sentences are made of is no frame.
        letters = set(reader.text) - {"·", "…", "\xa0"}
        assert not {each for each in letters if not each.isascii()}
