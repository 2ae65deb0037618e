"""How long a long text, and a long list, hold the event loop.

Run by hand: ``python tests/bench/text.py``. A text of 50,000 words is set at once and in
the slices that the reader sets it in; a story is looked for in a list of a million.
"""

import gc
import os
import sys
from array import array
from pathlib import Path
from statistics import median
from time import thread_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from autotui.document import Block, Document, Span, count_words, to_text
from autotui.ui import typeset
from autotui.ui.render import Looks
from autotui.ui.sheet import Sheet, set_to
from autotui.ui.typeset import Story
from autotui.ui.widgets.article_list import look_for
from autotui.ui.widgets.page import _SLICE
from bench import figures
from bench.figures import Figure
from ui.stage import article

LATIN = "The motor gives 250 kW, the battery holds “77 kWh” net, and the rest is range. "
WIDE = "电动汽车的驱动系统正在改变。" * 10
MILLION = 1_000_000
LONGEST = 5.0
"""Milliseconds that anything may hold the event loop."""


def book(sentence: str, paragraphs: int) -> Document:
    """Give paragraphs of four sentences with a link each."""
    return Document(
        tuple(
            Block(
                "paragraph",
                (Span(sentence * 3), Span("link", url=f"https://a.example/{number}")),
            )
            for number in range(paragraphs)
        )
    )


def milliseconds(since: float) -> float:
    """Give the time of this thread alone, whatever else the machine does."""
    return (thread_time() - since) * 1000


def measure(name: str, document: Document) -> None:
    """Set a text both ways."""
    shown = Story(article(), document)
    started = thread_time()
    lines = len(set_to(90, typeset.story(shown, 90, Looks())).lines)
    at_once = milliseconds(started)
    sheet, slices = Sheet(90, typeset.story(shown, 90, Looks())), []
    while not sheet.whole:
        started = thread_time()
        sheet.go_on(_SLICE)
        slices.append(milliseconds(started))
    words = count_words(to_text(document))
    print(f"{name:6}{words:,} words, {lines:,} lines: at once {at_once:.1f} ms; ", end="")
    print(f"{len(slices)} slices, median {median(slices):.2f}, max {max(slices):.2f} ms")
    told(f"a slice of {words:,} {name} words, longest", slices)


def told(what: str, stretches: list[float]) -> None:
    """Tell the longest stretch in which no key would have been heard."""
    figures.tell(Figure(what, "ms", [max(stretches)], goal=LONGEST))


def main() -> None:
    """Measure and tell."""
    # As the reader does once it is open.
    gc.freeze()
    gc.set_threshold(5_000, 4, 20)
    measure("latin", book(LATIN, 1_200))
    measure("wide", book(WIDE, 240))
    ids = array("q", range(MILLION, 0, -1))
    started = thread_time()
    ids.index(1)
    print(f"a million ids: the last by index {milliseconds(started):.1f} ms; ", end="")
    stretches = []
    looking = look_for(ids, 1)
    for _ in range(64):
        started = thread_time()
        next(looking, None)
        stretches.append(milliseconds(started))
    print(f"in stretches of {median(stretches):.2f}, max {max(stretches):.2f} ms")
    told("a look for a story in a list of a million, longest", stretches)
    print(f"load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
