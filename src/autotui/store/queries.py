"""The reader's saved queries and past searches; counting within a time; snippets."""

import json
import sqlite3
import threading
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Final

from autotui import query
from autotui.errors import QueryError
from autotui.query import Query, SavedQuery
from autotui.store import Connection, articles, memory, search
from autotui.store.patterns import match_any

MAX_SEARCHES: Final = 20
_SEARCHES: Final = "searches"
_CHECKED: Final = 2_000
"""Instructions of SQLite between two looks at the time: about a tenth of a millisecond."""
_SNIPPET_WORDS: Final = 24
_FROM: Final = "\x02"
_TO: Final = "\x03"
"""Around a match in a snippet: no text in the store has control characters."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A few words of a story around what was looked for."""

    text: str = ""
    matches: tuple[tuple[int, int], ...] = ()
    """From and to, in the text."""


# Saved queries.


def every(db: Connection) -> tuple[SavedQuery, ...]:
    """Give the saved queries by name; of one that cannot be read, why."""
    rows = db.execute(
        "SELECT id, name, query FROM saved_query WHERE removed = 0 "
        "ORDER BY name COLLATE NOCASE, id"
    )
    return tuple(
        SavedQuery(row["id"], row["name"], row["query"], _trouble(row["query"]))
        for row in rows.fetchall()
    )


def add(db: Connection, name: str, text: str) -> int:
    """Write a query down, not yet as one of the reader's; give its id."""
    made = db.execute(
        "INSERT INTO saved_query (name, query, removed) VALUES (?, ?, 1) RETURNING id",
        (name, text),
    ).fetchone()
    return int(made["id"])


def keep(db: Connection, ids: Iterable[int], *, on: bool) -> tuple[int, ...]:
    """Keep saved queries, or keep them no longer; give those that were different."""
    return tuple(
        each
        for each in ids
        if db.execute(
            "UPDATE saved_query SET removed = :off WHERE id = :id AND removed <> :off",
            {"off": not on, "id": each},
        ).rowcount
    )


def unread(db: Connection, wanted: Query, now: datetime, seconds: float) -> int | None:
    """Count the unread stories that a query finds; ``None`` where it takes longer."""
    condition, values = search.where(query.both(wanted, query.parse("is:unread")), now)
    end = monotonic() + seconds
    with _stopped(db, lambda: monotonic() > end):
        counted = f"SELECT count(*) FROM {search.SOURCE} WHERE {condition}"
        return int(db.execute(counted, values).fetchone()[0])
    return None


# Searching.


def ids(
    db: Connection, wanted: Query, now: datetime, limit: int | None, stop: threading.Event
) -> "array[int]":
    """Give the ids that a query finds; nothing, soon after ``stop`` is set."""
    if not stop.is_set():
        with _stopped(db, stop.is_set):
            return articles.ids(db, wanted, now, limit)
    return array("q")


def snippet(db: Connection, article_id: int, words: Iterable[str]) -> Snippet:
    """Give what of a story's text best shows the words; nothing where none is in it."""
    phrases = match_any(words)
    if not phrases:
        return Snippet()
    row = db.execute(
        f"SELECT snippet(search, 1, ?, ?, '…', {_SNIPPET_WORDS}) AS text FROM search "
        "WHERE search MATCH ? AND rowid = ?",
        (_FROM, _TO, f"text : ({phrases})", article_id),
    ).fetchone()
    return _read(row["text"]) if row else Snippet()


def searches(db: Connection) -> tuple[str, ...]:
    """Give what was searched for, the last first."""
    try:
        found = json.loads(memory.recall(db, _SEARCHES) or "[]")
    except ValueError:
        return ()
    return tuple(map(str, found))[:MAX_SEARCHES] if isinstance(found, list) else ()


def searched(db: Connection, text: str) -> None:
    """Remember what was searched for, each once."""
    known = [text, *(each for each in searches(db) if each != text)]
    memory.remember(db, _SEARCHES, json.dumps(known[:MAX_SEARCHES], ensure_ascii=False))


@contextmanager
def _stopped(db: Connection, when: Callable[[], bool]) -> Iterator[None]:
    """Read until ``when`` holds; the block ends then, as if it had come to its end."""
    db.set_progress_handler(when, _CHECKED)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
    finally:
        db.set_progress_handler(None, 0)


def _trouble(text: str) -> str | None:
    try:
        query.parse(text)
    except QueryError as error:
        return str(error)
    return None


def _read(marked: str) -> Snippet:
    """Give a snippet as one line, and where its matches are."""
    texts: list[str] = []
    matches: list[tuple[int, int]] = []
    at = 0
    for number, part in enumerate(marked.split(_FROM)):
        inside, _, after = part.rpartition(_TO) if number else ("", "", part)
        if inside:
            matches.append((at, at + len(inside)))
        texts += [inside, after]
        at += len(inside) + len(after)
    return Snippet("".join(texts).replace("\n", " "), tuple(matches))
