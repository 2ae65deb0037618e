"""Programs with arguments: what the config file may say, and how it is filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui import programs
from autotui.errors import ConfigError

KNOWN = ("url", "title")


def test_a_program_is_a_list_of_words() -> None:
    words = ["mail", "-s", "{title}", "me@example.org", "{", "{}", '{"a": 1}']

    assert programs.checked(words, KNOWN) == tuple(words)


@pytest.mark.parametrize("words", ["mail", [], [1], [""], ["a", None], ["a\0b"], {}, None])
def test_what_is_no_list_of_words_is_told(words: object) -> None:
    with pytest.raises(ConfigError, match="a program and its arguments"):
        programs.checked(words, KNOWN)


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"\{titel\}; did you mean '\{title\}'"):
        programs.checked(["mail", "{titel}"], KNOWN)


def test_each_word_stays_one_argument_and_values_are_not_read_again() -> None:
    values = {"url": "https://a.example/{title}", "title": "a b; $(reboot) {url}"}

    assert programs.filled(["p", "--to={url}", "x {title}", "{other}"], values) == [
        "p",
        "--to=https://a.example/{title}",
        "x a b; $(reboot) {url}",
        "{other}",
    ]


@given(st.text(), st.sampled_from(["{title}", "{title}{title}", "{title} x"]))
def test_no_title_makes_an_option_of_an_argument(title: str, word: str) -> None:
    (argument,) = programs.filled([word], {"title": title})

    assert not argument.startswith(("-", "@"))
    assert argument.endswith(word.replace("{title}", title))


def test_options_of_the_config_file_stay_options() -> None:
    assert programs.filled(["-s", "@file", "--{title}"], {"title": "-x"}) == [
        "-s",
        "@file",
        "---x",
    ]


def test_a_program_mentions_what_it_wants() -> None:
    assert programs.mentions(["p", "--a={url}"], "url")
    assert not programs.mentions(["p", "url"], "url")
