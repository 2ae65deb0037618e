"""OPML: bytes to subscriptions and back. Pure; nothing is fetched.

Folders nest as outlines; in a ``Subscription`` their names are joined by ``/``. A name
that holds a slash itself is read with a division slash (U+2215) in its place. What is
written is read again as it was, and what is broken is read as far as it makes sense.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from autotui import clean, outlines
from autotui.errors import ParseError
from autotui.ingest import charsets, titles
from autotui.model import Subscription

MAX_BYTES: Final = 20_000_000
MAX_ROWS: Final = 50_000
MAX_OUTLINES: Final = 200_000
"""Folders, and rows that are none, count as well: it is a limit of time."""
MAX_DEPTH: Final = 50
"""Of folders; what lies deeper goes into the last one."""
MAX_FOLDER: Final = 1_000
"""Characters of a folder's name, with those it lies in."""
MAX_REFUSED: Final = 10_000
DIVISION_SLASH: Final = "\u2215"
_MAX_SHOWN: Final = 200
_HEAD: Final = 4_096

Refused = tuple[str, str]
"""An address, as far as it may be shown, and why it was not taken."""

# Also after junk that stands before the declaration.
_CLAIM: Final = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_LIST: Final = re.compile(r"<(?:[\w.-]++:)?opml\b", re.IGNORECASE)
_ROW: Final = re.compile(r"<(?:[\w.-]++:)?outline\b", re.IGNORECASE)
_OWN_ENTITY: Final = re.compile(r"<!ENTITY", re.IGNORECASE)
_FIRST: Final = re.compile(r"<!?(?:[\w.-]++:)?([a-z]++)\b|([^\s<])", re.IGNORECASE)
_PREAMBLE: Final = re.compile(
    r"(?s)<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?!\s+html)[^>]*>", re.IGNORECASE
)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+-]*):", re.IGNORECASE)
_PLACES: Final = frozenset({"xmlurl", "url", "htmlurl"})
_TYPES: Final = frozenset({"rss", "atom", "rdf", "feed", "link", "include"})
_FEED: Final = re.compile(r"\s*feed:(?://)?", re.IGNORECASE)
_PACKED: Final = {b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "a compressed file"}
_FEED_ROOTS: Final = frozenset({"rss", "feed", "rdf"})
_OTHERS: Final = {"html": "a web page", "doctype": "a web page", "{": "JSON", "[": "JSON"}


def read(content: bytes) -> tuple[tuple[Subscription, ...], tuple[Refused, ...]]:
    """Give a file's feeds, and what was refused; raise ParseError if it is no OPML."""
    rows: dict[str, Subscription] = {}
    refused: list[Refused] = []
    left_out = 0
    for row in _rows(_text(content)):
        if isinstance(row, Subscription):
            key = place(row.url)
            if key not in rows and len(rows) < MAX_ROWS:
                rows[key] = row
                continue
            full = f"only {MAX_ROWS} feeds are read"
            refusal = shown(row.url), "twice in the file" if key in rows else full
        else:
            refusal = row
        if len(refused) < MAX_REFUSED:
            refused.append(refusal)
        else:
            left_out += 1
    if left_out:
        refused.append(("", f"{left_out} more rows were refused"))
    return tuple(rows.values()), tuple(refused)


def place(url: str) -> str:
    """Give what all spellings of a feed's address share: for comparing, not for fetching.

    Without fragment and default port; what ``clean.url`` makes one is one already.
    """
    plain = url.partition("#")[0]
    if plain.count(":") == 1:
        return plain
    parts = urlsplit(plain)
    default = ":443" if parts.scheme == "https" else ":80"
    return parts._replace(netloc=parts.netloc.removesuffix(default)).geturl()


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
    lines = [
        "<?xml version='1.0' encoding='UTF-8'?>",
        '<opml version="2.0">',
        "  <head>",
        f"    <title>{html.escape(clean.line(title), quote=False)}</title>",
        "  </head>",
        "  <body>",
        *_lines(top),
        "  </body>",
        "</opml>",
    ]
    return "\n".join([*lines, ""]).encode()


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


def _lines(top: _Folder) -> Iterator[str]:
    """Write what a folder holds; a stack, because names may nest without end."""
    waiting = [iter(top.entries)]
    while waiting:
        margin = "  " * (len(waiting) + 1)
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
            if waiting:
                yield f"{margin[2:]}</outline>"
        elif isinstance(entry, Subscription):
            yield f"{margin}<outline{_attributes(entry)}/>"
        else:
            yield f'{margin}<outline text="{_escaped(_written(entry[0]))}">'
            waiting.append(iter(entry[1].entries))


def _attributes(row: Subscription) -> str:
    url = clean.url(row.url)
    title = _written(clean.line(row.title))
    # "text" is required; a feed without a title has no "title" to tell it by.
    found = {"type": "rss", "text": title or url, "xmlUrl": url}
    found |= {"title": title, "htmlUrl": clean.url(row.site_url)}
    return "".join(f' {name}="{_escaped(value)}"' for name, value in found.items() if value)


def _written(title: str) -> str:
    """Give a title so that it is read as it is, also if it looks like markup."""
    if _plain(title) == title:
        return title
    escaped = html.escape(title, quote=False)
    if _plain(escaped) == title:
        return escaped
    # Letters that look wrongly decoded; as numbers they are beyond doubt.
    return escaped.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _escaped(value: str) -> str:
    return html.escape(value, quote=False).replace('"', "&quot;")


