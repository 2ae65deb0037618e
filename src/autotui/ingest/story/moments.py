"""When a story was published and changed: of all the times a page tells, the right one."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Final

import lxml.html
from lxml.etree import _Element

from autotui import clean
from autotui.ingest import dates
from autotui.ingest.story import stamps, surroundings
from autotui.ingest.story.heads import Head, ordered
from autotui.ingest.story.jsonld import Item
from autotui.ingest.story.surroundings import Surroundings

_MAX_VALUES: Final = 40
_MAX_SKETCHED: Final = 250
_MAX_TEXT: Final = 240
"""Characters of a text or attribute that may hold a date."""
_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""No page is older; software writes 1970 for "never"."""
_LEEWAY: Final = timedelta(days=2)
"""How far ahead clocks and zones may be."""
_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = time()

_PUBLISHED: Final = ordered(
    "article:published_time og:article:published_time article:published og:published_time "
    "datepublished parsely-pub-date sailthru.date rnews:datepublished article.published "
    "cxenseparse:recs:publishtime publication_date published_time pubdate publishdate "
    "publish-date publish_date date.issued dc.date.issued dcterms.issued dcterms.created "
    "dc.date.created dc.created date dc.date dcterms.date citation_online_date "
    "citation_publication_date citation_date"
)
_UPDATED: Final = ordered(
    "article:modified_time og:article:modified_time og:updated_time datemodified "
    "article.updated dcterms.modified dc.date.modified dc.modified lastmod last-modified "
    "last_updated revised"
)


def published(head: Head, story: Item) -> datetime | None:
    """Give the time of publication that the unseen part of a page tells."""
    graph = head.graph
    raw = (
        *graph.texts(story.get("datePublished"), "@value"),
        *head.all(_PUBLISHED),
        *graph.texts(graph.page().get("datePublished"), "@value"),
        *graph.texts([story.get("dateCreated"), story.get("uploadDate")], "@value"),
    )
    return _finest(_times(raw))


def shown(around: Surroundings) -> datetime | None:
    """Give the time of publication that is shown beside the headline."""
    texts = (*around.published, *around.times)
    stamped = (stamps.visible_published(text) for text in texts)
    return _finest(_times(texts)) or next(_likely(filter(None, stamped)), None)


def guessed(tree: _Element, headline: _Element | None, url: str) -> datetime | None:
    """Leave it to htmldate, which takes long: so it sees only what may hold a date."""
    import htmldate

    seen = lxml.html.Element("html")
    for element in _sketch(tree, headline):
        seen.append(element)
    found = htmldate.find_date(seen, original_date=True, url=url or None)
    return next(_times([found or ""]), None)


def updated(
    head: Head, story: Item, around: Surroundings, since: datetime | None
) -> datetime | None:
    """Give the time of the last change, which is not before publication."""
    graph = head.graph
    raw = (
        *graph.texts(story.get("dateModified"), "@value"),
        *head.all(_UPDATED),
        *graph.texts(graph.page().get("dateModified"), "@value"),
    )
    texts = (*around.updated, *around.times)
    stamped = _likely(filter(None, map(stamps.visible_updated, texts)))
    known = (*_times(raw), *stamped, *_times(around.updated))
    return next((each for each in known if not since or each >= since), None)


def _sketch(tree: _Element, headline: _Element | None) -> Iterator[_Element]:
    """Give copies of what may hold a date, each without what is inside it."""
    near = surroundings.around(tree, headline, near=False)
    for _, element in islice(near, _MAX_SKETCHED):
        # lxml takes no control characters, although it gives them.
        text = clean.line((element.text or "")[:_MAX_TEXT])
        if any(map(str.isdigit, text)):
            copy = lxml.html.Element(element.tag)
            copy.text = text
            for name in ("class", "id", "datetime", "title"):
                if value := clean.line((element.get(name) or "")[:_MAX_TEXT]):
                    copy.set(name, value)
            yield copy


def _times(raw: Iterable[str]) -> Iterator[datetime]:
    read = (dates.read(text) for text in islice(raw, _MAX_VALUES))
    return _likely(filter(None, read))


def _likely(times: Iterable[datetime]) -> Iterator[datetime]:
    latest = datetime.now(UTC) + _LEEWAY
    return (when for when in times if _EARLIEST <= when <= latest)


def _finest(times: Iterable[datetime]) -> datetime | None:
    """Give the first time; where that is a day, the time of that day if one tells it."""
    known = tuple(times)
    if not known or known[0].time() != _MIDNIGHT:
        return next(iter(known), None)
    finer = (each for each in known if known[0] < each < known[0] + _DAY)
    return next(finer, known[0])
