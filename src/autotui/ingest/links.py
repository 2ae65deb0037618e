"""Which of an entry's many links is its page, and which are files that come with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from autotui import clean

_PAGES: Final = frozenset({"", "text/html", "application/xhtml+xml"})
_RELATED: Final = ("related", "via", "self")
"""What stands in for a page where a feed links to none, the best first."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as its publisher wrote it."""

    raw: str
    url: str
    """The same in full, or relative to the feed."""
    rel: str = "alternate"
    kind: str = ""
    """Media type, in small letters."""
    length: str = ""


def relation(rel: str) -> str:
    """Give a link's relation, which may be a whole address, as one small word."""
    return rel.strip().lower().rpartition("/")[2] or "alternate"


def page(links: Sequence[Link], feed_url: str, guid: str = "") -> Link | None:
    """Give the link to an entry's page.

    ``guid`` is an id that may be an address: it counts where no link says which page
    it is, but before those to other pages.
    """
    usable = [link for link in links if clean.url(link.url, feed_url)]
    pages = [link for link in usable if link.rel == "alternate"]
    for link in pages:
        if link.kind in _PAGES:
            return link
    if pages:
        return pages[0]
    if clean.url(guid):
        return Link("", guid)
    return next(
        (link for rel in _RELATED for link in usable if link.rel == rel),
        None,
    )


def files(links: Iterable[Link]) -> list[tuple[str, str, str]]:
    """Give the enclosures among links: address, media type, length."""
    return [(link.url, link.kind, link.length) for link in links if link.rel == "enclosure"]