def _plain(raw: str) -> str:
    """Give a title as one clean line: as the title of a feed is read."""
    return titles.line(raw, markup=titles.is_markup(raw))


def _text(content: bytes) -> str:
    """Give the text of an OPML file; raise ParseError, with what it is, for others."""
    if len(content) > MAX_BYTES:
        raise ParseError(f"the file is larger than {MAX_BYTES // 1_000_000} MB")
    for magic, what in _PACKED.items():
        if content.startswith(magic):
            raise ParseError(f"this is {what}, not OPML: unpack it first")
    # Without a tag the beginning is enough to tell what it is.
    content = content if b"<" in content else content[:_HEAD]
    claim = _CLAIM.search(content[:_HEAD])
    text = charsets.decode(content, f"charset={claim[1].decode()}" if claim else "")
    first = _FIRST.search(_PREAMBLE.sub("", text[:_HEAD]))
    kind = (first[1] or first[2]).lower() if first else ""
    if kind in _FEED_ROOTS or (kind == "{" and "jsonfeed.org" in text):
        raise ParseError("this is a feed, not OPML; use 'autotui add' with its address")
    if not _LIST.search(text) and (kind in _OTHERS or not _ROW.search(text)):
        if not text.strip():
            raise ParseError("the file is empty")
        raise ParseError(f"this is {_OTHERS.get(kind, 'something else')}, not OPML")
    # Never expanded here; but a list of feeds that brings some is no honest one.
    if _OWN_ENTITY.search(text):
        raise ParseError("the file defines XML entities: that is not read")
    return text


def _rows(text: str) -> Iterator[Subscription | Refused]:
    """Give what each outline that is no folder stands for, in order."""
    folders = [""]
    for number, outline in enumerate(outlines.read(text)):
        if number >= MAX_OUTLINES:
            yield "", f"only {MAX_OUTLINES} outlines are read"
            return
        del folders[outline.depth + 1 :]
        found, folder = outline.attributes, folders[-1]
        raw = (found.get("xmlurl") or found.get("url") or "").strip()
        if raw or (outline.leaf and _claims(found)):
            yield entry(found, raw, folder)
        else:
            name = found.get("text") or found.get("title") or ""
            folder = _within(folder, _plain(name).replace("/", DIVISION_SLASH))
        folders.append(folder)


def _claims(found: dict[str, str]) -> bool:
    """Whether an outline without an address would be a feed's if it had one."""
    return found.get("type", "").strip().lower() in _TYPES or not _PLACES.isdisjoint(found)


def entry(found: dict[str, str], raw: str, folder: str) -> Subscription | Refused:
    """Give what is said of a feed as a subscription, or why it is none."""
    kind = found.get("type", "").strip().lower()
    if kind == "include":
        return shown(raw), "a list in the list (type include): never fetched"
    if kind == "link" and not found.get("xmlurl"):
        return shown(raw), "a link to a page, not a feed"
    url = clean.url(_without_feed(raw), userinfo=True)
    if not url:
        return shown(raw or found.get("htmlurl", "")), _reason(raw, found)
    title = _plain(found.get("text", "")) or _plain(found.get("title", ""))
    if "title" not in found and title in {_plain(raw), url}:
        title = ""
    return Subscription(
        url=url,
        title=title,
        site_url=clean.url(found.get("htmlurl", "")),
        folder=folder or (_category(found["category"]) if "category" in found else ""),
    )


def _reason(raw: str, found: dict[str, str]) -> str:
    """Say why what stands for an address is none."""
    if not raw and found.get("htmlurl"):
        return "no feed's address, only its site's: 'autotui add' may find the feed"
    address = _without_feed(raw)
    if not address:
        title = _plain(found.get("text") or found.get("title") or "")
        return f"no address: {title}" if title else "no address"
    if len(address) > clean.MAX_URL:
        return f"longer than {clean.MAX_URL} characters"
    scheme = _SCHEME.match(address)
    name = scheme[1].lower() if scheme else ""
    if address.startswith("|") or name in {"exec", "filter"}:
        return "a command, and no web address (http or https): it is never run"
    if name in {"http", "https"}:
        return "no web address: its host makes no sense"
    if name:
        return "no web address (http or https)"
    return "only a part of an address: the file does not tell of which site"


def _category(raw: str) -> str:
    """Give the first of a row's categories as a folder: "/Cars/EV,/News" is Cars/EV."""
    folder = ""
    for name in raw.partition(",")[0].split("/")[: MAX_DEPTH + 1]:
        folder = _within(folder, _plain(name))
    return folder


def _within(folder: str, name: str) -> str:
    """Give the folder of that name inside ``folder``, as far as folders go."""
    whole = "/".join(part for part in (folder, name) if part)
    fits = len(whole) <= MAX_FOLDER and whole.count("/") < MAX_DEPTH
    return whole if fits else folder


def _without_feed(raw: str) -> str:
    """Take ``feed:`` off: browsers and old readers write addresses with it."""
    bare = _FEED.sub("", raw)
    inner = bare != raw and not _SCHEME.match(bare)
    return f"http://{bare}" if inner and bare else bare


def shown(raw: str) -> str:
    """Give an address for a message, without user and password."""
    url = clean.url(_without_feed(raw))
    if url or "@" not in raw:
        return clean.line(url or raw, _MAX_SHOWN)
    try:
        return clean.line(urlsplit(raw).hostname or "", _MAX_SHOWN)
    except ValueError:
        return ""
