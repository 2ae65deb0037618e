"""A load server of feeds: ``python tests/bench/load.py --feeds 500 --port 8123 ...``.

Stands in where no other load server is given to ``refresh.py``. RSS, Atom and JSON Feed,
answered after ``--latency`` seconds, with ETag and 304; the same options give the same
bytes. Standard library only.
"""

import argparse
import asyncio
import hashlib
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

WORDS = (
    *("battery", "motor", "inverter", "gearbox", "range", "charging", "platform", "cell"),
    *("stator", "rotor", "torque", "plant", "supplier", "order", "delivery", "software"),
    *("market", "price", "share", "the", "a", "of", "and", "with", "for", "from", "new"),
)
START = datetime(2026, 1, 1, tzinfo=UTC)


def sentence(chance: random.Random) -> str:
    """Give some words that look like a sentence."""
    words = chance.choices(WORDS, k=chance.randrange(8, 24))
    return " ".join(words).capitalize() + "."


def html(chance: random.Random) -> Iterator[str]:
    """Give a story of some three thousand characters in the forms that feeds use."""
    size = 0
    while size < 3_000:
        text = " ".join(sentence(chance) for _ in range(3))
        shape = chance.choice(("p", "p", "p", "a", "li", "h3", "blockquote", "figure"))
        part = {
            "p": f"<p>{text}</p>",
            "a": f'<p>{text} <a href="/go/{chance.randrange(999)}">more</a></p>',
            "li": f"<ul><li>{text}</li><li>{sentence(chance)}</li></ul>",
            "h3": f"<h3>{sentence(chance)}</h3>",
            "blockquote": f"<blockquote><p><em>{text}</em></p></blockquote>",
            "figure": f'<figure><img src="/i/{chance.randrange(999)}.jpg" alt="A car">'
            f"<figcaption>{sentence(chance)}</figcaption></figure>",
        }[shape]
        size += len(part)
        yield part


def entries(feed: int, count: int) -> Iterator[dict[str, str]]:
    """Give a feed's entries, the newest first."""
    for number in range(count, 0, -1):
        chance = random.Random(f"{feed}:{number}")
        when = START + timedelta(hours=number)
        yield {
            "id": f"tag:site{feed}.example,2026:{number}",
            "title": sentence(chance)[:60],
            "url": f"http://site{feed}.example/{number}",
            "html": "\n".join(html(chance)),
            "author": "A. Writer",
            "rfc": format_datetime(when),
            "iso": when.isoformat(),
        }


def body(feed: int, count: int) -> tuple[bytes, str]:
    """Give a feed as bytes, and its media type: RSS 7 of 10, Atom 2, JSON Feed 1."""
    listed = list(entries(feed, count))
    if feed % 10 == 9:
        items = [
            {
                "id": each["id"],
                "title": each["title"],
                "url": each["url"],
                "content_html": each["html"],
                "date_published": each["iso"],
            }
            for each in listed
        ]
        version = "https://jsonfeed.org/version/1.1"
        told = {"version": version, "title": f"Feed {feed}", "items": items}
        return json.dumps(told).encode(), "application/feed+json"
    safe = [{name: escape(value) for name, value in each.items()} for each in listed]
    if feed % 10 > 6:
        inner = "".join(
            "<entry><id>{id}</id><title>{title}</title><link href='{url}'/>"
            "<updated>{iso}</updated><content type='html'>{html}</content></entry>".format(
                **each
            )
            for each in safe
        )
        atom = "http://www.w3.org/2005/Atom"
        text = f"<feed xmlns='{atom}'><title>Feed {feed}</title>{inner}</feed>"
        return (
            f"<?xml version='1.0' encoding='utf-8'?>{text}".encode(),
            "application/atom+xml",
        )
    inner = "".join(
        "<item><guid isPermaLink='false'>{id}</guid><title>{title}</title>"
        "<link>{url}</link><pubDate>{rfc}</pubDate><dc:creator>{author}</dc:creator>"
        "<content:encoded>{html}</content:encoded></item>".format(**each)
        for each in safe
    )
    names = (
        "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'"
    )
    channel = f"<channel><title>Feed {feed}</title>{inner}</channel>"
    text = f"<rss version='2.0' {names}>{channel}</rss>"
    return f"<?xml version='1.0' encoding='utf-8'?>{text}".encode(), "application/rss+xml"


class Server:
    """Answers ``/feed/N`` over HTTP/1.1 with keep-alive, and 304 to a known ETag."""

    def __init__(self, feeds: int, count: int, latency: float) -> None:
        self._bodies = [body(feed, count) for feed in range(feeds)]
        self._latency = latency

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answer the requests of one connection."""
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(self._latency)
                writer.write(self._answer(request))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, request: bytes) -> bytes:
        path = request.split(b" ", 2)[1].decode()
        content, kind = self._bodies[int(path.rpartition("/")[2])]
        tag = f'"{hashlib.blake2b(content, digest_size=8).hexdigest()}"'
        if tag.encode() in request:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
        head = f"Content-Type: {kind}\r\nETag: {tag}\r\nContent-Length: {len(content)}"
        return f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode() + content


async def main() -> None:
    """Serve until somebody ends the process."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("feeds", 500), ("entries", 40), ("hosts", 250), ("port", 8123)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--latency", type=float, default=0.05)
    parser.add_argument("--urls", type=Path, required=True)
    parser.add_argument("--opml", type=Path, required=True)
    parser.add_argument("--ready-file", type=Path, required=True)
    options = parser.parse_args()
    hosts = [f"127.0.{n // 250}.{n % 250 + 1}" for n in range(options.hosts)]
    urls = [
        f"http://{hosts[n % len(hosts)]}:{options.port}/feed/{n}"
        for n in range(options.feeds)
    ]
    options.urls.write_text("\n".join(urls) + "\n")
    outlines = "".join(f"<outline type='rss' text='{url}' xmlUrl='{url}'/>" for url in urls)
    options.opml.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>")
    server = Server(options.feeds, options.entries, options.latency)
    listening = await asyncio.start_server(server.serve, hosts, options.port, backlog=4096)
    options.ready_file.write_text("ready")
    async with listening:
        await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
