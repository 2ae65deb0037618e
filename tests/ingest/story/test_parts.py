import lxml.html
import pytest

from autotui.ingest.story import parts
from autotui.ingest.story.parts import Part


def read(html: str) -> list[Part]:
    return parts.read([lxml.html.fromstring(f"<body>{html}</body>")], "https://o.example/")


def texts(html: str) -> list[str]:
    return [part.text for part in read(html) if part.text]


def test_each_block_knows_where_it_stands() -> None:
    (one, two) = read("<div class='Story'><p class='lead'>one</p>two</div>")
    assert one.spot is not None
    assert two.spot is not None
    assert (one.spot.tag, one.spot.names.strip()) == ("p", "lead")
    assert one.spot.home is two.spot
    assert two.spot.holds(one.spot)
    assert not one.spot.holds(two.spot)
    assert [one.at, two.at] == [0, 1]


def test_a_part_has_its_print_and_its_share_of_links() -> None:
    (part,) = read("<p>Half of <a href='/x'>it links</a></p>")
    assert part.print == "halfofitlinks"
    assert part.links == pytest.approx(0.5)


def test_a_character_of_an_ideographic_script_counts_as_three() -> None:
    assert parts.size("abc") == 3
    assert parts.size("電気c") == 7


@pytest.mark.parametrize(
    "names",
    [
        "related-links",
        "c-newsletter",
        "ArticleBody_related__x3f",
        "share",
        "author-bio",
        "ad",
    ],
)
def test_names_tell_what_is_no_part_of_a_story(names: str) -> None:
    assert read(f"<div class='{names}'><div><p>x</p></div></div>")[0].aside


@pytest.mark.parametrize(
    "names",
    ["story", "has-related", "shared", "commentary", "advice-body", "promoter", "adapt"],
)
def test_other_words_do_not_tell_it(names: str) -> None:
    assert not read(f"<div class='{names}'><p>x</p></div>")[0].aside


def test_a_name_tells_something_for_some_levels_only() -> None:
    deep = "<div class='related'>" + "<div>" * 10 + "<p>x</p>"
    assert not read(deep)[0].aside


@pytest.mark.parametrize("tag", ["nav", "dialog", "menu", "script", "button", "template"])
def test_what_is_never_a_storys_is_not_read(tag: str) -> None:
    assert texts(f"<p>one</p><{tag}><span>two</span></{tag}><p>three</p>") == [
        "one",
        "three",
    ]


def test_only_so_many_elements_are_read() -> None:
    assert texts("<b></b>" * 100_001 + "<p>one</p>") == []


def test_what_is_hidden_is_not_read() -> None:
    html = (
        "<p>one</p><p style='display: none'>two</p><span class='sr-only'>x</span><p>three"
    )
    assert texts(html) == ["one", "three"]


def test_portraits_and_signs_are_no_pictures() -> None:
    html = (
        "<img src='/a.jpg' width='40'><img class='avatar' src='/b.jpg'>"
        "<img src='/c.jpg' height='20'><img src='/d.jpg' width='800'>"
    )
    assert [part.block.url for part in read(html)] == ["https://o.example/d.jpg"]


def test_a_caption_in_a_list_is_no_part_of_its_item() -> None:
    html = "<ul><li><img src='/a.jpg'><p class='caption'>What.</p><p>Text.</p></li></ul>"
    kinds = [(part.block.kind, part.text) for part in read(html)]
    assert kinds == [("image", ""), ("paragraph", "What."), ("item", "Text.")]


def test_a_caption_in_a_line_stands_apart_from_the_text_around() -> None:
    html = "<div>before <span class='photo-credit'>Ada</span> after</div>"
    assert texts(html) == ["before", "Ada", "after"]


def test_fields_and_players_mark_the_box_they_stand_in() -> None:
    (part,) = read("<div class='x'><p>text</p><form><input></form></div>")
    assert part.spot is not None
    assert part.spot.home.controls
