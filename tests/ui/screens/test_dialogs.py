"""The dialogs: tags, keys, the palette; and hostile text in each of them."""

import pytest

from autotui.config import Config
from autotui.library import Library
from autotui.ui.safe import stable
from support import feeds
from support.web import Web
from ui.screens.reader import Open, Reader
from ui.stage import HOSTILE

PRINTED = [text for text in HOSTILE if "\x00" not in text and "\ud800" not in text]


async def choices(reader: Reader) -> str:
    from textual.widgets import Static

    return str(reader.screen.query_one(".choices", Static).content)


@pytest.fixture
async def tagged(reader: Reader) -> Reader:
    """A reader that has used some tags, with the dialog open on an untagged story."""
    await reader.library.tag([1], ["axles", "axles/front", "batteries"])
    await reader.library.mark([1], "read", on=True)
    reader.main.reload()
    await reader.settle()
    await reader.press("j", "j", "t")
    return reader


async def test_the_tag_dialog_completes_the_last_word(tagged: Reader) -> None:
    assert "#axles  #axles/front  #batteries  #ev-drivetrain" in await choices(tagged)

    await tagged.type("Ba")
    assert await choices(tagged) == "#batteries"
    await tagged.press("tab")
    await tagged.type("axles/")
    await tagged.press("tab")
    await tagged.type("new")
    assert await choices(tagged) == "#new is a new tag"
    await tagged.press("enter")

    assert tagged.at_hand.tags == ("axles/front", "batteries", "new")


async def test_the_tag_dialog_offers_no_tag_twice(tagged: Reader) -> None:
    await tagged.type("axles ")

    assert await choices(tagged) == "#axles/front  #batteries  #ev-drivetrain"


async def test_the_tag_dialog_takes_tags_that_were_deleted_from_its_line(
    reader: Reader,
) -> None:
    await reader.press("e", "t", "ctrl+u")
    await reader.type("#Axles axles,")
    await reader.press("enter")
    assert reader.at_hand.tags == ("axles",)

    await reader.press("t", "ctrl+u")
    await reader.type("AXLES")
    await reader.press("enter")
    assert reader.at_hand.tags == ("axles",)


async def test_escape_leaves_the_tags_as_they_were(tagged: Reader) -> None:
    await tagged.type("axles")
    await tagged.press("escape")

    assert tagged.at_hand.tags == ()
    assert tagged.main.focused is tagged.main.articles


async def test_what_is_typed_right_after_t_is_a_tag(reader: Reader) -> None:
    await reader.burst("t", "a", "x", "e", "s", "enter")

    assert reader.at_hand.tags == ("axes",)
    assert not reader.at_hand.starred


async def test_the_help_lists_every_key_and_is_found_by_typing(reader: Reader) -> None:
    await reader.press("question_mark")
    assert "j ↓" in reader.text

    await reader.type("ev-")
    assert "Tag ev-drivetrain" in reader.text
    assert "Half a page" not in reader.text

    await reader.type("nothing")
    assert "No key does that." in reader.text

    await reader.press("escape")
    assert reader.screen is reader.main


async def test_the_help_scrolls_by_arrows(reader: Reader) -> None:
    from textual.containers import VerticalScroll

    await reader.press("f1", "down")
    box = reader.screen.query_one(VerticalScroll)
    assert box.scroll_offset.y == 3

    await reader.press("up", "f1")
    assert reader.screen is reader.main


async def test_no_dialog_opens_over_a_dialog(reader: Reader) -> None:
    await reader.press("a", "ctrl+p", "f1")

    assert len(reader.app.screen_stack) == 2


async def test_keys_rebound_by_the_config_work_and_are_offered(
    stocked: Library, start: Open
) -> None:
    rebound = Config(keys={"toggle-star": "f5", "next-unread": "N", "help": "ctrl+g"})
    async with start(stocked, settings=rebound) as reader:
        await reader.press("s", "n")
        assert not reader.at_hand.starred
        assert reader.main.articles.cursor == 0

        await reader.press("f5")
        assert reader.at_hand.starred
        assert "N Next" in reader.lines[-1]
        assert "F5 Star" in reader.lines[-1]

        await reader.press("N", "ctrl+g")
        assert reader.main.articles.cursor == 1
        assert f"{'F5':16} Star" in reader.text


@pytest.mark.parametrize("title", PRINTED)
async def test_hostile_titles_are_harmless_text_everywhere(
    library: Library, web: Web, start: Open, title: str
) -> None:
    # Given a feed, its story and a tag that are called so
    web["/x"] = feeds.rss(f"Feed {title}", [("x", f"Story {title}")], "body")
    feed, _ = await library.subscribe(web.url("/x"), folder=f"In {title}")
    async with start(library, (160, 50)) as reader:
        shown = stable(feed.title)
        # When it is read, tagged, asked again, found in the palette and deleted
        assert shown[:12] in reader.text
        await reader.press("t")
        assert "Tab completes" in reader.text
        await reader.press("escape")
        await reader.go_to(feed.title)
        assert shown[:30] in reader.list_title
        await reader.press("r", "colon")
        await reader.type("Go to Feed")
        await reader.until(lambda: "Go to Feed" in reader.text)
        await reader.press("escape", "d")
        # Then all is text
        assert any(note.startswith("Deleted Feed") for note in reader.notes)
        assert not reader.app._exit


async def test_a_dialog_is_left_once_however_often_enter_is_pressed(
    reader: Reader,
) -> None:
    # Given a search that is typed
    await reader.press("slash")
    await reader.type("motor")

    # When Enter comes twice before the first was dealt with
    asking = reader.screen
    asking.dismiss("motor")
    asking.dismiss("motor")
    await reader.settle()

    # Then the desk is there, and no other screen was left for it
    assert reader.screen is reader.main
