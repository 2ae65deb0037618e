"""What a page says about itself: of all that it says, what is to be believed.

JSON-LD comes first, then ``meta`` elements, then the page as it is shown; but the title
is the visible headline where the two agree, because that is what readers see.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from lxml.etree import _Element

from autotui import clean
from autotui.ingest import drafts
from autotui.ingest.story import bylines, headlines, moments, surroundings
from autotui.ingest.story.bylines import Authors
from autotui.ingest.story.headlines import Outlet
from autotui.ingest.story.heads import Head, line, ordered
from autotui.ingest.story.jsonld import Item, types
from autotui.ingest.story.surroundings import Surroundings

_MAX_HEADLINES: Final = 8
_MAX_HEADLINE: Final = 300
_MAX_TAGS: Final = 30
_MAX_TAG: Final = 200
_MAX_SITE: Final = 60
_MAX_OPENINGS: Final = 40
_MAX_RUNS: Final = 12
"""Runs of text of a paragraph that are read to know its beginning."""
_MAX_VALUES: Final = 300
_ROUNDS: Final = 3
"""How often a text may have been escaped."""

_TITLES: Final = ordered(
    "og:title twitter:title headline parsely-title sailthru.title dc.title dcterms.title "
    "citation_title title"
)
_AUTHORS: Final = ordered(
    "author article:author article:author:name parsely-author sailthru.author dc.creator "
    "dcterms.creator dc.creator.name byl byline cxenseparse:author article.author "
    "rnews:author mediator_author vr:author creator"
)
_DESCRIPTIONS: Final = ordered(
    "og:description description twitter:description sailthru.description dc.description "
    "dcterms.description"
)
_IMAGES: Final = ordered(
    "og:image og:image:url og:image:secure_url twitter:image twitter:image:src "
    "parsely-image-url sailthru.image.full"
)
_SECTIONS: Final = ("article:section", "parsely-section", "articlesection", "section")
_TAGS: Final = ("article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords")
_TIERS: Final = ("article:content_tier", "og:article:content_tier")

_NO_PICTURE: Final = re.compile(
    r"(?:^|[/_.-])(?:logo|favicon|placeholder|default)[\dx@_-]{0,20}\.[a-z]{3,4}(?:$|[?#])"
)
_WRITTEN_BY: Final = re.compile(
    r"\b(?:by|author|von|par|por|da|door|autor|auteur)\b", re.IGNORECASE
)
_LIST: Final = re.compile(r"[,;]")
_BREAK: Final = re.compile(
    r"</?(?:p|br|div|li|ul|ol|h[1-6]|blockquote)\b[^<>]{0,1000}>", re.IGNORECASE
)
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>|<!--[^<>]{0,1000}-->")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about its story; every string is clean, ``""`` for nothing."""

    title: str = ""
    dek: str = ""
    """The line below the headline."""
    description: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    """Aware, in UTC; midnight where only a day is told."""
    updated_at: datetime | None = None
    """Aware, in UTC; never before ``published_at``."""
    site: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    """A language tag such as ``en`` or ``de-CH``."""
    url: str = ""
    """The address that the page calls its own."""
    image: str = ""
    """The address of the lead image."""
    body: str = ""
    """The story's text as JSON-LD has it."""
    free: bool | None = None
    """Whether all may read the story; ``None`` if it does not say."""


def resolve(tree: _Element, url: str = "") -> Metadata:
    """Read what a page says about itself; ``url`` is where it was found."""
    head = Head(tree, url)
    address = _address(head, url)
    named = head.line("og:title", "twitter:title") or head.title
    story = head.graph.story(named, [each.rstrip("/") for each in (address, url) if each])
    sites = tuple(_sites(head, story))
    outlet = Outlet(sites, url or address)
    title, headline = _title(tree, head, story, outlet)
    told = bylines.authors(_authors(head, story), outlet)
    published = moments.published(head, story)
    around = surroundings.read(tree, headline, near=bool(told.people and published))
    shown = Authors() if told.people else bylines.authors(around.bylines, outlet)
    published = (
        published or moments.shown(around) or moments.guessed(tree, headline, address)
    )
    return Metadata(
        title=title,
        dek=_dek(tree, head, story, around, title),
        description=next(_descriptions(head, story), ""),
        authors=told.people or shown.people or told.companies or shown.companies,
        published_at=published,
        updated_at=moments.updated(head, story, around, published),
        site=next(iter(sites), "") or _rest(head.title, title, outlet),
        section=next(filter(None, map(line, _sections(head, story))), ""),
        tags=_tags(head, story),
        language=_language(head, story),
        url=address,
        image=_image(head, story),
        body=_plain(head.graph.text(story.get("articleBody"), "@value")),
        free=_free(head, story),
    )


def _address(head: Head, url: str) -> str:
    """Give the canonical address, but not that of a front page for one of its stories."""
    for told in (head.links.get("canonical", ""), *head.all(["og:url"]), url):
        address = clean.url(told, head.base) if told.strip() else ""
        if address and (_path(address) or not _path(url)):
            return address
    return ""


def _path(address: str) -> str:
    return address.partition("://")[2].partition("/")[2].strip("/")


def _sites(head: Head, story: Item) -> Iterator[str]:
    """Give the names of the outlet, the best first."""
    graph = head.graph
    sites = [item.get("name") for item in graph.items if "website" in types(item)]
    told = (
        head.line("og:site_name"),
        line(graph.text(story.get("publisher"))),
        line(graph.text(sites)),
        head.line("application-name", "apple-mobile-web-app-title"),
    )
    return (name for name in told if name and len(name) <= _MAX_SITE)


