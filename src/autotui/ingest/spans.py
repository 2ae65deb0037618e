r"""Runs of text to spans: spaces as a browser shows them, neighbours joined.

A run is a text and the look it has, a ``Span`` without text. A line break is a run that
is ``"\n"`` and nothing else.
"""

from collections.abc import Sequence
from typing import Final

import lxml.etree

from autotui import clean
from autotui.document import Span
from autotui.packing import Run

PLAIN: Final = Span("")
BREAK: Final[Run] = ("\n", PLAIN)


def spaced(text: str) -> str:
    """Make one space of several, and of line ends."""
    # Tabs are spaces by now; most text has neither these nor line ends.
    text = text.replace("\n", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def paragraphs(runs: Sequence[Run], *, apart: bool) -> list[tuple[Span, ...]]:
    """Collapse spaces; with ``apart``, two line breaks part paragraphs."""
    found: list[list[Run]] = [[]]
    space, breaks = True, 0
    for text, look in runs:
        if text == "\n":
            space, breaks = True, breaks + 1
            continue
        left = text.lstrip(" ") if space else text
        if not left:
            continue
        if breaks and found[-1]:
            _trim(found[-1])
            if breaks > 1 and apart:
                found.append([])
            else:
                found[-1].append(BREAK)
        breaks, space = 0, left[-1] == " "
        found[-1].append((left, look))
    for each in found:
        _trim(each)
    return [joined(each) for each in found]


def tight(runs: Sequence[Run]) -> list[Run]:
    """Give what ``paragraphs`` gives of runs without line breaks, still as runs."""
    found: list[Run] = []
    space, last = True, None
    for text, look in runs:
        left = text.lstrip(" ") if space else text
        if not left:
            continue
        space = left[-1] == " "
        if look == last:
            return [(span.text, span) for span in paragraphs(runs, apart=False)[0]]
        found.append((left, look))
        last = look
    if space:
        _trim(found)
    return found


def joined(runs: Sequence[Run]) -> tuple[Span, ...]:
    """Make spans, one of all neighbours of one look."""
    spans: list[Span] = []
    texts, last = "", PLAIN
    for text, look in runs:
        # Mostly the very same object.
        if look is last or look == last:
            texts += text
            continue
        if texts:
            spans.append(Span(texts, *last[1:]))
        texts, last = text, look
    if texts:
        spans.append(Span(texts, *last[1:]))
    return tuple(spans)


def text_of(element: lxml.etree._Element) -> str:
    """Give all text inside an element as one clean line."""
    return clean.line("".join(map(str, element.itertext())))


def _trim(runs: list[Run]) -> None:
    """Take the space off the end."""
    while runs:
        text, look = runs.pop()
        if kept := text.rstrip(" "):
            runs.append((kept, look))
            return
