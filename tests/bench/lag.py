"""How the reader feels while hundreds of feeds come in.

Run by hand: ``python tests/bench/lag.py [--server FILE] [--feeds N] [--turns N]``. The
reader runs on a pty over a home that has the stories of five feeds; all feeds are asked
while the cursor is moved down, story by story; as that is over soon, it is done in some
turns, each with a home of its own. Told is the time from the key to the cursor's new line,
beside the same with no refresh going on, and how often the cursor was on another story
than the one that a key had brought it to.
"""

import argparse
import os
import sys
import tempfile
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import figures
from bench.figures import Figure
from bench.pressing import Pressing, Times, at_hand, moved
from bench.refresh import serving
from support.homes import Home

QUIET = 20
AIM = 50


def story(screen: list[str]) -> str:
    """Give the title of the story under the cursor, without its marks."""
    return at_hand(screen)[5:36]


def walk(reader: Pressing, most: int) -> tuple[Times, int]:
    """Move about until the refresh is over; give times, and how often the story changed."""
    times, changed = Times(), 0
    for key, _ in zip(cycle("jjjjk"), range(most), strict=False):
        here = story(reader.now)
        times.seen.append(reader.press(key, moved))
        there = story(reader.now)
        reader.wait(0.05)
        now = reader.now
        changed += story(now) != there or there == here
        if most > QUIET and not any("Refreshing" in line for line in now[-3:]):
            break
    return times, changed


def turn(home: Home, found: dict[str, Times]) -> int:
    """Read in a quiet reader, then while it refreshes; tell how often the story changed."""
    reader = [str(Path(sys.executable).with_name("autotui")), "--home", str(home.folder)]
    changes = 0
    with Pressing(reader) as pressed:
        pressed.rest(3.0)
        for name, most in (("quiet", QUIET), ("refreshing", 10_000)):
            if most > QUIET:
                pressed.terminal.press("g", "R")
                pressed.wait(1.0)
            times, changed = walk(pressed, most)
            found.setdefault(name, Times()).seen += times.seen
            changes += changed
    return changes


def measure(options: argparse.Namespace, folder: Path, opml: Path) -> None:
    """Take the turns, and tell."""
    found: dict[str, Times] = {}
    changes = 0
    for number in range(options.turns):
        home = Home(folder / f"home-{number}")
        home.configure("[network]\nallow_private = true\n[refresh]\nat_start = false\n")
        home.run("import", str(opml))
        home.run("refresh", *(str(each) for each in range(1, 6)))
        changes += turn(home, found)
    for name, times in found.items():
        worst = times.percentile(99)
        told = "" if worst <= AIM else "  MISSED"
        print(f"{name:12}{times}  aim p99 {AIM}{told}  ({len(times.seen)} keys)")
        figures.tell(Figure(f"key to screen, {name}, p99", "ms", [worst], goal=AIM))
    print(f"the story changed by itself {changes} times")


def main() -> None:
    """Start the load server and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--server", type=Path, default=Path(__file__).with_name("load.py"))
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--turns", type=int, default=8)
    options = parser.parse_args()
    options.entries, options.port = 40, 8137
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        with serving(options, folder) as (_, opml):
            measure(options, folder, opml)
    print(f"load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
