"""Stories as files for other programs: CSV with the figures as columns, JSON lines."""

import argparse
import csv
import sys
from collections.abc import AsyncIterator
from typing import Final, get_args

from autotui import cli, query
from autotui.cli import output, stories
from autotui.cli.feeds import library
from autotui.drivetrain.findings import Fact, FactKind, NameKind
from autotui.judging import Findings
from autotui.library import Library
from autotui.model import Article
from autotui.paths import Paths
from autotui.query import Query

_PLAIN: Final = (
    *("id", "published_at", "feed_title", "title", "url", "author", "language", "words"),
    *("read", "starred", "later", "tags", "score"),
)
_UNITS: Final = {
    "battery_capacity": "kwh",
    "power": "kw",
    "torque": "nm",
    "voltage": "v",
    "range": "km",
    "charge_power": "kw",
    "charge_time": "min",
    "plant_capacity": "gwh",
    "motor_speed": "rpm",
}
"""Of each kind of fact that has always the same unit; of others the unit stands beside."""
_FORMULA: Final = ("=", "+", "-", "@")


async def csv_(options: argparse.Namespace, places: Paths) -> int:
    """Write the stories that a query finds as CSV (RFC 4180), a row each."""
    wanted = query.parse(" ".join(options.query))
    writer = csv.writer(sys.stdout)
    facts = [_column(kind) for kind in get_args(FactKind)]
    writer.writerow([*_PLAIN, *(f"{kind}s" for kind in get_args(NameKind)), *facts])
    async with library(places) as door:
        async for article, found in _found(door, wanted):
            writer.writerow(map(_harmless, _row(article, found)))
    return cli.DONE


async def jsonl(options: argparse.Namespace, places: Paths) -> int:
    """Write the stories that a query finds as JSON, one a line, with all that is known."""
    wanted = query.parse(" ".join(options.query))
    async with library(places) as door:
        async for article, found in _found(door, wanted):
            body = await door.document(article.id)
            about = await door.full_text.about(article.id)
            output.one(stories.whole(article, body, found, about))
    return cli.DONE


async def _found(door: Library, wanted: Query) -> AsyncIterator[tuple[Article, Findings]]:
    await stories.judged(door, wanted)
    learned = await door.judging.learned()
    async for article in stories.paged(door, (await door.listing(wanted)).ids):
        yield article, await door.judging.findings(article.id, learned)


def _column(kind: str) -> str:
    return f"{kind}_{_UNITS[kind]}" if kind in _UNITS else kind


def _row(article: Article, found: Findings) -> list[str]:
    told = output.article(article)
    plain = [_text(told[name]) for name in _PLAIN]
    names = [
        "; ".join(each.name for each in found.names if each.kind == kind)
        for kind in get_args(NameKind)
    ]
    facts = [
        "; ".join(_told(each) for each in found.facts if each.kind == kind)
        for kind in get_args(FactKind)
    ]
    return [*plain, *names, *facts]


def _told(fact: Fact) -> str:
    """Give a value, with its unit where the column does not name it."""
    value = fact.value if isinstance(fact.value, str) else output.number(fact.value)
    return value if fact.kind in _UNITS else f"{value} {fact.unit}".strip()


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking what an outlet wrote for a formula (OWASP)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
