"""One entry of a feed in XML to a Draft: which element holds what, in any dialect."""

import base64
import binascii
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from autotui.ingest import dates, links, titles, vocabulary
from autotui.ingest.drafts import Draft, Text
from autotui.ingest.links import Link
from autotui.ingest.vocabulary import Element, Fields

_TITLES: Final = ("title", "dc:title", "itunes:title", "media:title")
_BODIES: Final = (
    *("content:encoded", "content", "xhtml:body", "body", "fullitem", "description"),
    *("summary", "abstract", "media:description", "itunes:summary", "dc:description"),
    *("dcterms:abstract", "itunes:subtitle", "googleplay:description", "media:text"),
)
_PUBLISHED: Final = (
    *("pubdate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created"),
    *("created", "dc:created", "prism:publicationdate", "dcterms:date", "dc:issued"),
)
_UPDATED: Final = (
    "updated",
    "modified",
    "dcterms:modified",
    "dc:modified",
    "lastbuilddate",
)
_CATEGORIES: Final = ("category", "dc:subject", "media:category", "itunes:category")
_KEYWORDS: Final = ("itunes:keywords", "media:keywords")
_AUTHORS: Final = ("author", "dc:creator", "dc:author")
_SECOND: Final = ("itunes:author", "googleplay:author", "managingeditor")
_IDS: Final = ("guid", "id", "dc:identifier")
_LITERAL: Final = frozenset({"text", "text/plain", "plain"})
_NEVER: Final = ("image/", "audio/", "video/", "application/", "multipart/", "message/")
_FILES: Final = ("image/", "audio/", "video/")
_NO: Final = frozenset({"false", "no", "0"})


class Reader:
    """Reads the entries of one document."""

    def __init__(self, top: Element, inside: str, url: str, *, atom: bool) -> None:
        self._top = top
        self._inside = inside
        """What addresses in the feed are relative to, as it says; mostly ``""``."""
        self._url = url
        self._atom = atom

    def draft(self, entry: Element) -> Draft:
        """Give an entry as its publisher wrote it."""
        fields = vocabulary.fields(entry)
        inside = vocabulary.base(entry, self._around(entry))
        offered = [*links_of(fields, inside), *_own(entry, fields, inside)]
        key, address = _identity(entry, fields)
        page = links.page(offered, self._url, address)
        published, dated = _time(fields, _PUBLISHED)
        updated, dated_anew = _time(fields, _UPDATED)
        changed = vocabulary.attribute(entry, "lastmod")
        return Draft(
            key=key,
            title=self.title(fields, inside),
            url=page.url if page else "",
            link=page.raw if page else "",
            bodies=tuple(self._bodies(fields, inside)),
            authors=tuple(people(fields)),
            published_at=published,
            dated=dated or dated_anew or changed,
            updated_at=updated or dates.read(changed),
            language=_language(entry, fields),
            categories=tuple(_categories(fields)),
            enclosures=tuple(_files(fields, offered, inside)),
        )

    def title(self, fields: Fields, inside: str) -> Text:
        """Give the title among fields."""
        for name in _TITLES:
            for each in fields.get(name, ()):
                text = self._text(each, inside)
                if text.raw.strip():
                    return text
        return Text("")

    def _around(self, entry: Element) -> str:
        """Give what is said outside of an entry about its addresses."""
        parent = entry.getparent()
        if parent is None or parent is self._top or vocabulary.name(parent) == "channel":
            return self._inside
        return vocabulary.base(parent, self._inside)

    def _bodies(self, fields: Fields, inside: str) -> Iterator[Text]:
        for name in _BODIES:
            for each in fields.get(name, ()):
                kind = _kind(each)
                if kind == "application/octet-stream":
                    # Atom has such content in base64, and it may be text all the same.
                    raw = _unpacked(vocabulary.text(each))
                    if raw.isprintable() and titles.is_markup(raw):
                        yield Text(raw, base=vocabulary.base(each, inside))
                elif not kind.startswith(_NEVER) or kind.endswith("xml"):
                    yield self._text(each, inside)

    def _text(self, element: Element, inside: str) -> Text:
        """Give a text with what its feed says of its form."""
        here = vocabulary.base(element, inside)
        if len(element):
            return Text(vocabulary.inner(element, here), html=True, base=here)
        raw, kind = element.text or "", _kind(element)
        mode = vocabulary.attribute(element, "mode").lower()
        if mode == "base64":
            raw = _unpacked(raw)
        return Text(raw, html=_is_html(raw, kind, mode, atom=self._atom), base=here)


def when(entry: Element) -> datetime | None:
    """Give when an entry was published, without reading all of it."""
    fields = vocabulary.fields(entry)
    return _time(fields, _PUBLISHED)[0] or _time(fields, _UPDATED)[0]


def links_of(fields: Fields, inside: str) -> list[Link]:
    """Give the links among fields: those that are an element's text come first."""
    texts: list[Link] = []
    addresses: list[Link] = []
    for each in (*fields.get("feedburner:origlink", ()), *fields.get("link", ())):
        href = vocabulary.attribute(each, "href")
        raw = _address(href or vocabulary.text(each))
        link = Link(
            raw=raw,
            url=vocabulary.joined(vocabulary.base(each, inside), raw),
            rel=links.relation(vocabulary.attribute(each, "rel")),
            kind=_kind(each),
            length=vocabulary.attribute(each, "length"),
        )
        if raw:
            (addresses if href else texts).append(link)
    return texts + addresses


