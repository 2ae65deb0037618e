"""Pages of every kind: which feeds they name, in which order, and what they are."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui.ingest import discover, guesses
from autotui.ingest.discover import Offers
from autotui.model import Subscription
from support import hostile

SITE = "https://a.example/"
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


def offered(body: str, url: str = SITE) -> Offers:
    return discover.offers(f"<html>{body}</html>".encode(), url)


def named(body: str, url: str = SITE) -> list[str]:
    """The paths of the feeds that a page names."""
    return [each.url.removeprefix(SITE[:-1]) for each in offered(body, url).feeds]


def link(path: str, title: str = "", kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{path}">'


def test_a_pages_feeds_are_found_in_its_order() -> None:
    assert discover.offers(PAGE, "https://a.example/x/y").feeds == (
        Subscription("https://a.example/de/feed.xml", "News & more"),
        Subscription("https://b.example/a"),
        Subscription("https://a.example/de/j.json", "[31m"),
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<LINK REL='ALTERNATE' TYPE='Application/RSS+XML' HREF='/f'>",
        "<link rel=alternate type=application/rss+xml href=/f>",
        "<link href=/f type=application/atom+xml rel='home alternate'/>",
        "<link rel=alternate type='application/rss+xml;charset=UTF-8' href=/f>",
        "<link rel=alternate type='application/rss xml' href=/f>",
        "<link rel=alternate type=application/atom href=/f>",
        "<link rel=alternate type=text/rss href=/f>",
        "<link rel=alternate type=application/x.rss+xml href=/f>",
        "<link rel=alternate type=application/rdf+xml href=/f>",
        "<link rel=alternate type=application/feed+json href=/f>",
        "<link rel=alternate type=application/json href=/f>",
        "<link rel=alternate type=application/xml href=/f>",
        "<link rel=alternate type=text/xml href=/f>",
        "<link rel=feed href=/f>",
        "<link rel=alternate type=application/rss+xml href=' \n/\tf\n'>",
        "<link rel=alternate type=application/rss+xml href='feed:https://a.example/f'>",
        "<link rel=alternate type=application/rss+xml href='feed://a.example/f'>",
        "<body><p>text<link rel=alternate type=application/rss+xml href=/f></body>",
        "<base href='javascript:x'><link rel=alternate type=application/rss+xml href=f>",
        "<!-- <link rel=alternate type=application/rss+xml href=/no> -->" + link("/f"),
        "<noscript>" + link("/f") + "</noscript>",
    ],
)
def test_a_feed_is_found_however_its_link_is_written(markup: str) -> None:
    assert named(markup) == ["/f"]


def test_the_first_base_that_has_an_address_counts() -> None:
    bases = "<base target=_blank><base href='/x/'><base href='/y/'>"
    assert named(bases + link("f")) == ["/x/f"]


def test_an_address_with_entities_is_read_as_it_is_meant() -> None:
    assert named(link("/?feed=rss2&amp;cat=1&x=2")) == ["/?feed=rss2&cat=1&x=2"]
    assert named("<link rel=alternate href=/feed.xml>") == ["/feed.xml"]


@pytest.mark.parametrize(
    "markup",
    [
        "<link rel=stylesheet type=text/css href=/feed.css>",
        "<link rel='alternate stylesheet' type=text/xml href=/f>",
        "<link rel=alternate hreflang=fr href=/feed/>",
        "<link rel=alternate type=text/html href=/feed/>",
        "<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/1>",
        "<link rel=alternate type=application/json+oembed href='/oembed?format=json'>",
        "<link rel=alternate type=text/xml+oembed href='/oembed?format=xml'>",
        "<link rel=alternate type=application/xml href=/sitemap.xml>",
        "<link rel=alternate type=application/atomsvc+xml href=/service>",
        "<link rel=search type=application/opensearchdescription+xml href=/o.xml>",
        "<link rel=alternate type=application/rss+xml href=javascript:x>",
        "<link rel=alternate type=application/rss+xml href='file:///etc/passwd'>",
        "<link rel=alternate type=application/rss+xml>",
    ],
)
def test_other_links_are_no_feeds(markup: str) -> None:
    assert offered(markup) == Offers()


def test_the_main_feed_comes_first_and_comments_come_last() -> None:
    page = (
        link("/comments/feed/", "Volt &raquo; Comments Feed")
        + link("/category/ev/feed/", "Volt &raquo; EV")
        + link("/feed/", "Volt &raquo; Feed")
        + link("/feed/json", "Volt", "application/json")
        + link("/api", "", "application/json")
    )
    assert named(page) == ["/feed/", "/feed/json", "/category/ev/feed/", "/comments/feed/"]
    assert [each.title for each in offered(page).feeds][:2] == ["Volt » Feed", "Volt"]
    # and on a page of a category that category's own is what was asked for
    assert named(page, SITE + "category/ev/")[0] == "/category/ev/feed/"


def test_titles_are_clean() -> None:
    page = link("/f", "&lt;b&gt;Volt&lt;/b&gt;&#27;[2J\n&#x202e;" + "x" * 2_000)
    (found,) = offered(page).feeds
    assert found.title.startswith("Volt[2J xxx")
    assert len(found.title) == 500


def test_links_in_the_text_are_a_last_resort_the_sites_own_first() -> None:
    page = (
        "<a href='https://other.example/feed.xml'>x</a>"
        "<a href='/abo'>RSS</a><a href='/n'><img alt='RSS feed'></a>"
        "<a href='//www.a.example/rss/'>News</a>"
        "<a href='/feedback'>Feedback</a><a href='/atom-bomb'>The atom bomb</a>"
        "<a href='https://other.example/sitemap.xml'>XML</a>"
        "<a href='mailto:feed@a.example'>feed</a><a href='#feed'>feed</a><a>rss</a>"
        "<a href='/story'>How the industry feeds on subsidies and other such things</a>"
    )
    assert offered(page).links == (
        "https://www.a.example/rss/",
        "https://a.example/atom-bomb",
        "https://a.example/abo",
        "https://a.example/n",
        "https://other.example/feed.xml",
    )
    assert offered(page + link("/f")).links == ()
    for reader in ("feedly.com", "www.inoreader.com", "add.my.yahoo.com"):
        assert offered(f"<a href='https://{reader}/feed/x'>RSS</a>").links == ()
    assert offered("<a href='/sitemap.xml'>XML</a><a href='/feedback'>x</a>").links == ()


@pytest.mark.parametrize(
    ("markup", "onward"),
    [
        ("<meta http-equiv=refresh content='0; url=/de/'>", "/de/"),
        ("<META HTTP-EQUIV=Refresh CONTENT=\"5;URL='de/'\">", "/de/"),
        ("<meta http-equiv=refresh content='0;https://www.a.example/x'>", "www"),
        ("<meta http-equiv=refresh content='0; url=https://evil.example/'>", ""),
        ("<meta http-equiv=refresh content='0; url=javascript:x'>", ""),
        ("<meta http-equiv=refresh content='30'>", ""),
        ("<meta http-equiv=refresh content='0; url=/'>", ""),
        ("<frameset><frame src=https://ads.example/><frame src=/main.html>", "/main.html"),
        ("<meta http-equiv=refresh content='0; url=/de/'>" + link("/f"), ""),
    ],
)
def test_a_page_leads_on_only_within_its_site(markup: str, onward: str) -> None:
    found = offered(markup).onward
    wanted = "https://www.a.example/x" if onward == "www" else onward and SITE[:-1] + onward
    assert found == wanted


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<title>Just a moment...</title>", "robot"),
        ("<script>window._cf_chl_opt={}</script>", "robot"),
        ("<script src=https://geo.captcha-delivery.com/c.js></script>", "robot"),
        ("<h1>Making sure you&#39;re not a bot!</h1>", "robot"),
        ("<!-- <WISPAccessGatewayParam> --><form>", "log-in"),
        ("<title>Volt News</title>", ""),
        ("<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>", ""),
    ],
)
def test_what_stands_in_the_way_of_a_page_is_told(markup: str, said: str) -> None:
    obstacle = offered(markup).obstacle
    assert said in obstacle
    assert bool(obstacle) == bool(said)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]
)
def test_a_page_may_be_in_any_encoding(encoding: str) -> None:
    page = f"<html><meta charset={encoding}>{link('/f', 'Für alle')}</html>".encode(
        encoding
    )
    assert discover.offers(page, SITE).feeds == (
        Subscription("https://a.example/f", "Für alle"),
    )
    assert discover.looks_like_page(page)


def test_a_servers_word_on_the_encoding_counts() -> None:
    page = f"<html>{link('/f', 'Электро')}</html>".encode("windows-1251")
    (found,) = discover.offers(page, SITE, "text/html; charset=windows-1251").feeds
    assert found.title == "Электро"


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_a_page_without_surprises(content: bytes) -> None:
    assert discover.offers(content, SITE).feeds == ()
    discover.is_feed(content)


MANY = {
    "alternates": link("/f{0}", "t"),
    "links": "<a href=/feed{0}>x</a>",
    "links that are none": "<a href=/{0}>x</a>",
    "links in links": "<a href=/{0}><b>RSS",
    "frames": "<frame src=https://b.example/{0}>",
    "refreshes": "<meta http-equiv=refresh content='0; url=https://b.example/{0}'>",
    "bases": "<base href={0}>",
    "spaces": "<meta http-equiv=refresh content='" + " " * 500 + "'>",
}


@pytest.mark.parametrize("name", [*MANY, *hostile.HTML])
def test_no_page_takes_long(name: str) -> None:
    if name in MANY:
        page = "".join(MANY[name].format(at) for at in range(100_000))
    else:
        page = hostile.HTML[name](5_000_000)
    start = process_time()
    found = discover.offers(page.encode(), SITE)
    assert process_time() - start < 4
    assert len(found.feeds) <= discover.MAX_FEEDS
    assert len(found.links) <= discover.MAX_LINKS


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


def test_sites_belong_together_by_their_hosts() -> None:
    for other in ("https://www.a.example/x", "http://a.example", "https://blog.a.example/"):
        assert discover.same_site(SITE, other)
    for other in (
        "https://ba.example/",
        "https://example/",
        "https://a.example.evil.test/",
    ):
        assert not discover.same_site(other, "https://a.example/")


def test_the_usual_places_are_few_and_looked_at_nearest_first() -> None:
    found = guesses.usual("https://a.example/cars?x=1")
    assert found[0] == "https://a.example/cars/feed"
    assert "https://a.example/rss.xml" in found
    assert len(guesses.usual("https://a.example")) == len(set(found)) - 2 == 8
    assert guesses.usual("nonsense") == ()


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        (
            "https://www.youtube.com/channel/UC" + "x" * 22 + "/videos",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UC" + "x" * 22,
        ),
        (
            "https://youtube.com/playlist?a=b&list=PLabcdef-123456",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PLabcdef-123456",
        ),
        (
            "https://github.com/o/r.py/releases",
            "https://github.com/o/r.py/releases.atom",
        ),
        (
            "https://github.com/o/r/commits/feat/x/?a",
            "https://github.com/o/r/commits/feat/x.atom",
        ),
        ("https://old.reddit.com/r/cars", "https://www.reddit.com/r/cars/.rss"),
        ("https://www.youtube.com/@volt", ""),
        ("https://github.com/o/r", ""),
        ("https://evil.example/?https://github.com/o/r/releases", ""),
        ("https://github.com.evil.example/o/r/releases", ""),
    ],
)
def test_a_few_sites_have_a_rule(page: str, feed: str) -> None:
    assert guesses.by_rule(page) == feed


def test_a_page_that_names_no_feed_may_tell_its_address_that_does() -> None:
    channel = "https://www.youtube.com/channel/UC" + "x" * 22
    page = f"<link rel=canonical href={channel}>"
    (found,) = offered(page, "https://www.youtube.com/@volt").feeds
    assert found.url.endswith("channel_id=UC" + "x" * 22)
