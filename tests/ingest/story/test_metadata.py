import json
import time
from dataclasses import fields
from datetime import UTC, datetime

import lxml.etree
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.ingest.story.metadata import Metadata, resolve

URL = "https://courier.example/2019/06/rotor"
PUBLISHED = datetime(2019, 6, 5, 16, 34, tzinfo=UTC)


def _resolved(head: str = "", body: str = "", url: str = URL) -> Metadata:
    page = f"<html><head>{head}</head><body>{body}<p>The text of it all.</p></body></html>"
    return resolve(lxml.html.document_fromstring(page), url)


def _meta(**values: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in values.items()
    )


def _told(**values: object) -> str:
    story = {"@type": "NewsArticle", "headline": "A new rotor", **values}
    return f'<script type="application/ld+json">{json.dumps(story)}</script>'


def test_a_page_that_says_all_is_read_whole() -> None:
    page = _resolved(
        '<title>A new rotor | The Courier</title><link rel="canonical" href="/r">'
        + _meta(
            og__site_name="The Courier",
            og__description="What the makers say of it.",
            og__image="/a.jpg",
            og__locale="en_GB",
        )
        + _told(
            datePublished="2019-06-05T09:34:00-07:00",
            dateModified="2019-06-05T17:00:00Z",
            author={"@type": "Person", "name": "Jane Doe"},
            articleSection=["Tech", "Cars"],
            keywords=["rotor", "steel, air"],
            articleBody="<p>One &amp; two.</p><p>Three.</p>",
            isAccessibleForFree="False",
        ),
        "<h1>A new rotor!</h1><p class='standfirst'>It saves three kilograms of steel.</p>",
    )
    assert page == Metadata(
        title="A new rotor!",
        dek="It saves three kilograms of steel.",
        description="What the makers say of it.",
        authors=("Jane Doe",),
        published_at=PUBLISHED,
        updated_at=datetime(2019, 6, 5, 17, tzinfo=UTC),
        site="The Courier",
        section="Tech",
        tags=("rotor", "steel", "air"),
        language="en-GB",
        url="https://courier.example/r",
        image="https://courier.example/a.jpg",
        body="One & two.\n\nThree.",
        free=False,
    )


def test_a_page_that_says_nothing_is_no_trouble() -> None:
    tree = lxml.html.document_fromstring("<p>x</p>")
    assert resolve(tree) == Metadata()
    assert resolve(tree, "no address") == Metadata()


# Titles

TITLES = [
    ("<title>A new rotor | The Courier</title>", "<h1>A new rotor</h1>", "A new rotor"),
    ("<title>A new rotor - Courier</title>", "", "A new rotor"),
    (_meta(og__title="A new &amp;amp; big rotor"), "", "A new & big rotor"),
    (_meta(twitter__title="A <b>new</b> rotor"), "", "A <b>new</b> rotor"),
    (_told(), "<h1>The Courier</h1>", "A new rotor"),
    (_told(), "<h1><span>A</span> new<br>rotor</h1>", "A new rotor"),
    (
        _told(),
        "<h1>A new rotor<script>x()</script><!-- y --> here</h1>",
        "A new rotor here",
    ),
    (_told(), "<h1>Cars</h1><h1 class='entry-title'>So it spins</h1>", "So it spins"),
    ("<title>A rotor for all - X</title>", "<h2>A rotor for all</h2>", "A rotor for all"),
    ("<title>A</title>", "<svg><title>B</title></svg>", "A"),
]


@pytest.mark.parametrize(("head", "body", "title"), TITLES)
def test_the_title_is_that_of_the_story(head: str, body: str, title: str) -> None:
    assert _resolved(head, body).title == title.replace("<b>", "").replace("</b>", "")


# Authors

