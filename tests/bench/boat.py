"""newsboat with the same stories: what ``scale.py --newsboat`` puts beside autotui."""

import sqlite3
import subprocess
from pathlib import Path
from time import perf_counter

from bench.pressing import Pressing
from support.homes import environment


def fill(folder: Path, home: Path) -> None:
    """Give newsboat the feeds and stories that a home of ours has."""
    folder.mkdir(parents=True)
    (folder / "config").write_text("refresh-on-startup no\n")
    (folder / "urls").write_text("https://f1.example/feed\n")
    subprocess.run(
        [*command(folder), "-x", "print-unread"],
        stdout=subprocess.DEVNULL,
        env=environment(),
        check=True,
    )
    db = sqlite3.connect(folder / "cache.db")
    db.execute("ATTACH ? AS ours", (str(home),))
    db.execute(
        "INSERT OR REPLACE INTO rss_feed (rssurl, url, title)"
        " SELECT url, 'https://f' || id || '.example/', title FROM ours.feed"
    )
    db.execute(
        "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread)"
        " SELECT a.key, a.title, '', a.url, f.url, a.published_at, b.text,"
        " coalesce(m.read, 0) = 0 FROM ours.article a JOIN ours.feed f ON f.id = a.feed_id"
        " JOIN ours.body b ON b.article_id = a.id"
        " LEFT JOIN ours.mark m ON m.article_id = a.id"
    )
    db.commit()
    urls = [url for (url,) in db.execute("SELECT rssurl FROM rss_feed ORDER BY rowid")]
    everything = '"query:Everything:age >= 0"'
    (folder / "urls").write_text("\n".join([everything, *urls]) + "\n")
    db.close()


def command(folder: Path) -> list[str]:
    urls, cache, settings = (str(folder / each) for each in ("urls", "cache.db", "config"))
    return ["newsboat", "-u", urls, "-c", cache, "-C", settings]


def measure(folder: Path) -> None:
    """Tell the same of newsboat as is told of autotui, in the list of all stories."""

    def changed(before: list[str], now: list[str]) -> bool:
        return before != now

    began = perf_counter()
    with Pressing(command(folder)) as boat:
        boat.terminal.wait_for_bytes(b"Everything")
        print(f"newsboat  first paint {(perf_counter() - began) * 1000:.0f} ms")
        boat.rest(1.0)
        listed = boat.press("enter", lambda _, now: "Story 0 of" in "".join(now))
        print(f"newsboat  list all stories {listed:.0f} ms")
        boat.rest(1.0)
        down, end, top = "j", "\x1b[F", "\x1b[H"
        for name, keys in (
            ("move down", [down] * 100),
            ("to the end and back", [end, top] * 20),
            ("read / unread", ["N"] * 40),
            ("open a story, and back", ["enter", "q"] * 30),
        ):
            print(f"newsboat  {name:24}{boat.times(keys, changed)}", flush=True)
        print(f"newsboat  memory {boat.memory:.0f} MiB")
