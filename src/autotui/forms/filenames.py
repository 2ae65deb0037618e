"""The name of a story's file: from a title that a stranger wrote, safe on every disk."""

import re
import unicodedata
from datetime import UTC
from typing import Final

from autotui.model import Article

_MAX_BYTES: Final = 120
"""Of the title's part: no file system takes more than 255 for the whole name."""


def of(article: Article, ending: str) -> str:
    """Give the day, the title and the id: ``2019-06-05-a-new-inverter-12.md``.

    Letters and digits of the title alone; the day in front is in no list of reserved
    names, and the id tells stories with one title apart, in whatever case.
    """
    day = article.published_at.astimezone(UTC).strftime("%Y-%m-%d")
    title = unicodedata.normalize("NFKC", article.title).casefold()
    words = "-".join(re.findall(r"[^\W_]+", title))
    cut = words.encode("utf-8", "ignore")[:_MAX_BYTES].decode("utf-8", "ignore")
    return (
        "-".join(part for part in (day, cut.strip("-"), str(article.id)) if part) + ending
    )
