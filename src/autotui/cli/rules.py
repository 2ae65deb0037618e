"""Commands about rules: list, add, remove, enable, disable, preview, apply."""

import argparse
from collections.abc import Sequence
from typing import Final

from autotui import cli, query
from autotui.cli import output, stories
from autotui.cli.feeds import library
from autotui.library import Library
from autotui.model import Article
from autotui.paths import Paths
from autotui.rules import Draft, Rule

_COLUMNS: Final = ("id", "enabled", "hits", "name", "query", "actions", "trouble")
_MARKS: Final = ("star", "later", "read")
_SHOWN: Final = 20
"""Titles that a person is shown of what would be changed."""


async def rules(options: argparse.Namespace, places: Paths) -> int:
    """List the rules, or do what was asked with one."""
    async with library(places) as door:
        match options.what:
            case None:
                values = [_json(each) for each in await door.rules.every()]
                output.rows(options, values, _COLUMNS)
            case "add":
                return await _add(door, options)
            case "preview":
                return await _preview(door, options)
            case "apply":
                rule = await door.rules.find(options.name.strip())
                await stories.judged(door, query.parse(rule.query))
                step = await door.rules.apply(rule)
                stories.changed(options, step.ids)
            case what:
                return await _change(door, options, what)
    return cli.DONE


async def _add(door: Library, options: argparse.Namespace) -> int:
    text, actions = _given(options)
    await door.rules.save(Draft(options.name.strip(), text, actions))
    rule = (await door.rules.every())[-1]
    _tell(options, rule, "added")
    return cli.DONE


async def _change(door: Library, options: argparse.Namespace, what: str) -> int:
    rule = await door.rules.find(options.name.strip())
    if what == "remove":
        await door.rules.delete(rule)
        _tell(options, rule, "removed")
    else:
        await door.rules.enable(rule, on=what == "enable")
        _tell(options, await door.rules.find(rule.name), f"{what}d")
    return cli.DONE


async def _preview(door: Library, options: argparse.Namespace) -> int:
    """Tell what a rule would change: one there is, or one that is only thought of."""
    text, actions = _given(options)
    if not actions:
        rule = await door.rules.find(text)
        text, actions = rule.query, rule.actions
    await stories.judged(door, query.parse(text))
    ids = await door.rules.preview(text, actions)
    if options.json or options.jsonl:
        output.one({"would_change": list(ids)})
        return cli.DONE
    print(f"{len(ids)} would be changed")
    _titles(await door.articles(ids[:_SHOWN]), len(ids))
    return cli.DONE


def _given(options: argparse.Namespace) -> tuple[str, tuple[str, ...]]:
    """Give the query, and the actions: ``+tag`` among the words, the others as options."""
    words = [each.strip() for each in options.query]
    tags = [each for each in words if each.startswith("+")]
    text = " ".join(each for each in words if not each.startswith("+"))
    return text, (*tags, *(each for each in _MARKS if getattr(options, each)))


def _titles(found: Sequence[Article], total: int) -> None:
    for article in found:
        print(f"{article.id}  {article.title}")
    if total > len(found):
        print(f"and {total - len(found)} more")


def _tell(options: argparse.Namespace, rule: Rule, word: str) -> None:
    if options.json or options.jsonl:
        output.one(_json(rule))
    else:
        print(f"{word} rule {rule.name}")


def _json(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "name": rule.name,
        "query": rule.query,
        "actions": list(rule.actions),
        "enabled": rule.enabled,
        "trouble": rule.trouble or None,
        "hits": rule.hits,
        "made_at": output.moment(rule.made_at),
    }
