import contextlib
import pickle
import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autotui
from autotui.document import to_text
from autotui.errors import ParseError
from autotui.ingest import drafts
from autotui.ingest.parse import parse
from autotui.model import Enclosure, Pace, ParsedArticle, ParsedFeed
from support import hostile

URL = "https://a.example/feeds/main.xml"
LONG = "The battery keeps its warmth. " * 20


def rss(items: str, channel: str = "") -> ParsedFeed:
    namespaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    )
    whole = f'<rss version="2.0" {namespaces}><channel>{channel}{items}</channel></rss>'
    return parse(whole.encode("utf-8", "surrogatepass"), URL)


def item(inner: str) -> ParsedArticle:
    (article,) = rss(f"<item>{inner}</item>").articles
    return article


def atom(inner: str, about: str = "", root: str = "") -> ParsedFeed:
    whole = f'<feed xmlns="http://www.w3.org/2005/Atom" {root}>{about}{inner}</feed>'
    return parse(whole.encode(), URL)


def entry(inner: str) -> ParsedArticle:
    (article,) = atom(f"<entry>{inner}</entry>").articles
    return article


def test_rss_2_0_is_read() -> None:
    found = rss(
        """<item><title>New &lt;b&gt;motor&lt;/b&gt;</title><link>/one</link>
        <guid isPermaLink="false">tag:1</guid><dc:creator>Ada</dc:creator>
        <pubDate>Mon, 02 Mar 2026 10:00:00 +0200</pubDate><category>EV</category>
        <category>Motors</category><description>Short.</description>
        <content:encoded><![CDATA[<p>Much <i>longer</i>.</p>]]></content:encoded>
        <enclosure url="/p.mp3" type="audio/mpeg" length="123"/>
        <media:content url="https://cdn.example/i.jpg" medium="image"/></item>""",
        "<title>Volt</title><link>https://a.example/</link><language>en-GB</language>",
    )
    (article,) = found.articles
    assert (found.title, found.site_url, found.language) == (
        "Volt",
        "https://a.example/",
        "en-GB",
    )
    assert article.title == "New motor"
    assert (article.key, article.url) == ("tag:1", "https://a.example/one")
    assert article.author == "Ada"
    assert article.published_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert article.categories == ("EV", "Motors")
    assert to_text(article.document) == "Much longer."
    assert article.language == "en-GB"
    assert article.enclosures == (
        Enclosure("https://a.example/p.mp3", "audio/mpeg", 123),
        Enclosure("https://cdn.example/i.jpg", "image"),
    )


def test_atom_1_0_is_read() -> None:
    found = atom(
        """<entry><title type="html">A &amp;amp; &lt;i&gt;B&lt;/i&gt;</title>
        <link href="one"/><id>urn:1</id><updated>2026-03-02T10:00:00Z</updated>
        <published>2026-03-01T10:00:00Z</published><summary>Short</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
        <p>Longer <b>text</b></p></div></content><category term="ev" label="E-Cars"/>
        <link rel="enclosure" href="/a.mp3" type="audio/mpeg" length="x"/></entry>""",
        """<title>Volt</title><link href="/"/><link rel="self" href="/f"/>
        <author><name>Ada</name></author><author><name>Grace</name></author>""",
        'xml:lang="de" xml:base="https://b.example/blog/"',
    )
    (article,) = found.articles
    assert (found.title, found.site_url, found.language) == (
        "Volt",
        "https://b.example/",
        "de",
    )
    assert article.title == "A & B"
    assert (article.key, article.url) == ("urn:1", "https://b.example/blog/one")
    assert article.author == "Ada, Grace"
    assert article.published_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert article.updated_at == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert article.document.blocks[0].spans[1].strong
    assert article.categories == ("E-Cars",)
    assert article.enclosures == (Enclosure("https://b.example/a.mp3", "audio/mpeg"),)


