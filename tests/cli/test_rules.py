"""``autotui rules``: as a script would use it."""

from pathlib import Path

import pytest

from support import feeds
from support.homes import Home
from support.web import Web

NEWS = [("n1", "Volt Weekly wins"), ("n2", "A bridge opens"), ("n3", "Volt again")]


@pytest.fixture
def outlet(home: Home, web: Web) -> Home:
    web["/feed"] = feeds.rss("Outlet", NEWS)
    assert home.run("add", web.url("/feed")).code == 0
    return home


def test_a_rule_is_added_listed_and_removed(home: Home) -> None:
    query = ["title:volt", "-is:read", "+volt", "+fast/cars"]
    added = home.run("rules", "add", "volts", *query, "--star", "--read", "--json")
    assert added.code == 0

    (listed,) = home.run("rules", "--json").json

    assert listed == added.json
    assert listed["query"] == "title:volt -is:read"
    assert listed["actions"] == ["+volt", "+fast/cars", "star", "read"]
    assert (listed["name"], listed["enabled"], listed["hits"]) == ("volts", True, 0)
    assert home.run("rules", "disable", "volts", "--json").json["enabled"] is False
    assert home.run("rules", "enable", "volts").out == "enabled rule volts\n"
    assert home.run("rules", "remove", "volts").out == "removed rule volts\n"
    assert home.run("rules", "--json").json == []


def test_a_preview_tells_what_is_changed_then(outlet: Home) -> None:
    outlet.run("rules", "add", "volts", "title:volt", "+volt")
    shown = outlet.run("rules", "preview", "volts", "--json").json["would_change"]
    thought = outlet.run("rules", "preview", "title:volt", "--star").out
    applied = outlet.run("rules", "apply", "volts", "--json").json["changed"]

    assert sorted(shown) == sorted(applied) == [1, 3]
    assert thought.splitlines()[0] == "2 would be changed"
    assert outlet.run("rules", "preview", "volts").out == "0 would be changed\n"
    (story, _) = outlet.run("list", "tag:volt", "--json").json
    assert story["automatic"] == [{"action": "+volt", "rule": "volts"}]


def test_a_rule_meets_what_a_refresh_brings(outlet: Home, web: Web) -> None:
    outlet.run("rules", "add", "volts", "title:volt", "--later")
    web["/feed"] = feeds.rss("Outlet", [*NEWS, ("n4", "Volt once more")])

    assert outlet.run("refresh", "--force").code == 0

    (story,) = outlet.run("list", "is:later", "--json").json
    assert story["title"] == "Volt once more"
    assert outlet.run("rules", "--json").json[0]["hits"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["add", "x", "kwh>lots", "+a"], 2, "'kwh' at 1 wants a number"),
        (["add", "x", "volt"], 2, "needs an action"),
        (["add", "x", "+a"], 2, "needs a query"),
        (["add", "x"], 2, "QUERY"),
        (["remove", "x"], 1, "there is no rule 'x'"),
        (["apply", "x"], 1, "there is no rule 'x'"),
        (["preview", "x"], 1, "there is no rule 'x'"),
        (["fly"], 2, "invalid choice"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    home: Home, arguments: list[str], code: int, told: str
) -> None:
    ran = home.run("rules", *arguments)

    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_home_that_was_never_used_has_no_rules(tmp_path: Path) -> None:
    assert Home(tmp_path / "new").run("rules").out == ""
