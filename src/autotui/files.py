"""Files that are written whole or not at all, whoever is killed while they are."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from autotui.errors import OutputError, TakenError

PRIVATE: Final = 0o600
_SHARED: Final = 0o666
"""What the reader's own umask leaves of it."""


@contextmanager
def whole(file: Path, *, over: bool = False) -> Iterator[IO[bytes]]:
    """Give what to write a file with that the reader named.

    Raises TakenError, with nothing written, where there is a file already and ``over``
    is not said; OutputError where it cannot be written.
    """
    try:
        with (
            replaced(file, over=over, mode=_SHARED) as fresh,
            fresh.open("wb") as opened,
        ):
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
def replaced(file: Path, *, over: bool, mode: int = PRIVATE) -> Iterator[Path]:
    """Give another name to write to; in the end what lies there takes the file's place.

    Raises FileExistsError, with nothing changed, where there is a file already and
    ``over`` is not said.
    """
    if file.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    if not over and file.exists():
        raise FileExistsError(0, "there is a file already")
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
        yield fresh
        flush(fresh)
        if over:
            fresh.replace(file)
        else:
            _claim(fresh, file)
        flush(file.parent)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _claim(fresh: Path, file: Path) -> None:
    """Give a file its name, unless somebody has taken that meanwhile."""
    try:
        os.link(fresh, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without second names
        file.open("xb").close()
        fresh.replace(file)
