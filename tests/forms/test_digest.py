"""The brief: families in their order, each story once, the same bytes."""

from datetime import UTC, datetime

from autotui.drivetrain.findings import Fact, Name
from autotui.forms import digest
from autotui.judging import Findings
from autotui.model import Article

AT = datetime(2019, 6, 5, 16, 34, tzinfo=UTC)
POWER = Fact("power", 250.0, "kW", "peak", "250 kW.", 20, 26)


def story(
    number: int, title: str, *names: Name, score: float = 0.5, url: str = ""
) -> tuple[Article, Findings]:
    place = url or f"https://a.example/{number}"
    article = Article(number, number, f"Outlet {number}", title, place, AT)
    return article, Findings(score, facts=(POWER, POWER), names=names)


def component(name: str, at: int = 99) -> Name:
    return Name("component", name, name, at, at + 1)


STORIES = [
    story(1, "Nothing of the kind"),
    story(2, "Cells", component("battery cell"), Name("maker", "BMW", "BMW", 70, 73)),
    story(3, "Inverters", component("inverter", 0), component("battery pack")),
    story(4, "Better", component("inverter"), score=0.9),
    story(5, "Same", component("inverter"), url="https://www.a.example/4/", score=0.4),
]


def test_each_story_stands_once_under_its_family_the_best_first() -> None:
    told = digest.write(STORIES, "24h", AT)
    order = [line for line in told.splitlines() if line.startswith(("#", "- ["))]
    assert [line.partition("]")[0] for line in order] == [
        "# Brief of 2019-06-05",
        "## Inverters and power electronics (2)",
        "- [Better",
        "- [Inverters",
        "## Batteries (1)",
        "- [Cells",
        "## Other stories (1)",
        "- [Nothing of the kind",
    ]
    assert "also in Outlet 5" in told
    assert (
        "   - Makers: BMW\n   - Components: battery cell\n   - Figures: 250 kW peak" in told
    )
    assert "4 stories from 5 feeds since 24h" in told


def test_the_order_in_which_stories_come_changes_nothing() -> None:
    assert digest.write(STORIES, "24h", AT) == digest.write(STORIES[::-1], "24h", AT)


def test_nothing_is_told_in_a_sentence() -> None:
    assert digest.write([], "24h", None) == "No story was found (since 24h).\n"
