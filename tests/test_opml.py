import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui import clean, opml
from autotui.errors import ParseError
from autotui.model import Subscription

LINES = st.text(max_size=20).map(clean.line)
NAMES = st.text(min_size=1, max_size=8).map(lambda raw: clean.line(raw.replace("/", "")))
FOLDERS = st.lists(NAMES.filter(bool), max_size=3).map("/".join)
SUBSCRIPTIONS = st.lists(
    st.builds(
        Subscription,
        url=st.integers(0, 10**6).map(lambda number: f"https://a.example/{number}?a&b='<"),
        title=LINES,
        site_url=st.sampled_from(["", "https://a.example/"]),
        folder=FOLDERS,
    ),
    unique_by=lambda row: row.url,
    max_size=12,
).map(lambda rows: [clean_url(row) for row in rows])


def clean_url(row: Subscription) -> Subscription:
    return Subscription(clean.url(row.url), row.title, row.site_url, row.folder)


def body(outlines: str, prolog: str = "") -> bytes:
    return f"{prolog}<opml version='2.0'><body>{outlines}</body></opml>".encode()


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
        Subscription("https://a.example/3", "Drei", folder="Cars/Électrique"),
        Subscription("https://a.example/4", "https://a.example/4", folder="AC\u2215DC"),
    )
    assert opml.read(opml.write(rows, "Mine")) == (rows, ())


def test_a_file_looks_as_other_readers_expect_it() -> None:
    row = Subscription("https://a.example/f", "A", "https://a.example/", "Cars")
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


def test_passwords_stay_at_home() -> None:
    row = Subscription("https://me:secret@a.example/f", "A")
    assert b"secret" not in opml.write([row], "Mine")
    assert opml.read(body(f"<outline xmlUrl='{row.url}' text='A'/>")) == ((row,), ())


@pytest.mark.parametrize(
    ("outline", "url"),
    [
        ("xmlUrl='https://a.example/f'", "https://a.example/f"),
        ("XMLURL='https://a.example/f'", "https://a.example/f"),
        ("url='https://a.example/f'", "https://a.example/f"),
        ("xmlUrl=' feed:https://a.example/f '", "https://a.example/f"),
        ("xmlUrl='FEED://a.example/f'", "http://a.example/f"),
        ("xmlUrl='http://a.example/a b'", "http://a.example/a%20b"),
    ],
)
def test_an_address_is_found_however_it_is_written(outline: str, url: str) -> None:
    rows, refused = opml.read(body(f"<outline text='A' {outline}/>"))
    assert (rows, refused) == ((Subscription(url, "A"),), ())


@pytest.mark.parametrize(
    "raw",
    ["|rm -rf /", "file:///etc/hosts", "javascript:x", "", "exec:ls", "filter:x:http://a/"],
)
def test_what_is_no_web_address_is_refused_and_told(raw: str) -> None:
    rows, refused = opml.read(body(f"<outline text='A' xmlUrl='{raw}'/>"))
    assert rows == ()
    assert refused == ((raw, "no web address (http or https)"),)


def test_a_line_break_in_an_address_starts_nothing_new() -> None:
    rows, _ = opml.read(body("<outline xmlUrl='https://a.example/&#10;|rm'/>"))
    assert [row.url for row in rows] == ["https://a.example/%7Crm"]


def test_a_feed_that_is_there_twice_is_taken_once() -> None:
    one = "<outline text='A' xmlUrl='https://a.example/f'/>"
    rows, refused = opml.read(body(one + f"<outline text='X'>{one}</outline>"))
    assert [row.folder for row in rows] == [""]
    assert refused == (("https://a.example/f", "twice in the file"),)


def test_folders_nest_and_slashes_do_not() -> None:
    feed = "<outline xmlUrl='https://a.example/f' text='&#27;[31mA'/>"
    nested = f"<outline text='AC/DC'><outline title=' B '>{feed}</outline></outline>"
    rows, _ = opml.read(body(nested))
    assert rows == (Subscription("https://a.example/f", "[31mA", folder="AC\u2215DC/B"),)


def test_a_very_deep_file_loses_no_feed() -> None:
    feed = "<outline xmlUrl='https://a.example/f' text='A'/>"
    deep = "<outline text='x'>" * 150 + feed + "</outline>" * 150
    rows, _ = opml.read(body(deep))
    assert len(rows) == 1
    assert rows[0].folder.count("/") < opml.MAX_DEPTH


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<html><body>x</body></html>",
        b"<rss version='2.0'/>",
        b"\x00\xff",
        b"x" * (opml.MAX_BYTES + 1),
    ],
)
def test_what_is_no_opml_is_told(content: bytes) -> None:
    with pytest.raises(ParseError):
        opml.read(content)


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE opml [<!ENTITY a 'https://evil.example/'>]>",
        "<!DOCTYPE opml [<!ENTITY a SYSTEM 'file:///etc/hosts'>]>",
        "<!DOCTYPE opml [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>",
        "<!DOCTYPE opml [<!ELEMENT opml ANY>]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_that_defines_its_own_entities_is_not_read(
    prolog: str, encoding: str
) -> None:
    file = body("<outline text='x' xmlUrl='&a;'/>", prolog).decode()
    # Told before the parser, which expands entities in attributes, sees the file.
    with pytest.raises(ParseError, match="entities" if "ENTITY" in prolog else "DOCTYPE"):
        opml.read(file.encode(encoding))


def test_a_plain_doctype_and_broken_xml_are_forgiven() -> None:
    file = body("<outline xmlUrl='https://a.example/f' text='A & B'/>", "<!DOCTYPE opml>")
    rows, _ = opml.read(file)
    assert [row.url for row in rows] == ["https://a.example/f"]


def test_a_file_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opml, "MAX_ROWS", 2)
    feeds = "".join(f"<outline xmlUrl='https://a.example/{at}'/>" for at in range(4))
    rows, refused = opml.read(body(feeds))
    assert len(rows) == 2
    assert refused == (("https://a.example/2", "only 2 feeds are read"),)


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_opml_or_told(content: bytes) -> None:
    with pytest.raises(ParseError):
        opml.read(content)
