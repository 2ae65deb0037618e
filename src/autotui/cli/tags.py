"""Commands about tags themselves: list, rename, merge, delete, colour."""

import argparse
from typing import Final

from autotui import clean, cli
from autotui.cli import output
from autotui.cli.feeds import library
from autotui.library import Library
from autotui.paths import Paths
from autotui.tags import Tag

_COLUMNS: Final = ("name", "stories", "unread", "last_used_at", "colour")
_NONE: Final = "none"


async def tags(options: argparse.Namespace, places: Paths) -> int:
    """List the tags, or do what was asked with one."""
    async with library(places) as door:
        if options.what is None:
            values = [_json(each) for each in await door.tagging.every()]
            output.rows(options, values, _COLUMNS)
        else:
            tag, told = await _changed(door, options)
            if options.json or options.jsonl:
                output.one(_json(tag))
            else:
                print(told)
    return cli.DONE


async def _changed(door: Library, options: argparse.Namespace) -> tuple[Tag, str]:
    """Change a tag; give it as it is then, a deleted one as it was, and what was done."""
    tagging, name = door.tagging, options.name.strip()
    if options.what in {"rename", "merge"}:
        merge = options.what == "merge"
        other = options.other.strip()
        await (tagging.merge if merge else tagging.rename)(name, other)
        told = f"{clean.tag(name)} {'into' if merge else 'to'} {clean.tag(other)}"
        return await tagging.find(other), f"{options.what}d {told}"
    tag = await tagging.find(name)
    if options.what == "delete":
        await tagging.delete(tag.name)
        return tag, f"deleted {tag.name}"
    colour = "" if options.colour == _NONE else options.colour
    await tagging.paint(tag.name, colour)
    return await tagging.find(tag.name), f"{tag.name} is {colour or 'without colour'}"


def _json(tag: Tag) -> dict[str, object]:
    return {
        "name": tag.name,
        "colour": tag.colour or None,
        "stories": tag.total,
        "unread": tag.unread,
        "own": tag.own,
        "last_used_at": output.moment(tag.used_at),
    }
