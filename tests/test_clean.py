import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autotui import clean

# Text with more of what hurts than chance would bring.
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x07\x1b\x7f\x85\x9b\r\n\t \u202e\u2066\u200b\u2028\ufeff"),
        st.sampled_from("\u0301\u0489\ufe0f\U000e0041\ud800\udfff\ufffe"),
    )
)
WEB = st.builds(
    "".join,
    st.lists(
        st.one_of(
            st.sampled_from(
                ["http:", "https:", "//", "/", "@", ":", "?", "#", "%", "[", "]"]
            ),
            st.sampled_from(["a.example", "::1", "fe80::1%", "bücher.example", "80", ".."]),
            NASTY,
        )
    ),
)
FORBIDDEN_CATEGORIES = {"Cc", "Cs"}
FORBIDDEN = set("\u00ad\u061c\u200b\u200e\u200f\ufeff\ufff9\ufffa\ufffb\ufffe\uffff")
FORBIDDEN |= {chr(code) for code in range(0x202A, 0x202F)}
FORBIDDEN |= {chr(code) for code in range(0x2060, 0x2070)}
FORBIDDEN |= {chr(code) for code in range(0xE0000, 0xE0080)}


def harmful(text: str, *, besides: str = "") -> set[str]:
    return {
        character
        for character in text
        if character not in besides
        and (
            character in FORBIDDEN
            or unicodedata.category(character) in FORBIDDEN_CATEGORIES
        )
    }


@settings(deadline=None)
@given(NASTY)
@example("\x1b]52;c;x\x07")
@example("a" * 5_000)
def test_a_line_is_one_harmless_short_line(raw: str) -> None:
    cleaned = clean.line(raw)
    assert not harmful(cleaned)
    assert len(cleaned) <= clean.MAX_LINE
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned


@settings(deadline=None)
@given(NASTY, st.integers(2, 20))
def test_cleaning_twice_changes_nothing(raw: str, limit: int) -> None:
    assert clean.line(clean.line(raw, limit), limit) == clean.line(raw, limit)
    assert clean.text(clean.text(raw, limit), limit) == clean.text(raw, limit)
    assert clean.key(clean.key(raw)) == clean.key(raw)


@settings(deadline=None)
@given(NASTY)
def test_text_keeps_its_lines_and_loses_what_harms(raw: str) -> None:
    assert not harmful(clean.text(raw), besides="\n")


@settings(deadline=None)
@given(WEB, st.sampled_from(["", "https://news.example/a/b?c=d"]), st.booleans())
@example("http://[fe80::1%\u20ac]/", "", False)  # noqa: FBT003 - hypothesis
@example("http://h/" + "\u20ac" * 3_000, "", False)  # noqa: FBT003 - hypothesis
def test_an_address_is_plain_ascii_and_leads_to_the_web(
    raw: str,
    base: str,
    userinfo: bool,  # noqa: FBT001 - hypothesis
) -> None:
    url = clean.url(raw, base, userinfo=userinfo)
    if url:
        parts = urlsplit(url)
        assert url.isascii()
        assert url.isprintable()
        assert " " not in url
        assert len(url) <= clean.MAX_URL
        assert parts.scheme in {"http", "https"}
        assert parts.hostname
        assert userinfo or "@" not in parts.netloc
        assert clean.url(url, userinfo=userinfo) == url


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("[red]x[/]", "[red]x[/]"),
        ("\x1b]52;c;x\x07", "]52;c;x"),
        ("a\x1b[2Jb", "a[2Jb"),
        ("one\u202eowt", "oneowt"),
        ("a\r\nb\tc\u2028d", "a b c d"),
        ("\ud83d\ude00", ""),
        ("Škoda Enyaq 🚗 東京", "Škoda Enyaq 🚗 東京"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 8),
    ],
)
def test_a_title_keeps_what_is_text(raw: str, cleaned: str) -> None:
    assert clean.line(raw) == cleaned


def test_a_long_line_says_that_it_was_cut() -> None:
    assert clean.line("word " * 200) == ("word " * 99 + "word") + "…"


def test_a_very_long_key_stays_distinct() -> None:
    one, other = clean.key("x" * 5_000), clean.key("x" * 5_001)
    assert one != other
    assert len(one) < 100


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("https://a.example", "https://a.example/"),
        (
            "HTTP://A.Example:8080/ä b?q=ü#x",
            "http://a.example:8080/%C3%A4%20b?q=%C3%BC#x",
        ),
        ("/story?a=1&b=2", "https://news.example/story?a=1&b=2"),
        ("//cdn.example/i.jpg", "https://cdn.example/i.jpg"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://bank.example@evil.example/", "https://evil.example/"),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:me@a.example", ""),
        ("file:///etc/hosts", ""),
        ("http://a.example:99999/", ""),
        ("", ""),
    ],
)
def test_an_address_becomes_absolute_or_nothing(raw: str, url: str) -> None:
    assert clean.url(raw, "https://news.example/feed") == url


def test_only_a_feeds_own_address_may_hold_a_password() -> None:
    raw = "https://me:p@ss@a.example/"
    assert clean.url(raw) == "https://a.example/"
    assert clean.url(raw, userinfo=True) == "https://me:p%40ss@a.example/"
    assert clean.url("https://@a.example/", userinfo=True) == "https://a.example/"


def test_the_host_of_no_address_is_nothing() -> None:
    assert clean.host("https://Me@A.example:1/") == "a.example"
    assert clean.host("http://[") == clean.host("nonsense") == ""


PLACES = st.from_regex(
    r"(?:https?://[a-z0-9.-]{1,8}(?::\d{1,5})?)?/[!-~]{0,12}", fullmatch=True
)


@settings(deadline=None)
@given(PLACES, st.sampled_from(["https://a.example/b/c?d#e", "http://u@b.example/", ""]))
@example("https://a.example/?", "")
@example("/a/../b", "https://a.example/b/c")
@example("https://a.example:080/", "")
def test_the_quick_way_gives_what_the_long_way_gives(raw: str, base: str) -> None:
    # A space around an address is cut off, and takes it off the quick way.
    assert clean.url(raw, base) == clean.url(f" {raw}", base)


@pytest.mark.parametrize(
    "other",
    [
        "http://volt.example/a?id=7",
        "https://www.volt.example/a?id=7",
        "https://volt.example/a/?id=7",
        "https://volt.example/a?id=7#comments",
        "https://volt.example/a?utm_source=rss&id=7&fbclid=x",
    ],
)
def test_forms_of_one_address_are_known_to_be_one(other: str) -> None:
    assert clean.canonical(other) == clean.canonical("https://volt.example/a?id=7")


@pytest.mark.parametrize(
    "other",
    [
        "https://volt.example/a?id=8",
        "https://volt.example/b?id=7",
        "https://other.example/a?id=7",
        "https://volt.example/a?id=7#!/2",
    ],
)
def test_two_addresses_are_not_taken_for_one(other: str) -> None:
    assert clean.canonical(other) != clean.canonical("https://volt.example/a?id=7")
