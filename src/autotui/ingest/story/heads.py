"""What a page says without showing it: ``meta``, ``link``, ``title``, JSON-LD."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from lxml.etree import _Element

from autotui import clean
from autotui.ingest import titles
from autotui.ingest.story.jsonld import Graph

_MAX_ELEMENTS: Final = 5_000
_MAX_VALUES: Final = 40
_MAX_NAME: Final = 60
_MAX_CONTENT: Final = 5_000


class Head:
    """The unseen part of a page; nothing in it is clean but what ``line`` gives."""

    def __init__(self, tree: _Element, url: str) -> None:
        self.metas: dict[str, list[str]] = {}
        self.links: dict[str, str] = {}
        self.title = ""
        self.base = url
        """What addresses are relative to."""
        self.language = next(tree.iter("html"), tree).get("lang") or ""
        scripts: list[str] = []
        elements = tree.iter("meta", "script", "link", "title", "base")
        for element in islice(elements, _MAX_ELEMENTS):
            if element.tag == "meta":
                self._meta(element)
            elif element.tag == "script":
                if "ld+json" in (element.get("type") or "").lower():
                    scripts.append(element.text or "")
            else:
                self._other(element)
        self.graph = Graph(scripts)

    def all(self, names: Iterable[str]) -> Iterator[str]:
        """Give what is said under some names, name by name, raw."""
        return (value for name in names for value in self.metas.get(name, ()))

    def line(self, *names: str) -> str:
        """Give the first thing said under some names, as a clean line."""
        return next((text for raw in self.all(names) if (text := line(raw))), "")

    def _meta(self, element: _Element) -> None:
        get = element.get
        name = get("property") or get("name") or get("itemprop") or get("http-equiv")
        content = get("content")
        if name and content and not content.isspace():
            values = self.metas.setdefault(name[:_MAX_NAME].strip().lower(), [])
            if len(values) < _MAX_VALUES:
                values.append(content[:_MAX_CONTENT])

    def _other(self, element: _Element) -> None:
        address = element.get("href") or ""
        if element.tag == "link":
            self.links.setdefault((element.get("rel") or "").lower(), address)
        elif element.tag == "base":
            self.base = clean.url(address, self.base) or self.base
        elif not self.title:
            # A drawing has titles, too, but later.
            self.title = line(element.text or "")


def ordered(names: str) -> tuple[str, ...]:
    """Give names of metadata, the first to be asked first."""
    return tuple(names.split())


def line(raw: str) -> str:
    """Give what a page says of itself as one clean line."""
    return titles.line(raw, markup=True)
