"""Bytes to ParsedFeed, for every dialect of RSS, Atom and JSON Feed.

Pure: any process may run it, and one that can be killed should. A malformed feed that
still yields articles is a feed: publishers break XML every day, and the reader wants
the news, not the verdict.
"""

from autotui import clean
from autotui.errors import ParseError
from autotui.ingest import charsets, dialects, discover, drafts, fast, jsonfeed, markup
from autotui.model import ParsedFeed


def parse(content: bytes, url: str, content_type: str = "") -> ParsedFeed:
    """Read a feed of any dialect; raise ParseError if there is none in there."""
    if not content.strip():
        raise ParseError("the server sent nothing")
    if (ordinary := fast.read(content, url, content_type)) is not None:
        return drafts.feed(ordinary, url)
    text = charsets.decode(content, content_type)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return jsonfeed.parse(text, url)
    root = markup.tree(text)
    found = None if root is None else dialects.read(root, url)
    page = discover.looks_like_page(content)
    if not page and (found is None or not found.entries):
        # Imported late: it takes 0.1 s, and hardly any feed needs it.
        from autotui.ingest import rescue

        found = rescue.read(content, content_type) or found
    if found is None:
        host = clean.host(url) or "this address"
        what = "a web page, not a feed" if page else "neither a feed nor a web page"
        raise ParseError(clean.line(f"what {host} sent is {what}"))
    return drafts.feed(found, url)
