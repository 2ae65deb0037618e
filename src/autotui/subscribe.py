"""From an address or an OPML file to subscriptions.

Runs where the refresh runs, for it fetches and parses what strangers wrote.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from autotui import clean, opml, store
from autotui.errors import FetchError, ParseError, SeveralFeedsError
from autotui.ingest import discover, places
from autotui.ingest.fetch import Fetched
from autotui.model import Imported, ParsedFeed, Subscription, Validators
from autotui.refresh import Tools, keep
from autotui.store import feeds
from autotui.store.checks import Asked

PAGE_SECONDS: Final = 5.0
OPML_SECONDS: Final = 30.0
_Feed = tuple[Fetched, str, ParsedFeed]
"""The answer, the address to subscribe to, and what it holds."""


async def add(wanted: Subscription, with_: Tools, *, first: bool) -> tuple[int, bool]:
    """Subscribe to the feed at an address, or to the one its page names.

    Gives its id and whether it is new; the stories it holds are stored as well. Raises
    SeveralFeedsError where the page names several and ``first`` is not said.
    """
    url = address(wanted.url)
    if known := await with_.sql(_known, url):
        return known, False
    fetched, at, parsed = await _found(url, with_, first=first)
    answer = with_.success(fetched)
    feed_id, added = await with_.sql(
        feeds.subscribe,
        replace(wanted, url=at),
        typed=_same_host(at, url),
        now=answer.at,
    )
    await with_.sql(keep, feed_id, parsed, answer)
    return feed_id, added


async def import_opml(content: bytes, with_: Tools) -> Imported:
    """Subscribe to what an OPML file lists, without asking any server.

    A file from a friend must not make us ask machines at home: rows that name one are
    refused, unless the config allows them.
    """
    rows, refused = await with_.offload.run(opml.read, content, seconds=OPML_SECONDS)
    allowed = with_.config.network.allow_private
    private = [
        (row.url, "a private address; see allow_private in the config")
        for row in rows
        if not allowed and places.named_private(clean.host(row.url))
    ]
    addresses = {url for url, _ in private}
    wanted = tuple(row for row in rows if row.url not in addresses)
    added = await with_.sql(_subscribe, wanted, with_.now())
    return Imported(added, len(wanted) - added, (*refused, *private))


def _subscribe(db: store.Connection, wanted: Iterable[Subscription], now: datetime) -> int:
    """Add them all or none; give how many are new."""
    with store.writing(db):
        return sum(feeds.subscribe(db, each, typed=False, now=now)[1] for each in wanted)


def address(typed: str) -> str:
    """Give the web address that somebody meant; raise FetchError if it is none."""
    plain = typed.strip().removeprefix("feed:").removeprefix("//")
    url = clean.url(plain if "://" in plain else f"https://{plain}", userinfo=True)
    if not url:
        raise FetchError(
            f"{clean.line(typed)!r} is no web address: it wants http:// or https://"
        )
    return url


def _known(db: store.Connection, url: str) -> int:
    row = db.execute(
        "SELECT id FROM feed WHERE url = ? AND removed_at IS NULL", (url,)
    ).fetchone()
    return int(row["id"]) if row else 0


async def _found(url: str, with_: Tools, *, first: bool) -> _Feed:
    """Give the feed at an address, or behind the page there."""
    fetched = await with_.get(_asked(url, url))
    if discover.is_feed(fetched.content):
        return fetched, url, await with_.parsed(fetched)
    named = await with_.offload.run(
        discover.feeds, fetched.content, fetched.url, seconds=PAGE_SECONDS
    )
    if len(named) > 1 and not first:
        raise SeveralFeedsError(
            f"{url} names {len(named)} feeds; add one of them by its address",
            [(each.url, each.title) for each in named],
        )
    offered = [named[0].url] if named else discover.guesses(fetched.url)
    return await _first(offered, url, with_)


async def _first(offered: Iterable[str], typed: str, with_: Tools) -> _Feed:
    """Give the first of these places that holds a feed."""
    problem: Exception = ParseError("there is no feed, and no page that names one")
    for url in offered:
        try:
            fetched = await with_.get(_asked(url, typed))
            return fetched, url, await with_.parsed(fetched)
        except (FetchError, ParseError) as error:
            problem = error
    raise ParseError(f"no feed was found there: {problem}") from problem


def _asked(url: str, typed: str) -> Asked:
    """Ask for a place that is no feed of ours yet.

    What the reader typed may lie in a private network; what a page names may only
    where it is the same host.
    """
    return Asked(0, url, Validators(), "", typed=_same_host(url, typed), failures=0)


def _same_host(one: str, other: str) -> bool:
    return clean.host(one) == clean.host(other)
