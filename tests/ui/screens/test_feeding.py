"""Adding, deleting and refreshing feeds while the reading goes on."""

import threading
from pathlib import Path

import pytest

from autotui.config import Config
from autotui.library import Library
from support import feeds
from support.homes import Home
from support.web import Behaviour, Exchange, Page, Web
from ui.screens.conftest import AXLE, VOLT
from ui.screens.reader import Open, Reader


class Gate:
    """Holds answers back until it is opened."""

    def __init__(self) -> None:
        self.open = threading.Event()

    def __call__(self, page: Behaviour) -> Behaviour:
        def behave(exchange: Exchange) -> None:
            while not (self.open.wait(0.01) or exchange.closing.is_set()):
                pass
            page(exchange)

        return behave


@pytest.fixture
def due(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A reader all of whose feeds are due at once."""
    refresh, asked = reader.library.refresh, reader.library.due
    monkeypatch.setattr(reader.library, "due", lambda only: asked(only, force=True))
    monkeypatch.setattr(reader.library, "refresh", lambda only: refresh(only, force=True))
    return reader


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
    web["/axle"] = web["/volt"] = Page(b"", status=503)  # type: ignore[assignment]

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


async def test_a_deleted_feed_comes_back_with_its_stories_and_marks(
    reader: Reader,
) -> None:
    await reader.go_to("Axle Atom")
    await reader.press("s", "d")
    assert reader.notes == ["Deleted Axle Atom with 3 stories. u brings it back."]
    assert reader.list_title == "All · 30"
    assert "Axle Atom" not in reader.rows

    await reader.press("u")
    assert reader.list_title == "All · 33"
    assert (await reader.library.counts()).starred == 1

    await reader.press("U")
    assert "Axle Atom" not in reader.rows


async def test_d_deletes_nothing_but_a_feed(reader: Reader) -> None:
    await reader.press("h", "d")
    await reader.go_to("Cars")
    await reader.press("d")

    assert reader.notes == ["Choose a feed in the feed list first; d deletes it."] * 2
    assert len(await reader.library.feeds()) == 2


async def test_when_the_last_feed_is_deleted_the_welcome_story_is_back(
    reader: Reader,
) -> None:
    for name in ("Axle Atom", "Volt Weekly"):
        await reader.go_to(name)
        await reader.press("d")

    assert reader.titles == ["Welcome: news of cars, and what drives them"]
    assert "Packs of feeds" in reader.lines[-1]


@pytest.fixture
def site(web: Web) -> Web:
    """A web with two feeds and a page that names both."""
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' title='{name}' href='{path}'>"
        for name, path in (("One [red]x[/]", "/one"), ("Two", "/two"))
    )
    web["/one"] = feeds.rss("One", [("1", "First of one")])
    web["/two"] = feeds.rss("Two", [("2", "First of two")])
    web["/site"] = Page(f"<html><head>{links}</head></html>".encode())
    return web


async def test_a_feed_is_added_by_its_address_and_shown(
    library: Library, site: Web, start: Open
) -> None:
    async with start(library) as reader:
        await reader.press("escape", "a")
        await reader.type(site.url("/one"))
        await reader.press("enter")

        assert reader.notes == ["Added One, 1 stories."]
        assert reader.list_title == "One · 1"
        assert reader.titles == ["First of one"]

        await reader.press("a")
        await reader.type(site.url("/one"))
        await reader.press("enter")
        assert reader.notes[1] == "Already there: One, 1 stories."


async def test_an_address_typed_in_one_go_with_its_key_gets_there_whole(
    library: Library, site: Web, start: Open
) -> None:
    async with start(library) as reader:
        await reader.press("escape")
        await reader.burst("a")
        for character in site.url("/one"):
            reader.app.simulate_key(character)
        await reader.burst("enter")

        assert [feed.url for feed in await library.feeds()] == [site.url("/one")]


async def test_of_a_page_with_several_feeds_one_is_chosen(
    reader: Reader, site: Web
) -> None:
    await reader.go_to("Cars")
    await reader.press("a")
    await reader.type(site.url("/site"))
    await reader.press("enter")
    assert "This page names several feeds" in reader.text
    assert "One [red]x[/]" in reader.text

    await reader.press("j", "k", "j", "enter")

    assert reader.titles == ["First of two"]
    assert [feed.folder for feed in await reader.library.feeds()] == ["Cars", "Cars", ""]


async def test_a_page_with_several_feeds_can_be_left(reader: Reader, site: Web) -> None:
    await reader.press("a")
    await reader.type(site.url("/site"))
    await reader.press("enter", "escape")

    assert len(await reader.library.feeds()) == 2
    assert reader.main.state == ""


async def test_what_cannot_be_added_is_told_and_offered_again(
    reader: Reader, web: Web
) -> None:
    await reader.press("a")
    await reader.type("no address")
    await reader.press("enter")
    (note,) = reader.notes
    assert "no address" in note
    assert reader.main.state == ""

    await reader.press("a")
    assert "no address" in reader.text
    await reader.press("escape")
    assert len(await reader.library.feeds()) == 2


@pytest.mark.parametrize("typed", ["~nobody/x.opml", "/no/such.opml", "x" * 400])
async def test_what_is_no_file_is_told(reader: Reader, typed: str) -> None:
    reader.main._add_typed(typed)
    await reader.settle()

    assert len(reader.notes) == 1
    assert len(await reader.library.feeds()) == 2


async def test_an_opml_file_is_imported_and_its_feeds_are_asked(
    stocked: Library, start: Open, web: Web, home: Home
) -> None:
    web["/three"] = feeds.rss("Three", [("3", "First of three")])
    outline = f'<outline xmlUrl="{web.url("/three")}"/><outline xmlUrl="ftp://x/"/>'
    file = home.folder / "subs.opml"
    file.write_text(f"<opml><body>{outline}</body></opml>")
    async with start(stocked) as reader:
        await reader.press("a")
        await reader.type(str(file))
        await reader.press("enter")

        assert reader.notes[0] == "1 feeds added, 1 refused."
        assert reader.notes[1].startswith("Refused ftp://x/: ")
        assert "Three" in reader.rows
        assert reader.list_title == "All · 34"


async def test_feeds_that_are_imported_during_a_refresh_are_asked_after_it(
    due: Reader, web: Web, home: Home
) -> None:
    gate = Gate()
    web["/volt"] = gate(Page(feeds.rss("Volt Weekly", VOLT)))
    web["/three"] = feeds.rss("Three", [("3", "First of three")])
    file = home.folder / "subs.opml"
    file.write_text(f'<opml><body><outline xmlUrl="{web.url("/three")}"/></body></opml>')
    await due.pilot.press("R")
    await due.until(lambda: due.main.refreshing)
    due.main._add_typed(str(file))
    await due.until(lambda: "1 feeds added." in due.notes)
    await due.until(lambda: due.main._once_more)

    gate.open.set()
    await due.settle()
    await due.until(lambda: "First of three" in due.titles)


@pytest.mark.parametrize("number", range(1, 7))
async def test_each_digit_of_the_first_panel_imports_its_pack(
    library: Library, start: Open, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No test asks real outlets.
    async def none_due(_only: object = ()) -> tuple[int, ...]:
        return ()

    monkeypatch.setattr(library, "due", none_due)
    async with start(library) as reader:
        assert "What would you like to follow?" in reader.text

        await reader.press(str(number))
        await reader.until(lambda: reader.main.has_feeds)

    names = ("ev-drivetrain", "industry", "german", "french", "spanish", "italian")
    pack = (
        Path(__file__).parents[3] / "src/autotui/data/packs" / f"{names[number - 1]}.opml"
    )
    listed = pack.read_text().count("xmlUrl")
    assert len(await library.feeds()) == listed


async def test_stories_of_a_first_pack_come_in_below_the_newest(
    library: Library, start: Open, web: Web, home: Home
) -> None:
    old, new = Gate(), [("n", "x"), ("n2", "Newest")]
    web["/old"] = feeds.rss("Old", [("o", "Oldest")])
    web["/new"] = old(Page(feeds.rss("New", new)))
    rows = "".join(f'<outline xmlUrl="{web.url(path)}"/>' for path in ("/old", "/new"))
    file = home.folder / "subs.opml"
    file.write_text(f"<opml><body>{rows}</body></opml>")
    async with start(library) as reader:
        await reader.press("escape")
        reader.main._import(file)
        await reader.until(lambda: "Refreshing 1/2" in reader.main.state)
        reader.main.reload()
        await reader.until(lambda: reader.titles == ["Oldest"])
        old.open.set()
        await reader.settle()
        await reader.until(lambda: len(reader.titles) == 3)

        assert reader.at_hand.title == "Newest"


async def test_the_first_panel_can_be_left_and_comes_again(
    library: Library, start: Open
) -> None:
    async with start(library) as reader:
        await reader.press("escape")
        assert "Welcome: news of cars" in reader.text

        await reader.press("R", "P", "9", "o")
        assert reader.notes == [
            "There is no feed to ask yet; a adds one, P a pack of them."
        ]
        assert "Add a feed" in reader.text
