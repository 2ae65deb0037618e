"""What happened, by component: a digest as Markdown, the same for the same stories."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from autotui import clean
from autotui.document import Block, Document, Span, to_markdown
from autotui.drivetrain import families
from autotui.drivetrain.findings import Fact
from autotui.forms.columns import number
from autotui.model import Article

if TYPE_CHECKING:
    from autotui.judging import Findings

Found = tuple[Article, "Findings"]

_NAMES: Final = 8
_FIGURES: Final = 8
"""How many are told of one story, the first."""


def write(stories: Iterable[Found], since: str, newest: datetime | None) -> str:
    """Give the digest: a section a family, the best first in each, each story once."""
    merged = _merged(stories)
    if not merged or newest is None:
        return f"No story was found (since {since}).\n"
    sections: dict[str, list[Block]] = {}
    counts = dict.fromkeys((*families.FAMILIES, families.OTHER), 0)
    for (article, found), *others in merged:
        family = families.of(article.title, found.names)
        counts[family] += 1
        told = _story(article, found, [each.feed_title for each, _ in others])
        sections.setdefault(family, []).extend(told)
    blocks = [*_head(merged, since, newest)]
    for family, count in counts.items():
        if count:
            blocks.append(Block("heading", (Span(f"{family} ({count})"),), level=2))
            blocks += sections[family]
    return to_markdown(Document(tuple(blocks))) + "\n"


def _merged(stories: Iterable[Found]) -> list[list[Found]]:
    """Put the best first, and those with one address together."""
    merged: dict[str, list[Found]] = {}
    for each in sorted(stories, key=_rank):
        article = each[0]
        key = clean.canonical(article.url) or str(article.id)
        merged.setdefault(key, []).append(each)
    return list(merged.values())


def _rank(story: Found) -> tuple[float, float, int]:
    article, found = story
    return -round(found.score, 2), -article.published_at.timestamp(), article.id


def _head(
    merged: Sequence[Sequence[Found]], since: str, newest: datetime
) -> tuple[Block, Block]:
    stories = len(merged)
    feeds = len({article.feed_id for each in merged for article, _ in each})
    at = f"{newest.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    told = (
        f"{stories} {'story' if stories == 1 else 'stories'} from {feeds} "
        f"{'feed' if feeds == 1 else 'feeds'} since {since}; the newest of all is of {at}."
    )
    title = Span(f"Brief of {newest.astimezone(UTC):%Y-%m-%d}")
    return Block("heading", (title,), level=1), Block("paragraph", (Span(told),))


def _story(article: Article, found: "Findings", others: Sequence[str]) -> list[Block]:
    """Give a story's line, and under it who and how much."""
    at = f"{article.published_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    also = ", ".join(dict.fromkeys(others))
    parts = (article.feed_title, at, f"score {found.score:.2f}", also and f"also in {also}")
    about = "".join(f" · {part}" for part in parts if part)
    line = Block("item", (Span(article.title, url=article.url), Span(about)), level=1)
    named = {
        kind: dict.fromkeys(each.name for each in found.names if each.kind == kind)
        for kind in ("maker", "supplier", "component")
    }
    figures = dict.fromkeys(map(_figure, found.facts))
    rows = {
        "Makers": [*named["maker"]][:_NAMES],
        "Suppliers": [*named["supplier"]][:_NAMES],
        "Components": [*named["component"]][:_NAMES],
        "Figures": [*figures][:_FIGURES],
    }
    return [
        line,
        *(
            Block("item", (Span(f"{name}: {'; '.join(values)}"),), level=2)
            for name, values in rows.items()
            if values
        ),
    ]


def _figure(fact: Fact) -> str:
    value = fact.value if isinstance(fact.value, str) else number(fact.value)
    return " ".join(part for part in (value, fact.unit, fact.qualifier) if part)
