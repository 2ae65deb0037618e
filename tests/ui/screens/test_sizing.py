"""Panes made larger and smaller by key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.library import Library
from autotui.ui.screens import sizing
from ui.screens.reader import Open, Reader

WIDER, NARROWER, RESET = "greater_than_sign", "less_than_sign", "equals_sign"
WIDE, NORMAL, COMPACT = (200, 60), (120, 40), (80, 24)


def size(reader: Reader, name: str) -> tuple[int, int]:
    box = reader.main.query_one(f"#{name}").outer_size
    return box.width, box.height


@pytest.mark.parametrize("terminal", [WIDE, NORMAL, COMPACT])
async def test_the_feeds_grow_and_shrink_by_two_columns_and_the_text_gives_them(
    stocked: Library, start: Open, terminal: tuple[int, int]
) -> None:
    async with start(stocked, terminal) as reader:
        (feeds, height), (text, _) = size(reader, "feeds"), size(reader, "text")
        await reader.press("h", WIDER, WIDER)
        assert size(reader, "feeds") == (feeds + 4, height)
        assert size(reader, "text")[0] == text - 4

        await reader.press(NARROWER)
        assert size(reader, "feeds") == (feeds + 2, height)

        await reader.press(RESET)
        assert size(reader, "feeds") == (feeds, height)


async def test_where_list_and_text_are_stacked_they_share_the_rows(reader: Reader) -> None:
    (width, rows), (_, text) = size(reader, "articles"), size(reader, "text")

    await reader.press(WIDER)
    assert size(reader, "articles") == (width, rows + 2)
    assert size(reader, "text")[1] == text - 2

    await reader.press("l", WIDER, WIDER)
    assert size(reader, "articles") == (width, rows - 2)


async def test_where_they_are_side_by_side_they_share_the_columns(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, WIDE) as reader:
        (width, rows), (text, _) = size(reader, "articles"), size(reader, "text")

        await reader.press("l", WIDER)

        assert size(reader, "articles") == (width - 2, rows)
        assert size(reader, "text")[0] == text + 2


@pytest.mark.parametrize("terminal", [WIDE, NORMAL, COMPACT])
@pytest.mark.parametrize("pane", ["feeds", "articles", "metadata"])
@pytest.mark.parametrize("key", [WIDER, NARROWER])
async def test_no_pane_becomes_too_small_to_be_read(
    stocked: Library, start: Open, terminal: tuple[int, int], pane: str, key: str
) -> None:
    async with start(stocked, terminal) as reader:
        if terminal == COMPACT and pane == "metadata":
            await reader.press("i")
        reader.main.go_to_pane(pane)

        await reader.burst(*[key] * 90)

        for name in ("feeds", "articles", "text", "metadata"):
            if reader.main.can_show(name):
                columns, rows = size(reader, name)
                assert columns >= 16, name
                assert rows >= 5, name
        assert size(reader, "text")[0] >= 30
        assert "cannot share the room" in reader.notes[-1]


async def test_keys_faster_than_the_layout_all_count(reader: Reader) -> None:
    columns, rows = size(reader, "feeds")
    await reader.press("h")

    await reader.burst(WIDER, WIDER, WIDER, WIDER, NARROWER)

    assert size(reader, "feeds") == (columns + 6, rows)


async def test_sizes_are_kept_for_each_arrangement_and_over_a_restart(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, NORMAL) as reader:
        await reader.press("h", WIDER, WIDER)
        columns, _ = size(reader, "feeds")
        await reader.pilot.resize_terminal(*COMPACT)
        await reader.settle()
        assert size(reader, "feeds")[0] == 22

    async with start(stocked, NORMAL) as reader:
        assert size(reader, "feeds")[0] == columns == 30
        await reader.press(RESET)

    async with start(stocked, NORMAL) as reader:
        assert size(reader, "feeds")[0] == 26


async def test_sizes_of_a_large_terminal_leave_room_for_the_text_in_a_smaller_one(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, (159, 60)) as reader:
        for pane in ("feeds", "metadata", "articles"):
            reader.main.go_to_pane(pane)
            await reader.burst(*[WIDER] * 50)
        assert size(reader, "text")[0] >= 30

        await reader.pilot.resize_terminal(100, 24)
        await reader.settle()

        columns, rows = size(reader, "text")
        assert columns >= 18
        assert rows >= 5


@pytest.mark.parametrize("terminal", [(79, 40), (120, 20)])
async def test_where_one_pane_fills_the_screen_nothing_is_shared_out(
    stocked: Library, start: Open, terminal: tuple[int, int]
) -> None:
    async with start(stocked, terminal) as reader:
        await reader.press(WIDER)

        assert reader.notes == ["One pane fills the screen here; no room is shared."]
        assert await reader.library.recall("panes") == ""


@pytest.mark.parametrize(
    "remembered",
    ["{", "[]", '{"-normal feeds": "wide"}', '{"-normal feeds": 1000}', "\x00"],
)
async def test_what_cannot_be_read_of_the_sizes_is_nothing(
    stocked: Library, start: Open, remembered: str
) -> None:
    await stocked.remember("panes", remembered)

    async with start(stocked, NORMAL) as reader:
        assert size(reader, "feeds")[0] == 26


@given(st.text() | st.recursive(st.integers() | st.text(), st.lists).map(str))
def test_reading_sizes_never_fails(remembered: str) -> None:
    for share in sizing._read(remembered).values():
        assert 0 < share < 1_000
