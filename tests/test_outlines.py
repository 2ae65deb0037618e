"""Broken files, strange encodings and great depth: no feed is lost that can be saved."""

import codecs
from collections.abc import Callable
from time import process_time

import pytest

from autotui import opml, outlines
from autotui.errors import ParseError
from autotui.model import Subscription

FEED = "https://a.example/f"
FEED_ROW = f"<outline xmlUrl='{FEED}' text='A'/>"


def body(outlines: str) -> bytes:
    return f"<opml version='2.0'><body>{outlines}</body></opml>".encode()


def row(title: str = "A") -> Subscription:
    return Subscription(FEED, title)


@pytest.mark.parametrize(
    "file",
    [
        f"<opml>{FEED_ROW}</opml>",
        f"<opml><head><title>x</title></head>{FEED_ROW}",
        f"<opml version='1.1'><body>{FEED_ROW}</body></opml>",
        f"<OPML><BODY>{FEED_ROW}</BODY></OPML>",
        f"<opml xmlns='http://opml.org/spec2' xmlns:x='y'><body>{FEED_ROW}</body></opml>",
        f"<!DOCTYPE opml SYSTEM 'http://evil.example/o.dtd'><opml>{FEED_ROW}</opml>",
        f"<!DOCTYPE opml [<!ELEMENT opml ANY>]><opml><body>{FEED_ROW}</body></opml>",
        f"<body>{FEED_ROW}</body>",
        f"<br />\n<b>Warning</b>: junk<?xml version='1.0'?><opml>{FEED_ROW}</opml>",
        f"<opml><body>{FEED_ROW}</body></opml>\n<p>junk & more",
        f"<opml><!-- <outline xmlUrl='https://no.example/'/> -->{FEED_ROW}</opml>",
        f"<opml><![CDATA[<outline xmlUrl='https://no.example/'/>]]>{FEED_ROW}</opml>",
        f"<opml><!-- no end {FEED_ROW}",
        f"<opml><body><outline text='A'\n\txmlUrl='{FEED}'\n></outline></body></opml>",
        f"<opml><body><outline text='A' xmlUrl='{FEED}' </body>",
        f"<opml><outline text='A'xmlUrl='{FEED}'title='x'/>",
        f"<opml><outline text='A' text='B' xmlUrl='{FEED}' xmlUrl='https://b.example/'/>",
        f"<opml>\0\x1b<outline text='\x1bA' xmlUrl='{FEED}'/>",
        f"<opml><outline text='A' xmlUrl='{FEED}/><outline text='Lost",
        f"<opml><xi:include href='file:///etc/passwd'/>{FEED_ROW}</opml>",
    ],
)
def test_what_can_be_saved_of_a_broken_file_is_saved(file: str) -> None:
    assert opml.read(file.encode()) == ((row(),), ())


def test_a_missing_quote_costs_no_more_than_its_row() -> None:
    good = "".join(f"<outline text='{n}' xmlUrl='https://a.example/{n}'/>\n" for n in "12")
    for bad in (
        '<outline text="Volt xmlUrl="https://v.example/"/>\n',
        '<outline text="Volt" xmlUrl="https://v.example/>\n',
        "<outline text='it's' xmlUrl=''/>\n",
    ):
        rows, _ = opml.read(body(good[: len(good) // 2] + bad + good[len(good) // 2 :]))
        found = [each.url for each in rows if "v.example" not in each.url]
        assert found == ["https://a.example/1", "https://a.example/2"], bad


def test_a_file_that_was_cut_off_brings_no_half_addresses() -> None:
    whole = body(f"{FEED_ROW}<outline text='B' xmlUrl='https://b.example/long/path'/>")
    urls = {FEED, "https://b.example/long/path"}
    for end in range(len(whole)):
        try:
            rows, _ = opml.read(whole[:end])
        except ParseError:
            continue
        assert {each.url for each in rows} <= urls


@pytest.mark.parametrize(
    ("declared", "encode"),
    [
        ("utf-8", lambda text: text.encode()),
        ("utf-8", lambda text: codecs.BOM_UTF8 + text.encode()),
        ("utf-16", lambda text: text.encode("utf-16")),
        ("utf-16", lambda text: text.encode("utf-16-be")),
        ("utf-8", lambda text: text.encode("utf-16-le")),
        ("iso-8859-1", lambda text: text.encode("latin-1")),
        ("windows-1252", lambda text: text.encode("cp1252")),
        ("utf-8", lambda text: text.encode("cp1252")),
        ("iso-8859-1", lambda text: text.encode()),
        ("utf-16", lambda text: text.encode()),
        ("zlib", lambda text: text.encode()),
        ("utf-7", lambda text: text.encode()),
        ("no-such-thing", lambda text: text.encode()),
    ],
)
def test_the_bytes_are_believed_more_than_what_they_say(
    declared: str, encode: Callable[[str], bytes]
) -> None:
    file = (
        f"<?xml version='1.0' encoding='{declared}'?>\n<opml><body>"
        f"<outline text='Électrique für alle' xmlUrl='{FEED}'/></body></opml>"
    )
    assert opml.read(encode(file)) == ((row(title="Électrique für alle"),), ())


def test_a_declared_encoding_counts_where_the_bytes_are_no_utf_8() -> None:
    for declared in ("windows-1251", "koi8-r", "shift_jis"):
        title = "電気自動車" if declared == "shift_jis" else "Электро"
        file = (
            f"<?xml version='1.0' encoding='{declared}'?><opml>"
            f"<outline text='{title}' xmlUrl='{FEED}'/></opml>"
        )
        for junk in ("", "<br />\n<b>Warning</b>: x\n"):
            found = opml.read((junk + file).encode(declared))
            assert found == ((row(title=title),), ())


def test_a_very_deep_file_loses_no_feed() -> None:
    deep = "<outline text='x'>" * 10_000 + FEED_ROW + "</outline>" * 10_000
    (found,) = opml.read(body(deep))[0]
    assert found.folder == "/".join("x" * opml.MAX_DEPTH)
    long = f"<outline text='{'x' * 400}'>" * 9 + FEED_ROW
    (found,) = opml.read(body(long))[0]
    assert len(found.folder) == 400 * 2 + 1


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<!--", "<![CDATA[", "<?", "<a:", "<outline", "<outline ", "<outline a='"),
        *(
            "<outline a=\"'",
            "<outline x='<",
            "</outline>",
            "<outline>",
            "=",
            "&",
            "&#",
            " /",
        ),
        *(
            "<outline text='&lt;b&gt;'/>",
            "<outline xmlUrl='x'/>",
            "<outline xmlUrl='http://",
        ),
        *(" a='1'", ' a="', "\n", "<outline a=b c", "a:", "<outline category='/", "\xff"),
    ],
)
def test_no_piece_repeated_takes_long(piece: str) -> None:
    content = ("<opml><outline " + piece * (500_000 // len(piece))).encode("latin-1")
    start = process_time()
    opml.read(content)
    # It takes 0.3 s, and minutes if it were quadratic.
    assert process_time() - start < 5


def test_an_end_tag_closes_one_outline_and_too_many_do_no_harm() -> None:
    texts = [
        (each.attributes.get("text"), each.depth)
        for each in outlines.read(
            "<outline text='a'><outline text='b'><outline text='c'/></outline>"
            "<outline text='d'/></outline></outline></outline><outline text='e'>"
            "<outline text='f'><body><outline text='g'/>"
        )
    ]
    assert texts == [
        *(("a", 0), ("b", 1), ("c", 2), ("d", 1), ("e", 0), ("f", 1), ("g", 0))
    ]
