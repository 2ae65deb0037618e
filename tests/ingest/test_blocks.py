import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui import clean
from autotui.document import Block, Document, Span, to_text
from autotui.ingest import blocks, elements, gather
from support import hostile, work

BASE = "https://news.example/2026/story.html"
TAGS = """
<p> </p> <b> </b> <br> <ul> <li> </ul> <ol> <table> <tr> <td> </table> <pre> </pre> <h2>
<blockquote> <figure> <img> <figcaption> <a> </a> <!-- --> </body> <script> </script> <svg>
&#27; &amp;#x202e; &#0; &nbsp; &lt; < > & " '
"""
SOUP = st.lists(
    st.one_of(
        st.text(max_size=5),
        st.sampled_from(TAGS.split()),
        st.sampled_from(["<img src=/i.jpg alt='\x1b[x'>", "<a href='/x\x07'>", "\n\n"]),
    )
).map("".join)


def made(html: str) -> tuple[Block, ...]:
    return blocks.document(html, BASE).blocks


def texts(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in made(html)]


def strings(document: Document) -> list[str]:
    found: list[str] = []
    for block in document.blocks:
        found += [block.url, block.alt, block.credit, *sum(block.rows, ())]
        found += [part for span in block.spans for part in (span.text, span.url)]
    return found


@settings(deadline=None)
@given(st.one_of(st.text(), SOUP))
def test_whatever_comes_in_only_clean_text_comes_out(html: str) -> None:
    document = blocks.document(html, BASE)
    for string in strings(document):
        assert clean.text(string) == string
        assert not any(unicodedata.category(each) == "Cs" for each in string)
    for block in document.blocks:
        assert block.kind in {"image", "rule", "table"} or block.text.strip()
        if block.kind != "code":
            assert "  " not in block.text
            assert block.text == block.text.strip(" ")


@pytest.mark.parametrize("name", hostile.HTML)
def test_time_grows_with_size_not_with_its_square(name: str) -> None:
    def seconds(size: int) -> float:
        html = hostile.HTML[name](size)
        return work.seconds(lambda: blocks.document(html))

    seconds(1_000)
    small, large = seconds(50_000), seconds(200_000)
    # Four times the size: a square would be sixteen times the time.
    assert large < 0.05 or large < 10 * small
    assert large < 2


def test_plain_text_keeps_its_paragraphs() -> None:
    html = "A &amp; B,\nC &lt; D\n\n \nEnd"
    assert texts(html) == [("paragraph", "A & B, C < D"), ("paragraph", "End")]


def test_looks_and_links_become_spans() -> None:
    html = (
        "<p>A <b>strong</b> <em>soft <i>word</i></em>, <kbd>q</kbd> and "
        "<a href='/x?a=1'>a <b>link</b></a>.</p>"
    )
    url = "https://news.example/x?a=1"
    assert made(html)[0].spans == (
        Span("A "),
        Span("strong", strong=True),
        Span(" "),
        Span("soft word", emphasis=True),
        Span(", "),
        Span("q", code=True),
        Span(" and "),
        Span("a ", url=url),
        Span("link", strong=True, url=url),
        Span("."),
    )


@pytest.mark.parametrize("href", ["javascript:x()", "#top", "data:x", "", "file:///x"])
def test_a_link_to_nowhere_is_plain_text(href: str) -> None:
    assert made(f"<p>a <a href='{href}'>b</a></p>")[0].spans == (Span("a b"),)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p> a  <b> b </b> c </p>", "a b c"),
        ("<p>a<b> b</b>\n<i>c</i></p>", "a b c"),
        ("<p>CO<sub>2</sub></p>", "CO2"),
        ("<p>a\u200bb\u00adc</p>", "abc"),
        ("<p>250\u00a0kW</p>", "250\u00a0kW"),
        ("<p>a<!-- x -->b</p>", "ab"),
        ("<p>5 < 6 & 7</p>", "5 < 6 & 7"),
        ("<p>a &amp;#27; &#27;b</p>", "a &#27; b"),
        ("<p>[red]x[/]</p>", "[red]x[/]"),
    ],
)
def test_spaces_are_a_browsers_spaces(html: str, text: str) -> None:
    assert texts(html) == [("paragraph", text)]


def test_blocks_never_glue_words_together() -> None:
    html = "a<div>b<p>c</p>d</div>e <b>f<p>g</p>h</b><section>i</section>"
    found = [text for _, text in texts(html)]
    assert found == ["a", "b", "c", "d", "e f", "g", "h", "i"]


def test_a_break_is_a_line_end_and_two_part_paragraphs() -> None:
    html = "<p>one <br> two<br/><br>three<br></p>"
    assert texts(html) == [("paragraph", "one\ntwo"), ("paragraph", "three")]


def test_headings_keep_their_level() -> None:
    html = "<h1>a</h1><h3>b <small>c</small></h3><hr>"
    assert [(block.kind, block.level) for block in made(html)] == [
        ("heading", 1),
        ("heading", 3),
        ("rule", 0),
    ]


def test_lists_nest_and_count() -> None:
    html = (
        "<ul><li>a<ol start=3><li>b<li>c<li value=9>d</ol></li><li><p>e</p><p>f</p></ul>"
        "<ol><li>g</ol>"
    )
    found = [(block.text, block.level, block.number) for block in made(html)]
    assert found == [
        ("a", 1, 0),
        ("b", 2, 3),
        ("c", 2, 4),
        ("d", 2, 9),
        ("e\nf", 1, 0),
        ("g", 1, 1),
    ]


