"""The disk side: one SQLite file, opened here and nowhere else.

The modules beside this one are plain functions on a connection. What a publisher says
and what the reader marked live in separate tables; no fetch ever touches the latter.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from autotui.errors import StoreError
from autotui.model import Condition
from autotui.store import repair, schema
from autotui.store.spare import Watch

Connection = sqlite3.Connection
Row = sqlite3.Row
DatabaseError = sqlite3.DatabaseError

BUSY_SECONDS: Final = 10.0
"""How long a write waits for another autotui's write."""
_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_OLDER: Final = "it has to be brought up to date, but may not be written to"
_FORBIDDEN: Final = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
)
_ADVICE: Final = {
    sqlite3.SQLITE_BUSY: "another program is writing to it; try again",
    sqlite3.SQLITE_FULL: "the disk is full; make space and try again",
    sqlite3.SQLITE_READONLY: "it may not be written to; check its permissions",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check its permissions",
    sqlite3.SQLITE_PERM: "it cannot be opened; check its permissions",
    sqlite3.SQLITE_IOERR: "the disk is full or failing; make space and try again",
    sqlite3.SQLITE_CORRUPT: "it is damaged; run 'autotui doctor'",
    sqlite3.SQLITE_NOTADB: "it is damaged; run 'autotui doctor'",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that is ready, and what had to be done for it."""

    db: Connection
    condition: Condition = field(default_factory=Condition)
    identity: int = 0
    """Of the file; another one under the same name has another."""
    watch: Watch | None = None
    """Keeps the spare copy of the subscriptions; ``None`` where nothing can be written."""

    @property
    def set_aside(self) -> Path | None:
        """Where a damaged database lies that was in the way; ``None`` if all was well."""
        return self.condition.set_aside


def open(path: Path, *, durable: bool = True, damaged: bool = False) -> Opened:  # noqa: A001
    """Open the database, made or brought to the newest version where needed.

    ``durable`` makes every commit survive a power cut as well, which a reader's marks
    deserve and a refresh, which can be repeated, does not. A damaged file (``damaged``
    says that it was found out in use) is moved aside under a new name, and what can be
    read of it goes into the new one. What may not be written to is opened for reading.
    Raises StoreError where nothing can be opened; a database of a newer autotui is left
    as it is.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent} cannot be made: {error.strerror}") from error
    found, hollow = identity(path), repair.emptied(path)
    try:
        if not damaged and not hollow:
            with repair.opening(path.parent):
                return _opened(path, Condition(), durable=durable)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise StoreError(in_words(error, path)) from error
    try:
        with repair.opening(path.parent, alone=True):
            condition = Condition()
            # Another autotui may have met the same damage and put a new database there.
            if identity(path) == found and hollow == repair.emptied(path):
                condition = repair.repair(path, lambda new: _connect(new, durable=False))
            return _opened(path, condition, durable=durable)
    except sqlite3.DatabaseError as error:
        raise StoreError(in_words(error, path)) from error


def reader(path: Path) -> Connection:
    """Open a database that is open already once more, to read alone."""
    db = _read_only(path, "mode=ro")
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is broken, as against locked, full or not allowed."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return "decode to UTF-8" in str(error)
    # The lower byte is the primary result code (sqlite.org/rescode.html).
    return code & 0xFF in _DAMAGED


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


def _opened(
    path: Path,
    condition: Condition,
    *,
    durable: bool,
) -> Opened:
    try:
        db = _connect(path, durable=durable)
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode & 0xFF
        if code not in _FORBIDDEN or not path.is_file():
            raise
        return Opened(_reading(path), replace(condition, read_only=True), identity(path))
    if not os.access(path, os.W_OK):
        return Opened(db, replace(condition, read_only=True), identity(path))
    return Opened(db, condition, identity(path), Watch(db, path))


def _reading(path: Path) -> Connection:
    """Open a database in a place where nothing may be written."""
    for how in ("mode=ro", "mode=ro&immutable=1"):
        db = _read_only(path, how)
        with ExitStack() as on_failure:
            on_failure.callback(db.close)
            with suppress(sqlite3.OperationalError):
                schema.refuse_newer(db, path)
                if schema.is_older(db):
                    raise StoreError(f"the database {path}: {_OLDER}")
                db.row_factory = sqlite3.Row
                db.execute("PRAGMA temp_store = MEMORY")
                _touch(db)
                on_failure.pop_all()
                return db
    raise StoreError(f"the database {path}: {_ADVICE[sqlite3.SQLITE_CANTOPEN]}")


def _read_only(path: Path, how: str) -> Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


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
        if not durable:
            # Pages: 32 MB. A refresh changes the same pages of the index again and again.
            db.execute("PRAGMA wal_autocheckpoint = 8000")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA temp_store = MEMORY")
        schema.migrate(db)
        _touch(db)
        on_failure.pop_all()
    with suppress(OSError):  # marks and subscriptions are nobody else's business
        path.chmod(path.stat().st_mode & 0o700)
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


def identity(path: Path) -> int:
    """Tell one file from the next under the same name; 0 where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0
