"""From an address or an OPML file to subscriptions.

Runs where the refresh runs, for it fetches and parses what strangers wrote.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Final

from autotui import clean, opml, store
from autotui.config import Config
from autotui.errors import FetchError, ParseError, SeveralFeedsError
from autotui.ingest import discover, guesses, places
from autotui.ingest.discover import Offers
from autotui.ingest.fetch import Fetched
from autotui.model import Imported, ParsedFeed, Subscription, Validators
from autotui.refresh import BUSY, Tools, body_hash, keep
from autotui.store import feeds
from autotui.store.checks import Asked

PAGE_SECONDS: Final = 10.0
OPML_SECONDS: Final = 30.0
_MAX_NAMED: Final = 3
"""How many of the feeds that a page names are tried, if the first ones are none."""
_MAX_TRIED: Final = 8
"""How many places are asked behind one page: to guess is impolite enough."""
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
    try:
        fetched, at, parsed = await _found(url, with_, first=first)
    except FetchError as error:
        plain = _without_tls(wanted.url, url)
        if error.status or not plain:
            raise
        try:
            fetched, at, parsed = await _found(plain, with_, first=first)
        except FetchError:
            raise error from None
        url = plain
    # Where it has moved to may be followed already.
    for place in {at, fetched.moved_to} - {url, ""}:
        if known := await with_.sql(_known, place):
            return known, False
    answer = with_.success(_asked(at, url), fetched, body_hash(fetched), parsed)
    feed_id, added = await with_.sql(
        feeds.subscribe,
        replace(wanted, url=at),
        typed=_same_host(at, url),
        now=answer.at,
    )
    await with_.sql(keep, feed_id, parsed, answer, with_.occasion)
    return feed_id, added


async def import_opml(content: bytes, with_: Tools, *, dry_run: bool) -> Imported:
    """Subscribe to what an OPML file lists, or only tell; no server is asked.

    A file from a friend must not make us ask machines at home: rows that name one are
    refused, unless the config allows them.
    """
    rows, refused = await with_.offload.run(opml.read, content, seconds=OPML_SECONDS)
    refusal = private((row.url for row in rows), with_.config)
    wanted = [row for row in rows if row.url not in refusal]
    added = await with_.sql(_subscribe, wanted, with_.now(), dry_run=dry_run)
    return Imported(added, len(wanted) - added, (*refused, *told(refusal)))


def private(urls: Iterable[str], config: Config) -> dict[str, str]:
    """Give the addresses on machines at home that a list must not name, and why."""
    if config.network.allow_private:
        return {}
    reason = "a private address; see allow_private in the config"
    return {url: reason for url in urls if places.named_private(clean.host(url))}


def told(refused: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give addresses and reasons as they may be shown."""
    return ((clean.public(url), reason) for url, reason in refused.items())


def _subscribe(
    db: store.Connection, wanted: Iterable[Subscription], now: datetime, *, dry_run: bool
) -> int:
    """Add them all or none; give how many are new."""
    with store.writing(db):
        known = {opml.place(url) for _, url in feeds.addresses(db)}
        new = [each for each in wanted if opml.place(each.url) not in known]
        if dry_run:
            return len(new)
        return feeds.subscribe_all(db, new, now)


def address(typed: str) -> str:
    """Give the web address that somebody meant; raise FetchError if it is none."""
    plain = typed.strip().removeprefix("feed:").removeprefix("//")
    url = clean.url(plain if "://" in plain else f"https://{plain}", userinfo=True)
    if not url:
        raise FetchError(
            # What stands before an @ may be a password.
            f"{clean.line(typed.rpartition('@')[2])!r} is no web address: "
            "it wants http:// or https://"
        )
    return url


def _without_tls(typed: str, url: str) -> str:
    """Give the http address where none was asked for, and no password is at stake."""
    return "" if "://" in typed or "@" in url else url.replace("https:", "http:", 1)


def _known(db: store.Connection, url: str) -> int:
    place = opml.place(url)
    ids = (feed_id for feed_id, at in feeds.addresses(db) if opml.place(at) == place)
    return feeds.known(db, url) or next(ids, 0)


async def _found(url: str, with_: Tools, *, first: bool) -> _Feed:
    """Give the feed at an address, or behind the page there."""
    if rule := guesses.by_rule(url):
        with suppress(ParseError):
            return await _first((rule,), url, with_)
    fetched = await with_.get(_asked(url, url))
    if found := await _as_feed(fetched, url, with_):
        return found
    page = await _offers(fetched, with_)
    # One step only: pages may send each other on without end.
    if onward := page.onward:
        with suppress(FetchError):
            fetched = await with_.get(_asked(onward, url))
            if found := await _as_feed(fetched, onward, with_):
                return found
            page = await _offers(fetched, with_)
    if len(page.feeds) > 1 and not first:
        raise SeveralFeedsError(
            f"{clean.public(url)} names {len(page.feeds)} feeds; "
            "add one of them by its address",
            [(each.url, each.title) for each in page.feeds],
        )
    return await _behind(page, fetched, url, with_)


async def _as_feed(fetched: Fetched, at: str, with_: Tools) -> _Feed | None:
    """Give what was fetched as a feed, whatever its server calls it; ``None``: a page."""
    page = discover.looks_like_page(fetched.content)
    if page and not discover.is_feed(fetched.content):
        return None
    return fetched, at, await with_.parsed(fetched)


async def _offers(fetched: Fetched, with_: Tools) -> Offers:
    """Read a page in the worker."""
    return await with_.offload.run(
        discover.offers,
        fetched.content,
        fetched.url,
        fetched.content_type,
        seconds=PAGE_SECONDS,
    )


async def _behind(page: Offers, fetched: Fetched, typed: str, with_: Tools) -> _Feed:
    """Give the first feed behind a page: one that it names, links to, or usually has."""
    host = clean.host(fetched.url)
    lead = (
        "" if host == clean.host(typed) else f"{clean.host(typed)} leads to {host}, which "
    )
    if page.obstacle and not page.feeds:
        raise ParseError(f"{lead or host + ' '}{page.obstacle}")
    named = [each.url for each in page.feeds[:_MAX_NAMED]]
    offered = (*named, *page.links, *guesses.usual(fetched.url))
    places = dict.fromkeys(each for each in offered if each not in {typed, fetched.url})
    try:
        return await _first(islice(places, _MAX_TRIED), typed, with_)
    except ParseError as error:
        if named:
            raise
        raise ParseError(
            f"{lead or host + ' '}names no feed, and there is none where feeds usually "
            "are; add the feed's own address if you know it"
        ) from error


async def _first(offered: Iterable[str], typed: str, with_: Tools) -> _Feed:
    """Give the first of these places that holds a feed."""
    problem: Exception | None = None
    for url in offered:
        try:
            fetched = await with_.get(_asked(url, typed))
            return fetched, url, await with_.parsed(fetched)
        except (FetchError, ParseError) as error:
            # The first place is the likeliest: what is wrong there is worth telling.
            problem = problem or error
            status = error.status if isinstance(error, FetchError) else None
            if status in BUSY or (status == 0 and _same_host(url, typed)):
                # A server in trouble, or one that has enough of us: no more guesses.
                break
    raise ParseError(f"no feed was found there: {problem}") from problem


def _asked(url: str, typed: str) -> Asked:
    """Ask for a place that is no feed of ours yet.

    What the reader typed may lie in a private network; what a page names may only
    where it is the same host.
    """
    return Asked(0, url, Validators(), "", typed=_same_host(url, typed), failures=0)


def _same_host(one: str, other: str) -> bool:
    return clean.host(one) == clean.host(other)
