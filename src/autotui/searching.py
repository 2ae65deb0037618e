"""Searching: lists that a newer wish stops, saved queries, snippets, past searches."""

import asyncio
import threading
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from autotui import clean, query
from autotui.errors import OutputError
from autotui.model import Listing
from autotui.part import Part, Sql
from autotui.paths import Paths
from autotui.query import Query, SavedQuery
from autotui.store import articles, queries, steps
from autotui.store.queries import Snippet
from autotui.store.steps import Change, Step

if TYPE_CHECKING:
    from autotui.store import Connection

COUNTING_SECONDS: Final = 0.02
"""How long the unread stories of one saved query may be counted."""
_MAX_NAME: Final = 60
_BOOK: Final = "--epub"
_FORMS: Final = {".csv": "--csv", ".jsonl": "--jsonl", ".md": "--markdown", ".epub": _BOOK}
"""How ``autotui export`` is told the form that a file's ending names."""


@dataclass(eq=False)
class Searching(Part):
    """The part of the Library that is about queries."""

    _aside: Sql
    """Beside the store's thread: for what takes seconds."""
    _paths: Paths

    async def listing(self, wanted: Query, limit: int | None = None) -> Listing:
        """Give what a query finds, or the first of it at once.

        Who is cancelled keeps nobody else waiting.
        """
        stop = threading.Event()
        run = self._aside if limit is None else self._sql
        try:
            ids = await run(queries.ids, wanted, self._now(), limit, stop)
        finally:
            stop.set()
        # In turn with the reader's marks, of which none must be missed.
        first = await self._sql(articles.some, ids[: articles.WINDOW])
        return Listing(ids, {article.id: article for article in first})

    async def snippet(self, article_id: int, words: Iterable[str]) -> Snippet:
        """Give a few words of a story around what is looked for."""
        return await self._sql(queries.snippet, article_id, tuple(words))

    async def export(self, text: str, file: Path, *, over: bool = False) -> int | None:
        """Write what a query finds, in the form that the file's ending names, in a child.

        Gives how many stories; ``None``, with nothing written, where there is a file
        already and ``over`` is not said. Raises OutputError for another ending, ChildError
        where it cannot be written.
        """
        form = _FORMS.get(file.suffix.lower())
        if form is None or "\0" in str(file):
            *most, last = _FORMS
            known = f"{', '.join(most)} or {last}"
            raise OutputError(f"{file} cannot be written: its name must end in {known}")
        if not over and await asyncio.to_thread(file.exists):
            return None
        # Imported late: no other thing that is done here starts a program.
        from autotui import child

        where = [f"{form}={file}"] if form == _BOOK else [form, f"--to={file}"]
        command = ["export", *where, *["--force"] * over, "--", text]
        return int((await child.one(self._paths, command))["written"])

    async def history(self) -> tuple[str, ...]:
        """Give what was searched for, the last first."""
        return await self._sql(queries.searches)

    # The verbs that write are no coroutines: they are under way when the call returns.

    def searched(self, text: str) -> Awaitable[None]:
        """Remember a search."""
        return self._write(queries.searched, clean.line(text))

    async def saved(self) -> tuple[SavedQuery, ...]:
        """Give the saved queries by name, none of them counted."""
        return await self._sql(queries.every)

    async def unread(self, saved: SavedQuery) -> int | None:
        """Count a saved query's unread stories; ``None`` where that takes too long."""
        if saved.error:
            return 0
        wanted = query.parse(saved.text)
        return await self._sql(queries.unread, wanted, self._now(), COUNTING_SECONDS)

    def save(self, name: str, text: str) -> Awaitable[Step]:
        """Save a query under a name; raises QueryError for one that cannot be read."""
        return self._write(_save, *_checked(name, text), self._now())

    def edit(self, saved_id: int, name: str, text: str) -> Awaitable[Step]:
        """Change a saved query; raises QueryError for one that cannot be read."""
        return self._write(_save, *_checked(name, text), self._now(), old=saved_id)

    def delete(self, saved_id: int, name: str) -> Awaitable[Step]:
        """Delete a saved query."""
        gone = Change("query", name, on=False, ids=(saved_id,))
        return self._write(steps.do, f"delete the query {name}", [gone], self._now())


def _checked(name: str, text: str) -> tuple[str, str]:
    text = clean.line(text, query.MAX_LENGTH + 1)
    query.parse(text)
    return clean.line(name, _MAX_NAME) or clean.line(text, _MAX_NAME), text


def _save(db: "Connection", name: str, text: str, now: datetime, old: int = 0) -> Step:
    # Added while ``do`` asks for it: all of it is one transaction.
    ids = (queries.add(db, name, text) for _ in range(1))
    changes = [] if not old else [Change("query", "", on=False, ids=(old,))]
    verb = "edit" if changes else "save"
    kept = (Change("query", name, on=True, ids=(each,)) for each in ids)
    return steps.do(db, f"{verb} the query {name}", (*changes, *kept), now)
