"""What stands around a page's headline: the line below it, bylines, times.

A page marks them with microdata, link relations and names of classes. They stand near
the headline, so that is where they are looked for, and within bounds: a page may be
made of a million of anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from typing import Final, Literal, NamedTuple

from lxml.etree import _Element, iterwalk

from autotui.ingest import titles
from autotui.ingest.elements import named

_NEAR: Final = 80
"""Elements below a headline among which its second line is."""
_NEXT: Final = 8
_PARAGRAPH: Final = 180
"""Characters of a paragraph with which the story has begun."""
_ABOVE: Final = 40
_FAR: Final = 600
"""Elements of an article, and what follows it."""
_MOST_EVENTS: Final = 300
_MOST_TEXT: Final = 1_000
_MOST_FOUND: Final = 12
_LEVELS: Final = 8
_FAMILY: Final = 3
"""How many levels up authors of one byline have an ancestor in common."""
_MAX_BYLINE: Final = 240
_MAX_TIME: Final = 120
_MAX_MARK: Final = 200
"""Characters of an attribute that tells what an element is."""
_RANKS: Final = 5

_APART: Final = named("br div p li h2 h3 h4 td dd dt section")
_UNSEEN: Final = named("script style noscript svg template button")

_DEK: Final = re.compile(
    r"standfirst|sub-?_?(?:title|head)|(?<![a-z])(?:dek|deck|lede|chapo|chapeau|untertitel"
    r"|unterzeile|vorspann|dachzeile-?text|entradilla|bajada|bajante|sumario|sottotitolo"
    r"|occhiello|sommario|catenaccio|onderkop|lead-?text|alternativeheadline)(?![a-z])"
    r"|(?:article|entry|post|story|header|headline)[-_]*(?:lead|intro|excerpt|summary"
    r"|desc(?:ription)?|tagline|abstract|teaser)(?![a-z])"
)
_SECOND: Final = re.compile(
    r"(?<![a-z])(?:lead|intro|excerpt|sub|desc|summary|tagline)(?!\S)"
)
"""Names of what is a dek only right below the headline."""
_HEADLINE: Final = re.compile(
    r"(?:article|entry|post|story|content)[-_]{0,2}(?:title|headline)|(?<![a-z-])headline"
)
_AUTHOR: Final = re.compile(r"(?<![a-z])(?:author|creator)(?![a-z])")
_NAMED: Final = re.compile(
    r"author[-_]{0,2}(?:full)?(?:name|link|title)|byline[-_]{0,2}(?:name|author|link)"
    r"|(?:article|post|entry|story|content)[-_]{0,2}author(?![a-z-])|autor-?name"
)
_BYLINE: Final = re.compile(
    r"by-?line|(?<![a-z])(?:authors?|autor(?:en|es)?|auteurs?|autore|redakteur|writer"
    r"|written-by|verfasser|signature|firma)(?![a-z])"
)
_NO_BYLINE: Final = re.compile(
    r"(?:author|autor)[-_]{0,2}(?:bio|box|image|img|avatar|photo|pic|desc|about|social|role"
    r"|twitter|title-|job|card-text)|avatar|comment|(?<![a-z])(?:date|time|caption|credit)"
)
_PROFILE: Final = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|autore|autori|profiles?|contributors?"
    r"|redaktion|redakteure?|journalist(?:e|es)?)/[^/?#]{2,80}/?(?:[?#]|$)"
)
_PUBLISHED: Final = re.compile(r"datepublished|datecreated|dc:date|pub-?_?date|published")
_UPDATED: Final = re.compile(r"datemodified|updated|modified|last-?_?mod")
_DATE: Final = re.compile(
    r"(?<![a-z])(?:date|datum|fecha|datetime|timestamp|dateline|time)(?![a-z])"
)
_FOREIGN: Final = re.compile(
    r"comment|sidebar|related|recommend|widget|promo|teaser|newsletter|trending|popular"
    r"|carousel|(?<![a-z])(?:card|cards|footer|latest|more|menu|nav)(?![a-z])"
)


@dataclass(slots=True)
class Surroundings:
    """Texts as the page has them, in its order; none is clean but for its form."""

    deks: list[str] = field(default_factory=list)
    bylines: tuple[list[str], ...] = field(
        default_factory=lambda: tuple([] for _ in range(_RANKS))
    )
    """By how they are marked, the surest first."""
    published: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    """Times of which the page does not say what they are."""


class _Kind(NamedTuple):
    """What an element is by its marks."""

    dek: int = 0
    """How many elements below the headline it may be its second line."""
    byline: int | None = None
    """How sure it is that it names authors, 0 for the surest."""
    time: Literal["", "times", "published", "updated"] = ""


def read(tree: _Element, headline: _Element | None, *, near: bool) -> Surroundings:
    """Read what stands around ``headline``; ``near`` leaves it at what is just below it."""
    found = Surroundings()
    families: dict[int, _Element] = {}
    begun = False
    for at, element in around(tree, headline, near=near):
        kind = _kind(*_marks(element))
        if element.tag == "a" and kind.byline is None:
            kind = _link(element)
        if kind.dek > at and not begun:
            _keep(found.deks, shown(element))
        elif element.tag == "p" and len(element.text or "") > _PARAGRAPH:
            begun = True
        elif kind.byline is not None:
            _keep_byline(found.bylines[kind.byline], element, families, kind.byline)
        elif kind.time or element.tag == "time":
            _keep_time(getattr(found, kind.time or "times"), element)
        if at == _NEAR + _ABOVE and any(found.bylines) and (found.published or found.times):
            break
    return found


def around(
    tree: _Element, headline: _Element | None, *, near: bool
) -> Iterator[tuple[int, _Element]]:
    """Give what is next below the headline, then what is above it, then the rest.

    Each comes with its place: below ``_NEAR`` for the first group only; ``near`` leaves
    it at that.
    """
    if headline is None:
        return enumerate(islice(tree.iter("*"), 0 if near else _FAR), _NEAR)
    below = _below(headline)
    first = enumerate(islice(below, _NEAR))
    if near:
        return first
    rest = chain(islice(_above(headline), _ABOVE), islice(below, _FAR))
    return chain(first, enumerate(rest, _NEAR))


def is_headline(element: _Element) -> bool:
    """Whether the page itself calls an element the headline of a story."""
    return _HEADLINE.search(" ".join(_marks(element)).lower()) is not None


def shown(element: _Element, limit: int = _MOST_TEXT) -> str:
    """Give the text of an element, as one clean line."""
    pieces: list[str] = []
    skipped: _Element | None = None
    events = iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in islice(events, _MOST_EVENTS):
        gap = " " if node.tag in _APART else ""
        if event == "start":
            if skipped is None and node.tag in _UNSEEN:
                skipped = node
            if skipped is None:
                pieces.append(gap + (node.text or "")[:limit])
            continue
        if node is skipped:
            skipped = None
        if skipped is None and node is not element:
            pieces.append(gap + (node.tail or "")[:limit])
    return titles.line("".join(pieces)[:limit], markup=False)


def _below(element: _Element) -> Iterator[_Element]:
    """Give all that follows an element, in the order of the page."""
    at: _Element | None = element
    passed = 0
    while at is not None and passed < _FAR:
        for sibling in islice(at.itersiblings(), _FAR):
            passed += 1
            # One name is found ten times as fast as forty, which are made ready each time.
            yield from sibling.iter("*")
        at = at.getparent()


def _above(element: _Element) -> Iterator[_Element]:
    """Give what stands just above an element, the nearest group first."""
    at: _Element | None = element
    for _ in range(_FAMILY):
        if at is None:
            return
        for sibling in islice(at.itersiblings(preceding=True), _MOST_FOUND):
            yield from islice(sibling.iter("*"), _ABOVE)
        at = at.getparent()


def _marks(element: _Element) -> tuple[str, str, str, str]:
    get = element.get
    return (
        (get("itemprop") or "")[:_MAX_MARK],
        (get("rel") or "")[:_MAX_MARK],
        (get("class") or "")[:_MAX_MARK],
        (get("data-testid") or "")[:_MAX_MARK],
    )


# Most of a page's elements are marked as others are, and all pages of an outlet alike.
@lru_cache(maxsize=1_024)
def _kind(itemprop: str, rel: str, names: str, tested: str) -> _Kind:
    marks = f"{itemprop} {rel} {names} {tested}".lower()
    time: Literal["", "times", "published", "updated"] = ""
    if _UPDATED.search(marks):
        time = "updated"
    elif _PUBLISHED.search(marks):
        time = "published"
    elif _DATE.search(marks):
        time = "times"
    dek = _NEAR if _DEK.search(marks) else _NEXT if _SECOND.search(marks) else 0
    return _Kind(dek, _rank(itemprop, rel, marks), time)


def _rank(itemprop: str, rel: str, marks: str) -> int | None:
    if _NO_BYLINE.search(marks):
        return None
    patterns = ((_AUTHOR, itemprop), (_AUTHOR, rel), (_NAMED, marks), (_BYLINE, marks))
    ranks = (at for at, (pattern, text) in enumerate(patterns) if pattern.search(text))
    return next(ranks, None)


def _link(element: _Element) -> _Kind:
    """Tell whether a link leads to somebody's page."""
    address = (element.get("href") or "")[-_MAX_MARK:].lower()
    return _Kind(byline=_RANKS - 1) if _PROFILE.search(address) else _Kind()


