"""The spare copy: all subscriptions as OPML in a file beside the database.

It is written again whenever they change, and read where a damaged database gives none
back. Any reader of news can import it. It is written by hand and read with the standard
library: lxml would be loaded for it in processes that need it for nothing else.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Final

from autotui import clean
from autotui.model import Subscription

NAME: Final = "subscriptions.opml"
_MAX_BYTES: Final = 50_000_000
_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Kept by autotui, in case its database is lost; changes made here are overwritten.
     User names and passwords in addresses are left out. -->
<opml version="2.0">
  <head><title>Subscriptions of autotui</title></head>
  <body>
"""
_FOOT: Final = "  </body>\n</opml>\n"
_CHANGES: Final = (
    "INSERT ON main.feed",
    """UPDATE OF url, title, folder, removed_at ON main.feed
    WHEN (old.url, old.title, old.folder, old.removed_at)
        IS NOT (new.url, new.title, new.folder, new.removed_at)""",
)
_PAUSE: Final = 5.0
"""Seconds between two copies: a first refresh may rename hundreds of feeds."""
_Row = tuple[str, str, str, str]


def beside(database: Path) -> Path:
    """Give where the copy of a database's subscriptions lies."""
    return database.with_name(NAME)


class Watch:
    """Knows whether this connection has changed the subscriptions since the last copy."""

    def __init__(self, db: sqlite3.Connection, database: Path) -> None:
        self._db = db
        self._path = beside(database)
        self._changed = not self._path.exists()
        db.create_function("subscriptions_changed", 0, self._note)
        self._again_at = 0.0
        for number, change in enumerate(_CHANGES):
            db.execute(
                f"CREATE TEMP TRIGGER subscriptions_{number} AFTER {change} "
                "BEGIN SELECT subscriptions_changed(); END"
            )

    def keep(self, *, at_last: bool = False) -> None:
        """Write the copy anew if it is out of date; a disk that is full may keep the old.

        Soon after the last time that is left for later, but ``at_last`` never.

        Another process may change the subscriptions while we write, and write its copy
        before ours: then ours is the older one, and is written again.
        """
        if not self._changed or self._db.in_transaction:
            return
        if not at_last and monotonic() < self._again_at:
            return
        self._changed = False
        written: list[_Row] | None = None if self._path.exists() else []
        while (rows := _rows(self._db)) != written:
            written = rows
            with suppress(OSError):
                _write(self._path, rows)
        self._again_at = monotonic() + _PAUSE

    def _note(self) -> None:
        self._changed = True


def read(database: Path) -> tuple[Subscription, ...]:
    """Give the subscriptions of the copy, as far as there is one that can be read."""
    from xml.etree import ElementTree as ET

    path = beside(database)
    try:
        content = path.read_bytes() if path.stat().st_size <= _MAX_BYTES else b""
        # Ours, and the standard library's parser limits what entities grow to.
        root = ET.fromstring(content)  # noqa: S314
    except (OSError, ET.ParseError, ValueError):
        return ()
    found = []
    for outline in root.iter("outline"):
        if url := clean.url(outline.get("xmlUrl", "")):
            title = clean.line(outline.get("title", ""))
            site = clean.url(outline.get("htmlUrl", ""))
            folder = clean.line(outline.get("category", "").strip("/"))
            found.append(Subscription(url, title, site, folder))
    return tuple(found)


def _rows(db: sqlite3.Connection) -> list[_Row]:
    return [
        (clean.url(row[0]), row[1], row[2], row[3])
        for row in db.execute(
            """
            SELECT url, coalesce(nullif(title, ''), publisher_title), site_url, folder
            FROM feed WHERE removed_at IS NULL ORDER BY folder, id
            """
        )
    ]


def _write(path: Path, rows: list[_Row]) -> None:
    """Replace the file in one step: nobody ever finds half of one."""
    whole = "".join((_HEAD, *map(_outline, rows), _FOOT)).encode("utf-8", "replace")
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _outline(row: _Row) -> str:
    from html import escape

    url, title, site, folder = map(escape, row)
    told = f' text="{title or url}" title="{title}" category="/{folder}"'
    home = f' htmlUrl="{site}"' if site else ""
    return f'    <outline type="rss"{told} xmlUrl="{url}"{home}/>\n'
