"""Searching, filtering as one types, and going from match to match."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from textual.widgets import Input, Static

from autotui.library import Library
from autotui.ui.screens import searching
from autotui.ui.screens.asking import LineScreen, pointed
from autotui.ui.widgets.article_view import ArticleView
from support import feeds
from support.web import Web
from ui.screens.reader import Open, Reader

LONG = "The river is wide, and the band played on. " * 30
STORIES = [
    ("quiet", "A quiet day", LONG),
    ("once", "Charger news", f"{LONG}</p><p>It has one inverter.</p><p>{LONG}"),
    (
        "often",
        "Old news",
        f"An Inverter first.</p><p>{LONG}</p><p>{LONG}</p><p>Silicon\ncarbide inverter.",
    ),
    ("title", "Inverter deal", LONG),
]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "FILTER_SECONDS", 0.0)


@pytest.fixture
async def shelf(library: Library, web: Web) -> Library:
    """Four stories, the newest last; three have an inverter."""
    for key, title, body in STORIES:
        web[f"/{key}"] = feeds.rss("Volt Weekly", [(key, title)], body)
        await library.subscribe(web.url(f"/{key}"))
    return library


@pytest.fixture
async def searcher(shelf: Library, start: Open) -> AsyncIterator[Reader]:
    async with start(shelf) as reader:
        yield reader


def line(reader: Reader) -> Input:
    assert isinstance(reader.screen, LineScreen)
    return reader.screen.query_one(Input)


def note(reader: Reader) -> str:
    return str(reader.screen.query_one(".note", Static).content)


async def search(reader: Reader, text: str) -> None:
    await reader.press("slash")
    await reader.type(text)
    await reader.press("enter")


# Search.


async def test_a_search_lists_what_has_the_words_best_first(searcher: Reader) -> None:
    await search(searcher, "inverter")

    assert searcher.list_title == "All · inverter · 3"
    assert searcher.titles == ["Inverter deal", "Old news", "Charger news"]
    assert searcher.main.front == "articles"


async def test_a_search_can_say_another_order(searcher: Reader) -> None:
    await search(searcher, "inverter sort:oldest")
    oldest = searcher.titles
    await search(searcher, "inverter sort:newest")

    assert searcher.titles == oldest[::-1]


async def test_a_search_goes_everywhere_and_back(searcher: Reader) -> None:
    await searcher.go_to("Unread")
    await searcher.press("3")
    await search(searcher, "carbide")
    assert searcher.titles == ["Old news"]

    await searcher.press("q")

    assert searcher.main.row.label == "Unread"
    assert searcher.main.scope == "is:starred"


async def test_a_search_that_cannot_be_read_points_at_the_character(
    searcher: Reader,
) -> None:
    await search(searcher, "inverter tga:x")

    assert line(searcher).cursor_position == 9
    assert note(searcher).index("^") == line(searcher).cursor_screen_offset.x
    assert "there is no field 'tga' (at 10)" in note(searcher)
    assert searcher.list_title == "All · 4"

    await searcher.press("delete", "delete", "delete")
    assert "^" not in note(searcher)
    await searcher.type("tag")
    await searcher.press("enter")
    assert searcher.list_title == "All · inverter tag:x · 0"


async def test_leaving_the_line_leaves_all_as_it_was(searcher: Reader) -> None:
    await searcher.press("slash")
    await searcher.type("inverter")
    await searcher.press("escape")
    assert searcher.list_title == "All · 4"

    await searcher.press("slash", "enter")
    assert searcher.list_title == "All · 4"
    assert await searcher.library.searching.history() == ()


async def test_earlier_searches_come_back_also_in_the_next_run(
    shelf: Library, start: Open
) -> None:
    async with start(shelf) as reader:
        for text in ("wide", "band", "wide"):
            await search(reader, text)
    async with start(shelf) as reader:
        await reader.press("slash")
        await reader.type("new")
        await reader.press("up")
        assert line(reader).value == "wide"
        await reader.press("up", "up")
        assert line(reader).value == "band"
        await reader.press("down", "down", "down")
        assert line(reader).value == "new"
        await reader.press("up", "enter")
        assert reader.list_title == "All · wide · 4"


async def test_what_is_typed_right_after_the_key_is_the_search(searcher: Reader) -> None:
    await searcher.burst("2", "slash", *"carbide", "enter")

    assert searcher.list_title == "All · carbide · 1"


@pytest.mark.parametrize(
    ("column", "wanted"),
    [(2, "  ^ it is wrong"), (8, "        ^ it is wrong"), (16, "    it is wrong ^")],
)
def test_a_message_stands_at_the_side_that_has_room(column: int, wanted: str) -> None:
    assert pointed(column, "it is wrong", 22) == wanted


# Matches.


def looks(reader: Reader, text: str) -> list[str]:
    """Give the pieces of the screen that look as what is marked does."""
    drawn = reader.app.screen._compositor.render_strips()
    return [
        segment.text
        for strip in drawn
        for segment in strip
        if text in segment.text.lower() and segment.style and segment.style.underline
    ]


async def test_matches_are_marked_in_the_list_and_the_text(searcher: Reader) -> None:
    assert looks(searcher, "inverter") == []

    await search(searcher, "INVERTER")

    assert looks(searcher, "inverter")[:2] == ["Inverter", "Inverter"]
    await searcher.press("j")
    assert "Inverter" in looks(searcher, "inverter")
    await searcher.press("1", "g")
    assert looks(searcher, "inverter") == []


def in_view(text: ArticleView) -> bool:
    """Tell whether the match at hand is on the screen."""
    place = (text.match or (0, 0, 0))[:2]
    return 0 <= text.line_of(place) - text.scroll_offset.y < text.size.height


async def test_the_key_for_the_next_goes_from_match_to_match(searcher: Reader) -> None:
    await search(searcher, "inverter")
    seen: list[tuple[str, str]] = []

    async def go(*keys: str) -> None:
        for key in keys:
            await searcher.press(key)
            flow, start, end = searcher.main.text.match or (0, 0, 0)
            text = searcher.main.text._sheet.flows[flow].text
            seen.append((searcher.at_hand.title, text[:start][-8:] + text[start:end]))
            assert in_view(searcher.main.text)

    await go("n", "n", "n", "n")
    assert seen == [
        ("Inverter deal", "Inverter"),
        ("Old news", "An Inverter"[-16:]),
        ("Old news", "carbide inverter"),
        ("Charger news", "has one inverter"),
    ]
    forth = seen.copy()
    await go("n")
    assert searcher.notes[-1] == "No match is below this one."
    seen.clear()
    await go("p", "p", "p")
    assert seen == forth[-2::-1]
    await go("p")
    assert searcher.notes[-1] == "No match is above this one."


async def test_what_was_gone_to_is_read(searcher: Reader) -> None:
    await search(searcher, "inverter")
    await searcher.burst("n", "n", "n")

    read = [each.title for each in searcher.main.listing.articles.values() if each.read]
    assert sorted(read) == ["Inverter deal", "Old news"]


async def test_the_footer_says_what_the_key_does_now(searcher: Reader) -> None:
    assert "n Next  " in searcher.lines[-1]
    await search(searcher, "inverter")
    assert "n Next match" in searcher.lines[-1]
    await searcher.press("q")
    assert "n Next  " in searcher.lines[-1]


async def test_without_a_search_the_key_goes_to_the_next_unread(searcher: Reader) -> None:
    await searcher.press("n")

    assert searcher.main.articles.cursor == 1
    assert searcher.main.text.match is None


async def test_a_small_screen_turns_to_the_text_for_a_match(
    shelf: Library, start: Open
) -> None:
    async with start(shelf, (60, 20)) as reader:
        await search(reader, "carbide")
        await reader.press("n")

        assert reader.main.front == "text"
        assert any("carbide" in each for each in reader.lines)


async def test_the_metadata_pane_shows_a_few_words_around_it(searcher: Reader) -> None:
    await search(searcher, "carbide")
    await searcher.until(lambda: searcher.main.snippet)

    assert any("Found" in each for each in searcher.lines)
    assert searcher.main.snippet is not None
    assert "Silicon carbide inverter" in searcher.main.snippet.text
    await searcher.press("q")
    assert searcher.main.snippet is None


# Filter.


async def test_a_filter_narrows_the_list_while_it_is_typed(searcher: Reader) -> None:
    await searcher.press("j", "j")
    at_hand = searcher.at_hand.title
    await searcher.press("F")
    await searcher.type("NEWS")
    assert sorted(searcher.titles) == ["Charger news", "Old news"]
    assert isinstance(searcher.screen, LineScreen)

    await searcher.press("escape")

    assert searcher.list_title == "All · 4"
    assert searcher.at_hand.title == at_hand


async def test_a_filter_that_is_kept_is_a_scope_and_goes_with_back(
    searcher: Reader,
) -> None:
    await searcher.press("2", "F")
    await searcher.type("old n")
    await searcher.press("enter")

    assert searcher.titles == ["Old news"]
    assert searcher.main.scope == 'is:unread line:"old n"'
    await searcher.press("q")
    assert searcher.main.scope == "is:unread"
    assert searcher.main.front == "articles"


@pytest.mark.parametrize("end", ["enter", "escape"])
async def test_what_stays_in_a_view_though_it_is_read_stays_through_a_filter(
    searcher: Reader, end: str
) -> None:
    # Given a view of unread stories, of which the one at hand has been read there
    await searcher.press("2", "m")
    at_hand = searcher.at_hand
    assert at_hand.read

    await searcher.press("F")
    await searcher.type(at_hand.title[:6])
    await searcher.press(end)

    assert searcher.at_hand.id == at_hand.id
    # and what a filter leaves out, it leaves out
    await searcher.press("F")
    await searcher.type("no such title")
    await searcher.press("enter")
    assert searcher.titles == []


async def test_the_newest_filter_wins(
    searcher: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing, asked = searcher.library.searching.listing, asyncio.Event()
    held = asyncio.Event()

    async def slow(wanted: object, limit: int | None = None) -> object:
        if "deal" not in str(wanted) and not held.is_set():
            asked.set()
            await held.wait()
        return await listing(wanted, limit)  # type: ignore[arg-type]

    monkeypatch.setattr(searcher.library.searching, "listing", slow)
    await searcher.pilot.press("F", "d")
    await searcher.until(asked.is_set)
    await searcher.pilot.press(*"eal")
    await searcher.until(lambda: searcher.titles == ["Inverter deal"])
    held.set()
    await searcher.settle()

    assert searcher.titles == ["Inverter deal"]


async def test_a_filter_typed_and_kept_at_once_is_the_scope(searcher: Reader) -> None:
    await searcher.burst("F", *"deal", "enter")

    assert searcher.titles == ["Inverter deal"]
    assert searcher.main.scope == "line:deal"


@pytest.mark.parametrize("typed", ['a"b', "a\\", "(", "-", "line:x OR", "]^[a"])
async def test_any_sign_can_be_filtered_for(searcher: Reader, typed: str) -> None:
    await searcher.press("F")
    line(searcher).value = typed
    await searcher.settle()
    assert searcher.titles == []
    await searcher.press("enter")

    assert searcher.notes == []
    assert not isinstance(searcher.screen, LineScreen)


async def test_the_story_at_hand_stays_so_while_the_filter_leaves_it_in_the_list(
    reader: Reader,
) -> None:
    await reader.press("j", "j", "F")
    await reader.type("volt 2")
    await reader.until(lambda: len(reader.titles) == 11)
    assert reader.at_hand.title == "Volt 27"

    await reader.press("enter")
    assert reader.at_hand.title == "Volt 27"
    await reader.press("F")
    await reader.type("axle")
    await reader.press("enter")
    assert reader.main.articles.current_id is None
