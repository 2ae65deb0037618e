"""Commands about EV drivetrains: suggest, judge, learned."""

import argparse
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from autotui import cli, judging, query
from autotui.cli import given, output, stories
from autotui.cli.feeds import library
from autotui.errors import ParseError
from autotui.library import Library
from autotui.model import EV_DRIVETRAIN, how_many
from autotui.paths import Paths

if TYPE_CHECKING:
    from autotui.drivetrain.learned import Learned

_COLUMNS: Final = ("article_id", "score", "title")
_MAX_LINE: Final = 8_000_000
"""Bytes of a line with a story."""


class _Row(NamedTuple):
    title: str
    text: str
    label: bool | None


async def suggest(options: argparse.Namespace, places: Paths) -> int:
    """List suggestions, after the verdicts that were given."""
    async with library(places) as door:
        await stories.check(door, [*options.accept, *options.reject])
        if options.accept:
            await door.judging.accept(options.accept, options.tag)
        if options.reject:
            await door.judging.reject(options.reject, options.tag)
        await stories.judged(door, query.parse("is:suggested"))
        found = await door.judging.suggestions(options.tag, options.limit or None)
    values = [
        {
            "article_id": each.article.id,
            "title": each.article.title,
            "tag": each.tag,
            "score": round(each.score, 4),
            "evidence": output.evidence(each.evidence),
        }
        for each in found
    ]
    output.rows(options, values, _COLUMNS)
    return cli.DONE


async def judge(options: argparse.Namespace, places: Paths) -> int:
    """Judge stories that are given, and none of the cache."""
    taught = None
    if options.learned:
        async with library(places) as door:
            taught = await door.judging.learned()
    rows = _rows(options.file)
    if options.evaluate:
        return _evaluate(rows, taught)
    for row in rows:
        output.one(output.findings(judging.find(row.title, row.text, taught)))
    return cli.DONE


async def learned(options: argparse.Namespace, places: Paths) -> int:
    """Show what was learned, forget it, or judge all stories by it."""
    async with library(places) as door:
        if options.apply:
            return await _apply(door, options)
        if options.reset:
            forgotten = await door.judging.forget(options.tag)
            _told(options, {"forgotten": forgotten}, f"{forgotten} verdicts forgotten")
            return cli.DONE
        found = await door.judging.learned(options.tag)
    _show(options, found)
    return cli.DONE


async def _apply(door: Library, options: argparse.Namespace) -> int:
    total = 0
    async for done in door.judge():
        total += done
        if options.jsonl:
            output.one({"judged": done})
    if not options.jsonl:
        _told(options, {"judged": total}, f"{how_many(total)} judged")
    return cli.DONE


def _show(options: argparse.Namespace, found: "Learned") -> None:
    from autotui.drivetrain import learn

    weigh = learn.weights if options.tag == EV_DRIVETRAIN else learn.plain_weights
    weights = weigh(found)
    features = [
        {
            "feature": name,
            "accepted": found.counts[name][0],
            "rejected": found.counts[name][1],
            "weight": round(weight, 4),
        }
        for name, weight in sorted(
            weights.items(), key=lambda each: (-abs(each[1]), each[0])
        )
    ]
    if options.json or options.jsonl:
        output.one(
            {
                "tag": options.tag,
                "accepted": found.accepted,
                "rejected": found.rejected,
                "features": features,
            }
        )
        return
    print(f"{options.tag}: {found.accepted} accepted, {found.rejected} rejected")
    rows = [[str(value) for value in each.values()] for each in features[:50]]
    output.table(rows, ("feature", "accepted", "rejected", "weight"))


def _evaluate(rows: Iterable[_Row], taught: "Learned | None") -> int:
    from autotui.drivetrain import learn, score

    labelled = []
    for number, row in enumerate(rows, 1):
        if row.label is None:
            raise ParseError(f'line {number} has no label: add "label": true or false')
        labelled.append((row.title, row.text, row.label))
    by = score.judge if taught is None else partial(learn.judge, taught)
    output.one(score.evaluate(labelled, by)._asdict())
    return cli.DONE


def _rows(file: Path | None) -> Iterator[_Row]:
    """Read the stories; raise ParseError that names the line."""
    for where, row in given.rows(file, _MAX_LINE):
        yield _row(row, where)


def _row(found: dict[str, Any], where: str) -> _Row:
    title, text, label = (found.get(name) for name in ("title", "text", "label"))
    if not isinstance(title, str | None) or not isinstance(text, str | None):
        raise ParseError(f"{where}: title and text must be strings")
    return _Row(title or "", text or "", label if isinstance(label, bool) else None)


def _told(options: argparse.Namespace, value: dict[str, int], words: str) -> None:
    if options.json or options.jsonl:
        output.one(value)
    else:
        print(words)
