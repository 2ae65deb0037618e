"""Lead images on their way from a site to the cache."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from functools import partial

import pytest

from autotui import inline, refresh
from autotui.config import Config, Images, Network
from autotui.images import Cache
from autotui.library import Library
from autotui.offload import Offload
from autotui.pagefetch import Pages
from autotui.pages import StoryUpdate
from autotui.query import Query
from conftest import LOOPBACK
from support import feeds, photos
from support.homes import Home
from support.web import Exchange, Page, Web, redirect, silence

ON = replace(LOOPBACK, images=Images(cache=True))
TEXT = "<p>The axle joins motor, inverter and gearbox in one housing of its own.</p>" * 20
Door = Callable[[Config], Library]


def page(image: str, number: int = 0) -> Page:
    """A story's page that names its lead image."""
    html = (
        f"<html><head><title>Axle {number}</title>"
        f"<meta property='og:image' content='{image}'></head>"
        f"<body><article><h1>Axle {number}</h1>{TEXT}</article></body></html>"
    )
    return Page(html.encode(), content_type="text/html")


@pytest.fixture
def door(home: Home, monkeypatch: pytest.MonkeyPatch) -> Door:
    """Opens a Library on the same home."""
    for module in (refresh, inline):
        monkeypatch.setattr(module, "Offload", partial(Offload, inline=True))
    return lambda config: Library(home.paths, config, inline=True)


@pytest.fixture
async def on(door: Door, web: Web) -> AsyncIterator[Library]:
    """A Library with images switched on, and a story whose page is at /story."""
    async with door(ON) as library:
        await stocked(library, web, 1)
        yield library


async def stocked(library: Library, web: Web, count: int) -> None:
    """Subscribe to a feed of some stories, each with a page."""
    items = "".join(
        f"<item><guid>{n}</guid><title>Axle {n}</title><link>{web.url(f'/story{n}')}</link>"
        "<description>Short.</description></item>"
        for n in range(count)
    )
    web["/feed"] = feeds.rss("Volt", []).replace(
        b"</channel>", f"{items}</channel>".encode()
    )
    await library.subscribe(web.url("/feed"))


async def fetched(library: Library, *, force: bool = True) -> list[StoryUpdate]:
    ids = tuple((await library.listing(Query())).ids)
    return [update async for update in library.full_text.fetch(ids, force=force)]


async def test_a_lead_image_is_kept_small_beside_its_story(on: Library, web: Web) -> None:
    url = web.url("/axle.png")
    web["/story0"] = page(url)
    web["/axle.png"] = Page(photos.photo(1_600, 900, "PNG"), content_type="image/png")

    (update,) = await fetched(on)

    assert (update.completeness, update.error) == ("full", None)
    about = await on.full_text.about(update.id)
    assert about is not None
    assert about.page.image is not None
    assert about.page.image.url == url
    file = await on.full_text.image(url)
    assert file is not None
    assert photos.opened(file.read_bytes()).size == (800, 450)
    (asked,) = [each for each in web.asked if each.path == "/axle.png"]
    assert asked.headers["accept"] == "image/*"
    assert await on.full_text.image("") is None
    assert await on.full_text.image(url + "?") is None


async def test_images_are_off_unless_the_reader_wants_them(
    door: Door, web: Web, home: Home
) -> None:
    web["/story0"] = page(web.url("/axle.jpg"))
    web["/axle.jpg"] = Page(photos.photo(), content_type="image/jpeg")
    async with door(LOOPBACK) as library:
        await stocked(library, web, 1)
        await fetched(library)
        assert await library.full_text.image(web.url("/axle.jpg")) is None
    assert "/axle.jpg" not in web.paths()
    assert not home.paths.images.exists()
    # nor are those shown that came while they were on
    url = web.url("/axle.jpg")
    async with door(ON) as library:
        await fetched(library)
        assert await library.full_text.image(url)
    async with door(LOOPBACK) as library:
        assert await library.full_text.image(url) is None


