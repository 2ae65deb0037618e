"""feedparser as the reference, and as the last resort."""

from pathlib import Path

import pytest

from autotui.ingest import drafts, rescue
from autotui.ingest.parse import parse
from autotui.model import ParsedFeed

LESSONS = Path(__file__).parents[1] / "data" / "feeds"
OTHERWISE = frozenset(
    {
        "atom-03-author-is-inherited.xml",
        "atom-10-with-a-prefix.xml",
        "atom-author-of-the-feed.xml",
        "atom-author-of-the-source.xml",
        "atom-author-without-a-name.xml",
        "atom-content-elsewhere.xml",
        "atom-first-alternate-counts.xml",
        "atom-link-as-written-is-the-key.xml",
        "atom-link-rel-as-a-whole-address.xml",
        "atom-related-stands-in-for-a-page.xml",
        "atom-relative-links-follow-the-document.xml",
        "atom-title-without-type-but-with-markup.xml",
        "author-address-with-name.xml",
        "author-inherited-from-the-channel.xml",
        "author-itunes-is-second-choice.xml",
        "author-name-goes-before-an-address.xml",
        "author-name-with-address.xml",
        "author-only-an-address.xml",
        "author-same-person-twice.xml",
        "broken-a-title-of-200000-characters.xml",
        "broken-bare-ampersand.xml",
        "broken-cdata-never-opened.xml",
        "broken-cut-off-in-a-text.xml",
        "broken-cut-off-in-cdata.xml",
        "broken-doctype-with-entities.xml",
        "broken-unclosed-title.xml",
        "content-atom-summary-without-type-holds-html.xml",
        "content-in-atom-as-xml.xml",
        "content-in-atom-that-is-a-picture.xml",
        "encoding-cut-within-a-character.xml",
        "encoding-declaration-against-a-default-header.xml",
        "encoding-ebcdic.xml",
        "encoding-one-bad-byte-in-utf-8.xml",
        "encoding-shift-jis.xml",
        "feedburner-original-link.xml",
        "link-protocol-relative.xml",
        "link-relative-follows-the-channel.xml",
        "link-with-bare-ampersands.xml",
        "rss-10-with-a-prefix-and-a-clash.xml",
        "title-with-a-script.xml",
        "without-guid-the-link-as-written-is-the-key.xml",
    }
)
"""Lessons that feedparser has not learned, or answers in another way on purpose."""
URL = "https://a.example/feed"


def read_by_feedparser(content: bytes) -> ParsedFeed:
    found = rescue.read(content)
    assert found is not None
    return drafts.feed(found, URL)


def told(feed: ParsedFeed) -> list[tuple[object, ...]]:
    return [
        (each.key, each.title, each.url, each.author, each.published_at, each.text)
        for each in feed.articles
    ]


@pytest.mark.parametrize(
    "name",
    sorted(
        file.name
        for file in LESSONS.iterdir()
        if file.suffix != ".json" and file.name not in OTHERWISE
    ),
)
def test_feedparser_tells_the_same(name: str) -> None:
    content = (LESSONS / name).read_bytes()
    ours = parse(content, URL)
    if ours.articles:
        assert told(read_by_feedparser(content)) == told(ours)


def test_lessons_that_differ_from_feedparser_exist() -> None:
    assert {file.name for file in LESSONS.iterdir()} >= OTHERWISE


def test_stories_that_only_feedparser_finds_are_kept() -> None:
    broken = b"""<rss version="2.0"><channel><title>Volt</title>
        <item<><guid>1</guid><title>A motor</title><link>/1</link></item>
        </channel></rss>"""
    assert [each.title for each in parse(broken, URL).articles] == ["A motor"]


@pytest.mark.parametrize(
    "hopeless",
    [
        b"<rss><channel><title>No story</title></channel></rss>",
        b"<item " + b"a='1' " * 3_000 + b">",
        b"<item>" + b"x" * rescue.MAX_BYTES,
        b"<entry",
    ],
)
def test_what_would_take_feedparser_long_is_not_tried(hopeless: bytes) -> None:
    assert rescue.read(hopeless) is None


def test_a_body_that_names_a_file_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "<item"
    file.write_text("<rss><item><title>Secret</title></item></rss>")
    assert rescue.read(str(file).encode()) is None
