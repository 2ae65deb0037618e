"""What the usual elements of an entry say, where they have their usual form.

Everything else is refused with ``UnusualError``: ``entries.Reader`` knows it all, and gives
the same, several times as slow.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from autotui.ingest import links, titles, vocabulary
from autotui.ingest.drafts import Text
from autotui.ingest.links import Link
from autotui.ingest.vocabulary import Element

_STRUCTURE: Final = frozenset({"item", "entry", "channel"})
"""What makes another feed or entry of an element, wherever it stands."""
_RARE: Final = _STRUCTURE | {
    *("dc:title", "itunes:title", "media:title", "xhtml:body", "body", "fullitem"),
    *("abstract", "dc:description", "dcterms:abstract", "googleplay:description"),
    *("media:text", "dcterms:created", "created", "dc:created", "dcterms:date"),
    *("prism:publicationdate", "dc:issued", "dc:modified", "lastbuilddate"),
    *("media:category", "itunes:category", "itunes:keywords", "media:keywords"),
    *("dc:author", "googleplay:author", "managingeditor", "dc:identifier", "language"),
    *("dc:language", "a", "feedburner:origlink", "media:group"),
}
"""What means something, and is left to the other reader."""

_BASE: Final = f"{vocabulary.XML}base"
_ATTRIBUTES: Final = frozenset(
    {
        *("rel", "type", "href", "url", "length", "title", "hreflang", "term", "label"),
        *("scheme", "domain", "medium", "filesize", "fileSize", "width", "height"),
        *("isDefault", "duration", "expression", "bitrate", "isPermaLink"),
    }
)
_MARKED: Final = frozenset({"", "html", "text/html", "xhtml", "application/xhtml+xml"})
_MAX_ATTRIBUTES: Final = 50
_MAX_TOLD: Final = 2
"""Attributes that a text may have: its type and its base."""
_NOTHING: Final[Mapping[str, str]] = {}
_HTML: Final = frozenset({"html", "text/html"})
SECOND: Final = 2
"""The rank of those who are the authors if nobody else is."""
THUMBNAIL: Final = 2
"""The rank of files that count if there is no other."""
_NO: Final = frozenset({"false", "no", "0"})

WHOLE: Final = re.compile(
    r"https?://[a-z0-9][a-z0-9.-]{0,200}"
    r"/[A-Za-z0-9/._~%!,@+=:-]{0,2000}(?:\?[A-Za-z0-9/._~%!,@+=:&-]{1,2000})?"
)
"""An address that is whole and clean, as most are."""

File = tuple[str, str, str]
Action = Callable[["Found", Element], None]


class UnusualError(Exception):
    """What is met is for the other readers."""


class Found:
    """What is found in an entry."""

    __slots__ = (
        *("addresses", "atom", "bodies", "categories", "files", "inside", "key", "page"),
        *("people", "published", "sourced", "subjects", "texts", "title", "updated"),
    )

    def __init__(self, inside: str, *, atom: bool) -> None:
        self.inside = inside
        """What addresses are relative to, as the feed says; mostly ``""``."""
        self.atom = atom
        self.title: Text | None = None
        self.bodies: list[tuple[int, Text]] = []
        self.published: list[tuple[int, str]] = []
        self.updated: list[tuple[int, str]] = []
        self.key = ""
        self.page = ""
        """The key, where it may be the address of the page."""
        self.texts: list[Link] = []
        self.addresses: list[Link] = []
        self.people: list[tuple[int, str]] = []
        self.sourced = False
        """Whether a source may name authors."""
        self.categories: list[str] = []
        self.subjects: list[str] = []
        self.files: list[tuple[int, File]] = []


def action(name: str) -> Action:
    """Give what to do with an element of a (short) name."""
    return _ACTIONS.get(name, _refuse if name in _RARE else _ignore)


def refuse_others(element: Element) -> None:
    """Refuse an element with entries of their own inside, or attributes without end."""
    refuse_endless(element)
    for each in element.iterdescendants():
        refuse_endless(each)
        if vocabulary.name(each) in _STRUCTURE:
            raise UnusualError


def refuse_endless(element: Element) -> None:
    """Refuse more attributes than any feed has: lxml takes the square of their number."""
    if len(element.keys()) > _MAX_ATTRIBUTES:
        raise UnusualError


def _leaf(element: Element) -> str:
    if len(element):
        raise UnusualError
    return element.text or ""


def _given(element: Element) -> Mapping[str, str]:
    keys = element.keys()
    if not keys:
        return _NOTHING
    if len(keys) > _MAX_ATTRIBUTES:
        raise UnusualError
    given = {str(name): str(value) for name, value in element.items()}
    if not given.keys() <= _ATTRIBUTES:
        raise UnusualError
    return given


def _kind(given: Mapping[str, str]) -> str:
    return given.get("type", "").partition(";")[0].strip().lower()


def _address(raw: str) -> str:
    """Give an address on one line; many are escaped once too often."""
    return raw.replace("\n", "").strip().replace("&amp;", "&")


def _joined(found: Found, address: str) -> str:
    if not found.inside or WHOLE.fullmatch(address):
        return address
    return vocabulary.joined(found.inside, address)


def _text(found: Found, element: Element) -> Text:
    """Give a text with what its feed says of its form."""
    inside, kind = found.inside, ""
    keys = element.keys()
    if len(keys) > _MAX_TOLD:
        raise UnusualError
    for name, value in element.items() if keys else ():
        if name == "type":
            kind = str(value).strip().lower()
        elif name == _BASE:
            inside = vocabulary.base(element, inside)
        else:
            raise UnusualError
    if len(element):
        if kind not in _MARKED:
            raise UnusualError
        refuse_others(element)
        return Text(vocabulary.inner(element, inside), base=inside)
    raw = element.text or ""
    if kind in _HTML or not (kind or found.atom):
        return Text(raw, base=inside)
    if not found.atom or kind not in {"", "text"}:
        raise UnusualError
    markup = not kind and (titles.is_markup(raw) or titles.is_escaped(raw))
    return Text(raw, markup, inside)


def _refuse(_found: Found, _element: Element) -> None:
    raise UnusualError


def _ignore(_found: Found, element: Element) -> None:
    if len(element):
        refuse_others(element)


def _title(found: Found, element: Element) -> None:
    text = _text(found, element)
    if found.title is None and text.raw.strip():
        found.title = text


def _body(rank: int, found: Found, element: Element) -> None:
    found.bodies.append((rank, _text(found, element)))


def _published(rank: int, found: Found, element: Element) -> None:
    found.published.append((rank, _leaf(element).strip()))


def _updated(rank: int, found: Found, element: Element) -> None:
    found.updated.append((rank, _leaf(element).strip()))


def _key(found: Found, element: Element) -> None:
    key = _leaf(element).strip()
    if key and found.key:
        raise UnusualError
    if key:
        permalink = _given(element).get("isPermaLink", "").strip().lower()
        found.key, found.page = key, "" if permalink in _NO else key


def _link(found: Found, element: Element) -> None:
    given = _given(element)
    text = _leaf(element)
    href = given.get("href", "").strip() if given else ""
    raw = _address(href or text)
    if not raw:
        return
    if given:
        relation = links.relation(given.get("rel", "").strip())
        length = given.get("length", "").strip()
        link = Link(raw, _joined(found, raw), relation, _kind(given), length)
    else:
        link = Link(raw, _joined(found, raw))
    (found.addresses if href else found.texts).append(link)


def _author(rank: int, found: Found, element: Element) -> None:
    if name := _person(element):
        found.people.append((rank, name))


def _person(element: Element) -> str:
    if not len(element):
        return (element.text or "").strip()
    inside = {child.tag.rpartition("}")[2].lower(): _leaf(child) for child in element}
    name = inside.get("name", "").strip() or inside.get("email", "").strip()
    if not name:
        raise UnusualError
    return name


def _source(found: Found, element: Element) -> None:
    if len(element):
        refuse_others(element)
        found.sourced = True


def _category(found: Found, element: Element) -> None:
    given = _given(element)
    text = _leaf(element)
    told = given and (given.get("label", "").strip() or given.get("term", "").strip())
    found.categories.append(told or text)


def _subject(found: Found, element: Element) -> None:
    if element.keys():
        raise UnusualError
    found.subjects.append(_leaf(element))


def _file(rank: int, found: Found, element: Element) -> None:
    given = _given(element)
    raw = _address(given.get("url", "").strip() or given.get("href", ""))
    if len(element):
        refuse_others(element)
    elif not raw:
        raw = _address(element.text or "")
    if not raw:
        raise UnusualError
    kind = _kind(given) or given.get("medium", "").strip()
    size = given.get("length", "").strip()
    size = size or given.get("filesize", given.get("fileSize", "")).strip()
    kind = kind or ("image" if rank == THUMBNAIL else "")
    found.files.append((rank, (_joined(found, raw), kind, size)))


def _actions() -> Mapping[str, Action]:
    bodies = ("content:encoded", "content", "description", "summary")
    spoken = ("media:description", "itunes:summary", "itunes:subtitle")
    published = ("pubdate", "published", "issued", "dc:date", "dcterms:issued")
    updated = ("updated", "modified", "dcterms:modified")
    files = ("enclosure", "media:content", "media:thumbnail")
    people = ("author", "dc:creator", "itunes:author")
    ranked = {
        **{name: partial(_body, at) for at, name in enumerate(bodies + spoken)},
        **{name: partial(_published, at) for at, name in enumerate(published)},
        **{name: partial(_updated, at) for at, name in enumerate(updated)},
        **{name: partial(_author, at) for at, name in enumerate(people)},
        **{name: partial(_file, at) for at, name in enumerate(files)},
    }
    return ranked | {
        "title": _title,
        "link": _link,
        "guid": _key,
        "id": _key,
        "category": _category,
        "dc:subject": _subject,
        "source": _source,
    }


_ACTIONS: Final = _actions()
