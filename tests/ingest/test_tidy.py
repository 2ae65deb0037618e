"""Tidy HTML is read without a tree: what comes out is what the tree would have given."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui import clean
from autotui.ingest import blocks, tidy
from autotui.packing import Body, pack, unpack

BASE = "https://news.example/2026/story.html"
TAGS = (
    *("p", "h2", "ul", "ol", "li", "blockquote", "div", "section", "figure", "figcaption"),
    *("table", "tr", "td", "pre", "a", "b", "em", "i", "code", "span", "small", "script"),
    *("iframe", "dl", "dt", "q"),
)
VOID = ("<br>", "<br/>", "<hr />", '<img src="/i.jpg" alt="car" />', "<wbr>", "<img>")
ATTRIBUTES = (
    *("", "", "", "", "", ' class="x y"', ' href="/a?b=1&amp;c=2"', ' href="#top"'),
    *(
        ' src="https://v.example/e"',
        ' href="/1" href="/2"',
        " hidden",
        " start=3",
        ' start="3"',
    ),
    *(' value="7"', ' href="/ä b"', ' href="javascript:x"', ' title="a > b"', " id=x"),
    *(' width="1"', ' class="emoji" alt="\U0001f697"', " / ", ' data-x="1"id="2"'),
)
TEXTS = (
    *("", "", "text", " ", "\n", " a  b ", "a\nb", "\xa0", "&nbsp;", "&amp;", "&#8217;"),
    *("&eacute;", "&apos;", "&#39;", "& ", "&x;", "&#133;", "&#8203;", "&lt;p&gt;", ">"),
    *("\u6bd4\u4e9a\u8fea", "• x", "\t", "e\u0301", "&#128663;", "&hellip", "&#32; "),
)


def nested(depth: int) -> st.SearchStrategy[str]:
    """Give HTML in which every element is closed where it should be."""
    texts = st.sampled_from(TEXTS)
    if not depth:
        return texts
    inner = st.lists(nested(depth - 1), max_size=4).map("".join)
    element = st.builds(
        lambda tag, attributes, text: f"<{tag}{attributes}>{text}</{tag}>",
        st.sampled_from(TAGS),
        st.sampled_from(ATTRIBUTES),
        inner,
    )
    return st.one_of(texts, element, element, st.sampled_from(VOID))


HTML = st.lists(nested(3), max_size=6).map("".join)


def both(html: str) -> tuple[Body | None, Body]:
    """Give what is read without a tree, and with one."""
    text = clean.text(html)
    return tidy.read(text, BASE), pack(blocks.document(text, BASE))


@settings(deadline=None, max_examples=600)
@given(HTML)
def test_tidy_html_gives_what_its_tree_gives(html: str) -> None:
    assert blocks.body(html, BASE) == pack(blocks.document(html, BASE))


@settings(deadline=None, max_examples=600)
@given(HTML, st.data())
def test_html_that_is_nearly_tidy_gives_what_its_tree_gives(
    html: str, data: st.DataObject
) -> None:
    # Given tidy HTML with a few characters too many or too few
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(html)))
        gone = data.draw(st.integers(0, 3))
        extra = data.draw(
            st.sampled_from(("", "<", ">", '"', "&", "/", "<p>", "</p>", "</b>"))
        )
        html = html[:at] + extra + html[at + gone :]
    # Then no reader takes it for what it is not
    assert blocks.body(html, BASE) == pack(blocks.document(html, BASE))


def test_no_pair_of_elements_is_read_in_another_way_than_by_its_tree() -> None:
    for outer, inner, third in itertools.product(TAGS, TAGS, ("", "b", "p", "li", "ul")):
        core = f"<{third}>c</{third}>d" if third else "c"
        for html in (
            f"x<{outer}>a<{inner}>{core}</{inner}>e</{outer}>y",
            f"<{outer}><{inner}>{core}</{inner}>\n</{outer}>\n<p>z</p>",
        ):
            without, with_ = both(html)
            assert without in {None, with_}, html


@pytest.mark.parametrize(
    "html",
    [
        "<p>One</p>\n<p>two <b>bold</b> and <a href='/x'>link</a></p>".replace("'", '"'),
        "<h3>Head</h3><ul><li>one</li>\n<li>two <em>too</em></li></ul><ol><li>a</li></ol>",
        '<blockquote class="quote"><p>Said</p></blockquote><hr><p>a<br>b<br><br>c</p>',
        '<figure><img src="/i.jpg" alt="car"><figcaption>A car.</figcaption></figure>',
        '<figure><img src="/i.jpg"><figcaption>A <cite>who</cite></figcaption></figure>',
        '<p><img src="/i.jpg">Text</p><div><p>in<img src="/j.jpg"> it</p></div>',
        "Loose <b>text</b><br>and more<p>then</p>loose again",
        "<table><tr><td>kW</td><td>Nm</td></tr><tr><td>1</td><td>2</td></tr></table><p>x</p>",
        "<pre>  code\n  it is</pre><p>&#8220;said&#8221; &amp; done&nbsp;so</p>",
        '<script>var x = "y";</script><p>after</p><iframe src="https://v.example/e"></iframe>',
    ],
)
def test_what_feeds_hold_needs_no_tree(html: str) -> None:
    without, with_ = both(html)
    assert without == with_


def test_a_body_read_so_holds_what_it_said() -> None:
    text, packed = blocks.body(
        '<p>A <b>motor</b></p><ul><li><a href="/x">x</a></li></ul>', BASE
    )
    paragraph, item = unpack(packed, text).blocks
    assert [(span.text, span.strong) for span in paragraph.spans] == [
        ("A ", False),
        ("motor", True),
    ]
    assert (item.kind, item.spans[0].url) == ("item", "https://news.example/x")


@pytest.mark.parametrize(
    "html",
    ["<p>" * 4_000, "<b>" * 4_000, "<p>&amp", "<div>" * 60 + "</div>" * 60, "<p>x", "</p>"],
)
def test_what_is_not_tidy_is_left_to_the_tree(html: str) -> None:
    assert tidy.read(html, BASE) is None
