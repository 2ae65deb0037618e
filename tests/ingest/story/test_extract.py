import json
import time
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui import clean
from autotui.document import Document
from autotui.errors import ParseError
from autotui.ingest.story.extract import extract
from autotui.packing import unpack
from autotui.pages import Known, Page
from support import hostile

URL = "https://outlet.example/story/1"
FIRST = "The new drive unit puts motor, inverter and gears into one housing of aluminium."
SECOND = (
    "It weighs 76 kilograms, which is nine less than the unit before it, the maker says."
)
THIRD = "Production is to start in the spring, at first with two shifts and forty people."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>" * 1


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Drive unit</title>{head}</head><body>{body}"


def article(inner: str, around: str = "") -> str:
    return page(
        f"<h1>A lighter drive unit</h1><article class='story'>{inner}</article>{around}"
    )


def document(found: Page) -> Document:
    return unpack(found.body.packed, found.body.text)


def strings(found: Page) -> Iterator[str]:
    yield from (found.title, found.dek, found.site, found.section, found.language)
    yield from (found.url, found.note, found.body.text, *found.authors, *found.tags)
    blocks = (*document(found).blocks, *filter(None, [found.image]))
    for block in blocks:
        yield from (block.url, block.alt, block.credit, *sum(block.rows, ()))
        yield from (part for span in block.spans for part in (span.text, span.url))


def test_the_story_comes_out_as_the_blocks_that_stand_there() -> None:
    rich = (
        f'<p>{FIRST} <a href="/more">Its maker</a> has <b>two</b> plants.</p>'
        f"<h2>What it weighs</h2><p>{SECOND}</p><ul><li>motor: 40 kilograms of steel</li>"
        "<li>inverter: nine kilograms of nearly everything</li></ul>"
        f"<blockquote><p>We left out all that we could, says the chief engineer.</p>"
        f"</blockquote><p>{THIRD}</p>"
    )
    found = document(extract(article(rich), URL))
    kinds = [block.kind for block in found.blocks]
    assert kinds == [
        "paragraph",
        "heading",
        "paragraph",
        "item",
        "item",
        "quote",
        "paragraph",
    ]
    assert found.links == ("https://outlet.example/more",)


def test_what_stands_around_the_story_stays_out() -> None:
    around = (
        '<div class="newsletter"><p>Get our letter every Friday, free of charge.</p></div>'
        '<div class="related"><h3>Related</h3><ul><li><a href="/x">Another story</a></li>'
        "</ul></div><footer><p>All rights reserved by the outlet.</p></footer>"
    )
    text = extract(article(STORY, around), URL).body.text
    assert text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_pictures_keep_their_place_caption_and_credit() -> None:
    figure = (
        '<figure><img src="/unit.jpg" alt="A grey box"><figcaption>The unit on its stand. '
        '<span class="credit">Photo: Ada Byron</span></figcaption></figure>'
    )
    found = extract(article(f"<p>{FIRST}</p>{figure}<p>{SECOND}</p><p>{THIRD}</p>"), URL)
    kinds = [block.kind for block in document(found).blocks]
    assert kinds == ["paragraph", "image", "paragraph", "paragraph"]
    (image,) = document(found).images
    assert (image.text, image.credit) == ("The unit on its stand.", "Ada Byron")
    assert found.image == image
    assert "stand" not in found.body.text


def test_a_line_in_the_box_of_a_picture_is_no_text_of_the_story() -> None:
    shown = "The unit stands on its stand, unused."
    box = f"<div class='x'><img src='/unit.jpg'><p>{shown}</p></div>"
    found = extract(article(f"<p>{FIRST}</p>{box}<p>{SECOND}</p><p>{THIRD}</p>"), URL)
    assert found.body.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert [each.text for each in document(found).images] == [shown]


def test_the_lead_image_is_named_even_where_the_body_has_none() -> None:
    head = '<meta property="og:image" content="https://i.example/lead.jpg">'
    found = extract(page(f"<h1>Unit</h1><article>{STORY}</article>", head), URL)
    assert found.image is not None
    assert found.image.url == "https://i.example/lead.jpg"


def test_blocks_that_other_stories_have_as_well_are_left_out() -> None:
    promise = "We drive every car ourselves, and we pay for the electricity that it takes."
    html = article(STORY + f"<p>{promise}</p>")
    before = extract(html, URL)
    assert promise in before.body.text
    known = Known(clutter=frozenset({before.prints[-1]}))
    after = extract(html, URL, known=known)
    assert promise not in after.body.text
    assert after.prints == before.prints


