"""OPML as other programs, friends and enemies write it: what is read, what is refused."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui import clean, opml
from autotui.errors import ParseError
from autotui.ingest import titles
from autotui.model import Subscription

FEED = "https://a.example/f"


def titled(raw: str) -> str:
    """A title as it is after reading: clean, and no markup."""
    return titles.line(raw, markup=titles.is_markup(raw))


LINES = st.text(max_size=20).map(clean.line)
NAMES = st.text(min_size=1, max_size=8).map(lambda raw: clean.line(raw.replace("/", "")))
FOLDERS = st.lists(NAMES.filter(bool), max_size=3).map("/".join)
ADDRESSES = st.builds(
    "https://{}.example/{}?a&b='<#{}".format,
    st.sampled_from("abc"),
    st.integers(0, 10**6),
    st.sampled_from(["", "x"]),
).map(clean.url)
SUBSCRIPTIONS = st.lists(
    st.builds(
        Subscription,
        url=ADDRESSES,
        title=st.one_of(LINES, st.sampled_from(["<b>x</b>", "AT&amp;T", "Ã©", "a <b"])),
        site_url=st.sampled_from(["", "https://a.example/"]),
        folder=FOLDERS,
    ),
    unique_by=lambda row: opml.place(row.url),
    max_size=12,
)


FEED_ROW = f"<outline xmlUrl='{FEED}' text='A'/>"


def body(outlines: str, prolog: str = "") -> bytes:
    return f"{prolog}<opml version='2.0'><body>{outlines}</body></opml>".encode()


def row(
    url: str = FEED, title: str = "A", site: str = "", folder: str = ""
) -> Subscription:
    return Subscription(url, title, site, folder)


def read(outlines: str) -> tuple[Subscription, ...]:
    """The feeds of a file in which nothing is refused."""
    rows, refused = opml.read(body(outlines))
    assert refused == ()
    return rows


def refusals(outlines: str) -> list[tuple[str, str]]:
    """What is refused of a file that brings no feed."""
    rows, refused = opml.read(body(outlines))
    assert rows == ()
    return list(refused)


# What is written is read again.


@settings(deadline=None)
@given(SUBSCRIPTIONS, LINES)
def test_what_is_written_is_read_again(rows: list[Subscription], title: str) -> None:
    written = opml.write(rows, title)
    found, refused = opml.read(written)

    assert refused == ()
    assert set(found) == set(rows)
    for folder in {row.folder for row in rows}:
        assert [row for row in found if row.folder == folder] == [
            row for row in rows if row.folder == folder
        ]
    assert opml.write(found, title) == written


def test_a_list_sorted_by_folder_is_read_exactly() -> None:
    rows = (
        Subscription("https://a.example/1", 'Say "Volt" & <go>'),
        Subscription("https://a.example/2", "", "https://a.example/", "Cars"),
        Subscription("https://a.example/3", "Drei 🚗 سيارة", folder="Cars/Électrique"),
        Subscription("https://a.example/4", "https://a.example/4", folder="AC\u2215DC"),
        Subscription("https://a.example/5", "<b>Own</b> &amp; &nbsp;", folder="<i>x</i>"),
        Subscription("https://a.example/6", "Ã© stays", folder="'single' \"double\""),
    )
    assert opml.read(opml.write(rows, "Mine")) == (rows, ())


def test_a_file_looks_as_other_readers_expect_it() -> None:
    row = Subscription(FEED, "A", "https://a.example/", "Cars")
    assert opml.write([row], "Mine").decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<opml version="2.0">\n'
        "  <head>\n"
        "    <title>Mine</title>\n"
        "  </head>\n"
        "  <body>\n"
        '    <outline text="Cars">\n'
        '      <outline type="rss" text="A" xmlUrl="https://a.example/f" title="A" '
        'htmlUrl="https://a.example/"/>\n'
        "    </outline>\n"
        "  </body>\n"
        "</opml>\n"
    )


def test_a_feed_without_a_title_has_none_after_the_way_there_and_back() -> None:
    long = "https://a.example/" + "x" * 2_000
    for url in (FEED, long, "https://me:secret@a.example/f"):
        written = opml.write([row(url, "")], "Mine")
        assert opml.read(written)[0] == (row(clean.url(url), ""),)


def test_passwords_stay_at_home() -> None:
    secret = row("https://me:secret@a.example/f")
    assert b"secret" not in opml.write([secret], "Mine")
    assert read(f"<outline xmlUrl='{secret.url}' text='A'/>") == (secret,)


# What other programs write.


@pytest.mark.parametrize(
    ("outline", "url"),
    [
        ("xmlUrl='https://a.example/f'", FEED),
        ("XMLURL='https://a.example/f'", FEED),
        ("xmlurl='https://a.example/f' type='link'", FEED),
        ("url='https://a.example/f'", FEED),
        ("url='https://a.example/f' type='atom'", FEED),
        ("xmlUrl='' url='https://a.example/f'", FEED),
        ("xmlUrl=' feed:https://a.example/f '", FEED),
        ("xmlUrl='feed://https://a.example/f'", FEED),
        ("xmlUrl='FEED://a.example/f'", "http://a.example/f"),
        ("xmlUrl='feed:a.example/f'", "http://a.example/f"),
        ("xmlUrl='http://a.example/a b'", "http://a.example/a%20b"),
        (
            "xmlUrl='HTTPS://Käse.Example/Ä?q=ö'",
            "https://xn--kse-qla.example/%C3%84?q=%C3%B6",
        ),
        ("xmlUrl='https://a.example/?x=1&amp;y=2'", "https://a.example/?x=1&y=2"),
        ("xmlUrl='https://a.example/?x=1&y=2&copy=3'", "https://a.example/?x=1&y=2&copy=3"),
        ('xmlUrl="https://a.example/o\'clock"', "https://a.example/o'clock"),
        ("xmlUrl=https://a.example/f", FEED),
        ("xmlUrl = 'https://a.example/f'", FEED),
    ],
)
def test_an_address_is_found_however_it_is_written(outline: str, url: str) -> None:
    assert read(f"<outline text='A' {outline}/>") == (row(url),)


@pytest.mark.parametrize(
    ("attributes", "title"),
    [
        ("text='Shown' title='Theirs'", "Shown"),
        ("title='Theirs'", "Theirs"),
        ("text='Shown'", "Shown"),
        ("text=' ' title='Theirs'", "Theirs"),
        ("", ""),
        ("text='https://a.example/f'", ""),
        ("text='https://a.example/f' title='https://a.example/f'", FEED),
        ("text='AT&amp;amp;T &amp;lt;3'", "AT&T <3"),
        ("text='&lt;b&gt;Volt&lt;/b&gt; &amp;amp; Co'", "Volt & Co"),
        ("text='a &lt; b &amp; c'", "a < b & c"),
        ("text='EV < 30k & more'", "EV < 30k & more"),
        ("text='x &nbsp; y &eacute;&#x1F697;'", "x y é🚗"),
        ("text='one\n  two&#10;three'", "one two three"),
        ("text='red&#27;[31m&#x202e;&#0;'", "red[31m\ufffd"),
        (f"text='{'x' * 100_000}'", "x" * 499 + "…"),
    ],
    ids=lambda value: value[:40],
)
def test_a_title_is_what_the_file_shows_in_one_clean_line(
    attributes: str, title: str
) -> None:
    assert read(f"<outline xmlUrl='{FEED}' {attributes}/>") == (row(title=title),)


def test_site_addresses_come_along_if_they_are_any() -> None:
    for raw, site in (
        ("https://a.example", "https://a.example/"),
        ("javascript:x", ""),
        ("", ""),
    ):
        assert read(f"<outline xmlUrl='{FEED}' text='A' htmlUrl='{raw}'/>") == (
            row(site=site),
        )


@pytest.mark.parametrize(
    ("outlines", "folder"),
    [
        (
            f"<outline text='AC/DC'><outline title=' B '>{FEED_ROW}</outline></outline>",
            "AC\u2215DC/B",
        ),
        (f"<outline text='x'></outline><outline text='y'/>{FEED_ROW}", ""),
        (f"<outline text='Empty' type='folder'/>{FEED_ROW}", ""),
        (f"<outline>{FEED_ROW}</outline>", ""),
        (f"<outline text='' title='T'>{FEED_ROW}</outline>", "T"),
        (f"<outline text='E&amp;amp;V &lt;i&gt;x&lt;/i&gt;'>{FEED_ROW}</outline>", "E&V x"),
        (f"<outline type='rss' xmlUrl='' text='Cars'>{FEED_ROW}</outline>", "Cars"),
        (f"<outline text='../..'>{FEED_ROW}</outline>", "..\u2215.."),
        (f"<OUTLINE TEXT='Cars'>{FEED_ROW}</OUTLINE>", "Cars"),
        (f"<o:outline text='Cars'>{FEED_ROW}</o:outline>", "Cars"),
        (f"<outline xmlUrl='{FEED}' text='A' category='/Cars/EV,/News'/>", "Cars/EV"),
        (f"<outline xmlUrl='{FEED}' text='A' category='EV'/>", "EV"),
        (f"<outline xmlUrl='{FEED}' text='A' category=' , '/>", ""),
        (
            f"<outline text='F'><outline xmlUrl='{FEED}' text='A' category='x'/></outline>",
            "F",
        ),
    ],
)
def test_folders_nest_and_slashes_do_not(outlines: str, folder: str) -> None:
    assert read(outlines) == (row(folder=folder),)


def test_a_feed_may_have_feeds_under_it_and_is_no_folder() -> None:
    outer = "<outline text='F'><outline xmlUrl='https://a.example/1' text='Outer'>"
    inner = "<outline xmlUrl='https://a.example/2' text='Inner'/></outline></outline>"
    after = "<outline xmlUrl='https://a.example/3' text='After'/>"
    assert read(outer + inner + after) == (
        row("https://a.example/1", "Outer", folder="F"),
        row("https://a.example/2", "Inner", folder="F"),
        row("https://a.example/3", "After"),
    )


# What is refused.


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("|rm -rf /", "a command"),
        ("exec:ls", "a command"),
        ("filter:x:http://a/", "a command"),
        ("file:///etc/hosts", "no web address (http or https)"),
        ("javascript:x", "no web address (http or https)"),
        ("ftp://a.example/f", "no web address (http or https)"),
        ("http://", "host"),
        ("http://[::1/f", "host"),
        ("http://a.example:99999/", "host"),
        ("/feed.xml", "part of an address"),
        ("a.example/feed.xml", "part of an address"),
        ("//a.example/feed.xml", "part of an address"),
        ("feed:", "no address"),
        ("", "no address"),
        ("https://a.example/" + "x" * 9_000, "longer than 8192"),
    ],
    ids=lambda value: value[:30],
)
def test_what_is_no_web_address_is_refused_and_told(raw: str, reason: str) -> None:
    ((shown, told),) = refusals(f"<outline text='A' xmlUrl='{raw}'/>")
    assert shown == (raw if len(raw) < 200 else raw[:199] + "…")
    assert reason in told


def test_lists_in_the_list_and_links_are_no_feeds() -> None:
    for attributes, reason in (
        ("type='include' url='https://a.example/more.opml'", "never fetched"),
        ("type='include' xmlUrl='https://a.example/more.opml'", "never fetched"),
        ("type='link' url='https://a.example/'", "a link"),
        ("type='rss' htmlUrl='https://a.example/'", "autotui add"),
        ("type='rss'", "no address"),
    ):
        ((shown, told),) = refusals(f"<outline text='A' {attributes}/>")
        assert "a.example" in shown or not shown
        assert reason in told


def test_an_attribute_that_names_a_command_is_not_even_looked_at() -> None:
    attributes = "filtercmd='rm -rf /' frss:xPath='x' text='A'"
    assert read(f"<outline {attributes} xmlUrl='{FEED}'/>") == (row(),)


def test_a_refused_address_is_shown_clean_and_without_its_password() -> None:
    for raw in (
        "ftp://me:secret@a.example/",
        "gopher:me:secret@x",
        "http://me:secret@[::1/",
    ):
        ((shown, _),) = refusals(f"<outline xmlUrl='{raw}'/>")
        assert "secret" not in shown
    ((shown, _),) = refusals("<outline xmlUrl='|x&#27;[2J&#10;y&#x202e;z'/>")
    assert shown == "|x[2J yz"


def test_a_line_break_in_an_address_starts_nothing_new() -> None:
    for line_break in ("&#10;", "\n", "&#13;&#10;"):
        (found,) = read(f"<outline xmlUrl='https://a.example/{line_break}|rm'/>")
        assert found.url == "https://a.example/%7Crm"


def test_a_feed_that_is_there_twice_is_taken_once() -> None:
    one = "<outline text='A' xmlUrl='https://a.example/f'/>"
    for again in (
        "https://a.example/f",
        "HTTPS://A.Example/f",
        "https://a.example:443/f",
        "https://a.example/f#top",
        "feed:https://a.example/f",
    ):
        other = f"<outline text='X'><outline xmlUrl='{again}' text='B'/></outline>"
        rows, refused = opml.read(body(one + other))
        assert rows == (row(),)
        assert [reason for _, reason in refused] == ["twice in the file"]


def test_addresses_that_may_bring_other_feeds_are_not_the_same() -> None:
    urls = (
        *("http://a.example/f", "https://a.example/f", "https://a.example/f/"),
        *("https://a.example/F", "https://a.example/f?x", "https://a.example:444/f"),
        *("https://www.a.example/f", "https://me@a.example/f", "http://a.example:443/f"),
    )
    rows = read("".join(f"<outline xmlUrl='{url}'/>" for url in urls))
    assert tuple(each.url for each in rows) == urls


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"hello", "something else, not OPML"),
        (b"https://a.example/feed\n", "not OPML"),
        (b"<!doctype html><html><body>x</body></html>", "a web page"),
        (b"<html><body><outline xmlUrl='https://a.example/'/></html>", "a web page"),
        (b"<rss version='2.0'/>", "a feed, not OPML; use 'autotui add'"),
        (
            b"<?xml version='1.0'?><!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>",
            "a feed",
        ),
        (b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "a feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "a feed"),
        (b"<rss><![CDATA[<opml><outline xmlUrl='https://a.example/'/>]]></rss>", "a feed"),
        (b"[1, 2]", "JSON"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"\x00\xff", "not OPML"),
        (b"x" * (opml.MAX_BYTES + 1), "20 MB"),
    ],
    ids=lambda value: str(value[:20]),
)
def test_what_is_no_opml_is_told_by_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(ParseError, match=said.replace("(", r"\(")):
        opml.read(content)


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE opml [<!ENTITY a 'https://evil.example/'>]>",
        "<!DOCTYPE opml [<!ENTITY a SYSTEM 'file:///etc/hosts'>]>",
        "<!DOCTYPE opml [<!entity a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_file_that_defines_its_own_entities_is_not_read(
    prolog: str, encoding: str
) -> None:
    file = body("<outline text='x' xmlUrl='&a;'/>", prolog).decode()
    with pytest.raises(ParseError, match="entities"):
        opml.read(file.encode(encoding))


# How much.


def test_a_file_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opml, "MAX_ROWS", 2)
    monkeypatch.setattr(opml, "MAX_REFUSED", 1)
    feeds = "".join(f"<outline xmlUrl='https://a.example/{at}'/>" for at in range(4))
    rows, refused = opml.read(body(feeds))
    assert len(rows) == 2
    assert refused == (
        ("https://a.example/2", "only 2 feeds are read"),
        ("", "1 more rows were refused"),
    )
    monkeypatch.setattr(opml, "MAX_OUTLINES", 3)
    rows, refused = opml.read(body("<outline text='x'>" * 3 + FEED_ROW))
    assert (rows, refused) == ((), (("", "only 3 outlines are read"),))


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_opml_or_told(content: bytes) -> None:
    with pytest.raises(ParseError):
        opml.read(content)


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "<outline",
                    "</outline>",
                    " xmlUrl=",
                    " text=",
                    " title=",
                    "category=",
                    ">",
                ),
                *("/>", "'", '"', "=", "<", "&amp;", "&", "&#10;", "<!--", "-->", "<body>"),
                *(
                    FEED,
                    "feed:",
                    "http://b.example/x y",
                    "|x",
                    "/a/b,",
                    "\x1b",
                    "\u202e",
                    "é",
                ),
                *("<![CDATA[", "]]>", "<b>", "</b>", "&lt;b&gt;", "type='include'", "\n"),
            ]
        ),
        st.text(max_size=5),
    ),
    max_size=40,
)


@settings(deadline=None, max_examples=300)
@given(PIECES, st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_whatever_is_read_is_clean_and_is_written_and_read_the_same(
    pieces: list[str], encoding: str
) -> None:
    file = "<opml><outline " + "".join(pieces)
    rows, refused = opml.read(file.encode(encoding, "replace"))

    for each in rows:
        assert each.url == clean.url(each.url, userinfo=True) != ""
        assert each.title == clean.line(each.title)
        assert each.folder == "/".join(map(clean.line, each.folder.split("/")))
    assert all(clean.line(text) == text for pair in refused for text in pair)
    # Folders come together, and rows that only a password told apart are one.
    once, _ = opml.read(opml.write(rows, ""))
    bare = {(clean.url(each.url), each.folder) for each in rows}
    assert {(each.url, each.folder) for each in once} <= bare
    assert opml.read(opml.write(once, "")) == (once, ())


def test_escaping_alone_changes_no_title() -> None:
    for raw in ("a & b", "x < y", "&amp;", html.escape("<b>'\"&lt;"), "Ã<b>x</b>"):
        title = clean.line(raw)
        (found,) = opml.read(opml.write([row(title=title)], ""))[0]
        assert found.title == title
