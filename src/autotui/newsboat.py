"""From newsboat to here: feeds, their stories with what was read and flagged, queries.

Runs where the refresh runs, for it parses what strangers wrote; no server is asked. It
can be repeated: what is here already stays, and is neither doubled nor made older.
"""

import asyncio
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Final

from autotui import opml, store, subscribe, urlfile
from autotui.brought import Brought, Item, Row
from autotui.errors import ParseError
from autotui.ingest import cached
from autotui.model import ParsedArticle, how_many
from autotui.refresh import Tools
from autotui.store import arrivals, feeds, newsboat, queries, steps
from autotui.store.newsboat import Cache
from autotui.store.steps import Change
from autotui.urlfile import Urls

STAR: Final = "s"
"""newsboat has flags and no star; this letter is what most take for one."""
_SECONDS: Final = 30.0
_URLS: Final = "urls"
_CACHE: Final = "cache.db"


@dataclass(slots=True)
class _Settled:
    """The feeds as they are here now."""

    ids: Mapping[str, int]
    """By the address as newsboat has it."""
    new: tuple[int, ...]


@dataclass(slots=True)
class _Marks:
    """What was marked there, by the stories' ids here."""

    read: "array[int]" = field(default_factory=lambda: array("q"))
    starred: "array[int]" = field(default_factory=lambda: array("q"))
    tags: dict[str, "array[int]"] = field(default_factory=dict)

    def note(self, item: Item, article_id: int, star: str) -> None:
        """Remember how a story is marked; one that was deleted there counts as read."""
        if not item.unread or item.deleted:
            self.read.append(article_id)
        letters = {each for each in item.flags if each.isascii() and each.isalpha()}
        if letters & set(star):
            self.starred.append(article_id)
        for letter in sorted(letters - set(star)):
            self.tags.setdefault(urlfile.flag(letter), array("q")).append(article_id)

    def changes(self) -> list[Change]:
        """Give them as what the reader did."""
        changes = [Change("mark", "read", on=True, ids=tuple(self.read))]
        changes += [Change("mark", "starred", on=True, ids=tuple(self.starred))]
        return changes + [
            Change("tag", name, on=True, ids=tuple(ids)) for name, ids in self.tags.items()
        ]

    def counted(self, brought: Brought) -> Brought:
        """Add how many stories were marked how."""
        tagged = set(chain.from_iterable(self.tags.values()))
        return replace(
            brought, read=len(self.read), starred=len(self.starred), tagged=len(tagged)
        )


async def bring(
    folder: Path | None, with_: Tools, *, star: str = STAR, dry_run: bool = False
) -> Brought:
    """Bring over what newsboat has in a folder, or where it keeps it by itself.

    Raises ParseError where there is no ``urls`` file, or the cache cannot be read.
    """
    file, cache_file = files(folder)
    content = await asyncio.to_thread(_content, file)
    urls = await with_.offload.run(
        urlfile.read, content, star, seconds=subscribe.OPML_SECONDS
    )
    refused = _refuse_private(urls, with_)
    with ExitStack() as closing:
        cache = None
        if cache_file.exists():
            # Before anything is written: if it cannot be read, nothing is begun.
            cache = closing.enter_context(newsboat.opened(cache_file))
        else:
            urls.left.append((str(cache_file), "there is no cache, so no stories came"))
        if dry_run:
            done = await with_.sql(_planned, urls)
            counted = await asyncio.to_thread(_counted, urls, cache, star)
            return _told(urls, refused, done, counted)
        settled = await with_.sql(_settle, urls, with_.now())
        marks, counted = _Marks(), Brought()
        if cache:
            counted = await _stories(cache, settled, marks, star, with_)
        saved = await with_.sql(_finish, urls, settled, marks, with_.now())
        counted = replace(marks.counted(counted), queries=saved)
    done = len(settled.new), len(urls.feeds) - len(settled.new)
    return _told(urls, refused, done, counted)


def files(folder: Path | None) -> tuple[Path, Path]:
    """Give where newsboat's list and cache lie: in a folder, or where it puts them."""
    home = Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "newsboat"
    place = folder or (config if config.is_dir() else home / ".newsboat")
    if place == config:
        share = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        return config / _URLS, share / "newsboat" / _CACHE
    return place / _URLS, place / _CACHE


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(opml.MAX_BYTES + 1)
    except OSError as error:
        raise ParseError(f"{file} cannot be read: {error.strerror}") from error


def _refuse_private(urls: Urls, with_: Tools) -> tuple[Row, ...]:
    """Take out what lies in a private network; give what is refused in all."""
    private = subscribe.private((each.wanted.url for each in urls.feeds), with_.config)
    urls.feeds = [each for each in urls.feeds if each.wanted.url not in private]
    return (*urls.refused, *subscribe.told(private))


