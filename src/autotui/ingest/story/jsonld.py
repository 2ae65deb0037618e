"""What a page says of its story in JSON-LD (schema.org), however broken.

Nothing in here is clean: the values are as the page has them, but of plain types.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from autotui.ingest.elements import named

_MAX: Final = 2_000_000
"""Characters of all scripts of a page; the rest is not read."""
_MAX_RESCUED: Final = 100_000
"""Characters of a broken script that are searched."""
_MAX_ITEMS: Final = 2_000
"""Objects of a page that are looked at."""
_MAX_VALUES: Final = 100
_MAX_TRIES: Final = 100

_STORIES: Final = named(
    "newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle "
    "reviewnewsarticle backgroundnewsarticle askpublicnewsarticle article blogposting "
    "liveblogposting techarticle report review criticreview scholarlyarticle "
    "medicalscholarlyarticle socialmediaposting advertisercontentarticle "
    "satiricalarticle discussionforumposting howto recipe"
)
_PAGES: Final = named("webpage itempage aboutpage qapage faqpage")
_INNER: Final = ("@graph", "mainEntity", "mainEntityOfPage", "review", "subjectOf")
_TOLD: Final = ("headline", "datePublished", "author", "articleBody")

_WRAPPING: Final = re.compile(
    r"^[\s\ufeff]*+(?:<!--|(?://|/\*)?\s*+<!\[CDATA\[\s*+(?:\*/)?)"
    r"|(?:-->|(?://|/\*)?\s{0,9}\]\]>\s{0,9}(?:\*/)?)[\s;]{0,99}$"
)
# A string comes first, so that nothing inside one is taken for a fault; one that never
# ends takes all the rest, which keeps this linear.
_FAULTS: Final = re.compile(
    r'("(?:[^"\\]|\\.)*+(?:"|\Z))|//[^\n]*+|/\*.*?(?:\*/|\Z)|,(?=\s*+[}\]])', re.DOTALL
)
_ESCAPES: Final = re.compile(r"\\(?:u[0-9a-fA-F]{4}|[\"\\/bfnrt]|(.?))", re.DOTALL)
_BETWEEN: Final = re.compile(r"[\s,;\ufeff]*+")
_KEPT: Final = re.compile(
    r'"(headline|datePublished|dateModified|description|articleSection)"\s{0,9}:\s{0,9}'
    r'"((?:[^"\\\n]|\\.|"(?!\s{0,9}(?:[,}\]]|\Z))){1,500}+)"'
)
_WRITER: Final = re.compile(
    r'"author"\s{0,9}:[\s\[{]{0,20}(?:"[@\w]{1,20}"\s{0,9}:\s{0,9}"[^"]{0,200}",\s{0,20}){0,5}'
    r'(?:"name"\s{0,9}:\s{0,9})?"([^"\\\n]{1,200})"\s{0,9}[,}\]]'
)
_DECODER: Final = json.JSONDecoder(strict=False)

Item = Mapping[str, Any]


class Graph:
    """All objects that a page's scripts hold."""

    def __init__(self, scripts: Iterable[str]) -> None:
        self.items = tuple(_walk(_read(scripts)))
        self._named = {
            item["@id"]: item
            for item in self.items
            if isinstance(item.get("@id"), str) and len(item) > 1
        }

    def values(self, value: Any) -> Iterator[str | Item]:
        """Give the texts and objects that a property holds, references followed."""
        waiting, seen = [value], 0
        while waiting and seen < _MAX_VALUES:
            seen += 1
            one = waiting.pop()
            if isinstance(one, list):
                waiting.extend(reversed(one[:_MAX_VALUES]))
            elif isinstance(one, dict):
                yield self._followed(one)
            elif isinstance(one, str | int | float):
                yield str(one)[:_MAX] if isinstance(one, str) else _number(one)

    def texts(self, value: Any, *keys: str) -> Iterator[str]:
        """Give the texts of a property; of an object those of the first of ``keys``."""
        for one in self.values(value):
            if isinstance(one, str):
                yield one
                continue
            inner = (tuple(self._plain(one.get(key))) for key in keys or ("name", "@value"))
            yield from next(filter(None, inner), ())

    def text(self, value: Any, *keys: str) -> str:
        """Give the first text of a property, ``""`` if there is none."""
        return next((each for each in self.texts(value, *keys) if each.strip()), "")

    def story(self, title: str, addresses: Sequence[str]) -> Item:
        """Give the object that the page is about: the fullest, of this title or address."""
        rated = [
            (self._rating(item, title, addresses), -at, item)
            for at, item in enumerate(self.items)
            if types(item) & _STORIES and any(item.get(key) for key in (*_TOLD, "name"))
        ]
        return max(rated, key=lambda each: each[:2])[2] if rated else {}

    def page(self) -> Item:
        """Give the object of the page itself, for its dates."""
        pages = (item for item in self.items if types(item) & _PAGES)
        return next((item for item in pages if item.get("datePublished")), {})

    def free(self, story: Item) -> bool | None:
        """Tell whether all may read the story, ``None`` if it does not say."""
        told = _boolean(story.get("isAccessibleForFree"))
        if told is not None:
            return told
        parts = [
            _boolean(part.get("isAccessibleForFree"))
            for part in self.values(story.get("hasPart"))
            if not isinstance(part, str)
        ]
        return False if False in parts else None

    def _followed(self, item: Item) -> Item:
        name = item.get("@id")
        bare = isinstance(name, str) and not (item.get("name") or item.get("url"))
        return self._named.get(name, item) if bare else item

    def _plain(self, value: Any) -> Iterator[str]:
        return (each for each in self.values(value) if isinstance(each, str))

    def _rating(self, item: Item, title: str, addresses: Sequence[str]) -> int:
        rating = sum(bool(item.get(key)) for key in _TOLD)
        rating += 2 * any("newsarticle" in each for each in types(item))
        headline = self.text(item.get("headline") or item.get("name"))
        rating += 6 * bool(headline and title and _alike(headline, title))
        places = {
            place
            for key in ("url", "@id", "mainEntityOfPage")
            for place in self.texts(item.get(key), "@id", "url")
        }
        return rating + 6 * any(
            place.partition("#")[0].rstrip("/") in addresses for place in places
        )


