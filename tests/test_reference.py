"""The reference of the config file, and where each setting comes from."""

from dataclasses import fields
from pathlib import Path

from autotui import config, reference
from autotui.config import PRESETS, RANGES, SECTIONS, Config
from support.homes import Home

ROOT = Path(__file__).parents[1]


def test_config_md_is_what_autotui_says_of_its_settings(home: Home) -> None:
    written = (ROOT / "CONFIG.md").read_text(encoding="utf-8")

    assert written == home.run("config", "reference").out


def test_every_setting_has_a_sentence_and_says_what_it_may_be() -> None:
    for setting in reference.in_force(Config(keys={"help": "f9"}), Path("config.toml")):
        assert setting.told.endswith("."), setting
        assert setting.allowed, setting


def test_the_reference_names_every_setting_range_and_preset() -> None:
    told = reference.as_markdown()

    for table in SECTIONS:
        for each in fields(getattr(Config(), table)):
            assert f"| `{each.name}` |" in told.split(f"## `[{table}]`")[1].split("##")[0]
    for low, high in RANGES.values():
        assert f"{low:,} to {high:,}" in told
    for preset in PRESETS:
        assert preset in told


def test_each_setting_tells_the_line_that_sets_it(home: Home) -> None:
    home.configure(
        '# mine\n[ui]\nascii = true\n\n[keys]\nhelp = "f9"\n[network]\nper_host = 3\n'
    )
    loaded = config.load(home.paths.config)

    found = {each.name: each for each in reference.in_force(loaded, home.paths.config)}

    assert (found["ui.ascii"].value, found["ui.ascii"].source) == (True, "config.toml:3")
    assert found["keys.help"].source == "config.toml:6"
    assert found["network.per_host"].source == "config.toml:8"
    assert found["ui.theme"].source == reference.DEFAULT
    assert found["keys.preset"].source == reference.DEFAULT


def test_the_command_shows_the_lines_too(home: Home) -> None:
    home.configure("[refresh]\nminutes = 90\n")

    shown = home.run("config", "show").out.splitlines()

    assert ["refresh.minutes", "90", "config.toml:2"] in [line.split() for line in shown]
    assert ["refresh.at_start", "yes", "default"] in [line.split() for line in shown]


def test_checking_the_file_finds_a_wrong_theme_and_a_wrong_key(home: Home) -> None:
    home.configure('[ui]\ntheme = "norb"\n')
    ran = home.run("config", "check")
    assert ran.code == 3
    assert "config.toml:2: there is no ui.theme 'norb'; did you mean 'nord'?" in ran.err

    home.configure('[keys]\n\nhlep = "f9"\n')
    ran = home.run("config", "check")
    assert ran.code == 3
    assert "config.toml:3: there is no keys.hlep; did you mean 'help'?" in ran.err


def test_the_settings_show_no_user_and_no_command(home: Home) -> None:
    home.configure(
        '[credentials."https://a.example"]\nuser = "jane"\n'
        'password_command = ["echo", "hunter2"]\n'
    )
    loaded = config.load(home.paths.config)

    shown = str(reference.in_force(loaded, home.paths.config))

    assert "https://a.example" in shown
    assert "config.toml:1" in shown
    assert "jane" not in shown
    assert "hunter2" not in shown
