"""``kill -9`` at any moment: nothing that was confirmed is lost, the database is whole."""

import os
import random
import subprocess
import sys
from contextlib import suppress

from autotui import store
from support import feeds
from support.homes import Home, environment
from support.web import Page, Web

FEEDS, STORIES = 50, 8
KILLS = int(os.environ.get("AUTOTUI_KILLS", "20"))
"""Two hundred before a release: ``AUTOTUI_KILLS=200 pytest tests/test_kill.py``."""

# Marks stories for ever, and says so after each mark that is stored.
MARKER = """
import asyncio, itertools, sys
from pathlib import Path
from autotui import paths, query
from autotui.config import Config
from autotui.library import Library

async def main():
    async with Library(paths.under(Path(sys.argv[1])), Config()) as library:
        ids = (await library.listing(query.Query())).ids
        for number, article in enumerate(itertools.cycle(ids)):
            tag = f"t{sys.argv[2]}-{number}"
            await library.tag([article], [tag])
            await library.mark([article], "starred", on=True)
            print(article, tag, flush=True)

asyncio.run(main())
"""


def publish(web: Web, version: int) -> None:
    """Let every feed have new stories, and change the old ones."""
    for number in range(FEEDS):
        items = [
            (f"{number}-{story}", f"Story {story} of feed {number}, version {version}")
            for story in range(version, version + STORIES)
        ]
        web[f"/{number}"] = Page(feeds.rss(f"Outlet {number}", items), etag=f'"{version}"')


def killed_at_some_moment(
    home: Home, moment: float, run: int
) -> tuple[list[tuple[int, str]], bool]:
    """Refresh and mark side by side, kill both.

    Gives the marks that were confirmed, and whether the refresh was caught alive.
    """
    refresh = subprocess.Popen(
        home.command("refresh", "--force", "--jsonl"),
        stdout=subprocess.DEVNULL,
        env=environment(),
    )
    marker = subprocess.Popen(
        [sys.executable, "-c", MARKER, str(home.folder), str(run)],
        stdout=subprocess.PIPE,
        env=environment(),
    )
    with suppress(subprocess.TimeoutExpired):
        refresh.wait(moment)
    alive = refresh.poll() is None
    refresh.kill()
    marker.kill()
    out, _ = marker.communicate()
    refresh.wait()
    # A line that was cut off by the kill was not confirmed.
    lines = out.decode().split("\n")[:-1]
    return [(int(line.split()[0]), line.split()[1]) for line in lines], alive


def test_kills_lose_no_confirmed_mark_and_the_next_refresh_completes(
    home: Home, web: Web
) -> None:
    # Given fifty feeds, their stories stored
    publish(web, 0)
    rows = "".join(f"<outline xmlUrl='{web.url(f'/{n}')}'/>" for n in range(FEEDS))
    home.run("import", "-", stdin=f"<opml><body>{rows}</body></opml>".encode())
    assert home.run("refresh").code == 0

    # When refreshes and marks are killed so many times
    moments = random.Random(8)
    confirmed: list[tuple[int, str]] = []
    caught = 0
    for run in range(1, KILLS + 1):
        publish(web, run)
        marks, alive = killed_at_some_moment(home, moments.uniform(0.3, 1.6), run)
        confirmed += marks
        caught += alive
        with_db = store.open(home.paths.database)
        assert with_db.set_aside is None
        assert store.check(with_db.db) == "ok"
        with_db.db.close()

    # Then every confirmed mark is there
    print(f"{KILLS} kills, {caught} caught alive, {len(confirmed)} marks confirmed")
    assert confirmed, "the kills came too early to prove anything"
    assert caught > KILLS // 4, "the kills came too late to prove anything"
    db = store.open(home.paths.database).db
    tags = {
        (row[1], row[0]) for row in db.execute("SELECT tag, article_id FROM article_tag")
    }
    starred = {row[0] for row in db.execute("SELECT article_id FROM mark WHERE starred")}
    assert set(confirmed) <= tags
    assert {article for article, _ in confirmed} <= starred
    # and the next refresh completes the job: every story of the last version is stored
    assert home.run("refresh", "--force").code == 0
    stored = {(row[0], row[1]) for row in db.execute("SELECT key, title FROM article")}
    wanted = {
        (f"{number}-{story}", f"Story {story} of feed {number}, version {KILLS}")
        for number in range(FEEDS)
        for story in range(KILLS, KILLS + STORIES)
    }
    assert wanted <= stored
    assert store.check(db) == "ok"
    # With rank 1 the index is compared with the texts that it is about.
    db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    db.close()
