import ast
import itertools
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui.errors import ParseError
from autotui.ingest import (
    charsets,
    dates,
    dialects,
    drafts,
    entries,
    fast,
    markup,
    vocabulary,
)
from autotui.ingest.parse import parse
from autotui.model import ParsedFeed
from support import feeds, hostile

URL = "https://a.example/feeds/main.xml"
LESSONS = Path(__file__).parent.parent / "data" / "feeds"
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "media": "http://search.yahoo.com/mrss/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "googleplay": "http://www.google.com/schemas/play-podcasts/1.0",
        "prism": "http://prismstandard.org/namespaces/basic/2.0/",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "atom": "http://www.w3.org/2005/Atom",
        "sy": "http://purl.org/rss/1.0/modules/syndication/",
        "xhtml": "http://www.w3.org/1999/xhtml",
        "odd": "https://odd.example/ns",
    }.items()
)
OPENING = {
    "rss": f'<rss version="2.0" {SPACES}><channel>',
    "atom": f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES}>',
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    f'xmlns="http://purl.org/rss/1.0/" {SPACES}><channel rdf:about="/c">',
}
CLOSING = {"rss": "</channel></rss>", "atom": "</feed>", "rdf": "</rdf:RDF>"}
ENTRY = {"rss": "item", "atom": "entry", "rdf": "item"}


def whole(kind: str, inner: str, about: str = "") -> bytes:
    """A feed of entries, each the inner XML of one."""
    between = "</channel>" if kind == "rdf" else ""
    return f"{OPENING[kind]}{about}{between}{inner}{CLOSING[kind]}".encode(
        "utf-8", "surrogatepass"
    )


def entry(kind: str, inner: str) -> str:
    return f"<{ENTRY[kind]}>{inner}</{ENTRY[kind]}>"


def thorough(content: bytes, content_type: str = "") -> ParsedFeed | str:
    """What there is without the fast path."""
    with patch.object(fast, "read", return_value=None):
        try:
            return parse(content, URL, content_type)
        except ParseError as error:
            return str(error)


def same(content: bytes, content_type: str = "") -> bool:
    """Whether the fast path took it; fail where it does not give what the other gives."""
    found = fast.read(content, URL, content_type)
    if found is None:
        return False
    # The drafts too: much that differs in them does not show in most articles.
    root = markup.tree(charsets.decode(content, content_type))
    assert root is not None
    assert found == dialects.read(root, URL)
    assert drafts.feed(found, URL) == thorough(content, content_type)
    return True


def read_fast(content: bytes) -> bool:
    """Whether no entry needed the other reader."""
    with patch.object(entries.Reader, "draft", side_effect=AssertionError):
        return same_drafts(content)


def same_drafts(content: bytes) -> bool:
    return fast.read(content, URL) is not None


