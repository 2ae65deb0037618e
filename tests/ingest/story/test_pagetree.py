import pytest

from autotui.errors import ParseError
from autotui.ingest.story import pagetree
from autotui.pages import MAX_BYTES

SAID = "Grün fährt er „leise“."
PAGE = f"<html><head><meta charset={{}}></head><body><p>{SAID}</p></body></html>"


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "utf-8", "text/html; charset=iso-8859-1"),
        ("cp1252", "windows-1252", "text/html"),
        ("cp1252", "windows-1252", "text/html; charset=utf-8"),
        ("cp1252", "x", "text/html; charset=windows-1252"),
        ("utf-8-sig", "windows-1252", ""),
        ("utf-16", "utf-16", ""),
    ],
)
def test_bytes_are_read_in_the_encoding_they_are_in(
    encoding: str, declared: str, header: str
) -> None:
    text = pagetree.decoded(PAGE.format(declared).encode(encoding), header)
    assert SAID in text


def test_what_the_page_says_of_its_encoding_counts_where_the_server_is_vague() -> None:
    russian = "<meta charset=windows-1251><p>Привод</p>"
    for header in ("", "text/html", "text/html; charset=iso-8859-1"):
        assert "Привод" in pagetree.decoded(russian.encode("cp1251"), header)
    served = "text/html; charset=windows-1251"
    wrong = russian.replace("windows-1251", "koi8-r").encode("cp1251")
    assert "Привод" in pagetree.decoded(wrong, served)


def test_no_more_than_the_limit_is_read() -> None:
    assert len(pagetree.decoded("<p>" + "x" * (MAX_BYTES + 10))) == MAX_BYTES


def test_control_characters_do_not_come_through() -> None:
    assert pagetree.decoded("<p>a\x00b\x1b[31mc\u202e</p>" + "x" * 100).startswith(
        "<p>ab[31mc"
    )


@pytest.mark.parametrize(
    ("content", "header", "kind"),
    [
        (b"%PDF-1.4", "", "a PDF"),
        (b"\xff\xd8\xff\xe0", "", "JPEG"),
        (b"GIF89a", "", "GIF"),
        (b"PK\x03\x04", "", "ZIP"),
        (b"\x00\x00\x00\x18ftypmp42", "", "MP4"),
        (b"whatever", "application/pdf", "a PDF"),
        (b"whatever", "image/webp", "a picture"),
        (b"\x00\x01\x02" * 500, "", "binary"),
        (b'{"a": [1, 2]}', "", "JSON"),
        (b"[]", "application/json", "JSON"),
        (b"<?xml version='1.0'?><feed xmlns='x'>", "", "a feed"),
        (b"", "", "empty"),
        ("%PDF-1.4", "", "a PDF"),
    ],
)
def test_what_is_no_page_is_named(content: bytes | str, header: str, kind: str) -> None:
    with pytest.raises(ParseError, match=kind):
        pagetree.decoded(content, header)


def test_text_without_a_tag_is_plain() -> None:
    assert pagetree.is_plain("one line\nwhere 3 < 4 and a <3\n")
    assert not pagetree.is_plain("one <b>line</b>")


@pytest.mark.parametrize(
    "html", ["<p>x</p>", "<b>x", "x<br>", "<div><p>x</p></div>", "<!-- a"]
)
def test_a_fragment_has_a_tree_too(html: str) -> None:
    assert pagetree.parsed(html) is not None