def test_quotes_nest() -> None:
    html = "<blockquote>a<blockquote><p>b</p></blockquote><p>c</p></blockquote>d"
    found = [(block.kind, block.text, block.level) for block in made(html)]
    assert found == [
        ("quote", "a", 1),
        ("quote", "b", 2),
        ("quote", "c", 1),
        ("paragraph", "d", 0),
    ]


def test_code_keeps_its_lines() -> None:
    assert texts("<pre>\n<code>a\n  b<br>c\n</code></pre>") == [("code", "a\n  b\nc")]


def test_a_table_of_data_keeps_its_grid() -> None:
    html = (
        "<table><caption>Range</caption><tr><th>Car<th>kWh<th>km</tr>"
        "<tr><td rowspan=2>One<td>60<td>400</tr><tr><td>80</tr>"
        "<tr><td colspan=2>Two</tr></table>"
    )
    caption, table = made(html)
    assert caption.text == "Range"
    assert table.rows == (
        ("Car", "kWh", "km"),
        ("One", "60", "400"),
        ("", "80", ""),
        ("Two", "", ""),
    )


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>a</p><p>b</p></td></tr></table>",
        "<table role=presentation><tr><td>a</td><td>b</td></tr><tr><td></td></tr></table>",
        "<table><tr><td><table><tr><td>a</td></tr></table></td></tr><tr><td>b</table>",
        "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>",
    ],
)
def test_a_table_for_layout_is_its_paragraphs(html: str) -> None:
    assert texts(html) == [("paragraph", "a"), ("paragraph", "b")]


def test_a_figure_has_caption_and_credit() -> None:
    html = (
        "<figure><a href=/big><img src=/i.jpg alt='A car'></a>"
        "<figcaption>The <b>car</b> <small>Photo: Us</small></figcaption></figure>"
    )
    assert made(html) == (
        Block(
            "image",
            (Span("The "), Span("car", strong=True)),
            url="https://news.example/i.jpg",
            alt="A car",
            credit="Photo: Us",
        ),
    )


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("<img src=i.jpg>", "https://news.example/2026/i.jpg"),
        (
            "<img src='data:image/gif;base64,x' data-src=/a.jpg>",
            "https://news.example/a.jpg",
        ),
        (
            "<img srcset='/s.jpg 400w, /m.jpg 1200w, /l.jpg 4000w'>",
            "https://news.example/m.jpg",
        ),
        (
            "<picture><source srcset='/w.webp 2x'><img src='data:x,'></picture>",
            "https://news.example/w.webp",
        ),
        ("<img srcset='/a,b.jpg, /c.jpg 2x'>", "https://news.example/c.jpg"),
    ],
)
def test_an_image_has_one_good_address(image: str, url: str) -> None:
    assert [block.url for block in made(image)] == [url]


@pytest.mark.parametrize(
    "image",
    [
        "<img src=/p.gif width=1 height=1>",
        "<img src=/p.gif width='3px' height=40>",
        "<img src=/p.gif style='border:0; height: 1px !important'>",
        "<img src='data:image/png;base64,xyz'>",
        "<img>",
    ],
)
def test_a_pixel_that_counts_readers_is_dropped(image: str) -> None:
    assert made(f"<p>a{image}b</p>") == (Block("paragraph", (Span("ab"),)),)


def test_an_image_in_a_paragraph_follows_it() -> None:
    html = "<p>one <img src=/a.jpg> two</p><p><img src=/b.jpg>three</p>"
    assert texts(html) == [
        ("paragraph", "one two"),
        ("image", ""),
        ("image", ""),
        ("paragraph", "three"),
    ]


def test_an_emoji_that_is_an_image_is_a_letter() -> None:
    assert texts("<p>Go <img class=emoji alt=🚗 src=/e.png></p>") == [
        ("paragraph", "Go 🚗")
    ]


def test_what_plays_becomes_a_link() -> None:
    html = (
        "<iframe src='//video.example/1' title='The drive'></iframe>"
        "<video><source src=/a.mp4>no video</video><iframe src='about:blank'>x</iframe>"
    )
    assert [block.spans for block in made(html)] == [
        (Span("The drive", url="https://video.example/1"),),
        (Span("https://news.example/a.mp4", url="https://news.example/a.mp4"),),
    ]


def test_what_a_browser_hides_is_not_read() -> None:
    html = (
        "<style>a</style><script>b</script><noscript>c</noscript><template>d</template>"
        "<svg><text>e</text></svg><button>f</button><select><option>g</select>"
        "<p hidden>h</p><p style='DISPLAY : none'>i</p><textarea>j</textarea>"
        "<span class='screen-reader-text'>k</span><b aria-hidden=true>l</b>tail"
    )
    assert texts(html) == [("paragraph", "tail")]


def test_text_after_the_end_of_a_page_is_read() -> None:
    html = "<html><body><p>one</body></html>two<p>three"
    assert [text for _, text in texts(html)] == ["one", "two", "three"]


def test_text_below_a_thousand_elements_is_read() -> None:
    assert to_text(blocks.document("<div>" * 1_000 + "deep")) == "deep"
    assert made("<ul><li>" * 500 + "deep")[-1].level == elements.MAX_LEVEL


def test_a_document_has_limits() -> None:
    assert len(made("<p>x" * 30_000)) == gather.MAX_BLOCKS
    assert len(to_text(blocks.document("x" * 2_000_000))) == blocks.MAX_TEXT
