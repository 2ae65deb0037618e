"""How the reader feels while hundreds of feeds come in.

Run by hand: ``python tests/bench/lag.py [--server FILE] [--feeds N]``. The reader runs
without a terminal (Textual's Pilot) over a home that has one story of each feed already;
all feeds are asked while stories are opened one after the other. Told are the lag of the
event loop (how much later than asked a timer rings) and the time from the key to the
story's text, beside the same with no refresh going on.
"""

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from autotui import config
from autotui.library import Library
from autotui.ui.app import AutotuiApp
from autotui.ui.screens.main import MainScreen
from bench.refresh import serving
from support.homes import Home

TICK = 0.005


async def passed(over: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but no longer than this."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(over.wait(), seconds)


async def lags(into: list[float], over: asyncio.Event) -> None:
    """Note how late a timer rings, in milliseconds, until it is over."""
    while not over.is_set():
        started = perf_counter()
        await passed(over, TICK)
        into.append((perf_counter() - started - TICK) * 1000)


async def watch(app: AutotuiApp, opened: list[float], late: list[float]) -> None:
    """Open stories one after the other until the refresh is over, or forty are read."""
    screen = app.screen
    assert isinstance(screen, MainScreen)
    over, shown = asyncio.Event(), asyncio.Event()
    screen.watch(screen, "story", shown.set, init=False)
    timer = asyncio.create_task(lags(late, over))
    async with asyncio.timeout(300):
        while len(opened) < 40 or screen.refreshing:
            shown.clear()
            started = perf_counter()
            await screen.run_action("next_unread")
            await shown.wait()
            opened.append((perf_counter() - started) * 1000)
            await passed(over, 0.1)
    over.set()
    await timer


async def measure(home: Home) -> None:
    """Read in a quiet reader, then in one that refreshes."""
    async with Library(home.paths, config.load(home.paths.config)) as library:
        app = AutotuiApp(library, library.config)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            for name in ("quiet", "refreshing"):
                opened: list[float] = []
                late: list[float] = []
                if name == "refreshing":
                    app.screen.action_refresh_due()  # type: ignore[attr-defined]
                    await passed(asyncio.Event(), 0.5)
                await watch(app, opened, late)
                told = f"lag p50 {median(late):.1f} p99 {quantiles(late, n=100)[-1]:.1f}"
                told += f" max {max(late):.1f} ms; story opens p50 {median(opened):.1f}"
                print(f"{name:12}{told} p95 {quantiles(opened, n=20)[-1]:.1f} ms", end="")
                print(f" ({len(opened)} stories)")


def main() -> None:
    """Start the load server and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--server", type=Path, default=Path(__file__).with_name("load.py"))
    parser.add_argument("--feeds", type=int, default=500)
    options = parser.parse_args()
    options.entries, options.port = 40, 8127
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        home = Home(folder / "home")
        home.configure("[network]\nallow_private = true\n[refresh]\nat_start = false\n")
        with serving(options, folder) as (_, opml):
            home.run("import", str(opml))
            first = [str(number) for number in range(1, 6)]
            home.run("refresh", *first)
            asyncio.run(measure(home))
    print(f"load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
