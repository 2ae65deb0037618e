"""What is given to a command: a file, or standard input, as bytes or as JSON lines."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from autotui.errors import ParseError

STDIN: Final = Path("/dev/stdin")
"""What the command line makes of ``-``."""


def content(file: Path, limit: int) -> bytes:
    """Read a file, no more than ``limit`` bytes; raise ParseError where it cannot be."""
    with _opened(file) as opened:
        return _read(opened, file, limit)


def rows(file: Path | None, limit: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read JSON lines of at most ``limit`` bytes: where each stands, and what it says.

    Raises ParseError that names the line.
    """
    source = file or STDIN
    name = "standard input" if source == STDIN else str(source)
    number = 0
    with _opened(source) as lines:
        while line := _read(lines, source, limit, line=True):
            number += 1
            where = f"line {number} of {name}"
            if len(line) == limit and not line.endswith(b"\n"):
                raise ParseError(f"{where} is longer than {limit / 1e6:g} MB")
            if line.strip():
                yield where, _object(line, where)


def _opened(file: Path) -> IO[bytes]:
    # By its number: not every standard input can be opened by a name.
    source = sys.stdin.fileno() if file == STDIN else file
    try:
        return open(source, "rb", closefd=file != STDIN)
    except OSError as error:
        raise ParseError(f"{file} cannot be read: {error.strerror}") from error


def _read(opened: IO[bytes], file: Path, limit: int, *, line: bool = False) -> bytes:
    try:
        return opened.readline(limit) if line else opened.read(limit)
    except OSError as error:
        raise ParseError(f"{file} cannot be read: {error.strerror}") from error


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise ParseError(f"{where} is no JSON") from error
    if not isinstance(found, dict):
        raise ParseError(f"{where} is no JSON object")
    return found
