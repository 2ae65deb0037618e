"""Commands that bring in what another reader has: a list of feeds, or newsboat's all."""

import argparse
from collections.abc import Iterable
from dataclasses import asdict
from typing import Final

from autotui import cli
from autotui.brought import Brought
from autotui.cli import output
from autotui.cli.feeds import library
from autotui.paths import Paths

_TOLD: Final = 100
"""How many refused rows are told one by one to a person."""
_UNCHANGED: Final = "; nothing was changed"


async def import_(options: argparse.Namespace, places: Paths) -> int:
    """Subscribe to what an OPML file lists, or bring over what newsboat has."""
    if (options.file is None) == (options.newsboat is None):
        output.say(
            "autotui import: name an OPML file ('-' is standard input), or say --newsboat"
        )
        return cli.WRONG_USE
    if options.newsboat is not None:
        return await _newsboat(options, places)
    if options.star is not None:
        output.say("autotui import: --star goes with --newsboat")
        return cli.WRONG_USE
    async with library(places) as door:
        done = await door.upkeep.import_opml(options.file, dry_run=options.dry_run)
    if options.json or options.jsonl:
        refused = [{"url": url, "reason": reason} for url, reason in done.refused]
        output.one({"added": done.added, "known": done.known, "refused": refused})
        return cli.DONE
    _tell("refused", done.refused)
    word, end = ("new", _UNCHANGED) if options.dry_run else ("added", "")
    counts = f"{done.known} already there, {len(done.refused)} refused"
    print(f"{done.added} {word}, {counts}{end}")
    return cli.DONE


async def _newsboat(options: argparse.Namespace, places: Paths) -> int:
    folder = None if options.newsboat is True else options.newsboat
    star = "s" if options.star is None else options.star
    async with library(places) as door:
        done = await door.upkeep.import_newsboat(folder, star=star, dry_run=options.dry_run)
    if options.json or options.jsonl:
        output.one(
            {
                **asdict(done),
                "refused": [{"url": url, "reason": why} for url, why in done.refused],
                "left": [{"what": what, "reason": why} for what, why in done.left],
            }
        )
        return cli.DONE
    _tell("refused", done.refused)
    _tell("not brought over:", done.left)
    print(_summary(done, dry_run=options.dry_run))
    return cli.DONE


def _summary(done: Brought, *, dry_run: bool) -> str:
    word, end = ("new", _UNCHANGED) if dry_run else ("added", "; undo takes it back")
    new = "" if dry_run else f" ({done.new} new)"
    return (
        f"{done.added} feeds {word}, {done.known} already there, {len(done.refused)} "
        f"refused; {done.stories} stories{new}, {done.read} read, {done.starred} starred, "
        f"{done.tagged} tagged; {done.queries} queries{end}"
    )


def _tell(word: str, rows: Iterable[tuple[str, str]]) -> None:
    every = tuple(rows)
    for what, reason in every[:_TOLD]:
        output.say(f"{word} {what or '(no address)'}: {reason}")
    if more := len(every[_TOLD:]):
        output.say(f"and {more} more; --json lists them")
