"""What the reader said of suggestions, and what was learned from it.

Counts are kept beside the verdicts, in the same transaction, so that a verdict taken
back leaves no trace.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from autotui.errors import UnknownError
from autotui.model import EV_DRIVETRAIN
from autotui.store import Connection, articles, judgements, writing
from autotui.store.times import stored

if TYPE_CHECKING:
    from autotui.drivetrain.learned import Learned

_LEARNED_AT_ONCE: Final = 200
"""Stories: of a step that takes in more, only so many teach; the rest was no reading."""


def give(
    db: Connection,
    article_ids: Iterable[int],
    tag: str,
    *,
    accepted: bool,
    on: bool,
    now: datetime,
) -> tuple[int, ...]:
    """Give a verdict or take it back; tell the ids that were different before."""
    changed: list[int] = []
    for article_id in article_ids:
        values = {"tag": tag, "id": article_id, "accepted": accepted}
        if not on:
            features = _taken(db, values)
        elif len(changed) < _LEARNED_AT_ONCE:
            features = _features(db, article_id, tag, accepted=accepted)
            features = _given(db, values, now, features)
        else:
            features = _given(db, values, now, [])
        if features is not None:
            _count(db, tag, features, accepted=accepted, step=1 if on else -1)
            changed.append(article_id)
    if changed:
        judgements.renew(db)
    return tuple(changed)


def _given(
    db: Connection, values: dict[str, object], now: datetime, features: list[str]
) -> list[str] | None:
    """Store a verdict; give what is learned from it, ``None`` if there was one."""
    told = json.dumps(features, ensure_ascii=False)
    stored_now = db.execute(
        """
        INSERT OR IGNORE INTO verdict (tag, article_id, accepted, made_at, features)
        SELECT :tag, id, :accepted, :now, :features FROM article WHERE id = :id
        """,
        {**values, "now": stored(now), "features": told},
    ).rowcount
    return features if stored_now else None


def _taken(db: Connection, values: dict[str, object]) -> list[str] | None:
    """Take a verdict back; give what was learned from it, ``None`` if there was none."""
    row = db.execute(
        """
        DELETE FROM verdict WHERE tag = :tag AND article_id = :id
            AND accepted = :accepted RETURNING features
        """,
        values,
    ).fetchone()
    return None if row is None else list(json.loads(row["features"]))


def learned(db: Connection, tag: str) -> "Learned":
    """Give what was learned about a tag."""
    from autotui.drivetrain.learned import MAX_FEATURES, Learned

    rows = db.execute(
        """
        SELECT feature, accepted, rejected FROM learned WHERE tag = ?
        ORDER BY accepted + rejected DESC, feature LIMIT ?
        """,
        (tag, MAX_FEATURES),
    )
    counts = {row["feature"]: (row["accepted"], row["rejected"]) for row in rows}
    accepted, rejected = db.execute(
        """
        SELECT coalesce(sum(accepted), 0), coalesce(sum(1 - accepted), 0)
        FROM verdict WHERE tag = ? AND features <> '[]'
        """,
        (tag,),
    ).fetchone()
    return Learned(accepted=accepted, rejected=rejected, counts=counts)


def taught(db: Connection, least: int = 0) -> dict[str, tuple[int, int]]:
    """Give the tags whose verdicts taught something: how many for each, and against.

    Those with fewer than ``least`` verdicts for them are left out.
    """
    rows = db.execute(
        """
        SELECT tag, sum(accepted) AS accepted, sum(1 - accepted) AS rejected
        FROM verdict WHERE features <> '[]'
        GROUP BY tag HAVING sum(accepted) >= ? ORDER BY tag
        """,
        (least,),
    )
    return {row["tag"]: (row["accepted"], row["rejected"]) for row in rows}


def learned_of(
    db: Connection, totals: Mapping[str, tuple[int, int]], features: Collection[str]
) -> dict[str, "Learned"]:
    """Give what was learned about some tags, of these features alone.

    A story has a few hundred of them, a tag twenty thousand.
    """
    from autotui.drivetrain.learned import Counts, Learned

    counts: dict[str, dict[str, Counts]] = {tag: {} for tag in totals}
    rows = db.execute(
        """
        SELECT tag, feature, accepted, rejected FROM learned
        WHERE tag IN (SELECT value FROM json_each(?))
            AND feature IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(list(totals)), json.dumps(list(features))),
    )
    for row in rows:
        counts[row["tag"]][row["feature"]] = row["accepted"], row["rejected"]
    return {tag: Learned(*totals[tag], counts[tag]) for tag in totals}


def given(db: Connection, tag: str) -> set[int]:
    """Give the articles that have a verdict about a tag."""
    rows = db.execute("SELECT article_id FROM verdict WHERE tag = ?", (tag,))
    return {row["article_id"] for row in rows}


def forget(db: Connection, tag: str) -> int:
    """Forget what was learned, not the verdicts; give how many had taught something."""
    with writing(db):
        db.execute("DELETE FROM learned WHERE tag = ?", (tag,))
        forgotten = db.execute(
            "UPDATE verdict SET features = '[]' WHERE tag = ? AND features <> '[]'", (tag,)
        ).rowcount
        judgements.renew(db)
    return forgotten


def of(db: Connection, article_id: int) -> set[str]:
    """Give the tags about which an article has a verdict."""
    rows = db.execute("SELECT tag FROM verdict WHERE article_id = ?", (article_id,))
    return {row["tag"] for row in rows}


def _features(db: Connection, article_id: int, tag: str, *, accepted: bool) -> list[str]:
    # Imported late: the lexicon takes a while to read.
    from autotui.drivetrain import score, words

    try:
        title, text = articles.told(db, article_id)
    except UnknownError:
        return []
    cues = score.judge(title, text).cues if tag == EV_DRIVETRAIN else {}
    features = set(words.features(title, text, cues))
    if cues and _contradicts(db, article_id, accepted=accepted):
        told = [name for name in features if name.startswith(words.CUE)]
        features |= {words.CORRECTED + name.removeprefix(words.CUE) for name in told}
    return sorted(features)


def _contradicts(db: Connection, article_id: int, *, accepted: bool) -> bool:
    """Whether a verdict is not what was suggested, where the story was judged at all."""
    row = db.execute(
        "SELECT suggested FROM article WHERE id = ? AND edition > 0", (article_id,)
    ).fetchone()
    return row is not None and bool(row["suggested"]) is not accepted


def _count(
    db: Connection, tag: str, features: Iterable[str], *, accepted: bool, step: int
) -> None:
    column = "accepted" if accepted else "rejected"
    db.executemany(
        f"""
        INSERT INTO learned (tag, feature, {column}) VALUES (?, ?, ?)
        ON CONFLICT (tag, feature) DO UPDATE SET {column} = {column} + excluded.{column}
        """,
        [(tag, feature, step) for feature in features],
    )
    db.execute(
        "DELETE FROM learned WHERE tag = ? AND accepted = 0 AND rejected = 0", (tag,)
    )