JANE, JOHN = ("Jane Doe",), ("Jane Doe", "John Roe")
AUTHORS = [
    (_told(author="By Jane Doe"), "", JANE),
    (_told(author=[{"name": "Jane Doe"}, {"name": "John Roe"}]), "", JOHN),
    (_told(author={"name": ["Jane Doe", "John Roe"]}), "", JOHN),
    (_told(author={"@type": "Organization", "name": "Courier"}), "", ("Courier",)),
    (_told(author="Courier"), "<a rel=author href=/x>Jane Doe</a>", JANE),
    (_told(author="admin"), "", ()),
    (_told(creator="Jane Doe"), "", JANE),
    (_meta(author="Jane Doe") + _meta(author="John Roe"), "", JOHN),
    (_meta(article__author="https://social.example/jane", byl="By Jane Doe"), "", JANE),
    (_meta(citation_author="Doe, Jane"), "", JANE),
    (_meta(twitter__label1="Written by", twitter__data1="Jane Doe"), "", JANE),
    (_meta(twitter__label1="Price", twitter__data1="Jane Doe"), "", ()),
    ("", "<span itemprop=author>Jane Doe</span>", JANE),
    ("", "<div itemprop=author><img><b itemprop=name>Jane Doe</b>, editor</div>", JANE),
    (
        "",
        "<p class=byline>By <a href=/x>Jane Doe</a> and <a href=/y>John Roe</a></p>",
        JOHN,
    ),
    ("", "<p><i class=author>Jane Doe</i>, <i class=author>John Roe</i></p>", JOHN),
    ("", "<p class=byline>By Jane Doe, Editor</p>", JANE),
    ("", "<p>By <a href='/authors/jane-doe'>Jane Doe</a></p>", JANE),
    ("", "<div class=author-bio>Jane Doe writes here</div>", ()),
    ("", "<div class=comments><b class=author>Jane Doe</b></div>", ()),
    ("", "<aside><b class=author>Jane Doe</b></aside>", ()),
]


@pytest.mark.parametrize(("head", "body", "authors"), AUTHORS)
def test_authors_are_the_people_that_a_page_names(
    head: str, body: str, authors: tuple[str, ...]
) -> None:
    article = f"<main><article><h1>A new rotor</h1><div>{body}</div></article></main>"
    assert _resolved(head, article).authors == authors


def test_a_byline_above_the_headline_is_seen() -> None:
    assert (
        _resolved("", "<div class=byline>By Jane Doe</div><h1>Rotor</h1>").authors == JANE
    )


# The line below the headline

LINE = "It saves three kilograms of steel."
DEKS = [
    ("", f"<p class=dek>{LINE}</p>", LINE),
    ("", f"<div class='article__sub-headline'><p>{LINE}</p></div>", LINE),
    ("", f"<h2 itemprop=alternativeHeadline>{LINE}</h2>", LINE),
    (_told(alternativeHeadline=LINE), "", LINE),
    (_meta(og__description=LINE), "", LINE),
    (_meta(og__description="It saves three kilogr..."), "", ""),
    (_meta(og__description=LINE), f"<p>{LINE} And it spins.</p>", ""),
    (_meta(og__description=LINE) + _told(articleBody=f"{LINE} It spins."), "", ""),
    (_meta(og__description="A new rotor"), "", ""),
    ("", "<p class=dek>Short</p>", ""),
]


@pytest.mark.parametrize(("head", "body", "dek"), DEKS)
def test_the_dek_is_the_line_below_the_headline(head: str, body: str, dek: str) -> None:
    assert _resolved(head, f"<h1>A new rotor</h1>{body}").dek == dek


# The rest


def test_the_canonical_address_is_not_that_of_the_front_page() -> None:
    front = '<link rel="canonical" href="https://courier.example/">'
    assert _resolved(front).url == URL
    assert _resolved(front + _meta(og__url="https://courier.example/r")).url == (
        "https://courier.example/r"
    )
    assert _resolved('<link rel="canonical" href="javascript:x">').url == URL


