"""In which order a query's stories come: all of them, or the first of them sooner.

A word that is in half of a million stories takes half a second to join with the rest of
a query. The first page needs few of them: of the best ones, or of the latest.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from autotui.query import All, Any, Node, Query, Term
from autotui.store import Connection, search
from autotui.store.patterns import match_phrase

RANKED: Final = 10_000
"""The latest stories are ranked, as many as take 50 ms; others follow."""
COMMON: Final = 100_000
"""Stories from which on words are common: to look for them in each story is faster then."""
_WEIGHTS: Final = "10.0, 1.0"
"""What a word in the title counts, and one in the text (FTS5, bm25)."""
_ORDERS: Final = {
    "newest": "a.published_at DESC, a.id DESC",
    "oldest": "a.published_at, a.id",
}
_AMONG: Final = "a.id IN (SELECT value FROM json_each(:among))"
_PART: Final = 500
"""Ranked stories that the rest of a query is asked of in one go."""
_PAGE: Final = 200
"""The most that is wanted sooner."""
TRIED: Final = 15
"""Stories that are looked through for each that is wanted: a common word is in more."""


def ids(db: Connection, query: Query, now: datetime, limit: int | None) -> Iterator[int]:
    """Give the ids that a query finds, in its order."""
    phrases = _phrases(query.node)
    if query.order == "relevance" and phrases:
        found = _best_first(db, query, now, phrases)
    elif limit is not None and (first := _first(db, query, now, limit)) is not None:
        found = iter(first)
    else:
        found = _by_date(db, query, now, limit)
    return islice(found, limit)


def _by_date(
    db: Connection, query: Query, now: datetime, limit: int | None = None
) -> Iterator[int]:
    condition, values = search.where(query, now)
    rows = db.execute(
        f"SELECT a.id FROM {search.SOURCE} WHERE {condition} "
        f"ORDER BY {_order(query)} LIMIT :limit",
        {**values, "limit": -1 if limit is None else limit},
    )
    return (row[0] for row in rows)


def _best_first(db: Connection, query: Query, now: datetime, phrases: str) -> Iterator[int]:
    """Give the latest by rank, then the others by date."""
    best = db.execute(
        f"SELECT id FROM (SELECT rowid AS id, bm25(search, {_WEIGHTS}) AS rank FROM search"
        f" WHERE search MATCH ? ORDER BY rowid DESC LIMIT {RANKED}) ORDER BY rank, id DESC",
        (phrases,),
    ).fetchall()
    condition, values = search.where(Query(_beside_words(query.node)), now)
    fits = f"SELECT a.id FROM {search.SOURCE} WHERE {_AMONG} AND {condition}"
    # To look for words takes long, however few stories are asked of them.
    size = RANKED if "MATCH" in condition else _PART
    for start in range(0, len(best), size):
        part = [row[0] for row in best[start : start + size]]
        rows = db.execute(fits, {**values, "among": json.dumps(part)})
        fit = {row[0] for row in rows}
        yield from (each for each in part if each in fit)
    ranked = {row[0] for row in best}
    yield from (each for each in _by_date(db, query, now) if each not in ranked)


def _first(db: Connection, query: Query, now: datetime, limit: int) -> list[int] | None:
    """Give the first by date that have common words; ``None`` where that is no gain."""
    words = " AND ".join(f"({_phrases(each)})" for each in _worded(query.node))
    if limit > _PAGE or not words or not _is_common(db, words):
        return None
    rest = Query(_wordless(query.node), query.order)
    tried = tuple(_by_date(db, rest, now, limit * TRIED))
    probe = "SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?"
    has_words = (each for each in tried if db.execute(probe, (words, each)).fetchone())
    found = list(islice(has_words, limit))
    return found if len(found) == limit or len(tried) < limit * TRIED else None


def _is_common(db: Connection, words: str) -> bool:
    some = "SELECT 1 FROM search WHERE search MATCH ? LIMIT ?"
    counted = db.execute(f"SELECT count(*) FROM ({some})", (words, COMMON))
    return bool(counted.fetchone()[0] == COMMON)


def _order(query: Query) -> str:
    return _ORDERS["oldest" if query.order == "oldest" else "newest"]


# Words in the tree of a query.


def _phrases(node: Node) -> str:
    """Give what FTS5 ranks: what a query finds by its words."""
    match node:
        case Term("text", value):
            return match_phrase(value)
        case All(nodes) | Any(nodes):
            found = (f"({phrase})" for each in nodes if (phrase := _phrases(each)))
            return (" AND " if isinstance(node, All) else " OR ").join(found)
        case _:
            return ""


def _worded(node: Node) -> Iterator[Node]:
    """Give those parts that must hold, and that the index alone can answer."""
    if _is_words(node):
        yield node
    elif isinstance(node, All):
        for each in node.nodes:
            yield from _worded(each)


def _wordless(node: Node) -> Node:
    """Give a query without what ``_worded`` gives of it."""
    if _is_words(node):
        return All()
    return All(tuple(map(_wordless, node.nodes))) if isinstance(node, All) else node


def _beside_words(node: Node) -> Node:
    """Give what is still to be tested of a story that matches ``_phrases``."""
    match node:
        case _ if _is_words(node):
            return All()
        case All(nodes):
            return All(tuple(map(_beside_words, nodes)))
        case Any(nodes) if sum(bool(_phrases(each)) for each in nodes) == 1:
            return Any(tuple(map(_beside_words, nodes)))
        case _:
            return node


def _is_words(node: Node) -> bool:
    match node:
        case Term("text", value):
            return bool(match_phrase(value))
        case All(nodes) | Any(nodes):
            return bool(nodes) and all(map(_is_words, nodes))
        case _:
            return False
