"""The demo: its feeds cut seven stories off, whose pages it serves, or not.

All as it is for a reader of the demo: the feeds and pages over HTTP, the child process,
the database.
"""

import asyncio
import http.client
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import pytest

from autotui import paths, query
from autotui.cli import showcase, stories
from autotui.config import Config
from autotui.library import Library
from autotui.model import EV_DRIVETRAIN
from autotui.pages import StoryUpdate
from autotui.paths import Paths

NOW: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
FATES: Final = {
    "jaguar-land-rover-bmw": "full",
    "harrogate-show": "full",
    "five-in-one-teardown": "full",
    "fremderregt": "full",
    "cellule-lmfp": "paywall",
    "grant-closes": "blocked",
    "drive-thru-lanes": "gone",
}
"""What becomes of each teaser, by the name of its page."""
ENDS: Final = {
    "jaguar-land-rover-bmw": (
        "Jaguar Land Rover and the BMW Group are to develop",
        "asked to quote for both.",
    ),
    "harrogate-show": ("Two hundred thousand people", "go on sale in the spring."),
    "five-in-one-teardown": ("The crate said 96 kg", "or download the 61 photographs."),
    "fremderregt": ("In den meisten Elektroautos", "bei Bench & Rotor."),
}
"""How the story on each page begins and ends."""
FIRST: Final = "jaguar-land-rover-bmw"
CLUTTER: Final = (
    *("Enlarge Image", "See all photos", "Now playing", "Watch this", "+27 More"),
    *("Our Experts", "Our experts", "Why You Can Trust", "Years on the Bench", "00+"),
    *("Test Rigs", "Motors Taken Apart", "milk float", "Senior editor", "See full bio"),
    *("Expertise", "Credentials", "Copy link", "min read", "Article updated on"),
    *("Advertisement", "commission", "The Monday Rotor", "Sign me up", "Tags:"),
    *("Most popular", "More from Kilowatt Courier", "Join the conversation", "Cookie"),
    *("All rights reserved", "piece by piece", "6:05 a.m. PT", "Lindqvist"),
)
CAPTIONS: Final = {
    "Motor, gears and power electronics in one housing: what the two firms mean to design"
    " only once.": "BMW Group",
    "The I-Pace went on sale last year with a motor on each axle.": (
        "Wilf Garside/Kilowatt Courier"
    ),
}


class Answer(NamedTuple):
    """What the demo's server said."""

    status: int
    media_type: str | None
    etag: str | None
    text: str


