"""Every page in tests/data/pages gives the story it was written to tell, and no more.

A page lies beside its truth, which was written by hand with it: what is on the page
without being the story (``clutter``) must not be in the text.
"""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from autotui.ingest.story.extract import extract
from autotui.packing import unpack
from autotui.pages import Page

FOLDER: Final = Path(__file__).parents[2] / "data" / "pages"
PAGES: Final = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
STORYLESS: Final = ("blocked", "gone")
WORST: Final = 0.90
"""The least agreement in words (F1) of any story."""
MEAN: Final = 0.97

every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


@cache
def truth(path: Path) -> Any:
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@cache
def found(path: Path) -> Page:
    told = truth(path)
    return extract(path.read_bytes(), told["url"], told.get("header", ""))


def agreement(text: str, wanted: str) -> float:
    """Give the F1 of two texts' words; 1 where neither has any."""
    ours, theirs = (Counter(re.findall(r"\w+", each.lower())) for each in (text, wanted))
    both = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / both if both else 1.0


def spaced(text: str) -> str:
    return " ".join(text.split())


def captions(page: Page) -> list[str]:
    images = unpack(page.body.packed, page.body.text).images
    return [spaced(each.text) for each in (*images, page.image) if each is not None]


@every_page
def test_nothing_beside_the_story_is_in_its_text(path: Path) -> None:
    text = spaced(found(path).body.text)
    assert [each for each in truth(path)["clutter"] if spaced(each) in text] == []


@every_page
def test_the_words_of_the_story_are_found(path: Path) -> None:
    assert agreement(found(path).body.text, truth(path)["text"]) >= WORST


@every_page
def test_nothing_of_the_story_is_lost(path: Path) -> None:
    page = found(path)
    shown = spaced(f"{page.dek}\n{page.body.text}")
    blocks = truth(path)["text"].split("\n\n")
    assert [each for each in blocks if spaced(each) not in shown] == []


def test_the_words_of_nearly_all_stories_agree() -> None:
    stories = [path for path in PAGES if truth(path)["completeness"] not in STORYLESS]
    each = [agreement(found(path).body.text, truth(path)["text"]) for path in stories]
    assert sum(each) / len(each) >= MEAN


@every_page
def test_captions_stand_with_their_images_and_not_in_the_text(path: Path) -> None:
    page, wanted = found(path), truth(path)["captions"]
    told, text = captions(page), spaced(page.body.text)
    assert [each for each in wanted if not any(each in caption for caption in told)] == []
    assert [each for each in wanted if each in text] == []


@every_page
def test_title_and_authors_are_those_of_the_story(path: Path) -> None:
    page, told = found(path), truth(path)
    if told["completeness"] in STORYLESS:
        return
    assert (page.title, list(page.authors)) == (told["title"], told["authors"])


@every_page
def test_the_times_are_those_of_the_story(path: Path) -> None:
    page, told = found(path), truth(path)
    times = [
        moment and moment.isoformat().replace("+00:00", "Z")
        for moment in (page.published_at, page.updated_at)
    ]
    if told["completeness"] not in STORYLESS:
        assert times == [told["published_at"], told["updated_at"]]


@every_page
def test_it_is_told_whether_the_story_is_whole(path: Path) -> None:
    page, told = found(path), truth(path)
    assert page.completeness == told["completeness"]
    assert (page.note == "") == (told["completeness"] == "full")


@pytest.mark.parametrize(
    "path",
    [each for each in PAGES if truth(each)["completeness"] in STORYLESS],
    ids=lambda path: path.name,
)
def test_what_is_shown_in_place_of_a_story_is_no_story(path: Path) -> None:
    assert found(path).body.text == ""


@every_page
def test_the_truth_agrees_with_its_page(path: Path) -> None:
    told = truth(path)
    assert len(told["clutter"]) >= 5
    text = spaced(told["text"])
    for phrase in (*told["clutter"], *told["captions"]):
        assert spaced(phrase) not in text