async def test_many_stories_with_one_image_ask_for_it_once(door: Door, web: Web) -> None:
    web["/axle.jpg"] = Page(photos.photo(), content_type="image/jpeg")
    for number in range(5):
        web[f"/story{number}"] = page(web.url("/axle.jpg"), number)
    async with door(ON) as library:
        await stocked(library, web, 5)
        assert len(await fetched(library)) == 5
        await fetched(library)
    assert web.paths().count("/axle.jpg") == 1


@pytest.mark.parametrize(
    "answer",
    [
        Page(b"", status=404),
        Page(b"<html>Log in</html>", content_type="image/jpeg"),
        Page(photos.bomb(), content_type="image/png"),
        Page(photos.photo()[:300], content_type="image/jpeg"),
        Page(bytes(11_000_000), content_type="image/jpeg"),
        redirect("file:///etc/passwd"),
        lambda exchange: exchange.send(b"nonsense\r\n\r\n"),
    ],
    ids=["none", "a page", "a bomb", "cut off", "large", "a file", "nonsense"],
)
async def test_an_image_that_fails_is_nothing_to_its_story(
    on: Library, web: Web, home: Home, answer: Callable[[Exchange], None]
) -> None:
    web["/story0"] = page(web.url("/axle.jpg"))
    web["/axle.jpg"] = answer

    (update,) = await fetched(on)

    assert (update.completeness, update.error) == ("full", None)
    assert "/axle.jpg" in web.paths()
    assert await on.full_text.image(web.url("/axle.jpg")) is None
    assert not home.paths.images.exists()


async def test_a_story_is_told_of_before_its_image_comes(on: Library, web: Web) -> None:
    web["/story0"] = page(web.url("/axle.jpg"))
    web["/axle.jpg"] = silence

    ids = tuple((await on.listing(Query())).ids)
    async with aclosing(on.full_text.fetch(ids, force=True)) as updates:
        async with asyncio.timeout(5):
            update = await anext(updates)
        assert update.completeness == "full"
    # and who closes the stream waits for no image


async def test_no_page_can_make_us_ask_a_private_server(
    home: Home, web: Web, caplog: pytest.LogCaptureFixture
) -> None:
    web["/axle.jpg"] = Page(photos.photo(), content_type="image/jpeg")
    cache = Cache(home.paths.images, 1_000_000)
    for allowed in (False, True):
        strict = replace(ON, network=Network(allow_private=allowed))
        async with Library(home.paths, strict, inline=True) as library:
            tools = await refresh.tools(library._sql, strict, library.now)
            asking = Pages(replace(tools, offload=Offload(inline=True)), force=True)
            with caplog.at_level("INFO"):
                await asking._bring_image(web.url("/axle.jpg"), cache)
            await tools.close()
        assert ("/axle.jpg" in web.paths()) is allowed
        assert bool(cache.get(web.url("/axle.jpg"))) is allowed
    (told,) = [each.message for each in caplog.records if "no image" in each.message]
    assert "127.0.0.1 is in a private network" in told


async def test_robots_that_are_kept_from_images_stay_away_unless_the_reader_asks(
    on: Library, web: Web
) -> None:
    web["/robots.txt"] = Page(
        b"User-agent: *\nDisallow: /images/\n", content_type="text/plain"
    )
    web["/images/axle.jpg"] = Page(photos.photo(), content_type="image/jpeg")
    web["/story0"] = page(web.url("/images/axle.jpg"))

    (update,) = await fetched(on, force=False)
    assert update.completeness == "full"
    assert "/images/axle.jpg" not in web.paths()

    await fetched(on, force=True)
    assert await on.full_text.image(web.url("/images/axle.jpg"))


async def test_a_folder_that_cannot_be_written_to_stops_no_story(
    on: Library, web: Web, home: Home
) -> None:
    home.paths.images.parent.write_bytes(b"a file where the folder belongs")
    web["/story0"] = page(web.url("/axle.jpg"))
    web["/axle.jpg"] = Page(photos.photo(), content_type="image/jpeg")

    (update,) = await fetched(on)

    assert update.completeness == "full"
    assert await on.full_text.image(web.url("/axle.jpg")) is None
