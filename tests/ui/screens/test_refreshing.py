"""Refreshing feeds while the reading goes on."""

from autotui.config import Config
from autotui.library import Library
from support import feeds
from support.web import Page, Web
from ui.screens.conftest import AXLE, VOLT
from ui.screens.reader import Gate, Open, Reader


async def test_a_refresh_brings_new_stories_and_the_cursor_stays(
    due: Reader, web: Web
) -> None:
    # Given a story far down the list, read to its second page
    await due.press(*["j"] * 20, "space")
    line = due.main.articles.cursor - due.main.articles.scroll_offset.y
    read_to = due.main.text.scroll_offset
    assert read_to.y
    assert due.at_hand.title == "Volt 9"
    # When a refresh brings five newer ones
    more = [*VOLT, *((f"n{n}", f"New {n}") for n in range(5))]
    web["/volt"] = Page(feeds.rss("Volt Weekly", more, feeds.LONG * 4), etag='"2"')
    await due.press("R")
    # Then all stands where it stood, and says what came
    assert due.at_hand.title == "Volt 9"
    assert due.main.articles.cursor == 25
    assert due.main.articles.cursor - due.main.articles.scroll_offset.y == line
    assert due.main.text.scroll_offset == read_to
    assert due.list_title == "All · 38"
    assert due.notes == ["5 new in 2 feeds."]


async def test_reading_goes_on_during_a_refresh_that_says_how_far_it_is(
    due: Reader, web: Web
) -> None:
    gate = Gate()
    web["/volt"] = gate(Page(feeds.rss("Volt Weekly", [*VOLT, ("new", "New")])))
    await due.pilot.press("R")
    await due.until(lambda: due.main.state == "Refreshing 1/2 · Axle Atom")

    await due.pilot.press("j", "s", "2", "1", "j", "R")
    await due.until(lambda: due.notes)
    assert due.notes == ["A refresh is going on already."]
    assert due.at_hand.title == "Volt 28"

    gate.open.set()
    await due.settle()
    assert due.main.state == ""
    assert due.at_hand.title == "Volt 28"
    assert due.list_title == "All · 34"


async def test_a_failing_feed_shows_its_error_on_its_row(due: Reader, web: Web) -> None:
    web["/axle"] = Page(b"", status=404)
    await due.press("h", "G", "r")

    (note,) = due.notes
    assert note.startswith("Axle Atom could not be read: ")
    assert "404" in note
    row = next(line for line in due.lines if "▌Axle Atom" in line)
    assert " ! 3 " in row
    assert "! there is nothing at this address (404)" in due.lines[-1]
    assert "r asks again" in due.lines[-1]

    await due.press("l")
    assert "404" not in due.lines[-1]

    web["/axle"] = Page(feeds.atom("Axle Atom", AXLE), etag='"1"')
    await due.press("h", "r")
    assert "404" not in due.lines[-1]
    assert " ! " not in next(line for line in due.lines if "▌Axle Atom" in line)


async def test_one_failing_feed_stops_nothing(due: Reader, web: Web) -> None:
    web["/axle"] = Page(b"", status=500)
    web["/volt"] = Page(feeds.rss("Volt Weekly", [*VOLT, ("new", "New")]))

    await due.press("R")

    assert due.notes == [
        "1 new. 1 of 2 feeds failed; ! marks them, and their rows say why."
    ]


async def test_without_a_network_it_is_said_once(due: Reader, web: Web) -> None:
    web["/axle"] = web["/volt"] = Page(b"", status=503)

    await due.press("R")

    (note,) = due.notes
    assert note.startswith("None of 2 feeds could be read: ")
    assert note.endswith("What is stored stays readable.")
    await due.press("enter")
    assert due.main.story is not None


async def test_feeds_that_are_due_are_asked_at_the_start(
    stocked: Library, web: Web, start: Open, eager: Config
) -> None:
    stocked.config = eager
    asked = len(web.asked)
    async with start(stocked) as reader:
        assert len(web.asked) == asked
        assert reader.notes == []


async def test_r_asks_the_feed_of_the_story_where_the_row_is_none(
    reader: Reader, web: Web
) -> None:
    before = len(web.asked)

    await reader.press("r")

    assert web.paths()[before:] == ["/volt"]
    assert reader.notes == ["Nothing new."]
