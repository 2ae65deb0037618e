"""Files that the reader named: each is written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from autotui.errors import OutputError, TakenError


@contextmanager
def whole(file: Path, *, over: bool = False) -> Iterator[IO[bytes]]:
    """Give what to write a file with; it gets its name when all of it is on the disk.

    Raises TakenError, with nothing written, where there is a file already and ``over``
    is not said; OutputError where it cannot be written.
    """
    try:
        with _beside(file, over=over) as opened:
            yield opened
    except FileExistsError as error:
        raise TakenError(f"there is a file {file} already") from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise OutputError(f"{file} cannot be written: {why}") from error


def folder(place: Path) -> None:
    """Make a folder where there is none; raise OutputError where that cannot be."""
    try:
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise OutputError(f"{place} is no folder, and cannot be made one") from error


@contextmanager
def _beside(file: Path, *, over: bool) -> Iterator[IO[bytes]]:
    if file.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    if not over and os.path.lexists(file):
        raise FileExistsError
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with fresh.open("wb") as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        if over:
            fresh.replace(file)
        else:
            _name(fresh, file)
    finally:
        with suppress(OSError, ValueError):
            fresh.unlink()


def _name(fresh: Path, file: Path) -> None:
    """Give a file its name; raise FileExistsError where somebody else took it by now."""
    try:
        file.hardlink_to(fresh)
    except FileExistsError:
        raise
    except OSError:
        # A file system that knows no links: FAT, some of the network.
        file.open("xb").close()
        fresh.replace(file)