TEXTS = [
    "",
    " \n\t ",
    "One",
    " two\r\n words ",
    "<![CDATA[<p>a &amp; <b>b</b></p>]]>",
    "<![CDATA[5 < 6 & 7 > 6]]>",
    "&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two&amp;nbsp;&amp;#8217;&lt;/p&gt;",
    "AT&amp;amp;T",
    "AT&amp;T &#8211; caf\xe9 &#x1F697;",
    "a<!-- b -->c<?d e?>f",
    "&lt;b&gt;Bold&lt;/b&gt; &lt;id&gt;",
    "Caf\xc3\xa9 \u4e2d\u6587 \u202e",
    "&amp;#27;[31m",
    "&#x85;&#13;&#10;",
    "&#146;quoted&#x94;",
    "one\xa0two\xa0",
    "0",
    "https://a.example/1?a=1&amp;b=2",
    "/relative path",
    "//b.example/x",
    "tag:a.example,2026:1",
    "ada@a.example (Ada)",
    "Ada &lt;ada@a.example&gt;",
    "word " * 60,
    *hostile.TITLES,
]
DATES = [
    "Mon, 02 Mar 2026 10:00:00 +0200",
    "Mon, 02 Mar 2026 10:00:00 GMT",
    "02 Mar 2026 10:00 EST",
    "Mon, 02 Mar 2026 24:00:00 GMT",
    "Tue, 30 Feb 2026 00:00:00 GMT",
    "Sun, 01 Jan 0001 00:00:00 +0900",
    "Fri, 31 Dec 9999 23:59:59 -0900",
    "2026-03-02T10:00:00Z",
    "2026-03-02T10:00:00.123456-05:30",
    "2026-03-02T10:00:60Z",
    "2026-03-02",
    "20260302T101112",
    "2026-13-02T10:00:00Z",
    "1772445600",
    "soon",
    "",
]
PLACES = [
    "https://a.example/1",
    "HTTPS://A.Example:443/1#x",
    "http://b.example/p?a=1&b=2",
    "http://b.example/p?a=1&amp;b=2",
    "https://b.example",
    "/1",
    "one",
    "?p=1",
    "//c.example/1",
    " https://a.example/2\n",
    "javascript:alert(1)",
    "mailto:a@b.example",
    "https://[::1",
    "https:///x",
    "",
]
KINDS = [
    *("text", "html", "xhtml", "HTML", "text/html", "text/plain", "audio/mpeg", ""),
    *("image/jpeg", "application/xhtml+xml", "text/html; charset=utf-8", "image/svg+xml"),
]
NAMES = {
    "text": (
        *("title", "description", "content:encoded", "summary", "content", "dc:title"),
        *("media:title", "media:description", "itunes:summary", "itunes:subtitle"),
        *("dc:description", "fullitem", "media:text", "author", "dc:creator", "guid", "id"),
        *("itunes:author", "googleplay:author", "category", "dc:subject", "link", "a"),
        *("media:keywords", "itunes:keywords", "language", "dc:language", "source"),
        *("comments", "odd:thing", "odd:title", "atom:title", "atom:link", "atom:id"),
        *("xhtml:body", "dc:identifier", "feedburner:origLink", "Title", "LINK"),
    ),
    "date": (
        *("pubDate", "published", "updated", "dc:date", "issued", "modified", "created"),
        *("dcterms:modified", "dcterms:issued", "lastBuildDate", "prism:publicationDate"),
    ),
    "place": ("link", "enclosure", "media:content", "media:thumbnail", "guid", "atom:link"),
}
ATTRIBUTES = {
    "type": KINDS,
    "href": PLACES,
    "url": PLACES,
    "src": PLACES,
    "rel": ["alternate", "self", "enclosure", "related", "Alternate", "x:/y/via", ""],
    "xml:base": ["/d/", "https://d.example/", ""],
    "xml:lang": ["de", "en-GB", ""],
    "lang": ["fr"],
    "isPermaLink": ["true", "false", "FALSE", "0", ""],
    "ispermalink": ["false"],
    "length": ["12", " 7 ", "x"],
    "fileSize": ["34"],
    "medium": ["image"],
    "term": ["ev", " ", ""],
    "label": ["E-Cars", ""],
    "domain": ["https://a.example/t"],
    "text": ["Cars"],
    "mode": ["escaped", "xml", "base64"],
    "base": ["https://e.example/"],
    "odd:href": ["https://odd.example/"],
    "xhtml:type": ["html"],
}
PARTS = [
    "<name>Ada</name>",
    "<email>ada@a.example</email>",
    "<uri>https://a.example/ada</uri>",
    "<odd:name>Odd</odd:name>",
    "<name/>",
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>A <b>text</b><br/> &lt;x&gt;</p></div>',
    "<p>bare</p>",
    "<title>Inner</title>",
    '<media:content url="https://a.example/i.jpg"/>',
    "<item><title>Nested</title><link>https://a.example/n</link></item>",
    "<entry><title>Nested</title></entry>",
    "<channel><title>Nested</title></channel>",
    "<odd:box><item/></odd:box>",
]
ABOUT = [
    "<title>Volt</title>",
    "<title>Volt &amp;amp; Co</title>",
    "<link>https://s.example/</link>",
    '<link href="/s" rel="alternate"/>',
    '<atom:link href="/f" rel="self"/>',
    "<language>en-GB</language>",
    "<author><name>Ada</name></author>",
    "<managingEditor>ed@a.example (Ed)</managingEditor>",
    "<image><title>Image</title><url>/i.png</url><link>https://i.example/</link></image>",
    "<ttl>60</ttl>",
    "<skipHours><hour>1</hour><hour>24</hour></skipHours>",
    "<sy:updatePeriod>daily</sy:updatePeriod>",
    "<description>About</description>",
    "<odd:box><item><title>x</title><link>/x</link></item></odd:box>",
    "<odd:box><channel/></odd:box>",
    "<channel><title>Second</title></channel>",
    "<!-- a --><?b c?>",
    "text",
]


