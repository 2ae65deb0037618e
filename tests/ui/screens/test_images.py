"""Images in the reader: the lead image drawn, any of them opened outside."""

from dataclasses import replace
from pathlib import Path

import pytest

from autotui.config import Config, Images
from autotui.library import Library
from support import feeds, photos
from support.web import Page, Web
from ui.screens.reader import Open, Reader
from ui.screens.test_explaining import choose

WORDS = "".join(
    f"<p>Version {n} of the axle joins motor, inverter and gearbox, and gives {n}50 kW.</p>"
    for n in range(1, 9)
)


@pytest.fixture
def settings(settings: Config) -> Config:
    """Settings with images."""
    return replace(settings, images=Images(cache=True))


@pytest.fixture
async def illustrated(library: Library, web: Web) -> Library:
    """Two stories cut off; the page of the first has a lead image."""
    items = "".join(
        f"<item><guid>{n}</guid><title>Axle {n}</title><link>{web.url(f'/story{n}')}</link>"
        f"<description>Short.</description><pubDate>Mon, 0{3 - n} Jan 2024 00:00:00 GMT"
        "</pubDate></item>"
        for n in range(2)
    )
    empty = feeds.rss("Volt Weekly", [])
    web["/feed"] = empty.replace(b"</channel>", f"{items}</channel>".encode())
    for number, image in enumerate(("/axle.jpg", "")):
        meta = f"<meta property='og:image' content='{web.url(image)}'>" if image else ""
        html = (
            f"<html><head><title>Axle {number}</title>{meta}</head><body><article>"
            f"<h1>Axle {number}</h1>{WORDS}</article>"
        )
        web[f"/story{number}"] = Page(html.encode(), content_type="text/html")
    picture = photos.encoded(photos.halves(1_600, 900), "PNG")
    web["/axle.jpg"] = Page(picture, content_type="image/png")
    await library.subscribe(web.url("/feed"))
    return library


def blocks(reader: Reader) -> int:
    """How many cells of a picture are on the screen."""
    return reader.text.count("▀")


async def test_x_brings_the_image_after_its_story_and_it_goes_with_it(
    illustrated: Library, start: Open
) -> None:
    async with start(illustrated) as reader:
        assert reader.at_hand.title == "Axle 0"
        assert blocks(reader) == 0

        await reader.press("x")
        assert blocks(reader) > 100
        await reader.press("j")
        assert blocks(reader) == 0
        await reader.press("k")
        assert blocks(reader) > 100
        # Why comes first
        await reader.press("w")
        assert blocks(reader) == 0


@pytest.mark.parametrize("size", [(80, 24), (70, 20), (100, 30), (160, 50)])
async def test_the_picture_fits_into_every_layout(
    illustrated: Library, start: Open, size: tuple[int, int]
) -> None:
    async with start(illustrated, size) as reader:
        await reader.press("x")
        if not reader.main.metadata.region.area:
            await reader.press("i")
        assert blocks(reader) > 100
        assert "Outlet" in reader.text
        await reader.pilot.resize_terminal(40, 12)
        await reader.settle()
        await reader.pilot.resize_terminal(*size)
        await reader.settle()


async def test_a_refresh_brings_the_images_of_what_it_completes(
    illustrated: Library, start: Open
) -> None:
    async with start(illustrated) as reader:
        await reader.press("D")
        assert blocks(reader) > 100


@pytest.mark.parametrize("why", ["ascii", "no colour", "off"])
async def test_no_picture_is_drawn_where_it_cannot_be_or_is_not_wanted(
    illustrated: Library, start: Open, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    settings = illustrated.config
    if why == "ascii":
        settings = replace(settings, ui=replace(settings.ui, ascii=True))
    elif why == "no colour":
        monkeypatch.setenv("NO_COLOR", "1")
    else:
        settings = replace(settings, images=Images())
    illustrated.configure(settings)
    async with start(illustrated, (120, 40), settings) as reader:
        await reader.press("x")
        assert reader.at_hand.completeness == "full"
        assert blocks(reader) == 0


async def test_o_opens_the_image_that_is_chosen_and_else_the_story(
    library: Library,
    start: Open,
    web: Web,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given a story with an image that has a caption, and one that has not even a name
    figure = (
        "<figure><img src='/cut.jpg'><figcaption>The motor, cut open</figcaption></figure>"
    )
    body = f"The axle.</p>{figure}<p>The motor.</p><img src='/photos/x.webp?w=9'><p>End."
    web["/feed"] = feeds.rss("Volt Weekly", [("one", "Axle")], body)
    await library.subscribe(web.url("/feed"))
    note, browser = tmp_path / "opened", tmp_path / "browser"
    note.touch()
    browser.write_text(f'#!/bin/sh\necho "$1" >> {note}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))

    async with start(library, (160, 60)) as reader:

        async def opened(key: str, address: str) -> None:
            before = len(note.read_text().split())
            await reader.press(key)
            await reader.until(lambda: len(note.read_text().split()) > before)
            assert note.read_text().split()[-1].endswith(address)

        await choose(reader, "The motor, cut open")
        await opened("o", "/cut.jpg")
        # Enter goes to a passage of the text, but an image has none
        await opened("enter", "/cut.jpg")
        assert reader.main.front == "metadata"
        await reader.press("f")
        assert reader.notes[-1].startswith("Of this kind nothing is looked for")
        await choose(reader, "x.webp")
        await opened("o", "/photos/x.webp?w=9")
        await reader.press("tab")
        await opened("o", reader.at_hand.url)
