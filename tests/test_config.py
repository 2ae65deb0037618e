"""The config file's credentials; what else it holds is tested through the commands."""

from pathlib import Path

import pytest

from autotui import config
from autotui.config import Credential
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


def test_showing_the_config_shows_no_user_and_no_command(home: Home) -> None:
    home.configure(
        '[credentials."https://a.example"]\n'
        'user = "jane"\npassword_command = ["echo", "hunter2"]\n'
    )
    shown = home.run("config", "show").out
    assert "https://a.example" in shown
    assert "jane" not in shown
    assert "hunter2" not in shown
