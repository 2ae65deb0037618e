"""A story as Markdown, which is made here alone; with what is known of it in front."""

import json
from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING

from autotui import clean
from autotui.document import Block, Document, Span, to_markdown
from autotui.model import Article

if TYPE_CHECKING:
    from autotui.judging import Findings


def story(article: Article, document: Document) -> str:
    """Give a story: title, address, text."""
    head = [Block("heading", (Span(article.title),), level=1)]
    if article.url:
        head.append(Block("paragraph", (Span(article.url, url=article.url),)))
    return to_markdown(Document((*head, *document.blocks))) + "\n"


def with_front_matter(article: Article, document: Document, found: "Findings") -> str:
    """Give a story with YAML front matter: what is known of it, names and figures too."""
    from autotui.forms import columns

    known: dict[str, object] = {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.feed_title,
        "author": article.author,
        "date": article.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "language": article.language,
        "tags": article.tags,
        "starred": article.starred,
        "score": round(article.score, 4),
    }
    known |= columns.names(found.names) | columns.facts(found.facts)
    return _front_matter(known) + "\n" + story(article, document)


def _front_matter(known: Mapping[str, object]) -> str:
    """Write what there is; what is empty is left out.

    JSON's quoted strings are YAML's, too: nothing in them can be read as YAML. All but
    the line ends that YAML has besides, which ``clean`` takes out.
    """
    lines = [
        f"{name}: {json.dumps(_clean(value), ensure_ascii=False)}"
        for name, value in known.items()
        if value not in ("", (), [])
    ]
    return "\n".join(["---", *lines, "---", ""])


def _clean(value: object) -> object:
    if isinstance(value, str):
        return clean.line(value, clean.MAX_URL)
    if isinstance(value, tuple | list):
        return [_clean(each) for each in value]
    return value
