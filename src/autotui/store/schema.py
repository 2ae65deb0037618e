"""The tables' version: refuse a newer one, bring an older one up to date."""

import sqlite3
from pathlib import Path

from autotui.errors import StoreError
from autotui.store.migrations import MIGRATIONS


def refuse_newer(db: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError, with nothing written, where a newer autotui wrote the file."""
    version = _version(db)
    if version > len(MIGRATIONS):
        raise StoreError(
            f"the database {path} has version {version}, written by a newer autotui; "
            f"this one knows up to version {len(MIGRATIONS)}: update autotui, or start "
            "it with another --home. Nothing was changed."
        )


def is_older(db: sqlite3.Connection) -> bool:
    """Whether ``migrate`` would have to write."""
    return _version(db) < len(MIGRATIONS)


def migrate(db: sqlite3.Connection) -> None:
    """Bring ``db`` to the newest version, each step whole or not at all."""
    while (version := _version(db)) < len(MIGRATIONS):
        db.execute("BEGIN IMMEDIATE")
        try:
            # Another autotui may have been faster while we waited for our turn.
            if _version(db) == version:
                for statement in _statements(MIGRATIONS[version]):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {version + 1}")
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


def _version(db: sqlite3.Connection) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(script: str) -> list[str]:
    """Split a script: ``executescript`` would commit the open transaction."""
    statements, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
