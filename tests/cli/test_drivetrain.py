"""suggest, judge, learned: what scripts see of the judgements."""

import csv
import io
import json
from pathlib import Path

import pytest

from autotui import cli
from support import feeds
from support.homes import Home
from support.web import Page, Web

DRIVE = (
    "The two carmakers will develop electric drive units together: motor, inverter and "
    "reduction gear in one housing. The traction motor makes 250 kW (340 hp). "
)
STORIES = [
    ("a", "BMW and a partner develop the next electric drive unit", DRIVE * 3),
    ("b", "Supplier wins order for 800-volt silicon carbide inverters", DRIVE),
    ("c", "Town opens its new swimming pool", "The pool has a slide and a cafe. " * 9),
]
EVIDENCE = {"quote", "start", "end", "weight", "cue"}


@pytest.fixture
def filled(home: Home, web: Web) -> Home:
    """A home with three stories, two of them about drivetrains."""
    web["/feed"] = Page(feeds.atom_texts("Outlet", STORIES))
    assert home.run("add", web.url("/feed")).code == 0
    return home


def rows(*stories: tuple[str, str, bool | None]) -> bytes:
    """Stories as JSON lines, with their labels."""
    return b"".join(
        json.dumps({"title": title, "text": text, "label": label}).encode() + b"\n"
        for title, text, label in stories
    )


def test_suggestions_come_best_first_with_quotes_that_stand_there(filled: Home) -> None:
    found = filled.run("suggest", "--json").json
    assert [set(each) for each in found] == [
        {"article_id", "title", "tag", "score", "evidence"}
    ] * 2
    assert [each["score"] for each in found] == sorted(
        (each["score"] for each in found), reverse=True
    )
    for each in found:
        story = filled.run("show", str(each["article_id"]), "--json").json
        whole = f"{story['title']}\n\n{story['text']}"
        assert each["tag"] == "ev-drivetrain"
        assert each["evidence"]
        for told in each["evidence"]:
            assert set(told) == EVIDENCE
            assert whole[told["start"] : told["end"]] == told["quote"]


def test_a_verdict_is_kept_and_leaves_the_list(filled: Home) -> None:
    first, second = (each["article_id"] for each in filled.run("suggest", "--json").json)
    left = filled.run("suggest", "--accept", str(first), "--json").json
    assert [each["article_id"] for each in left] == [second]
    assert filled.run("list", "tag:ev-drivetrain", "--json").json[0]["id"] == first
    assert filled.run("suggest", "--reject", str(second), "--json").json == []
    told = filled.run("learned", "--json").json
    assert (told["tag"], told["accepted"], told["rejected"]) == ("ev-drivetrain", 1, 1)
    assert all(
        set(each) == {"feature", "accepted", "rejected", "weight"}
        for each in told["features"]
    )
    assert filled.run("learned", "--reset", "--json").json == {"forgotten": 2}
    assert filled.run("learned", "--json").json["features"] == []


def test_a_verdict_on_a_story_there_is_not_changes_nothing(filled: Home) -> None:
    ran = filled.run("suggest", "--accept", "1", "99")
    assert ran.code == cli.FAILED
    assert "no story 99" in ran.err
    assert filled.run("list", "is:tagged", "--json").json == []


def test_a_story_is_shown_with_its_facts_names_and_suggestion(filled: Home) -> None:
    (story,) = filled.run("list", 'title:"BMW and a partner"', "--json").json
    shown = filled.run("show", str(story["id"]), "--json").json
    whole = f"{shown['title']}\n\n{shown['text']}"
    (power,) = (each for each in shown["facts"] if each["kind"] == "power")
    assert (power["value"], power["unit"]) == (250, "kW")
    assert power["sentence"] in whole
    assert "BMW" in {each["name"] for each in shown["names"]}
    assert [each["tag"] for each in shown["suggestions"]] == ["ev-drivetrain"]
    assert filled.run("list", "name:BMW kw>=250", "--json").json == [story]


