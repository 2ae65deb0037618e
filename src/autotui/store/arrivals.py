"""What a fetch brings: stored as new, or merged into what is there.

Nothing of the reader's is written here. An empty field never replaces a full one: feeds
are emptied and broken every day. Rows are written a feed at a time, for speed.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, Final

from autotui import clean
from autotui.model import ParsedArticle, ParsedFeed
from autotui.packing import Body
from autotui.store import Connection, Row, articles, texts
from autotui.store.texts import Text
from autotui.store.times import maybe, stored

_Change = tuple[Row, ParsedArticle]
_Sign = tuple[object, ...]
_encoded: Final = json.JSONEncoder(ensure_ascii=False).encode


def save(
    db: Connection, feed_id: int, parsed: ParsedFeed, now: datetime
) -> tuple[int, int]:
    """Store what a feed brings; give how many articles are new and how many changed.

    An article is known by its key, else as ``_twins`` tells. What the reader marked is
    not touched.
    """
    known = _known(db, feed_id, parsed.articles)
    new: list[ParsedArticle] = []
    changed: list[_Change] = []
    # Oldest first: of two stories of one second, the one the feed has on top is newer.
    for article in reversed(parsed.articles):
        row = known.get(article.key)
        if row is None:
            new.append(article)
        elif row["hash"] != _hash(article):
            changed.append((row, article))
        elif row["key"] != article.key:
            db.execute(
                "UPDATE article SET key = :key WHERE id = :id",
                {"key": article.key, "id": row["id"]},
            )
    _insert(db, feed_id, new, now)
    _update(db, changed, now)
    return len(new), len(changed)


def settle(
    db: Connection, feed_id: int, articles: Sequence[ParsedArticle], now: datetime
) -> tuple[dict[str, int], int]:
    """Store what another reader kept of a feed; give the ids by key, and how many are new.

    What is here already stays as it is: the feed brought it, and later.
    """
    known = {key: int(row["id"]) for key, row in _known(db, feed_id, articles).items()}
    new = {each.key: each for each in articles if each.key not in known}
    _insert(db, feed_id, tuple(new.values()), now)
    rows = _known(db, feed_id, tuple(new.values()))
    return known | {key: int(row["id"]) for key, row in rows.items()}, len(new)


def _known(
    db: Connection, feed_id: int, arrived: Sequence[ParsedArticle]
) -> dict[str, Row]:
    """Give the stored row of each article that has one, by the article's key."""
    by_key = {article.key: article for article in arrived}
    rows = db.execute(
        """
        SELECT * FROM article
        WHERE feed_id = :feed AND key IN (SELECT value FROM json_each(:keys))
        """,
        {"feed": feed_id, "keys": json.dumps(sorted(by_key))},
    )
    known: dict[str, Row] = {row["key"]: row for row in rows}
    strangers = [article for key, article in by_key.items() if key not in known]
    return known | _twins(db, feed_id, strangers, by_key)


def _twins(
    db: Connection, feed_id: int, strangers: Sequence[ParsedArticle], keys: Iterable[str]
) -> dict[str, Row]:
    """Give the stored articles that these are under keys the feed no longer has.

    Some feeds make up new GUIDs at every fetch, others move to another host or scheme:
    the same title with the same address or the same date is the same article, and so is
    the same address where it is the key, but for its tracking.
    """
    any_there = "SELECT 1 FROM article WHERE feed_id = ? LIMIT 1"
    if not strangers or not db.execute(any_there, (feed_id,)).fetchone():
        return {}
    wanted = {
        "feed": feed_id,
        "keys": json.dumps(sorted(keys)),
        "titles": json.dumps([article.title for article in strangers]),
        "addresses": json.dumps([_address(article) for article in strangers]),
    }
    rows = db.execute(
        """
        SELECT * FROM article WHERE feed_id = :feed
            AND key NOT IN (SELECT value FROM json_each(:keys))
            AND (title IN (SELECT value FROM json_each(:titles)) OR address <> ''
                AND address IN (SELECT value FROM json_each(:addresses)))
        ORDER BY id
        """,
        wanted,
    ).fetchall()
    return _paired(strangers, rows) if rows else {}


def _paired(strangers: Iterable[ParsedArticle], rows: Iterable[Row]) -> dict[str, Row]:
    """Give each article, by key, the newest of some rows that it is, each row once."""
    waiting: defaultdict[_Sign, list[Row]] = defaultdict(list)
    for row in rows:
        for sign in _signs(row, row["address"], row["published_at"]):
            waiting[sign].append(row)
    found: dict[str, Row] = {}
    taken: set[int] = set()
    for article in strangers:
        when = maybe(article.published_at)
        matches = []
        for sign in _signs(article._asdict(), _address(article), when):
            # Newest last; those that are somebody's already are nobody else's.
            while (listed := waiting.get(sign)) and listed[-1]["id"] in taken:
                listed.pop()
            matches += listed[-1:] if listed else []
        if matches:
            row = max(matches, key=itemgetter("id"))
            taken.add(row["id"])
            found[article.key] = row
    return found