def _address(raw: str) -> str:
    """Give an address on one line; many are escaped once too often."""
    return "".join(raw.split("\n")).strip().replace("&amp;", "&")


def people(fields: Fields) -> list[str]:
    """Give the authors among fields, as they are written."""
    found = _told(fields, _AUTHORS) or _told(fields, _SECOND)
    if not found:
        for source in fields.get("source", ()):
            found += _told(vocabulary.fields(source), _AUTHORS)
    return found


def language(element: Element, fields: Fields) -> str:
    """Give the language of a feed or an entry, as an element of its own tells it."""
    for name in ("language", "dc:language"):
        for each in fields.get(name, ()):
            if told := vocabulary.text(each).strip():
                return told
    return vocabulary.language(element)


def _is_html(raw: str, kind: str, mode: str, *, atom: bool) -> bool:
    """Whether a text without elements in it is HTML."""
    if mode == "xml" or "xhtml" in kind:
        # Its tags would be elements, but for those who say so and escape them.
        return titles.is_markup(raw)
    if "html" in kind:
        return True
    if kind in _LITERAL and atom and not mode:
        return False
    if atom or kind in _LITERAL or mode:
        return titles.is_markup(raw) or (not kind and titles.is_escaped(raw))
    return True


def _own(entry: Element, fields: Fields, inside: str) -> Iterator[Link]:
    """Give the links that are not in elements called link."""
    for each in (entry, *fields.get("a", ())):
        if href := vocabulary.attribute(each, "href"):
            yield Link(href, vocabulary.joined(inside, href))
    for each in fields.get("content", ()):
        if src := vocabulary.attribute(each, "src"):
            kind = _kind(each)
            rel = "enclosure" if kind.startswith(_FILES) else "alternate"
            here = vocabulary.base(each, inside)
            yield Link(src, vocabulary.joined(here, src), rel, kind)


def _identity(entry: Element, fields: Fields) -> tuple[str, str]:
    """Give an entry's id, and the same where it may be the address of its page."""
    for name in _IDS:
        for each in fields.get(name, ()):
            if key := vocabulary.text(each).strip():
                permalink = vocabulary.attribute(each, "ispermalink").lower()
                return key, "" if permalink in _NO else key
    about = vocabulary.attribute(entry, "about")
    return about, about


def _told(fields: Fields, names: tuple[str, ...]) -> list[str]:
    people = [_person(each) for name in names for each in fields.get(name, ())]
    return [each for each in people if each]


def _person(element: Element) -> str:
    """Give an author: a name, else an e-mail address, else the text."""
    if len(element) == 0:
        return (element.text or "").strip()
    inside = {vocabulary.name(each).rpartition(":")[2]: each for each in element.iter()}
    for name in ("name", "email"):
        if name in inside and (told := vocabulary.text(inside[name]).strip()):
            return told
    return "" if "uri" in inside else vocabulary.text(element).strip()


def _time(fields: Fields, names: tuple[str, ...]) -> tuple[datetime | None, str]:
    """Give the first date that can be read, and how the feed writes it."""
    written = ""
    for name in names:
        for each in fields.get(name, ()):
            told = vocabulary.text(each).strip()
            if when := dates.read(told):
                return when, told
            written = written or told
    return None, written


def _language(entry: Element, fields: Fields) -> str:
    """Give the language of an entry: that of its body, if that has its own."""
    for name in ("content:encoded", "content", "description", "summary"):
        for each in fields.get(name, ()):
            if told := vocabulary.language(each):
                return told
    title = next((vocabulary.language(each) for each in fields.get("title", ())), "")
    return language(entry, fields) or title


def _categories(fields: Fields) -> Iterator[str]:
    for name in _CATEGORIES:
        for outer in fields.get(name, ()):
            for each in outer.iter():
                named = (
                    vocabulary.attribute(each, key) for key in ("label", "term", "text")
                )
                told = next((value for value in named if value), "")
                yield told or (vocabulary.text(each) if each is outer else "")
    for name in _KEYWORDS:
        for each in fields.get(name, ()):
            yield from vocabulary.text(each).split(",")


def _files(
    fields: Fields, offered: list[Link], inside: str
) -> Iterator[tuple[str, str, str]]:
    """Give address, media type and length of each file; a thumbnail if there is none."""
    count = 0
    for found in links.files(offered):
        count += 1
        yield found
    for name in ("enclosure", "media:content", "media:thumbnail"):
        if name == "media:thumbnail" and count:
            return
        for each in fields.get(name, ()):
            told = [vocabulary.attribute(each, key) for key in ("url", "href")]
            raw = _address(next((value for value in told if value), vocabulary.text(each)))
            kind = _kind(each) or vocabulary.attribute(each, "medium")
            size = vocabulary.attribute(each, "length") or vocabulary.attribute(
                each, "filesize"
            )
            if raw:
                count += 1
                where = vocabulary.joined(vocabulary.base(each, inside), raw)
                yield where, kind or ("image" if name == "media:thumbnail" else ""), size


def _kind(element: Element) -> str:
    """Give the type that an element says it has."""
    return vocabulary.attribute(element, "type").partition(";")[0].strip().lower()


def _unpacked(raw: str) -> str:
    """Decode base64; what is none stays as it is."""
    try:
        return base64.b64decode("".join(raw.split()), validate=True).decode()
    except (binascii.Error, ValueError):
        return raw
