"""CPU time from bytes to drafts, in microseconds an entry.

Run by hand: ``python tests/bench/parse.py [folder]``, the folder holding feeds as files;
without one it makes its own. The readers take turns, so that whatever else the machine
does hits all alike, and the best turn of each counts; what matters is the ratio.
"""

import sys
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parents[1]))

import feedparser
from lxml import etree

from autotui.ingest import charsets, dialects, fast, markup
from bench.figures import Figure, tell
from support.feeds import day

URL = "https://outlet.example/feed"
FEEDS, ENTRIES, TURNS = 30, 40, 5
WORDS = "the unit joins motor inverter and gears in one housing of aluminium".split()  # noqa: SIM905
PARSER = etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True)


def body(seed: int) -> str:
    """About three thousand characters of HTML."""
    paragraphs = (
        " ".join(WORDS[(seed + at * number) % len(WORDS)] for at in range(60))
        for number in range(1, 9)
    )
    return "".join(
        f'<p>{text} <a href="/{seed}">more\u2026</a> {text[:20]}</p>' for text in paragraphs
    )


def rss(feed: int) -> bytes:
    """As the usual blog software writes it."""
    items = "".join(
        f"<item><title>Story {at} &amp; more</title>"
        f"<link>https://f.example/{feed}/{at}</link>"
        f'<guid isPermaLink="false">{feed}-{at}</guid>'
        "<dc:creator><![CDATA[Ada]]></dc:creator>"
        f"<pubDate>{day(at):%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        "<category><![CDATA[EV]]></category><category><![CDATA[Motors]]></category>"
        f"<description><![CDATA[{body(at)[:300]}]]></description>"
        f"<content:encoded><![CDATA[{body(at)}]]></content:encoded></item>"
        for at in range(ENTRIES)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Volt</title>'
        f"<link>https://f.example/</link>{items}</channel></rss>"
    ).encode()


def atom(feed: int) -> bytes:
    """As the usual blog software writes it."""
    entries = "".join(
        f'<entry><title type="html">Story {at} &amp;amp; more</title><id>{feed}-{at}</id>'
        f'<link href="https://f.example/{feed}/{at}"/><author><name>Ada</name></author>'
        f"<published>{day(at).isoformat()}</published><category term='EV'/>"
        f"<updated>{day(at).isoformat()}</updated>"
        f"<content type='html'>{escape(body(at))}</content></entry>"
        for at in range(ENTRIES)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Volt</title><id>urn:f</id>{entries}</feed>"
    ).encode()


def bare(content: bytes) -> None:
    """What feedparser takes, without any of ours."""
    feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)


def thorough(content: bytes) -> object:
    """Read as what is not ordinary is read."""
    root = markup.tree(charsets.decode(content))
    return None if root is None else dialects.read(root, URL)


READERS: dict[str, Callable[[bytes], object]] = {
    "lxml, the tree alone": lambda content: etree.fromstring(content, PARSER),
    "fast": lambda content: fast.read(content, URL),
    "thorough": thorough,
    "feedparser alone": bare,
}


def measured(contents: Sequence[bytes]) -> dict[str, list[float]]:
    """Give the seconds of CPU of each reader's turns."""
    taken: dict[str, list[float]] = {name: [] for name in READERS}
    for _ in range(TURNS):
        for name, reader in READERS.items():
            start = time.process_time()
            for content in contents:
                reader(content)
            taken[name].append(time.process_time() - start)
    return taken


def main() -> None:
    """Print the table."""
    if len(sys.argv) > 1:
        paths = sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_file())
        contents = [path.read_bytes() for path in paths if path.suffix != ".json"]
    else:
        contents = [(atom if at % 4 == 0 else rss)(at) for at in range(FEEDS)]
    read = [fast.read(content, URL) for content in contents]
    contents = [content for content, feed in zip(contents, read, strict=True) if feed]
    entries = sum(len(feed.entries) for feed in read if feed)
    size = sum(map(len, contents))
    print(f"{len(contents)} feeds are fast, {len(read) - len(contents)} are not")
    print(
        f"{entries} entries, {size / 1e6:.1f} MB, {size // max(1, entries)} bytes an entry"
    )
    taken = measured(contents)
    for name, turns in taken.items():
        seconds, ratio = min(turns), min(turns) / min(taken["fast"])
        print(
            f"{name:<22}{seconds / max(1, entries) * 1e6:>9.1f} \u00b5s{ratio:>9.2f} x fast"
        )
    fast_one, alone = (
        [each / entries * 1e6 for each in taken[name]]
        for name in ("fast", "feedparser alone")
    )
    what = "an entry from bytes to a clean draft, CPU"
    tell(Figure(what, "\u00b5s", fast_one, "feedparser, nothing cleaned", alone))


if __name__ == "__main__":
    main()
