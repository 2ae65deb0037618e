"""The disk side: one SQLite file, opened here and nowhere else.

The modules beside this one are plain functions on a connection. What a publisher says
and what the reader marked live in separate tables; no fetch ever touches the latter.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from autotui.errors import StoreError
from autotui.store import schema

Connection = sqlite3.Connection
Row = sqlite3.Row

BUSY_SECONDS: Final = 10.0
"""How long a write waits for another autotui's write."""
_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_ADVICE: Final = {
    sqlite3.SQLITE_BUSY: "another program is writing to it; try again",
    sqlite3.SQLITE_FULL: "the disk is full; make space and try again",
    sqlite3.SQLITE_READONLY: "it may not be written to; check its permissions",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check its permissions",
    sqlite3.SQLITE_PERM: "it cannot be opened; check its permissions",
    sqlite3.SQLITE_IOERR: "the disk does not answer as it should",
    sqlite3.SQLITE_CORRUPT: "it is damaged; run 'autotui doctor'",
    sqlite3.SQLITE_NOTADB: "it is damaged; run 'autotui doctor'",
}
_SIDE_FILES: Final = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that is ready, and what had to be done for it."""

    db: Connection
    set_aside: Path | None = None
    """Where a damaged database lies that was in the way; ``None`` if all was well."""


def open(path: Path, *, durable: bool = True) -> Opened:  # noqa: A001
    """Open the database, made or brought to the newest version where needed.

    ``durable`` makes every commit survive a power cut as well, which a reader's marks
    deserve and a refresh, which can be repeated, does not. A damaged file is moved aside
    under a new name, never overwritten. Raises StoreError where nothing can be opened; a
    database of a newer autotui is left as it is.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent} cannot be made: {error.strerror}") from error
    found = _identity(path)
    try:
        return Opened(_connect(path, durable=durable))
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise StoreError(in_words(error, path)) from error
    # Another autotui may have met the same damage and put a new database there.
    aside = _set_aside(path) if _identity(path) == found else None
    try:
        return Opened(_connect(path, durable=durable), aside)
    except sqlite3.DatabaseError as error:
        raise StoreError(in_words(error, path)) from error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is broken, as against locked, full or not allowed."""
    code = getattr(error, "sqlite_errorcode", None)
    # The lower byte is the primary result code (sqlite.org/rescode.html).
    return code is not None and code & 0xFF in _DAMAGED


def in_words(error: sqlite3.Error, path: Path) -> str:
    """Say what went wrong with the database at ``path``, and what to do."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    return f"the database {path}: {_ADVICE.get(code, error)}"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the disk or another program does to us into a StoreError.

    A statement that is wrong (``SQLITE_ERROR`` and the like) is a bug and stays one.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code not in _ADVICE:
            raise
        raise StoreError(in_words(error, path)) from error


@contextmanager
def writing(db: Connection) -> Iterator[None]:
    """Make the block one transaction that nobody else's write can come between."""
    # IMMEDIATE: a transaction that starts by reading cannot wait for its turn to write.
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    finally:
        # A full disk rolls back by itself; a second rollback would hide why.
        if db.in_transaction:
            db.execute("ROLLBACK")


def check(db: Connection) -> str:
    """Give SQLite's verdict on the whole file: ``ok``, or what is wrong."""
    return "; ".join(str(row[0]) for row in db.execute("PRAGMA integrity_check(5)"))


def _connect(path: Path, *, durable: bool) -> Connection:
    db = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    with ExitStack() as on_failure:
        on_failure.callback(db.close)
        schema.refuse_newer(db, path)
        db.row_factory = sqlite3.Row
        _waiting(db, lambda: db.execute("PRAGMA journal_mode = WAL").fetchone())
        db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA temp_store = MEMORY")
        schema.migrate(db)
        _touch(db)
        on_failure.pop_all()
    with suppress(OSError):  # marks and subscriptions are nobody else's business
        path.chmod(0o600)
    return db


def _waiting(db: Connection, turn: Callable[[], object]) -> None:
    """Take a turn that SQLite answers with "busy" at once: two may start together."""
    for last in (False,) * 20 + (True,):
        try:
            turn()
        except sqlite3.OperationalError as error:
            busy = (error.sqlite_errorcode & 0xFF) == sqlite3.SQLITE_BUSY
            if last or not busy:
                raise
            # Waits for the other's write lock with the busy timeout, then lets it go.
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
        else:
            return


def _touch(db: Connection) -> None:
    """Read a page of each table, so that damage is met now and not while reading."""
    for (name,) in db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table'"
    ).fetchall():
        db.execute(f'SELECT * FROM "{name}" LIMIT 1').fetchone()


def _identity(path: Path) -> int:
    """Tell one file from the next under the same name; 0 where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _set_aside(path: Path) -> Path:
    """Move a damaged database, with its side files, to a name that is free."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.name}.corrupt-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.corrupt-{stamp}-{number}")
    try:
        for end in ("", *_SIDE_FILES):
            side = path.with_name(path.name + end)
            if side.exists():
                side.rename(aside.with_name(aside.name + end))
    except OSError as error:
        raise StoreError(
            f"the database {path} is damaged and cannot be moved aside: {error.strerror}"
        ) from error
    return aside
