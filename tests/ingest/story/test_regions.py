import lxml.html
import pytest

from autotui.ingest.story import fringes, oracle, parts, regions
from autotui.ingest.story.parts import Part
from autotui.ingest.story.regions import Region

PROSE = [
    "The first paragraph says what happened, and to whom, in as many words as it needs.",
    "The second paragraph says why it happened, which takes a little longer to say.",
    "The third paragraph asks somebody what to think of it, and gets an answer of a kind.",
    "The fourth paragraph says what is going to happen next, unless something else does.",
]


def paragraphs(*chosen: int, name: str = "") -> str:
    inner = "".join(f"<p>{PROSE[each]}</p>" for each in chosen or range(4))
    return f"<div class='{name}'>{inner}</div>" if name else inner


def read(html: str) -> list[Part]:
    return parts.read([lxml.html.fromstring(f"<body>{html}</body>")], "https://o.example/")


def texts(found: Region | None) -> list[str]:
    assert found is not None
    return [part.text for part in found.kept]


def test_without_an_oracle_the_story_is_where_most_prose_stands() -> None:
    html = f"<p>{PROSE[0]}</p>" + paragraphs(name="a") + "<div class='b'><p>short</p></div>"
    assert texts(regions.densest(read(html))) == PROSE


def test_within_named_elements_all_text_is_the_story() -> None:
    assert texts(regions.within(read("<p>a</p><img src='/x.jpg'><p>b</p>"))) == ["a", "b"]


def test_what_stands_where_the_prose_stands_is_usual() -> None:
    found = regions.within(read(paragraphs(name="a") + "<div class='b'><p>x</p></div>"))
    assert [found.usual(part) for part in found.parts] == [True] * 4 + [False]


def test_nothing_at_all_is_an_empty_region() -> None:
    assert texts(regions.densest([])) == []
    assert texts(regions.within([])) == []


def told(html: str, *lines: str, declared: str = "", title: str = "") -> Region | None:
    return oracle.told(read(html), "\n".join(lines), declared, title)


def test_the_oracles_words_are_found_among_the_parts() -> None:
    html = "<p>menu</p>" + paragraphs(name="a") + "<p>footer</p>"
    assert texts(told(html, *PROSE)) == PROSE


def test_where_too_little_is_found_there_is_no_region() -> None:
    assert told(paragraphs(0), PROSE[0], PROSE[1], PROSE[2]) is None


def test_a_paragraph_with_something_inserted_is_found() -> None:
    whole = PROSE[0][:71] + "<i>(opens a window)</i> " + PROSE[0][71:]
    long = f"<div class='a'><p>{whole} {PROSE[1]}</p><p>{PROSE[2]}</p></div>"
    assert len(texts(told(long, f"{PROSE[0]} {PROSE[1]}", PROSE[2]))) == 2


def test_paragraphs_that_the_oracle_missed_are_chosen_by_their_place() -> None:
    html = paragraphs(name="story")
    assert texts(told(html, PROSE[0], PROSE[1], PROSE[3])) == PROSE


def test_headings_that_the_oracle_missed_are_chosen_between_its_paragraphs() -> None:
    html = (
        f"<div class='a'><p>{PROSE[0]}</p><h2>Money</h2><p>{PROSE[1]}</p>"
        f"<p>{PROSE[2]}</p></div><h2>Other</h2>"
    )
    assert texts(told(html, *PROSE[:3])) == [PROSE[0], "Money", PROSE[1], PROSE[2]]


def test_a_copy_for_other_screens_is_chosen_once() -> None:
    assert texts(told(paragraphs(0, 1, 1, 2, 3, name="a"), *PROSE)) == PROSE


def test_an_oracle_that_tells_the_comments_is_corrected() -> None:
    story = "".join(f"<p>{each} {each[::-1]}</p>" for each in PROSE)
    comments = "<div class='c'><p>I have read all of it, and I would like to say so here, "
    html = f"<h1>Title</h1><div class='s'>{story}</div>{comments}at length.</p></div>"
    line = "I have read all of it, and I would like to say so here, at length."
    found = texts(told(html, line, title="Title"))
    assert found == [f"{each} {each[::-1]}" for each in PROSE]


