"""Where a site's feeds are, told by its address alone: rules of some, habits of all."""

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

from autotui import clean

_RULES: Final = (
    (
        r"https?://(?:www\.|m\.)?youtube\.com/channel/(UC[\w-]{22})(?:[/?#].*)?",
        r"https://www.youtube.com/feeds/videos.xml?channel_id=\1",
    ),
    (
        r"https?://(?:www\.|m\.)?youtube\.com/playlist\?(?:[^#]*&)?list=([\w-]{12,50})(?:[&#].*)?",
        r"https://www.youtube.com/feeds/videos.xml?playlist_id=\1",
    ),
    (
        r"https?://github\.com/([\w.-]+/[\w.-]+)/(releases|tags|commits/[\w./-]*\w)/?(?:[?#].*)?",
        r"https://github.com/\1/\2.atom",
    ),
    (
        r"https?://(?:www\.|old\.|new\.)?reddit\.com/(r|user)/([\w-]+)/?(?:[?#].*)?",
        r"https://www.reddit.com/\1/\2/.rss",
    ),
)
_BESIDE: Final = ("feed", "rss.xml")
"""Under the page's own address, where that is not the site's first page."""
_USUAL: Final = (
    *("feed", "rss.xml", "feed.xml", "atom.xml", "rss", "index.xml", "feed/", "feed.json"),
)


def by_rule(url: str) -> str:
    """Give the feed of a page whose site has a rule for it; ``""`` where we know none."""
    for page, feed in _RULES:
        if found := re.fullmatch(page, url, re.ASCII):
            return found.expand(feed)
    return ""


def usual(url: str) -> tuple[str, ...]:
    """Give the places where feeds mostly are, the likeliest first."""
    page = clean.url(url)
    if not page:
        return ()
    path = urlsplit(page).path
    beside = [f"{path.rstrip('/')}/{name}" for name in _BESIDE] if path != "/" else []
    site = [f"/{name}" for name in _USUAL]
    return tuple(dict.fromkeys(urljoin(page, each) for each in (*beside, *site)))
