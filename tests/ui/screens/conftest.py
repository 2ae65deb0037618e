"""The whole reader, over a real Library in a home of its own."""

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import partial

import pytest

from autotui import config, inline, refresh
from autotui.config import Config
from autotui.library import Library
from autotui.offload import Offload
from autotui.ui.screens import judging
from support import feeds
from support.homes import Home
from support.web import Page, Web
from ui.screens.reader import NOW, Open, Reader, opened

VOLT = [(f"v{n}", f"Volt {n}") for n in range(30)]
AXLE_BODY = (
    "The e-axle joins motor, inverter and gearbox. It gives 250 kW and 430 Nm. "
    "BMW buys it from ZF.</p><p>The battery behind it holds 77.4 kWh net, and a large "
    "one 111 kWh. A charger fills it."
)
UNITS = [(f"u{n}", f"Electric drive unit {n} enters production") for n in range(20)]
BRIDGES = [(f"b{n}", f"Mayor opens bridge {n}") for n in range(4)]
AXLE = [(f"a{n}", f"Axle {n}") for n in range(3)]


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def _true_is_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "true")


@pytest.fixture
def settings(home: Home) -> Config:
    """What the home's config file says."""
    return config.load(home.paths.config)


@pytest.fixture
async def library(
    home: Home, settings: Config, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Library]:
    """A Library that fetches and parses right here, at a fixed time of day."""
    for module in (inline, refresh):
        monkeypatch.setattr(module, "Offload", partial(Offload, inline=True))
    monkeypatch.setattr(judging, "QUIET_SECONDS", 0.0)
    async with Library(home.paths, settings, inline=True, now=lambda: NOW) as library:
        await library.remember("explained-suggestions", "yes")
        yield library


@pytest.fixture
async def stocked(library: Library, web: Web) -> Library:
    """Two feeds: one of thirty stories in a folder, one of three beside it."""
    web["/volt"] = Page(feeds.rss("Volt Weekly", VOLT, feeds.LONG * 4), etag='"1"')
    web["/axle"] = Page(feeds.atom("Axle Atom", AXLE), etag='"1"')
    await library.subscribe(web.url("/volt"), folder="Cars")
    await library.subscribe(web.url("/axle"))
    return library


@pytest.fixture
async def judged(library: Library, web: Web) -> Library:
    """A feed of twenty stories that are suggested, and one of four that are not."""
    web["/units"] = feeds.rss("Unit News", UNITS, AXLE_BODY)
    bridges = feeds.rss("Bridges", BRIDGES, "The river is wide, and the band played.")
    web["/bridges"] = bridges.replace(b"Jan 2024", b"Dec 2023")
    await library.subscribe(web.url("/units"))
    await library.subscribe(web.url("/bridges"))
    async for _ in library.judge():
        pass
    return library


@pytest.fixture
def start() -> Open:
    """Open the reader: ``async with start(library) as reader``."""
    return opened


@pytest.fixture
async def reader(stocked: Library) -> AsyncIterator[Reader]:
    """The reader open on two feeds, the newest story at hand."""
    async with opened(stocked) as reader:
        yield reader


@pytest.fixture
def eager(settings: Config) -> Config:
    """Settings under which a refresh is due at the start."""
    return replace(settings, refresh=replace(settings.refresh, at_start=True))


@pytest.fixture
def due(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A reader all of whose feeds are due at once."""
    refresh, asked = reader.library.refresh, reader.library.due
    monkeypatch.setattr(reader.library, "due", lambda only: asked(only, force=True))
    monkeypatch.setattr(reader.library, "refresh", lambda only: refresh(only, force=True))
    return reader
