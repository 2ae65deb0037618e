"""The welcome story: what the panes hold before there is a feed.

It lies in the package as a dumped Document, and is no story of the Library: nothing of
it is stored, marked or exported.
"""

from array import array
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Final

from autotui import document, packing
from autotui.document import Document
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


def story(now: datetime) -> Story:
    """Give the welcome story itself."""
    return Story(_article(now), _document())


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


@cache
def _document() -> Document:
    file = resources.files("autotui") / "data" / "welcome.json"
    return packing.load(file.read_text(encoding="utf-8"))
