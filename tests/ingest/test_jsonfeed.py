import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui.document import to_text
from autotui.errors import ParseError
from autotui.ingest.jsonfeed import parse
from autotui.model import Enclosure, ParsedArticle, ParsedFeed

URL = "https://a.example/feed.json"
NAMES = """
id url title content_html content_text summary authors author name tags language
attachments size_in_bytes mime_type date_published date_modified
"""
WORDS = [*'{}[],:"', '"id"', '"title"', "1", "null", "\\u001b", "1e999", "NaN", "\n"]
KEYS = st.sampled_from(NAMES.split())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=10,
)


def feed(*items: object, **about: object) -> ParsedFeed:
    whole = {"version": "https://jsonfeed.org/version/1.1", "items": items, **about}
    return parse(json.dumps(whole).encode(), URL)


def only(**item: object) -> ParsedArticle:
    (article,) = feed(item).articles
    return article


def test_a_feed_of_version_1_1_is_read() -> None:
    found = feed(
        {
            "id": "a-1",
            "url": "/one",
            "title": "One &amp; two",
            "content_html": "<p>Full <b>text</b>, longer than the summary.</p>",
            "summary": "Short.",
            "authors": [{"name": "Ada"}, {"name": "Grace"}, {"url": "x"}],
            "date_published": "2026-03-02T10:00:00+02:00",
            "date_modified": "2026-03-02T09:00:00Z",
            "tags": ["ev", "ev", 5, "battery"],
            "language": "de-CH",
            "attachments": [
                {"url": "p.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12_345}
            ],
        },
        title="Volt",
        home_page_url="https://a.example/",
        language="en",
    )
    (article,) = found.articles
    assert (found.title, found.site_url, found.language) == (
        "Volt",
        "https://a.example/",
        "en",
    )
    assert (article.key, article.url) == ("a-1", "https://a.example/one")
    assert article.title == "One & two"
    assert to_text(article.document) == "Full text, longer than the summary."
    assert article.author == "Ada, Grace"
    assert article.published_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert article.updated_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert article.categories == ("ev", "battery")
    assert article.language == "de-CH"
    assert article.enclosures == (
        Enclosure("https://a.example/p.mp3", "audio/mpeg", 12_345),
    )


def test_a_feed_of_version_1_0_is_read() -> None:
    whole = {
        "version": "https://jsonfeed.org/version/1",
        "author": {"name": "Ada"},
        "items": [{"id": 7, "external_url": "https://b.example/x", "content_text": "Hi"}],
    }
    (article,) = parse(b"\xef\xbb\xbf" + json.dumps(whole).encode(), URL).articles
    assert (article.key, article.author) == ("7", "Ada")
    assert article.url == "https://b.example/x"
    assert article.title == "Hi"


def test_plain_text_is_text_in_paragraphs() -> None:
    article = only(id="1", content_text="a <b> &amp; c\n\nd")
    assert to_text(article.document) == "a <b> &amp; c\n\nd"


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [("\u001b[2Jx", "[2Jx"), ("\ud800x", "x"), ("[red]x[/]", "[red]x[/]")],
)
def test_what_json_can_hide_is_cleaned(title: str, cleaned: str) -> None:
    article = only(id="\u001b1", title=title, content_html=f"<p>{title}</p>")
    assert article.title == to_text(article.document) == cleaned
    assert article.key == "1"


@pytest.mark.parametrize(
    "told", ["", "yesterday", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00", "9" * 99]
)
def test_a_date_that_cannot_be_is_no_date(told: str) -> None:
    assert only(id="1", date_published=told).published_at is None


def test_a_date_without_a_zone_is_utc() -> None:
    article = only(id="1", date_published="2026-03-02T10:00:00")
    assert article.published_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"{}",
        b'{"items": 5}',
        b'{"items": [' * 100_000,
        b'{"a": \xff}',
        b'{"items": NaN, "x": 1e999}',
    ],
)
def test_what_is_no_feed_is_told(content: bytes) -> None:
    with pytest.raises(ParseError):
        parse(content, URL)


def test_a_number_of_thousands_of_digits_does_no_harm() -> None:
    content = b'{"items": [{"id": ' + b"9" * 5_000 + b', "url": "https://a.example/"}]}'
    (article,) = parse(content, URL).articles
    assert article.key.startswith("sha256:")


@settings(deadline=None)
@given(st.lists(JSON, max_size=4))
def test_whatever_the_items_are_it_is_a_feed(items: list[object]) -> None:
    assert isinstance(feed(*items), ParsedFeed)


@settings(deadline=None)
@given(
    st.one_of(st.binary(), st.lists(st.sampled_from(WORDS)).map("".join).map(str.encode))
)
def test_any_bytes_are_a_feed_or_told(content: bytes) -> None:
    with contextlib.suppress(ParseError):
        parse(b'{"items": [' + content, URL)


def test_of_a_damaged_feed_the_items_before_the_damage_are_kept() -> None:
    whole = {
        "title": "Volt",
        "items": [{"id": "1"}, {"id": "2"}, {"id": "3", "title": "x"}],
    }
    damaged = json.dumps(whole).encode()[:-8]
    found = parse(damaged, URL)
    assert found.title == "Volt"
    assert [article.key for article in found.articles] == ["1", "2"]
