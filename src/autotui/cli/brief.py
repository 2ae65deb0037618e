"""The brief: what happened, by component, as Markdown."""

import argparse
import sys

from autotui import cli, query
from autotui.cli import exports, stories
from autotui.cli.feeds import library
from autotui.forms import digest
from autotui.paths import Paths
from autotui.query import Query


async def brief(options: argparse.Namespace, places: Paths) -> int:
    """Print a digest; the same stories give the same bytes, whatever the time is."""
    since = options.since.strip()
    span = query.parse(f"since:{query.quoted(since)}")
    wanted = query.both(span, query.parse(" ".join(options.query)))
    async with library(places) as door:
        await stories.judged(door, wanted)
        newest = [*(await door.listing(Query(), 1)).articles.values()]
    at = newest[0].published_at if newest else None
    # Its clock stands still: spans of time are counted back from the newest story.
    async with library(places, at) as door:
        ids = (await door.listing(wanted)).ids if at else ()
        found = [each async for each in exports.found(door, ids)]
    sys.stdout.buffer.write(digest.write(found, since, at).encode())
    return cli.DONE