def types(item: Item) -> frozenset[str]:
    """Give the kinds of an object, in small letters and without vocabulary."""
    kinds = item.get("@type")
    names = kinds[:9] if isinstance(kinds, list) else [kinds]
    return frozenset(
        re.split("[/:#]", name[-60:])[-1].lower() for name in names if isinstance(name, str)
    )


def _alike(one: str, other: str) -> bool:
    """Whether one title has half the words of the other."""
    ours, theirs = (set(re.findall(r"\w+", each[:500].lower())) for each in (one, other))
    return 2 * len(ours & theirs) > min(len(ours), len(theirs))


def _number(value: float) -> str:
    """Give a number as it is written; a huge one is no text at all."""
    return str(value) if abs(value) < 10**18 else ""


def _boolean(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        word = value.strip()[-40:].rpartition("/")[2].lower()
        return {"true": True, "yes": True, "false": False, "no": False}.get(word)
    return None


def _walk(roots: Iterable[Any]) -> Iterator[Item]:
    """Give the objects that may be about the page, in the order of the page."""
    waiting = list(roots)[::-1]
    given = 0
    while waiting and given < _MAX_ITEMS:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one[:_MAX_ITEMS]))
        elif isinstance(one, dict):
            given += 1
            yield one
            waiting.extend(one[key] for key in _INNER if isinstance(one.get(key), dict))
            # Of many reviews none is the page's own, but a graph is a list.
            graph = one.get("@graph")
            waiting.extend(reversed(graph[:_MAX_ITEMS]) if isinstance(graph, list) else ())


def _read(scripts: Iterable[str]) -> Iterator[Any]:
    left = _MAX
    for script in scripts:
        text = script[:left]
        left -= len(text)
        if left <= 0:
            return
        yield from _decoded(text) or _decoded(_repaired(text)) or _rescued(text)


def _decoded(text: str) -> list[Any]:
    """Decode the values that stand one behind the other, none if one is broken."""
    found: list[Any] = []
    at = 0
    try:
        for _ in range(_MAX_TRIES):
            between = _BETWEEN.match(text, at)
            at = between.end() if between else at
            if at >= len(text):
                break
            value, at = _DECODER.raw_decode(text, at)
            found.append(value)
    except (ValueError, RecursionError):
        return []
    return found


def _repaired(text: str) -> str:
    """Mend what publishers break: wrappings, comments, commas, escapes, entities."""
    bare = _WRAPPING.sub("", text)
    return _FAULTS.sub(_mended, bare if '"' in bare else html.unescape(bare))


def _mended(found: "re.Match[str]") -> str:
    if not found[1]:
        return " "
    return _ESCAPES.sub(lambda each: each[0] if each[1] is None else each[1], found[1])


def _rescued(text: str) -> list[Any]:
    """Pick the plainest properties out of what cannot be decoded."""
    item: dict[str, Any] = {}
    start = text[:_MAX_RESCUED]
    for name, value in _KEPT.findall(start):
        item.setdefault(name, _ESCAPES.sub(_unescaped, value))
    if writer := _WRITER.search(start):
        item["author"] = writer[1]
    return [{"@type": "Article", **item}] if item else []


def _unescaped(found: "re.Match[str]") -> str:
    try:
        return str(json.loads(f'"{found[0]}"'))
    except ValueError:
        return found[1] or " "
