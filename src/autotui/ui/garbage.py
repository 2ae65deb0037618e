"""What is drawn is let go when it is gone, without waiting for the garbage collector.

Measured on Textual 8.2: with its strips as they come, one step down a list leaves 1,290
objects that only a collection frees, with ``without_loops`` 42; a collection of 5,000 of
them stops the screen for 17 ms, and one of 190,000 did so for half a second.
"""

import asyncio
import gc
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from textual._styles_cache import StylesCache
from textual.strip import Strip

_THRESHOLDS: Final = 5_000, 4, 20
"""Drawing a screen makes some 5,000 objects: 1.5 ms for the young ones at every key or so.

A full collection takes 10 ms and more; it is left to the pauses where there are any.
"""
_PAUSE: Final = 1.0
"""After so many seconds without a key, the next is not expected in the next 20 ms."""
_ENOUGH: Final = 4
"""How many collections of young objects make a full one worth while."""


class Collecting:
    """When garbage is collected: all of it only while nobody types."""

    _next: asyncio.TimerHandle | None = None

    def settle(self) -> None:
        """Collect from now on, but nothing that start-up made: that takes 35 to 92 ms."""
        gc.enable()
        gc.freeze()
        gc.set_threshold(*_THRESHOLDS)

    def put_off(self) -> None:
        """Collect all when it was quiet for a second from now, if there may be enough."""
        if self._next:
            self._next.cancel()
        self._next = asyncio.get_running_loop().call_later(_PAUSE, _collect)


def _collect() -> None:
    _, young, middle = gc.get_count()
    if middle or young >= _ENOUGH:
        gc.collect()


def let_go() -> None:
    """Let go of the lines of closed screens: Textual 8 keeps those of 1,024 widgets.

    Its cache of colours has the widgets' drawn lines in its keys; 2 KB a line.
    """
    StylesCache.get_inner_outer.cache_clear()


@cache
def without_loops() -> None:
    """Have no strip refer to itself.

    Cut to its own length, a strip of Textual 8 is its own only piece, and keeps the pieces.
    """
    divided = Strip.divide

    def divide(strip: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
        where = list(cuts)
        return [strip] if where == [strip.cell_length] else divided(strip, where)

    Strip.divide = divide  # type: ignore[assignment]
