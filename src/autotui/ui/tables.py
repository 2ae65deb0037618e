"""A table set to a width: columns where they fit, else one line a cell.

Each row is a flow of its own either way, the head belongs to the first: so a place in
the text is true at every width.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from typing import Final

from autotui.ui.cells import breaks, clip, fit, measure
from autotui.ui.render import Looks
from autotui.ui.safe import stable
from autotui.ui.sheet import Flow, Run, overlaid

Cells = tuple[str, ...]

_BETWEEN: Final = "  "
_MIN_COLUMN: Final = 7
"""Narrower than that no column is shrunk: a table that needs it becomes lines."""
_MAX_LINES: Final = 12
"""Lines of a cell; the rest is cut."""
_NUMBER: Final = re.compile(r"[-+±~<>≈]?[\d.,:/ ]*\d[\d.,:/ ]*\s?\S{0,4}")


def table(rows: Iterable[Cells], width: int, looks: Looks) -> Iterator[Flow]:
    """Give a table's rows as flows; the first row is the head."""
    cells = _even(rows)
    if not cells or not cells[0]:
        return
    head, body = cells[0], cells[1:]
    widths = _columns(cells, width)
    if not widths:
        yield from (_listed(head, row) for row in body or [head])
        return
    right = _numeric(body)
    rule = _BETWEEN.join(looks.rule * column for column in widths)
    title = _row(head, widths, right, looks)
    top = f"{title}\n{rule}"
    runs = ((0, len(title), "strong"), (len(title) + 1, len(top), "line"))
    texts = (_row(row, widths, right, looks) for row in body)
    yield Flow("\n".join((top, *islice(texts, 1))), "cell", runs=runs, hard=True)
    yield from (Flow(text, "cell", gap=False, hard=True) for text in texts)


def pointed_at(flows: Iterable[Flow], quoted: str, marked: Iterable[Run]) -> list[Flow]:
    """Mark places of a table's plain text, ``quoted``, in its flows."""
    found = list(flows)
    for start, end, style in marked:
        # The head belongs to the first row's flow.
        row = max(0, quoted.count("\n", 0, start) - 1)
        if row < len(found):
            flow, quote = found[row], stable(quoted[start:end])
            at = flow.text.find(quote)
            run = (at, at + len(quote)) if at >= 0 else (0, len(flow.text))
            found[row] = replace(flow, runs=overlaid(flow.runs, [(*run, style)]))
    return found


def _even(rows: Iterable[Cells]) -> list[Cells]:
    """Give the rows with clean cells, all rows of one length."""
    clean = [tuple(stable(cell).strip() for cell in row) for row in rows]
    longest = max((len(row) for row in clean), default=0)
    return [row + ("",) * (longest - len(row)) for row in clean]


def _columns(cells: Sequence[Cells], width: int) -> list[int]:
    """Give the columns' widths, ``[]`` if there is no room for columns."""
    wanted = [max(1, *map(measure, column)) for column in zip(*cells, strict=True)]
    room = width - len(_BETWEEN) * (len(wanted) - 1)
    if sum(wanted) <= room:
        return wanted
    # The narrow columns get what they want; the wide ones share the rest evenly.
    given = [0] * len(wanted)
    left = len(wanted)
    for at in sorted(range(len(wanted)), key=wanted.__getitem__):
        share = room // left
        given[at] = min(wanted[at], share)
        if given[at] < min(wanted[at], _MIN_COLUMN):
            return []
        room -= given[at]
        left -= 1
    return given


def _numeric(body: Sequence[Cells]) -> list[bool]:
    """Tell which columns hold numbers only."""
    return [
        any(column) and all(not cell or _NUMBER.fullmatch(cell) for cell in column)
        for column in zip(*body, strict=True)
    ]


def _row(row: Cells, widths: list[int], right: list[bool], looks: Looks) -> str:
    """Give the lines of one row, its cells wrapped in their columns."""
    columns = [
        list(_wrapped(cell, width, looks)) for cell, width in zip(row, widths, strict=True)
    ]
    lines = zip_longest(*columns, fillvalue="")
    sides = [*right, *[False] * len(widths)]
    return "\n".join(
        _BETWEEN.join(
            _aligned(part, width, looks, right=numeric)
            for part, width, numeric in zip(line, widths, sides, strict=False)
        )
        for line in lines
    )


def _wrapped(cell: str, width: int, looks: Looks) -> Iterator[str]:
    """Give a cell's lines."""
    starts = [0, *breaks(cell, 0, len(cell), width)]
    for number, start in enumerate(starts, start=1):
        if number == _MAX_LINES and len(starts) > _MAX_LINES:
            yield clip(cell[start:], width, looks.ellipsis)
            return
        end = starts[number] if number < len(starts) else len(cell)
        yield cell[start:end].rstrip(" ")


def _aligned(part: str, width: int, looks: Looks, *, right: bool) -> str:
    if right:
        return " " * (width - measure(part)) + clip(part, width, looks.ellipsis)
    return fit(part, width, looks.ellipsis)


def _listed(head: Cells, row: Cells) -> Flow:
    """Give a row as a line a cell, "head: value"."""
    lines: list[str] = []
    runs: list[Run] = []
    at = 0
    for name, value in zip(head, row, strict=True):
        if value:
            label = f"{name}: " if name and row is not head else ""
            lines.append(label + value)
            runs.append((at, at + len(label), "strong"))
            at += len(label + value) + 1
    return Flow("\n".join(lines), "cell", runs=tuple(runs))
