"""What was drawn goes when it is gone, and the collector works while nobody types."""

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest
from textual.strip import Strip
from textual.widget import Widget

from ui.screens.reader import Reader


@pytest.fixture
def left_over() -> Iterator[list[object]]:
    """What only a collection frees, from here on."""
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    yield gc.garbage
    gc.set_debug(0)
    gc.garbage.clear()
    gc.enable()


@pytest.mark.parametrize("key", ["j", "space", "G", "2"])
async def test_a_key_leaves_no_drawn_line_to_the_collector(
    reader: Reader, left_over: list[object], key: str
) -> None:
    gc.collect()
    left_over.clear()

    await reader.press(key, key)

    gc.collect()
    assert not [one for one in left_over if isinstance(one, Strip)]


@pytest.mark.parametrize("key", ["question_mark", "H", "comma", "W", "t", "slash"])
async def test_a_dialog_that_was_left_keeps_no_drawn_lines(
    reader: Reader, key: str
) -> None:
    await reader.press(key)
    drawn = [weakref.ref(one._styles_cache) for one in reader.screen.walk_children(Widget)]
    assert drawn

    await reader.press("escape")

    gc.collect()
    assert not [one for one in drawn if one() is not None]


async def test_all_garbage_is_collected_in_a_pause_after_keys(reader: Reader) -> None:
    collected = asyncio.Event()

    def note(phase: str, told: dict[str, int]) -> None:
        if phase == "stop" and told["generation"] == 2:
            collected.set()

    # Given a key after which there is garbage
    await reader.press("j")
    for _ in range(5):
        gc.collect(0)
    gc.callbacks.append(note)

    # When no other comes, then all is collected
    async with asyncio.timeout(60):
        await collected.wait()
    gc.callbacks.remove(note)
