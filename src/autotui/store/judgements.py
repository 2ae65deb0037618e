"""What was found in the stories' texts, kept for queries: all of it can be made anew.

Every story is judged by an *edition*: a lexicon, and what was learned from the reader.
When either changes a new edition begins, and all stories wait to be judged again.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from autotui.drivetrain.findings import MAX_TEXT
from autotui.store import Connection, memory, writing

_EDITION: Final = "edition"
_LEXICON: Final = "lexicon"


class Waiting(NamedTuple):
    """A story to be judged."""

    id: int
    title: str
    text: str


class Judged(NamedTuple):
    """What a query must know of a story."""

    id: int
    score: float
    suggested: bool
    names: tuple[str, ...] = ()
    figures: tuple[tuple[str, float], ...] = ()
    """Kind and value of each fact that is a number."""


def edition(db: Connection, lexicon: str) -> int:
    """Give the number of the edition; a new one where the ``lexicon`` is another one."""
    # Read first: mostly it is the same, and nobody's write need wait for that.
    if memory.recall(db, _LEXICON) != lexicon:
        with writing(db):
            if memory.recall(db, _LEXICON) != lexicon:
                memory.remember(db, _LEXICON, lexicon)
                renew(db)
    return _current(db)


def renew(db: Connection) -> None:
    """Begin a new edition: all stories wait to be judged again."""
    memory.remember(db, _EDITION, str(_current(db) + 1))


def waiting(db: Connection, edition: int, limit: int) -> list[Waiting]:
    """Give the newest stories that another edition judged, or none."""
    older = "SELECT 1 FROM article WHERE edition < ? LIMIT 1"
    if not db.execute(older, (edition,)).fetchone():
        return []
    rows = db.execute(
        """
        SELECT a.id, a.title, substr(coalesce(b.text, ''), 1, :most) AS text
        FROM article a LEFT JOIN body b ON b.article_id = a.id
        WHERE a.edition < :edition ORDER BY a.published_at DESC, a.id DESC LIMIT :limit
        """,
        {"edition": edition, "limit": limit, "most": MAX_TEXT},
    )
    return [Waiting(*row) for row in rows]


def count(db: Connection, edition: int) -> int:
    """Give how many stories wait to be judged."""
    (found,) = db.execute(
        "SELECT count(*) FROM article WHERE edition < ?", (edition,)
    ).fetchone()
    return int(found)


def keep(db: Connection, edition: int, judged: Iterable[Judged]) -> None:
    """Store what was found, in one transaction."""
    found = tuple(judged)
    with writing(db):
        db.executemany(
            "UPDATE article SET score = ?, suggested = ?, edition = ? WHERE id = ?",
            [(each.score, each.suggested, edition, each.id) for each in found],
        )
        ids = [(each.id,) for each in found]
        db.executemany("DELETE FROM named WHERE article_id = ?", ids)
        db.executemany("DELETE FROM figure WHERE article_id = ?", ids)
        db.executemany(
            "INSERT OR IGNORE INTO named VALUES (?, ?)",
            [(name, each.id) for each in found for name in each.names],
        )
        db.executemany(
            "INSERT OR IGNORE INTO figure VALUES (?, ?, ?)",
            [(kind, value, each.id) for each in found for kind, value in each.figures],
        )


def _current(db: Connection) -> int:
    number = memory.recall(db, _EDITION)
    return int(number) if number.isdecimal() else 0
