"""Commands about stories: list, show, mark, tag."""

import argparse
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from typing import Final

from autotui import cli, document, fields, query
from autotui.cli import output
from autotui.cli.feeds import library
from autotui.document import Document
from autotui.errors import QueryError, UnknownError
from autotui.forms import markdown
from autotui.judging import Findings
from autotui.library import Library
from autotui.model import EV_DRIVETRAIN, Article, Mark
from autotui.pages import About, Page
from autotui.paths import Paths
from autotui.query import Query

_COLUMNS: Final = (
    "id",
    "published_at",
    "read",
    "starred",
    "tags",
    "feed_title",
    "title",
)
_PAGE: Final = 200
_MARKS: Final[dict[str, tuple[Mark, bool]]] = {
    "read": ("read", True),
    "unread": ("read", False),
    "star": ("starred", True),
    "unstar": ("starred", False),
    "later": ("later", True),
    "not-later": ("later", False),
}


async def list_(options: argparse.Namespace, places: Paths) -> int:
    """List stories."""
    wanted = query.parse(" ".join(options.query))
    async with library(places) as door:
        await judged(door, wanted)
        found = _found(door, wanted, options)
        if options.jsonl:
            async for value in found:
                output.one(value)
        else:
            output.rows(options, [value async for value in found], _COLUMNS)
    return cli.DONE


async def show(options: argparse.Namespace, places: Paths) -> int:
    """Print one story."""
    async with library(places) as door:
        body = await door.document(options.id)
        (article,) = await door.articles([options.id])
        if options.json or options.jsonl:
            found = await door.judging.findings(options.id)
            about = await door.full_text.about(options.id)
            output.one(whole(article, body, found, about))
            return cli.DONE
    if options.markdown:
        print(markdown.story(article, body), end="")
    else:
        print(_plain(article, body))
    return cli.DONE


async def mark(options: argparse.Namespace, places: Paths) -> int:
    """Mark stories."""
    name, on = _MARKS[options.mark]
    async with library(places) as door:
        step = await door.mark(await targets(door, options.targets), name, on=on)
    changed(options, step.ids)
    return cli.DONE


async def tag(options: argparse.Namespace, places: Paths) -> int:
    """Set and take tags."""
    names = [each.strip() for each in options.targets if _is_tag(each)]
    rest = [each for each in options.targets if not _is_tag(each)]
    if not names or not rest:
        output.say("autotui tag: name stories and tags: autotui tag 12 +inverter")
        return cli.WRONG_USE
    add = [each[1:] for each in names if each.startswith("+")]
    remove = [each[1:] for each in names if each.startswith("-")]
    async with library(places) as door:
        step = await door.tag(await targets(door, rest), add, remove)
    changed(options, step.ids)
    return cli.DONE


def _is_tag(target: str) -> bool:
    """Whether it is ``+name`` or ``-name``, as against ``-is:read`` of a query."""
    stripped = target.strip()
    is_query = set(stripped) & set(':" ()')
    return stripped.startswith("+") or (stripped.startswith("-") and not is_query)


async def targets(door: Library, targets: Sequence[str]) -> Sequence[int]:
    """Give the ids that were listed, or that a query finds."""
    text = " ".join(targets).strip()
    if not text:
        raise QueryError("no story is named; is:unread names all unread ones")
    if text.replace(" ", "").isdecimal():
        ids = [int(each) for each in text.split() if fields.is_number(each)]
        await check(door, ids)
        return ids
    wanted = query.parse(text)
    await judged(door, wanted)
    return (await door.listing(wanted)).ids


async def judged(door: Library, wanted: Query) -> None:
    """Judge the stories that wait for it, where a query asks for what comes of that."""
    if query.asks_findings(wanted.node):
        async with aclosing(door.judge()) as batches:
            async for _ in batches:
                pass


async def _found(
    door: Library, wanted: Query, options: argparse.Namespace
) -> AsyncIterator[dict[str, object]]:
    """Give the stories as JSON, read a page at a time."""
    listing = await door.listing(wanted, options.limit or None)
    async for article in paged(door, listing.ids):
        value = output.article(article)
        if options.full:
            value |= output.body(await door.document(article.id))
        yield value


async def paged(door: Library, ids: Sequence[int]) -> AsyncIterator[Article]:
    """Give these stories, read a page at a time."""
    for at in range(0, len(ids), _PAGE):
        for article in await door.articles(ids[at : at + _PAGE]):
            yield article


async def check(door: Library, ids: Sequence[int]) -> None:
    """Raise UnknownError for an id that is no story's."""
    found = {article.id for article in await door.articles(ids)}
    if missing := [each for each in ids if each not in found]:
        raise UnknownError(f"there is no story {missing[0]}; nothing was changed")


def whole(
    article: Article, body: Document, found: Findings, about: About | None
) -> dict[str, object]:
    """Give all that is known of a story as JSON; the feed's own word wins."""
    page = output.about(about.page if about else Page())
    feeds = {
        "site": article.feed_title,
        "author": article.author or None,
        "published_at": output.moment(article.published_at),
        "updated_at": output.moment(article.updated_at),
        "language": article.language or None,
    }
    note = (about.error or about.page.note) if about else ""
    told = output.findings(found)
    pending = found.suggested and EV_DRIVETRAIN not in article.tags
    suggestion = {
        "tag": EV_DRIVETRAIN,
        "score": told["score"],
        "evidence": told["evidence"],
    }
    return {
        **output.article(article),
        **output.body(body),
        "facts": told["facts"],
        "names": told["names"],
        "suggestions": [suggestion] * pending,
        "images": [output.image(each) for each in body.images],
        "metadata": {
            **page,
            **{name: value or page[name] for name, value in feeds.items()},
            "title": article.title,
            "note": note or None,
        },
    }


def _byline(article: Article) -> str:
    local = article.published_at.astimezone().strftime("%d %b %Y %H:%M %Z")
    parts = (article.feed_title, article.author, local, f"{article.words} words")
    return " · ".join(part for part in parts if part)


def _plain(article: Article, body: Document) -> str:
    """Give a story as plain lines, fit for a pager or a screen reader."""
    links = [f"[{number}] {url}" for number, url in enumerate(body.links, 1)]
    captions = [f"Image: {image.text}" for image in body.images if image.text]
    tags = " ".join(f"#{tag}" for tag in article.tags)
    head = "\n".join(
        part for part in (article.title, _byline(article), article.url, tags) if part
    )
    parts = (head, document.to_text(body), "\n".join(captions), "\n".join(links))
    return "\n\n".join(part for part in parts if part)


def changed(options: argparse.Namespace, ids: Sequence[int]) -> None:
    """Tell which stories changed, or to a person how many."""
    if options.json or options.jsonl:
        output.one({"changed": list(ids)})
    else:
        print(f"{len(ids)} changed", file=sys.stdout)
