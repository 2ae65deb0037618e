"""The page of tags, the feed list's keys on a tag's row, and the colours of tags."""

from dataclasses import replace

import pytest

from autotui import query
from autotui.config import Config, Ui
from autotui.library import Library
from autotui.model import EV_DRIVETRAIN
from autotui.tags import COLOURS
from autotui.ui.screens.confirming import ConfirmScreen
from autotui.ui.screens.naming import NameScreen
from autotui.ui.screens.tags import TagsScreen
from ui.screens.reader import Open, Reader
from ui.screens.test_themes import contrast, drawn


@pytest.fixture
async def tagged(stocked: Library) -> Library:
    """Three axles with cars/ev, one of them with wheels as well; a rule and a query."""
    ids = (await stocked.listing(query.parse("title:axle"))).ids
    await stocked.tag(ids, ["cars/ev"])
    await stocked.tag(ids[:1], ["wheels"])
    await stocked.searching.save("mine", "tag:cars")
    return stocked


async def names(library: Library) -> dict[str, int]:
    return {each.name: each.total for each in await library.tagging.every()}


async def retype(reader: Reader, text: str) -> None:
    await reader.press("end", "ctrl+u")
    await reader.type(text)


async def test_the_page_shows_tags_as_a_tree_and_enter_goes_to_the_stories(
    tagged: Library, start: Open
) -> None:
    async with start(tagged) as reader:
        await reader.press("number_sign")
        head, *lines = (line for line in reader.lines if "#" in line or "Tag " in line)
        assert head.split() == ["Tag", "Stories", "Unread", "Used", "Colour"]
        assert [line.strip("│▌ ").split()[:3] for line in lines] == [
            ["#cars", "3", "3"],
            ["#ev", "3", "3"],
            ["#wheels", "1", "1"],
        ]
        assert head.index("Stories") + len("Stories") == lines[0].index(" 3") + 2

        await reader.press("j", "enter")

        assert reader.main.row.label == "cars/ev"
        assert reader.titles == ["Axle 2", "Axle 1", "Axle 0"]


async def test_a_tag_is_renamed_on_the_page_and_one_key_takes_it_back(
    tagged: Library, start: Open
) -> None:
    async with start(tagged) as reader:
        await reader.press("number_sign", "E")
        await retype(reader, "Fast Cars")
        assert "#fast-cars, with all below it" in reader.text
        await reader.press("enter")

        assert await names(tagged) == {"fast-cars": 3, "fast-cars/ev": 3, "wheels": 1}
        assert reader.notes[-1] == "Renamed #cars to #fast-cars. u takes that back."
        assert [each.text for each in await tagged.searching.saved()] == ['tag:"fast-cars"']
        await reader.press("u")
        assert reader.notes[-1] == "Undone: rename #cars to #fast-cars"
        assert await names(tagged) == {"cars": 3, "cars/ev": 3, "wheels": 1}
        await reader.press("U", "q")
        assert "fast-cars/ev" in reader.rows
        await reader.go_to("fast-cars/ev")
        assert reader.at_hand.tags == ("fast-cars/ev", "wheels")


async def test_two_tags_become_one_only_after_a_question(
    tagged: Library, start: Open
) -> None:
    async with start(tagged) as reader:
        # Both by its own key, and by a name that is there already
        for keys in ("M", "E"):
            await reader.press("number_sign", "j", keys)
            await retype(reader, "whe")
            await reader.press("tab")
            assert "#wheels is there: the two become one" in reader.text
            await reader.press("enter")
            assert isinstance(reader.screen, ConfirmScreen)
            await reader.press("n", "q")
            assert await names(tagged) == {"cars": 3, "cars/ev": 3, "wheels": 1}

        await reader.press("number_sign", "j", "M")
        await reader.type("wheels")
        await reader.press("enter", "y")

        assert await names(tagged) == {"wheels": 3}
        assert reader.notes[-1] == "Merged #cars/ev into #wheels. u takes that back."


async def test_a_tag_is_deleted_with_those_below_it_and_comes_back(
    tagged: Library, start: Open
) -> None:
    async with start(tagged) as reader:
        await reader.press("number_sign", "d")
        assert reader.notes[-1] == (
            "Deleted #cars and 1 below it. u brings it back to its stories."
        )
        assert await names(tagged) == {"wheels": 1}
        await reader.press("u", "g", "d")
        assert await names(tagged) == {"wheels": 1}


async def test_what_cannot_be_is_said_and_changes_nothing(
    tagged: Library, start: Open
) -> None:
    await tagged.tag([1], [EV_DRIVETRAIN])
    async with start(tagged) as reader:
        await reader.press("number_sign", "j", "j", "d")
        assert "it cannot be deleted" in reader.notes[-1]
        await reader.press("E")
        await retype(reader, "other")
        await reader.press("enter")
        assert "it keeps its name" in reader.notes[-1]
        assert isinstance(reader.screen, TagsScreen)
        assert EV_DRIVETRAIN in await names(tagged)


