"""The database copied whole while others write to it, and put back from such a copy."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from autotui import files, store
from autotui.errors import BusyError, StoreError
from autotui.store import Connection, repair, schema, spare
from autotui.store.presence import Presence

OPEN: Final = "another autotui has the database open; close it and try again"
_NEEDED: Final = frozenset({"feed", "article", "body", "mark", "article_tag", "step"})


def backup(db: Connection, file: Path) -> None:
    """Copy the database as it is at this moment to a file that is there, and empty.

    In one go: a reader of a write-ahead log holds nobody up, and a copy in parts would
    begin anew at each write of another process.
    """
    with closing(sqlite3.connect(file)) as copy:
        db.backup(copy)
        # One file, without a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        if (verdict := store.check(copy)) != "ok":
            raise StoreError(f"the database is damaged, so it was not backed up: {verdict}")


def restore(database: Path, file: Path) -> Path | None:
    """Put a copy in the database's place; give where the former one lies now.

    The copy is checked, and brought up to date, before anything is changed. Raises
    BusyError while another process has the database open, StoreError for a copy that is
    none, is damaged, or of a newer autotui.
    """
    presence = Presence(database)
    fresh = database.with_name(f"{database.name}.restored")
    try:
        if not presence.alone():
            raise BusyError(OPEN)
        repair.remove(fresh)
        _take(file, fresh)
        _bring_up_to_date(fresh)
        aside = _put(fresh, database)
        # Made anew, from the subscriptions that there are now; if not here, then when
        # the database is next opened.
        spare.beside(database).unlink(missing_ok=True)
        opened = store.open(database)
        if opened.watch:
            opened.watch.keep()
        opened.db.close()
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{file} cannot be restored: {error}") from error
    except OSError as error:
        raise StoreError(f"{file} cannot be restored: {error.strerror}") from error
    finally:
        with suppress(OSError):
            repair.remove(fresh)
        presence.close()
    return aside


def _take(file: Path, fresh: Path) -> None:
    """Copy a file that is a sound database of ours; raise StoreError for any other."""
    if not file.is_file():
        raise StoreError(f"{file} cannot be restored: there is no such file")
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, files.PRIVATE))
    uri = f"{file.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True)) as old,
        closing(sqlite3.connect(fresh)) as copy,
    ):
        old.execute("PRAGMA trusted_schema = OFF")
        schema.refuse_newer(old, file)
        tables = {row[0] for row in old.execute("SELECT name FROM sqlite_schema")}
        if not tables >= _NEEDED:
            raise StoreError(f"{file} cannot be restored: it is no backup of autotui")
        if strange := schema.strange(old):
            raise StoreError(f"{file} cannot be restored: what is {strange} in it?")
        if (verdict := store.check(old)) != "ok":
            raise StoreError(f"{file} cannot be restored: it is damaged: {verdict}")
        old.backup(copy)


def _bring_up_to_date(fresh: Path) -> None:
    with closing(store.open(fresh).db) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        db.execute("PRAGMA journal_mode = DELETE").fetchone()
    files.flush(fresh)


def _put(fresh: Path, database: Path) -> Path | None:
    if not database.exists():
        fresh.replace(database)
        files.flush(database.parent)
        return None
    # What its log holds goes into the file itself: a kill between two renames must not
    # part them. One that is damaged keeps its log, and is moved with it.
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    aside = repair.free_name(database, "replaced")
    repair.put(fresh, database, aside)
    files.flush(database.parent)
    return aside
