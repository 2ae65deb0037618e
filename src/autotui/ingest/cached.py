"""Stories as newsboat keeps them, cleaned and completed as if their feed brought them."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from autotui import clean
from autotui.brought import Item
from autotui.ingest import drafts, titles
from autotui.ingest.drafts import Draft, Text
from autotui.model import ParsedArticle

_LATEST: Final = 1 << 35
"""Seconds, a thousand years: far more is no date."""
# Without a GUID newsboat takes the link, and puts the date behind it.
_DATE: Final = re.compile(r"(?<=\S)(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{1,2} [A-Z]")


def stories(items: Iterable[Item]) -> list[ParsedArticle]:
    """Give a story for each; those that nothing is known of have no key."""
    return [_story(each) for each in items]


def _story(item: Item) -> ParsedArticle:
    url = clean.url(item.url)
    known = 0 < item.pubDate < _LATEST
    draft = Draft(
        key=item.guid,
        title=Text(item.title, html=titles.is_markup(item.title)),
        url=url,
        bodies=(Text(item.content, base=item.base),),
        authors=(item.author,) if item.author.strip() else (),
        published_at=datetime.fromtimestamp(item.pubDate, UTC) if known else None,
        enclosures=((item.enclosure_url, item.enclosure_type, ""),),
    )
    return drafts.article(draft, url or clean.url(item.feedurl), key=_key(item))


def _key(item: Item) -> str:
    """Give what its feed tells it by, which the next refresh will know again."""
    dated = _DATE.search(item.guid)
    return clean.key(item.guid[: dated.start()] if dated else item.guid) or clean.key(
        item.url
    )
