"""The config file's credentials; what else it holds is tested through the commands."""

from pathlib import Path

import pytest

from autotui import config
from autotui.config import Credential, Images
from autotui.errors import ConfigError
from support.homes import Home


def load(folder: Path, toml: str) -> config.Config:
    file = folder / "config.toml"
    file.write_text(toml, encoding="utf-8")
    return config.load(file)


def test_credentials_name_where_a_secret_is_and_whom_it_is_for(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        """
        [credentials."https://News.example/"]
        user = "me"
        password_command = ["pass", "show", "news"]
        [credentials."http://nas.example:8080"]
        header = "X-Token"
        value_env = "NAS_TOKEN"
        """,
    )
    assert loaded.credentials == (
        Credential("https://news.example", user="me", command=("pass", "show", "news")),
        Credential("http://nas.example:8080", header="X-Token", env="NAS_TOKEN"),
    )


@pytest.mark.parametrize(
    ("place", "settings", "words"),
    [
        (
            "https://a.example",
            'user = "me"\npassword = "hunter2"',
            "did you mean 'password_",
        ),
        ("https://a.example", 'user = "me"', "password_command or password_env"),
        ("https://a.example", 'password_env = "X"', "wants user"),
        (
            "https://a.example",
            'user = "me"\npassword_command = "pass hunter2"',
            "a program and its arguments",
        ),
        ("https://a.example", 'user = "me"\npassword_command = []', "a program"),
        ("https://a.example", 'user = "me"\npassword_command = [1]', "a program"),
        (
            "https://a.example",
            'user = "me"\npassword_env = "X"\npassword_command = ["hunter2"]',
            "password_command or password_env",
        ),
        ("https://a.example", 'user = "me"\nvalue_env = "X"', "password_env"),
        ("https://a.example", 'header = "X-T"\npassword_env = "X"', "value_env"),
        (
            "https://a.example",
            'header = "X-T"\nuser = "me"\nvalue_env = "X"',
            "wants header",
        ),
        ("https://a.example", 'header = "Cookie"\nvalue_env = "X"', "cannot be sent"),
        ("https://a.example", 'header = "X: y"\nvalue_env = "X"', "cannot be sent"),
        ("https://a.example/feed", 'user = "me"\npassword_env = "X"', "host alone"),
        ("https://me:hunter2@a.example", 'user = "me"\npassword_env = "X"', "host alone"),
        ("a.example", 'user = "me"\npassword_env = "X"', "host alone"),
        ("ftp://a.example", 'user = "me"\npassword_env = "X"', "host alone"),
    ],
)
def test_wrong_credentials_are_told_without_what_may_be_the_secret(
    tmp_path: Path, place: str, settings: str, words: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f'[credentials."{place}"]\n{settings}\n')
    assert words in str(caught.value)
    assert "config.toml" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_images_are_off_and_small_until_the_reader_says_otherwise(home: Home) -> None:
    assert config.Config().images == Images(cache=False, megabytes=250)
    home.configure("[images]\ncache = true\nmegabytes = 40\n")
    shown = home.run("config", "show").out
    assert ["images.cache", "yes"] in [line.split()[:2] for line in shown.splitlines()]
    assert ["images.megabytes", "40"] in [line.split()[:2] for line in shown.splitlines()]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("cache = 1", "images.cache wants true or false"),
        ("megabytes = 0", "images.megabytes wants 1 to 100000"),
        ("megabytes = 1.5", "images.megabytes wants a whole number"),
        ("megabyte = 9", "did you mean 'images.megabytes'"),
    ],
)
def test_wrong_settings_of_images_are_told(
    tmp_path: Path, settings: str, words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        load(tmp_path, f"[images]\n{settings}\n")


def test_showing_the_config_shows_no_user_and_no_command(home: Home) -> None:
    home.configure(
        '[credentials."https://a.example"]\n'
        'user = "jane"\npassword_command = ["echo", "hunter2"]\n'
    )
    shown = home.run("config", "show").out
    assert "https://a.example" in shown
    assert "jane" not in shown
    assert "hunter2" not in shown


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('# one\n[ui]\n\nascii = "yes"', ":4: ui.ascii wants true or false"),
        ("[refresh]\nminutes = 1", ":2: refresh.minutes wants 5 to 10080"),
        ("[refresh]\n\nminits = 9", ":3: there is no refresh.minits; did you mean"),
        ("[ui]\n[netwrok]", ":2: there is no netwrok; did you mean 'network'?"),
        ("ui = 3", ":1: [ui] is a table"),
        ("ui = { ascii = 3 }", ":1: ui.ascii wants"),
        ('[keys]\npreset = "vmi"', ":2: there is no keys.preset vmi; did you mean 'vim'?"),
        (
            '[credentials."https://a.example"]\nuser = "x"\npassword = "y"',
            ":3: there is no credentials.https://a.example password",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, toml: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, toml)

    assert f"config.toml{told}" in str(caught.value)


def test_programs_are_lists_of_words(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        """
        [browser]
        command = ["fox", "--new-tab", "{url}"]
        [share]
        "Read later" = ["keep", "{url}", "{title}"]
        print = ["lp"]
        """,
    )
    assert loaded.browser.command == ("fox", "--new-tab", "{url}")
    assert dict(loaded.share) == {
        "Read later": ("keep", "{url}", "{title}"),
        "print": ("lp",),
    }


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('[share]\nmail = "mail -s x"', "share.mail wants a program and its arguments"),
        ("[share]\nmail = []", "share.mail wants a program"),
        ('[share]\nmail = ["m", "{titel}"]', "did you mean '{title}'"),
        ('[browser]\ncommand = ["fox", "{title}"]', "cannot fill in {title}"),
        ('[browser]\ncomand = ["fox"]', "did you mean 'browser.command'"),
        ('[browser]\ncommand = "fox"', "browser.command wants a program"),
        ("share = 1", "is a table of settings"),
    ],
)
def test_wrong_programs_are_told(tmp_path: Path, settings: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, settings)
    assert words in str(caught.value)
    assert "config.toml" in str(caught.value)
