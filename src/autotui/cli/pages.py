"""Commands about stories' pages: extract, fetch-full."""

import argparse
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Final

from autotui import cli, document, fulltext
from autotui.cli import given, output, stories
from autotui.cli.feeds import library
from autotui.errors import BusyError, ParseError
from autotui.packing import unpack
from autotui.pages import MAX_BYTES, Meter, Page, StoryUpdate
from autotui.paths import Paths

_MAX_LINE: Final = 40_000_000
"""Bytes of a line with a page, written as JSON."""
_WEB: Final = ("http://", "https://")


async def extract(options: argparse.Namespace, places: Paths) -> int:
    """Read story pages that are given, and none of the cache."""
    if options.jsonl:
        for value in _many(_file(options.page) if options.page else None):
            output.one(value)
        return cli.DONE
    if not options.page:
        output.say("autotui extract: name a file or an address; --jsonl reads many")
        return cli.WRONG_USE
    text = ""
    if options.feed_text:
        text = given.content(options.feed_text, MAX_BYTES).decode("utf-8", "replace")
    if options.page.lower().startswith(_WEB):
        async with library(places) as door:
            page = await door.full_text.read_at(options.page, text)
    else:
        path = _file(options.page)
        page = fulltext.read(given.content(path, MAX_BYTES), options.url or "", text)
    output.one(told(page)) if options.json else print(_plain(page))
    return cli.DONE


async def fetch_full(options: argparse.Namespace, places: Paths) -> int:
    """Fetch the full text of stories, a line for each as soon as it is known."""
    if bool(options.targets) == options.due:
        output.say("autotui fetch-full: name stories, or ask for those that are --due")
        return cli.WRONG_USE
    updates: list[StoryUpdate] = []
    async with library(places) as door:
        ids = None if options.due else await stories.targets(door, options.targets)
        try:
            coming = door.full_text.fetch(ids, force=options.force)
            async with aclosing(coming) as found:
                async for update in found:
                    updates.append(update)
                    _tell(options, update)
        except BusyError as error:
            output.say(f"autotui: {error}; try again later")
            return cli.FAILED
    if options.json:
        output.one([each._asdict() for each in updates])
    elif not options.jsonl:
        print(_counted(updates).in_words)
    return cli.DONE


def _file(page: str) -> Path:
    return given.STDIN if page.strip() == "-" else Path(page).expanduser()


def _counted(updates: list[StoryUpdate]) -> Meter:
    states = [each.completeness for each in updates]
    counts = {name: states.count(name) for name in states}
    return Meter(len(updates), **counts)


def _tell(options: argparse.Namespace, update: StoryUpdate) -> None:
    if options.jsonl:
        output.one(update._asdict())
    elif not options.json:
        detail = update.error or f"{update.words:,} words"
        print(f"{update.completeness:8}  {update.title}: {detail}", flush=True)


def _many(file: Path | None) -> Iterator[dict[str, object]]:
    """Read a page a line: ``{id, html, url}``."""
    for where, row in given.rows(file, _MAX_LINE):
        html, url = row.get("html"), row.get("url") or ""
        if not isinstance(html, str) or not isinstance(url, str):
            raise ParseError(f"{where}: html and url must be strings")
        value: dict[str, object] = {"id": row.get("id")}
        try:
            value |= told(fulltext.read(html, url)) | {"error": None}
        except ParseError as error:
            value |= told(Page()) | {"completeness": None, "error": str(error)}
        yield value


def told(page: Page) -> dict[str, object]:
    """Give a page as JSON."""
    body = unpack(page.body.packed, page.body.text)
    return {
        **output.about(page),
        "images": [output.image(each) for each in body.images],
        "completeness": page.completeness,
        "note": page.note or None,
        "words": page.words,
        "text": page.body.text,
        "markdown": document.to_markdown(body),
    }


def _plain(page: Page) -> str:
    """Give a page as plain lines."""
    dates = [("", page.published_at), ("updated ", page.updated_at)]
    byline = " · ".join(
        part
        for part in (
            page.site,
            ", ".join(page.authors),
            *(f"{word}{output.moment(at)}" for word, at in dates if at),
        )
        if part
    )
    head = "\n".join(part for part in (page.title, page.dek, byline, page.note) if part)
    return "\n\n".join(part for part in (head, page.body.text) if part)
