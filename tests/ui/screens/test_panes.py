"""Panes: where they are, which has the focus, how one leaves them."""

import pytest

from autotui.library import Library
from ui.screens.reader import Open, Reader

NAMES = ("feeds", "articles", "text", "metadata")


def in_sight(reader: Reader) -> list[str]:
    panes = ((name, reader.main.query_one(f"#{name}")) for name in NAMES)
    return [name for name, pane in panes if pane.display and pane.region.area]


@pytest.mark.parametrize("size", [(79, 40), (120, 23), (20, 5)])
async def test_a_small_terminal_shows_one_pane_at_a_time(
    stocked: Library, start: Open, size: tuple[int, int]
) -> None:
    async with start(stocked, size) as reader:
        assert in_sight(reader) == ["articles"]
        for key, pane in (("l", "text"), ("tab", "metadata"), ("tab", "feeds")):
            await reader.press(key)
            assert in_sight(reader) == [pane]
            assert reader.main.front == pane
        await reader.press("enter", "enter")
        assert in_sight(reader) == ["text"]
        await reader.press("q")
        assert in_sight(reader) == ["articles"]


async def test_space_opens_a_story_in_a_small_terminal_at_its_start(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, (70, 20)) as reader:
        await reader.press("space")

        assert in_sight(reader) == ["text"]
        assert reader.at_hand.title == "Volt 29"
        assert reader.main.text.at_start
        assert reader.at_hand.read


async def test_panes_unfold_when_the_terminal_grows(stocked: Library, start: Open) -> None:
    async with start(stocked, (70, 20)) as reader:
        await reader.press("enter")

        await reader.pilot.resize_terminal(80, 24)
        await reader.settle()
        assert in_sight(reader) == ["feeds", "articles", "text"]
        assert reader.main.front == "text"

        await reader.pilot.resize_terminal(120, 40)
        await reader.settle()
        assert in_sight(reader) == [*NAMES]


async def test_the_place_in_a_story_survives_a_resize(reader: Reader) -> None:
    await reader.press("enter", "j", "j", "j")
    place = reader.main.text.place

    for size in ((70, 20), (80, 24), (160, 26), (120, 40)):
        await reader.pilot.resize_terminal(*size)
        await reader.settle()

    assert reader.main.text.place == place
    assert reader.at_hand.title == "Volt 29"


async def test_i_hides_and_shows_metadata_where_there_is_room(reader: Reader) -> None:
    await reader.press("l", "l")
    assert reader.main.front == "metadata"

    await reader.press("i")
    assert in_sight(reader) == ["feeds", "articles", "text"]
    assert reader.main.front == "articles"

    await reader.press("i")
    assert in_sight(reader) == [*NAMES]


async def test_i_puts_metadata_in_the_place_of_the_feeds_at_80_columns(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, (80, 24)) as reader:
        await reader.press("h", "i")
        assert in_sight(reader) == ["articles", "text", "metadata"]
        assert reader.main.front == "articles"

        await reader.press("i")
        assert in_sight(reader) == ["feeds", "articles", "text"]


async def test_i_goes_to_metadata_and_back_where_panes_are_folded(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, (70, 20)) as reader:
        await reader.press("i")
        assert in_sight(reader) == ["metadata"]

        await reader.press("i")
        assert in_sight(reader) == ["text"]


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24), (70, 20)])
async def test_zen_shows_the_text_alone_in_every_layout(
    stocked: Library, start: Open, size: tuple[int, int]
) -> None:
    async with start(stocked, size) as reader:
        await reader.press("z")
        assert in_sight(reader) == ["text"]
        await reader.press("n", "h", "tab")
        assert in_sight(reader) == ["text"]
        assert reader.at_hand.title == "Volt 28"

        await reader.press("q")
        assert reader.main.front == "text"
        assert not reader.main.has_class("zen")

        await reader.press("z", "z")
        assert "text" in in_sight(reader)


async def test_i_in_zen_ends_zen(reader: Reader) -> None:
    await reader.press("z", "i", "i")

    assert in_sight(reader) == [*NAMES]


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_back_goes_to_the_stories_the_feeds_and_out(reader: Reader, key: str) -> None:
    await reader.press("l", "l")
    for pane in ("articles", "feeds"):
        await reader.press(key)
        assert reader.main.front == pane
        assert not reader.app._exit

    await reader.press(key)
    assert reader.app._exit


async def test_back_goes_out_from_the_stories_where_feeds_cannot_be_shown(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, (80, 24)) as reader:
        await reader.press("i", "q")

        assert reader.app._exit


async def test_arrows_stop_at_the_last_pane_and_tab_goes_round(reader: Reader) -> None:
    await reader.press("right", "right", "right")
    assert reader.main.front == "metadata"
    await reader.press("tab")
    assert reader.main.front == "feeds"
    await reader.press("left")
    assert reader.main.front == "feeds"
    await reader.press("shift+tab")
    assert reader.main.front == "metadata"


async def test_the_last_line_offers_what_the_pane_can_do(reader: Reader) -> None:
    offered = {}
    for name in ("articles", "text", "metadata", "feeds"):
        reader.main.go_to_pane(name)
        await reader.settle()
        offered[name] = reader.lines[-1]

    assert (
        "Enter Stories  r Ask  a Add  E Edit  M Move  d Delete  ? Help" in offered["feeds"]
    )
    assert "Enter Read  n Next" in offered["articles"]
    assert "q Back" in offered["text"]
    assert "z Zen" in offered["text"]
    assert "i Hide" in offered["metadata"]
    assert all("? Help" in line for line in offered.values())


async def test_at_80_columns_help_is_still_offered_everywhere(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, (80, 24)) as reader:
        for key in ("h", "l", "l", "i", "l"):
            await reader.press(key)
            assert "? Help" in reader.lines[-1]
