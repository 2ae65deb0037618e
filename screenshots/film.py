"""Make the film: a minute of ``autotui demo`` on a real pty, as an animated SVG.

Run it with ``make screenshots``. What is drawn on the terminal is looked at some times a
second; a line that stands in several frames is in the file once.
"""

import html
import sys
import threading
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from time import monotonic
from typing import Any, Final, NamedTuple

HERE: Final = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from support.homes import environment  # noqa: E402
from support.terminals import Terminal  # noqa: E402

COLUMNS, ROWS = 110, 32
CELL, LINE, BASE = 8.4, 17, 13
"""Pixels: a cell's width, a line's height, where its letters stand."""
LOOKS: Final = 0.2
"""Seconds between two looks at the terminal."""
GROUND, INK = "11161b", "e4e8ec"
FONTS: Final = "'DejaVu Sans Mono', Menlo, Consolas, monospace"
PLAY: Final[tuple[tuple[str, float], ...]] = (
    ("", 3.0),
    *(("j", 0.5),) * 5,
    ("enter", 2.0),
    ("space", 2.0),
    ("e", 2.0),
    ("h", 0.5),
    ("4", 2.5),
    ("w", 4.0),
    ("escape", 0.8),
    ("+", 1.5),
    ("+", 1.5),
    ("-", 1.5),
    ("u", 2.0),
    ("/", 1.0),
    *((letter, 0.15) for letter in "inverter"),
    ("enter", 2.5),
    ("n", 1.0),
    ("n", 1.5),
    ("S", 2.0),
    ("escape", 0.8),
    ("3", 1.5),
    ("1", 1.5),
    ("z", 2.5),
    ("z", 1.0),
    ("H", 3.0),
    ("escape", 0.8),
    ("?", 3.0),
    ("escape", 1.5),
)
"""Keys, and for how many seconds what they do is looked at."""


class Part(NamedTuple):
    """Letters in one style, from a column on."""

    column: int
    text: str
    ink: str
    ground: str
    bold: bool


Row = tuple[Part, ...]
Frame = tuple[Row, ...]


def looked_at(terminal: Terminal) -> Frame:
    """Give what stands on the terminal."""
    return tuple(tuple(_parts(row)) for row in terminal.cells)


def _parts(cells: Sequence[Any]) -> Iterator[Part]:
    column = 0
    for style, group in groupby(cells, key=_style):
        text = "".join(cell.data for cell in group)
        yield Part(column, text, *style)
        column += len(text) if text else 1


def _style(cell: Any) -> tuple[str, str, bool]:
    ink = INK if cell.fg == "default" else cell.fg
    ground = GROUND if cell.bg == "default" else cell.bg
    if cell.reverse:
        ink, ground = ground, ink
    return ink, ground, bool(cell.bold)


def played() -> list[tuple[float, Frame]]:
    """Play it; give what was seen, and from which second on."""
    seen: list[tuple[float, Frame]] = []
    command = [sys.executable, "-m", "autotui", "demo"]
    with Terminal(command, environment(), COLUMNS, ROWS) as terminal:
        terminal.wait_for("Feeds", "Stories")
        waiting, began, due = threading.Event(), monotonic(), 0.0
        for key, seconds in PLAY:
            if key:
                terminal.press(key)
            due += seconds
            while (now := monotonic() - began) < due:
                frame = looked_at(terminal)
                if not seen or frame != seen[-1][1]:
                    seen.append((now, frame))
                waiting.wait(LOOKS)
        terminal.press("ctrl+c")
        terminal.wait_exit()
    return seen


def svg(seen: Sequence[tuple[float, Frame]], length: float) -> str:
    """Give the film: each frame is visible in its time, for ever again."""
    names: dict[Row, str] = {}
    for _, frame in seen:
        for row in frame:
            names.setdefault(row, f"r{len(names)}")
    width, height = COLUMNS * CELL, ROWS * LINE
    moments = [at for at, _ in seen] + [length]
    style = [
        f"text{{font-family:{FONTS};font-size:14px;white-space:pre}}",
        f".f{{visibility:hidden;animation:{length:.1f}s step-end infinite}}",
    ]
    shown = []
    for number, (_, frame) in enumerate(seen):
        start, end = (moments[number + at] / length * 100 for at in (0, 1))
        start = 0.0 if number == 0 else start
        style.append(
            f"@keyframes k{number}{{0%{{visibility:hidden}}"
            f"{start:.3f}%{{visibility:visible}}{end:.3f}%{{visibility:hidden}}}}"
        )
        lines = "".join(
            f"<use href='#{names[row]}' y='{at * LINE}'/>" for at, row in enumerate(frame)
        )
        shown.append(f"<g class='f' style='animation-name:k{number}'>{lines}</g>")
    kept = "".join(f"<g id='{name}'>{_drawn(row)}</g>" for row, name in names.items())
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:.0f} {height}'>"
        f"<style>{''.join(style)}</style>"
        f"<rect width='100%' height='100%' fill='#{GROUND}'/>"
        f"<defs>{kept}</defs>{''.join(shown)}</svg>\n"
    )


def _drawn(row: Row) -> str:
    grounds = (
        f"<rect x='{part.column * CELL:.1f}' width='{len(part.text) * CELL + 0.5:.1f}' "
        f"height='{LINE}' fill='#{part.ground}'/>"
        for part in row
        if part.ground != GROUND
    )
    texts = (
        f"<text x='{part.column * CELL:.1f}' y='{BASE}' fill='#{part.ink}'"
        f" font-weight='{700 if part.bold else 400}' "
        f"textLength='{len(part.text) * CELL:.1f}'>{html.escape(part.text)}</text>"
        for part in row
        if part.text.strip()
    )
    return "".join((*grounds, *texts))


def main() -> None:
    """Play the minute, and write the film."""
    length = sum(seconds for _, seconds in PLAY)
    seen = played()
    file = HERE / "minute.svg"
    file.write_text(svg(seen, length), encoding="utf-8")
    size = file.stat().st_size
    print(f"{file.name}: {length:.0f} s, {len(seen)} frames, {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
