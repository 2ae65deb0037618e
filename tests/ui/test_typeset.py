from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from autotui.document import KINDS, Block, Document, Span
from autotui.ui import typeset
from autotui.ui.render import Looks
from autotui.ui.sheet import Run, Sheet, set_to
from autotui.ui.typeset import Story, body
from ui.stage import HOSTILE, article, paragraphs

LOOKS = Looks()
TEXT = (
    st.text(max_size=60)
    | st.sampled_from(HOSTILE)
    | st.text(st.sampled_from("ab \n\u0301é日本🚗ก"), max_size=80)
)
SPAN = st.builds(
    Span,
    TEXT,
    strong=st.booleans(),
    emphasis=st.booleans(),
    code=st.booleans(),
    url=st.sampled_from(["", "https://a.example/" + "x" * 40, "https://b.example/"]),
)
BLOCK = st.builds(
    Block,
    st.sampled_from(KINDS),
    spans=st.lists(SPAN, max_size=4).map(tuple),
    level=st.integers(0, 30),
    number=st.integers(0, 2000),
    alt=TEXT,
    credit=TEXT,
    rows=st.lists(st.lists(TEXT, max_size=6).map(tuple), max_size=4).map(tuple),
)
DOCUMENT = st.lists(BLOCK, max_size=6).map(lambda blocks: Document(tuple(blocks)))


def story(told: Story, width: int, looks: Looks, marked: tuple[Run, ...] = ()) -> Sheet:
    return set_to(width, typeset.story(told, width, looks, marked))


def lines(sheet: Sheet) -> list[str]:
    return [sheet.text(number).rstrip() for number in range(len(sheet.lines))]


def shown(*blocks: Block, width: int = 40, looks: Looks = LOOKS) -> list[str]:
    return lines(set_to(width, tuple(body(Document(blocks), width, looks))))


def spans(text: str) -> tuple[Span, ...]:
    return (Span(text),)


@settings(max_examples=300, deadline=None)
@given(DOCUMENT, st.integers(1, 40), TEXT)
def test_no_line_is_wider_than_the_width(
    document: Document, width: int, title: str
) -> None:
    told = Story(article(title=title, author=title), document)
    sheet = story(told, width, LOOKS)

    assert sheet.lines
    for line in lines(sheet):
        assert cell_len(line) <= width
        assert line.isprintable() or "\u00a0" in line or not line.isascii()
        assert not set(line) & set("\x00\x07\x1b\x9b\x9d\u202e\u2066\n\t")


@settings(deadline=None)
@given(DOCUMENT, st.integers(1, 40), st.integers(1, 40))
def test_a_place_is_found_again_at_every_width(
    document: Document, width: int, other: int
) -> None:
    told = Story(article(), document)
    one, two = story(told, width, LOOKS), story(told, other, LOOKS)

    assert one.lines == sorted(one.lines)
    assert len(one.flows) == len(two.flows)
    for number in range(len(one.lines)):
        assert one.line_of(one.place(number)) == number
        assert 0 <= two.line_of(one.place(number)) < len(two.lines)


def test_the_head_tells_outlet_author_day_and_time() -> None:
    told = article(title="An axle", author="M. Example", words=1200)

    sheet = story(Story(told, paragraphs("Text.")), 80, LOOKS)

    assert lines(sheet) == [
        "An axle",
        "Volt Weekly · M. Example · Thu 12 Jun 2025 · 6\u00a0min",
        "",
        "Text.",
    ]


def test_a_full_line_keeps_its_looks() -> None:
    spans_ = (Span("one", strong=True), Span(" two"))
    flows = tuple(body(Document((Block("paragraph", spans_),)), 3, LOOKS))

    assert set_to(3, flows).parts(0) == (("one", "strong"),)


def test_a_paragraph_breaks_where_it_has_a_line_break() -> None:
    assert shown(Block("paragraph", spans("one\ntwo three")), width=6) == [
        "one",
        "two",
        "three",
    ]