def _rest(whole: str, title: str, outlet: Outlet) -> str:
    """Give the outlet that the title of a page names beside that of the story."""
    told = title if title in whole else headlines.without_outlet(whole, outlet)
    before, _, after = whole.partition(told) if told else ("", "", "")
    rest = (before or after).strip(" |-\u2013\u2014·•»:")
    several = any(mark in rest for mark in (" | ", " - ", " \u2013 "))
    return rest if len(rest) <= _MAX_SITE and not several else ""


def _title(
    tree: _Element, head: Head, story: Item, outlet: Outlet
) -> tuple[str, _Element | None]:
    """Give the story's title, and the visible headline that is most like it."""
    elements = islice(tree.iter("h1"), _MAX_HEADLINES)
    if next(tree.iter("h1"), None) is None:
        elements = islice(tree.iter("h2"), _MAX_HEADLINES)
    texts = ((element, surroundings.shown(element)) for element in elements)
    shown = {element: text for element, text in texts if 0 < len(text) <= _MAX_HEADLINE}
    told = [line(head.graph.text([story.get("headline"), story.get("name")]))]
    told += map(line, head.all(_TITLES))
    marked = [text for each, text in shown.items() if surroundings.is_headline(each)]
    if not any(told) and not marked:
        # The window's title is often that of the whole site: what is shown counts more.
        marked = [each for each in shown.values() if headlines.is_told(each)]
    told.append(head.title)
    title = headlines.choose(told, tuple(shown.values()), marked, outlet)
    words = headlines.words(title)
    nearest = max(
        shown, key=lambda each: len(words & headlines.words(shown[each])), default=None
    )
    return title, nearest


def _authors(head: Head, story: Item) -> Iterator[Iterable[str]]:
    """Give what may name the authors, source by source."""
    for key in ("author", "creator"):
        yield head.graph.texts(story.get(key), "name", "givenName")
    for name in _AUTHORS:
        yield head.all([name])
    # Scholars are written family first.
    cited = head.all(["citation_author"])
    yield (" ".join(raw.split(",", 1)[::-1]) for raw in cited)
    if _WRITTEN_BY.search(head.line("twitter:label1")):
        yield head.all(["twitter:data1"])


def _dek(tree: _Element, head: Head, story: Item, around: Surroundings, title: str) -> str:
    """Give the line below the headline; a summary only if the text does not begin so."""
    named = line(head.graph.text(story.get("alternativeHeadline")))
    for text in (*around.deks, named, head.line("alternativeheadline")):
        if headlines.is_dek(text, title):
            return text
    for summary in _descriptions(head, story):
        if headlines.is_dek(summary, title):
            repeated = headlines.opens(summary, _openings(tree, head, story))
            return "" if repeated else summary
    return ""


def _openings(tree: _Element, head: Head, story: Item) -> Iterator[str]:
    """Give the beginnings of what may be the story's text."""
    yield line(head.graph.text(story.get("articleBody"), "@value"))
    for element in islice(tree.iter("p"), _MAX_OPENINGS):
        yield "".join(map(str, islice(element.itertext(), _MAX_RUNS)))


def _descriptions(head: Head, story: Item) -> Iterator[str]:
    told = (
        *head.all(_DESCRIPTIONS[:2]),
        head.graph.text(story.get("description"), "@value"),
        *head.all(_DESCRIPTIONS[2:]),
    )
    return filter(None, map(line, told))


def _sections(head: Head, story: Item) -> Iterator[str]:
    yield from head.graph.texts(story.get("articleSection"))
    yield from head.all(_SECTIONS)


def _tags(head: Head, story: Item) -> tuple[str, ...]:
    """Give the first set of keywords, each once."""
    told = (head.all([name]) for name in _TAGS)
    for source in (head.graph.texts(story.get("keywords")), *told):
        words = (word[:_MAX_TAG] for text in source for word in _LIST.split(text))
        found = {
            tag.casefold(): tag for tag in map(line, islice(words, _MAX_VALUES)) if tag
        }
        if found:
            return tuple(found.values())[:_MAX_TAGS]
    return ()


def _language(head: Head, story: Item) -> str:
    told = (
        head.language,
        head.graph.text(story.get("inLanguage"), "alternateName", "name"),
        head.line("og:locale", "content-language", "language", "dc.language"),
    )
    return next(filter(None, map(drafts.tag, told)), "")


def _image(head: Head, story: Item) -> str:
    """Give the address of the lead image; a publisher's logo is none."""
    graph = head.graph
    told = (
        *head.all(_IMAGES),
        *graph.texts(story.get("image"), "url", "contentUrl", "@id"),
        *graph.texts(story.get("thumbnailUrl"), "url"),
        head.links.get("image_src", ""),
    )
    for raw in told:
        address = clean.url(html.unescape(raw), head.base) if raw.strip() else ""
        if address and not _NO_PICTURE.search(address.lower()):
            return address
    return ""


def _free(head: Head, story: Item) -> bool | None:
    told = head.graph.free(story)
    if told is not None:
        return told
    return {"free": True, "locked": False}.get(head.line(*_TIERS).lower())


def _plain(raw: str) -> str:
    """Give a text without the mark-up that it should not have."""
    text = raw[: clean.MAX_TEXT]
    for _ in range(_ROUNDS):
        if "<" in text:
            text = _MARKUP.sub("", _BREAK.sub("\n", text))
        if "&" not in text:
            break
        text = html.unescape(text)
    return clean.text(text).strip()
