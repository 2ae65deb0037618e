"""Bytes to ParsedFeed, for every dialect of RSS and Atom; the only user of feedparser.

Pure: any process may run it, and one that can be killed should. A malformed feed that
still yields articles is a feed: publishers break XML every day, and the reader wants
the news, not the verdict.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, Final
from xml.sax import SAXException

import feedparser
from feedparser.mixin import _FeedParserMixin

from autotui import clean
from autotui.errors import ParseError
from autotui.ingest import discover, drafts, jsonfeed
from autotui.ingest.drafts import Draft, FeedDraft, Text
from autotui.model import ParsedFeed

# Else feedparser resolves ids like links: a feed that moves would come twice.
_FeedParserMixin.can_be_relative_uri = {
    name for name in _FeedParserMixin.can_be_relative_uri if name != "id"
}

_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.ASCII)
_BODY_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain"})

_CONFUSED: Final = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError),
    *(SAXException, TypeError, ValueError),
)
"""What feedparser raises on input that it was not made for."""


def parse(content: bytes, url: str, content_type: str = "") -> ParsedFeed:
    """Read a feed of any dialect; raise ParseError if there is none in there."""
    if not content.strip():
        raise ParseError("the server sent nothing")
    if discover.looks_like_json(content):
        return jsonfeed.parse(content, url)
    raw = _feedparsed(content, content_type)
    page = discover.looks_like_page(content)
    if not raw.get("version") and (page or not raw.entries):
        host = clean.host(url) or "this address"
        what = "a web page, not a feed" if page else "neither a feed nor a web page"
        raise ParseError(clean.line(f"what {host} sent is {what}"))
    about, atom = raw.feed, str(raw.get("version", "")).startswith("atom")
    names = tuple(_names(about)) if atom else ()
    found = FeedDraft(
        title=_text(about, "title"),
        site_url=_string(about, "link"),
        language=_language(about),
        authors=names,
        entries=[_draft(entry) for entry in raw.entries],
    )
    return drafts.feed(found, url)


def _feedparsed(content: bytes, content_type: str) -> Any:
    """Run feedparser, which raises anything on hostile input."""
    headers = {}
    if charset := _CHARSET.search(content_type):
        # As XML, whatever the server calls it: "text/*" would mean ASCII.
        headers = {"content-type": f"application/xml; charset={charset[1]}"}
    try:
        # A stream, never bytes: feedparser opens bytes that happen to name a file.
        # No base url: what is relative is resolved by us, and ids never are.
        return feedparser.parse(
            BytesIO(content),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _CONFUSED as error:
        kind = type(error).__name__
        raise ParseError(f"the feed cannot be read: it confuses us ({kind})") from error


def _draft(entry: Any) -> Draft:
    updated = _time(entry, "updated_parsed")
    published = _time(entry, "published_parsed") or _time(entry, "created_parsed")
    return Draft(
        key=_string(entry, "id"),
        title=_text(entry, "title"),
        url=_link(entry),
        bodies=tuple(_bodies(entry)),
        authors=tuple(_names(entry)),
        published_at=published,
        dated=_string(entry, "published") or _string(entry, "updated"),
        updated_at=updated,
        language=_language(entry),
        categories=tuple(_categories(entry)),
        enclosures=tuple(_enclosures(entry)),
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
    """Give a text with what feedparser knows of its type and base."""
    detail = holder.get(f"{name}_detail")
    detail = detail if isinstance(detail, dict) else {}
    kind = _string(detail, "type")
    return Text(
        _string(holder, name), html=kind != "text/plain", base=_string(detail, "base")
    )


def _bodies(entry: Any) -> Iterator[Text]:
    yield _text(entry, "summary")
    for part in _list(entry, "content"):
        kind = _string(part, "type") or "text/html"
        if kind in _BODY_TYPES:
            markup = kind != "text/plain"
            yield Text(_string(part, "value"), html=markup, base=_string(part, "base"))


def _link(entry: Any) -> str:
    link = _string(entry, "link")
    if entry.get("guidislink"):
        # The id stands in for a missing link: only if it is a whole address.
        return clean.url(link)
    return link or next(
        (
            _string(each, "href")
            for each in _list(entry, "links")
            if each.get("rel") == "alternate"
        ),
        "",
    )


def _names(holder: Any) -> Iterator[str]:
    """Give the authors' names; an address only where there is no name."""
    for each in _list(holder, "authors"):
        if name := _string(each, "name") or _string(each, "email"):
            yield name


def _language(holder: Any) -> str:
    """Give the language of an entry or feed."""
    details = ("content", "summary_detail", "title_detail")
    for name in details:
        detail = holder.get(name)
        for each in detail if isinstance(detail, list) else [detail]:
            if isinstance(each, dict) and (language := _string(each, "language")):
                return language
    return _string(holder, "language")


def _categories(entry: Any) -> Iterator[str]:
    for each in _list(entry, "tags"):
        yield _string(each, "label") or _string(each, "term")


def _enclosures(entry: Any) -> Iterator[tuple[str, str, str]]:
    for each in _list(entry, "links"):
        if each.get("rel") == "enclosure":
            kind, length = _string(each, "type"), _string(each, "length")
            yield _string(each, "href"), kind, length
    for each in _list(entry, "media_content"):
        kind = _string(each, "type") or _string(each, "medium")
        yield _string(each, "url"), kind, _string(each, "filesize")


def _time(entry: Any, name: str) -> Any:
    """Give a time, ``None`` if there is none or no calendar has it."""
    value = entry.get(name) if name in entry else None
    return drafts.moment(*value[:6]) if value else None
