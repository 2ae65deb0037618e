"""Stories open where they were left."""

import json

import pytest

from autotui import query
from autotui.library import Library
from autotui.ui.screens import resuming
from ui.screens.reader import Open, Reader


def top(reader: Reader) -> int:
    return reader.main.text.scroll_offset.y


def title(reader: Reader) -> str:
    found = reader.main.text._border_title
    return found.plain if found else ""


async def test_a_story_that_was_left_in_the_middle_opens_there_again(
    reader: Reader,
) -> None:
    await reader.press("enter", "pagedown", "j")
    left, shown = top(reader), reader.main.text.place
    assert left > 0
    assert title(reader).startswith("Story · ")
    await reader.press("q", "j")
    assert top(reader) == 0
    assert title(reader) == "Story"

    await reader.press("k")
    assert (top(reader), reader.main.text.place) == (left, shown)


@pytest.mark.parametrize("keys", [("G",), ("pagedown", "g")])
async def test_a_story_that_was_read_to_its_end_or_not_begun_opens_at_its_top(
    reader: Reader, keys: tuple[str, ...]
) -> None:
    await reader.press("enter", "pagedown", *keys, "q", "j", "k")

    assert top(reader) == 0


async def test_places_are_kept_over_a_restart(stocked: Library, start: Open) -> None:
    async with start(stocked) as reader:
        await reader.press("j", "enter", "pagedown", "j")
        place = reader.main.text.place
    async with start(stocked) as reader:
        await reader.press("j")
        assert reader.main.text.place == place
        assert top(reader) > 0


async def test_the_first_story_on_screen_opens_where_it_was_left(
    stocked: Library, start: Open
) -> None:
    async with start(stocked) as reader:
        await reader.press("enter", "pagedown")
        place = reader.main.text.place
    async with start(stocked, (80, 24)) as reader:
        assert reader.main.text.place == place


async def test_places_are_stored_soon_and_not_at_the_end_alone(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resuming, "REST_SECONDS", 0.01)
    await reader.press("enter", "j", "j")
    await reader.until(lambda: not reader.main._changed)

    here = reader.main.articles.current_id
    rows = json.loads(await reader.library.recall("places"))
    assert [row[0] for row in rows] == [here]


async def test_the_oldest_places_are_forgotten(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resuming, "KEPT", 2)
    ids = list(reader.main.listing.ids[:3])
    for _ in ids:
        await reader.press("enter", "j", "q", "j")

    assert list(reader.main._left) == ids[1:]


async def test_a_place_in_another_text_of_the_story_is_not_gone_to(
    reader: Reader,
) -> None:
    await reader.press("enter", "pagedown", "q", "j")
    (id_, left), *_ = reader.main._left.items()
    reader.main._left[id_] = left._replace(words=left.words + 1)

    await reader.press("k")
    assert top(reader) == 0


@pytest.mark.parametrize("stored", ["", "{", "[1]", "[[1, 2]]", '[["a", 1, 2, 3]]', "7"])
async def test_places_that_the_disk_forgot_are_no_trouble(
    stocked: Library, start: Open, stored: str
) -> None:
    await stocked.remember("places", stored)
    async with start(stocked) as reader:
        await reader.press("enter", "j")
        assert top(reader) == 1


async def test_a_place_that_is_gone_is_the_nearest(stocked: Library, start: Open) -> None:
    (newest, *_) = (await stocked.listing(query.parse(""))).ids
    (article,) = await stocked.articles([newest])
    rows = [[newest, 10**9, -(10**9), article.words]]
    await stocked.remember("places", json.dumps(rows))
    async with start(stocked) as reader:
        assert reader.main.text.at_end