def test_items_hang_by_level_and_stand_together() -> None:
    blocks = (
        Block("item", spans("first item here"), level=1),
        Block("item", spans("below"), level=2),
        Block("item", spans("tenth"), level=1, number=10),
        Block("paragraph", spans("after")),
    )

    assert shown(*blocks, width=14) == [
        "  • first item",
        "    here",
        "    • below",
        "  10. tenth",
        "",
        "after",
    ]


def test_a_quote_has_a_bar_a_level_and_one_between_its_paragraphs() -> None:
    blocks = (
        Block("quote", spans("one two"), level=2),
        Block("quote", spans("three"), level=1),
    )

    assert shown(*blocks, width=8) == ["│ │ one", "│ │ two", "│", "│ three"]


def test_code_keeps_its_spaces_and_fills_the_panel() -> None:
    sheet = set_to(
        12,
        tuple(body(Document((Block("code", spans("if x:\n    go()  # now")),)), 12, LOOKS)),
    )

    assert [sheet.text(n) for n in range(3)] == [
        " if x:      ",
        "     go()  #",
        "  now       ",
    ]
    assert {style for _, style in sheet.parts(0)} == {"code"}


def test_a_link_has_a_footnote_and_its_address_at_the_end() -> None:
    link = "https://volt.example/paper"
    document = Document(
        (
            Block(
                "paragraph",
                (
                    Span("the ", url=link),
                    Span("paper", strong=True, url=link),
                    Span("."),
                ),
            ),
            Block("paragraph", (Span("other", url="https://b.example/"), Span(" and"))),
            Block("paragraph", (Span("again", url=link),)),
        )
    )

    sheet = story(Story(article(), document), 24, LOOKS)

    assert lines(sheet)[-10:] == [
        "the paper[1].",
        "",
        "other[2] and",
        "",
        "again[1]",
        "",
        "Links",
        "[1] https://volt.example",
        "    /paper",
        "[2] https://b.example/",
    ]
    marker = next(n for n, line in enumerate(lines(sheet)) if line == "again[1]")
    assert sheet.parts(marker) == (("again", "link"), ("[1]", "marker"))


@pytest.mark.parametrize(
    ("image", "line"),
    [
        (Block("image", spans("The axle."), credit="ZF"), "[image] The axle. — ZF"),
        (Block("image", alt="A cut through it"), "[image] A cut through it"),
        (Block("image", alt="IMG_2231.jpg", credit="ZF"), "[image] ZF"),
        (Block("image", alt="DSC-01234"), "[image]"),
        (Block("image", alt="axle.webp"), "[image]"),
        (Block("image", spans("Told"), alt="Not told"), "[image] Told"),
    ],
)
def test_an_image_is_what_is_told_about_it(image: Block, line: str) -> None:
    assert shown(image) == [line]


@pytest.mark.parametrize("state", ["teaser", "blocked", "paywall", "gone"])
def test_what_is_missing_is_said_in_words(state: str) -> None:
    told = replace(article(), completeness=state)  # type: ignore[arg-type]

    last = lines(story(Story(told, paragraphs("Text.")), 90, LOOKS))[-1]

    assert last.endswith(".")
    assert last != "Text."


def test_a_teaser_tells_the_key_that_opens_the_story() -> None:
    told = article(completeness="teaser")

    keys = {"toggle-full-text": "x", "open-browser": "F5"}
    flows = typeset.story(Story(told, paragraphs("Text.")), 90, LOOKS, key_of=keys)

    assert lines(set_to(90, flows))[-1] == (
        "The feed gives only this much; x fetches the rest, F5 opens the browser."
    )


def test_blocks_stand_apart_by_one_empty_line() -> None:
    document = Document(
        (
            Block("heading", spans("Head"), level=2),
            Block("paragraph", spans("Text")),
            Block("rule"),
            Block("paragraph", spans("")),
            Block("paragraph", spans("More")),
        )
    )

    found = shown(*document.blocks, width=5)

    assert found == ["Head", "", "Text", "", "─────", "", "More"]
    assert all(one or two for one, two in pairwise(found))


