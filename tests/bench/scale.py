"""How the reader feels with a million stories in 500 feeds.

Run by hand: ``python tests/bench/scale.py [--stories N] [--keep DIR]``. The home is filled
through the store itself (two to four minutes for a million; ``--keep`` keeps it for the
next run). Told are the first paint beside the same with 1,000 stories, the Library's reads,
keys at a terminal from press to repaint beside an empty Textual app (and what they take of
the processor), and memory. ``--newsboat`` tells the same of newsboat, if installed.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from autotui import config, query, store
from autotui.document import Block, Document, Span
from autotui.library import Library
from autotui.model import ParsedArticle, ParsedFeed, Subscription
from autotui.store import arrivals, feeds
from bench import boat, figures, pressing
from bench.figures import Figure
from bench.pressing import Pressing, moved, opened
from bench.startup import first_paint
from support.feeds import body
from support.homes import Home

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FEEDS = 500
WORDS = [f"{start}{end}" for start in "bdfgklmnprst" for end in ("elo", "ira", "and", "ox")]
ROUNDS = 100


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


async def spent(act: Callable[[], Awaitable[object]], rounds: int) -> list[float]:
    """Give the milliseconds of each round."""
    taken = []
    for _ in range(rounds):
        started = perf_counter()
        await act()
        taken.append((perf_counter() - started) * 1000)
    return taken


def tell(name: str, taken: list[float], aim: float) -> None:
    worst = quantiles(taken, n=20)[-1]
    told = f"{name:38}p50 {median(taken):8.1f}  p95 {worst:8.1f} ms  aim {aim:5.0f}"
    print(told + ("" if worst <= aim else "  MISSED"), flush=True)
    figures.tell(Figure(f"{name}, p95", "ms", [worst], goal=aim))


def keys(home: Home) -> None:
    """Press keys in the reader, beside an empty app."""
    beside = pressing.floor(ROUNDS)
    print(f"{'an empty app':24}{beside}")
    with Pressing(reader(home)) as pressed:
        pressed.terminal.wait_for_bytes(b"The motor")
        pressed.rest(3.0)
        for name, what, shown, aim in (
            ("move down", "j" * ROUNDS, moved, 16),
            ("to the end and back", "Gg" * 20, moved, 50),
            ("read / unread", "m" * 40, moved, 50),
            ("open the next story", "n" * 60, opened, 50),
        ):
            times = pressed.times(what, shown)
            worst = times.percentile(95)
            ratio = f"  x {worst / beside.percentile(95):.1f}  aim {aim}"
            missed = "" if worst <= aim else "  MISSED"
            print(f"{name:24}{times}{ratio}{missed}", flush=True)
            figures.tell(Figure(f"{name}, key to screen, p95", "ms", [worst], goal=aim))
        print(f"memory {pressed.memory:.0f} MiB, aim 120")
        figures.tell(Figure("memory of the reader", "MiB", [pressed.memory], goal=120))


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
        "search a common word, ranked",
        await spent(lambda: first_page("motor sort:relevance"), 20),
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
    async with Library(home.paths, config.load(home.paths.config)) as library:
        await reads(library)


def reader(home: Home) -> list[str]:
    autotui = str(Path(sys.executable).with_name("autotui"))
    return [autotui, "--home", str(home.folder)]


def paint(home: Home) -> float:
    shown = "Story 0 of outlet 1", "The motor", "Outlet 12"
    first_paint(reader(home), *shown)
    return median(first_paint(reader(home), *shown) for _ in range(5))


def main() -> None:
    """Fill two homes and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--stories", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="keep the homes under this folder")
    parser.add_argument("--newsboat", action="store_true", help="the same of newsboat")
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
        what = f"first paint with {options.stories:,} stories"
        figures.tell(Figure(what, "s", [large], "with 1,000", [small], goal=1.3))
        asyncio.run(measure(home))
        keys(home)
        if options.newsboat:
            other = Path(folder) / f"newsboat-{options.stories}"
            if not other.exists():
                boat.fill(other, home.paths.database)
            boat.measure(other)
    print(f"load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