def _signs(of: Any, address: str, when: int | None) -> Iterator[_Sign]:
    """Give what an article is known by, though its key may change; one is enough.

    Each is looked up, not compared: a feed may bring thousands under new keys.
    """
    if address:
        yield "address", of["title"], address
        if _by_address(of["key"]):
            yield "key", address
    if of["dated"]:
        yield "dated", of["title"], of["dated"]
    if when is not None:
        yield "when", of["title"], when


def _by_address(key: str) -> bool:
    """Whether an article is known by an address, having no GUID of its own."""
    return key.startswith(("http://", "https://"))


def _address(article: ParsedArticle) -> str:
    """Give what its address has in common with its other forms."""
    return clean.canonical(article.url or (article.key if _by_address(article.key) else ""))


def _insert(
    db: Connection, feed_id: int, new: Sequence[ParsedArticle], now: datetime
) -> None:
    """Add articles, their bodies and their index entries: three statements in all."""
    if not new:
        return
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM article").fetchone()
    seen = stored(now)
    db.executemany(
        """
        INSERT INTO article (id, feed_id, key, title, url, address, author, published_at,
            dated, updated_at, seen_at, language, words, completeness, categories,
            enclosures, hash)
        VALUES (:id, :feed, :key, :title, :url, :address, :author, :published,
            :dated, :updated, :seen, :language, :words, :completeness, :categories,
            :enclosures, :hash)
        """,
        [
            {"id": id_, "feed": feed_id, "seen": seen, **_columns(article, seen)}
            for id_, article in enumerate(new, last + 1)
        ],
    )
    db.executemany(
        "INSERT INTO body VALUES (?, ?, ?, ?)",
        [
            (id_, article.title, article.text, article.packed)
            for id_, article in enumerate(new, last + 1)
        ],
    )
    db.execute(f"{articles.INDEX} FROM body WHERE article_id > ?", (last,))


def _update(db: Connection, changed: Sequence[_Change], now: datetime) -> None:
    """Replace articles by newer versions; what is missing there stays as it was."""
    if not changed:
        return
    with articles.reindexing(db, [row["id"] for row, _ in changed]):
        for row, article in changed:
            _replace(db, row, article, now)


def _replace(db: Connection, row: Row, article: ParsedArticle, now: datetime) -> None:
    whole = _completed(db, row, article, now)
    dated = _clamped(article, stored(now))
    db.execute(
        """
        UPDATE article SET key = :key, title = :title, words = :words, hash = :hash,
            edition = 0,
            completeness = CASE WHEN :completeness = 'teaser'
                AND completeness IN ('blocked', 'paywall', 'gone')
                THEN completeness ELSE :completeness END,
            url = coalesce(nullif(:url, ''), url),
            address = coalesce(nullif(:address, ''), address),
            author = coalesce(nullif(:author, ''), author),
            language = coalesce(nullif(:language, ''), language),
            published_at = coalesce(:moment, published_at),
            dated = coalesce(nullif(:dated, ''), dated),
            updated_at = coalesce(:updated, updated_at),
            categories = CASE :categories WHEN '[]' THEN categories ELSE :categories END,
            enclosures = CASE :enclosures WHEN '[]' THEN enclosures ELSE :enclosures END
        WHERE id = :id
        """,
        {
            **_columns(whole, row["seen_at"]),
            "id": row["id"],
            "moment": dated,
            "hash": _hash(article),
        },
    )
    db.execute(
        "UPDATE body SET title = ?, text = ?, document = ? WHERE article_id = ?",
        (whole.title, whole.text, whole.packed, row["id"]),
    )


def _completed(
    db: Connection, row: Row, article: ParsedArticle, now: datetime
) -> ParsedArticle:
    """Give an article with the text that is to be shown: its own, or what is there."""
    paged = row["source"] == "page"
    if paged and article.packed:
        body = Body(article.text, article.packed)
        text = Text(body, article.words, article.completeness)
        paged = not texts.keep_feeds(db, row, text, now)
    if article.packed and not paged:
        return article
    kept = Body(*articles.stored_body(db, row["id"]))
    told = {"words": row["words"], "completeness": row["completeness"]}
    return article._replace(**kept._asdict(), **told)


def _columns(article: ParsedArticle, seen_at: int) -> dict[str, object]:
    moment = _clamped(article, seen_at)
    return {
        "key": article.key,
        "title": article.title,
        "url": article.url,
        "address": _address(article),
        "author": article.author,
        "published": seen_at if moment is None else moment,
        "dated": article.dated,
        "updated": maybe(article.updated_at),
        "language": article.language,
        "words": article.words,
        "completeness": article.completeness,
        "categories": _encoded(article.categories),
        "enclosures": json.dumps(article.enclosures),
        "hash": _hash(article),
    }


def _clamped(article: ParsedArticle, latest: int) -> int | None:
    """Give when it was published, clamped for sorting: from 1970 to ``latest``."""
    moment = article.published_at or article.updated_at
    return None if moment is None else min(max(stored(moment), 0), latest)


def _hash(article: ParsedArticle) -> str:
    """Tell one version of an article from the next, by all that a reader could see."""
    seen = repr(tuple(article._replace(key="", text="", packed=b"")))
    # Apart: to write a long text for repr() takes ten times as long as to hash it.
    digest = hashlib.blake2b(article.text.encode("utf-8", "replace"), digest_size=16)
    digest.update(article.packed)
    digest.update(seen.encode("utf-8", "replace"))
    return digest.hexdigest()