def test_atom_0_3_is_read() -> None:
    (article,) = parse(
        b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title>
        <entry><title>One</title><link rel="alternate" type="text/html" href="/1"/>
        <id>x1</id><issued>2004-01-02T03:04:05Z</issued>
        <content type="text/html" mode="escaped">&lt;p&gt;Text&lt;/p&gt;</content>
        </entry></feed>""",
        URL,
    ).articles
    assert (article.key, article.url) == ("x1", "https://a.example/1")
    assert article.published_at == datetime(2004, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert to_text(article.document) == "Text"


def test_rss_1_0_is_read() -> None:
    found = parse(
        b"""<rdf:RDF xmlns="http://purl.org/rss/1.0/"
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/">
        <title>Old</title><link>https://a.example/</link></channel>
        <item rdf:about="one"><title>One</title><link>https://a.example/1</link>
        <description>Text</description><dc:date>2003-01-02T03:04:05+01:00</dc:date>
        <dc:subject>ev</dc:subject></item></rdf:RDF>""",
        URL,
    )
    (article,) = found.articles
    assert found.title == "Old"
    assert (article.key, article.url) == ("one", "https://a.example/1")
    assert article.published_at == datetime(2003, 1, 2, 2, 4, 5, tzinfo=UTC)
    assert article.categories == ("ev",)


def test_rss_0_91_is_read() -> None:
    found = parse(
        b"""<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE rss PUBLIC
        "-//Netscape Communications//DTD RSS 0.91//EN" "http://a.example/rss.dtd">
        <rss version="0.91"><channel><title>Caf\xe9</title><link>https://a.example/</link>
        <item><title>One</title><link>https://a.example/1</link></item></channel></rss>""",
        URL,
    )
    assert found.title == "Café"
    assert [article.key for article in found.articles] == ["https://a.example/1"]


def test_json_feed_is_read() -> None:
    content = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}]}'
    assert parse(content, URL).articles[0].key == "1"


@pytest.mark.parametrize("raw", hostile.TITLES)
@pytest.mark.parametrize("broken", ["", "<unclosed>&nonsense;"], ids=["strict", "loose"])
def test_a_title_ends_as_harmless_text(raw: str, broken: str) -> None:
    article = item(f"<guid>1</guid><title>{raw}</title>{broken}")
    assert article.title == hostile.TITLES[raw]


@pytest.mark.parametrize(
    ("kind", "title"),
    [("text", "a <b> c & d"), ("html", "a c & d"), ("xhtml", "a <b> c & d")],
)
def test_a_title_is_what_its_type_says(kind: str, title: str) -> None:
    raw = "a &lt;b&gt; c &amp;amp; d" if kind != "xhtml" else "a &lt;b&gt; c &amp; d"
    article = entry(f"<id>1</id><title type='{kind}'>{raw}</title>")
    assert article.title == title


def test_every_string_is_cleaned() -> None:
    esc = "&amp;#27;[31m\u202e"
    article = item(
        f"<guid>g{esc}</guid><link>https://a.example/{esc}</link>"
        f"<dc:creator>n{esc}</dc:creator><category>c{esc}</category>"
        f"<description>&lt;p&gt;b&amp;#27;[31m\u202e&lt;/p&gt;</description>"
        f"<enclosure url='https://a.example/e' type='t{esc}' length='9'/>"
    )
    strings = [article.key, article.url, article.author, *article.categories]
    strings += [article.title, to_text(article.document), *map(repr, article.enclosures)]
    assert all("\x1b" not in string and "\u202e" not in string for string in strings)
    assert article.author == "n[31m"


@pytest.mark.parametrize(
    "guid", ["abc123", "/p?1", "../x", "HTTP://A.example/x", "http:///x", "?p=1", "a b"]
)
@pytest.mark.parametrize("root", ["", 'xml:base="https://b.example/"'])
def test_an_id_is_kept_as_it_is(guid: str, root: str) -> None:
    assert item(f"<guid>{guid}</guid><link>https://a.example/1</link>").key == guid
    found = atom(f"<entry><id>{guid}</id><title>x</title></entry>", root=root)
    assert found.articles[0].key == guid


