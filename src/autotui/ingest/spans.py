r"""Runs of text to spans: spaces as a browser shows them, neighbours joined.

A line break arrives as a run that is ``"\n"`` and nothing else.
"""

from collections.abc import Iterable
from dataclasses import replace

from autotui.document import Span

_BREAK = Span("\n")


def paragraphs(runs: Iterable[Span], *, apart: bool) -> list[tuple[Span, ...]]:
    """Collapse spaces; with ``apart``, two line breaks part paragraphs."""
    found: list[list[Span]] = [[]]
    space, breaks = True, 0
    for run in runs:
        if run.text == "\n":
            space, breaks = True, breaks + 1
            continue
        text = run.text.lstrip(" ") if space else run.text
        if not text:
            continue
        if breaks and found[-1]:
            _trim(found[-1])
            if breaks > 1 and apart:
                found.append([])
            else:
                found[-1].append(_BREAK)
        breaks, space = 0, text.endswith(" ")
        found[-1].append(replace(run, text=text))
    for spans in found:
        _trim(spans)
    return [joined(spans) for spans in found]


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join neighbours of one look."""
    groups: list[tuple[Span, list[str]]] = []
    for span in spans:
        if groups and _alike(span, groups[-1][0]):
            groups[-1][1].append(span.text)
        else:
            groups.append((span, [span.text]))
    return tuple(replace(first, text="".join(texts)) for first, texts in groups)


def _trim(spans: list[Span]) -> None:
    """Take the space off the end."""
    while spans and not (text := spans[-1].text.rstrip(" ")):
        spans.pop()
    if spans:
        spans[-1] = replace(spans[-1], text=text)


def _alike(one: Span, other: Span) -> bool:
    return (
        one.url == other.url
        and one.strong == other.strong
        and one.emphasis == other.emphasis
        and one.code == other.code
    )
