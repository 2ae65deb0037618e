"""Full text in the reader: the feed's or the page's; whole lists for reading offline."""

from dataclasses import replace

import pytest

from autotui import config
from autotui.config import Config
from autotui.library import Library
from support import feeds
from support.homes import Home
from support.web import Page, Web
from ui.screens.reader import Open, Reader

TEASER = "The unit is here…"
ITEMS = [(f"s{number}", f"Story {number}") for number in range(6)]


def page(title: str) -> bytes:
    """A page with a text of its own: what three pages share would be clutter."""
    story = "".join(
        f"<p>The motor of paragraph {number} in {title} turns the axle, and the inverter "
        f"of {title} feeds it with what the battery has left after a cold night.</p>"
        for number in range(8)
    )
    return (
        f"<html lang='en'><head><title>{title}</title>"
        "<meta property='og:description' content='The line that stands below the "
        "headline says what is new in it.'>"
        f"</head><body><article><h1>{title}</h1><p class='byline'>By Ann Axle</p>{story}"
        "</article></body></html>"
    ).encode()


@pytest.fixture
def settings(home: Home) -> Config:
    """Story pages may lie on loopback; nothing is fetched unasked."""
    home.configure(
        "[network]\nallow_private = true\n[refresh]\nat_start = false\nfull_text = false\n"
    )
    return config.load(home.paths.config)


@pytest.fixture
async def teasers(library: Library, web: Web) -> Library:
    """A feed of six teasers: four have pages, one is refused, one is gone."""
    written = feeds.rss("Teasers", ITEMS, TEASER)
    web["/feed"] = written.replace(b"https://outlet.example/", web.url("/").encode())
    for guid, title in ITEMS[:4]:
        web[f"/{guid}"] = Page(page(title), content_type="text/html")
    web["/s4"] = Page(status=403)
    web["/s5"] = Page(status=404)
    await library.subscribe(web.url("/feed"))
    return library


async def go_to(reader: Reader, title: str) -> None:
    found = next(
        each for each, known in reader.main.listing.articles.items() if known.title == title
    )
    reader.main.articles.go_to(found)
    await reader.settle()


def flat(reader: Reader) -> str:
    """The text's pane, its lines joined."""
    document = reader.main.story.document if reader.main.story else None
    return " ".join(block.text for block in document.blocks) if document else ""


async def test_x_shows_the_page_and_x_again_the_feed(teasers: Library, start: Open) -> None:
    async with start(teasers) as reader:
        await go_to(reader, "Story 2")
        assert TEASER in flat(reader)
        assert "Full text" in reader.lines[-1]

        await reader.press("x")
        await reader.until(lambda: "paragraph 7" in flat(reader))
        assert reader.at_hand.completeness == "full"
        await reader.until(lambda: "Dek" in reader.text)

        await reader.press("x")
        await reader.until(lambda: TEASER in flat(reader))
        assert "The feed's text." in reader.notes[-1]
        await reader.press("x")
        await reader.until(lambda: "paragraph 7" in flat(reader))


async def test_a_page_that_is_refused_leaves_the_teaser_and_says_why(
    teasers: Library, start: Open
) -> None:
    async with start(teasers) as reader:
        await go_to(reader, "Story 4")
        await reader.press("x")
        await reader.until(lambda: any("No full text" in note for note in reader.notes))
        assert "keeps programs out (403)" in reader.notes[-1]
        assert TEASER in flat(reader)
        assert reader.at_hand.completeness == "blocked"


async def test_a_list_is_prepared_and_the_meter_tells_what_is_there(
    teasers: Library, web: Web, start: Open
) -> None:
    async with start(teasers) as reader:
        await reader.press("D")
        await reader.until(lambda: any("have full text" in note for note in reader.notes))
        assert "4 of 6 have full text, 1 blocked, 1 gone." in reader.notes
        asked = len(web.paths())
        await reader.press("D")
        await reader.until(lambda: len([n for n in reader.notes if "full text" in n]) > 1)
        assert len(web.paths()) == asked


async def test_undo_after_a_full_text_takes_back_the_mark_alone(
    teasers: Library, start: Open
) -> None:
    async with start(teasers) as reader:
        await go_to(reader, "Story 1")
        await reader.press("s", "x")
        await reader.until(lambda: "paragraph 7" in flat(reader))
        await reader.press("u")
        await reader.until(lambda: not reader.at_hand.starred)
        assert "paragraph 7" in flat(reader)


async def test_after_a_refresh_teasers_become_whole_by_themselves(
    teasers: Library, start: Open, settings: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = replace(settings, refresh=replace(settings.refresh, full_text=True))
    teasers.configure(asked)
    async with start(teasers, settings=asked) as reader:
        reader.main.complete_due()
        await reader.until(
            lambda: (
                [each.completeness for each in reader.main.listing.articles.values()].count(
                    "full"
                )
                == 4
            )
        )
