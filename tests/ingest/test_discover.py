import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui.ingest import discover
from autotui.model import Subscription

PAGE = b"""<!doctype html><html><head><base href="/de/">
<link rel="alternate" type="application/rss+xml" title="News &amp; more" href="feed.xml">
<link rel="stylesheet" href="x.css">
<link rel="Alternate Feed" type="application/ATOM+xml; charset=utf-8" href="//b.example/a">
<link rel="alternate" type="application/rss+xml" title="Again" href="/de/feed.xml">
<link rel="alternate" type="application/json" href="/wp-json/1">
<link rel="alternate" hreflang="fr" href="/fr/">
<link rel="alternate" type="application/feed+json" href="javascript:x">
<link rel="alternate" type="application/feed+json" title="\x1b[31m" href="j.json">
</head><body>Hello</body></html>"""


def test_a_pages_feeds_are_found_in_its_order() -> None:
    assert discover.feeds(PAGE, "https://a.example/x/y") == (
        Subscription("https://a.example/de/feed.xml", "News & more"),
        Subscription("https://b.example/a"),
        Subscription("https://a.example/de/j.json", "[31m"),
    )


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_a_page_without_surprises(content: bytes) -> None:
    assert discover.feeds(content, "https://a.example/") == ()
    discover.is_feed(content)


@pytest.mark.parametrize(
    ("content", "feed"),
    [
        (b"<?xml version='1.0'?>\n<!-- <html> -->\n<rss version='2.0'>", True),
        (b"\xef\xbb\xbf<feed xmlns='http://www.w3.org/2005/Atom'>", True),
        (b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", True),
        ("<?xml version='1.0'?><rss>".encode("utf-16"), True),
        (b' {"version": "https://jsonfeed.org/version/1.1", "items": []}', True),
        (b'{"a": 1}', False),
        (PAGE, False),
        (b"<html><body><rss></body>", False),
        (b"plain", False),
        (b"", False),
    ],
)
def test_a_feed_is_known_by_its_beginning(content: bytes, feed: bool) -> None:  # noqa: FBT001 - parametrized
    assert discover.is_feed(content) is feed


def test_the_usual_places_are_looked_at_nearest_first() -> None:
    found = discover.guesses("https://a.example/cars?x=1")
    assert found[0] == "https://a.example/cars/feed/"
    assert "https://a.example/rss.xml" in found
    assert len(discover.guesses("https://a.example")) == len(set(found)) / 2
    assert discover.guesses("nonsense") == ()
