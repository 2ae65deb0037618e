"""Small feeds in every form that the tests need, written on the spot."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from autotui.document import Document, count_words
from autotui.packing import pack

Item = tuple[str, str]
"""GUID and title of an entry."""

LONG = "The unit joins motor, inverter and gears in one housing. " * 12


def day(number: int) -> datetime:
    """When entry ``number`` of a feed was published."""
    return datetime(2024, 1, 1, 8, tzinfo=UTC) + timedelta(days=number)


def rss(title: str, items: Sequence[Item], body: str = LONG) -> bytes:
    """An RSS 2.0 feed; each entry was published a day after the one before."""
    entries = "".join(
        f"<item><guid isPermaLink='false'>{escape(guid)}</guid>"
        f"<title>{escape(name)}</title>"
        f"<link>https://outlet.example/{escape(guid)}</link>"
        f"<pubDate>{format_datetime(day(at), usegmt=True)}</pubDate>"
        f"<description>{escape(f'<p>{body}</p>')}</description></item>"
        for at, (guid, name) in enumerate(items)
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>{escape(title)}"
        f"</title><link>https://outlet.example/</link>{entries}</channel></rss>"
    ).encode()


def atom(title: str, items: Sequence[Item]) -> bytes:
    """An Atom 1.0 feed."""
    entries = "".join(
        f"<entry><id>{escape(guid)}</id><title>{escape(name)}</title>"
        f"<link href='https://outlet.example/{escape(guid)}'/>"
        f"<updated>{day(at).isoformat()}</updated>"
        f"<content type='html'>{escape(f'<p>{LONG}</p>')}</content></entry>"
        for at, (guid, name) in enumerate(items)
    )
    return (
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        f"<title>{escape(title)}</title><id>urn:{escape(title)}</id>"
        f"<updated>2024-02-01T08:00:00Z</updated>{entries}</feed>"
    ).encode()


def atom_texts(title: str, stories: Sequence[tuple[str, str, str]]) -> bytes:
    """An Atom feed; of each entry GUID, title and text."""
    entries = "".join(
        f"<entry><id>{escape(guid)}</id><title>{escape(name)}</title>"
        f"<link href='https://outlet.example/{escape(guid)}'/>"
        f"<updated>{day(at).isoformat()}</updated>"
        f"<content type='html'>{escape(f'<p>{text}</p>')}</content></entry>"
        for at, (guid, name, text) in enumerate(stories)
    )
    return (
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        f"<title>{escape(title)}</title><id>urn:{escape(title)}</id>{entries}</feed>"
    ).encode()


def rdf(title: str, items: Sequence[Item]) -> bytes:
    """An RSS 1.0 feed."""
    entries = "".join(
        f"<item rdf:about='https://outlet.example/{escape(guid)}'>"
        f"<title>{escape(name)}</title><link>https://outlet.example/{escape(guid)}</link>"
        f"<dc:date>{day(at).isoformat()}</dc:date>"
        f"<description>{LONG}</description></item>"
        for at, (guid, name) in enumerate(items)
    )
    return (
        "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
        " xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<channel rdf:about='https://outlet.example/'><title>{escape(title)}</title>"
        f"<link>https://outlet.example/</link></channel>{entries}</rdf:RDF>"
    ).encode()


def json_feed(title: str, items: Sequence[Item]) -> bytes:
    """A JSON Feed 1.1."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "items": [
                {
                    "id": guid,
                    "title": name,
                    "url": f"https://outlet.example/{guid}",
                    "date_published": f"{day(at).isoformat()}",
                    "content_html": f"<p>{LONG}</p>",
                }
                for at, (guid, name) in enumerate(items)
            ],
        }
    ).encode()


def body(document: Document) -> dict[str, Any]:
    """A document as the fields of a ``ParsedArticle``."""
    text, packed = pack(document)
    return {"text": text, "words": count_words(text), "packed": packed}
