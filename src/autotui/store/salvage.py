"""From a damaged database into a new one: all rows that SQLite can still read.

What was damaged may be anything by now: every value is checked and cleaned again.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from autotui import clean
from autotui.packing import unpack
from autotui.tags import COLOURS

_ORDER: Final = {
    "feed": "id",
    "article": "id",
    "body": "article_id",
    "other_text": "article_id",
    "alias": "url",
    "mark": "article_id",
    "article_tag": "tag, article_id",
    "memory": "name",
    "verdict": "tag, article_id",
    "rule": "id",
    "automatic": "article_id, action",
    "saved_query": "id",
    "tag_colour": "id",
}
"""The tables worth saving, those that others refer to first, and their order on disk."""
_WITHOUT_ROWID: Final = frozenset(
    {"alias", "article_tag", "memory", "verdict", "automatic"}
)
_FIRST: Final = frozenset({"feed", "article", "body", "mark", "article_tag", "memory"})
"""Tables as old as the schema: in every database they begin in the same places."""
_PAGE: Final = 4096
_Row = dict[str, Any]


def rescue(damaged: Path, db: sqlite3.Connection) -> dict[str, int]:
    """Copy what can be read of a damaged database; tell how many rows by table.

    The caller has a transaction open. What a fetch brings again (validators, bodies that
    are lost) is left for the next fetch to bring.
    """
    saved = _copies(damaged, db)
    if not (saved["feed"] and saved["article"]):
        patched = damaged.with_name(f"{damaged.name}.patched")
        try:
            _patch(damaged, patched, db)
            more = _copies(patched, db)
            saved = {table: saved[table] + more[table] for table in _ORDER}
        finally:
            for end in ("", "-wal", "-shm", "-journal"):
                patched.with_name(patched.name + end).unlink(missing_ok=True)
    db.execute("UPDATE feed SET etag = '', last_modified = '', body_hash = ''")
    db.execute("UPDATE article SET hash = '' WHERE id NOT IN (SELECT article_id FROM body)")
    db.execute("INSERT INTO search (search) VALUES ('rebuild')")
    db.execute(
        """
        INSERT INTO learned SELECT v.tag, j.value, sum(v.accepted), sum(1 - v.accepted)
        FROM verdict v JOIN json_each(v.features) j GROUP BY v.tag, j.value
        """
    )
    return saved


def _copies(path: Path, db: sqlite3.Connection) -> dict[str, int]:
    with closing(_reading(path)) as old:
        return {table: _copy(old, db, table) for table in _ORDER}


def _reading(path: Path) -> sqlite3.Connection:
    old = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    old.row_factory = sqlite3.Row
    old.text_factory = lambda raw: raw.decode("utf-8", "replace")
    old.execute("PRAGMA writable_schema = ON")  # lets a schema be read that has faults
    return old


def _patch(damaged: Path, patched: Path, db: sqlite3.Connection) -> None:
    """Make a copy with a good first page, for that is what says where the tables are.

    Only the oldest tables are known to begin where those of the new database do.
    """
    with closing(sqlite3.connect(":memory:")) as plan:
        plan.execute("PRAGMA writable_schema = ON")
        for table in _FIRST:
            (root,) = db.execute(
                "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
            ).fetchone()
            plan.execute(
                "INSERT INTO sqlite_schema VALUES ('table', :name, :name, :root, :sql)",
                {"name": table, "root": root, "sql": _sketch(db, table)},
            )
        plan.commit()
        page = bytearray(plan.serialize()[:_PAGE])
    page[28:32] = (damaged.stat().st_size // _PAGE).to_bytes(4, "big")
    shutil.copyfile(damaged, patched)
    with patched.open("r+b") as file:
        file.write(page)


def _sketch(db: sqlite3.Connection, table: str) -> str:
    """Give a table's columns in few words: all must fit on one page."""
    columns = []
    for _, name, kind, _, default, key in db.execute(f"PRAGMA table_info({table})"):
        preset = f" DEFAULT {default}" if default is not None else ""
        number = kind == "INTEGER" and key and table not in _WITHOUT_ROWID
        columns.append(f"{name} INTEGER PRIMARY KEY" if number else f"{name}{preset}")
    if table not in _WITHOUT_ROWID:
        return f"CREATE TABLE {table} ({', '.join(columns)})"
    key = f"PRIMARY KEY ({_ORDER[table]})"
    return f"CREATE TABLE {table} ({', '.join(columns)}, {key}) WITHOUT ROWID"


def _copy(old: sqlite3.Connection, db: sqlite3.Connection, table: str) -> int:
    """Copy one table's rows; give how many."""
    wanted = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    copied = 0
    for row in _rows(old, table):
        values = {name: row[name] for name in wanted if name in row}
        if not _fit(table, values):
            continue
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        # A row that is damaged breaks a rule of its table; the others are kept.
        with suppress(sqlite3.IntegrityError):
            copied += db.execute(
                f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", values
            ).rowcount
    return copied


def _rows(old: sqlite3.Connection, table: str) -> Iterator[_Row]:
    """Give a table's rows from its start, and after damage from its end as well."""
    for direction in ("ASC", "DESC"):
        order = ", ".join(f"{each} {direction}" for each in _ORDER[table].split(", "))
        with suppress(sqlite3.DatabaseError):
            for row in old.execute(f"SELECT * FROM {table} ORDER BY {order}"):
                yield dict(row)
            return


def _fit(table: str, values: _Row) -> bool:
    """Clean the values of a row; tell whether it makes sense still."""
    for name, value in values.items():
        if isinstance(value, str):
            limit = clean.MAX_TEXT if name == "text" else clean.MAX_URL
            values[name] = clean.text(value, limit)
    check = _CHECKS.get(table)
    try:
        return check is None or check(values)
    except (LookupError, TypeError, ValueError):
        return False


def _feed(values: _Row) -> bool:
    values["error"] = None
    return bool(clean.url(values["url"], userinfo=True) == values["url"])


def _article(values: _Row) -> bool:
    values["url"] = clean.url(values["url"])
    for name in ("categories", "enclosures"):
        if not isinstance(json.loads(values[name]), list):
            return False
    return bool(values["key"])


def _body(values: _Row) -> bool:
    unpack(values["document"], values["text"])
    return True


def _alias(values: _Row) -> bool:
    return bool(values["url"] and clean.url(values["url"]) == values["url"])


def _verdict(values: _Row) -> bool:
    features = json.loads(values["features"])
    return isinstance(features, list) and all(isinstance(each, str) for each in features)


def _rule(values: _Row) -> bool:
    return isinstance(json.loads(values["actions"]), list)


def _colour(values: _Row) -> bool:
    return values["colour"] in {"", *COLOURS}


_CHECKS: Final[dict[str, Callable[[_Row], bool]]] = {
    "feed": _feed,
    "article": _article,
    "body": _body,
    "other_text": _body,
    "alias": _alias,
    "verdict": _verdict,
    "rule": _rule,
    "tag_colour": _colour,
}
