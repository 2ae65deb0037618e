import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui.document import (
    KINDS,
    Block,
    Document,
    Span,
    count_words,
    to_markdown,
    to_text,
)
from autotui.packing import Body, dump, load, pack, unpack

SPANS = st.builds(
    Span,
    text=st.text(),
    strong=st.booleans(),
    emphasis=st.booleans(),
    code=st.booleans(),
    url=st.sampled_from(["", "https://a.example/"]),
)
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(KINDS),
    spans=st.lists(SPANS, max_size=3).map(tuple),
    level=st.integers(0, 6),
    number=st.integers(0, 99),
    url=st.text(max_size=5),
    alt=st.text(max_size=5),
    credit=st.text(max_size=5),
    rows=st.lists(st.lists(st.text(), max_size=3).map(tuple), max_size=3).map(tuple),
)
DOCUMENTS = st.lists(BLOCKS, max_size=5).map(lambda blocks: Document(tuple(blocks)))


def paragraph(text: str) -> Block:
    return Block("paragraph", (Span(text),))


@settings(deadline=None)
@given(DOCUMENTS)
def test_what_is_kept_is_what_was_there(document: Document) -> None:
    assert load(dump(document)) == document


@settings(deadline=None)
@given(DOCUMENTS)
def test_what_is_packed_needs_only_the_text_beside_it(document: Document) -> None:
    text, packed = pack(document)
    assert text == to_text(document)
    assert unpack(packed, text) == document


def test_a_text_of_which_no_form_is_kept_is_paragraphs() -> None:
    assert unpack(b"", "One\n\ntwo").blocks == (paragraph("One"), paragraph("two"))


def test_what_is_packed_holds_no_text() -> None:
    document = Document((paragraph("inverter"), Block("item", (Span("motor"),), 1)))
    form = b'[["paragraph",0,0,8],["item",1,0,5]]'
    assert pack(document) == Body("inverter\n\n\u2022 motor", form)


@settings(deadline=None)
@given(DOCUMENTS)
def test_any_document_can_be_written_out(document: Document) -> None:
    assert isinstance(to_text(document) + to_markdown(document), str)


def test_what_is_empty_takes_no_room() -> None:
    assert dump(Document((paragraph("x"),))) == '[{"kind":"paragraph","spans":[["x"]]}]'


def test_plain_text_parts_paragraphs_but_not_items() -> None:
    document = Document(
        (
            paragraph("Intro."),
            Block("item", (Span("one"),), 1),
            Block("item", (Span("two"),), 1, 2),
            Block("rule"),
            Block("image", (Span("caption"),), url="https://a.example/i.jpg"),
            Block("table", rows=(("kW", "Nm"), ("250", "430"))),
        )
    )
    assert to_text(document) == "Intro.\n\n• one\n2. two\n\nkW | Nm\n250 | 430"


def test_markdown_knows_every_kind_of_block() -> None:
    document = Document(
        (
            Block("heading", (Span("Motor"),), 2),
            Block(
                "paragraph",
                (
                    Span("A "),
                    Span("strong ", strong=True),
                    Span("soft", emphasis=True),
                    Span(" link", url="https://a.example/"),
                    Span("x`y", code=True),
                ),
            ),
            Block("item", (Span("outer"),), 1),
            Block("item", (Span("inner"),), 2, 3),
            Block("quote", (Span("one\ntwo"),), 1),
            Block("code", (Span("a = ```"),)),
            Block("table", rows=(("a|b", "c"), ("1", "2"))),
            Block("rule"),
            Block(
                "image",
                (Span("The car"),),
                url="https://a.example/i.jpg",
                alt="A [car]",
                credit="Me",
            ),
        )
    )
    assert to_markdown(document) == (
        "## Motor\n\n"
        "A **strong** *soft* [link](<https://a.example/>)``x`y``\n\n"
        "- outer\n   3. inner\n\n"
        "> one\n> two\n\n"
        "````\na = ```\n````\n\n"
        "| a\\|b | c |\n| --- | --- |\n| 1 | 2 |\n\n"
        "---\n\n"
        "![A \\[car\\]](https://a.example/i.jpg)\n*The car Me*"
    )


def test_a_link_has_one_number_however_often_it_is_there() -> None:
    link, other = (
        Span("a", url="https://a.example/"),
        Span("b", url="https://b.example/"),
    )
    document = Document((Block("paragraph", (link, other)), Block("item", (link,), 1)))
    assert document.links == ("https://a.example/", "https://b.example/")


def test_images_are_found() -> None:
    image = Block("image", url="https://a.example/i.jpg")
    assert Document((paragraph("x"), image)).images == (image,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("250 kW, and the driver's 800-volt car.", 7),
        ("Der E\u2011Motor läuft", 3),
        ("電気自動車", 3),
        ("EV 電気", 2),
        ("• One\n• two", 2),
    ],
)
def test_words_are_counted_in_any_script(text: str, words: int) -> None:
    assert count_words(text) == words
