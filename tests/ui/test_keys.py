from pathlib import Path

import pytest
from textual.binding import Binding

from autotui.config import PRESETS, Config
from autotui.errors import ConfigError
from autotui.ui import keys
from autotui.ui.screens.main import MainScreen
from autotui.ui.terminal import TerminalApp
from autotui.ui.widgets.article_list import ArticleList
from autotui.ui.widgets.page import Page

FILE = Path("config.toml")


def in_force(**rebound: str) -> dict[str, tuple[str, ...]]:
    wanted = {id_.replace("_", "-"): keys_ for id_, keys_ in rebound.items()}
    return {each.id: each.keys for each in keys.in_force(Config(keys=wanted), FILE)}


def test_every_binding_has_an_id_of_its_own_like_its_action() -> None:
    found = list(keys.every())

    assert len({binding.id for binding in found}) == len(found)
    for binding in found:
        assert binding.id == binding.action.replace("_", "-")
        assert binding.description


def test_every_action_is_one() -> None:
    for page, owners in (
        (keys.PANE, (ArticleList, Page)),
        (keys.MAIN, (MainScreen,)),
        (keys.APP, (TerminalApp,)),
    ):
        for binding in page:
            assert isinstance(binding, Binding)
            for owner in owners:
                assert hasattr(owner, f"action_{binding.action}"), binding.action


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_of_a_preset_does_two_things(preset: str) -> None:
    found = keys.in_force(Config(preset=preset), FILE)
    pressed = [key for each in found for key in each.keys]

    assert len(set(pressed)) == len(pressed)
    assert set(keys.PRESETS) == set(PRESETS)


@pytest.mark.parametrize(
    ("preset", "key", "id_"),
    [
        ("newsboat", "N", "toggle-read"),
        ("newsboat", "A", "mark-view-read"),
        ("newsboat", "ctrl+e", "edit-tags"),
        ("newsboat", "Q", "quit"),
        ("eilmeldung", "s", "refresh-due"),
        ("eilmeldung", "r", "toggle-read"),
        ("eilmeldung", "R", "mark-view-read"),
        ("eilmeldung", "m", "toggle-star"),
        ("eilmeldung", "o", "open-and-read"),
        ("eilmeldung", "N", "previous-unread"),
        ("eilmeldung", "S", "share"),
        ("eilmeldung", "x", "toggle-full-text"),
        ("eilmeldung", "z", "toggle-zen"),
        ("vim", "ctrl+r", "redo"),
    ],
)
def test_a_preset_has_the_keys_of_its_namesake(preset: str, key: str, id_: str) -> None:
    found = {each.id: each.keys for each in keys.in_force(Config(preset=preset), FILE)}

    assert key in found[id_]


@pytest.mark.parametrize(
    ("rebound", "line"), [({"undo": "s"}, 3), ({"undo": "nope"}, 3), ({"unod": "f9"}, 3)]
)
def test_a_wrong_key_is_told_with_its_line(rebound: dict[str, str], line: int) -> None:
    lines = {"keys": 1} | {f"keys.{id_}": line for id_ in rebound}

    with pytest.raises(ConfigError) as caught:
        keys.in_force(Config(keys=rebound, lines=lines), FILE)

    assert str(caught.value).startswith(f"config.toml:{line}: ")


def test_a_clash_with_a_key_of_the_preset_is_told_where_the_readers_own_key_stands() -> (
    None
):
    lines = {"keys.preset": 2, "keys.top": 3}
    clash = Config(preset="vim", keys={"top": "ctrl+r"}, lines=lines)

    with pytest.raises(ConfigError, match=r"config\.toml:3: the key Ctrl-R is bound"):
        keys.in_force(clash, FILE)


def test_keys_are_rebound_by_name_and_by_character() -> None:
    found = in_force(toggle_star="f5, ctrl+s", help="!", next_unread=",", settings="f9")

    assert found["toggle-star"] == ("f5", "ctrl+s")
    assert found["help"] == ("exclamation_mark",)
    assert found["next-unread"] == ("comma",)
    assert found["undo"] == ("u",)


def test_the_readers_own_keys_win_over_the_preset() -> None:
    found = keys.keymap(Config(preset="vim", keys={"redo": "f6"}), FILE)

    assert found == {"redo": "f6"}


@pytest.mark.parametrize(
    ("rebound", "told"),
    [
        ({"toggle-stra": "x"}, "there is no keys.toggle-stra; did you mean 'toggle-star'?"),
        ({"zzz": "x"}, "there is no keys.zzz; see 'autotui keys'"),
        ({"undo": "contrl+u"}, "keys.undo: there is no key 'contrl+u'"),
        ({"undo": ""}, "keys.undo: there is no key ''"),
        ({"undo": "s"}, "the key s is bound to toggle-star and to undo"),
        ({"undo": "question_mark"}, "the key ? is bound to undo and to help"),
    ],
)
def test_a_wrong_key_is_told_with_file_and_name(rebound: dict[str, str], told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        keys.in_force(Config(keys=rebound), FILE)

    assert str(FILE) in str(caught.value)
    assert told in str(caught.value)


def test_keys_are_shown_as_they_stand_on_a_keyboard() -> None:
    shown = {each.id: each.shown for each in keys.in_force(Config(), FILE)}

    assert shown["help"].startswith("? ")
    assert shown["half-down"] == "Ctrl-D"
    assert shown["move-down"] == "j ↓"
    assert shown["palette"] == ": Ctrl-P"
    assert shown["previous-pane"] == "Shift-Tab"
    assert shown["back"] == "q Esc"


def test_what_has_no_key_stands_in_the_palette_until_it_is_given_one() -> None:
    assert in_force()["learned"] == ()
    shown = {each.id: each.shown for each in keys.in_force(Config(), FILE)}
    assert shown["learned"] == "palette"

    assert in_force(learned="f7")["learned"] == ("f7",)
