"""A story as Markdown, with front matter that no title can break."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from autotui.document import Block, Document, Span
from autotui.drivetrain.findings import Fact, Name
from autotui.forms import markdown
from autotui.judging import Findings
from autotui.model import Article

AT = datetime(2019, 6, 5, 16, 34, tzinfo=UTC)
BODY = Document((Block("paragraph", (Span("The motor."),)),))
FOUND = Findings(
    facts=(
        Fact("power", 250.0, "kW", "peak", "It makes 250 kW.", 9, 15),
        Fact("power", 250.0, "kW", "", "250 kW again.", 29, 35),
        Fact("energy_density", 186.0, "Wh/kg", "", "186 Wh/kg.", 40, 49),
    ),
    names=(Name("maker", "BMW", "BMW", 0, 3),),
)


def front_matter(text: str) -> dict[str, object]:
    """Read what stands in front, a value a line, as any reader of YAML does."""
    opened, known, _ = text.split("---\n", 2)
    assert opened == ""
    pairs = (line.split(": ", 1) for line in known.splitlines())
    return {name: json.loads(value) for name, value in pairs}


def test_a_story_comes_with_what_is_known_of_it() -> None:
    article = Article(7, 1, "Outlet", "A [new] motor", "https://a.example/7", AT)
    text = markdown.with_front_matter(article, BODY, FOUND)
    assert front_matter(text) == {
        "id": 7,
        "title": "A [new] motor",
        "url": "https://a.example/7",
        "source": "Outlet",
        "date": "2019-06-05T16:34:00Z",
        "starred": False,
        "score": 0.0,
        "makers": ["BMW"],
        "power_kw": ["250"],
        "energy_density": ["186 Wh/kg"],
    }
    assert text.endswith("---\n\n" + markdown.story(article, BODY))
    assert "# A \\[new\\] motor\n\n" in text


@given(st.text(), st.text())
def test_no_title_and_no_author_ends_the_front_matter(title: str, author: str) -> None:
    article = Article(7, 1, "Outlet", title, "", AT, author=author)
    known = front_matter(markdown.with_front_matter(article, BODY, Findings()))
    assert known.keys() <= {"id", "title", "author", "source", "date", "starred", "score"}
