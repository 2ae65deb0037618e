"""Whatever a reader presses, in whatever order, against what is promised of every key.

Nothing leaves the list under the cursor; the cursor stays on its story; nothing that is
the reader's is let go; all of it can be undone.
"""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import pytest

from autotui import inline, query, refresh
from autotui.config import Config
from autotui.edits import Edit
from autotui.library import Library
from autotui.model import Article
from autotui.offload import Offload
from autotui.ui.screens import judging
from support import feeds
from support.homes import Home
from support.web import Page, Web
from ui.screens.reader import NOW, Open, Reader

KEEP_DAYS = 3
MOVES = ("j", "k", "g", "G", "n", "p", "space", "backspace", "ctrl+d", "enter")
PANES = ("h", "l", "tab", "i", "z", "greater_than_sign", "w")
MARKS = ("m", "s", "L", "e", "T", "A", "tag", "v")
VERDICTS = ("plus", "minus")
TURNS = ("u", "U")
VIEWS = ("1", "2", "3", "4", "search", "escape", "filtered")
STILL = ("R", "r", "reload", "resize", "filter", "filter off")
"""After these the same story is at hand, and none has left the list."""
DAYS = ("night",)
"""Days go by, and what is over is let go."""
EVERY = (*MOVES * 2, *PANES, *MARKS * 3, *VERDICTS, *TURNS * 2, *VIEWS, *STILL, *DAYS * 2)
SIZES = ((120, 40), (80, 24), (60, 20), (170, 50))


@dataclass
class Clock:
    """What time it is."""

    now: datetime = NOW


@dataclass
class World:
    """A reader, and what happens around it."""

    reader: Reader
    web: Web
    clock: Clock
    chance: random.Random
    pressed: list[str] = field(default_factory=list)
    stories: int = 6

    async def do(self, what: str) -> None:
        """Press a key, or do what takes several."""
        self.pressed.append(what)
        reader = self.reader
        match what:
            case "tag":
                await reader.press("t")
                await reader.pilot.press(*"axles ")
                await reader.press("enter")
            case "search":
                await reader.press("slash")
                await reader.pilot.press(*"volt")
                await reader.press("enter")
            case "filter" | "filtered" | "filter off":
                await reader.press("F")
                await reader.pilot.press(*self.filter_for(what))
                await reader.press("escape" if what == "filter off" else "enter")
            case "reload":
                reader.main.reload()
            case "resize":
                await reader.pilot.resize_terminal(*self.chance.choice(SIZES))
            case "night":
                self.clock.now += timedelta(days=KEEP_DAYS + 1)
                await self.publish()
            case "escape" if reader.main.front == "feeds":
                pass  # it would quit
            case _:
                await reader.press(what)
        await reader.settle()

    def filter_for(self, what: str) -> str:
        """Give letters that the story at hand has, or may not have."""
        here = self.reader.main.current
        return here.title[:4] if here and what == "filter" else "vol"

    async def publish(self) -> None:
        """Let a new story come, and what is over go."""
        self.stories += 1
        items = [(f"v{n}", f"Volt {n}") for n in range(self.stories)]
        self.web["/volt"] = Page(feeds.rss("Volt Weekly", items))
        async for _ in self.reader.library.refresh(()):
            pass
        self.reader.main.reload()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def library(
    home: Home, settings: Config, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Library]:
    """A Library that fetches and parses right here, by a clock that can be set."""
    for module in (inline, refresh):
        monkeypatch.setattr(module, "Offload", partial(Offload, inline=True))
    monkeypatch.setattr(judging, "QUIET_SECONDS", 0.0)
    async with Library(home.paths, settings, inline=True, now=lambda: clock.now) as library:
        await library.remember("explained-suggestions", "yes")
        yield library


@pytest.fixture
async def world(
    library: Library, web: Web, start: Open, clock: Clock
) -> AsyncIterator[World]:
    """Two feeds, one of which keeps texts for days alone; most of it is read."""
    items = [(f"v{n}", f"Volt {n}") for n in range(6)]
    web["/volt"] = Page(feeds.rss("Volt Weekly", items))
    web["/axle"] = Page(feeds.atom("Axle Atom", [(f"a{n}", f"Axle {n}") for n in "ab"]))
    feed, _ = await library.subscribe(web.url("/volt"), folder="Cars")
    await library.subscribe(web.url("/axle"))
    await library.upkeep.edit(feed, Edit(keep_days=KEEP_DAYS))
    ids = (await library.listing(query.parse(""))).ids
    await library.mark(ids[2:], "read", on=True, undoable=False)
    async with start(library) as reader:
        yield World(reader, web, clock, random.Random(0))


async def everything(library: Library) -> dict[int, Article]:
    ids = (await library.listing(query.parse(""))).ids
    return {one.id: one for one in await library.articles(ids)}


async def gone(library: Library) -> list[Article]:
    """Give the stories whose texts were let go."""
    stories = (await everything(library)).values()
    return [one for one in stories if not (await library.document(one.id)).blocks]


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_pressed_nothing_is_lost(world: World, seed: int) -> None:
    world.chance = random.Random(seed)
    reader, main = world.reader, world.reader.main
    for what in world.chance.choices(EVERY, k=30):
        before, here = list(main.listing.ids), main.articles.current_id
        kept = {one.id for one in (await everything(reader.library)).values() if own(one)}
        kept -= {one.id for one in await gone(reader.library)}

        await world.do(what)

        trail = " ".join(world.pressed)
        if what in (*MARKS, *STILL, *DAYS, *VERDICTS) and "filter" not in what:
            assert set(before) <= set(main.listing.ids), trail
        if what in (*MARKS, *STILL, *DAYS):
            assert here is None or main.articles.current_id == here, trail
        assert main.app.screen is main, trail
        # What is at hand is what is shown, and as it is stored
        if (at_hand := main.current) is not None:
            (stored,) = await reader.library.articles([at_hand.id])
            assert (stored.read, stored.starred, stored.later, stored.tags) == (
                (at_hand.read, at_hand.starred, at_hand.later, at_hand.tags)
            ), trail
        # and what was the reader's before it has its text after it
        assert not kept & {one.id for one in await gone(reader.library)}, trail


def own(article: Article) -> bool:
    """Whether a story is tagged, marked or unread."""
    return bool(article.tags or article.starred or article.later or not article.read)


async def test_texts_do_go_in_that_world(world: World) -> None:
    stories = await everything(world.reader.library)

    await world.do("night")

    assert {one.id for one in await gone(world.reader.library)} == {
        one.id for one in stories.values() if one.feed_id == 1 and not own(one)
    }
