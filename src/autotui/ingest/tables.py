"""HTML tables to rows of text; tables that only lay out a page are none."""

import re
from typing import Final

import lxml.etree

from autotui import clean

_MAX_ROWS: Final = 2_000
_MAX_COLUMNS: Final = 50
_MAX_CELL: Final = 500
_LAYOUT_ROLES: Final = frozenset({"presentation", "none"})
_PAGE_PARTS: Final = (
    "table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "blockquote",
    "figure", "img", "video", "iframe", "hr",
)  # fmt: skip
_SPAN: Final = re.compile(r"\s*(\d{1,4})")


def rows(table: lxml.etree._Element) -> tuple[tuple[str, ...], ...]:
    """Give a data table's cells, all rows of one length; ``()`` for a layout table."""
    if table.get("role") in _LAYOUT_ROLES:
        return ()
    if any(each is not table for each in table.iter(*_PAGE_PARTS)):
        return ()
    grid: list[list[str]] = []
    below: dict[int, int] = {}
    for row in table.iter("tr"):
        cells = _row(row, below)
        if any(cells):
            grid.append(cells)
        if len(grid) >= _MAX_ROWS:
            break
    width = max((len(cells) for cells in grid), default=0)
    long = any(len(cell) >= _MAX_CELL for cells in grid for cell in cells)
    if len(grid) < 2 or width < 2 or long:  # noqa: PLR2004 - one row is no table
        return ()
    return tuple((*cells, *[""] * (width - len(cells))) for cells in grid)


def _row(row: lxml.etree._Element, below: dict[int, int]) -> list[str]:
    """Give a row's cells; ``below`` tells which columns a cell above still covers."""
    cells: list[str] = []
    for cell in row.iterchildren("td", "th"):
        _skip_covered(cells, below)
        text = clean.line(" ".join(map(str, cell.itertext())), _MAX_CELL)
        columns, lines = _span(cell.get("colspan")), _span(cell.get("rowspan"))
        for each in ([text] + [""] * (columns - 1))[: _MAX_COLUMNS - len(cells)]:
            if lines > 1:
                below[len(cells)] = lines - 1
            cells.append(each)
        if len(cells) >= _MAX_COLUMNS:
            break
    _skip_covered(cells, below)
    return cells


def _skip_covered(cells: list[str], below: dict[int, int]) -> None:
    while len(cells) in below:
        at = len(cells)
        below[at] -= 1
        if not below[at]:
            del below[at]
        cells.append("")


def _span(value: str | None) -> int:
    found = _SPAN.match(value or "")
    return max(1, int(found[1])) if found else 1
