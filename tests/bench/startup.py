"""Time to the first paint with 10,000 stories, beside a minimal Textual app.

Run by hand: ``python tests/bench/startup.py [runs]``. Both programs are started in turn on
a pty, so that whatever else the machine does hits both alike; what counts is the ratio.
The second table compares ``autotui --version`` with ``python -c pass`` in CPU time.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from autotui import store
from autotui.document import Block, Document, Span
from autotui.model import ParsedArticle, ParsedFeed, Subscription
from autotui.store import arrivals, feeds
from bench.figures import Figure, tell
from support.feeds import body
from support.homes import Home, environment
from support.terminals import Terminal

STORIES, FEEDS = 10_000, 50
NOW = datetime(2026, 1, 1, tzinfo=UTC)
MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("first paint")
Minimal().run()
"""


def fill(home: Home) -> None:
    """Store ten thousand stories in fifty feeds."""
    db = store.open(home.paths.database, durable=False).db
    inside = Document((Block("paragraph", (Span("The inverter and the motor. " * 40),)),))
    for number in range(1, FEEDS + 1):
        wanted = Subscription(f"https://f{number}.example/feed", f"Outlet {number}")
        feeds.subscribe(db, wanted, typed=True, now=NOW)
        stories = tuple(
            ParsedArticle(
                key=f"{number}-{at}",
                title=f"Story {at} of outlet {number}",
                url=f"https://f{number}.example/{at}",
                **body(inside),
                published_at=NOW - timedelta(minutes=at * FEEDS + number),
            )
            for at in range(STORIES // FEEDS)
        )
        with store.writing(db):
            arrivals.save(db, number, ParsedFeed("", articles=stories), NOW)
    db.close()


def first_paint(command: list[str], *shown: str) -> float:
    """Seconds until all of these stand on the screen."""
    began = perf_counter()
    with Terminal(command, environment(), drawn=False) as terminal:
        for each in shown:
            terminal.wait_for_bytes(each.encode())
        return perf_counter() - began


def cpu(command: list[str]) -> float:
    """CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def show(name: str, values: list[float], floor: list[float]) -> None:
    middle, base = statistics.median(values), statistics.median(floor)
    spread = f"{min(values) * 1000:.0f}-{max(values) * 1000:.0f}"
    print(f"{name:34}{middle * 1000:8.0f} ms  ({spread:>9})   x {middle / base:.2f}")


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.configure("[refresh]\nat_start = false\n")
        fill(home)
        minimal, full = [], []
        reader = [str(Path(sys.executable).with_name("autotui")), "--home", folder]
        first_paint(reader, "Story 0 of outlet 1", "The inverter", "Outlet 12")
        for _ in range(runs):
            minimal.append(first_paint([sys.executable, "-c", MINIMAL], "first paint"))
            full.append(
                first_paint(reader, "Story 0 of outlet 1", "The inverter", "Outlet 12")
            )
        print(f"start to first full paint, {STORIES} stories, {runs} runs, 120x40, median")
        show("minimal Textual app", minimal, minimal)
        show("autotui, list and story painted", full, minimal)
        tell(
            Figure(
                f"start until {STORIES:,} stories and a text are painted",
                "s",
                full,
                "minimal Textual app",
                minimal,
                1.6,
            )
        )

    script = str(Path(sys.executable).with_name("autotui"))
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "autotui --version": [script, "--version"],
        "autotui --help": [script, "--help"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs * 2):
        for name, command in commands.items():
            taken[name].append(cpu(command))
    print(f"\nCPU time, {runs * 2} runs, median")
    for name, values in taken.items():
        show(name, values, taken["python -c pass"])
    floor, version = taken["python -c pass"], taken["autotui --version"]
    tell(Figure("CPU of `autotui --version`", "s", version, "python -c pass", floor))
    print(f"\nload {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
