"""From an entry as its publisher wrote it to an article: whatever the feed's format.

The readers of feed formats fill a ``Draft`` with raw strings; here, and only here, they
are cleaned, resolved and completed.
"""

import hashlib
import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeVar

from autotui import clean
from autotui.document import count_words
from autotui.ingest import authors, blocks, endings, titles
from autotui.model import Completeness, Enclosure, Pace, ParsedArticle, ParsedFeed
from autotui.packing import Body

T = TypeVar("T")

MAX_ARTICLES: Final = 2_000
_MAX_TITLE: Final = 80
"""Characters of a title made from the body."""
_MAX_NAME: Final = 200
_MAX_DATE: Final = 60
_MAX_CATEGORIES: Final = 30
_MAX_ENCLOSURES: Final = 20
_TEASER_WORDS: Final = 60
_FULLER: Final = 1.1
"""How much longer a text must be to be worth the loss of another one's form."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A raw text of a feed."""

    raw: str
    html: bool = True
    """Whether it is markup; else every character is meant as it stands."""
    base: str = ""
    """What its links are relative to."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as its publisher wrote it; nothing in here is clean."""

    key: str
    title: Text
    url: str
    """Already absolute, or relative to ``FeedDraft.base``."""
    link: str = ""
    """The same as the feed writes it, which is the key where there is no GUID."""
    bodies: tuple[Text, ...] = ()
    """Summary and content in any order: the fuller one is taken."""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    dated: str = ""
    """The date of publication as it is written."""
    updated_at: datetime | None = None
    language: str = ""
    categories: Sequence[str] = ()
    enclosures: Sequence[tuple[str, str, str]] = ()
    """Address, media type, length."""


@dataclass(frozen=True, slots=True)
class FeedDraft:
    """A feed as its publisher wrote it; nothing in here is clean."""

    title: Text
    site_url: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    """Of every entry that names none itself."""
    entries: Sequence[Draft] = ()
    pace: Pace = field(default_factory=Pace)
    base: str = ""
    """What addresses in its entries are relative to; ``""`` is the feed's own address."""


def feed(draft: FeedDraft, url: str) -> ParsedFeed:
    """Give the feed at ``url`` with its newest articles, no key twice."""
    language = tag(draft.language)
    base = clean.url(draft.base, url) or url
    names = authors.names(draft.authors)
    entries = newest(draft.entries, lambda entry: entry.published_at or entry.updated_at)
    articles = (
        article(entry, base, language, names, key=key)
        for entry, key in zip(entries, _keys(entries), strict=True)
        if key
    )
    return ParsedFeed(
        title=plain(draft.title),
        site_url=clean.url(draft.site_url, url),
        language=language,
        articles=tuple(articles),
        pace=draft.pace,
    )


def article(
    draft: Draft,
    base: str,
    language: str = "",
    otherwise: Sequence[str] = (),
    *,
    key: str,
) -> ParsedArticle:
    """Clean and complete one entry; ``otherwise`` are its authors if it names none."""
    # No page is called so, but many a publisher forgets the scheme.
    bare = draft.url[:4].lower() == "www."
    url = clean.url(f"http://{draft.url}" if bare else draft.url, base)
    text, packed = _fullest(draft.bodies, base)
    words = count_words(text)
    names = authors.names(draft.authors) or otherwise
    return ParsedArticle(
        key=key,
        title=plain(draft.title) or _opening(text) or url or "Untitled",
        url=url,
        text=text,
        words=words,
        packed=packed,
        author=clean.line(", ".join(names), _MAX_NAME),
        published_at=draft.published_at or draft.updated_at,
        dated=clean.line(draft.dated, _MAX_DATE),
        updated_at=draft.updated_at,
        language=tag(draft.language) or language,
        categories=_categories(draft.categories),
        enclosures=_enclosures(draft.enclosures, base),
        completeness=_completeness(text, words, url),
    )


def plain(text: Text) -> str:
    """Give a title or name as one clean line: no markup, no entities."""
    return titles.line(text.raw, markup=text.html)


def tag(language: str) -> str:
    """Give a language tag, ``""`` if it is none."""
    asked = language.strip()[:40].replace("_", "-")
    return asked if _LANGUAGE.fullmatch(asked) else ""


def newest(entries: Sequence[T], when: Callable[[T], datetime | None]) -> Sequence[T]:
    """Give the newest that fit, in the feed's order; what has no date counts as new."""
    if len(entries) <= MAX_ARTICLES:
        return entries
    latest = datetime.max.replace(tzinfo=UTC)
    dates = [when(entry) or latest for entry in entries]
    order = sorted(range(len(entries)), key=dates.__getitem__, reverse=True)
    return [entries[at] for at in sorted(order[:MAX_ARTICLES])]


