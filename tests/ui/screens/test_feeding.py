"""Adding and deleting feeds: by address, by file, by pack."""

from pathlib import Path

import pytest

from autotui import lock
from autotui.library import Library
from support import feeds
from support.homes import Home
from support.web import Page, Web
from ui.screens.conftest import VOLT
from ui.screens.reader import Gate, Open, Reader


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

        assert reader.notes == ["Added One, 1 story."]
        assert reader.list_title == "One · 1"
        assert reader.titles == ["First of one"]

        await reader.press("a")
        await reader.type(site.url("/one"))
        await reader.press("enter")
        assert reader.notes[1] == "Already there: One, 1 story."


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

        assert "1 new, 0 already there, 1 refused:" in reader.text
        assert "ftp://x/: " in reader.text
        assert len(await stocked.feeds()) == 2
        await reader.press("y")

        assert reader.notes[0] == "1 feeds added, 1 refused."
        assert "Three" in reader.rows
        assert reader.list_title == "All · 34"


async def test_a_file_of_known_feeds_only_is_told_and_asks_nothing(
    stocked: Library, start: Open, web: Web, home: Home
) -> None:
    rows = "".join(f'<outline xmlUrl="{web.url(path)}"/>' for path in ("/volt", "/axle"))
    file = home.folder / "subs.opml"
    file.write_text(f"<opml><body>{rows}</body></opml>")
    async with start(stocked) as reader:
        reader.main._add_typed(str(file))
        await reader.settle()

        assert reader.notes == ["subs.opml: 0 new, 2 already there"]
        assert reader.screen is reader.main


async def test_an_import_can_be_left_after_looking_at_it(
    stocked: Library, start: Open, web: Web, home: Home
) -> None:
    refused = "".join(f'<outline xmlUrl="ftp://x{n}/[red]x[/]"/>' for n in range(12))
    file = home.folder / "subs.opml"
    one = f'<outline xmlUrl="{web.url("/three")}"/>'
    file.write_text(f"<opml><body>{one}{refused}</body></opml>")
    async with start(stocked, (80, 24)) as reader:
        reader.main._add_typed(str(file))
        await reader.settle()

        assert "and 4 more" in reader.text
        assert "y adds 1 feed" in reader.text
        await reader.press("escape")
        assert len(await stocked.feeds()) == 2


async def test_an_address_that_was_copied_is_offered(reader: Reader, site: Web) -> None:
    await reader.press("a", "tab", "escape")
    assert "clipboard" not in reader.text
    reader.app.copy_to_clipboard("no address")
    await reader.press("a")
    assert "clipboard" not in reader.text
    await reader.press("escape")

    reader.app.copy_to_clipboard(f" {site.url('/one')} ")
    await reader.press("a")
    assert f"Tab takes {site.url('/one')} from the clipboard" in reader.text
    await reader.press("tab", "enter")

    assert reader.notes == ["Added One, 1 story."]


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
    await due.until(lambda: due.screen is not due.main)
    await due.pilot.press("y")
    await due.until(lambda: "1 feeds added." in due.notes)
    await due.until(lambda: due.main._once_more)

    gate.open.set()
    await due.settle()
    await due.until(lambda: "First of three" in due.titles)


async def test_a_refresh_that_is_running_elsewhere_is_a_note_and_no_error(
    due: Reader, home: Home, web: Web
) -> None:
    asked = len(web.asked)
    with lock.held(home.paths.database, "refresh"):
        await due.press("R")
        await due.until(lambda: bool(due.notes))

    note = "Another refresh is running; its stories come with the next list."
    assert due.notes == [note]
    assert {each.severity for each in due.app._notifications} == {"information"}
    assert len(web.asked) == asked


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
