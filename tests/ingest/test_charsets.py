import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.ingest import charsets

HEADERS = st.sampled_from(
    ["", "text/xml; charset=zlib", "a; charset=utf-7", "x; charset=koi8-r", "; charset='"]
)
DECLARED = st.sampled_from(
    [b"", b"<?xml version='1.0' encoding='gbk'?>", b"<?xml encoding='idna'?>", b"\xff\xfe"]
)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "cp037", "utf-16-be"])
def test_the_first_bytes_tell_the_encoding(codec: str) -> None:
    text = "<?xml version='1.0'?><a>Größe</a>"
    assert charsets.decode(text.encode(codec), "x; charset=koi8-r") == text


def test_a_bad_byte_costs_only_itself() -> None:
    assert charsets.decode(b"caf\xc3\xa9 \x92 \xff caf\xc3\xa9") == "café \u2019 ÿ café"


def test_the_servers_word_counts_unless_it_is_a_default() -> None:
    declared = "<?xml version='1.0' encoding='windows-1251'?><a>"
    koi = (declared + "Ток").encode("koi8-r")
    assert charsets.decode(koi, "text/xml; charset=koi8-r").endswith("Ток")
    windows = (declared + "Ток").encode("cp1251")
    assert charsets.decode(windows, "text/xml; charset=iso-8859-1").endswith("Ток")


@given(DECLARED, st.binary(), HEADERS)
def test_any_bytes_are_text(start: bytes, rest: bytes, header: str) -> None:
    text = charsets.decode(start + rest, header)
    assert not any("\x80" <= each <= "\x9f" for each in text)


@given(st.text(), HEADERS)
def test_utf_8_is_utf_8_whatever_the_server_says(text: str, header: str) -> None:
    if len(text) > 20 and text.isprintable() and not text.isascii():
        assert charsets.decode(f"<a>{text}".encode(), header) == f"<a>{text}"


@pytest.mark.parametrize("header", ["", "text/html; charset=utf-8", "charset=ISO-8859-1"])
def test_a_pages_own_word_counts_where_its_server_says_nothing_or_the_default(
    header: str,
) -> None:
    html = '<meta charset="windows-1251"><p>Электромобиль</p>'
    assert charsets.page(html.encode("cp1251"), header) == html
    served = "text/html; charset=koi8-r"
    assert charsets.page(html.encode("koi8-r"), served) == html
