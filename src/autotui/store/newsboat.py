"""The cache of newsboat: read, never written to, and nothing in it believed.

Whatever its owner's programs or a stranger made of the file, it is one line for the
reader, not a crash: tables may be views without end, values of any type and size.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from autotui.brought import Item
from autotui.errors import ParseError

MAX_STORIES: Final = 1_000_000
AT_ONCE: Final = 200
"""Stories in one page, fewer where they are long."""
_PAGE_CHARACTERS: Final = 4_000_000
_WAIT_SECONDS: Final = 5.0
_MAX_VALUE: Final = 50_000_000
"""Bytes of one value: SQLite reads no longer one, so that memory lasts."""
_LIMITS: Final = {
    "guid": 10_000,
    "title": 4_000,
    "author": 1_000,
    "url": 10_000,
    "feedurl": 10_000,
    "pubDate": 0,
    "content": 1_000_000,
    "unread": 0,
    "flags": 100,
    "deleted": 0,
    "base": 10_000,
    "enclosure_url": 10_000,
    "enclosure_type": 100,
}
"""What is read of a story, and how many characters of it; 0 is a number."""
_NEEDED: Final = frozenset({"guid", "title", "url", "feedurl", "content", "unread"})
_WORDS: Final = {
    sqlite3.SQLITE_BUSY: "newsboat is writing to it; close newsboat and try again",
    sqlite3.SQLITE_LOCKED: "newsboat is writing to it; close newsboat and try again",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check its permissions",
    sqlite3.SQLITE_READONLY: "newsboat was stopped while it wrote; start newsboat once",
    sqlite3.SQLITE_NOTADB: "it is no SQLite database",
    sqlite3.SQLITE_CORRUPT: "it is damaged",
    sqlite3.SQLITE_TOOBIG: "a story in it is far too long",
}


class Tally(NamedTuple):
    """How many stories of a feed are marked alike."""

    feedurl: str
    unread: int
    flags: str
    deleted: int
    stories: int


class Cache:
    """An open cache."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        columns = {str(row[1]) for row in db.execute("PRAGMA table_info(rss_item)")}
        real = db.execute(
            "SELECT 1 FROM sqlite_schema "
            "WHERE type = 'table' AND name = 'rss_item' AND rootpage > 0"
        ).fetchone()
        if not real or not columns >= _NEEDED:
            raise ParseError("it is no cache of newsboat")
        self._columns = {name: _column(name, columns) for name in _LIMITS}

    def page(self, after: int) -> tuple[list[Item], int]:
        """Give the stories behind a place, and the place behind them.

        Between two pages nothing is locked: newsboat may go on meanwhile.
        """
        chosen = ", ".join(self._columns.values())
        page: list[Item] = []
        size = 0
        for place, *row in self._db.execute(
            f"SELECT rowid, {chosen} FROM rss_item WHERE rowid > ? ORDER BY rowid LIMIT ?",
            (after, AT_ONCE),
        ):
            item = Item._make(map(_value, _LIMITS.values(), row))
            page.append(item)
            after = place
            size += len(item.content)
            if size > _PAGE_CHARACTERS:
                break
        return page, after

    def tallies(self) -> Iterator[Tally]:
        """Count the stories, by feed and by how they are marked."""
        names = ("feedurl", "unread", "flags", "deleted")
        chosen = ", ".join(f"{self._columns[name]} AS {name}_" for name in names)
        grouped = ", ".join(f"{name}_" for name in names)
        limits = [*map(_LIMITS.__getitem__, names), 0]
        for row in self._db.execute(
            f"SELECT {chosen}, count(*) FROM rss_item GROUP BY {grouped}"
        ):
            yield Tally._make(map(_value, limits, row))


@contextmanager
def opened(path: Path) -> Iterator[Cache]:
    """Open a cache for reading; whatever is wrong with it is a ParseError, in words."""
    db: sqlite3.Connection | None = None
    try:
        db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            timeout=_WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE)
        db.text_factory = lambda raw: raw.decode("utf-8", "replace")
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA query_only = ON")
        yield Cache(db)
    except sqlite3.Error as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        raise ParseError(f"{path}: {_WORDS.get(code, error)}") from error
    except ParseError as error:
        raise ParseError(f"{path}: {error}") from error
    finally:
        if db is not None:
            db.close()


def _column(name: str, there: set[str]) -> str:
    if name not in there:
        return "NULL"
    limit = _LIMITS[name]
    return f"substr({name}, 1, {limit})" if limit else name


def _value(limit: int, raw: Any) -> Any:
    """Give a value as text or as a number, whatever it is there."""
    if not limit:
        return raw if isinstance(raw, int) else 0
    if isinstance(raw, bytes):
        return raw.decode("utf-8", "replace")
    return "" if raw is None else str(raw)
