"""A day's use in twenty minutes: feeds that change, refreshes, and random keys on a pty.

Run by hand: ``python tests/bench/soak.py [--minutes N] [--feeds N] [--seed N]``. A loopback
server has new stories for some feeds every few seconds and fails for others; the reader is
open on a pty and gets keys at random, while ``autotui refresh --force`` and ``autotui tag``
run beside it. At the end it must hold that the reader's memory and open files are flat
(last quarter against the second: 5 %), that nothing was logged as an error, that the
database is sound, and that every tag that was confirmed is there. Exit code 1 if not.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.load import sentence
from support.homes import Home, environment
from support.terminals import Terminal
from support.web import Exchange, Page, Web

ENTRIES = 20
CHANGING, FAILING = 0.1, 0.02
"""Which part of the feeds has a new story at each refresh, and which answers with 500."""
REFRESH_SECONDS = 6.0
KEY_SECONDS = (0.02, 0.4)
FLAT = 0.05
CONFIG = """
[network]
allow_private = true
[refresh]
minutes = 5
[keys]
back = "f12"
"""
"""Escape must close dialogs, and not the reader."""
KEYS = (
    *("j", "j", "j", "k", "G", "g", " ", " ", "\x04", "n", "p", "l", "h", "\t"),
    *("1", "2", "3", "4", "\r", "s", "L", "m", "+", "-", "i", "i", "z", "z", "<", ">", "="),
    *(
        "r",
        "R",
        "x",
        "D",
        "f",
        "v\x1b",
        "w\x1b",
        "?\x1b",
        "H\x1b",
        "W\x1b",
        ",\x1b",
    ),
    *("/inverter\r", "/motor\r", "1", "Fcell\r", "1", "A"),
)
"""What is pressed; nothing that takes tags, feeds or the reader itself away."""


@dataclass
class Outlets:
    """Feeds whose stories come while it runs; the newest are listed first."""

    feeds: int
    chance: random.Random
    newest: list[int] = field(init=False)
    failing: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.newest = [ENTRIES] * self.feeds

    def go_on(self) -> None:
        """Let some feeds have news, and others trouble."""
        for feed in range(self.feeds):
            self.newest[feed] += self.chance.random() < CHANGING
        some = range(self.feeds)
        self.failing = {feed for feed in some if self.chance.random() < FAILING}

    def answer(self, feed: int, exchange: Exchange) -> None:
        """Give a feed as it is now."""
        last = self.newest[feed]
        if feed in self.failing:
            Page(b"", 500)(exchange)
            return
        items = "".join(self._items(feed, range(last, last - ENTRIES, -1)))
        channel = f"<channel><title>Outlet {feed}</title>{items}</channel>"
        body = f"<rss version='2.0'>{channel}</rss>"
        Page(body.encode(), etag=f'"{last}"')(exchange)

    def _items(self, feed: int, numbers: range) -> Iterator[str]:
        for number in numbers:
            chance = random.Random(f"{feed}:{number}")
            text = "".join(f"<p>{sentence(chance)}</p>" for _ in range(12))
            yield (
                f"<item><title>{sentence(chance)}</title><guid>{feed}-{number}</guid>"
                f"<description><![CDATA[{text}]]></description></item>"
            )


@dataclass
class Reader:
    """What is known of the reader's process, sample by sample."""

    pid: int
    memory: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)

    def sample(self) -> None:
        """Look at its memory, in MiB, and how many files it has open."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        self.memory.append(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
        self.files.append(len(list(Path(f"/proc/{self.pid}/fd").iterdir())))


class Beside:
    """What goes on beside the reader: feeds go on, refreshes, tags by the command line."""

    def __init__(self, home: Home, outlets: Outlets, chance: random.Random) -> None:
        self._home, self._outlets, self._chance = home, outlets, chance
        self.tagged: set[tuple[int, str]] = set()
        self.refreshes = 0
        self.problems: list[str] = []

    def run(self, over: threading.Event) -> None:
        """Go on until it is over."""
        while not over.wait(REFRESH_SECONDS):
            self._outlets.go_on()
            ran = self._home.run("refresh", "--force", "--jsonl")
            self.refreshes += 1
            # 5: some feeds failed, which they are meant to; 1: another refresh is running.
            if ran.code not in {0, 1, 5} or "Traceback" in ran.err:
                self.problems.append(f"refresh ended with {ran.code}: {ran.err.strip()}")
            self._tag(f"soak-{self.refreshes}")

    def _tag(self, name: str) -> None:
        listed = self._home.run("list", "--limit", "200", "--jsonl").lines
        chosen = [str(each["id"]) for each in self._chance.sample(listed, k=5)]
        ran = self._home.run("tag", *chosen, f"+{name}", "--json")
        if ran.code:
            self.problems.append(f"tag ended with {ran.code}: {ran.err.strip()}")
        else:
            self.tagged |= {(int(each), name) for each in chosen}


def quarters(values: list[float]) -> tuple[float, float]:
    """Give the medians of the second and of the last quarter."""
    size = max(1, len(values) // 4)
    return median(values[size : 2 * size]), median(values[-size:])


def soak(options: argparse.Namespace, home: Home, web: Web) -> bool:
    """Run it all; tell, and give whether all held."""
    chance = random.Random(options.seed)
    outlets = Outlets(options.feeds, random.Random(options.seed + 1))
    for feed in range(options.feeds):
        web[f"/{feed}"] = partial(outlets.answer, feed)
    rows = "".join(f"<outline xmlUrl='{web.url(f'/{n}')}'/>" for n in range(options.feeds))
    listed = home.folder / "feeds.opml"
    listed.write_text(f"<opml version='2.0'><body>{rows}</body></opml>")
    for command in (("import", str(listed)), ("refresh", "--force", "--jsonl")):
        home.run(*command)
    beside, over = Beside(home, outlets, random.Random(options.seed + 2)), threading.Event()
    pressed, broken = 0, False
    with Terminal(home.command(), environment(BROWSER="true"), drawn=False) as terminal:
        terminal.wait_for_bytes(b"Outlet")
        reader = Reader(terminal.process.pid)
        other = threading.Thread(target=beside.run, args=(over,))
        other.start()
        ends = monotonic() + options.minutes * 60
        waiting = threading.Event()
        while monotonic() < ends and terminal.process.poll() is None:
            terminal.press(chance.choice(KEYS))
            pressed += 1
            waiting.wait(chance.uniform(*KEY_SECONDS))
            if not pressed % 20:
                reader.sample()
                broken = broken or b"Traceback" in terminal.output
                terminal.output.clear()
        alive = terminal.process.poll() is None
        over.set()
        other.join()
        terminal.press("\x1b", "ctrl+c")
        code = terminal.wait_exit()
    if code or not alive:
        print(f"the reader ended with code {code}, its last words:")
        print(bytes(terminal.output[-2_000:]).decode("utf-8", "replace"))
        for report in home.paths.log.parent.glob("crash*"):
            print(report.read_text("utf-8")[-4_000:])
    return told(home, reader, beside, pressed, ended=alive and not code and not broken)


def told(home: Home, reader: Reader, beside: Beside, pressed: int, *, ended: bool) -> bool:
    """Tell what was found, and give whether it is as it must be."""
    second, last = quarters(reader.memory)
    before, after = quarters([float(each) for each in reader.files])
    log = home.paths.log.read_text("utf-8") if home.paths.log.exists() else ""
    errors = [each for each in log.splitlines() if " ERROR " in each or "Traceback" in each]
    stories = home.run("list", "--limit", "0", "--jsonl").lines
    stored = {(each["id"], name) for each in stories for name in each["tags"]}
    lost = beside.tagged - stored
    doctor = json.loads(home.run("doctor", "--json").out)
    sound = next(each for each in doctor if each["name"] == "database")
    print(
        f"{pressed:,} keys, {beside.refreshes} refreshes beside, {len(stories):,} stories"
    )
    print(f"memory {second:.1f} MiB, then {last:.1f} ({last / second - 1:+.1%})")
    print(f"open files {before:.0f}, then {after:.0f}")
    print(f"{len(beside.tagged)} tags confirmed, {len(lost)} lost")
    print(f"{len(errors)} errors logged")
    for each in (*beside.problems[:5], *errors[:5], *sorted(lost)[:5]):
        print(f"  {each}")
    print(f"the reader {'ended well' if ended else 'did not end well'}")
    print(f"the database: {sound['state']}, {sound['value']}")
    flat = last / second - 1 <= FLAT and after <= before + 2
    ended = ended and sound["state"] == "ok"
    return ended and flat and not (lost or errors or beside.problems)


def main() -> None:
    """Soak."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Web() as web:
        home = Home(Path(folder))
        home.configure(CONFIG)
        held = soak(options, home, web)
    print(f"load {os.getloadavg()[0]:.1f}; {'all held' if held else 'NOT all held'}")
    sys.exit(not held)


if __name__ == "__main__":
    main()