def _keep(texts: list[str], text: str) -> None:
    if text and len(texts) < _MOST_FOUND and text not in texts:
        texts.append(text)


def _keep_byline(
    texts: list[str], element: _Element, families: dict[int, _Element], rank: int
) -> None:
    """Keep a byline if it is the first one of its kind, or stands beside that."""
    family = _family(element)
    if families.get(rank, family) is not family or _foreign(element):
        return
    written = (element.get("content") or "").strip() or _names(element)
    if 0 < len(written) <= _MAX_BYLINE:
        families[rank] = family
        _keep(texts, written)


def _names(element: _Element) -> str:
    """Give the names in a byline: those that are marked so, else its links, else all."""
    inner = [each for each in islice(element.iter(), 60) if each.get("itemprop") == "name"]
    links = [each for each in islice(element.iter("a"), 9) if each is not element]
    return "; ".join(shown(each, _MAX_BYLINE) for each in inner or links) or shown(element)


def _keep_time(texts: list[str], element: _Element) -> None:
    if len(texts) < _MOST_FOUND and not _foreign(element):
        written = element.get("datetime") or element.get("content")
        _keep(texts, (written or shown(element, _MAX_TIME))[:_MAX_TIME].strip())


def _family(element: _Element) -> _Element:
    """Give the ancestor that all authors of one byline have in common."""
    at = element
    for _ in range(_FAMILY):
        parent = at.getparent()
        if parent is None:
            break
        at = parent
    return at


def _foreign(element: _Element) -> bool:
    """Whether an element belongs to another story, a comment or the page's frame."""
    at = element.getparent()
    for _ in range(_LEVELS):
        if at is None or at.tag in {"body", "main"}:
            return False
        if at.tag in {"aside", "footer", "nav"} or _FOREIGN.search(
            (at.get("class") or "").lower()
        ):
            return at.tag != "article"
        at = at.getparent()
    return False