def _fullest(bodies: Iterable[Text], feed_url: str) -> Body:
    """Give the body with the most text; of equals, the best marked."""
    unique = {body.raw: body for body in bodies if body.raw.strip()}
    best = Body()
    # The longest first: no text is longer than its markup, so the others mostly need
    # no reading at all. The sort is stable: the first of equals stays the first.
    for body in sorted(unique.values(), key=lambda each: -len(each.raw)):
        fuller = len(best.text) * _FULLER
        if best.packed and len(body.raw) <= fuller:
            break
        read = _body(body, feed_url)
        if not best.packed or len(read.text) > fuller:
            best = read
    return best


def _body(body: Text, feed_url: str) -> Body:
    base = clean.url(body.base, feed_url) or feed_url
    # Escaped, plain text has no tags: blank lines part its paragraphs.
    raw = body.raw[: blocks.MAX_TEXT]
    return blocks.body(raw if body.html else html.escape(raw, quote=False), base)


def _categories(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in names:
        if cleaned := plain(Text(name))[:_MAX_NAME]:
            found[cleaned] = None
        if len(found) >= _MAX_CATEGORIES:
            break
    return tuple(found)


def _enclosures(files: Iterable[tuple[str, str, str]], base: str) -> tuple[Enclosure, ...]:
    found: dict[str, Enclosure] = {}
    for address, media_type, length in files:
        if url := clean.url(address, base):
            kind = clean.line(media_type, 100)
            found.setdefault(url, Enclosure(url, kind, _length(length)))
        if len(found) >= _MAX_ENCLOSURES:
            break
    return tuple(found.values())


def _length(length: str) -> int:
    """Read a size in bytes, 0 if it makes no sense."""
    asked = length.strip()
    # Fifteen digits: more is no file, and nothing int() or SQLite would choke on.
    return int(asked) if re.fullmatch(r"[0-9]{1,15}", asked) else 0


def _keys(entries: Sequence[Draft]) -> list[str]:
    """Give each entry's key, ``""`` for an empty one and one that is there already.

    Where different stories share a key, each of them gets one of its own, made of what
    tells it from the others: so it has the same one in whatever order, and with whatever
    neighbours, it comes again.
    """
    keys = ["" if _is_empty(entry) else _key(entry) for entry in entries]
    groups: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        groups.setdefault(key, []).append(at)
    for key, places in groups.items():
        if len(places) == 1 or not key:
            continue
        kept = _stories([entries[at] for at in places])
        for at, mark in zip(places, kept, strict=True):
            several = sum(map(bool, kept)) > 1
            keys[at] = (_digest(key, mark) if several else key) if mark else ""
    return keys


def _key(entry: Draft) -> str:
    """Give the GUID, else the link as it is written, else a digest of what there is."""
    if key := clean.key(entry.key) or clean.key(entry.link or entry.url):
        return key
    title = plain(entry.title)
    when = entry.published_at or entry.updated_at
    return _digest(title or _told(entry), str(when or entry.dated))


def _is_empty(entry: Draft) -> bool:
    known = entry.key.strip() or entry.link or entry.url or entry.enclosures
    return not known and not _told(entry).strip()


def _stories(same: Sequence[Draft]) -> list[str]:
    """Give what marks each of some entries of one key, ``""`` for repetitions.

    Two entries of one GUID are two stories if both their titles and their links differ;
    without GUIDs, if what they tell differs.
    """
    seen: set[str] = set()
    marks = []
    for entry in same:
        link, told = entry.link or entry.url, _told(entry)
        compared = {f"t{told}", f"l{link}"} if entry.key else {told}
        marks.append("" if compared & seen else (link if entry.key else "") or told or " ")
        seen |= compared
    return marks


def _told(entry: Draft) -> str:
    """Give what an entry tells: its title, else its text."""
    return entry.title.raw.strip() or "\n".join(body.raw for body in entry.bodies)


def _digest(*parts: str) -> str:
    told = "\n".join(parts)
    return f"sha256:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()}"


def _opening(text: str) -> str:
    """Give the first words of a body, as a title."""
    first = clean.line(text.lstrip().partition("\n")[0])
    if len(first) <= _MAX_TITLE:
        return first
    cut = first[: _MAX_TITLE - 1]
    return (cut[: cut.rfind(" ")] if " " in cut else cut).rstrip() + "…"


def _completeness(text: str, words: int, url: str) -> Completeness:
    """Tell whether the feed gives the whole story, as far as one can see."""
    short = bool(url) and words < _TEASER_WORDS
    return "teaser" if short or endings.breaks_off(text) else "full"
