"""Every lesson in tests/data/feeds, from a server to what the command line lists.

A lesson is a feed beside what must become of it; only what the lesson is about is told.
Stories are told as they are listed: the newest first, else as the feed has them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from support.homes import Home
from support.web import Page, Web

FOLDER = Path(__file__).parent.parent / "data" / "feeds"
LESSONS = sorted(path for path in FOLDER.iterdir() if ".expect." not in path.name)
FORBIDDEN = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2066"} - {
    "\n"
}


@dataclass(frozen=True)
class Listed:
    """What the command line tells after all feeds were fetched."""

    base: str
    """The address of the server."""
    feeds: dict[str, Any]
    """By the path of the feed."""
    stories: dict[str, list[Any]]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listed]:
    """All lessons in one home: subscribed by OPML, fetched by one refresh."""
    home = Home(tmp_path_factory.mktemp("lessons"))
    home.configure("[network]\nallow_private = true\nat_once = 16\nper_host = 16\n")
    with Web() as web:
        rows = []
        for lesson in LESSONS:
            kind = expectation(lesson).get("content_type", "application/xml")
            web[f"/{lesson.name}"] = Page(lesson.read_bytes(), content_type=kind)
            rows.append(f'<outline type="rss" xmlUrl="{web.url(f"/{lesson.name}")}"/>')
        opml = f"<opml version='2.0'><body>{''.join(rows)}</body></opml>"
        assert home.run("import", "-", stdin=opml.encode()).code == 0
        home.run("refresh", "--jsonl")
        feeds = home.run("feeds", "--json").json
        stories = home.run("list", "--limit", "0", "--full", "--json").json
        base = web.url("")
        yield Listed(
            base,
            {feed["url"].removeprefix(base).lstrip("/"): feed for feed in feeds},
            {
                lesson.name: [
                    story
                    for story in stories
                    if story["feed_url"].removeprefix(base).lstrip("/") == lesson.name
                ]
                for lesson in LESSONS
            },
        )


def expectation(lesson: Path) -> Any:
    told = lesson.with_name(f"{lesson.stem}.expect.json").read_text(encoding="utf-8")
    return json.loads(told)


def told(value: Any, wanted: Any, base: str) -> Any:
    """Give of a value what a lesson asks for."""
    if isinstance(wanted, dict) and isinstance(value, dict):
        return {key: told(value[key], wanted[key], base) for key in wanted}
    if isinstance(wanted, list) and isinstance(value, list):
        rest = [*wanted, *([None] * (len(value) - len(wanted)))]
        return [told(each, ask, base) for each, ask in zip(value, rest, strict=False)]
    return value.replace(base, "{base}") if isinstance(value, str) else value


def seen(story: dict[str, Any]) -> dict[str, Any]:
    """Tell a date that is only when we first saw the story from one of its feed."""
    undated = story["published_at"] == story["seen_at"]
    return {**story, "published_at": "seen" if undated else story["published_at"]}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_is_learned(lesson: Path, listed: Listed) -> None:
    wanted = expectation(lesson)
    feed, stories = listed.feeds[lesson.name], listed.stories[lesson.name]
    assert feed["error"] == wanted.get("feed", {}).get("error")
    found = [seen(story) for story in stories]
    assert told(found, wanted["entries"], listed.base) == wanted["entries"]
    about = wanted.get("feed", {})
    assert told(feed, about, listed.base) == about


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_no_title_has_markup_and_nothing_a_control_character(
    lesson: Path, listed: Listed
) -> None:
    meant = json.dumps([each.get("title") for each in expectation(lesson)["entries"]])
    for story in listed.stories[lesson.name]:
        text = json.dumps(story, ensure_ascii=False)
        assert not FORBIDDEN & set(text)
        assert "\\u00" not in text
        for mark in ("</", "<b>", "<br", "&amp;", "&#", "&lt;", "CDATA"):
            assert mark not in story["title"] or mark in meant
        assert story["title"].strip()
        assert story["key"]
