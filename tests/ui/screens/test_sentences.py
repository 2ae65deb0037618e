"""Every view that may be empty says why in a sentence, and names a key that is in force."""

import re
from itertools import product
from pathlib import Path

import pytest

from autotui.config import Config
from autotui.ui import keys, sidebar
from autotui.ui.screens import sentences
from autotui.ui.sidebar import Row

FILE = Path("config.toml")
ERROR = "HTTP 503 {undo} [red]x[/]"
SCOPES = ("", "is:unread", "is:starred", "is:suggested", "name:inverter")
ROWS = (
    sidebar.ALL,
    Row("smart", "Unread", "is:unread"),
    Row("smart", "Starred", "is:starred"),
    Row("smart", "Read later", "is:later"),
    Row("smart", "EV drivetrains", "tag:ev-drivetrain"),
    Row("smart", "Suggested", sidebar.SUGGESTED),
    Row("folder", "Cars", "folder:Cars"),
    Row("feed", "Volt", "feed:1", feed_id=1),
    Row("feed", "Ill", "feed:2", feed_id=2, error=ERROR),
    Row("tag", "motor", "tag:motor"),
    Row("query", "Axles", "title:axle"),
    Row("query", "Broken", "since:x", error="since: wants a time"),
)
IDS = tuple(binding.id or "" for binding in keys.every())
DEFAULT = {
    each.id: each.shown.split()[0] if each.keys else ""
    for each in keys.in_force(Config(), FILE)
}
REBOUND = {id_: f"<{id_}>" for id_ in IDS}


@pytest.mark.parametrize(("row", "scope"), [*product(ROWS, SCOPES)], ids=str)
def test_an_empty_view_names_keys_that_are_in_force(row: Row, scope: str) -> None:
    told = sentences.why_empty(row, scope, REBOUND)

    named = re.findall(r"<([a-z-]+)>", told)
    assert named
    assert set(named) <= set(IDS)
    reason = told.partition(f"<{named[0]}>")[0]
    assert reason.endswith(". ")
    assert told.endswith(".")
    # and no letter of the default keys is left in it
    letters = set(re.findall(r"\b[A-Za-z0-9]\b", told.replace("[red]x[/]", "")))
    assert letters <= {"a"}, told


def test_the_sentences_as_they_are_read_with_the_keys_of_the_first_start() -> None:
    told = {sentences.why_empty(row, "", DEFAULT) for row in ROWS[:10]}

    assert told == {
        "No stories yet. R asks the feeds that are due.",
        "Everything is read. R asks the feeds for news.",
        "No story is starred. s stars the story at hand.",
        "Nothing to read later. L keeps a story for later.",
        "No story is tagged ev-drivetrain. e tags one.",
        "No suggestion waits for you. R asks the feeds for news.",
        "This feed has no stories yet. r asks it, R all that are due.",
        f"This feed could not be read: {ERROR}. r asks again, d deletes it.",
    }


def test_an_action_without_a_key_is_in_the_palette() -> None:
    bare = {**DEFAULT, "refresh-due": "", "refresh-feed": "", "scope-all": ""}

    assert sentences.why_empty(ROWS[1], "", bare) == (
        "Everything is read. The palette asks the feeds for news."
    )
    assert sentences.why_empty(ROWS[7], "", bare) == (
        "This feed has no stories yet. The palette asks it, the palette all that are due."
    )
    assert sentences.trouble(ROWS[8], bare) == f"! {ERROR} · The palette asks again"
