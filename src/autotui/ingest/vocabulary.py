"""What the elements of feeds are called, and what is in one.

Feeds mix the vocabularies of a dozen specifications and misspell their namespaces, so
every element gets one short name: ``title`` whether RSS or Atom, ``dc:creator``.
"""

import html
import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml has no other name for its type
Fields = dict[str, list[Element]]
"""What is directly in an element, by short name, in order."""

XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_MAX_NAMES: Final = 4_096
_MAX_ATTRIBUTES: Final = 50
_MAX_SAME: Final = 200

_MODULES: Final = {
    # Address of the namespace without scheme and last slash, in small letters.
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/elements/1.0": "dc",
    "purl.org/metadata/dublin_core": "dc",
    "purl.org/dc/terms": "dcterms",
    "purl.org/rss/1.0/modules/content": "content",
    "search.yahoo.com/mrss": "media",
    "tools.search.yahoo.com/mrss": "media",
    "video.search.yahoo.com/mrss": "media",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "www.itunes.com/dtds/podcast-1.0": "itunes",
    "purl.org/rss/1.0/modules/syndication": "sy",
    "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "www.w3.org/1999/xhtml": "xhtml",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "prismstandard.org/namespaces/1.2/basic": "prism",
    "prismstandard.org/namespaces/basic/2.0": "prism",
    "purl.org/rss/1.0/modules/taxonomy": "taxo",
    "www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "wellformedweb.org/commentapi": "wfw",
    "purl.org/rss/1.0/modules/slash": "slash",
    "purl.org/syndication/thread/1.0": "thr",
    "purl.org/rss/1.0/modules/annotate": "annotate",
    "xmlns.com/foaf/0.1": "foaf",
    "schemas.xmlsoap.org/soap/envelope": "soap",
    "www.w3.org/2000/svg": "svg",
    "www.w3.org/1998/math/mathml": "math",
}
_FEEDS: Final = re.compile(
    r"www\.w3\.org/2005/atom|purl\.org/(?:atom|pie|echo|rss/1\.0|net/rss1\.1)"
    r"|(?:backend\.userland|blogs\.law\.harvard|cyber\.law\.harvard|my\.netscape|channel)\b"
)
_PREFIXES: Final = {
    **{name: name for name in _MODULES.values()},
    **dict.fromkeys(("atom", "atom10", "atom03", "a10", "rss", "rss1", "rss20"), ""),
}
_VOID: Final = frozenset(
    ("br", "hr", "img", "wbr", "input", "col", "embed", "area", "source", "track", "param")
)
_ADDRESSES: Final = frozenset({"href", "src", "poster", "cite"})


def module(namespace: str, prefix: str) -> str:
    """Give the short name of a namespace, ``""`` for those of RSS and Atom themselves."""
    if namespace.isalnum():
        # No address: a short name already, of an element that markup.py has read.
        return namespace.lower()
    place = namespace.strip().lower().partition("://")[2].rstrip("/#?") or namespace
    if known := _MODULES.get(place):
        return known
    if _FEEDS.match(place):
        return ""
    # An address nobody knows: then the prefix tells.
    return _PREFIXES.get(prefix.lower(), prefix.lower())


@lru_cache(_MAX_NAMES)
def _short(tag: str, prefix: str) -> str:
    namespace, _, local = tag.rpartition("}")
    short = module(namespace[1:], prefix) if namespace else ""
    return f"{short}:{local.lower()}" if short else local.lower()


def name(element: Element) -> str:
    """Give an element's short name."""
    # An entity that lxml left alone has a function for a tag.
    tag: object = element.tag
    return _short(tag, element.prefix or "") if isinstance(tag, str) else ""


def attribute(element: Element, wanted: str) -> str:
    """Give an attribute, whatever its case and namespace; ``""`` if there is none."""
    value = element.get(wanted)
    if value is not None:
        return value.strip()
    # Not items(): it looks up each value, and takes 2 s for 20,000 attributes.
    for key in element.keys():  # noqa: SIM118 - no mapping, an element
        if str(key).rpartition("}")[2].lower() == wanted:
            return str(element.get(key)).strip()
    return ""


def base(element: Element, around: str) -> str:
    """Give what addresses inside an element are relative to."""
    own = element.get(XML + "base") or element.get("base")
    return joined(around, own) if own else around


def language(element: Element) -> str:
    """Give the language that an element itself is said to be in."""
    return element.get(XML + "lang") or element.get("lang") or ""


def joined(around: str, address: str) -> str:
    """Give an address in full, itself where that cannot be done."""
    try:
        return urljoin(around, address.strip())
    except ValueError:
        return address


def text(element: Element) -> str:
    """Give all the text in an element."""
    if len(element) == 0:
        return element.text or ""
    return "".join(str(part) for part in element.itertext())


def inner(element: Element, around: str = "") -> str:
    """Give what is in an element as HTML; ``around`` is what its links are relative to."""
    parts = [html.escape(element.text or "", quote=False)]
    waiting = [(child, around, False) for child in element.iterchildren(reversed=True)]
    while waiting:
        each, here, left = waiting.pop()
        whole: object = each.tag
        tag = whole.rpartition("}")[2] if isinstance(whole, str) else ""
        if left or not tag:
            if tag and tag.lower() not in _VOID:
                parts.append(f"</{tag}>")
            parts.append(html.escape(each.tail or "", quote=False))
            continue
        below = base(each, here)
        parts.append(f"<{tag}{_attributes(each, below, moved=below != around)}>")
        parts.append(html.escape(each.text or "", quote=False))
        waiting.append((each, below, True))
        waiting += [(child, below, False) for child in each.iterchildren(reversed=True)]
    return "".join(parts)


def _attributes(element: Element, around: str, *, moved: bool) -> str:
    """Give the attributes of a tag; addresses in full where xml:base moved them."""
    given = []
    for key in element.keys()[:_MAX_ATTRIBUTES]:
        local, whole = str(key).rpartition("}")[2], str(element.get(key))
        if moved and local in _ADDRESSES:
            whole = joined(around, whole)
        given.append(f' {local}="{html.escape(whole)}"')
    return "".join(given)


def fields(element: Element) -> Fields:
    """Give what is directly in an element, by short name; media groups are opened."""
    found: Fields = {}
    waiting = list(element.iterchildren(reversed=True))
    while waiting:
        each = waiting.pop()
        called = name(each)
        if called == "media:group":
            waiting += each.iterchildren(reversed=True)
            continue
        same = found.setdefault(called, [])
        # Nobody has that many; an attacker has half a million.
        if len(same) < _MAX_SAME:
            same.append(each)
    return found