HEADS = [
    *("", "<?xml version='1.0'?>", '<?xml version="1.0" encoding="UTF-8"?>\n', "\ufeff"),
    *("\n ", "<?xml version='1.0' encoding='iso-8859-1'?>", "x", "{", "<!DOCTYPE rss>"),
    *("<?xml version='1.0' encoding='gb2312'?>", "<!-- <rss> -->"),
]


@st.composite
def elements(draw: st.DrawFn) -> str:
    """One element of an entry, usual or odd."""
    what = draw(st.sampled_from(sorted(NAMES)))
    name = draw(st.sampled_from(NAMES[what]))
    most = draw(st.sampled_from([0, 0, 1, 3]))
    chosen = draw(st.lists(st.sampled_from(sorted(ATTRIBUTES)), max_size=most, unique=True))
    given = "".join(
        f" {key}={quoteattr(draw(st.sampled_from(ATTRIBUTES[key])))}" for key in chosen
    )
    texts = {"text": TEXTS, "date": DATES, "place": PLACES}[what]
    inner = draw(st.sampled_from(texts))
    inner = inner if what == "text" else escape(inner)
    if draw(st.integers(0, 7)) == 0:
        inner = inner + "".join(draw(st.lists(st.sampled_from(PARTS), max_size=3)))
    if name in {"author", "media:group", "content"} and draw(st.booleans()):
        inner = "\n".join(
            draw(st.lists(st.sampled_from(PARTS[:7]), min_size=1, max_size=3))
        )
    return f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>"


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A feed in one of three formats."""
    kind = draw(st.sampled_from(sorted(OPENING)))
    attributes = (
        *("", ' rdf:about="https://a.example/i"', ' rdf:about="/i"', ' about="x"'),
        *(' xml:lang="de"', ' xml:base="/b/"'),
    )
    stories = []
    for inner in draw(
        st.lists(st.lists(elements(), max_size=6).map("\n".join), max_size=4)
    ):
        opened = draw(st.sampled_from(attributes)) if kind == "rdf" else ""
        name = ENTRY[kind]
        stories.append(f"<{name}{opened}>{inner}</{name}>")
    about = "".join(draw(st.lists(st.sampled_from(ABOUT), max_size=3)))
    content = whole(kind, "".join(stories), about)
    if draw(st.integers(0, 3)) == 0:
        base = draw(st.sampled_from(["https://r.example/d/", "/r/", "https://r.example"]))
        content = content.replace(b" xmlns", f' xml:base="{base}" xmlns'.encode(), 1)
    return draw(st.sampled_from(HEADS)).encode() + content


@settings(deadline=None, max_examples=400)
@given(documents(), st.sampled_from(["", "text/xml; charset=utf-8", "a; charset=big5"]))
def test_both_readers_agree(content: bytes, content_type: str) -> None:
    same(content, content_type)


@settings(deadline=None, max_examples=200)
@given(
    documents(),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3), st.integers(0, 4))),
)
def test_both_readers_agree_on_damaged_feeds(
    content: bytes, changes: list[tuple[float, bytes, int]]
) -> None:
    for where, new, length in changes:
        at = int(where * len(content))
        content = content[:at] + new + content[at + length :]
    same(content)


@pytest.mark.parametrize("kind", sorted(OPENING))
@pytest.mark.parametrize("told", ["", *(f" type='{each}'" for each in KINDS)])
def test_both_readers_agree_on_every_text(kind: str, told: str) -> None:
    texts = [text for text in TEXTS if same(whole(kind, entry(kind, f"<odd>{text}</odd>")))]
    assert len(texts) > len(TEXTS) / 2
    stories = [
        entry(kind, f"<{name}{told}>{text}</{name}><dc:creator>{text}</dc:creator>")
        for name in ("title", "content", "summary", "description", "content:encoded")
        for text in texts
    ]
    assert same(whole(kind, "".join(stories)))


@pytest.mark.parametrize(
    "path",
    sorted(path for path in LESSONS.glob("*") if ".expect." not in path.name),
    ids=lambda path: path.stem,
)
def test_both_readers_agree_on_every_lesson(path: Path) -> None:
    same(path.read_bytes())


USUAL = {
    "rss": "<title>One &amp;amp; two</title><link>https://a.example/1</link>"
    '<guid isPermaLink="false">1</guid><pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate>'
    "<dc:creator><![CDATA[Ada]]></dc:creator><category><![CDATA[EV]]></category>"
    "<comments>https://a.example/1#c</comments><description><![CDATA[Short]]></description>"
    '<category domain="x">Cars</category><content:encoded><![CDATA[<p>x</p>]]>'
    '</content:encoded><odd:id xmlns="https://a.example/ns">1</odd:id>'
    '<media:content url="https://a.example/i.jpg" medium="image" fileSize="9">'
    '<media:title type="html">i</media:title></media:content><source url="/">S</source>'
    '<media:thumbnail url="https://a.example/t.jpg" width="9"/>'
    '<enclosure url="/a.mp3" type="audio/mpeg" length="12"/>'
    "<itunes:author>Grace</itunes:author><itunes:summary>Long</itunes:summary>"
    "<itunes:duration>60</itunes:duration><atom:updated>2026-03-02T10:00:00Z</atom:updated>",
    "atom": '<title type="html">One &amp;amp; two</title><id>urn:1</id>'
    '<link href="https://a.example/1"/><link rel="replies" href="/c" type="text/html"/>'
    '<link rel="enclosure" href="/a.mp3" type="audio/mpeg" length="12" title="t"/>'
    "<published>2026-03-02T10:00:00Z</published><updated>2026-03-02T10:00:00+01:00</updated>"
    "<author><name>Ada</name><uri>https://a.example/</uri></author>"
    '<category term="ev" scheme="x" label="E"/><summary>Short</summary>'
    '<content type="html" xml:base="https://a.example/d/">&lt;p&gt;x&lt;/p&gt;</content>'
    '<rights>R</rights><source><title>S</title></source><summary type="text">b</summary>'
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>y</p></div></content>',
    "rdf": "<title>One</title><link>https://a.example/1</link><description>Text</description>"
    "<dc:date>2026-03-02T10:00:00+01:00</dc:date><dc:subject>ev</dc:subject>"
    "<dc:creator>Ada</dc:creator>",
}


@pytest.mark.parametrize("kind", sorted(USUAL))
def test_an_ordinary_feed_needs_no_other_reader(kind: str) -> None:
    content = whole(kind, entry(kind, USUAL[kind]) * 2, "<title>Volt</title>")
    assert read_fast(content)
    assert same(content)


@pytest.mark.parametrize(
    "content",
    [
        feeds.rss("Volt", [("1", "One"), ("2", "Two & three")]),
        feeds.atom("Volt", [("1", "One"), ("2", "Two & three")]),
        feeds.rdf("Volt", [("1", "One"), ("2", "Two & three")]),
        b"\xef\xbb\xbf" + whole("rss", entry("rss", USUAL["rss"])),
        b'<?xml version="1.0" encoding="utf-8"?>\n' + whole("atom", ""),
    ],
    ids=["rss", "atom", "rdf", "mark", "empty"],
)
def test_the_fast_path_is_taken(content: bytes) -> None:
    assert read_fast(content)
    assert same(content)


def test_the_first_reader_takes_most_lessons() -> None:
    taken = [same_drafts(path.read_bytes()) for path in LESSONS.glob("*.xml")]
    assert sum(taken) > len(taken) / 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<",
        b"<html><body><item/></body></html>",
        b"{" + whole("rss", ""),
        b"<!DOCTYPE rss>" + whole("rss", ""),
        b"<!--" + b"x" * 100_000 + b"--><!DOCTYPE rss>" + whole("rss", ""),
        whole("rss", "<item><title>&nbsp;</title></item>"),
        whole("rss", "<item><title>a & b</title></item>"),
        whole("rss", "<item><title>\x92</title></item>"),
        whole("rss", "<item><title>&#146;</title></item>"),
        whole("rss", "<item><title>\x1b</title></item>"),
        whole("rss", "<item><box><item/></box></item>"),
        whole("rss", "<item><odd:channel/></item>").replace(b"odd:channel", b"channel"),
        whole("atom", "", '<box><channel xml:base="https://z.example/"/></box>').replace(
            b"</feed>", b'<entry><link href="x"/></entry></feed>'
        ),
        whole("rss", "")[:-3],
        "<rss/>".encode("utf-16"),
    ],
    ids=range(16),
)
def test_what_is_unusual_is_left_to_the_other_reader(content: bytes) -> None:
    assert not same(content)


def test_of_too_many_entries_both_readers_keep_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drafts, "MAX_ARTICLES", 3)
    stories = [
        entry("rss", f"<guid>{year}</guid><pubDate>{year}-01-01</pubDate>")
        for year in (2001, 2009, 2005, 2003, 2007)
    ]
    assert same(whole("rss", "".join(stories)))
    nested = stories[0].replace("<guid>", "<box><item><guid>9</guid></item></box><guid>")
    assert not same(whole("rss", "".join([nested, *stories[1:]])))


@pytest.mark.parametrize(
    ("content_type", "declared", "taken"),
    [
        ("text/xml", "", True),
        ("text/xml; charset=UTF-8", "utf-8", True),
        ('text/xml; charset="utf8"', "", True),
        ("text/html; charset=iso-8859-1", "utf-8", True),
        ("", "ISO-8859-1", True),
        ("", "big5", False),
        ("text/xml; charset=gb2312", "", False),
        ("", "utf-16", False),
        ("", "iso-2022-jp", False),
    ],
)
def test_the_encoding_must_be_plain(content_type: str, declared: str, taken: bool) -> None:  # noqa: FBT001 - a table's column
    stated = f' encoding="{declared}"' if declared else ""
    head = f'<?xml version="1.0"{stated}?>'.encode()
    content = head + whole("rss", "<item><title>Caf\xe9 \u4e2d</title></item>")
    assert same(content, content_type) is taken


def test_bytes_that_are_not_utf_8_are_left_to_the_other_reader() -> None:
    assert not same(
        "<rss><channel><title>Caf\xe9</title></channel></rss>".encode("latin-1")
    )


def strings(module: Path) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_element_that_the_other_reader_knows_is_known_here() -> None:
    """One that is new there must not be passed over here."""
    known = {
        name
        for module in (entries, vocabulary)
        for name in strings(Path(str(module.__file__)))
        if name.replace(":", "", 1).isalpha() and name.isascii()
    }
    assert {"title", "media:group", "dc:identifier"} <= known
    values = ["x", "https://a.example/x", "2026-03-02T10:00:00Z"]
    for name, value, kind in itertools.product(sorted(known), values, OPENING):
        if name.partition(":")[0] in {"xml", "xmlns"}:
            continue
        for rest in ("", "<title>One</title>"):
            for told in ("", f' href="{value}" url="{value}" src="{value}" term="t"'):
                element = f"<{name}{told}>{value}</{name}>"
                same(whole(kind, entry(kind, element + rest)))


def test_common_dates_are_read_as_all_dates_are() -> None:
    days = ("", *(f"{day}, " for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")))
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
    zones = ("GMT", "Z", "+0000", "-0000", "+0530", "-0930", "+1400", "-1959", "UTC", "EST")
    for day, month, zone in itertools.product(days, months, zones):
        for rest in (
            "2 {} 2026 23:59:59 {}",
            "31 {} 0001 00:00:00 {}",
            "30 {} 9999 23:00:00 {}",
        ):
            told = day + rest.format(month, zone)
            assert dates.read(told) == dates._thorough(told), told
    for date, zone in itertools.product(
        (
            *("2026-03-02T00:00:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59"),
            *("2026-02-29T12:00:00", "2026-00-01T12:00:00", "2024-02-29T23:59:59"),
        ),
        ("Z", "+00:00", "-00:00", "+05:30", "-09:30", "+19:59", "", "z"),
    ):
        assert dates.read(date + zone) == dates._thorough(date + zone), date + zone


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "attributes": lambda size: whole(
        "rss", "<item " + " ".join(f'a{at}="1"' for at in range(size // 8)) + "/>"
    ),
    "attributes of a link": lambda size: whole(
        "rss",
        "<item><link " + " ".join(f'a{at}="1"' for at in range(size // 8)) + "/></item>",
    ),
    "levels": lambda size: whole("rss", "<a>" * (size // 7) + "</a>" * (size // 7)),
    "levels in an item": lambda size: whole(
        "rss", "<item>" + "<a>" * (size // 7) + "</a>" * (size // 7) + "</item>"
    ),
    "categories": lambda size: whole(
        "rss", "<item>" + "<category>c</category>" * (size // 22) + "</item>"
    ),
    "links": lambda size: whole(
        "atom", "<entry>" + "<link href='x'/>" * (size // 16) + "</entry>"
    ),
    "a guid": lambda size: whole("rss", f"<item><guid>{'x' * size}</guid></item>"),
    "a date": lambda size: whole("rss", f"<item><pubDate>{'1 ' * size}</pubDate></item>"),
    "an address": lambda size: whole(
        "rss", f"<item><link>https://{'a.' * size}</link></item>"
    ),
    "an author": lambda size: whole("rss", f"<item><author>{'a' * size}(</author></item>"),
    "items": lambda size: whole("rss", "<item/>" * (size // 7)),
    "nested items": lambda size: whole(
        "rss", ("<item>" * 200 + "</item>" * 200) * (size // 3_000)
    ),
    "namespaces": lambda size: whole(
        "rss", "".join(f'<item><n:a xmlns:n="u:{at}"/></item>' for at in range(size // 40))
    ),
    "references": lambda size: whole(
        "rss", f"<item><title>{'&#38;' * (size // 5)}</title></item>"
    ),
    "laughs": lambda size: (
        b"<!DOCTYPE rss [<!ENTITY a '" + b"a" * size + b"'><!ENTITY b '&a;&a;&a;&a;'>]>"
        b"<rss><channel><item><title>"
        + b"&b;" * (size // 3)
        + b"</title></item></channel></rss>"
    ),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_input_takes_linear_time(name: str) -> None:
    content = HOSTILE[name](300_000)
    start = time.process_time()
    fast.read(content, URL)
    assert time.process_time() - start < 3
    same(HOSTILE[name](20_000))


def test_neither_reader_loads_feedparser() -> None:
    code = (
        "import sys; from autotui.ingest.parse import parse;"
        "parse(b'<rss><channel><item><title>x</title></item></channel></rss>', 'http://a.b/');"
        "print('feedparser' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"
