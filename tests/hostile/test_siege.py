"""Hostile feeds over a real web: autotui lives, and their neighbours are complete."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from autotui import cli
from hostile.case import Case
from hostile.conftest import Besieged
from hostile.groups import CASES, GROUPS, Group
from hostile.histories import NEIGHBOUR
from hostile.siege import NEIGHBOURS
from hostile.texts import KEPT, PAYLOADS, TERMINAL
from support.homes import Home, environment
from support.terminals import Terminal

MEGABYTES = 300
SECONDS = 28.0
HARM = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
GROUP = pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)


def strings(value: Any) -> Iterator[str]:
    """Give every string in what JSON holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


@pytest.mark.parametrize(("group", "case"), CASES, ids=lambda value: value.name)
def test_a_hostile_feed_brings_what_it_can_and_says_what_it_cannot(
    besieged: Besieged, group: Group, case: Case
) -> None:
    outcome = besieged(group.name)
    told, stories = outcome.told[case.path], outcome.stories[case.path]

    assert told["seconds"] < SECONDS
    error = told["error"] or ""
    if case.says:
        assert case.says in error
    elif case.says is not None:
        assert bool(error) == (case.stories == 0), error
    if case.stories is not None:
        assert len(stories) == case.stories, error
    if case.titles is not None:
        assert sorted(story["title"] for story in stories) == sorted(case.titles)
    for text in strings([told, outcome.feeds[case.path], stories]):
        assert not HARM.search(text), repr(text[:200])
    assert not set(case.unasked) & set(outcome.asked)


@GROUP
def test_the_neighbours_are_complete(besieged: Besieged, group: Group) -> None:
    outcome = besieged(group.name)
    for path in NEIGHBOURS:
        assert outcome.told[path]["error"] is None
        stories = outcome.stories[path]
        assert sorted(story["title"] for story in stories) == list(NEIGHBOUR)
        if group.full:
            assert all("one housing" in story["text"] for story in stories)


@GROUP
def test_every_refresh_ends_well_and_is_small(besieged: Besieged, group: Group) -> None:
    outcome = besieged(group.name)
    assert set(outcome.codes) <= {cli.DONE, cli.ALL_FEEDS_FAILED, cli.SOME_FEEDS_FAILED}
    assert 20 < outcome.largest / 1e6 < MEGABYTES
    assert len(outcome.told) == len(group.cases) + len(NEIGHBOURS)


@GROUP
def test_nothing_that_is_printed_commands_a_terminal(
    besieged: Besieged, group: Group
) -> None:
    for printed in besieged(group.name).printed:
        found = HARM.search(printed)
        assert not found, repr(printed[max(found.start() - 99, 0) :][:200])
        assert "Traceback" not in printed


@GROUP
def test_every_address_is_a_web_address_that_hides_nothing(
    besieged: Besieged, group: Group
) -> None:
    for story in (
        each for stories in besieged(group.name).stories.values() for each in stories
    ):
        addresses = [
            story["url"],
            *story.get("links", ()),
            *(e["url"] for e in story["enclosures"]),
        ]
        for address in filter(None, addresses):
            parts = urlsplit(address)
            assert parts.scheme in {"http", "https"}, address
            assert "@" not in parts.netloc, address
            assert parts.netloc, address
            assert address.isascii(), address
            assert not set(address) & set(" <>\"'`|\\^"), address


@pytest.mark.parametrize("case", TERMINAL, ids=lambda case: case.name)
def test_what_stands_around_an_escape_is_kept(besieged: Besieged, case: Case) -> None:
    for story in besieged("texts").stories[case.path]:
        for text in (story["title"], story["text"]):
            assert text.startswith(KEPT[0])
            assert KEPT[1] in text


def test_the_log_holds_no_bug(besieged: Besieged) -> None:
    for group in GROUPS:
        log = Home(Path(besieged(group.name).home)).paths.log
        assert not log.exists() or "a bug" not in log.read_text(encoding="utf-8")


def test_every_story_can_be_printed_and_none_commands_a_terminal(
    besieged: Besieged, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = besieged("texts")
    for story in (each for stories in outcome.stories.values() for each in stories):
        for form in ("--markdown", "--json"):
            code = cli.main(["--home", outcome.home, "show", str(story["id"]), form])
            printed = capsys.readouterr()
            assert code == 0
            assert not HARM.search(printed.out + printed.err), story["title"]


def named(terminal: Terminal, stories: int, _: str) -> bool:
    """Tell whether the window was named after so many stories."""
    return terminal.output.count(b"\x1b]2;") >= stories


def test_every_story_can_be_read_and_none_commands_the_terminal(
    besieged: Besieged,
) -> None:
    # Given the stories with escapes in every field, in a real terminal
    outcome = besieged("texts")
    unread = sum(len(stories) for stories in outcome.stories.values())
    command = Home(Path(outcome.home)).command()
    with Terminal(command, environment(), 140, 30, drawn=False) as terminal:
        terminal.wait_for_bytes(b"About")
        # When each is opened: the window is named after each that is on the screen
        for read in range(unread):
            terminal.press("n")
            terminal.wait_until(partial(named, terminal, read + 1))
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 0
        written = bytes(terminal.output)

    # Then only the app's own sequences were written
    text = written.decode()
    assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", text)
    assert not set(text) & set("\x00\x05\x0e\x0f\x7f")
    commands = re.findall(rb"\x1b\](\d+);([^\x07\x1b]*)", written)
    # OSC 2 is the window's title, OSC 22 the pointer's shape
    assert {number for number, _ in commands} <= {b"2", b"22"}
    assert b"\x1b_" not in written
    assert PAYLOADS["clear"].encode() not in written


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "'",
        "a AND",
        "NEAR(a b)",
        "a* ^b",
        "x:y",
        "-",
        "(((",
        "tag:",
        "') OR 1=1 --",
        "\x1b",
    ],
)
def test_no_search_is_read_as_a_command_of_the_database(
    besieged: Besieged, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    home = besieged("texts").home
    code = cli.main(["--home", home, "list", words, "--json"])
    told = capsys.readouterr()
    assert code in {cli.DONE, cli.WRONG_USE}, told.err
    assert len(told.err.splitlines()) == (code == cli.WRONG_USE)
    assert not HARM.search(told.err.strip())
    if code == cli.DONE:
        assert isinstance(json.loads(told.out), list)
