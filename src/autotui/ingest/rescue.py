"""The last resort: what feedparser can save of a document in which we find no story.

The only user of feedparser, which is loaded for nothing else.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, Final
from xml.sax import SAXException

import feedparser
from feedparser.mixin import _FeedParserMixin

from autotui import clean
from autotui.ingest import charsets, dates
from autotui.ingest.drafts import Draft, FeedDraft, Text

# Else feedparser resolves ids like links: a feed that moves would come twice.
_FeedParserMixin.can_be_relative_uri = {
    name for name in _FeedParserMixin.can_be_relative_uri if name != "id"
}

MAX_BYTES: Final = 200_000
"""Of what is tried: on some broken documents feedparser takes quadratic time."""
_MAX_ATTRIBUTES: Final = 2_000
_ENTRY: Final = re.compile(rb"<(?:item|entry)", re.IGNORECASE)
_CONFUSED: Final = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError),
    *(SAXException, TypeError, ValueError),
)
"""What feedparser raises on input that it was not made for."""


def read(content: bytes, content_type: str = "") -> FeedDraft | None:
    """Give the feed that feedparser finds in there; ``None`` if it finds no entry."""
    # Without NULs UTF-16 is as readable as ASCII.
    if not _ENTRY.search(content.replace(b"\0", b"")):
        return None
    if len(content) > MAX_BYTES or content.count(b"=") > _MAX_ATTRIBUTES:
        return None
    raw = _feedparsed(content, content_type)
    if raw is None or not raw.entries:
        return None
    return FeedDraft(
        title=_text(raw.feed, "title"),
        site_url=_string(raw.feed, "link"),
        language=_string(raw.feed, "language"),
        entries=[_draft(entry) for entry in raw.entries],
    )


def _feedparsed(content: bytes, content_type: str) -> Any:
    """Run feedparser; ``None`` where it stumbles."""
    headers = {}
    if charset := charsets.served_as(content_type):
        # As XML, whatever the server calls it: "text/*" would mean ASCII.
        headers = {"content-type": f"application/xml; charset={charset}"}
    try:
        # A stream, never bytes: feedparser opens bytes that happen to name a file.
        # No base url: what is relative is resolved by us, and ids never are.
        return feedparser.parse(
            BytesIO(content),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _CONFUSED:
        return None


def _draft(entry: Any) -> Draft:
    published = _string(entry, "published") or _string(entry, "created")
    updated = _string(entry, "updated")
    # The id may stand in for a missing link: only if it is a whole address.
    link = _string(entry, "link")
    return Draft(
        key=_string(entry, "id"),
        title=_text(entry, "title"),
        url=clean.url(link) if entry.get("guidislink") else link,
        link=link,
        bodies=tuple(_bodies(entry)),
        authors=tuple(_string(each, "name") for each in _list(entry, "authors")),
        published_at=dates.read(published),
        dated=published or updated,
        updated_at=dates.read(updated),
        categories=tuple(_string(each, "term") for each in _list(entry, "tags")),
        enclosures=tuple(
            (_string(each, "href"), _string(each, "type"), _string(each, "length"))
            for each in _list(entry, "links")
            if each.get("rel") == "enclosure"
        ),
    )


def _string(holder: Any, name: str) -> str:
    # ``in`` first: feedparser warns when it makes up one date from another.
    value = holder.get(name) if name in holder else None
    return value if isinstance(value, str) else ""


def _list(holder: Any, name: str) -> Iterable[Any]:
    """Give the mappings in a list that feedparser may have, or may not."""
    value = holder.get(name) if name in holder else None
    listed = value if isinstance(value, list) else ()
    return (each for each in listed if isinstance(each, dict))


def _text(holder: Any, name: str) -> Text:
    detail = holder.get(f"{name}_detail")
    kind = _string(detail, "type") if isinstance(detail, dict) else ""
    return Text(_string(holder, name), html=kind != "text/plain")


def _bodies(entry: Any) -> Iterator[Text]:
    yield _text(entry, "summary")
    for part in _list(entry, "content"):
        kind = _string(part, "type")
        yield Text(_string(part, "value"), html=kind != "text/plain")
