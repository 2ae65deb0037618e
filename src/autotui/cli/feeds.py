"""Commands about feeds: add, remove, edit, feeds, refresh, import, export."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime

from autotui import cli, config, health
from autotui.cli import output
from autotui.edits import Edit
from autotui.errors import BUSY, BusyError, SeveralFeedsError
from autotui.library import Library
from autotui.model import Feed, FeedUpdate, how_many
from autotui.paths import Paths

_COMPLETING_SECONDS = 30.0
"""How long a refresh goes on for the full text of stories."""
_HEALTH = (
    *("id", "title", "succeeded_at", "newest_at", "stories_a_week", "silent_days"),
    *("opened", "tagged", "trouble"),
)
_COLUMNS = ("id", "unread", "total", "folder", "title", "url", "error")


async def add(options: argparse.Namespace, places: Paths) -> int:
    """Subscribe to a feed."""
    async with library(places) as door:
        try:
            feed, added = await door.subscribe(
                options.url.strip(),
                folder=options.folder,
                title=options.title,
                first=options.first,
            )
        except SeveralFeedsError as error:
            choices = [{"url": url, "title": title} for url, title in error.choices]
            if options.json or options.jsonl:
                output.one({"choices": choices})
            else:
                output.rows(options, choices, ("url", "title"))
            output.say(f"autotui: {error}, or take the first with --first")
            return cli.FAILED
    if options.json or options.jsonl:
        output.one({**output.feed(feed), "added": added})
    else:
        word = "added" if added else "already there:"
        print(f"{word} {feed.id} {feed.title} ({how_many(feed.total)})")
    return cli.DONE


async def remove(options: argparse.Namespace, places: Paths) -> int:
    """Remove a feed."""
    async with library(places) as door:
        feed = await door.feed(options.feed)
        await door.remove_feed(feed)
    _feed(options, feed, "removed")
    return cli.DONE


async def edit(options: argparse.Namespace, places: Paths) -> int:
    """Change a feed."""
    async with library(places) as door:
        feed = await door.feed(options.feed)
        selectors = options.selector
        wanted = Edit(
            title=options.title,
            folder=options.folder,
            url=options.url,
            minutes=options.every,
            pages=options.full_text,
            selectors=None if selectors is None else tuple(selectors),
            muted=options.muted,
            keep_days=options.keep_days,
        )
        await door.upkeep.edit(feed, wanted)
        feed = await door.feed(str(feed.id))
    _feed(options, feed, "changed")
    return cli.DONE


async def feeds(options: argparse.Namespace, places: Paths) -> int:
    """List the feeds, or how they do."""
    async with library(places) as door:
        if options.health:
            now = door.now()
            worst = health.ordered(await door.upkeep.health(), "worst", now)
            told = (output.health(each, now) for each in worst)
            output.rows(options, told, _HEALTH)
            return cli.DONE
        found = await door.feeds()
    output.rows(options, map(output.feed, found), _COLUMNS)
    return cli.DONE


async def refresh(options: argparse.Namespace, places: Paths) -> int:
    """Ask feeds, a line for each as soon as it is known."""
    async with library(places) as door:
        every = {feed.id: feed for feed in await door.feeds()}
        only = [await door.feed(each) for each in options.feeds]
        updates, busy = [], False
        try:
            async with aclosing(door.refresh(only, force=options.force)) as coming:
                async for update in coming:
                    updates.append(update)
                    _tell(options, update, every[update.feed_id])
        except BusyError as error:
            # Nothing failed: the other refresh does what this one was asked for.
            busy = True
            output.say(f"autotui: {error}; nobody was asked twice")
        if not options.child and not busy and door.config.refresh.full_text:
            await _complete(door)
        after = {feed.id: feed for feed in await door.feeds()}
    asked = {update.feed_id for update in updates}
    skipped = [
        _skipped(after.get(feed.id, feed), busy=busy)
        for feed in only or every.values()
        if feed.id not in asked
    ]
    if options.json:
        output.one([asdict(each) for each in (*updates, *skipped)])
    else:
        for update in skipped:
            _tell(options, update, every[update.feed_id])
    return _code(updates)


async def export(options: argparse.Namespace, places: Paths) -> int:
    """Write all subscriptions as OPML, or stories in another form."""
    if options.csv or options.jsonl or options.markdown or options.epub:
        from autotui.cli import exports

        return await exports.stories(options, places)
    if options.query or options.to:
        output.say(
            "autotui export: a query and --to want --csv, --jsonl, --markdown or --epub; "
            "OPML has all feeds, and goes to standard output"
        )
        return cli.WRONG_USE
    async with library(places) as door:
        written, bare = await door.upkeep.opml()
    sys.stdout.buffer.write(written)
    if bare:
        some = "1 address was written without its"
        some = some if bare == 1 else f"{bare} addresses were written without their"
        output.say(f"autotui: {some} user and password")
    return cli.DONE


@asynccontextmanager
async def library(places: Paths, at: datetime | None = None) -> AsyncIterator[Library]:
    """Open the Library for a command, which fetches and parses by itself.

    Where ``at`` is given, it is always that time.
    """
    now = (lambda: at) if at else (lambda: datetime.now(UTC))
    async with Library(places, config.load(places.config), inline=True, now=now) as door:
        try:
            yield door
        finally:
            # Damage may be met later than at the start.
            if told := door.condition.told:
                output.say(f"autotui: {told}")


async def _complete(door: Library) -> None:
    """Fetch the pages of stories that feeds cut off, for a while; tell how many."""
    full = asked = 0
    # What is left comes after the next refresh: slow sites must not make this one long.
    with suppress(BusyError, TimeoutError):
        async with (
            asyncio.timeout(_COMPLETING_SECONDS),
            aclosing(door.full_text.fetch()) as coming,
        ):
            async for update in coming:
                asked += update.asked
                full += update.completeness == "full"
    if asked:
        output.say(f"autotui: {full} of {asked} stories that were cut off are whole now")


def _feed(options: argparse.Namespace, feed: Feed, word: str) -> None:
    if options.json or options.jsonl:
        output.one(output.feed(feed))
    else:
        print(f"{word} {feed.id} {feed.title}")


def _skipped(feed: Feed, *, busy: bool) -> FeedUpdate:
    due = f"not due before {output.moment(feed.next_check_at) or 'asked for'}"
    return FeedUpdate(feed.id, feed.url, "skipped", reason=BUSY if busy else due)


def _tell(options: argparse.Namespace, update: FeedUpdate, feed: Feed) -> None:
    if options.jsonl:
        output.one(asdict(update))
    elif not options.json:
        news = f"{update.new} new, {update.changed} changed"
        detail = update.error or update.reason or news
        print(f"{update.status:9}  {feed.title}: {detail}", flush=True)


def _code(updates: list[FeedUpdate]) -> int:
    asked = [update for update in updates if update.status != "skipped"]
    failed = sum(update.error is not None for update in asked)
    if not failed:
        return cli.DONE
    return cli.ALL_FEEDS_FAILED if failed == len(asked) else cli.SOME_FEEDS_FAILED
