"""What hostile feeds are cooked from: entries with anything in any field, raw answers."""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any

from support.web import Behaviour, Exchange, Page, head

BODY = "<p>The unit joins motor, inverter and gears in one housing.</p>"
MEGABYTE = 1 << 20


def item(  # noqa: PLR0917 - fields of an entry, named where they are used
    title: str = "Story",
    guid: str = "g",
    link: str = "https://outlet.example/s",
    body: str = f"<![CDATA[{BODY}]]>",
    extra: str = "",
    date: str = "Mon, 01 Jan 2024 08:00:00 GMT",
) -> str:
    """An RSS entry; every field goes in as it is."""
    return (
        f"<item><title>{title}</title><link>{link}</link>"
        f"<guid isPermaLink='false'>{guid}</guid><pubDate>{date}</pubDate>"
        f"<description>{body}</description>{extra}</item>"
    )


def rss(*items: str, title: str = "Outlet", prolog: str = "<?xml version='1.0'?>") -> bytes:
    """An RSS feed; what cannot be UTF-8 becomes what a careless server would send."""
    return (
        f"{prolog}<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:media='http://search.yahoo.com/mrss/'>"
        f"<channel><title>{title}</title><link>https://outlet.example/</link>"
        f"{''.join(items)}</channel></rss>"
    ).encode("utf-8", "surrogatepass")


def feed(*items: str, **parts: str) -> Page:
    """A server that gives this feed."""
    return Page(rss(*(items or (item(),)), **parts))


def here(body: bytes) -> Behaviour:
    """A feed that names its own server: ``{web}`` stands for its address."""

    def behave(exchange: Exchange) -> None:
        web = f"http://{exchange.asked.headers['host']}"
        Page(body.replace(b"{web}", web.encode()))(exchange)

    return behave


def told(body: str) -> Page:
    """A feed of one story with this body, as CDATA."""
    return feed(item(body=f"<![CDATA[{body}]]>"))


def json_feed(*items: dict[str, Any], **parts: Any) -> Page:
    """A JSON Feed whose strings are escaped as far as JSON can."""
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": "Outlet", **parts}
    return Page(
        json.dumps({**whole, "items": list(items)}).encode(),
        content_type="application/feed+json",
    )


def json_item(**fields: Any) -> dict[str, Any]:
    return {
        "id": "g",
        "title": "Story",
        "url": "https://outlet.example/s",
        "content_html": BODY,
        **fields,
    }


GOOD = rss(item())


def answer(first_line: str, *headers: str, body: bytes = GOOD) -> Behaviour:
    """An answer written by hand: nothing is added and nothing checked."""
    lines = "\r\n".join((first_line, *headers, "", ""))
    data = lines.encode("latin-1") + body
    return lambda exchange: exchange.send(data)


def with_headers(*headers: str, body: bytes = GOOD) -> Behaviour:
    """A good answer with these headers as well."""
    return answer("HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers, body=body)


def encoded(encoding: str, body: bytes) -> Behaviour:
    return with_headers(f"Content-Encoding: {encoding}", body=body)


def endless(data: bytes, first: bytes = b"", pause: float = 0.0) -> Behaviour:
    """Send the same for ever, until nobody listens."""

    def behave(exchange: Exchange) -> None:
        exchange.send(first)
        while not exchange.closing.wait(pause) if pause else not exchange.closing.is_set():
            exchange.send(data)

    return behave


def many(data: bytes, times: int, first: bytes) -> Behaviour:
    """Send the same many times; the whole never lies in our memory."""

    def behave(exchange: Exchange) -> None:
        exchange.send(first)
        for part in repeat(data, times):
            exchange.send(part)

    return behave


def chunked(chunks: Iterable[bytes]) -> Behaviour:
    """Send raw chunks after the head of a chunked answer."""

    def behave(exchange: Exchange) -> None:
        exchange.send(head(200, {"Transfer-Encoding": "chunked"}))
        for chunk in chunks:
            exchange.send(chunk)

    return behave


def gzip_bomb(megabytes: int, start: bytes = b"", fill: bytes = b" ") -> bytes:
    """A small gzip stream that inflates to very much."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [pack.compress(start)]
    parts += [pack.compress(fill * MEGABYTE) for _ in range(megabytes)]
    return b"".join((*parts, pack.flush()))


def deflate_bomb(megabytes: int) -> bytes:
    pack = zlib.compressobj(9)
    parts = [pack.compress(b" " * MEGABYTE) for _ in range(megabytes)]
    return b"".join((*parts, pack.flush()))


def twice(data: bytes) -> bytes:
    """Gzip in gzip."""
    return gzip.compress(data, mtime=0)


def numbered(count: int, text: str = "") -> Iterator[str]:
    """Entries with ids and titles of their own."""
    return (
        item(
            f"Story {number}",
            f"g{number}",
            f"https://outlet.example/{number}",
            text or f"Text {number}",
        )
        for number in range(count)
    )
