"""OPML: bytes to subscriptions and back. Pure; nothing is fetched.

Folders nest as outlines; in a ``Subscription`` their names are joined by ``/``. A name
that holds a slash itself is read with a division slash (U+2215) in its place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import lxml.etree

from autotui import clean
from autotui.errors import ParseError
from autotui.model import Subscription

MAX_BYTES: Final = 10_000_000
MAX_ROWS: Final = 50_000
MAX_DEPTH: Final = 50
"""Of folders; what lies deeper goes into the last one."""
MAX_REFUSED: Final = 1_000
_DIVISION_SLASH: Final = "\u2215"

Refused = tuple[str, str]
"""An address, as far as it may be shown, and why it was not taken."""


def read(content: bytes) -> tuple[tuple[Subscription, ...], tuple[Refused, ...]]:
    """Give a file's feeds, and what was refused; raise ParseError if it is no OPML."""
    rows: dict[str, Subscription] = {}
    refused: list[Refused] = []
    for outline, folder in _outlines(_root(content)):
        raw = outline["xmlurl"] if "xmlurl" in outline else outline["url"]
        row = _subscription(outline, raw, folder)
        reason = "no web address (http or https)" if row is None else ""
        if row is not None and row.url in rows:
            reason = "twice in the file"
        if len(rows) >= MAX_ROWS:
            refused.append((_shown(raw), f"only {MAX_ROWS} feeds are read"))
            break
        if row is None or reason:
            refused.append((_shown(raw), reason))
        else:
            rows[row.url] = row
    return tuple(rows.values()), tuple(refused[:MAX_REFUSED])


def write(subscriptions: Iterable[Subscription], title: str) -> bytes:
    """Give OPML 2.0 in UTF-8: folders at their first feed's place, order kept in each.

    User names and passwords in addresses stay out: such files get passed on.
    """
    top = _Folder()
    for row in subscriptions:
        folder = top
        for name in filter(None, map(clean.line, row.folder.split("/"))):
            folder = folder.inside(name)
        folder.entries.append(row)
    root = lxml.etree.Element("opml", version="2.0")
    head = lxml.etree.SubElement(root, "head")
    lxml.etree.SubElement(head, "title").text = clean.line(title)
    _fill(lxml.etree.SubElement(root, "body"), top)
    lxml.etree.indent(root)
    written = lxml.etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return bytes(written) + b"\n"


@dataclass(slots=True)
class _Folder:
    """A folder while it is written: feeds and folders in one order."""

    entries: list["Subscription | tuple[str, _Folder]"] = field(default_factory=list)
    folders: dict[str, "_Folder"] = field(default_factory=dict)

    def inside(self, name: str) -> "_Folder":
        """Give the folder of that name in this one, a new one at the end if need be."""
        if name not in self.folders:
            self.folders[name] = _Folder()
            self.entries.append((name, self.folders[name]))
        return self.folders[name]


def _fill(parent: lxml.etree._Element, folder: _Folder) -> None:
    """Write what a folder holds; a stack, because names may nest without end."""
    waiting = [(parent, folder)]
    while waiting:
        parent, folder = waiting.pop()
        for entry in folder.entries:
            if isinstance(entry, Subscription):
                lxml.etree.SubElement(parent, "outline", _attributes(entry))
            else:
                name, inner = entry
                outline = lxml.etree.SubElement(parent, "outline", {"text": name})
                waiting.append((outline, inner))


def _attributes(row: Subscription) -> dict[str, str]:
    url = clean.url(row.url)
    # "text" is required; a feed without a title has no "title" to tell it by.
    found = {"type": "rss", "text": clean.line(row.title) or url, "xmlUrl": url}
    if row.title:
        found["title"] = clean.line(row.title)
    if row.site_url:
        found["htmlUrl"] = clean.url(row.site_url)
    return found


def _root(content: bytes) -> lxml.etree._Element:
    """Parse the file: no entity is expanded, no file or address opened."""
    if len(content) > MAX_BYTES:
        raise ParseError(f"the file is larger than {MAX_BYTES // 1_000_000} MB")
    # Entities in attributes are expanded whatever the parser is told. Without NULs
    # UTF-16 is as readable as ASCII.
    if b"<!ENTITY" in content.replace(b"\0", b"").upper():
        raise ParseError("the file defines XML entities: that is not read")
    parser = lxml.etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = lxml.etree.fromstring(content, parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise ParseError("this is no OPML file: it is empty or damaged") from error
    # With recover, lxml gives None where nothing could be saved.
    if root is None or _name(root) != "opml":
        raise ParseError("this is no OPML file")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and _declares(dtd):
        raise ParseError("the file brings its own DOCTYPE: that is not read")
    return root


def _declares(dtd: Any) -> bool:
    """Whether a DOCTYPE has a part of its own; lxml's stubs know none of this."""
    return any(dtd.iterentities()) or any(dtd.iterelements())


def _outlines(
    root: lxml.etree._Element,
) -> Iterator[tuple[dict[str, str], str]]:
    """Give the attributes of each outline with an address, and its folder."""
    waiting = [(root, "", 0)]
    while waiting:
        element, folder, depth = waiting.pop()
        if _name(element) == "outline":
            attributes = element.attrib.items()
            found = {str(name).lower(): str(value) for name, value in attributes}
            if "xmlurl" in found or ("url" in found and found.get("type") != "link"):
                yield found, folder
            elif depth < MAX_DEPTH:
                folder = _within(folder, found.get("text") or found.get("title") or "")
        # "*": elements only; an entity that was not expanded is a node, too.
        inner = element.iterchildren("*", reversed=True)
        waiting += [(child, folder, depth + 1) for child in inner]


def _name(element: lxml.etree._Element) -> str:
    return lxml.etree.QName(element).localname.lower()


def _within(folder: str, name: str) -> str:
    """Give the folder of that name inside ``folder``."""
    inner = clean.line(name.replace("/", _DIVISION_SLASH))
    return "/".join(part for part in (folder, inner) if part)


def _subscription(outline: dict[str, str], raw: str, folder: str) -> Subscription | None:
    url = clean.url(_without_feed(raw), userinfo=True)
    if not url:
        return None
    title = clean.line(outline.get("text") or outline.get("title") or "")
    if "title" not in outline and title == clean.line(raw):
        title = ""
    site = clean.url(outline.get("htmlurl", ""))
    return Subscription(url=url, title=title, site_url=site, folder=folder)


def _without_feed(raw: str) -> str:
    """Take ``feed:`` off: browsers and old readers write addresses with it."""
    address = raw.strip()
    if address[:7].lower() == "feed://":
        return f"http://{address[7:]}"
    return address[5:] if address[:5].lower() == "feed:" else address


def _shown(raw: str) -> str:
    """Give an address for a message, without user and password."""
    url = clean.url(_without_feed(raw))
    if url or "@" not in raw:
        return url or clean.line(raw, 200)
    try:
        return clean.line(urlsplit(raw).hostname or "", 200)
    except ValueError:
        return ""
