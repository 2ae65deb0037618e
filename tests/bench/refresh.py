"""A refresh of many feeds, cold and warm, beside newsboat and bare httpx.

Run by hand: ``python tests/bench/refresh.py [--server FILE] [--feeds N] [--rounds N]``.
A load server is started on loopback (``load.py`` beside this file unless ``--server``
names another with the same options), and the contestants take turns, so that whatever
else the machine does hits all alike; what counts is the ratio. newsboat takes part where
it is installed. Memory is the largest sum over a program's processes, sampled.
"""

import argparse
import contextlib
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Protocol

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.figures import Figure, tell
from support.homes import Home, environment

BARE = """
import asyncio, json, pathlib, sys, httpx
urls, kept = pathlib.Path(sys.argv[1]).read_text().split(), pathlib.Path(sys.argv[2])
tags = json.loads(kept.read_text()) if kept.exists() else {}
async def main():
    gate = asyncio.Semaphore(16)
    async with httpx.AsyncClient() as http:
        async def get(url):
            async with gate:
                known = {"If-None-Match": tags[url]} if url in tags else {}
                answer = await http.get(url, headers=known)
                tags[url] = answer.headers.get("etag", "")
        await asyncio.gather(*map(get, urls))
    kept.write_text(json.dumps(tags))
asyncio.run(main())
"""
PLAIN = """
import pathlib, sys, reader
library = reader.make_reader(sys.argv[1])
for url in pathlib.Path(sys.argv[2]).read_text().split():
    library.add_feed(url, exist_ok=True)
library.update_feeds(workers=16)
"""


@dataclass
class Cost:
    """What one run took: seconds, CPU seconds, MiB at most, and stories stored."""

    wall: float
    cpu: float
    memory: float
    stories: int = 0


def run(command: list[str]) -> Cost:
    """Run a command to its end and see what it takes, with all its children."""
    started = perf_counter()
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    over = threading.Event()
    peak = [0.0]

    def sample() -> None:
        while not over.wait(0.05):
            peak[0] = max(peak[0], memory(child.pid))

    watch = threading.Thread(target=sample)
    watch.start()
    _, _, usage = os.wait4(child.pid, 0)
    wall = perf_counter() - started
    over.set()
    watch.join()
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak[0])


def memory(pid: int) -> float:
    """Give the resident memory of a process and its children, in MiB."""
    total = 0.0
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        total = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
        for task in Path(f"/proc/{pid}/task").iterdir():
            children = (task / "children").read_text().split()
            total += sum(memory(int(each)) for each in children)
    return total


UNITS = {"wall": ("time", "s"), "cpu": ("CPU", "s"), "memory": ("memory", "MiB")}
GOALS: dict[str, dict[str, float | None]] = {
    "newsboat": {"wall": 0.7, "cpu": 1.0, "memory": None},
    "reader": {"wall": None, "cpu": None, "memory": None},
    "bare httpx": {"wall": 1.5, "cpu": None},
}
"""Beside whom what is told, and what the ratio is to be at most."""


class Contestant(Protocol):
    """Somebody who can refresh all feeds, twice."""

    def refresh(self) -> Cost:
        """Ask all feeds, and store what they bring."""


class Newsboat:
    """newsboat with 50 threads, in a folder of its own."""

    def __init__(self, folder: Path, urls: Path, _opml: Path) -> None:
        self._folder = folder
        folder.mkdir()
        config = "reload-threads 50\nsuppress-first-reload yes\nmax-items 0\n"
        (folder / "config").write_text(config)
        shutil.copy(urls, folder / "urls")

    def refresh(self) -> Cost:
        """Reload all feeds."""
        files = [("-C", "config"), ("-u", "urls"), ("-c", "cache.db")]
        named = [part for flag, name in files for part in (flag, str(self._folder / name))]
        cost = run(["newsboat", *named, "-x", "reload"])
        cost.stories = stories(self._folder / "cache.db", "rss_item")
        return cost


class Autotui:
    """autotui in a home of its own."""

    def __init__(self, folder: Path, _urls: Path, opml: Path) -> None:
        self._home = Home(folder)
        self._home.configure("[network]\nallow_private = true\n")
        imported = self._home.run("import", str(opml))
        if imported.code:
            sys.exit(imported.err)

    def refresh(self) -> Cost:
        """Ask all feeds."""
        cost = run(self._home.command("refresh", "--force", "--jsonl"))
        cost.stories = stories(self._home.paths.database, "article")
        return cost