def ask(base: str, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        media_type = answer.headers.get("Content-Type")
        return Answer(answer.status, media_type, answer.headers.get("ETag"), text)
    finally:
        connection.close()


class Demo(NamedTuple):
    """The demo's stories that are cut off, each by the name of its page."""

    base: str
    before: dict[str, Any]
    """As they came."""
    updates: dict[str, StoryUpdate]
    """How asking for their pages went."""
    after: dict[str, Any]
    """As they were then."""
    due: tuple[int, int]
    """How many stories a refresh would have fetched by itself, before and after."""


async def _asked_for(places: Paths, base: str) -> Demo:
    """Fill a demo, and ask for the pages of all that is cut off."""
    await showcase.fill(places, base)
    async with Library(places, Config()) as library:
        ids = tuple((await library.listing(query.parse("-is:full"))).ids)

        async def told() -> list[Any]:
            whole = []
            for article in await library.articles(ids):
                body = await library.document(article.id)
                found = await library.judging.findings(article.id)
                about = await library.full_text.about(article.id)
                whole.append(stories.whole(article, body, found, about))
            return whole

        early, before = await library.full_text.due(100), await told()
        updates = {each.id: each async for each in library.full_text.fetch(ids)}
        late, after = await library.full_text.due(100), await told()
    return Demo(
        base,
        {page_of(story): story for story in before},
        {page_of(story): updates[story["id"]] for story in before},
        {page_of(story): story for story in after},
        (early, late),
    )


def page_of(story: Any) -> str:
    """Give the name of a story's page."""
    return str(story["url"]).rpartition("/")[2].removesuffix(".html")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with showcase.served() as base:
        yield asyncio.run(_asked_for(paths.under(tmp_path_factory.mktemp("demo")), base))


def test_each_teaser_leads_to_a_page_of_the_demo(demo: Demo) -> None:
    assert set(demo.before) == set(FATES)
    for name, story in demo.before.items():
        assert story["url"] == f"{demo.base}/stories/{name}.html"
        assert story["completeness"] == "teaser"


def test_the_teasers_are_spread_so_that_no_feed_is_one_of_teasers(demo: Demo) -> None:
    feeds = Counter(story["feed_title"] for story in demo.before.values())
    assert len(feeds) == 6
    assert max(feeds.values()) <= 2
    assert demo.due == (0, 0)


def test_every_fate_that_a_page_may_have_is_shown(demo: Demo) -> None:
    found = {name: each.completeness for name, each in demo.updates.items()}
    assert found == FATES


@pytest.mark.parametrize("name", [name for name in FATES if FATES[name] == "full"])
def test_a_teaser_becomes_a_story(demo: Demo, name: str) -> None:
    after = demo.after[name]
    assert after["source"] == "page"
    assert 300 <= after["words"] <= 700
    assert after["words"] > 5 * demo.before[name]["words"]
    assert after["metadata"]["dek"]
    assert after["metadata"]["image"]["caption"]
    assert demo.updates[name].error is None


@pytest.mark.parametrize("name", [name for name in FATES if FATES[name] == "full"])
def test_a_story_begins_below_its_headline_and_ends_with_itself(
    demo: Demo, name: str
) -> None:
    after = demo.after[name]
    text = after["text"].replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith(ENDS[name][0])
    assert text.rstrip().endswith(ENDS[name][1])
    assert after["metadata"]["dek"] not in text


@pytest.mark.parametrize("name", [name for name in FATES if FATES[name] != "full"])
def test_what_the_feed_gave_stays_where_there_is_no_more(demo: Demo, name: str) -> None:
    opening = demo.before[name]["text"][:60]
    after = demo.after[name]
    assert opening in after["text"]
    assert demo.updates[name].error


def test_a_paywall_leaves_the_first_paragraphs(demo: Demo) -> None:
    after = demo.after["cellule-lmfp"]
    assert after["source"] == "page"
    assert "2 100 cycles" in after["text"].replace("\N{NO-BREAK SPACE}", " ")
    for phrase in ("Abonnez-vous", "Choisir", "Se connecter", "de cet article à lire"):
        assert phrase not in after["text"]


def test_the_story_that_began_it_comes_out_clean(demo: Demo) -> None:
    text = demo.after[FIRST]["text"]
    assert [phrase for phrase in CLUTTER if phrase in text] == []


def test_the_story_that_began_it_has_its_captions_apart(demo: Demo) -> None:
    after = demo.after[FIRST]
    shown = {each["caption"]: each["credit"] for each in after["images"]}
    assert shown == CAPTIONS
    assert not [caption for caption in CAPTIONS if caption in after["text"]]


def test_the_page_of_the_story_that_began_it_tells_more_of_it(demo: Demo) -> None:
    page = demo.after[FIRST]["metadata"]
    assert page["author"] == "Priya Lindqvist"
    assert page["published_at"] == "2019-06-05T13:05:00Z"
    assert page["updated_at"] == "2019-06-05T16:34:00Z"
    assert page["dek"].startswith("One joint team, parts bought together")
    assert page["section"] == "Electric cars"


def test_the_teaser_alone_tells_what_the_story_is_about(demo: Demo) -> None:
    teaser = demo.before[FIRST]
    names = {each["name"] for each in teaser["names"]}
    assert [each["tag"] for each in teaser["suggestions"]] == [EV_DRIVETRAIN]
    assert {"Jaguar Land Rover", "BMW"} <= names
    for phrase in ("partnership", "JLR", "BMW", "electric drive units"):
        assert phrase in teaser["text"]


def test_a_page_is_served_as_html_and_not_twice(demo: Demo) -> None:
    first = ask(demo.base, f"/stories/{FIRST}.html")
    again = ask(demo.base, f"/stories/{FIRST}.html", **{"If-None-Match": first.etag or ""})
    assert first.status == 200
    assert first.media_type == "text/html; charset=utf-8"
    assert again.status == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/stories/grant-closes.html", 403),
        ("/stories/drive-thru-lanes.html", 404),
        ("/stories/", 404),
        ("/../feeds.opml", 404),
        ("/feeds.opml", 404),
        ("/robots.txt", 404),
    ],
)
def test_what_is_not_served_says_so(demo: Demo, path: str, status: int) -> None:
    assert ask(demo.base, path).status == status


def test_no_date_and_no_address_is_left_to_fill_in(demo: Demo) -> None:
    served = [name for name in FATES if FATES[name] in {"full", "paywall"}]
    paths = [f"/stories/{name}.html" for name in served]
    paths += [f"/{name}" for name in ("kilowatt-courier.xml", "bench-and-rotor.json")]
    for path in paths:
        answer = ask(demo.base, path)
        assert answer.status == 200
        assert "{{" not in answer.text


def test_days_are_counted_from_today() -> None:
    with showcase.served(NOW) as base:
        page = ask(base, "/stories/harrogate-show.html")
    times = re.findall(r'published_time" content="([^"]*)"', page.text)
    assert times == ["2026-11-19T12:00:00+00:00"]
