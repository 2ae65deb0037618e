"""From an entry as its publisher wrote it to an article: whatever the feed's format.

The readers of feed formats fill a ``Draft`` with raw strings; here, and only here, they
are cleaned, resolved and completed.
"""

import hashlib
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from autotui import clean
from autotui.document import Document, count_words, pack, to_text
from autotui.ingest import blocks, endings
from autotui.model import Completeness, Enclosure, Pace, ParsedArticle, ParsedFeed

MAX_ARTICLES: Final = 2_000
_MAX_TITLE: Final = 80
"""Characters of a title made from the body."""
_MAX_NAME: Final = 200
_MAX_DATE: Final = 60
_MAX_CATEGORIES: Final = 30
_MAX_ENCLOSURES: Final = 20
_TEASER_WORDS: Final = 60
_MAX_RAW_TITLE: Final = clean.MAX_LINE * 8

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z0-9]{1,31});")
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>|<!--[^<>]*-->")


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
    """Already absolute, or relative to the feed."""
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


def feed(draft: FeedDraft, url: str) -> ParsedFeed:
    """Give the feed at ``url`` with its newest articles, no key twice."""
    language = tag(draft.language)
    articles: dict[str, ParsedArticle] = {}
    for entry in _newest(draft.entries):
        made = article(entry, url, language, draft.authors)
        articles.setdefault(made.key, made)
    return ParsedFeed(
        title=plain(draft.title),
        site_url=clean.url(draft.site_url, url),
        language=language,
        articles=tuple(articles.values()),
        pace=draft.pace,
    )


def article(
    draft: Draft, feed_url: str, language: str = "", authors: tuple[str, ...] = ()
) -> ParsedArticle:
    """Clean and complete one entry."""
    url = clean.url(draft.url, feed_url)
    document = _fullest(draft.bodies, feed_url)
    text = to_text(document)
    words = count_words(text)
    title = plain(draft.title)
    names = (plain(Text(name)) for name in (draft.authors or authors)[:_MAX_CATEGORIES])
    named = dict.fromkeys(name for name in names if name)
    return ParsedArticle(
        key=clean.key(draft.key) or url or _digest(title, draft),
        title=title or _opening(text) or url or "Untitled",
        url=url,
        text=text,
        words=words,
        packed=pack(document),
        author=clean.line(", ".join(named), _MAX_NAME),
        published_at=draft.published_at or draft.updated_at,
        dated=clean.line(draft.dated, _MAX_DATE),
        updated_at=draft.updated_at,
        language=tag(draft.language) or language,
        categories=_categories(draft.categories),
        enclosures=_enclosures(draft.enclosures, feed_url),
        completeness=_completeness(text, words, url),
    )


def plain(text: Text) -> str:
    """Give a title or name as one clean line: no markup, no entities."""
    raw = text.raw[:_MAX_RAW_TITLE]
    if text.html:
        return clean.line(html.unescape(_MARKUP.sub("", raw)))
    # Publishers escape twice; no car maker's headline is about "&amp;" itself.
    return clean.line(_ENTITY.sub(lambda found: html.unescape(found[0]), raw))


def tag(language: str) -> str:
    """Give a language tag, ``""`` if it is none."""
    asked = language.strip()[:40].replace("_", "-")
    return asked if _LANGUAGE.fullmatch(asked) else ""


def moment(year: int, month: int, day: int, *clock: int) -> datetime | None:
    """Give a time in UTC, ``None`` where no datetime can hold it."""
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _newest(drafts: Sequence[Draft]) -> Iterable[Draft]:
    """Give the newest, in the feed's order; what has no date counts as new."""
    if len(drafts) <= MAX_ARTICLES:
        return drafts
    latest = datetime.max.replace(tzinfo=UTC)
    dates = [draft.published_at or draft.updated_at or latest for draft in drafts]
    order = sorted(range(len(drafts)), key=dates.__getitem__, reverse=True)
    return [drafts[at] for at in sorted(order[:MAX_ARTICLES])]


def _fullest(bodies: Iterable[Text], feed_url: str) -> Document:
    """Give the body with the most text; among equals the first."""
    unique = {body.raw: body for body in bodies if body.raw.strip()}
    best, size = Document(), (-1, 0)
    # The longest first: no text is longer than its markup, so the others mostly need
    # no reading at all. The sort is stable: the first of equals stays the first.
    for body in sorted(unique.values(), key=lambda each: -len(each.raw)):
        if len(body.raw) < size[0]:
            break
        document = _document(body, feed_url)
        if (found := _size(document)) > size:
            best, size = document, found
    return best


def _document(body: Text, feed_url: str) -> Document:
    base = clean.url(body.base, feed_url) or feed_url
    # Escaped, plain text has no tags: blank lines part its paragraphs.
    raw = body.raw[: blocks.MAX_TEXT]
    return blocks.document(raw if body.html else html.escape(raw, quote=False), base)


def _size(document: Document) -> tuple[int, int]:
    return len(to_text(document)), len(document.blocks)


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


def _digest(title: str, draft: Draft) -> str:
    """Give a key for an entry that has neither id nor address."""
    told = f"{title}\n{draft.published_at or draft.updated_at}"
    if not title:
        told += "\n".join(body.raw for body in draft.bodies)
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