def test_stories_are_judged_in_order_without_a_library(home: Home) -> None:
    lines = rows(*((title, text, None) for _, title, text in STORIES))
    ran = home.run("judge", stdin=lines)
    assert ran.code == 0
    assert [each["suggest"] for each in ran.lines] == [True, True, False]
    for each in ran.lines:
        assert set(each) >= {"score", "suggest", "evidence", "facts", "names"}
        assert 0 <= each["score"] <= 1
    assert not home.paths.database.exists()


def test_what_was_learned_counts_only_where_it_is_asked_for(
    filled: Home, tmp_path: Path
) -> None:
    file = tmp_path / "stories.jsonl"
    file.write_bytes(rows(("A battery for the next electric van", "More soon.", None)))
    seed = filled.run("judge", str(file)).lines
    filled.run("tag", "title:pool", "+ev-drivetrain")
    for each in filled.run("suggest", "--json").json:
        filled.run("suggest", "--reject", str(each["article_id"]))
    assert filled.run("judge", str(file)).lines == seed
    learned = filled.run("judge", str(file), "--learned").lines
    assert learned[0]["score"] < seed[0]["score"]


def test_judgements_are_compared_with_labels(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    labels = (True, True, False)
    told = [(t, x, label) for (_, t, x), label in zip(STORIES, labels, strict=True)]
    file.write_bytes(rows(*told))
    found = home.run("judge", "--evaluate", str(file), "--json").json
    assert set(found) == {
        "precision",
        "recall",
        "f1",
        "average_precision",
        "threshold",
        "n",
    }
    assert (found["f1"], found["average_precision"], found["n"]) == (1.0, 1.0, 3)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (b"{}\nnonsense\n", "line 2"),
        (b"[1]\n", "line 1"),
        (b'{"title": 7}\n', "strings"),
        (b'{"title": "x", "text": "y"}\n{"label"', "line 2"),
    ],
)
def test_a_line_that_is_no_story_is_named(home: Home, lines: bytes, told: str) -> None:
    ran = home.run("judge", stdin=lines)
    assert ran.code == cli.FAILED
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_label_that_is_missing_is_named(home: Home) -> None:
    ran = home.run("judge", "--evaluate", stdin=rows(("a", "b", True), ("a", "b", None)))
    assert ran.code == cli.FAILED
    assert "line 2 has no label" in ran.err


def test_a_file_that_is_not_there_is_named(home: Home) -> None:
    ran = home.run("judge", "/nowhere.jsonl")
    assert ran.code == cli.FAILED
    assert "/nowhere.jsonl" in ran.err


def test_stories_are_judged_again_by_what_was_learned(filled: Home) -> None:
    filled.run("tag", "1", "+ev-drivetrain")
    told = filled.run("learned", "--apply", "--json").json
    assert told == {"judged": 3}
    assert filled.run("learned", "--apply", "--json").json == {"judged": 0}


def test_stories_are_exported_as_rows_with_their_figures_as_columns(
    home: Home, web: Web
) -> None:
    told = "=HYPERLINK(1) The motor of the BMW iX3 makes 250 kW, its battery 77.4 kWh. "
    web["/feed"] = Page(feeds.atom_texts("Outlet", [*STORIES, ("f", "=1+1", told * 2)]))
    home.run("add", web.url("/feed"))
    ran = home.run("export", "--csv", "kwh>77")
    (row,) = csv.DictReader(io.StringIO(ran.out, newline=""))
    assert row["title"] == "'=1+1"
    assert (row["power_kw"], row["battery_capacity_kwh"]) == ("250", "77.4")
    assert (row["makers"], row["models"], row["read"]) == ("BMW", "iX3", "no")
    everything = csv.DictReader(io.StringIO(home.run("export", "--csv").out, newline=""))
    assert len([*everything]) == 4


def test_stories_are_exported_as_lines_with_all_that_is_known(filled: Home) -> None:
    lines = filled.run("export", "--jsonl", "is:suggested").lines
    assert len(lines) == 2
    for line in lines:
        assert line == filled.run("show", str(line["id"]), "--json").json


def test_a_query_is_not_for_opml(filled: Home) -> None:
    assert filled.run("export", "is:unread").code == cli.WRONG_USE
