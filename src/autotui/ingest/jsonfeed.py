"""JSON Feed 1.0 and 1.1 to ParsedFeed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from autotui.errors import ParseError
from autotui.ingest import drafts
from autotui.ingest.drafts import Draft, FeedDraft, Text
from autotui.model import ParsedFeed

_MAX_DATE: Final = 40
_MAX_DIGITS: Final = 20


def parse(content: bytes, url: str) -> ParsedFeed:
    """Read a JSON Feed; raise ParseError if it is none."""
    try:
        raw = json.loads(content, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise ParseError("the feed cannot be read: its JSON is damaged") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("items"), list):
        raise ParseError("this is JSON, but no JSON Feed: it has no list of items")
    names = tuple(_names(raw))
    items = [item for item in raw["items"] if isinstance(item, dict)]
    found = FeedDraft(
        title=Text(_string(raw, "title"), html=False),
        site_url=_string(raw, "home_page_url"),
        language=_string(raw, "language"),
        authors=names,
        entries=[_draft(item) for item in items],
    )
    return drafts.feed(found, url)


def _draft(item: dict[str, Any]) -> Draft:
    return Draft(
        key=_key(item.get("id")),
        title=Text(_string(item, "title"), html=False),
        url=_string(item, "url") or _string(item, "external_url"),
        bodies=(
            Text(_string(item, "content_html")),
            Text(_string(item, "content_text"), html=False),
            Text(_string(item, "summary"), html=False),
        ),
        authors=tuple(_names(item)),
        published_at=_time(_string(item, "date_published")),
        dated=_string(item, "date_published") or _string(item, "date_modified"),
        updated_at=_time(_string(item, "date_modified")),
        language=_string(item, "language"),
        categories=[tag for tag in _list(item, "tags") if isinstance(tag, str)],
        enclosures=tuple(_attachments(item)),
    )


def _whole(digits: str) -> int | str:
    """Read a whole number; int() refuses thousands of digits, and so do databases."""
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


def _key(value: Any) -> str:
    """Give an id; the specification tells readers to take numbers for strings."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if number or isinstance(value, str) else ""


def _string(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""


def _list(holder: dict[str, Any], name: str) -> list[Any]:
    value = holder.get(name)
    return value if isinstance(value, list) else []


def _names(holder: dict[str, Any]) -> Iterator[str]:
    """Give the authors' names: 1.1 has a list, 1.0 has one author."""
    for each in [*_list(holder, "authors"), holder.get("author")]:
        if isinstance(each, dict) and (name := _string(each, "name")):
            yield name


def _attachments(item: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for each in _list(item, "attachments"):
        if isinstance(each, dict):
            length = each.get("size_in_bytes")
            kind = _string(each, "mime_type")
            yield _string(each, "url"), kind, str(length)[:_MAX_DIGITS]


def _time(text: str) -> datetime | None:
    """Read an RFC 3339 time, ``None`` if there is none or no calendar has it."""
    try:
        when = datetime.fromisoformat(text.strip()[:_MAX_DATE])
        aware = when if when.tzinfo else when.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
