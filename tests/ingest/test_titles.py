# ruff: noqa: RUF001 - typographic quotation marks are meant

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.ingest import titles

RAW = {
    "New <b>motor</b>": "New motor",
    "C++ <vector>": "C++ <vector>",
    "a < b": "a < b",
    "<3 EVs": "<3 EVs",
    "x<y and y>z": "x<y and y>z",
    "i<b and c>d": "i<b and c>d",
    "AT&amp;T": "AT&T",
    "AT&amp;amp;T": "AT&T",
    "Ben&amp;#8217;s": "Ben’s",
    "&lt;b&gt;Bold&lt;/b&gt; x": "Bold x",
    "one<br/>two": "one two",
    "<p>Hi</p><p>you</p>": "Hi you",
    "<script>alert(1)</script>Go": "Go",
    "Use the &lt;b&gt; tag": "Use the <b> tag",
    "<a href='x'>Link</a>": "Link",
    "caf&eacute; &nbsp; x": "café x",
    "5 < 6 & 7 > 6": "5 < 6 & 7 > 6",
    "<vector>x</vector>": "x",
    "&#146;": "’",
    "CafÃ©": "Café",
    "SÃO PAULO": "SÃO PAULO",
    "<![CDATA[x]]>": "x",
    "a<!-- c -->b": "ab",
    "<img src='x' alt='y'/>z": "z",
    "List<String> in Java": "List<String> in Java",
    '<span class="a">x': "x",
    "<em>": "",
    "A &lt;em&gt;very&lt;/em&gt; b": "A very b",
    "<B>x</B>": "x",
    "<foo:bar>x</foo:bar>": "x",
    "&amp;lt;i&amp;gt;x&amp;lt;/i&amp;gt;": "x",
    "<o:p></o:p>x": "x",
}
PIECES = [
    "<b>",
    "</b>",
    "<",
    ">",
    "&",
    "&amp;",
    "&lt;",
    "&#27;",
    "amp;",
    "x",
    " ",
    "<br/>",
    "]]>",
]


@pytest.mark.parametrize("raw", RAW)
def test_markup_goes_and_text_stays(raw: str) -> None:
    assert titles.line(raw, markup=True) == RAW[raw]


def test_plain_text_keeps_its_tags_but_not_its_entities() -> None:
    assert titles.line("a <b> &amp; &lt;c&gt;", markup=False) == "a <b> & <c>"


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)), st.booleans())
def test_any_text_is_one_clean_line(raw: str, markup: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    line = titles.line(raw, markup=markup)
    assert not any(unicodedata.category(each) == "Cc" for each in line)
    assert line == line.strip()
    assert not (markup and titles.is_markup(line))


@pytest.mark.parametrize(
    "raw", ["<" * 10**6, "<a " * 10**6, "&amp;" * 10**6, "<!--" * 10**6]
)
def test_a_hostile_title_takes_no_time(raw: str) -> None:
    start = time.process_time()
    titles.line(raw, markup=True)
    titles.is_markup(raw)
    assert time.process_time() - start < 1
