"""How values are printed: JSON with the contract's names, or a table for people.

Times are RFC 3339 in UTC, a missing value is ``null``, never absent.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from autotui import clean, document
from autotui.document import Block, Document
from autotui.drivetrain.findings import Evidence
from autotui.health import FeedHealth
from autotui.judging import Findings
from autotui.model import Article, Feed
from autotui.pages import Page

Json = Mapping[str, object]


def rows(
    options: argparse.Namespace, values: Iterable[Json], columns: Sequence[str]
) -> None:
    """Print a listing: one JSON array, an object a line, or a table of ``columns``."""
    if options.json:
        one(list(values))
    elif options.jsonl:
        for value in values:
            one(value)
    else:
        table([[_cell(value[name]) for name in columns] for value in values], columns)


def one(value: object) -> None:
    """Print one JSON value on a line of its own, at once."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def table(cells: Sequence[Sequence[str]], heads: Sequence[str]) -> None:
    """Print aligned columns; the last one is as wide as it likes."""
    if not cells:
        return
    titles = [head.replace("_", " ") for head in heads]
    widths = [max(map(len, column)) for column in zip(titles, *cells, strict=True)]
    for row in (titles, *cells):
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(padded).rstrip())


def say(message: str) -> None:
    """Tell the reader something that is no data."""
    print(clean.line(message, 2_000), file=sys.stderr)


def moment(at: datetime | None) -> str | None:
    """Give a time as the contract wants it."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def feed(value: Feed) -> dict[str, object]:
    """Give a feed as JSON."""
    return {
        "id": value.id,
        "url": value.url,
        "title": value.title,
        "site_url": value.site_url or None,
        "folder": value.folder or None,
        "unread": value.unread,
        "total": value.total,
        "checked_at": moment(value.checked_at),
        "next_check_at": moment(value.next_check_at),
        "failures": value.failures,
        "error": value.error,
        "advice": value.advice or None,
        "succeeded_at": moment(value.succeeded_at),
        "moved_to": clean.public(value.moved_to) or None,
        "full_text": value.pages,
        "selectors": list(value.selectors),
        "minutes": value.minutes or None,
        "muted": value.muted,
        "keep_days": value.keep_days or None,
    }


def health(value: FeedHealth, now: datetime) -> dict[str, object]:
    """Give how a feed does as JSON; shares are from 0 to 1."""
    silence, shares = value.silence(now), (value.opened_share, value.tagged_share)
    opened, tagged = (None if each is None else round(each, 4) for each in shares)
    return {
        "id": value.feed.id,
        "url": value.feed.url,
        "title": value.feed.title,
        "folder": value.feed.folder or None,
        "muted": value.feed.muted,
        "succeeded_at": moment(value.feed.succeeded_at),
        "newest_at": moment(value.newest_at),
        "stories_a_week": round(value.weekly, 2),
        "silent_days": None if silence is None else silence.days,
        "stories": value.stories,
        "opened": opened,
        "tagged": tagged,
        "failures": value.feed.failures,
        "error": value.feed.error,
        "moved_to": clean.public(value.feed.moved_to) or None,
        "trouble": value.trouble or None,
    }


def article(value: Article) -> dict[str, object]:
    """Give an article as JSON, without its body."""
    return {
        "id": value.id,
        "feed_id": value.feed_id,
        "feed_url": value.feed_url,
        "feed_title": value.feed_title,
        "key": value.key,
        "title": value.title,
        "url": value.url or None,
        "author": value.author or None,
        "published_at": moment(value.published_at),
        "dated": value.dated or None,
        "updated_at": moment(value.updated_at),
        "seen_at": moment(value.seen_at),
        "language": value.language or None,
        "read": value.read,
        "starred": value.starred,
        "later": value.later,
        "tags": list(value.tags),
        "automatic": [{"action": action, "rule": rule} for action, rule in value.automatic],
        "score": round(value.score, 4),
        "words": value.words,
        "completeness": value.completeness,
        "source": value.source,
        "categories": list(value.categories),
        "enclosures": [
            {
                "url": each.url,
                "type": each.media_type or None,
                "length": each.length or None,
            }
            for each in value.enclosures
        ],
    }


def body(value: Document) -> dict[str, object]:
    """Give what ``--full`` adds."""
    return {
        "text": document.to_text(value),
        "markdown": document.to_markdown(value),
        "links": list(value.links),
    }


def image(value: Block) -> dict[str, object]:
    """Give an image."""
    return {
        "url": value.url,
        "caption": value.text or None,
        "alt": value.alt or None,
        "credit": value.credit or None,
    }


def about(page: Page) -> dict[str, object]:
    """Give what a page says of its story."""
    return {
        "title": page.title or None,
        "dek": page.dek or None,
        "author": ", ".join(page.authors) or None,
        "published_at": moment(page.published_at),
        "updated_at": moment(page.updated_at),
        "site": page.site or None,
        "section": page.section or None,
        "tags": list(page.tags),
        "language": page.language or None,
        "canonical_url": page.url or None,
        "image": image(page.image) if page.image else None,
    }


def evidence(value: Iterable[Evidence]) -> list[dict[str, object]]:
    """Give what speaks for and against a tag."""
    return [{**each._asdict(), "weight": round(each.weight, 4)} for each in value]


def findings(value: Findings) -> dict[str, object]:
    """Give what was found in a story."""
    return {
        "score": round(value.score, 4),
        "suggest": value.suggested,
        "evidence": evidence(value.evidence),
        "facts": [each._asdict() for each in value.facts],
        "names": [each._asdict() for each in value.names],
    }


_WORDS: Final = {True: "yes", False: "no", None: ""}


def _cell(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return _WORDS[value]
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)
