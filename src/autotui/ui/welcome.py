"""The welcome story: what the panes hold before there is a feed.

It lies in the package as a dumped Document, and is no story of the Library: nothing of
it is stored, marked or exported.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Final

from autotui import document, packing
from autotui.document import Block, Document
from autotui.model import Article, Listing
from autotui.ui.typeset import Story

ID: Final = 0
"""SQLite counts from 1: no story of the Library has it."""


def is_it(article: Article) -> bool:
    """Whether this is the welcome story."""
    return article.id == ID


def listing(now: datetime) -> Listing:
    """Give the list that holds the welcome story alone."""
    return Listing(array("q", [ID]), {ID: _article(now)})


def story(now: datetime, keys: Mapping[str, str]) -> Story:
    """Give the welcome story itself, with the keys in force."""
    return Story(_article(now), Document(tuple(_named(_document().blocks, keys))))


def _article(now: datetime) -> Article:
    text = document.to_text(_document())
    return Article(
        id=ID,
        feed_id=0,
        feed_title="autotui",
        title="Welcome: news of cars, and what drives them",
        url="",
        published_at=now,
        author="the autotui team",
        language="en",
        words=document.count_words(text),
        read=True,
    )


def _named(blocks: Iterable[Block], keys: Mapping[str, str]) -> Iterator[Block]:
    """Put the keys in force where the text names an action in a span of its own."""
    for block in blocks:
        named = (each._replace(text=_key(each.text, keys)) for each in block.spans)
        yield block._replace(spans=tuple(named))


def _key(text: str, keys: Mapping[str, str]) -> str:
    action = text.removeprefix("{").removesuffix("}")
    return text if action == text else keys.get(action) or "the palette"


@cache
def _document() -> Document:
    file = resources.files("autotui") / "data" / "welcome.json"
    return packing.load(file.read_text(encoding="utf-8"))
