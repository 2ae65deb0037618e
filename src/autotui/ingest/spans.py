r"""Runs of text to spans: spaces as a browser shows them, neighbours joined.

A run is a text and the look it has, a ``Span`` without text. A line break is a run that
is ``"\n"`` and nothing else.
"""

from collections.abc import Iterable
from typing import Final

from autotui.document import Span

Run = tuple[str, Span]

PLAIN: Final = Span("")
BREAK: Final[Run] = ("\n", PLAIN)


def paragraphs(runs: Iterable[Run], *, apart: bool) -> list[tuple[Span, ...]]:
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
        breaks, space = 0, left.endswith(" ")
        found[-1].append((left, look))
    for each in found:
        _trim(each)
    return [joined(each) for each in found]


def joined(runs: Iterable[Run]) -> tuple[Span, ...]:
    """Make spans, one of all neighbours of one look."""
    groups: list[tuple[list[str], Span]] = []
    for text, look in runs:
        # Mostly the very same object: comparing dataclasses is slow.
        if groups and (look is groups[-1][1] or look == groups[-1][1]):
            groups[-1][0].append(text)
        else:
            groups.append(([text], look))
    return tuple(
        Span("".join(texts), look.strong, look.emphasis, look.code, look.url)
        for texts, look in groups
    )


def _trim(runs: list[Run]) -> None:
    """Take the space off the end."""
    while runs:
        text, look = runs.pop()
        if kept := text.rstrip(" "):
            runs.append((kept, look))
            return
