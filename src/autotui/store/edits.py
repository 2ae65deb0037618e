"""Edits of feeds, written down with what was there before, so that they can be undone."""

import json
from collections.abc import Iterable
from typing import Any, Final

from autotui import clean
from autotui.edits import Edit
from autotui.errors import UnknownError
from autotui.store import Connection, feeds

_COLUMNS: Final = (
    *("url", "typed", "title", "folder"),
    *("minutes", "pages", "selectors", "muted", "keep_days"),
)
"""What is the reader's of a feed."""
_ALIASES: Final = "aliases"
_Values = dict[str, Any]


def planned(db: Connection, feed_id: int, edit: Edit) -> str:
    """Give what an edit changes as JSON: each name with its value before and after.

    Raises UnknownError for no feed, and where the address is that of another one.
    """
    row = db.execute("SELECT * FROM feed WHERE id = ?", (feed_id,)).fetchone()
    if row is None:
        raise UnknownError(f"there is no feed {feed_id}")
    wanted = _wanted(edit)
    if wanted.get("url", row["url"]) != row["url"]:
        if feeds.taken(db, wanted["url"], feed_id):
            raise UnknownError("another feed has that address")
        wanted["typed"] = 1
    else:
        wanted.pop("url", None)
    pairs = {name: (row[name], each) for name, each in wanted.items() if row[name] != each}
    if "url" in pairs:
        after = _known_by(row["url"], row["moved_to"], wanted["url"])
        pairs[_ALIASES] = (_aliases(db, feed_id), after)
    return json.dumps(pairs, ensure_ascii=False)


def apply(
    db: Connection, feed_ids: Iterable[int], packed: str, *, on: bool
) -> tuple[int, ...]:
    """Make an edit, or take it back; give the ids of the feeds that were different.

    Its stories stay whatever its address. An address that another feed has by now is
    left alone.
    """
    pairs = json.loads(packed)
    values = {name: pair[on] for name, pair in pairs.items()}
    return tuple(each for each in feed_ids if _write(db, each, values))


def _wanted(edit: Edit) -> _Values:
    """Give the columns that an edit speaks of."""
    wanted: _Values = {
        "url": edit.url,
        "title": edit.title,
        "folder": edit.folder,
        "minutes": edit.minutes,
        "pages": edit.pages,
        "selectors": None if edit.selectors is None else "\n".join(edit.selectors),
        "muted": None if edit.muted is None else int(edit.muted),
        "keep_days": edit.keep_days,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def _write(db: Connection, feed_id: int, values: _Values) -> bool:
    kept: _Values = {name: values[name] for name in _COLUMNS if name in values}
    moves = "url" in kept and not feeds.taken(db, kept["url"], feed_id)
    if not moves:
        kept.pop("url", None)
        kept.pop("typed", None)
    if not kept:
        return False
    sets = ", ".join(f"{name} = :{name}" for name in kept)
    differs = " OR ".join(f"{name} IS NOT :{name}" for name in kept)
    done = db.execute(
        f"UPDATE feed SET {sets} WHERE id = :id AND ({differs})", kept | {"id": feed_id}
    ).rowcount
    if done and moves:
        _begin_anew(db, feed_id, values[_ALIASES])
    elif done and kept.get("minutes"):
        _plan(db, feed_id)
    return bool(done)


def _known_by(old: str, moved_to: str, new: str) -> list[str]:
    """Give what else a feed with a new address is known by.

    The old address is if its server redirects to the new one; else it may be a feed of
    its own.
    """
    followed = old if new == moved_to else ""
    others = {followed, clean.public(followed), clean.public(new)}
    return sorted(others - {"", new})


def _aliases(db: Connection, feed_id: int) -> list[str]:
    rows = db.execute("SELECT url FROM alias WHERE feed_id = ? ORDER BY url", (feed_id,))
    return [row["url"] for row in rows]


def _begin_anew(db: Connection, feed_id: int, aliases: Iterable[str]) -> None:
    """Forget what was known of the former address, which may be a feed of its own now."""
    db.execute("DELETE FROM alias WHERE feed_id = ?", (feed_id,))
    feeds.alias(db, feed_id, aliases)
    db.execute(
        """
        UPDATE feed SET etag = '', last_modified = '', body_hash = '',
            next_check_at = NULL, retry_at = NULL, failures = 0, gone = 0, error = NULL,
            advice = '', moved_to = '', moved_at = NULL, moved_answers = 0,
            fresh_seconds = 0, ttl = 0, skip_hours = '[]', skip_days = '[]'
        WHERE id = :id
        """,
        {"id": feed_id},
    )


def _plan(db: Connection, feed_id: int) -> None:
    """Plan the next check by the reader's interval, no sooner than the server asks.

    A feed in trouble, or one that names hours or days, keeps what is planned.
    """
    db.execute(
        """
        UPDATE feed SET next_check_at =
            checked_at + max(60 * minutes, 60 * min(ttl, 1440), min(fresh_seconds, 86400))
        WHERE id = :id AND checked_at IS NOT NULL AND error IS NULL AND NOT gone
            AND skip_hours = '[]' AND skip_days = '[]'
        """,
        {"id": feed_id},
    )
