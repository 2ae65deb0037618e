"""The tables' version: refuse a newer one, bring an older one up to date."""

import sqlite3
from contextlib import closing
from pathlib import Path

from autotui import clean
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


def strange(db: sqlite3.Connection) -> str:
    """Give the name of a view or trigger that no autotui ever made; ``""`` for none.

    In a file from elsewhere it would do its work at our next write.
    """
    query = "SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')"
    ours: set[tuple[str, str]] = set()
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as plan:
        for script in MIGRATIONS:
            for statement in _statements(script):
                plan.execute(statement)
            ours |= set(plan.execute(query).fetchall())
    names = (row[0] for row in db.execute(query) if tuple(row) not in ours)
    return clean.line(next(names, ""), 100)


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
