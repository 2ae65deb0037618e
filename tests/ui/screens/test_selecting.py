"""Several stories at once."""

import asyncio
from collections.abc import Callable

import pytest

from autotui.errors import StoreError
from autotui.library import Library
from autotui.model import Article
from autotui.ui.screens import selecting
from autotui.ui.screens.tagging import TagScreen
from ui.screens.reader import Open, Reader

Look = Callable[[Article], object]


async def stored(reader: Reader, count: int = 5) -> list[Article]:
    return list(await reader.library.articles(reader.main.listing.ids[:count]))


async def test_moving_selects_and_the_title_says_how_many(reader: Reader) -> None:
    await reader.press("v")
    assert reader.list_title == "All · 33 · 1 selected"
    await reader.press("j", "j")

    assert reader.list_title == "All · 33 · 3 selected"
    drawn = [line[26:30] for line in reader.lines[1:5]]
    assert [("┃" in row, "▌" in row) for row in drawn] == [
        (True, False),
        (True, False),
        (False, True),
        (False, False),
    ]

    await reader.press("k", "k", "k", "G")
    assert reader.list_title == "All · 33 · 33 selected"


@pytest.mark.parametrize("key", ["escape", "v"])
async def test_a_selection_is_left_with_nothing_done(reader: Reader, key: str) -> None:
    await reader.press("v", "j", key)

    assert reader.list_title == "All · 33"
    assert reader.main.front == "articles"
    assert reader.main.articles.cursor == 1
    await reader.press("s")
    assert [one.starred for one in await stored(reader, 3)] == [False, True, False]


@pytest.mark.parametrize(
    ("key", "holds"),
    [
        ("m", lambda one: one.read),
        ("s", lambda one: one.starred),
        ("L", lambda one: one.later),
        ("e", lambda one: one.tags == ("ev-drivetrain",)),
    ],
)
async def test_a_verb_takes_the_whole_selection_as_one_step(
    reader: Reader, key: str, holds: Look
) -> None:
    await reader.press("j", "v", "j", "j", key)

    wanted = [False, True, True, True, False]
    assert [bool(holds(one)) for one in await stored(reader)] == wanted
    shown = reader.main.listing
    assert [bool(holds(shown.articles[each])) for each in shown.ids[:5]] == wanted
    assert "selected" not in reader.list_title
    assert reader.notes[-1].startswith("3 stories: ")

    await reader.press("u")
    assert not any(holds(one) for one in await stored(reader))
    await reader.press("U")
    assert [bool(holds(one)) for one in await stored(reader)] == wanted


async def test_where_states_differ_the_first_of_the_list_decides(reader: Reader) -> None:
    # Given stars on the second and the third story
    await reader.press("j", "v", "j", "s")
    # When five are selected from below, the first without a star
    await reader.press("j", "j", "v", "g", "s")
    # Then all get one
    assert [one.starred for one in await stored(reader)] == [True] * 5
    await reader.press("v", "j", "s")
    assert [one.starred for one in await stored(reader)] == [False, False, True, True, True]
    await reader.press("u", "u")
    assert [one.starred for one in await stored(reader)] == [
        False,
        True,
        True,
        False,
        False,
    ]


async def test_tags_of_the_dialog_go_to_all(reader: Reader) -> None:
    await reader.press("v", "j", "t")
    assert isinstance(reader.screen, TagScreen)
    await reader.type("axles motors")
    await reader.press("enter")
    assert [one.tags for one in await stored(reader, 3)] == [
        ("axles", "motors"),
        ("axles", "motors"),
        (),
    ]

    await reader.press("g", "v", "j", "T")
    assert not any(one.tags for one in await stored(reader, 3))
    await reader.press("u", "u")
    assert not any(one.tags for one in await stored(reader, 3))
    await reader.press("U")
    assert [len(one.tags) for one in await stored(reader, 3)] == [2, 2, 0]


async def test_verdicts_go_to_all_as_one_step(judged: Library, start: Open) -> None:
    async with start(judged) as reader:
        await reader.press("g", "v", "j", "j", "minus")
        assert [one.rejected for one in await stored(reader, 4)] == [True] * 3 + [False]
        await reader.press("g", "v", "j", "plus")
        assert [len(one.tags) for one in await stored(reader, 4)] == [1, 1, 0, 0]

        await reader.press("u", "u")
        assert not any(one.rejected or one.tags for one in await stored(reader, 4))


async def test_addresses_are_copied_a_line_each(reader: Reader) -> None:
    await reader.press("v", "j", "y")
    assert reader.app.clipboard == "https://outlet.example/v29\nhttps://outlet.example/v28"

    await reader.press("g", "v", "j", "Y")
    assert reader.app.clipboard.splitlines() == [
        "[Volt 29](<https://outlet.example/v29>)",
        "[Volt 28](<https://outlet.example/v28>)",
    ]


async def test_all_are_opened_and_read_but_not_hundreds(reader: Reader) -> None:
    await reader.press("v", "j", "O")
    assert reader.notes.count("Opening outlet.example") == 2
    assert [one.read for one in await stored(reader, 3)] == [True, True, False]

    await reader.press("v", "G", "O")
    assert reader.notes[-1] == "Select 10 stories at most to open them at once."
    assert not (await stored(reader, 4))[3].read


async def test_keys_at_once_select_and_act_in_their_order(reader: Reader) -> None:
    await reader.burst("v", "j", "j", "s", "j", "s")

    assert [one.starred for one in await stored(reader)] == [True] * 4 + [False]
    await reader.press("u")
    assert [one.starred for one in await stored(reader)] == [True] * 3 + [False] * 2


async def test_stories_that_are_not_loaded_yet_are_taken_too(reader: Reader) -> None:
    # Given a list of which only the first stories are known
    listing = reader.main.listing
    few = {each: listing.articles[each] for each in listing.ids[:2]}
    reader.main.listing = type(listing)(listing.ids, few)
    # When more are selected and starred before they come
    await reader.burst("v", "G", "s")
    # Then all are
    assert all(one.starred for one in await stored(reader, 33))
    assert (await reader.library.counts()).starred == 33


async def test_no_verb_takes_more_than_a_reader_chooses(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selecting, "MOST", 10)

    await reader.press("v", "G", "s")

    assert reader.notes == ["Select 10 stories at most; q leaves the selection."]
    assert (await reader.library.counts()).starred == 0
    assert "33 selected" in reader.list_title


async def test_a_selection_ends_with_its_list_and_survives_a_reload(
    reader: Reader,
) -> None:
    await reader.press("j", "v", "j")
    reader.main.reload()
    await reader.settle()
    assert "2 selected" in reader.list_title

    await reader.press("2")
    assert reader.list_title == "All · unread · 33"


async def test_a_step_that_cannot_be_stored_is_told_and_taken_back(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(reader.library, "mark", fail)
    await reader.press("v", "j", "s")

    assert "the disk is full" in reader.notes
    assert reader.main.pending == {}
    assert "★" not in reader.text


async def test_nothing_is_selected_where_there_is_no_story(
    library: Library, start: Open
) -> None:
    async with start(library) as reader:
        await reader.press("escape", "v", "s")

        assert reader.notes[0] == "There is no story to select here."


async def test_a_mark_is_on_screen_before_it_is_stored(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = asyncio.Event()
    monkeypatch.setattr(reader.library, "mark", lambda *_, **__: done.wait())
    for key in ("v", "j", "s"):
        await reader.pilot.press(key)
    await reader.until(lambda: "★" in reader.lines[2])

    done.set()
    await reader.settle()
    assert reader.main.pending == {}
