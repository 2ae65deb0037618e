import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.ingest import dialects, markup, tolerant

URL = "https://a.example/feed"
PIECES = """
<rss <rss> <channel> </channel> <item> </item> <entry> </entry> <title> </title> <link>
<guid> <content:encoded> <dc:creator> <x:y:z> <1a> <p> </p> <b </B> <br> <![CDATA[ ]]>
<!-- --> <? ?> <!DOCTYPE [ ]> <!ENTITY &foo; &#27; &#x0; & < > " ' = / a='b' xmlns='u'
xmlns:x="{}" x:a='1' xml:base='//[' href=x \x1b \ufffe text
"""
SOUP = st.lists(st.sampled_from(PIECES.split())).map(" ".join)
HOSTILE = {
    "open tags": "<a ",
    "open comments": "<!--",
    "instructions": "<?",
    "open quotes": "<a b='",
    "sections": "<![CDATA[",
    "less-than": "<",
    "end tags": "</a>",
    "nested": "<a>",
    "references": "&amp;",
    "doctypes": "<!DOCTYPE [",
    "entities": "<!ENTITY ",
    "nested items": "<item><title>",
    "quotation marks": "'\"",
    "attributes": "x=1 ",
}


@given(st.one_of(st.text(), SOUP))
def test_any_text_is_a_tree(text: str) -> None:
    root = tolerant.read(text)
    assert sum(1 for _ in root.iter()) >= 1
    dialects.read(root, URL)


@given(SOUP)
def test_any_markup_is_a_feed_or_none(text: str) -> None:
    root = markup.tree(f"<rss>{text}")
    assert root is not None
    assert dialects.read(root, URL) is not None


def test_what_is_well_formed_is_read_alike() -> None:
    feed = (
        '<rss version="2.0" xmlns:d="http://purl.org/dc/elements/1.1/"><channel>'
        "<title>A &amp; B</title><item><guid>1</guid><d:creator>Ada</d:creator>"
        "<description><![CDATA[<p>x</p>]]></description></item></channel></rss>"
    )
    strict = markup.tree(feed)
    assert strict is not None
    assert strict.tag == "rss"
    assert dialects.read(strict, URL) == dialects.read(tolerant.read(feed), URL)


def test_no_item_is_lost_where_none_is_closed() -> None:
    items = "".join(f"<item><guid>{at}</guid><title>a & b" for at in range(500))
    found = dialects.read(tolerant.read(f"<rss><channel>{items}</channel></rss>"), URL)
    assert found is not None
    assert [entry.key for entry in found.entries] == [str(at) for at in range(500)]


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_length_and_nothing_else(piece: str) -> None:
    def seconds(size: int) -> float:
        text = "<a " + piece * (size // len(piece))
        start = time.process_time()
        tolerant.read(text)
        return time.process_time() - start

    assert seconds(400_000) < 8 * seconds(100_000) + 0.2