def test_a_logo_is_no_lead_image() -> None:
    logo = _meta(og__image="https://courier.example/logo.png")
    assert _resolved(logo).image == ""
    image = {"@type": "ImageObject", "url": "/rotor-logo-free.jpg?a=1&amp;b=2"}
    page = _resolved(logo + _told(image=[image]))
    assert page.image == "https://courier.example/rotor-logo-free.jpg?a=1&b=2"


def test_the_outlet_is_known_by_the_title_of_the_page() -> None:
    assert _resolved("<title>A new rotor | The Courier</title>").site == "The Courier"
    assert _resolved("<title>Courier - A new rotor</title>").site == "Courier"
    assert (
        _resolved("<title>A new rotor: all of it</title>", "<h1>New rotor</h1>").site == ""
    )
    graph = _told(publisher={"name": "The Courier Group"})
    assert _resolved(graph).site == "The Courier Group"


def test_keywords_are_tags_each_once() -> None:
    assert _resolved(_meta(keywords="Rotor; steel, rotor ,, air")).tags == (
        "rotor",
        "steel",
        "air",
    )
    assert len(_resolved(_meta(keywords=",".join(map(str, range(500))))).tags) == 30


def test_a_language_is_a_tag_or_nothing() -> None:
    assert _resolved(_meta(og__locale="de_CH")).language == "de-CH"
    assert _resolved(_meta(og__locale="\u202eno language")).language == ""


@pytest.mark.parametrize(
    ("tier", "free"), {"free": True, "locked": False, "metered": None}.items()
)
def test_a_tier_tells_whether_all_may_read(tier: str, free: object) -> None:
    assert _resolved(_meta(article__content_tier=tier)).free is free


# Hostile pages

HOSTILE = st.sampled_from(
    [
        "<h1>",
        "</h1>",
        "<div class='byline author dek'>",
        "<time datetime='2019-06-05T00'>",
        "<a rel=author href=/author/x>",
        '<script type="application/ld+json">{"@type":"Article","author":[',
        '"headline":"&#27;[2J\\u001b\\u202e"}',
        "</script>",
        "<meta property=og:title content='&#x202e;&#27;x | y'>",
        "<meta name=author content='&#155;By Jane&#0;'>",
        "<!-- x -->",
        "<title>",
        "5 June 2019",
        "\x00\x1b\u202e",
    ]
)


def _strings(page: Metadata) -> str:
    values = [getattr(page, field.name) for field in fields(page)]
    flat = [
        each for value in values for each in (value if type(value) is tuple else [value])
    ]
    return "".join(each for each in flat if isinstance(each, str))


@given(st.one_of(st.binary(), st.lists(st.one_of(HOSTILE, st.text())).map("".join)))
def test_any_page_gives_clean_metadata(content: bytes | str) -> None:
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    tree = lxml.etree.fromstring(b"<html>" + raw, lxml.etree.HTMLParser())
    told = _strings(resolve(tree, "https://x.example/a"))
    assert not set(told) & {"\x00", "\x1b", "\x9b", "\u202e", "\x07"}
    assert all(each >= " " or each == "\n" for each in told)


@pytest.mark.parametrize(
    "page",
    [
        "<div class='author'>" * 100_000,
        "<h1>" * 100_000,
        "<h1>x</h1>" + "<p class='author'>a</p>" * 100_000,
        "<h1>x</h1>" + "<b class=x></b>" * 200_000,
        "<h1>" + "<b>x</b>" * 100_000,
        "<meta name=author content='a, b'>" * 100_000,
        "<meta name=keywords content='" + "a," * 500_000 + "'>",
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>",
        "<title>" + "a | " * 100_000 + "</title>",
        "<h1>x</h1><div class='" + "author " * 100_000 + "'>x</div>",
        "<time>5 June</time>" * 100_000,
    ],
    ids=range(11),
)
def test_a_hostile_page_takes_little_time(page: str) -> None:
    tree = lxml.html.document_fromstring("<html>" + page + "<p>x")
    start = time.process_time()
    resolve(tree, URL)
    assert time.process_time() - start < 2
