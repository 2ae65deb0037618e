import lxml.html
import pytest

from autotui.document import Block, Span
from autotui.ingest.story import parts, pictures, regions
from autotui.ingest.story.parts import Part

PROSE = (
    "A paragraph of the story that is long enough to be prose, whatever else it may say. "
)


def read(html: str) -> list[Part]:
    root = lxml.html.fromstring(f"<body>{html}</body>")
    return pictures.captioned(parts.read([root], "https://outlet.example/"))


def image(html: str) -> Block:
    (found,) = (part.block for part in read(html) if part.block.kind == "image")
    return found


@pytest.mark.parametrize(
    "below",
    [
        "<p class='caption'>What it shows.</p>",
        "<div class='image-caption'><span>What it shows.</span></div>",
        "<span class='pie'>What it shows.</span>",
        "<p class='bildunterschrift'>What it shows.</p>",
    ],
)
def test_a_caption_that_stands_apart_is_given_to_its_picture(below: str) -> None:
    html = f"<p>{PROSE}</p><div><img src='/a.jpg'>{below}</div><p>{PROSE}2</p>"
    assert image(html).text == "What it shows."
    assert [part.text for part in read(html) if part.text] == [PROSE.strip(), PROSE + "2"]


def test_a_credit_is_told_from_a_caption() -> None:
    found = image(
        "<img src='/a.jpg'><p class='caption'>What.</p>"
        "<p class='credit'>Photo: Ada Byron</p>"
    )
    assert (found.text, found.credit) == ("What.", "Ada Byron")


def test_a_line_in_the_box_of_a_picture_is_its_caption() -> None:
    box = "<div class='x'><img src='/a.jpg'><p>What it shows.</p></div>"
    found = regions.within(read(f"<p>{PROSE}</p><p>{PROSE}</p>{box}<p>{PROSE}</p>"))
    pictures.caption(found)
    assert "What it shows." not in [part.text for part in found.kept]
    assert [p.block.text for p in found.parts if p.block.kind == "image"] == [
        "What it shows."
    ]


def test_a_paragraph_below_a_picture_is_no_caption() -> None:
    found = regions.within(
        read(f"<p>{PROSE}</p><img src='/a.jpg'><p>Short.</p><p>{PROSE}</p>")
    )
    pictures.caption(found)
    assert "Short." in [part.text for part in found.kept]


def test_one_picture_in_several_sizes_is_shown_once() -> None:
    html = "<img data-src='/a.jpg?w=9'><noscript><img src='/a.jpg'></noscript>"
    assert image(html).url == "https://outlet.example/a.jpg?w=9"


@pytest.mark.parametrize(
    "alt", ["IMG_2201.JPG", "DSC_0412", "unit-front-2.png", "3f2a9c0e11d24b7f", "photo 12"]
)
def test_an_alt_that_is_the_name_of_a_file_is_left_out(alt: str) -> None:
    assert pictures.shown_as(Block("image", alt=alt)).alt == ""


@pytest.mark.parametrize("alt", ["A grey box", "BMW i3", "Unit", "The i-Pace on ice"])
def test_an_alt_in_words_is_kept(alt: str) -> None:
    assert pictures.shown_as(Block("image", alt=alt)).alt == alt


def test_a_caption_does_not_begin_with_the_alt() -> None:
    block = Block("image", (Span("A grey box The unit weighs little."),), alt="A grey box")
    assert pictures.shown_as(block).text == "The unit weighs little."


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Photo: Ada Byron", "Ada Byron"),
        ("Bild: dpx/Ada", "dpx/Ada"),
        ("Photo credit: Ada", "Ada"),
        ("Ada Byron", "Ada Byron"),
    ],
)
def test_a_credit_is_a_name(text: str, credit: str) -> None:
    assert pictures.credited(text) == credit


def test_only_pictures_between_headline_and_end_are_the_storys() -> None:
    found = read(
        f"<img src='/logo-x.jpg'><h1>Title</h1><img src='/lead.jpg'><p>{PROSE}</p>"
        "<img src='/in.jpg'><img src='/in.jpg'>"
        "<div class='author'><img src='/who.jpg'></div>"
        f"<p>{PROSE}2</p><img src='/after.jpg'>"
    )
    kept = [part for part in found if part.block.kind == "paragraph"]
    blocks = pictures.among(kept, found, "Title")
    shown = [b.url.rpartition("/")[2] for b in blocks if b.kind == "image"]
    assert shown == ["lead.jpg", "in.jpg"]


def test_the_lead_image_is_the_one_in_the_story_where_it_is_there() -> None:
    inside = Block("image", (Span("What."),), url="https://a.example/800/drive-unit.jpg")
    outside = "https://b.example/1200/drive-unit.jpg?x=1"
    assert pictures.lead(outside, [inside]) == inside
    assert pictures.lead("https://b.example/other-one.jpg", [inside]) != inside
    assert pictures.lead("", [inside]) == inside
    assert pictures.lead("", []) is None
