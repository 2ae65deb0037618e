import lxml.html
import pytest

from autotui.errors import ParseError
from autotui.ingest.story import selectors

PAGE = lxml.html.fromstring(
    "<html><body><div id='main' class='page wide'><p class='lead'>one</p>"
    "<section data-kind='story-body'><p>two</p><p lang='de'>three</p></section></div>"
    "<p>four</p></body></html>"
)


def texts(*chosen: str) -> list[str]:
    found, wrong = selectors.found(PAGE, chosen)
    assert not wrong
    return ["".join(map(str, each.itertext())) for each in found]


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("p", ["one", "two", "three", "four"]),
        (".lead", ["one"]),
        ("#main", ["onetwothree"]),
        ("div.page.wide", ["onetwothree"]),
        ("section p", ["two", "three"]),
        ("#main > p", ["one"]),
        ("body>p", ["four"]),
        ("[data-kind]", ["twothree"]),
        ("[data-kind=story-body]", ["twothree"]),
        ("[data-kind^='story']", ["twothree"]),
        ('section[data-kind$="body"] p', ["two", "three"]),
        ("[data-kind*=y-b]", ["twothree"]),
        ("[class~=wide] section > [lang=de]", ["three"]),
        (".lead, body > p", ["one", "four"]),
        ("*.lead", ["one"]),
        (".nowhere", []),
        ("[lang='d\"e']", []),
    ],
)
def test_selectors_choose_what_css_says(selector: str, expected: list[str]) -> None:
    assert texts(selector) == expected


def test_what_is_inside_a_chosen_element_is_not_chosen_again() -> None:
    assert texts("#main", "p") == ["onetwothree", "four"]


@pytest.mark.parametrize(
    "bad", ["", "p:first-child", "a + b", ">", "p >", "a,,b", "[x", "#", "p" * 600, "p\x00"]
)
def test_a_selector_of_another_form_is_an_error_and_is_told(bad: str) -> None:
    with pytest.raises(ParseError):
        selectors.xpath(bad)
    found, wrong = selectors.found(PAGE, (bad, ".lead"))
    assert [each.text for each in found] == ["one"]
    assert "selector" in wrong
