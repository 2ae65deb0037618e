"""``autotui tags``: as a script would use it."""

import pytest

from autotui.model import EV_DRIVETRAIN
from support import feeds
from support.homes import Home
from support.web import Web

NEWS = [("n1", "Volt Weekly wins"), ("n2", "A bridge opens"), ("n3", "Volt again")]


@pytest.fixture
def tagged(home: Home, web: Web) -> Home:
    web["/feed"] = feeds.rss("Outlet", NEWS)
    assert home.run("add", web.url("/feed")).code == 0
    assert home.run("tag", "1", "2", "+cars/ev").code == 0
    assert home.run("tag", "2", "+wheels").code == 0
    assert home.run("tag", "3", f"+{EV_DRIVETRAIN}").code == 0
    assert home.run("mark", "1", "--read").code == 0
    return home


def names(home: Home) -> dict[str, int]:
    return {each["name"]: each["stories"] for each in home.run("tags", "--json").json}


def test_the_list_tells_stories_unread_and_when_it_was_used(tagged: Home) -> None:
    cars, ev, *_ = tagged.run("tags", "--json").json
    table = tagged.run("tags").out.splitlines()

    assert (cars["name"], cars["stories"], cars["unread"], cars["own"]) == ("cars", 2, 1, 0)
    assert ev == {**cars, "name": "cars/ev", "own": 2}
    assert cars["colour"] is None
    assert cars["last_used_at"].endswith("Z")
    assert table[0].split() == ["name", "stories", "unread", "last", "used", "at", "colour"]
    assert table[2].split()[:3] == ["cars/ev", "2", "1"]
    assert len(tagged.run("tags", "--jsonl").out.splitlines()) == 4


def test_a_tag_is_renamed_merged_painted_and_deleted(tagged: Home) -> None:
    assert tagged.run("tags", "rename", "cars", "#Fast Cars").out == (
        "renamed cars to fast-cars\n"
    )
    assert names(tagged) == {
        "fast-cars": 2,
        "fast-cars/ev": 2,
        "wheels": 1,
        EV_DRIVETRAIN: 1,
    }
    painted = tagged.run("tags", "colour", "fast-cars", "red", "--json").json
    assert (painted["name"], painted["colour"]) == ("fast-cars", "red")
    assert tagged.run("tags", "colour", "fast-cars", "none").code == 0
    merged = tagged.run("tags", "merge", "fast-cars/ev", "wheels", "--json").json
    assert (merged["name"], merged["stories"]) == ("wheels", 2)
    assert tagged.run("tags", "delete", "wheels").out == "deleted wheels\n"
    assert names(tagged) == {EV_DRIVETRAIN: 1}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["rename", "cars", "wheels"], 1, "there is a tag 'wheels' already"),
        (["rename", "cars"], 2, "NEW"),
        (["rename", "cars", "//"], 1, "cannot be the name of a tag"),
        (["merge", "cars", "nothing"], 1, "there is no tag 'nothing'"),
        (["delete", "nothing"], 1, "there is no tag 'nothing'"),
        (["delete", EV_DRIVETRAIN], 1, "it cannot be deleted"),
        (["colour", "cars", "mauve"], 2, "invalid choice"),
        (["paint"], 2, "invalid choice"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_changes_nothing(
    tagged: Home, arguments: list[str], code: int, told: str
) -> None:
    before = tagged.run("tags").out

    ran = tagged.run("tags", *arguments)

    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1
    assert tagged.run("tags").out == before
