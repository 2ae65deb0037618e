"""A damaged database moved aside, never deleted, and a new one in its place.

The new one is made and filled under another name, and takes the place in one step: who
is killed half way finds the damaged one again, and begins anew.
"""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from autotui.errors import StoreError
from autotui.model import Condition
from autotui.store import salvage, spare

_SIDE_FILES: Final = ("-wal", "-shm", "-journal")


@contextmanager
def opening(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Open a database in a folder; only ``alone`` may one be replaced.

    The folder itself is locked, by the kernel: the lock ends with its process.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):  # some file systems know no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def emptied(path: Path) -> bool:
    """Whether a database lost all it held: SQLite would begin a new one in its place."""
    try:
        return path.stat().st_size == 0 and (
            spare.beside(path).exists() or path.with_name(f"{path.name}-wal").exists()
        )
    except OSError:
        return False


def repair(path: Path, begin: Callable[[Path], sqlite3.Connection]) -> Condition:
    """Put a new database in the place of a damaged one, with all that can be saved."""
    fresh = path.with_name(f"{path.name}.new")
    sides = [end for end in _SIDE_FILES if path.with_name(path.name + end).exists()]
    try:
        remove(fresh)
        with closing(begin(fresh)) as db:
            saved = _fill(db, path)
        aside = free_name(path, "corrupt")
        put(fresh, path, aside, sides)
    except OSError as error:
        raise StoreError(
            f"the database {path} is damaged and cannot be repaired: {error.strerror}; "
            "nothing was changed"
        ) from error
    finally:
        with suppress(OSError):
            remove(fresh)
    return Condition(aside, saved)


def _fill(db: sqlite3.Connection, damaged: Path) -> str:
    """Save what can be saved; say in words what that is."""
    db.execute("BEGIN IMMEDIATE")
    counts = salvage.rescue(damaged, db)
    feeds = counts.get("feed", 0)
    source = ""
    if not feeds:
        source = f" (from {spare.NAME})"
        now = int(datetime.now(UTC).timestamp())
        for row in spare.read(damaged):
            feeds += db.execute(
                """
                INSERT OR IGNORE INTO feed (url, title, site_url, folder, added_at)
                VALUES (?, ?, ?, ?, ?)
                """,
                (row.url, row.title, row.site_url, row.folder, now),
            ).rowcount
    db.execute("COMMIT")
    parts = [f"{feeds} feeds{source}"] if feeds else []
    names = {"article": "stories", "mark": "marked stories", "article_tag": "tags"}
    parts += [f"{counts[each]} {name}" for each, name in names.items() if counts.get(each)]
    return ", ".join(parts)


def put(fresh: Path, path: Path, aside: Path, ends: Iterable[str] = _SIDE_FILES) -> None:
    """Put a database in the place of another, which is kept under a name of its own.

    ``ends`` are those of its side files; others were made by our own reading.
    """
    # A second name first: at no moment is there no database.
    os.link(path, aside)
    for end in _SIDE_FILES:
        side = path.with_name(path.name + end)
        if end in ends and side.exists():
            side.rename(aside.with_name(aside.name + end))
        else:
            side.unlink(missing_ok=True)
    fresh.replace(path)


def free_name(path: Path, why: str) -> Path:
    """Give a name for a database that is put aside, with the date: none that is taken."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.name}.{why}-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.{why}-{stamp}-{number}")
    return aside


def remove(path: Path) -> None:
    """Remove a database with its side files."""
    for end in ("", *_SIDE_FILES):
        path.with_name(path.name + end).unlink(missing_ok=True)
