"""JSON Feed 1.0 and 1.1 to ParsedFeed, with whatever mistakes publishers make in it."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from autotui.errors import ParseError
from autotui.ingest import charsets, dates, drafts, titles
from autotui.ingest.drafts import Draft, FeedDraft, Text
from autotui.model import ParsedFeed

_MAX_DIGITS: Final = 20
_ITEMS: Final = re.compile(r'"(?:items|entries)"\s*:\s*\[')
_NEXT: Final = re.compile(r"[\s,]*")


def parse(content: bytes | str, url: str) -> ParsedFeed:
    """Read a JSON Feed; raise ParseError if it is none."""
    text = content if isinstance(content, str) else charsets.decode(content)
    raw = _loaded(text.strip("\ufeff \t\r\n"))
    listed = raw.get("items") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not (isinstance(listed, list) or _is_empty(raw)):
        raise ParseError("this is JSON, but no JSON Feed: it has no list of items")
    items = [item for item in _list(raw, "items") if isinstance(item, dict)]
    found = FeedDraft(
        title=_title(raw),
        site_url=_string(raw, "home_page_url"),
        language=_string(raw, "language"),
        authors=tuple(_names(raw)),
        entries=[_draft(item) for item in drafts.newest(items, _when)],
        base=_string(raw, "home_page_url"),
    )
    return drafts.feed(found, url)


def _loaded(text: str) -> Any:
    """Read JSON; of what is damaged, all items before the damage."""
    decoder = json.JSONDecoder(parse_int=_whole, strict=False)
    try:
        # What follows the object is of no interest.
        return decoder.raw_decode(text)[0]
    except (ValueError, RecursionError) as error:
        saved = _saved(text, decoder)
        if not saved:
            raise ParseError("the feed cannot be read: its JSON is damaged") from error
    start = _ITEMS.search(text)
    about: Any = {}
    with suppress(ValueError, RecursionError):
        about = decoder.decode(
            text[: start.start() if start else 0].rstrip(" \r\n\t,") + "}"
        )
    return {**(about if isinstance(about, dict) else {}), "items": saved}


def _saved(text: str, decoder: json.JSONDecoder) -> list[Any]:
    """Give the items of a list that is broken further on."""
    found: list[Any] = []
    start = _ITEMS.search(text)
    at = start.end() if start else len(text)
    with suppress(ValueError, RecursionError):
        while at < len(text):
            item, at = decoder.raw_decode(text, _after(text, at))
            found.append(item)
    return found


def _after(text: str, at: int) -> int:
    found = _NEXT.match(text, at)
    return found.end() if found else at


def _is_empty(raw: dict[str, Any]) -> bool:
    """Whether it is a JSON Feed without any item."""
    told = "jsonfeed.org" in _string(raw, "version")
    return told and not raw.get("items")


def _draft(item: dict[str, Any]) -> Draft:
    link = _string(item, "url") or _string(item, "external_url")
    published, updated = _word(item, "date_published"), _word(item, "date_modified")
    files = tuple(_attachments(item))
    return Draft(
        key=_word(item, "id"),
        title=_title(item),
        url=link,
        link=link,
        bodies=tuple(_bodies(item)),
        authors=tuple(_names(item)),
        published_at=dates.read(published),
        dated=published or updated,
        updated_at=dates.read(updated),
        language=_string(item, "language"),
        categories=tuple(_tags(item)),
        enclosures=files or tuple(_pictures(item)),
    )


def _when(item: dict[str, Any]) -> datetime | None:
    names = ("date_published", "date_modified")
    return next((when for name in names if (when := dates.read(_word(item, name)))), None)


def _title(holder: dict[str, Any]) -> Text:
    """Give a title, which is plain text, but not every publisher knows."""
    raw = _word(holder, "title")
    return Text(raw, html=titles.is_markup(raw))


def _bodies(item: dict[str, Any]) -> Iterator[Text]:
    yield Text(_word(item, "content_html"))
    yield Text(_word(item, "content_text"), html=False)
    summary = _word(item, "summary")
    yield Text(summary, html=titles.is_markup(summary))


def _whole(digits: str) -> int | str:
    """Read a whole number; int() refuses thousands of digits, and so do databases."""
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


def _word(holder: dict[str, Any], name: str) -> str:
    """Give a text; the specification tells readers to take numbers for strings."""
    value = holder.get(name)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - whole numbers that floats hold
        value = int(value)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if number or isinstance(value, str) else ""


def _string(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    return value.strip() if isinstance(value, str) else ""


def _list(holder: dict[str, Any], name: str) -> list[Any]:
    """Give a list; one thing alone is a list of one."""
    value = holder.get(name)
    if isinstance(value, str | dict):
        return [value]
    return value if isinstance(value, list) else []


def _names(holder: dict[str, Any]) -> Iterator[str]:
    """Give the authors' names: 1.1 has a list, 1.0 has one author."""
    for each in [*_list(holder, "authors"), *_list(holder, "author")]:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict) and (
            name := _word(each, "name") or _string(each, "email")
        ):
            yield name


def _tags(item: dict[str, Any]) -> Iterator[str]:
    for each in _list(item, "tags"):
        if isinstance(each, str):
            yield each


def _attachments(item: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for each in _list(item, "attachments"):
        if isinstance(each, dict) and (address := _string(each, "url")):
            length = _word(each, "size_in_bytes")[:_MAX_DIGITS]
            yield address, _string(each, "mime_type"), length


def _pictures(item: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Give the picture of an item that brings no file and shows none."""
    shown = "<img" in _word(item, "content_html").lower()
    address = _string(item, "image") or _string(item, "banner_image")
    if address and not shown:
        yield address, "image", ""