def test_the_ascii_set_is_ascii() -> None:
    looks = Looks(ascii=True)
    blocks = (
        Block("item", spans("item"), level=1),
        Block("quote", spans("quote"), level=1),
        Block("rule"),
        Block("image", spans("Told"), credit="ZF"),
        Block("table", rows=(("A", "B"), ("word " * 50, "word " * 600))),
    )

    assert all(line.isascii() for line in shown(*blocks, looks=looks))
    told = story(Story(article(author="M", words=9), Document(blocks)), 50, looks)
    assert "".join(lines(told)).replace("\u00a0", " ").isascii()


def test_markup_in_a_body_is_text() -> None:
    assert shown(Block("paragraph", spans("[red]x[/] [@click=app.quit]y[/]"))) == [
        "[red]x[/] [@click=app.quit]y[/]"
    ]


def under(sheet: Sheet, style: str) -> str:
    """What of the sheet's text has a style, without what stands between lines."""
    return "".join(
        part
        for number in range(len(sheet.lines))
        for part, names in sheet.parts(number)
        if style in names.split()
    )


@settings(max_examples=200, deadline=None)
@given(DOCUMENT, st.integers(1, 60), st.data())
def test_marks_change_no_word_and_no_line(
    document: Document, width: int, data: st.DataObject
) -> None:
    told = Story(article(), document)
    ends = st.integers(0, len(told.text) + 3)
    marks = data.draw(
        st.lists(st.tuples(ends, ends, st.sampled_from(["for", "found"])), max_size=4)
    )
    plain, marked = story(told, width, LOOKS), story(told, width, LOOKS, tuple(marks))

    assert len(plain.flows) == len(marked.flows)
    for number in range(len(marked.lines)):
        assert cell_len(marked.text(number)) <= width
    if told.text.isascii():
        assert lines(plain) == lines(marked)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_is_marked_is_what_was_meant(data: st.DataObject) -> None:
    words = st.lists(st.sampled_from(["axle", "of", "e-motor,", "zwölf"]), min_size=1)
    texts = [" ".join(data.draw(words)) for _ in range(3)]
    document = Document(
        (
            Block("image", (Span("no part of the text"),)),
            Block("paragraph", (Span(texts[0]), Span(" link", url="https://a.example/"))),
            Block("item", (Span(texts[1], strong=True),), level=1, number=12),
            Block("item", (Span("x"),), level=1),
            Block("quote", (Span(texts[2]),), level=1),
            Block("code", (Span("kw = 250\nnm = 430\n"),)),
            Block("table", rows=(("Model", "Power"), ("A", "250 kW"), ("B", "77 kW"))),
            Block("heading", (Span("The end"),), level=2),
        )
    )
    told = Story(article(title="Title of it"), document)
    quote = data.draw(
        st.sampled_from(["Title", "axle", "zwölf", "link", "x", "nm = 430", "77 kW", "end"])
    )
    start = told.text.find(quote)
    if start >= 0:
        sheet = story(told, 80, LOOKS, ((start, start + len(quote), "found"),))

        assert under(sheet, "found") == quote


def test_a_mark_over_signs_that_are_not_shown_marks_what_is_left() -> None:
    told = Story(article(title="A ❤\ufe0f of it"), paragraphs("so\u00adft e-axle"))
    for quote, left in (("❤\ufe0f", "❤"), ("e-axle", "e-axle"), ("so\u00adft", "soft")):
        start = told.text.index(quote)
        sheet = story(told, 80, LOOKS, ((start, start + len(quote), "found"),))

        assert under(sheet, "found") == left


def test_text_that_runs_to_the_left_is_marked_and_ends_at_the_right_edge() -> None:
    told = Story(article(title="מכונית חשמלית"), paragraphs("בדיקה של מנוע " * 3, "plain"))
    found = lines(story(told, 30, LOOKS))

    assert found[0] == "◂" + "מכונית חשמלית".rjust(29)
    assert [line[:2] for line in found if "בדיקה" in line] == ["◂ ", "  "]
    assert found[-1] == "plain"
    ascii_ = lines(story(told, 30, Looks(ascii=True)))
    assert ascii_[0].startswith("< ")
