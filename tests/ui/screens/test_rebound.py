"""Where a reader bound other keys, notes, panels and texts name those."""

import re
from dataclasses import replace

import pytest

from autotui.config import Config
from autotui.library import Library
from autotui.model import Completeness
from ui.screens.reader import Open, Reader

KEYS = {
    "undo": "f2",
    "add-feed": "f3",
    "first-feeds": "f4",
    "refresh-due": "f5",
    "refresh-feed": "f6",
    "toggle-star": "f7",
    "delete-feed": "f8",
    "read-on": "f9",
    "back": "f10",
    "open-browser": "f11",
    "toggle-full-text": "f12",
}
VERBS = "takes|brings|asks|adds|mends|deletes|leaves|shows|tags"
DEFAULT = re.compile(rf"\b[a-zA-Z](?= (?:{VERBS})\b)|\bSpace\b|\bEsc\b")
"""A lone letter before a verb, as a key stands in a note."""


@pytest.fixture
def settings(settings: Config) -> Config:
    """What the home's config file says, with other keys."""
    return replace(settings, keys=KEYS)


async def test_notes_name_the_keys_in_force(
    stocked: Library, start: Open, settings: Config
) -> None:
    async with start(stocked, settings=settings) as reader:
        notes: set[str] = set()

        async def press(*keys: str) -> None:
            for key in keys:
                await reader.press(key)
                notes.update(reader.notes)

        await press("v", "j", "f7", "f2", "A", "f2", "plus", "plus", "f2", "f5")
        await reader.go_to("Axle Atom")
        await press("M", *"Cars", "enter", "f8", "f2", "h", "g", "f8", "1")
        await press("slash", *"axle", "enter", "S", "enter")

        assert "No feed is due. F6 asks the feed at hand all the same." in notes
        assert "Choose a feed in the feed list first; F8 deletes it." in notes
        assert sum("F2 takes" in note or "F2 brings" in note for note in notes) > 4
        assert [note for note in notes if DEFAULT.search(note)] == []


async def test_the_first_panel_and_the_welcome_story_name_the_keys_in_force(
    library: Library, start: Open, settings: Config
) -> None:
    async with start(library, settings=settings) as reader:
        assert "F4 shows this again" in reader.text
        assert "F9 reads on, everywhere." in reader.text
        await reader.press("escape")
        assert "F9 reads on: a page down" in reader.text
        assert "F3 adds a feed by its address" in reader.text
        await reader.press("f5", "f7")
        assert reader.notes == [
            "There is no feed to ask yet; F3 adds one, F4 a pack of them.",
            "The welcome story is only here to be read; F3 adds a feed.",
        ]


@pytest.mark.parametrize("state", ["teaser", "blocked", "paywall"])
async def test_the_end_of_what_is_cut_off_names_the_keys_in_force(
    reader: Reader, settings: Config, state: Completeness
) -> None:
    assert reader.main.story is not None
    article = replace(reader.at_hand, completeness=state)
    reader.app.configure(settings)
    reader.main.key_of = reader.app.key_of
    reader.main.story = replace(reader.main.story, article=article)
    await reader.press("l", "G")

    assert "F11" in reader.text
