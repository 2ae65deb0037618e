"""Stories as files for other programs: CSV, JSON lines, Markdown, a book.

They are read a page at a time and written as they come, however many there are.
"""

import argparse
import csv
import io
import json
import sys
from collections.abc import AsyncIterator, Sequence
from typing import Final

from autotui import cli, files, query
from autotui.cli import output
from autotui.cli import stories as listed
from autotui.cli.feeds import library
from autotui.document import Document
from autotui.errors import OutputError, TakenError
from autotui.forms import columns, filenames, markdown
from autotui.judging import Findings
from autotui.library import Library
from autotui.model import Article
from autotui.paths import Paths

_PLAIN: Final = (
    *("id", "published_at", "feed_title", "title", "url", "author", "language", "words"),
    *("read", "starred", "later", "tags", "score"),
)
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")  # noqa: RUF001 - the wide ones count as well
_FILE: Final = ".md"

Found = tuple[Article, Findings]


async def stories(options: argparse.Namespace, places: Paths) -> int:
    """Write the stories that a query finds, in the form that is asked for."""
    text = " ".join(options.query).strip()
    wanted = query.parse(text)
    async with library(places) as door:
        await listed.judged(door, wanted)
        ids = (await door.listing(wanted)).ids
        try:
            if options.epub:
                written = await _book(options, door, ids, options.title or text)
            elif options.markdown and options.to and options.to.suffix != _FILE:
                written = await _folder(options, door, ids)
            else:
                written = await _stream(options, door, ids)
        except TakenError as error:
            raise TakenError(f"{error}; --force replaces it") from error
    if options.child:
        output.one({"written": written})
    elif options.epub or options.to:
        output.say(f"autotui: {written} of {len(ids)} stories were written")
    return cli.DONE


async def found(door: Library, ids: Sequence[int]) -> AsyncIterator[Found]:
    """Give stories with what is found in them, one by one."""
    learned = await door.judging.learned()
    async for article in listed.paged(door, ids):
        yield article, await door.judging.findings(article.id, learned)


async def _stream(options: argparse.Namespace, door: Library, ids: Sequence[int]) -> int:
    """Write to a file or standard output, in UTF-8 whatever the terminal speaks."""
    write = _rows if options.csv else _lines if options.jsonl else _texts
    if options.to:
        with files.whole(options.to, over=options.force) as opened:
            async for part in write(door, ids):
                opened.write(part.encode())
    else:
        async for part in write(door, ids):
            sys.stdout.buffer.write(part.encode())
            sys.stdout.buffer.flush()
    return len(ids)


async def _rows(door: Library, ids: Sequence[int]) -> AsyncIterator[str]:
    """Give CSV (RFC 4180), a row a story."""
    yield _row([*_PLAIN, *columns.names(()), *columns.facts(())])
    async for article, told in found(door, ids):
        known = output.article(article)
        values = columns.names(told.names) | columns.facts(told.facts)
        yield _row([*(known[name] for name in _PLAIN), *values.values()])


async def _lines(door: Library, ids: Sequence[int]) -> AsyncIterator[str]:
    """Give JSON lines, with all that is known."""
    async for article, told in found(door, ids):
        body = await door.document(article.id)
        about = await door.full_text.about(article.id)
        yield (
            json.dumps(listed.whole(article, body, told, about), ensure_ascii=False) + "\n"
        )


async def _texts(door: Library, ids: Sequence[int]) -> AsyncIterator[str]:
    """Give Markdown, a blank line between stories."""
    between = ""
    async for article, told in found(door, ids):
        body = await door.document(article.id)
        yield between + markdown.with_front_matter(article, body, told)
        between = "\n"


async def _folder(options: argparse.Namespace, door: Library, ids: Sequence[int]) -> int:
    """Write a file a story; give how many. Those that are there already stay."""
    files.folder(options.to)
    kept = 0
    async for article, told in found(door, ids):
        body = await door.document(article.id)
        text = markdown.with_front_matter(article, body, told)
        try:
            name = options.to / filenames.of(article, _FILE)
            with files.whole(name, over=options.force) as opened:
                opened.write(text.encode())
        except TakenError:
            kept += 1
    if kept:
        output.say(f"autotui: {kept} files were there already; --force replaces them")
    return len(ids) - kept


async def _book(
    options: argparse.Namespace, door: Library, ids: Sequence[int], title: str
) -> int:
    """Write an EPUB, with the pictures that are here."""
    # Imported late: no other form packs anything.
    from autotui.forms import epub

    if not ids:
        raise OutputError("no story was found, so there is no book of them")
    if len(ids) > epub.MAX_CHAPTERS:
        raise OutputError(
            f"a book has at most {epub.MAX_CHAPTERS:,} stories, not {len(ids):,}; "
            "say in the query which"
        )
    with files.whole(options.epub, over=options.force) as opened:
        book = epub.Book(opened, title or "All stories")
        async for article in listed.paged(door, ids):
            body = await _illustrated(door, article.id)
            book.add(article, body, await _images(door, body))
        book.close()
    return len(ids)


async def _illustrated(door: Library, article_id: int) -> Document:
    """Give a story's body, its lead image in front unless it is in there."""
    body = await door.document(article_id)
    about = await door.full_text.about(article_id)
    lead = about.page.image if about else None
    if lead is None or lead.url in {each.url for each in body.images}:
        return body
    return Document((lead, *body.blocks))


async def _images(door: Library, body: Document) -> dict[str, bytes]:
    """Give those of a body's images that are here."""
    found = {}
    for url in {each.url: None for each in body.images}:
        if file := await door.full_text.image(url):
            try:
                found[url] = file.read_bytes()
            except OSError:  # gone since
                continue
    return found


def _row(values: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(map(_cell, values))
    return line.getvalue()


def _cell(value: object) -> str:
    """Give a cell; no spreadsheet takes what an outlet wrote for a formula (OWASP)."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    parts = value if isinstance(value, list) else [] if value is None else [value]
    text = "; ".join(map(str, parts))
    return f"'{text}" if text.startswith(_FORMULA) else text