class PlainReader:
    """lemon24/reader from PyPI, in an environment of its own, with 16 workers."""

    python = Path(__file__).parents[2] / ".bench" / "bin" / "python"

    def __init__(self, folder: Path, urls: Path, _opml: Path) -> None:
        folder.mkdir()
        self._database = folder / "reader.sqlite"
        self._arguments = [str(self._database), str(urls)]

    def refresh(self) -> Cost:
        """Update all feeds."""
        cost = run([str(self.python), "-c", PLAIN, *self._arguments])
        cost.stories = stories(self._database, "entries")
        return cost


class Bare:
    """Only the requests, by httpx, sixteen at once, with the ETags of the last time."""

    def __init__(self, folder: Path, urls: Path, _opml: Path) -> None:
        folder.mkdir()
        self._arguments = [str(urls), str(folder / "tags.json")]

    def refresh(self) -> Cost:
        """Ask all feeds, and read the answers."""
        return run([sys.executable, "-c", BARE, *self._arguments])


def stories(database: Path, table: str) -> int:
    """Count what is stored."""
    with contextlib.closing(sqlite3.connect(database)) as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@contextlib.contextmanager
def serving(options: argparse.Namespace, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Start the load server; give its list of addresses and its OPML file."""
    urls, opml, ready = folder / "urls", folder / "feeds.opml", folder / "ready"
    server = subprocess.Popen(
        [
            *(sys.executable, str(options.server)),
            *("--feeds", str(options.feeds), "--entries", str(options.entries)),
            *("--hosts", "250", "--latency", "0.05", "--port", str(options.port)),
            *("--urls", str(urls), "--opml", str(opml), "--ready-file", str(ready)),
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        waiting = threading.Event()
        while not ready.exists() and server.poll() is None:
            waiting.wait(0.1)
        if server.poll() is not None:
            sys.exit(f"the load server ended with code {server.returncode}")
        yield urls, opml
    finally:
        server.terminate()
        server.wait()


def show(title: str, taken: dict[str, list[Cost]], base: str) -> None:
    """Print the medians, and ratios to one of the contestants."""

    def middle(name: str, what: str) -> float:
        return float(statistics.median(getattr(cost, what) for cost in taken[name]))

    print(
        f"\n{title:18}{'wall s':>9}{'CPU s':>9}{'MiB':>7}{'stories':>9}  ratios to {base}"
    )
    for name in taken:
        wall, cpu, most = (middle(name, what) for what in ("wall", "cpu", "memory"))
        ratios = ""
        if base in taken:
            ratios = f"wall x {wall / middle(base, 'wall'):.2f}"
            ratios += f"  CPU x {cpu / middle(base, 'cpu'):.2f}"
        stored = taken[name][-1].stories or ""
        print(f"{name:18}{wall:9.2f}{cpu:9.2f}{most:7.0f}{stored:>9}  {ratios}")


def main() -> None:
    """Let the contestants take turns, and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    here = Path(__file__).parent
    parser.add_argument("--server", type=Path, default=here / "load.py")
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--entries", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--port", type=int, default=8123)
    options = parser.parse_args()
    cold: dict[str, list[Cost]] = {}
    warm: dict[str, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with serving(options, folder) as (urls, opml):
            for number in range(options.rounds):
                makers: dict[str, Callable[[Path, Path, Path], Contestant]]
                makers = {"autotui": Autotui, "newsboat": Newsboat, "bare httpx": Bare}
                makers["reader"] = PlainReader
                if not shutil.which("newsboat"):
                    del makers["newsboat"]
                if not PlainReader.python.exists():
                    del makers["reader"]
                for name, make in makers.items():
                    contestant = make(folder / f"{name}-{number}", urls, opml)
                    cold.setdefault(name, []).append(contestant.refresh())
                    warm.setdefault(name, []).append(contestant.refresh())
    size = f"{options.feeds} feeds x {options.entries} entries"
    print(f"{size}, {options.rounds} rounds, median")
    show("cold", cold, "newsboat")
    show("warm (304s)", warm, "bare httpx")
    for other, goals in GOALS.items():
        taken = warm if other == "bare httpx" else cold
        if other not in taken:
            continue
        word = "warm" if taken is warm else "cold"
        for what, goal in goals.items():
            ours, theirs = (
                [getattr(cost, what) for cost in taken[name]] for name in ("autotui", other)
            )
            name, unit = UNITS[what]
            told = f"{word} refresh of {size}, {name}"
            tell(Figure(told, unit, ours, other, theirs, goal))
    print(f"\nload {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
