import lxml.html
import pytest

from autotui.ingest.story import declutter, fringes, parts, regions
from autotui.ingest.story.declutter import Said

TITLE = "Two makers build one drive unit together"
DEK = "The electric motor stays, and the gears are new."
FIRST = (
    "Two makers of cars said on Monday that they would build one electric drive unit, "
    "with gears of their own and a motor that both of them have used for years and years."
)
SECOND = FIRST.replace("Monday", "Tuesday").replace("motor", "pump")
THIRD = FIRST.replace("Monday", "Friday").replace("motor", "lamp")
BIO = "Ada Byron is a reporter who covers motors and gears."
SAID = Said((TITLE,), "Outlet", DEK, ("Ada Byron",))


def kept(body: str, said: Said = SAID) -> list[str]:
    root = lxml.html.fromstring(f"<body>{body}</body>")
    region = regions.within(parts.read([root], "https://o.example/"))
    return [part.text for part in declutter.declutter(region, said)]


def story(*inner: str, before: str = "", after: str = "") -> str:
    body = inner or (f"<p>{FIRST}</p>", f"<p>{SECOND}</p>", f"<p>{THIRD}</p>")
    return f"<div class='body'>{before}{''.join(body)}{after}</div>"


WHOLE = [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        TITLE,
        TITLE.upper() + "!",
        DEK,
        "By Ada Byron",
        "Ada Byron, Outlet",
        "Von Ada Byron",
        "June 5, 2019 9:34 a.m.",
        "05.06.2019, 16:34 Uhr",
        "Published June 5, 2019",
    ],
)
def test_what_stands_before_the_body_is_left_out(line: str) -> None:
    assert kept(story(before=f"<p>{line}</p>")) == WHOLE


@pytest.mark.parametrize(
    "line",
    [
        "By then it was too late for all of them.",
        "On June 5, 2019, nobody came.",
        "It was a dark night.",
    ],
)
def test_a_short_first_sentence_is_kept(line: str) -> None:
    assert kept(story(before=f"<p>{line}</p>")) == [line, *WHOLE]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Advertisement</p>",
        "<p>Enlarge Image</p>",
        "<p>Lesen Sie auch: <a href='/x'>Ein anderer Artikel über Motoren</a></p>",
        "<p>Read more: <a href='/x'>Another story of two makers</a></p>",
        "<p><a href='/x'>Another story of two makers</a></p>",
        "<p>Article updated on June 5, 2019 at 9:34 AM PDT</p>",
        "<div class='x'><p>Sign up for our newsletter, straight to your inbox.</p></div>",
        "<p>We may earn a commission.</p>",
        "<p><em>Read more in our other stories of cars.</em></p>",
    ],
)
def test_promotions_between_paragraphs_are_left_out(html: str) -> None:
    body = story(f"<p>{FIRST}</p>", html, f"<p>{SECOND}</p>", f"<p>{THIRD}</p>")
    assert kept(body) == WHOLE


@pytest.mark.parametrize(
    "text",
    [
        "Read more than the label, an engineer says, before you buy one.",
        "Related parts of the motor wear as well, and have to be replaced.",
        "Share prices of both makers fell.",
        "Follow us, the driver said, and drove off.",
        "She did not sign up for that.",
    ],
)
def test_prose_that_begins_like_a_promotion_is_kept(text: str) -> None:
    assert text in kept(story(f"<p>{FIRST}</p>", f"<p>{text}</p>", f"<p>{SECOND}</p>"))


def test_digits_that_roll_are_left_out_wherever_they_stand() -> None:
    rolling = "".join(f"<p>{digit}</p>" for digit in range(10)) + "<p>Years of driving</p>"
    assert kept(story(f"<p>{FIRST}</p>", rolling, f"<p>{SECOND}</p>")) == [FIRST, SECOND]


def test_a_box_on_trust_is_left_out_with_its_counters() -> None:
    box = (
        "<div class='t'><h4>Why You Can Trust Outlet</h4>"
        + "".join(f"<p>{digit}</p>" for digit in range(10))
        + "<p>Years of Experience</p><p>Our Experts</p><p>We drive cars.</p></div>"
    )
    assert (
        kept(story(f"<p>{FIRST}</p>", box, f"<p>{SECOND}</p>", f"<p>{THIRD}</p>")) == WHOLE
    )


def test_who_wrote_it_is_left_out_before_and_after() -> None:
    bio = f"<div class='who'><p>{BIO}</p></div>"
    assert kept(story(before=bio, after=bio)) == WHOLE


def test_a_story_about_the_author_keeps_its_paragraphs() -> None:
    about = FIRST.replace("Two makers of cars", "Ada Byron")
    assert about in kept(story(f"<p>{about}</p>", f"<p>{SECOND}</p>", f"<p>{THIRD}</p>"))


@pytest.mark.parametrize(
    "heading", ["Related", "More from Outlet", "Mehr zum Thema", "Lees ook"]
)
def test_the_tail_is_left_out(heading: str) -> None:
    tail = f"<div class='t'><h3>{heading}</h3><p>Another story of cars.</p></div>"
    assert kept(story(after=tail)) == WHOLE


def test_a_story_that_goes_on_below_such_a_heading_is_kept() -> None:
    body = story(
        *(f"<p>{FIRST} {number}</p>" for number in range(8)),
        "<h3>Related stories</h3>",
        *(f"<p>{FIRST} Again.</p>", f"<p>{SECOND} Again.</p>"),
    )
    assert kept(body)[-1] == f"{SECOND} Again."


def test_headings_names_and_initials_at_the_end_are_left_out() -> None:
    after = "<p>abc/de</p><p>Ada Byron</p><h2>What else</h2>"
    assert kept(story(after=after)) == WHOLE


def test_a_line_below_a_rule_at_the_end_is_left_out() -> None:
    assert kept(story(after="<hr><p>Last changed by the outlet.</p>")) == WHOLE
    assert kept(story(f"<p>{FIRST}</p>", "<hr>", f"<p>{SECOND}</p>")) == [FIRST, SECOND]


def test_code_and_tables_are_never_odd() -> None:
    body = story(after="<pre>Share</pre>")
    assert kept(body) == [*WHOLE, "Share"]


def test_what_other_stories_have_is_left_out_unless_it_is_tiny() -> None:
    root = lxml.html.fromstring(f"<body><p>{FIRST}</p><p>{SECOND}</p><p>Yes.</p></body>")
    found = parts.read([root], "")
    prints = ["a", "b", "c"]
    left = fringes.familiar(found, frozenset({"b", "c"}), prints)
    assert [part.text for part in left] == [FIRST, "Yes."]


def test_a_story_that_stands_at_several_addresses_is_no_clutter() -> None:
    root = lxml.html.fromstring(f"<body><p>{FIRST}</p><p>{SECOND}</p></body>")
    found = parts.read([root], "")
    left = fringes.familiar(found, frozenset({"a", "b"}), ["a", "b"])
    assert [part.text for part in left] == [FIRST, SECOND]
