"""What a page tells of feeds, and whether bytes are a feed or a page at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

import lxml.etree
import lxml.html

from autotui import clean
from autotui.ingest import charsets, guesses, titles
from autotui.model import Subscription

MAX_FEEDS: Final = 100
MAX_LINKS: Final = 5
_MAX_PAGE: Final = 5_000_000
_MAX_ELEMENTS: Final = 20_000
"""Of one kind that are looked at."""
_HEAD: Final = 4_096
_WORDS: Final = 30
"""Characters of a link's text, where it is one to a feed and no headline."""
_CERTAIN: Final = re.compile(r"(?:^|[/.+-])(?:rss|atom|rdf|feed)(?:$|[\s.+-])")
_DOUBTFUL: Final = frozenset({"application/xml", "text/xml", "application/json"})
_NO_FEED: Final = re.compile(r"wp-json|oembed|sitemap|opensearch|xmlrpc|manifest|feedback")
_FEEDISH: Final = re.compile(
    r"(?<![a-z])(?:rss\d?|atom|rdf)(?![a-z])|feeds?(?![a-z])|\.xml(?:$|\?)"
)
_SAYS_FEED: Final = re.compile(r"\brss\b|\bfeeds?\b|^\s*(?:atom|xml)\s*$", re.IGNORECASE)
_COMMENTS: Final = re.compile(r"comments?\b|kommentare?\b|commentaires?\b|comentarios?\b")
_NARROW: Final = re.compile(
    r"/(?:category|tag|tags|author|label|topics?|series)/|[?&](?:cat|tag|author)="
)
_READERS: Final = re.compile(
    r"(?:^|\.)(?:feedly|inoreader|newsblur|netvibes|yahoo|google|facebook|twitter|x|linkedin"
    r"|bsky|apple|spotify|follow)\.(?:com|it|app)$"
)
_REFRESH: Final = re.compile(
    r"[\d.\s]*+(?:[;,]\s*+(?:url\s*=\s*+)?|url\s*=\s*+)[\"']?([^\"']+)", re.IGNORECASE
)
# Only what stands on no page that is let through.
_CHALLENGE: Final = re.compile(
    r"_cf_chl|cf-chl-|captcha-delivery\.com|px-captcha|sgcaptcha|ddos-guard"
    r"|incapsula incident|making sure you(?:'|&#39;)re not a bot"
    r"|<title>\s*(?:just a moment|attention required|one moment, please)"
)
_PORTAL: Final = re.compile(
    r"wispaccessgatewayparam|captive[ -]?portal|/hotspot|fgtauth|nodogsplash"
)
_FIRST_TAG: Final = re.compile(rb"<([a-z][a-z0-9_.:-]{0,40})")
_COMMENT: Final = re.compile(rb"<!--[^>]*>")
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_FEED_ROOTS: Final = frozenset({b"rss", b"feed", b"rdf:rdf", b"rdf"})
_PAGE_ROOTS: Final = frozenset(
    b"html head body meta title link script style frameset div p a h1 table center".split()
)


@dataclass(frozen=True, slots=True)
class Offers:
    """What a page tells of feeds."""

    feeds: tuple[Subscription, ...] = ()
    """Those it names: the whole site's first, comments last."""
    links: tuple[str, ...] = ()
    """Links in its text that look like feeds; nothing is sure."""
    onward: str = ""
    """Another page of the site that it shows or leads to by itself."""
    obstacle: str = ""
    """What stands there in place of the page, in words; ``""`` if it is the page."""