def test_an_id_stands_in_for_a_link_only_if_it_is_one() -> None:
    assert item("<guid>https://a.example/x</guid>").url == "https://a.example/x"
    assert item("<guid>abc123</guid><title>x</title>").url == ""


def test_without_an_id_the_link_or_the_title_is_the_key() -> None:
    linked = item("<link>https://a.example/1</link><title>x</title>")
    assert linked.key == "https://a.example/1"
    first, other = item("<title>x</title>"), item("<title>y</title>")
    assert first.key == item("<title>x</title><description>new</description>").key
    assert first.key != other.key


def test_of_two_entries_with_one_key_the_first_wins() -> None:
    found = rss(
        "<item><guid>1</guid><title>a</title></item>"
        "<item><guid>1</guid><title>b</title></item>"
    )
    assert [article.title for article in found.articles] == ["a"]


@pytest.mark.parametrize(
    ("told", "when"),
    [
        ("Fri, 31 Dec 9999 23:59:59 GMT", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Mon, 01 Jan 1900 00:00:00 GMT", datetime(1900, 1, 1, tzinfo=UTC)),
        ("Tue, 30 Feb 2026 00:00:00 GMT", None),
        ("0000-00-00T00:00:00Z", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_date_is_as_told_or_none(told: str, when: datetime | None) -> None:
    assert item(f"<guid>1</guid><pubDate>{told}</pubDate>").published_at == when


@pytest.mark.parametrize(
    ("body", "completeness"),
    [
        (LONG, "full"),
        ("Short.", "teaser"),
        (LONG + "…", "teaser"),
        (LONG + "and then [&amp;#8230;]", "teaser"),
        (LONG + "...", "teaser"),
        (LONG + "&lt;p&gt;&lt;a href='/1'&gt;Read more »&lt;/a&gt;&lt;/p&gt;", "teaser"),
        (LONG + "Weiterlesen", "teaser"),
        (LONG + "&lt;br&gt;Lire la suite →", "teaser"),
        (LONG + "Seguir leyendo", "teaser"),
        (LONG + "Leggi tutto", "teaser"),
        (LONG + "We all should read more", "full"),
        (LONG + "&lt;p&gt;The post X appeared first on Y.&lt;/p&gt;", "full"),
        (LONG + "[…]&lt;p&gt;The post X appeared first on Y.&lt;/p&gt;", "teaser"),
    ],
)
def test_a_teaser_is_told_from_a_story(body: str, completeness: str) -> None:
    link = "<link>https://a.example/1</link>"
    article = item(f"{link}<description>{body}</description>")
    assert article.completeness == completeness


def test_a_short_text_without_a_page_is_all_there_is() -> None:
    assert item("<guid>1</guid><description>Short.</description>").completeness == "full"


def test_a_title_is_made_of_what_there_is() -> None:
    body = "<description>" + "Word " * 40 + "</description>"
    made = item(body).title
    assert made == ("Word " * 15).strip() + "…"
    assert item("<link>https://a.example/1</link>").title == "https://a.example/1"
    assert item("<guid>1</guid>").title == "Untitled"


def test_the_fuller_text_is_the_body() -> None:
    summary, content = "<summary>" + LONG + "</summary>", "<content>Short</content>"
    assert to_text(entry(f"<id>1</id>{content}{summary}").document) == LONG.strip()
    described = "<media:group><media:description>Only this</media:description>"
    article = item(f"<guid>1</guid>{described}</media:group>")
    assert to_text(article.document) == "Only this"


def test_plain_text_keeps_its_paragraphs_and_its_tags() -> None:
    article = entry("<id>1</id><content type='text'>a &lt;b&gt;\n\nc &amp;amp; d</content>")
    assert to_text(article.document) == "a <b>\n\nc &amp; d"


def test_links_in_a_body_follow_its_base() -> None:
    content = "<content type='html' xml:base='/d/'>&lt;a href='x'&gt;y&lt;/a&gt;</content>"
    article = entry(f"<id>1</id>{content}")
    assert article.document.links == ("https://a.example/d/x",)


def test_what_there_may_be_many_of_is_limited() -> None:
    many = "".join(
        f"<category>c{at}</category><media:content url='https://a.example/{at}'/>"
        for at in range(60)
    )
    article = item(f"<guid>1</guid>{many}")
    assert len(article.categories) == 30
    assert len(article.enclosures) == 20


def test_the_newest_entries_are_kept_in_the_feeds_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drafts, "MAX_ARTICLES", 3)
    years = [2001, 2009, 2005, 2003, 2007]
    found = rss(
        "".join(
            f"<item><guid>{year}</guid><pubDate>{year}-01-01</pubDate></item>"
            for year in years
        )
    )
    assert [article.key for article in found.articles] == ["2009", "2005", "2007"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing"),
        (b"  \n", "nothing"),
        (b"<!DOCTYPE html><html><body><p>Log in</p></body></html>", "a web page"),
        (b"<html><body><item>x</item></body></html>", "a web page"),
        (b"hello", "neither"),
        (b"\x00\xff\xfe", "neither"),
        (b'{"a": 1}', "no JSON Feed"),
    ],
)
def test_what_is_no_feed_is_told(content: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        parse(content, URL)


def test_bytes_that_name_a_file_are_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(b"<rss version='2.0'><channel><title>x</title></channel></rss>")
    with pytest.raises(ParseError):
        parse(str(file).encode(), URL)


def test_entities_of_a_doctype_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("top secret", encoding="ascii")
    found = parse(
        f"""<!DOCTYPE rss [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY b "&a;&a;">]>
        <rss version="2.0"><channel><item><guid>1</guid><title>x &a; &b;</title></item>
        </channel></rss>""".encode(),
        URL,
    )
    assert "top secret" not in found.articles[0].title


@pytest.mark.parametrize(
    ("content_type", "declared"),
    [
        ("application/xml; charset=iso-8859-1", ""),
        ("text/xml", "<?xml version='1.0' encoding='iso-8859-1'?>"),
        ("", "<?xml version='1.0' encoding='iso-8859-1'?>"),
        ("text/html; charset=zlib", "<?xml version='1.0' encoding='iso-8859-1'?>"),
    ],
)
def test_the_encoding_is_found(content_type: str, declared: str) -> None:
    content = (
        f"{declared}<rss version='2.0'><channel><title>Caf\xe9</title></channel></rss>"
    )
    assert parse(content.encode("iso-8859-1"), URL, content_type).title == "Café"


def test_what_is_parsed_crosses_a_process_border() -> None:
    found = rss(f"<item><guid>1</guid><description>{LONG}</description></item>")
    assert pickle.loads(pickle.dumps(found)) == found


TAGS = b"""
<?xml <rss version='2.0'> <channel> <item> </item> <title> </title> <guid> <link> <feed>
<entry> <id> <content type='html'> <![CDATA[ ]]> &#27; &amp;#x202e; <pubDate> 2026-02-31
</pubDate> <!DOCTYPE [ <author> a@b ( <rdf:RDF> { } <media:content url='x'/>
<enclosure url='//x' length='1e9'/> \x1b
"""
PIECES = st.sampled_from(TAGS.split())
SOUP = st.lists(st.one_of(st.binary(max_size=6), PIECES)).map(b"".join)


@settings(deadline=None)
@given(st.one_of(st.binary(), SOUP), st.sampled_from(["", "text/xml; charset=utf-7"]))
def test_any_bytes_are_a_feed_or_told(content: bytes, content_type: str) -> None:
    articles: tuple[ParsedArticle, ...] = ()
    with contextlib.suppress(ParseError):
        articles = parse(content, URL, content_type).articles
    for article in articles:
        assert article.key
        assert article.title
        told = article.title + article.key + article.author + article.text
        assert not any(unicodedata.category(each) == "Cc" for each in told if each != "\n")


DEMO = Path(autotui.__file__).parent / "data" / "demo"
FEEDS = [
    path.read_bytes()
    for path in sorted(DEMO.iterdir())
    if path.suffix in {".json", ".rdf", ".xml"}
]


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(FEEDS), st.data())
def test_a_damaged_feed_is_a_feed_or_told(content: bytes, data: st.DataObject) -> None:
    places = st.integers(0, min(len(content), 6_000))
    damaged = content[:12_000]
    for piece in data.draw(st.lists(st.one_of(st.binary(max_size=4), PIECES), max_size=4)):
        at, length = data.draw(places), data.draw(st.integers(0, 40))
        damaged = damaged[:at] + piece + damaged[at + length :]
    with contextlib.suppress(ParseError):
        for article in parse(damaged, URL).articles:
            assert article.key
            assert "\x1b" not in article.title + article.text


@pytest.mark.parametrize(
    ("channel", "pace"),
    [
        ("<ttl>45</ttl>", Pace(45)),
        ("<ttl> 45 </ttl><sy:updatePeriod>daily</sy:updatePeriod>", Pace(45)),
        ("<ttl>soon</ttl>", Pace()),
        (
            (
                "<sy:updatePeriod>daily</sy:updatePeriod>"
                "<sy:updateFrequency>4</sy:updateFrequency>"
            ),
            Pace(360),
        ),
        ("<sy:updatePeriod>Weekly</sy:updatePeriod>", Pace(10_080)),
        (
            (
                "<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>99</hour>"
                "<hour>x</hour></skipHours>"
            ),
            Pace(skip_hours=(0, 7)),
        ),
        (
            "<skipDays><day>Sunday</day><day>monday</day><day>Noday</day></skipDays>",
            Pace(skip_days=(0, 6)),
        ),
    ],
)
def test_a_feed_tells_its_pace(channel: str, pace: Pace) -> None:
    assert rss("", channel).pace == pace


def test_keys_do_not_depend_on_neighbours_or_order() -> None:
    entries = [
        f"<item><guid>g</guid><title>T{at}</title><link>https://a.example/{at}</link></item>"
        for at in range(3)
    ]
    keys = {each.title: each.key for each in rss("".join(entries)).articles}
    turned = {each.title: each.key for each in rss("".join(reversed(entries))).articles}
    fewer = {each.title: each.key for each in rss("".join(entries[1:])).articles}
    assert keys == turned
    assert len(set(keys.values())) == 3
    assert fewer == {title: keys[title] for title in fewer}


def test_different_stories_behind_one_link_are_kept_without_guids() -> None:
    entries = "".join(
        f"<item><title>{title}</title><link>https://a.example/all</link></item>"
        for title in ("Two", "One", "One")
    )
    articles = rss(entries).articles
    assert [article.title for article in articles] == ["Two", "One"]
    # Not an address: the store would take both for one story that got a new title.
    assert all(article.key.startswith("sha256:") for article in articles)


def test_an_entry_that_tells_nothing_is_left_out() -> None:
    assert rss("<item/><item> </item><item><title> </title></item>").articles == ()


def test_a_link_as_written_is_the_key_at_every_address() -> None:
    feed = b"<rss><channel><item><title>x</title><link>/1</link></item></channel></rss>"
    moved = parse(feed, "https://b.example/feed").articles[0]
    assert moved.key == parse(feed, URL).articles[0].key == "/1"
    assert moved.url == "https://b.example/1"


def test_a_long_feed_is_read_in_linear_time() -> None:
    def seconds(entries: int) -> float:
        body = "<description>" + "&lt;p&gt;" + LONG + "&lt;/p&gt;</description>"
        items = [f"<item><guid>{at}</guid>{body}</item>" for at in range(entries)]
        start = time.process_time()
        rss("".join(items))
        return time.process_time() - start

    small, large = seconds(50), seconds(200)
    assert large < 10 * small