async def test_the_keys_of_a_feed_do_the_same_for_a_tag_in_the_feed_list(
    tagged: Library, start: Open
) -> None:
    async with start(tagged) as reader:
        await reader.go_to("cars")
        reader.main.go_to_pane("feeds")
        await reader.press("E")
        assert isinstance(reader.screen, NameScreen)
        await retype(reader, "autos")
        await reader.press("enter")
        assert reader.main.row.label == "autos"
        assert reader.at_hand.tags == ("autos/ev", "wheels")

        await reader.press("d")
        assert await names(tagged) == {"wheels": 1}
        assert reader.main.row.label == "All"
        await reader.press("u")
        assert await names(tagged) == {"autos": 3, "autos/ev": 3, "wheels": 1}


async def test_in_the_list_of_stories_these_keys_are_the_feeds_still(
    tagged: Library, start: Open
) -> None:
    async with start(tagged) as reader:
        await reader.go_to("wheels")
        reader.main.go_to_pane("articles")
        await reader.press("d")

        assert reader.notes[-1] == "Choose a feed in the feed list first; d deletes it."
        assert "wheels" in await names(tagged)


async def test_keys_faster_than_the_page_meet_the_tag_they_were_meant_for(
    tagged: Library, start: Open
) -> None:
    async with start(tagged) as reader:
        await reader.burst("number_sign", "j", "j", "d", "k", "d")

        assert await names(tagged) == {}
        await reader.press("u")
        assert await names(tagged) == {"cars": 3, "cars/ev": 3}


async def test_what_was_typed_before_leaving_is_done(tagged: Library, start: Open) -> None:
    async with start(tagged) as reader:
        await reader.burst("number_sign", "j", "j", "d", "k", "d", "u", "q")

        assert reader.screen is reader.main
        assert await names(tagged) == {"cars": 3, "cars/ev": 3}


async def test_a_colour_is_chosen_by_key_and_shown_wherever_the_tag_is(
    tagged: Library, start: Open
) -> None:
    async with start(tagged, (200, 50)) as reader:
        await reader.press("number_sign", "c", "j", "j", "enter")
        assert reader.notes[-1] == "#cars is yellow now. u takes that back."
        assert [line.split()[-1] for line in reader.lines if "yellow" in line] != []
        # The tag below has it as well
        assert reader.text.count("██ ") == 2
        await reader.press("q")
        await reader.go_to("Axle Atom")
        reader.main.go_to_pane("articles")
        await reader.press("j")

        yellow = reader.app.theme_variables["tag-yellow"]
        shown = [text for text, ink, _ in drawn(reader) if ink.hex.lower() == yellow]
        # In the feed list, on the stories that are not under the cursor, beside the text
        assert sorted(shown) == ["#", "#", "#cars", "#cars/ev", "#ev"]


async def test_a_small_terminal_of_ascii_characters_shows_it_all(
    tagged: Library, start: Open, settings: Config
) -> None:
    await tagged.tagging.paint("cars", "red")
    async with start(tagged, (80, 24), replace(settings, ui=Ui(ascii=True))) as reader:
        await reader.press("number_sign")
        assert reader.text.isascii() or set(reader.text) - set("·") <= set(
            map(chr, range(128))
        )
        (line,) = (line for line in reader.lines if "#cars" in line)
        assert "## #cars" in line
        assert line.rstrip("| ").endswith("red")


@pytest.mark.parametrize(
    ("theme", "least"),
    [("autotui-dark", 4.5), ("autotui-light", 4.5), ("autotui-contrast", 7.0)],
)
async def test_every_colour_can_be_read_on_every_ground(
    tagged: Library, start: Open, settings: Config, theme: str, least: float
) -> None:
    for number, colour in enumerate(COLOURS, start=1):
        await tagged.tag([number], [f"tag-{colour}"])
        await tagged.tagging.paint(f"tag-{colour}", colour)
    async with start(tagged, (160, 50), replace(settings, ui=Ui(theme=theme))) as reader:
        for keys in (["j"], ["number_sign"], ["c"]):
            await reader.press(*keys)
            dim = {
                (text, ink.hex, paper.hex)
                for text, ink, paper in drawn(reader)
                if contrast(ink, paper) < least
            }
            assert not dim, keys


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "nord", "solarized-light"])
async def test_every_theme_has_every_colour(
    tagged: Library, start: Open, settings: Config, theme: str
) -> None:
    await tagged.tagging.paint("cars", "magenta")
    async with start(tagged, settings=replace(settings, ui=Ui(theme=theme))) as reader:
        await reader.press("number_sign", "c")
        assert "magenta" in reader.text
        assert all(reader.app.theme_variables[f"tag-{each}"] for each in COLOURS)
