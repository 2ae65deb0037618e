"""Each key of the page of keys does what it says: one without a claim here fails."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from textual.app import App
from textual.command import CommandPalette

from autotui.ui import keys
from autotui.ui.screens.adding import AddScreen, SaveScreen
from autotui.ui.screens.asking import LineScreen, QueryScreen
from autotui.ui.screens.editing import EditScreen, FolderScreen
from autotui.ui.screens.first import FirstScreen
from autotui.ui.screens.health import HealthScreen
from autotui.ui.screens.help import HelpScreen
from autotui.ui.screens.learned import LearnedScreen
from autotui.ui.screens.ruling import RulesScreen
from autotui.ui.screens.settings import SettingsScreen
from autotui.ui.screens.sharing import PipeScreen
from autotui.ui.screens.tagging import TagScreen
from autotui.ui.screens.tags import TagsScreen
from autotui.ui.screens.themes import ThemeScreen
from ui.screens.reader import Reader

LAST = 32
LIST_ROWS = 15


@dataclass
class Claim:
    """What holds after the key, and did not before it."""

    holds: Callable[[Reader], object]
    before: tuple[str, ...] = ()


def front(name: str) -> Callable[[Reader], bool]:
    return lambda reader: reader.main.front == name


def cursor(at: int) -> Callable[[Reader], bool]:
    return lambda reader: reader.main.articles.cursor == at


def shows(kind: type) -> Callable[[Reader], bool]:
    return lambda reader: isinstance(reader.screen, kind)


def noted(text: str) -> Callable[[Reader], bool]:
    return lambda reader: any(text in note for note in reader.notes)


def rows_of_list(number: int) -> Callable[[Reader], bool]:
    return lambda reader: reader.main.articles.outer_size.height == number


TO_FEEDS = ("h", "G")
CLAIMS = {
    "move-down": Claim(cursor(1)),
    "move-up": Claim(cursor(0), before=("j",)),
    "top": Claim(cursor(0), before=("j", "j")),
    "bottom": Claim(cursor(LAST)),
    "half-down": Claim(cursor(6)),
    "half-up": Claim(cursor(LAST - 6), before=("G",)),
    "page-down": Claim(cursor(12)),
    "page-up": Claim(cursor(LAST - 12), before=("G",)),
    "read-on": Claim(lambda reader: reader.at_hand.read and front("text")(reader)),
    "read-back": Claim(cursor(0), before=("j",)),
    "read": Claim(lambda reader: reader.at_hand.read and front("text")(reader)),
    "pane-right": Claim(front("text")),
    "pane-left": Claim(front("feeds")),
    "next-pane": Claim(front("text")),
    "previous-pane": Claim(front("feeds")),
    "next-unread": Claim(lambda reader: cursor(1)(reader) and reader.at_hand.read),
    "previous-unread": Claim(
        lambda reader: cursor(0)(reader) and reader.at_hand.read, before=("j",)
    ),
    "tag-drivetrain": Claim(lambda reader: reader.at_hand.tags == ("ev-drivetrain",)),
    "edit-tags": Claim(shows(TagScreen)),
    "remove-tags": Claim(lambda reader: not reader.at_hand.tags, before=("e",)),
    "accept-suggestion": Claim(lambda reader: cursor(1)(reader) and "#" in reader.lines[1]),
    "reject-suggestion": Claim(lambda reader: "✗" in reader.lines[1]),
    "why": Claim(lambda reader: reader.main.explained),
    "toggle-read": Claim(lambda reader: reader.at_hand.read),
    "toggle-star": Claim(lambda reader: reader.at_hand.starred),
    "toggle-later": Claim(lambda reader: reader.at_hand.later),
    "mark-view-read": Claim(lambda reader: reader.at_hand.read),
    "rules": Claim(shows(RulesScreen)),
    "tags": Claim(shows(TagsScreen)),
    "undo": Claim(lambda reader: not reader.at_hand.starred, before=("s",)),
    "redo": Claim(lambda reader: reader.at_hand.starred, before=("s", "u")),
    "refresh-feed": Claim(noted("Nothing new"), before=TO_FEEDS),
    "refresh-due": Claim(noted("No feed is due")),
    "add-feed": Claim(shows(AddScreen)),
    "search": Claim(shows(LineScreen)),
    "filter-list": Claim(shows(LineScreen)),
    "save-query": Claim(shows(QueryScreen), before=("2", "h", "G")),
    "edit-feed": Claim(shows(EditScreen)),
    "move-feed": Claim(shows(FolderScreen)),
    "mute-feed": Claim(noted("Muted Volt Weekly")),
    "feed-health": Claim(shows(HealthScreen)),
    "export-opml": Claim(shows(SaveScreen)),
    "export-list": Claim(shows(SaveScreen)),
    "delete-feed": Claim(lambda reader: "Axle Atom" not in reader.rows, before=TO_FEEDS),
    "first-feeds": Claim(shows(FirstScreen)),
    "scope-all": Claim(lambda reader: reader.main.scope == "", before=("2",)),
    "scope-unread": Claim(lambda reader: reader.list_title == "All · unread · 33"),
    "scope-starred": Claim(lambda reader: reader.list_title == "All · starred · 0"),
    "scope-suggested": Claim(lambda reader: reader.list_title == "All · suggested · 30"),
    "open-browser": Claim(noted("Opening outlet.example")),
    "open-and-read": Claim(
        lambda reader: noted("Opening outlet.example")(reader) and reader.at_hand.read
    ),
    "copy-markdown": Claim(
        lambda reader: reader.app.clipboard == "[Volt 29](<https://outlet.example/v29>)"
    ),
    "link-hints": Claim(noted("This story has no links.")),
    "share": Claim(shows(PipeScreen)),
    "select": Claim(lambda reader: reader.list_title == "All · 33 · 1 selected"),
    "toggle-full-text": Claim(noted("No full text: there is no host")),
    "prepare-offline": Claim(noted("33 of 33 have full text")),
    "copy-address": Claim(
        lambda reader: reader.app.clipboard == "https://outlet.example/v29"
    ),
    "toggle-metadata": Claim(
        lambda reader: reader.main.query_one("#metadata").region.area == 0
    ),
    "find": Claim(
        lambda reader: reader.list_title.startswith("All · name:inverter"),
        before=("l", "l", "j"),
    ),
    "toggle-zen": Claim(lambda reader: reader.main.text.region.width == 120),
    "narrow-pane": Claim(rows_of_list(LIST_ROWS - 2)),
    "widen-pane": Claim(rows_of_list(LIST_ROWS + 2)),
    "reset-panes": Claim(rows_of_list(LIST_ROWS), before=("less_than_sign",)),
    "theme": Claim(shows(ThemeScreen)),
    "settings": Claim(shows(SettingsScreen)),
    "reload-config": Claim(noted("Nothing in the config file has changed.")),
    "learned": Claim(shows(LearnedScreen)),
    "help": Claim(shows(HelpScreen)),
    "palette": Claim(shows(CommandPalette)),
    "back": Claim(front("articles"), before=("l",)),
    "suspend": Claim(lambda reader: reader.app.title == "suspended"),
    "quit": Claim(lambda reader: reader.app._exit),
}
EVERY = [
    (binding.id or "", key) for binding in keys.every() for key in binding.key.split(",")
]


@pytest.mark.parametrize(("id_", "key"), EVERY)
async def test_a_key_does_what_it_says(
    reader: Reader, id_: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        App, "action_suspend_process", lambda app: setattr(app, "title", "suspended")
    )
    claim = CLAIMS[id_]
    await reader.press(*claim.before)
    assert not claim.holds(reader)

    if key == "<any>":  # in the palette only
        await reader.main.run_action(id_.replace("-", "_"))
        await reader.settle()
    else:
        await reader.press(key)

    assert claim.holds(reader)


def test_there_is_no_claim_of_a_key_that_is_gone() -> None:
    assert CLAIMS.keys() == {id_ for id_, _ in EVERY}
