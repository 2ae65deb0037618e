"""From the key to what it shows, as a reader at a terminal has it.

The program runs on a pty; each piece of its output is kept with its time and drawn only
when the program rests, so that watching takes nothing from it. A key's time ends with
the piece of output that shows what was asked for.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Self

import pyte

from support.homes import environment
from support.terminals import Terminal

REST = 0.15
"""Seconds without output that are taken for the end of what a key does."""
LONGEST = 10.0
EMPTY = """
from time import perf_counter
from textual.app import App
from textual.widgets import Static
class Empty(App):
    BINDINGS = [("j", "step", "Step")]
    def compose(self):
        yield Static("0")
    def action_step(self):
        self.query_one(Static).update(str(perf_counter()))
Empty().run()
"""
"""What a key costs in Textual itself."""
Shown = Callable[[list[str], list[str]], bool]
"""Whether the screen, as it was and as it is, shows what the key was pressed for."""


@dataclass
class Times:
    """Of one key: milliseconds until its effect was seen, and of the processor."""

    seen: list[float] = field(default_factory=list)
    processor: float = 0.0
    """On average, with all that a key sets going."""

    def percentile(self, number: int) -> float:
        return quantiles(self.seen, n=100)[number - 1]

    def __str__(self) -> str:
        told = f"p50 {median(self.seen):6.1f}  p95 {self.percentile(95):6.1f}"
        told += f"  p99 {self.percentile(99):6.1f} ms"
        return f"{told}  cpu {self.processor:5.1f} ms" if self.processor else told


class Pressing:
    """Presses keys in a program, and sees when they show. Use it as a context."""

    def __init__(self, command: Sequence[str]) -> None:
        self.terminal = Terminal(command, environment(), drawn=False)
        self._screen = pyte.Screen(120, 40)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.terminal.__exit__(None, None, None)

    @property
    def screen(self) -> list[str]:
        """What stands on the screen, once it has come to rest."""
        self.rest()
        return self.now

    @property
    def memory(self) -> float:
        """Give the most MiB that the program ever held in memory."""
        return int(re.findall(r"VmHWM:\s+(\d+)", self._told("status"))[0]) / 1024

    @property
    def now(self) -> list[str]:
        """What stands on the screen at this moment."""
        for _ in self._draw():
            pass
        return self._screen.display

    def rest(self, seconds: float = REST) -> None:
        """Wait until the program has written nothing for so long."""
        end = perf_counter() + LONGEST
        while perf_counter() < end:
            since = perf_counter() - self._last
            if since >= seconds:
                return
            sleep(seconds - since)

    def wait(self, seconds: float) -> None:
        """Let the program go on for so long."""
        sleep(seconds)

    def times(self, keys: Sequence[str], shown: Shown, *, rest: float = REST) -> Times:
        """Press keys one after the other, each when the one before is done with."""
        found, began = Times(), self._processor
        for key in keys:
            before = self.screen
            pressed = perf_counter()
            self.terminal.press(key)
            found.seen.append((self._seen(before, shown) - pressed) * 1000)
            self.rest(rest)
        found.processor = (self._processor - began) / len(keys)
        return found

    def press(self, key: str, shown: Shown) -> float:
        """Press a key whatever else goes on; give the milliseconds until it shows."""
        before = self.now
        pressed = perf_counter()
        self.terminal.press(key)
        return (self._seen(before, shown) - pressed) * 1000

    def _seen(self, before: list[str], shown: Shown) -> float:
        """Give the moment at which what was asked for is on the screen."""
        end = perf_counter() + LONGEST
        while perf_counter() < end:
            sleep(REST)
            for moment in self._draw():
                if shown(before, self._screen.display):
                    return moment
        raise AssertionError("\n".join(self._screen.display))

    def _draw(self) -> Iterator[float]:
        """Draw what was written since, piece by piece; give when each came."""
        while self._drawn < len(self.terminal.pieces):
            moment, piece = self.terminal.pieces[self._drawn]
            self._drawn += 1
            self._stream.feed(piece)
            yield moment

    @property
    def _last(self) -> float:
        return self.terminal.pieces[-1][0] if self.terminal.pieces else perf_counter()

    @property
    def _processor(self) -> float:
        """Give the milliseconds of the processor that the program took so far."""
        return int(self._told("schedstat").split()[0]) / 1e6

    def _told(self, what: str) -> str:
        return Path(f"/proc/{self.terminal.process.pid}/{what}").read_text()


def floor(rounds: int) -> Times:
    """Give what a key takes in an empty Textual app."""
    with Pressing([sys.executable, "-c", EMPTY]) as app:
        app.terminal.wait_for_bytes(b"0")
        app.rest(1.0)
        return app.times("j" * rounds, lambda before, now: before != now)


# What a reader sees of autotui.


def at_hand(screen: list[str]) -> str:
    """Give the line of the story under the cursor."""
    lines = (line[26:88] for line in screen)
    return next((line for line in lines if line[1:2] in "▌>"), "")


def text(screen: list[str]) -> str:
    """Give the text's pane, from its title on."""
    lines = [line[26:88] for line in screen]
    start = next((at for at, line in enumerate(lines) if " Story ─" in line), 0)
    return "\n".join(lines[start:-1])


def moved(before: list[str], now: list[str]) -> bool:
    """Tell whether the cursor is on another story, or that story looks otherwise."""
    return "…" not in at_hand(now)[:8] and at_hand(before) != at_hand(now)


def opened(before: list[str], now: list[str]) -> bool:
    """Tell whether another story's text is shown."""
    return (
        bool(text(now).strip())
        and text(before).splitlines()[4:] != text(now).splitlines()[4:]
    )
