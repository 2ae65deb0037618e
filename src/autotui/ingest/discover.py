"""Where a site's feeds are: what a page says, what bytes look like, what is usual."""

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html

from autotui import clean
from autotui.model import Subscription

MAX_FEEDS: Final = 100
_MAX_PAGE: Final = 2_000_000
_HEAD: Final = 4_096
_TYPES: Final = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
        "text/rss+xml",
        "text/rss",
        "application/rss",
        "application/x.rss+xml",
    }
)
_USUAL: Final = (
    "feed/",
    "rss",
    "feed.xml",
    "rss.xml",
    "atom.xml",
    "index.xml",
    "feed.json",
)
_FIRST_TAG: Final = re.compile(rb"<([a-z][a-z0-9_.:-]{0,40})")
_COMMENT: Final = re.compile(rb"<!--[^>]*>")
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_FEED_ROOTS: Final = frozenset({b"rss", b"feed", b"rdf:rdf", b"rdf"})
_PAGE_ROOTS: Final = frozenset({b"html", b"head", b"body", b"meta", b"title"})


def feeds(content: bytes, url: str) -> tuple[Subscription, ...]:
    """Give the feeds that the page at ``url`` links to, in its order."""
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(content[:_MAX_PAGE], parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        # An empty page is an error to lxml.
        return ()
    stated = next((each.get("href") for each in root.iter("base")), None)
    base = clean.url(stated or "", url) or url
    found: dict[str, Subscription] = {}
    for link in root.iter("link"):
        if _is_feed_link(link) and (target := clean.url(link.get("href") or "", base)):
            title = clean.line(link.get("title") or "")
            found.setdefault(target, Subscription(target, title))
        if len(found) >= MAX_FEEDS:
            break
    return tuple(found.values())


def is_feed(content: bytes) -> bool:
    """Whether bytes look like a feed: a cheap look at the beginning."""
    if looks_like_json(content):
        return b"jsonfeed.org" in content[:_HEAD]
    return _root(content) in _FEED_ROOTS


def looks_like_json(content: bytes) -> bool:
    """Whether bytes look like a JSON object."""
    return content[:_HEAD].lstrip(_BLANK).startswith(b"{")


def looks_like_page(content: bytes) -> bool:
    """Whether bytes look like a web page."""
    head = content[:_HEAD].replace(b"\0", b"").lower()
    return b"<!doctype html" in head or _root(content) in _PAGE_ROOTS


def guesses(url: str) -> tuple[str, ...]:
    """Give the addresses where the feeds of a site usually are, the likeliest first."""
    page = clean.url(url)
    if not page:
        return ()
    folder = urlsplit(page).path
    folder = folder if folder.endswith("/") else f"{folder}/"
    return tuple(
        dict.fromkeys(
            urljoin(page, start + path) for start in (folder, "/") for path in _USUAL
        )
    )


def _root(content: bytes) -> bytes:
    """Give the name of the first tag, in small letters."""
    # Without NULs UTF-16 is as readable as ASCII.
    head = content[:_HEAD].replace(b"\0", b"").lower()
    found = _FIRST_TAG.search(_COMMENT.sub(b"", head))
    return found[1] if found else b""


def _is_feed_link(link: lxml.html.HtmlElement) -> bool:
    rel = (link.get("rel") or "").lower().split()
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    return "alternate" in rel and kind in _TYPES
