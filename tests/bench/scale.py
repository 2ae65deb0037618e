"""How the reader feels with a million stories in 500 feeds.

Run by hand: ``python tests/bench/scale.py [--stories N] [--keep DIR]``. The home is filled
through the store itself (two to four minutes for a million; ``--keep`` keeps it for the
next run). Told are the first paint beside the same with 1,000 stories, keys from press to
repaint beside an empty Textual app, the Library's reads, and memory.
"""

import argparse
import asyncio
import os
import random
import resource
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from textual.app import App, ComposeResult
from textual.widgets import Static

from autotui import config, query, store
from autotui.document import Block, Document, Span
from autotui.library import Library
from autotui.model import ParsedArticle, ParsedFeed, Subscription
from autotui.store import arrivals, feeds
from autotui.ui.app import AutotuiApp
from bench.startup import first_paint
from support.feeds import body
from support.homes import Home

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FEEDS = 500
WORDS = [f"{start}{end}" for start in "bdfgklmnprst" for end in ("elo", "ira", "and", "ox")]
ROUNDS = 200


def fill(home: Home, stories: int) -> None:
    """Store so many stories; half of them are read."""
    db = store.open(home.paths.database, durable=False).db
    chance = random.Random(1)
    each = stories // FEEDS
    for number in range(1, FEEDS + 1):
        wanted = Subscription(f"https://f{number}.example/feed", f"Outlet {number}")
        feeds.subscribe(db, wanted, typed=True, now=NOW)
        for start in range(0, each, 500):
            found = (
                story(number, at, chance) for at in range(start, min(start + 500, each))
            )
            with store.writing(db):
                arrivals.save(db, number, ParsedFeed("", articles=tuple(found)), NOW)
    with store.writing(db):
        db.execute(
            "INSERT INTO mark (article_id, read) SELECT id, 1 FROM article WHERE id % 2"
        )
        db.execute("UPDATE article SET edition = 1 << 40")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def story(feed: int, at: int, chance: random.Random) -> ParsedArticle:
    words = " ".join(chance.choices(WORDS, k=60))
    rare = " zyklotron" if (feed, at) in {(7, 3), (250, 1)} else ""
    text = Document((Block("paragraph", (Span(f"The motor {words}{rare}."),)),))
    return ParsedArticle(
        key=f"{feed}-{at}",
        title=f"Story {at} of outlet {feed}",
        url=f"https://f{feed}.example/{at}",
        **body(text),
        published_at=NOW - timedelta(minutes=at * FEEDS + feed),
    )


async def spent(act: Callable[[], Awaitable[object]], rounds: int = ROUNDS) -> list[float]:
    """Give the milliseconds of each round."""
    taken = []
    for _ in range(rounds):
        started = perf_counter()
        await act()
        taken.append((perf_counter() - started) * 1000)
    return taken


def tell(name: str, taken: list[float], aim: float, floor: float = 0.0) -> None:
    worst = quantiles(taken, n=20)[-1]
    told = f"{name:38}p50 {median(taken):8.1f}  p95 {worst:8.1f} ms  aim {aim:5.0f}"
    beside = f"  x {worst / floor:.1f} of an empty app" if floor else ""
    print(told + beside + ("" if worst <= aim else "  MISSED"), flush=True)


class Empty(App[None]):
    """What a key costs in Textual itself."""

    BINDINGS = [("j", "step", "Step")]  # noqa: RUF012 - Textual's own way

    def compose(self) -> ComposeResult:
        yield Static("0", id="number")

    def action_step(self) -> None:
        self.query_one("#number", Static).update(str(perf_counter()))


async def floor() -> float:
    """Give the p95 from key to repaint in an empty app, in milliseconds."""
    app = Empty()
    async with app.run_test(size=(120, 40)) as pilot:
        return quantiles(await spent(lambda: pressed(app, pilot.pause, "j")), n=20)[-1]


async def pressed(
    app: App[object] | App[None], pause: Callable[[], Awaitable[None]], key: str
) -> None:
    """Press a key, and wait until all that it does at once is on screen."""
    app.simulate_key(key)
    await pause()


async def keys(library: Library, beside: float) -> None:
    app = AutotuiApp(library, library.config)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        for name, key, aim in (
            ("move down", "j", 16),
            ("to the end and back", "G", 50),
            ("read / unread", "m", 50),
        ):
            rounds = ROUNDS if key == "j" else 40
            tell(
                name,
                await spent(partial(pressed, app, pilot.pause, key), rounds),
                aim,
                beside,
            )
            if key == "G":
                await pressed(app, pilot.pause, "g")
                await app.workers.wait_for_complete()
        screen = app.screen

        async def open_next() -> None:
            screen.articles.action_move_down()  # type: ignore[attr-defined]
            await screen.open_story(screen.articles.current_id)  # type: ignore[attr-defined]
            await pilot.pause()

        tell("open a story", await spent(open_next, 60), 50, beside)


async def reads(library: Library) -> None:
    """Time what the Library reads."""

    async def first_page(text: str) -> object:
        return await library.listing(query.parse(text), 100)

    tell(
        "search a common word, first page",
        await spent(lambda: first_page("motor"), 20),
        100,
    )
    tell(
        "search a rare word, first page",
        await spent(lambda: first_page("zyklotron"), 20),
        20,
    )
    tell("unread counts", await spent(library.counts, 40), 5)
    tell("all ids", await spent(lambda: library.listing(query.parse("")), 5), 1_000)
    tell(
        "ids of the unread",
        await spent(lambda: library.listing(query.parse("is:unread")), 5),
        2_000,
    )


async def measure(home: Home) -> None:
    beside = await floor()
    async with Library(home.paths, config.load(home.paths.config)) as library:
        await reads(library)
        await keys(library, beside)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory {most:.0f} MiB, aim 120")


def paint(home: Home) -> float:
    reader = [str(Path(sys.executable).with_name("autotui")), "--home", str(home.folder)]
    first_paint(reader, "Story 0 of outlet 1", "The motor", "Outlet 12")
    return median(
        first_paint(reader, "Story 0 of outlet 1", "The motor", "Outlet 12")
        for _ in range(5)
    )


def main() -> None:
    """Fill two homes and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--stories", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="keep the homes under this folder")
    options = parser.parse_args()
    place = (
        tempfile.TemporaryDirectory() if options.keep is None else nullcontext(options.keep)
    )
    with place as folder:
        painted = []
        for stories in (1_000, options.stories):
            home = Home(Path(folder) / str(stories))
            if not home.paths.database.exists():
                home.folder.mkdir(parents=True, exist_ok=True)
                home.configure("[refresh]\nat_start = false\n")
                fill(home, stories)
            painted.append(paint(home))
        small, large = painted
        told = (
            f"first paint {large * 1000:.0f} ms, x {large / small:.2f} of that with 1,000"
        )
        print(f"{told} (aim 1.3)")
        asyncio.run(measure(home))
    print(f"load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
