"""The ``urls`` file of newsboat: bytes to subscriptions and queries. Pure.

A line is an address, then tags in quotes or without: the first is the folder here, ``~``
stands before a title, ``!`` before what hides the feed. A line ``query:name:filter`` is a
list of its own; of its filters those come over that say the same here, exactly.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from autotui import clean, opml
from autotui.brought import Row
from autotui.errors import ParseError
from autotui.model import Subscription

MAX_LINES: Final = 200_000
MAX_QUERIES: Final = 500
_MAX_TAG: Final = 200
_MAX_SHOWN: Final = 200
_TOKEN: Final = re.compile(r"[ \t\r]*+(?:(#).*|\"((?:[^\"\\]|\\.)*+)\"?|([^ \t\r]++))")
_ESCAPED: Final = re.compile(r"\\(.)")
_ENDS: Final = {"n": "\n", "r": "\r", "t": "\t"}
_AND: Final = re.compile(r"\s+and\s+", re.IGNORECASE)
_TESTS: Final = (
    (re.compile(r'unread\s*=\s*"yes"'), "is:unread"),
    (re.compile(r'unread\s*=\s*"no"'), "is:read"),
    (re.compile(r'tags\s*#\s*"([^"\\]+)"'), 'folder:"{}"'),
)
_AGE: Final = re.compile(r'age\s+between\s+"?0:(\d{1,4})"?')
_FLAG: Final = re.compile(r'flags\s*#\s*"([A-Za-z])"')
_TWICE: Final = "twice in the file"


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed as it was followed there."""

    source: str
    """Its address as it is written: what the stories in the cache know it by."""
    wanted: Subscription
    muted: bool = False


@dataclass(slots=True)
class Urls:
    """What the file holds."""

    feeds: list[Followed] = field(default_factory=list)
    queries: list[Row] = field(default_factory=list)
    """Names and texts, in our own language."""
    refused: list[Row] = field(default_factory=list)
    left: list[Row] = field(default_factory=list)


def read(content: bytes, star: str) -> Urls:
    """Give what a file holds; raise ParseError where it is too large.

    ``star`` are the flags that mean a star.
    """
    if len(content) > opml.MAX_BYTES:
        raise ParseError(f"the file is larger than {opml.MAX_BYTES // 1_000_000} MB")
    found, seen, asked = Urls(), set[str](), list[str]()
    several: set[str] = set()
    for words in _lines(content.decode("utf-8", "replace")):
        if words[0].startswith("query:"):
            asked.append(words[0])
            continue
        tags = [each for each in words[1:] if each[:1] not in {"~", "!"}]
        several.update(tags[1:])
        _follow(found, words, tags, seen)
    for each in asked:
        _ask(found, each, several, star)
    return found


def _lines(text: str) -> Iterator[list[str]]:
    for number, line in enumerate(text.split("\n")):
        if number >= MAX_LINES:
            raise ParseError(f"the file has more than {MAX_LINES} lines")
        if words := list(_words(line)):
            yield words


def _words(line: str) -> Iterator[str]:
    for found in _TOKEN.finditer(line):
        if found[1]:
            return
        if found[2] is not None:
            yield _ESCAPED.sub(lambda each: _ENDS.get(each[1], each[1]), found[2])
        else:
            yield found[3]


def _follow(found: Urls, words: list[str], tags: list[str], seen: set[str]) -> None:
    folder = clean.line(tags[0], _MAX_TAG).replace("/", opml.DIVISION_SLASH) if tags else ""
    row = opml.entry({"xmlurl": words[0]}, words[0], folder)
    if not isinstance(row, Subscription):
        found.refused.append(row)
        return
    if (place := opml.place(row.url)) in seen or len(seen) >= opml.MAX_ROWS:
        full = f"only {opml.MAX_ROWS} feeds are read"
        found.refused.append((opml.shown(row.url), full if place not in seen else _TWICE))
        return
    seen.add(place)
    title = next((clean.line(each[1:]) for each in words[1:] if each[:1] == "~"), "")
    muted = any(each[:1] == "!" for each in words[1:])
    found.feeds.append(Followed(words[0], replace(row, title=title), muted))
    if len(tags) > 1:
        others = ", ".join(tags[1:])[:_MAX_SHOWN]
        reason = f"a feed lies in one folder, {folder}; its other tags: {others}"
        found.left.append((opml.shown(row.url), clean.line(reason)))


def _ask(found: Urls, line: str, several: set[str], star: str) -> None:
    """Take a query over where it says the same here."""
    name, _, condition = line.removeprefix("query:").partition(":")
    name = clean.line(name, _MAX_SHOWN)
    tests = [_test(each.strip(), several, star) for each in _AND.split(condition)]
    if all(tests) and len(found.queries) < MAX_QUERIES:
        found.queries.append((name, " ".join(tests)))
    else:
        reason = f"a query that means nothing here: {condition[:_MAX_SHOWN]}"
        found.left.append((name, clean.line(reason)))


def flag(letter: str) -> str:
    """Give the tag for a flag that is no star."""
    return clean.tag(f"flag-{letter}")


def _test(raw: str, several: set[str], star: str) -> str:
    """Give one condition in our language; ``""`` where there is none that is the same.

    A tag that is not every feed's first one is no folder here.
    """
    if met := _AGE.fullmatch(raw):
        # There a story of seven and a half days is one of seven.
        return f"since:{int(met[1]) + 1}d"
    if met := _FLAG.fullmatch(raw):
        return "is:starred" if met[1] in star else f"tag:{flag(met[1])}"
    for pattern, meant in _TESTS:
        if (met := pattern.fullmatch(raw)) and not set(met.groups()) & several:
            value = met[1] if met.groups() else ""
            name = clean.line(value, _MAX_TAG).replace("/", opml.DIVISION_SLASH)
            return meant.format(name)
    return ""
