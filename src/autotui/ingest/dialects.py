"""A tree of elements to a FeedDraft: every dialect of RSS, Atom and CDF in one reading.

Publishers mix the dialects freely, so there is no reader for each: a field is looked for
under all the names it has in any of them.
"""

from typing import Final

from autotui.ingest import drafts, entries, links, pacing, vocabulary
from autotui.ingest.drafts import FeedDraft
from autotui.ingest.vocabulary import Element

_TOPS: Final = frozenset({"rss", "feed", "rdf:rdf", "rdf", "channel"})
_ENTRIES: Final = frozenset({"item", "entry"})
_HEAD: Final = 10
"""Elements among which the root of a document is."""
_TOLD: Final = frozenset({"link", "guid", "id", "description", "pubdate"})


def read(root: Element, url: str) -> FeedDraft | None:
    """Give the feed in a tree that came from ``url``, ``None`` if there is none."""
    named = [(vocabulary.name(each), each) for each in root.iter()]
    top = next((each for name, each in named if name in _TOPS), None)
    found = [each for name, each in named if name in _ENTRIES]
    page = "html" in {name for name, _ in named[:_HEAD]}
    if top is None:
        # Some other document: news in it are feed enough, but for web pages.
        found = [each for each in found if _is_story(each)]
        if page or not found:
            return None
        top = root
    if page and not found:
        return None
    channel = next((each for name, each in named if name == "channel"), top)
    about = vocabulary.fields(channel)
    atom = vocabulary.name(top) == "feed"
    inside = vocabulary.base(top, "")
    if channel is not top:
        inside = vocabulary.base(channel, inside)
    site_url = _site(channel, about, inside, url)
    reader = entries.Reader(top, inside, url, atom=atom)
    return FeedDraft(
        title=reader.title(about, inside),
        site_url=site_url,
        language=entries.language(channel, about) or vocabulary.language(top),
        authors=tuple(entries.people(about)),
        entries=[reader.draft(each) for each in drafts.newest(found, entries.when)],
        pace=pacing.read(about),
        # RFC 4287 leaves no doubt; the addresses of an RSS feed are those of its site.
        base="" if atom or inside else site_url,
    )


def _site(channel: Element, about: vocabulary.Fields, inside: str, url: str) -> str:
    """Give the address of the site that a feed belongs to."""
    offered = [link for link in entries.links_of(about, inside) if link.rel == "alternate"]
    if page := links.page(offered, url):
        return page.url
    href = vocabulary.attribute(channel, "href")
    return vocabulary.joined(inside, href) if href else ""


def _is_story(entry: Element) -> bool:
    """Whether an element called "item" in some document is an item of news."""
    told = vocabulary.fields(entry).keys()
    return "title" in told and bool(told & _TOLD)
