"""Commands that keep the database well: maintenance, backup, restore."""

import argparse
from typing import Final

from autotui import cli, keeping
from autotui.cli import output
from autotui.cli.feeds import library
from autotui.keeping import Maintained
from autotui.model import how_many
from autotui.paths import Paths

_TOLD: Final = 100
"""How many texts are told one by one to a person."""
_NOT_PART: Final = "the config and cached images are no part of it"


async def maintenance(options: argparse.Namespace, places: Paths) -> int:
    """Check the database, let old texts go, close its gaps."""
    async with library(places) as door:
        done = await door.keeping.maintain(dry_run=options.dry_run)
    healthy = done.verdict == "ok"
    if options.json or options.jsonl:
        output.one(
            {
                "verdict": done.verdict,
                "feeds": [each._asdict() for each in done.feeds],
                "texts": [each._asdict() for each in done.texts],
                "before": done.before,
                "after": done.after,
                "skipped": done.skipped or None,
            }
        )
    elif healthy:
        _show(done, dry_run=options.dry_run)
    if healthy:
        return cli.DONE
    output.say(f"autotui: the database is damaged: {done.verdict}; nothing was done")
    return cli.FAILED


async def backup(options: argparse.Namespace, places: Paths) -> int:
    """Copy the database to a file."""
    file = options.file.expanduser().absolute()
    async with library(places) as door:
        await door.keeping.backup(file, over=options.force)
    size = file.stat().st_size
    if options.json or options.jsonl:
        output.one({"file": str(file), "bytes": size})
    else:
        print(f"backed up to {file}, {_megabytes(size)}; {_NOT_PART}")
    return cli.DONE


async def restore(options: argparse.Namespace, places: Paths) -> int:
    """Put a backup in the database's place."""
    file = options.file.expanduser().absolute()
    aside = await keeping.restore(places.database, file)
    async with library(places) as door:
        feeds = await door.feeds()
    stories = sum(each.total for each in feeds)
    if options.json or options.jsonl:
        output.one(
            {
                "feeds": len(feeds),
                "stories": stories,
                "set_aside": str(aside) if aside else None,
            }
        )
        return cli.DONE
    former = f"; what was there before lies at {aside}" if aside else ""
    print(f"restored {len(feeds)} feeds and {how_many(stories)}{former}")
    return cli.DONE


def _show(done: Maintained, *, dry_run: bool) -> None:
    names = ("id", "title", "stories", "texts", "size")
    sizes = [[*map(str, each[:-1]), _megabytes(each.bytes)] for each in done.feeds]
    output.table(sizes, names)
    word = "would go" if dry_run else "went"
    for text in done.texts[:_TOLD]:
        print(f"{word}: the text of {text.id} {text.title}")
    if more := len(done.texts[_TOLD:]):
        print(f"and {more} more; --json lists them")
    room = _megabytes(sum(each.bytes for each in done.texts))
    now = "" if dry_run else f", now {_megabytes(done.after)}"
    print(
        f"{len(done.texts)} texts {word}, {room}; database {_megabytes(done.before)}{now}"
    )
    if done.skipped and not dry_run:
        output.say(f"autotui: its gaps were not closed: {done.skipped}")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