def test_the_print_of_a_block_does_not_change_with_its_looks() -> None:
    plain = extract(article(STORY), URL).prints
    bold = extract(
        article(STORY.replace("<p>", "<p><b>").replace("</p>", " </b></p>")), URL
    )
    assert bold.prints == plain
    assert all(len(each) == 16 for each in plain)


def test_the_readers_selectors_say_where_the_story_is() -> None:
    html = page(
        f"<div class='a'>{STORY}</div><div class='b'><p>Only this is wanted.</p></div>"
    )
    found = extract(html, URL, known=Known(selectors=(".b",)))
    assert found.body.text == "Only this is wanted."


def test_a_bad_selector_is_told_and_ignored() -> None:
    found = extract(article(STORY), URL, known=Known(selectors=("p:::x",)))
    assert found.body.text.startswith(FIRST)
    assert "p:::x" in found.note


def test_a_story_that_only_the_data_of_a_page_tells_is_told() -> None:
    body = "\n".join([FIRST, SECOND, THIRD, FIRST[::-1], SECOND[::-1]])
    told = json.dumps({"@type": "NewsArticle", "headline": "Unit", "articleBody": body})
    head = f'<script type="application/ld+json">{told}</script>'
    found = extract(page('<div id="app"></div>', head), URL)
    assert found.completeness == "full"
    assert found.body.text.startswith(FIRST)


def test_lines_without_markup_are_a_page_too() -> None:
    lines = (
        f"Outlet\nA lighter drive unit for small cars\nBy Ada Byron\n{FIRST}\n{SECOND}\n"
    )
    found = extract(lines, URL)
    assert found.title == "A lighter drive unit for small cars"
    assert found.authors == ("Ada Byron",)
    assert found.body.text == f"{FIRST}\n\n{SECOND}"


def test_a_page_that_bars_the_way_is_never_a_story() -> None:
    gate = page(
        "<h1>Just a moment...</h1><p>Checking your browser before you may go on.</p>"
    )
    found = extract(gate, URL)
    assert (found.completeness, found.body.text) == ("blocked", "")
    assert "o opens" in found.note


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<rss version='2.0'><channel></channel></rss>", "feed"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_is_no_page_is_named(content: bytes, kind: str) -> None:
    with pytest.raises(ParseError, match=kind):
        extract(content, URL)


TAGS = """
<p> </p> <div> <table> <tr> <td> </table> <figure> <img> <figcaption> </figure> <article>
<h1> </h1> <li> <ul> <span> <br> &#27; &#x202e; <noscript> <script> <source> <a> </a> <form>
<input> <nav> <aside> <title>
"""
PARTS = [f"<p>{FIRST}</p>", '<img src="/a.jpg" alt="\x1b[31mx" class="caption">']
SOUP = st.lists(
    st.one_of(st.text(max_size=40), st.sampled_from(TAGS.split()), st.sampled_from(PARTS)),
    max_size=40,
).map("".join)


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.binary(), st.text(), SOUP, SOUP.map(str.encode)))
def test_whatever_comes_in_a_clean_page_or_a_parse_error_comes_out(content: bytes) -> None:
    try:
        found = extract(content, URL, known=Known(selectors=(".caption",)))
    except ParseError:
        return
    for string in strings(found):
        assert clean.text(string) == string
        assert not any(unicodedata.category(each) == "Cs" for each in string)
    assert found.completeness == "full" or found.note


HOSTILE = {
    "deep": lambda size: "<html><body>" + "<div>" * size + "hello",
    "open tags": lambda size: "<html><body>" + "<a " * size,
    "paragraphs": lambda size: "<html><body>" + "<p>" * size,
    "breaks": lambda size: "<html><body>" + "x<br>" * size,
    "NULs": lambda size: "<html><body><p>a\0b</p>" * (size // 10),
    "cells": lambda size: "<html><body><table>" + "<tr><td>x" * size,
    "captions": lambda size: "<html><body>" + "<span class=caption>x" * size,
    "lines": lambda size: "x\nEnlarge Image\n" * (size // 4),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_seconds_at_most(name: str) -> None:
    began = time.process_time()
    with suppress(ParseError):
        extract(HOSTILE[name](100_000), URL)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("name", hostile.HTML)
def test_hostile_fragments_are_harmless_in_pages(name: str) -> None:
    began = time.process_time()
    extract(article(STORY + hostile.HTML[name](20_000)), URL)
    assert time.process_time() - began < 5


def test_trafilatura_leaves_the_tree_as_it_was() -> None:
    import lxml.etree
    import trafilatura

    from autotui.ingest.story import pagetree

    tree = pagetree.parsed(article(STORY))
    before = lxml.etree.tostring(tree)
    trafilatura.extract(tree, include_comments=False)
    assert lxml.etree.tostring(tree) == before
