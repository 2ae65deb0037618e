"""What newsboat leaves behind: written by the real one where it is, else as it did once.

``PYTHONPATH=tests python -m support.newsboats`` makes tests/data/newsboat anew: newsboat
refreshes from a loopback server with the feeds below, and reads its list of read stories
back in. Flags and deletion it does by key alone, so that those two statements are ours;
its address of that server is replaced by ``RECORDED``.
"""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Final

from support import feeds
from support.web import Page, Web

RECORDED: Final = "http://outlet.example"
FOLDER: Final = Path(__file__).parents[1] / "data" / "newsboat"
NEWSBOAT: Final = shutil.which("newsboat")
SOURCES: Final = ("recorded", "newsboat") if NEWSBOAT else ("recorded",)
"""Where a test's cache comes from: the recorded one always."""

_NO_GUIDS: Final = b"""<?xml version="1.0"?><rss version="2.0"><channel>
<title>Workshop</title><link>https://outlet.example/</link>
<item><title>Axle &amp;amp; shaft</title><link>https://outlet.example/axle?a=1&amp;b=2</link>
<pubDate>Wed, 05 Jun 2019 16:34:00 GMT</pubDate>
<description>&lt;p&gt;An axle with a &lt;b&gt;motor&lt;/b&gt; in it.&lt;/p&gt;</description>
</item><item><title>Undated</title><link>https://outlet.example/undated</link>
<description>No date at all.</description></item>
</channel></rss>"""
_URLS: Final = r"""# What is followed
{base}/drive.xml "electric cars" news "~Drive units"
{base}/workshop.xml workshop "!" # a comment
{base}/atom.xml

"query:To read:unread = \"yes\" and tags # \"electric cars\""
"query:Odd:title =~ \"[0-9]+\" or age > 3"
exec:~/bin/make-feed.py "electric cars"
filter:~/bin/tidy.py:{base}/other.xml
file:///home/jane/feed.xml
"""


def publish(web: Web) -> None:
    """Serve the feeds that newsboat follows."""
    items = [(f"d-{number}", f"Inverter {number}") for number in range(4)]
    web["/drive.xml"] = Page(feeds.rss("Drive", items))
    web["/workshop.xml"] = Page(_NO_GUIDS)
    web["/atom.xml"] = Page(feeds.atom("Outlet", [("urn:a:1", "One"), ("urn:a:2", "Two")]))


def left_behind(source: str, web: Web, folder: Path) -> Path:
    """Give a folder of newsboat's for the feeds that ``web`` serves."""
    publish(web)
    folder.mkdir()
    if source == "newsboat":
        return _run(web, folder)
    base = web.url("").rstrip("/")
    urls = (FOLDER / "urls").read_text(encoding="utf-8").replace(RECORDED, base)
    (folder / "urls").write_text(urls, encoding="utf-8")
    shutil.copy(FOLDER / "cache.db", folder)
    _moved(folder / "cache.db", RECORDED, base)
    return folder


def _run(web: Web, folder: Path) -> Path:
    """Let newsboat refresh, and tell it what was read."""
    base = web.url("").rstrip("/")
    (folder / "urls").write_text(_URLS.replace("{base}", base), encoding="utf-8")
    (folder / "config").write_text("")
    (folder / "read").write_text("d-0\nd-1\nurn:a:1\n")
    files = {"-C": "config", "-u": "urls", "-c": "cache.db"}
    named = [part for each, name in files.items() for part in (each, str(folder / name))]
    for arguments in (("-x", "reload"), ("-I", str(folder / "read"))):
        subprocess.run(
            [NEWSBOAT or "newsboat", "-q", *named, *arguments],
            check=True,
            capture_output=True,
            timeout=60,
            env={"HOME": str(folder), "TERM": "dumb", "PATH": "/usr/bin:/bin"},
        )
    with closing(sqlite3.connect(folder / "cache.db")) as db, db:
        db.execute("UPDATE rss_item SET flags = 's' WHERE guid = 'd-1'")
        db.execute("UPDATE rss_item SET flags = 'bs' WHERE guid = 'd-2'")
        db.execute("UPDATE rss_item SET deleted = 1 WHERE guid = 'urn:a:2'")
    return folder


def _moved(cache: Path, old: str, new: str) -> None:
    with closing(sqlite3.connect(cache)) as db, db:
        for table, column in (("rss_feed", "rssurl"), ("rss_item", "feedurl")):
            db.execute(f"UPDATE {table} SET {column} = replace({column}, ?, ?)", (old, new))


def record() -> None:
    """Make tests/data/newsboat anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with Web() as web:
        publish(web)
        base = web.url("").rstrip("/")
        _run(web, FOLDER)
    for name in ("config", "read", "cache.db.lock"):
        (FOLDER / name).unlink(missing_ok=True)
    for folder in (each for each in FOLDER.iterdir() if each.is_dir()):
        shutil.rmtree(folder)
    _moved(FOLDER / "cache.db", base, RECORDED)
    with closing(sqlite3.connect(FOLDER / "cache.db")) as db:
        db.execute("VACUUM")
    (FOLDER / "urls").write_text(_URLS.replace("{base}", RECORDED), encoding="utf-8")
    version = subprocess.run(
        [NEWSBOAT or "newsboat", "-v"], capture_output=True, text=True, check=True
    ).stdout.partition("\n")[0]
    (FOLDER / "README").write_text(
        f"Written by {version}, from feeds of our own.\n{__doc__}", encoding="utf-8"
    )


if __name__ == "__main__":
    record()