def test_what_the_page_names_as_an_aside_is_left_out() -> None:
    html = paragraphs(name="a") + f"<div class='newsletter'><p>{PROSE[0][::-1]}</p></div>"
    assert texts(told(html, *PROSE, PROSE[0][::-1])) == PROSE


def test_unless_nearly_all_of_the_story_is_one() -> None:
    html = "<div class='related'>" + paragraphs() + "</div>"
    assert texts(told(html, *PROSE)) == PROSE


def test_what_stands_outside_the_element_of_the_story_is_left_out() -> None:
    other = "<div><p>What it costs.</p></div>"
    html = f"<section><div class='a'>{paragraphs()}</div></section>{other}"
    assert texts(told(html, *PROSE, "What it costs.")) == PROSE


def test_a_second_part_of_the_story_in_an_element_of_its_own_is_kept() -> None:
    long = [f"{each} {each[::-1]}" for each in PROSE]
    html = "".join(f"<p>{each}</p>" for each in long * 3)
    more = "".join(f"<p>{each[::-1]} more</p>" for each in long)
    lines = [*long, *(f"{each[::-1]} more" for each in long)]
    found = texts(told(f"<div class='a'>{html}</div><div class='b'>{more}</div>", *lines))
    assert found[-4:] == lines[-4:]


def test_the_next_story_is_left_out() -> None:
    other = [each[::-1] for each in PROSE]
    html = (
        f"<article><h1>One</h1>{paragraphs(name='s')}</article>"
        f"<article><h1>Two</h1><div class='s'>"
        + "".join(f"<p>{each}</p>" for each in other)
        + "</div></article>"
    )
    assert texts(told(html, *PROSE, *other)) == PROSE


def test_a_box_with_a_field_in_it_is_left_out() -> None:
    box = "<div class='n'><h4>Our letter</h4><p>It comes on Friday.</p><input></div>"
    html = f"<div class='a'><p>{PROSE[0]}</p>{box}<p>{PROSE[1]}</p><p>{PROSE[2]}</p></div>"
    found = told(html, PROSE[0], "Our letter", "It comes on Friday.", PROSE[1], PROSE[2])
    assert texts(found) == PROSE[:3]


def test_a_box_of_facts_is_kept() -> None:
    box = "<div class='n'><h4>In short</h4><p>It comes on Friday.</p></div>"
    html = f"<div class='a'><p>{PROSE[0]}</p>{box}<p>{PROSE[1]}</p><p>{PROSE[2]}</p></div>"
    found = told(html, PROSE[0], "In short", "It comes on Friday.", PROSE[1], PROSE[2])
    assert "It comes on Friday." in texts(found)


def test_a_sentence_lifted_out_of_the_story_is_left_out() -> None:
    lifted = PROSE[1][:60]
    html = (
        f"<div class='a'><p>{PROSE[0]}</p><div class='q'><p>{lifted}</p></div>"
        f"<p>{PROSE[1]}</p><p>{PROSE[2]}</p></div>"
    )
    assert texts(told(html, PROSE[0], lifted, PROSE[1], PROSE[2])) == PROSE[:3]


def test_the_declared_body_decides_about_what_is_around_it() -> None:
    promise = (
        "We have bought every car that we have ever written about, and most of them twice."
    )
    long = [f"{each} {each[::-1]}" for each in PROSE]
    html = "".join(f"<p>{each}</p>" for each in [*long, promise])
    found = told(f"<div class='a'>{html}</div>", *long, promise, declared=" ".join(long))
    assert texts(found) == long


def test_dropping_from_nothing_leaves_nothing() -> None:
    empty = Region([], [])
    fringes.drop_boxes(empty, "x" * 1_000)
    assert empty.kept == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("abcdefghij", "abcdefghij", True),
        ("abcdefghi", "abcdefghij", True),
        ("abcdefg", "abcdefghij", False),
        ("", "", False),
        ("", "a", False),
    ],
)
def test_prints_are_near_where_one_holds_most_of_the_other(
    one: str, other: str, *, expected: bool
) -> None:
    assert regions.near(one, other) is expected
    assert regions.near(other, one) is expected
