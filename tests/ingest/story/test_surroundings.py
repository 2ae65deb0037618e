import lxml.html
import pytest

from autotui.ingest.story import surroundings
from autotui.ingest.story.surroundings import Surroundings

LINE = "It saves three kilograms of steel."


def _read(body: str, *, near: bool = False) -> Surroundings:
    tree = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    return surroundings.read(tree, next(tree.iter("h1"), None), near=near)


SHOWN = {
    "<h1> A <b>new</b>\nrotor </h1>": "A new rotor",
    "<h1>A new<br>rotor</h1>": "A new rotor",
    "<h1><div>A new</div><div>rotor</div></h1>": "A new rotor",
    "<h1>A<!-- x --> new<script>y()</script> rotor</h1>": "A new rotor",
    "<h1>A<svg><title>z</title></svg> new rotor</h1>tail": "A new rotor",
    "<h1>A&#155;[1m new&#x202e; rotor</h1>": "A\u203a[1m new rotor",
    "<h1></h1>": "",
}


@pytest.mark.parametrize("html", SHOWN)
def test_what_is_shown_is_one_clean_line(html: str) -> None:
    tree = lxml.html.document_fromstring(f"<html><body>{html}</body></html>")
    assert surroundings.shown(next(tree.iter("h1"))) == SHOWN[html]


DEKS = [
    "<p class=dek>{}</p>",
    "<p class='Article__Standfirst'>{}</p>",
    "<h2 class=sub_title>{}</h2>",
    "<div class='c-intro'><p>{}</p></div>",
    "<p class='article__desc'>{}</p>",
    "<p data-testid=subheadline>{}</p>",
    "<p itemprop=alternativeHeadline>{}</p>",
    "<p class=chapo>{}</p>",
    "<p class=entradilla>{}</p>",
    "<p class=sottotitolo>{}</p>",
]


@pytest.mark.parametrize("html", DEKS)
def test_the_second_line_is_known_by_its_name(html: str) -> None:
    line = html.format(LINE)
    assert _read(f"<h1>Rotor</h1>{line}", near=True).deks == [LINE]
    assert _read(f"<header><div><h1>Rotor</h1></div><div>{line}</div></header>").deks == [
        LINE
    ]
    assert _read(f"{line}<h1>Rotor</h1>").deks == []


def test_no_second_line_stands_below_the_text() -> None:
    text = f"<p>{'Words of the story. ' * 12}</p>"
    assert _read(f"<h1>Rotor</h1>{text}<h2 class=sub-title>{LINE}</h2>").deks == []
    many = "<b>x</b>" * 100
    assert _read(f"<h1>Rotor</h1>{many}<p class=dek>{LINE}</p>").deks == []
    some = "<b>x</b>" * 20
    assert _read(f"<h1>Rotor</h1>{some}<p class=lead>{LINE}</p>").deks == []


RANKED = [
    ("<b itemprop=author>Jane Doe</b>", 0),
    ("<a rel=author href=/x>Jane Doe</a>", 1),
    ("<b class='author-name'>Jane Doe</b>", 2),
    ("<b class='post-author'>Jane Doe</b>", 2),
    ("<b class='byline'>Jane Doe</b>", 3),
    ("<b class='c-Author__by'>Jane Doe</b>", 3),
    ("<b data-testid='byline-1'>Jane Doe</b>", 3),
    ("<b class='autor'>Jane Doe</b>", 3),
    ("<a href='/autoren/jane-doe/'>Jane Doe</a>", 4),
]


@pytest.mark.parametrize(("html", "rank"), RANKED)
def test_a_byline_is_known_by_its_marks(html: str, rank: int) -> None:
    bylines = _read(f"<h1>Rotor</h1><p>{html}</p>").bylines
    assert [at for at, texts in enumerate(bylines) if texts] == [rank]
    assert bylines[rank] == ["Jane Doe"]


STRANGE = [
    "<div class='author-bio'>Jane Doe writes</div>",
    "<div class='author-avatar'>Jane Doe</div>",
    "<div class='related-stories'><p class=author>Jane Doe</p></div>",
    "<ol class=comments><li><b class=author>Jane Doe</b></li></ol>",
    "<footer><b class=author>Jane Doe</b></footer>",
    "<b class=authority>Jane Doe</b>",
    "<a href='/authors/'>Authors</a>",
]


@pytest.mark.parametrize("html", STRANGE)
def test_what_is_another_story_or_a_life_is_no_byline(html: str) -> None:
    assert not any(_read(f"<h1>Rotor</h1><p>The text.</p>{html}").bylines)


def test_authors_far_from_the_first_belong_to_other_stories() -> None:
    story = "<div><div><div><p><i class=author>Jane Doe</i></p></div></div></div>"
    other = story.replace("Jane Doe", "John Roe")
    bylines = _read(f"<main><h1>Rotor</h1>{story}{other}</main>").bylines
    assert bylines[3] == ["Jane Doe"]


def test_times_are_told_apart() -> None:
    found = _read(
        "<div><time>5 June</time><h1>Rotor</h1><p class=updated>6 June</p>"
        "<time class=published datetime=2019-06-05>x</time>"
        "<b itemprop=dateModified content=2019-06-07></b>"
        "<div class=sidebar><time>8 June</time></div></div>"
    )
    assert found.times == ["5 June"]
    assert found.updated == ["6 June", "2019-06-07"]
    assert found.published == ["2019-06-05"]