def offers(content: bytes, url: str, content_type: str = "") -> Offers:
    """Give what the page at ``url`` offers."""
    text = _text(content[:_MAX_PAGE], content_type)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        # An empty page is an error to lxml.
        return Offers()
    stated = next((each.get("href") for each in root.iter("base") if each.get("href")), "")
    base = clean.url(stated or "", url) or url
    feeds = _named(root, base, url) or _ruled(root, base)
    return Offers(
        feeds=feeds,
        links=() if feeds else _links(root, base, url),
        onward="" if feeds else _onward(root, base, url),
        obstacle=_obstacle(text),
    )


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
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False  # damaged JSON, with markup in its strings
    return b"<!doctype html" in head or _root(content) in _PAGE_ROOTS


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong together, as ``www.a.example`` and ``a.example`` do."""
    first, second = (f".{clean.host(each).removeprefix('www.')}" for each in (one, other))
    short, long = sorted((first, second), key=len)
    return first == second or (short.count(".") > 1 and long.endswith(short))


def _root(content: bytes) -> bytes:
    """Give the name of the first tag, in small letters."""
    # Without NULs UTF-16 is as readable as ASCII.
    head = content[:_HEAD].replace(b"\0", b"").lower()
    found = _FIRST_TAG.search(_COMMENT.sub(b"", head))
    return found[1] if found else b""


def _text(content: bytes, content_type: str) -> str:
    return charsets.page(content, content_type).replace("\0", "")


def _some(root: lxml.html.HtmlElement, *names: str) -> Iterator[lxml.html.HtmlElement]:
    return islice(root.iter(*names), _MAX_ELEMENTS)


def _address(raw: str | None, base: str) -> str:
    """Give the address of a link; ``feed:`` before it says nothing more."""
    plain = (raw or "").strip()
    return clean.url(plain[5:] if plain[:5].lower() == "feed:" else plain, base)


def _named(root: lxml.html.HtmlElement, base: str, url: str) -> tuple[Subscription, ...]:
    """Give the feeds that a page names in its ``link`` elements."""
    certain: dict[str, Subscription] = {}
    doubtful: dict[str, Subscription] = {}
    for link in _some(root, "link"):
        address = _address(link.get("href"), base)
        title = link.get("title") or ""
        sure = _sure(link, address.lower(), title.lower()) if address else None
        if sure is not None:
            told = titles.line(title, markup=titles.is_markup(title))
            found = certain if sure else doubtful
            found.setdefault(address, Subscription(address, told))
        if len(certain) >= MAX_FEEDS:
            break
    named = list(certain.values()) or list(doubtful.values())[:MAX_FEEDS]
    return tuple(sorted(named, key=lambda feed: _rank(feed, url)))


def _sure(link: lxml.html.HtmlElement, address: str, title: str) -> bool | None:
    """Tell whether a link surely is to a feed; ``None``: it surely is not."""
    rel = (link.get("rel") or "").lower().split()
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    if (
        not {"alternate", "feed"} & {*rel}
        or "stylesheet" in rel
        or _NO_FEED.search(address)
    ):
        return None
    if _CERTAIN.search(kind) or ("feed" in rel and not kind.startswith("text/html")):
        return True
    feedish = bool(_FEEDISH.search(_place(address)) or _SAYS_FEED.search(title))
    if kind in _DOUBTFUL:
        return feedish
    return True if not kind and feedish and not link.get("hreflang") else None


def _rank(feed: Subscription, url: str) -> int:
    """Give a feed's place among those of a page: the page's own first, comments last."""
    address, path = feed.url.lower(), urlsplit(url.lower()).path.rstrip("/")
    if _COMMENTS.search(f"{address} {feed.title.lower()}"):
        return 3
    if path and urlsplit(address).path.startswith((f"{path}/", f"{path}.")):
        return 0
    return 2 if _NARROW.search(address) else 1


def _ruled(root: lxml.html.HtmlElement, base: str) -> tuple[Subscription, ...]:
    """Give the feed that a rule knows for the page's own, canonical address."""
    for link in _some(root, "link"):
        if (link.get("rel") or "").lower() == "canonical":
            found = guesses.by_rule(_address(link.get("href"), base))
            return (Subscription(found),) if found else ()
    return ()


def _links(root: lxml.html.HtmlElement, base: str, url: str) -> tuple[str, ...]:
    """Give links in the text that look like feeds, those of the site first."""
    found: dict[str, tuple[bool, bool]] = {}
    for link in _some(root, "a", "area"):
        raw = (link.get("href") or "").strip()[: clean.MAX_URL]
        by_address = bool(_FEEDISH.search(_place(raw.lower())))
        if not raw or raw.startswith("#") or not (by_address or _says_feed(link)):
            continue
        address = _address(raw, base)
        strange = _NO_FEED.search(address.lower()) or _READERS.search(clean.host(address))
        if address and not strange and address != url:
            found.setdefault(address, (not same_site(address, url), not by_address))
        if len(found) >= MAX_FEEDS:
            break
    return tuple(sorted(found, key=found.__getitem__)[:MAX_LINKS])


def _says_feed(link: lxml.html.HtmlElement) -> bool:
    """Whether the words of a link say that it is one to a feed."""
    told = "".join(islice(link.itertext(), 5))[: _WORDS * 4].strip()
    pictures = (each.get("alt") or "" for each in islice(link.iter("img"), 2))
    words = (told, link.get("title"), link.get("aria-label"), *pictures)
    return any(word and len(word) <= _WORDS and _SAYS_FEED.search(word) for word in words)


def _place(address: str) -> str:
    """Give what of an address may tell of a feed: all but the host, and its first name."""
    if "://" not in address:
        return address
    host, _, path = address.partition("://")[2].partition("/")
    first = host.partition(".")[0] if host.count(".") > 1 else ""
    return f"{first if first in {'feeds', 'feed', 'rss'} else ''}/{path}"


def _onward(root: lxml.html.HtmlElement, base: str, url: str) -> str:
    """Give the page of the same site that this one leads to by itself."""
    targets = [
        found[1]
        for each in _some(root, "meta")
        if (each.get("http-equiv") or "").strip().lower() == "refresh"
        and (found := _REFRESH.match(each.get("content") or ""))
    ]
    targets += [each.get("src") or "" for each in _some(root, "frame")]
    addresses = (clean.url(each, base) for each in targets)
    there = (each for each in addresses if each and each != url and same_site(each, url))
    return next(there, "")


def _obstacle(text: str) -> str:
    head = text[: _HEAD * 16].lower()
    if _CHALLENGE.search(head):
        return "asks whether you are a robot before it shows the page"
    if _PORTAL.search(head):
        return "is the log-in page of a network: log in with a browser first"
    return ""