def _told(
    urls: Urls, refused: tuple[Row, ...], done: tuple[int, int], counted: Brought
) -> Brought:
    left = (*urls.left, *counted.left)
    return replace(counted, added=done[0], known=done[1], refused=refused, left=left)


def _known(db: store.Connection) -> dict[str, int]:
    return {opml.place(url): feed_id for feed_id, url in feeds.addresses(db)}


def _planned(db: store.Connection, urls: Urls) -> tuple[int, int]:
    """Give how many feeds would be new, and how many are here."""
    known = _known(db)
    here = sum(opml.place(each.wanted.url) in known for each in urls.feeds)
    return len(urls.feeds) - here, here


def _settle(db: store.Connection, urls: Urls, now: datetime) -> _Settled:
    """Subscribe to the feeds, all or none."""
    with store.writing(db):
        known = _known(db)
        ids, new = {}, []
        for each in urls.feeds:
            feed_id = known.get(opml.place(each.wanted.url), 0)
            if not feed_id:
                feed_id, added = feeds.subscribe(db, each.wanted, typed=False, now=now)
                new += [feed_id] * added
                if added and each.muted:
                    db.execute("UPDATE feed SET muted = 1 WHERE id = ?", (feed_id,))
            ids[each.source] = feed_id
    return _Settled(ids, tuple(new))


async def _stories(
    cache: Cache, settled: _Settled, marks: _Marks, star: str, with_: Tools
) -> Brought:
    """Store the cache's stories, page by page; note how they are marked."""
    after = stories = new = strays = 0
    while stories + strays < newsboat.MAX_STORIES:
        page, after = await asyncio.to_thread(cache.page, after)
        if not page:
            break
        wanted = [each for each in page if each.feedurl in settled.ids]
        strays += len(page) - len(wanted)
        parsed = await with_.offload.run(cached.stories, wanted, seconds=_SECONDS)
        pairs = [pair for pair in zip(wanted, parsed, strict=True) if pair[1].key]
        ids, added = await with_.sql(_keep, pairs, settled.ids, with_.now())
        for (item, _), article_id in zip(pairs, ids, strict=True):
            marks.note(item, article_id, star)
        stories += len(pairs)
        new += added
    return Brought(stories=stories, new=new, left=_strays(strays))


def _keep(
    db: store.Connection,
    pairs: Iterable[tuple[Item, ParsedArticle]],
    feed_ids: Mapping[str, int],
    now: datetime,
) -> tuple[list[int], int]:
    """Store a page of stories; give their ids here, and how many are new."""
    of_feed: dict[int, list[ParsedArticle]] = {}
    order = []
    for item, article in pairs:
        feed_id = feed_ids[item.feedurl]
        of_feed.setdefault(feed_id, []).append(article)
        order.append((feed_id, article.key))
    found: dict[tuple[int, str], int] = {}
    new = 0
    with store.writing(db):
        for feed_id, articles in of_feed.items():
            ids, added = arrivals.settle(db, feed_id, articles, now)
            found |= {(feed_id, key): article_id for key, article_id in ids.items()}
            new += added
    return [found[each] for each in order], new


def _finish(
    db: store.Connection, urls: Urls, settled: _Settled, marks: _Marks, now: datetime
) -> int:
    """Mark the stories and save the queries: with the feeds, one step for undo.

    Gives how many queries are new.
    """
    made = [Change("removal", "", on=False, ids=settled.new)] if settled.new else []
    # Written down while ``do`` asks for them: all of it is one transaction.
    changes = chain(marks.changes(), _saved(db, urls))
    step = steps.do(db, "move in from newsboat", changes, now, made=made)
    return sum(each.kind == "query" for each in step.changes)


def _counted(urls: Urls, cache: Cache | None, star: str) -> Brought:
    """Give what a cache holds, from a look at its marks alone."""
    sources = {each.source for each in urls.feeds}
    stories = read = starred = tagged = strays = 0
    for each in cache.tallies() if cache else ():
        if each.feedurl not in sources:
            strays += each.stories
            continue
        letters = set(filter(str.isalpha, each.flags))
        stories += each.stories
        read += each.stories * bool(not each.unread or each.deleted)
        starred += each.stories * bool(letters & set(star))
        tagged += each.stories * bool(letters - set(star))
    return Brought(
        queries=len(urls.queries),
        stories=stories,
        read=read,
        starred=starred,
        tagged=tagged,
        left=_strays(strays),
    )


def _strays(count: int) -> tuple[Row, ...]:
    return ((how_many(count), "of feeds that did not come over"),) if count else ()


def _saved(db: store.Connection, urls: Urls) -> Iterator[Change]:
    """Write the queries down that are not here yet."""
    known = {(each.name, each.text) for each in queries.every(db)}
    for name, text in dict.fromkeys(urls.queries):
        if (name, text) not in known:
            yield Change("query", name, on=True, ids=(queries.add(db, name, text),))
