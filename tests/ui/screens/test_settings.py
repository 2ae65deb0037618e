"""The settings page, and the config file read again while autotui runs."""

import pytest

from autotui import config
from autotui.errors import ConfigError
from autotui.library import Library
from autotui.ui.screens.settings import SettingsScreen
from support.homes import Home
from ui.screens.reader import Open, Reader

CONFIG = """[network]
allow_private = true
[refresh]
at_start = false
"""


def change(home: Home, more: str) -> None:
    home.configure(CONFIG + more)


def flat(reader: Reader) -> str:
    return " ".join(reader.text.split())


async def test_the_page_shows_each_value_where_it_comes_from_and_what_it_means(
    reader: Reader,
) -> None:
    await reader.press("comma")

    assert isinstance(reader.screen, SettingsScreen)
    assert "config.toml ─" in reader.lines[0]
    assert "[network]" in flat(reader)
    assert "allow_private = true (config.toml:2)" in flat(reader)
    assert "at_once = 16 (default)" in flat(reader)
    assert "May be a whole number, 1 to 64." in flat(reader)
    await reader.press("G")
    assert 'preset = "default" (default)' in flat(reader)

    await reader.press("q")
    assert not isinstance(reader.app.screen, SettingsScreen)
    assert reader.notes == []


async def test_the_theme_that_is_worn_is_named(reader: Reader) -> None:
    reader.main.wear("nord")
    await reader.press("comma", *["pagedown"] * 2)

    assert 'theme = "auto" (default)' in flat(reader)
    assert "Now nord." in flat(reader)


async def test_a_file_that_changed_meanwhile_is_read_when_the_page_is_left(
    reader: Reader, home: Home
) -> None:
    await reader.press("comma")
    change(home, '[ui]\ntheme = "dracula"\nascii = true\n[keys]\ntoggle-star = "f5"\n')
    assert reader.app.theme == "autotui-dark"

    await reader.press("q")

    assert reader.notes == ["config.toml was read again."]
    assert reader.app.theme == "dracula"
    assert reader.lines[1].startswith("|>All")
    await reader.press("f5")
    assert reader.at_hand.starred
    await reader.press("s")
    assert reader.at_hand.starred
    assert reader.library.config.keys == {"toggle-star": "f5"}


async def test_the_page_reads_the_file_again_by_key(reader: Reader, home: Home) -> None:
    await reader.press("comma")
    change(home, "minutes = 90\n")

    await reader.press("r")

    assert "minutes = 90 (config.toml:5)" in flat(reader)
    assert reader.library.config.refresh.minutes == 90
    await reader.press("r")
    assert reader.notes[-1] == "Nothing in the config file has changed."


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("minits = 9", ":5: there is no refresh.minits; did you mean 'refresh.minutes'?"),
        (
            '[ui]\ntheme = "autotui-drak"',
            ":6: there is no ui.theme 'autotui-drak'; did you",
        ),
        ('[keys]\nundo = "m"', ":6: the key m is bound to toggle-read and to undo"),
        ("[", " is not TOML"),
    ],
)
async def test_a_wrong_file_is_told_with_its_line_and_the_old_settings_stay(
    reader: Reader, home: Home, more: str, told: str
) -> None:
    before = reader.app.config
    change(home, more)

    reader.main.action_reload_config()
    await reader.settle()

    (note,) = reader.notes
    assert f"config.toml{told}" in note
    assert note.endswith("; the settings before it stay")
    assert reader.app.config is before is reader.library.config
    await reader.press("u")
    assert reader.notes[-1] == "There is nothing to undo."


async def test_the_keys_in_force_stand_in_hints_and_empty_views_at_once(
    reader: Reader, home: Home
) -> None:
    await reader.press("3")
    change(home, '[keys]\nscope-all = "f7"\nread-on = "f8"\n')

    reader.main.action_reload_config()
    await reader.settle()

    assert "F7 shows all stories." in flat(reader)
    assert "F8 Read on" in reader.lines[-1]


async def test_what_needs_a_restart_says_so(reader: Reader, home: Home) -> None:
    change(home, "[ui]\nmouse = false\n")

    reader.main.action_reload_config()
    await reader.settle()

    assert reader.notes == ["config.toml was read again. ui.mouse waits for a restart."]


async def test_a_wrong_theme_ends_the_start_with_line_and_nearest_name(
    stocked: Library, start: Open, home: Home
) -> None:
    change(home, '[ui]\ntheme = "autotui-ligth"\n')
    loaded = config.load(home.paths.config)

    with pytest.raises(ConfigError) as caught:
        async with start(stocked, settings=loaded):
            pass

    assert "config.toml:6: there is no ui.theme" in str(caught.value)
    assert "did you mean 'autotui-light'?" in str(caught.value)
