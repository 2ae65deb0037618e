"""``fetch-full`` killed or interrupted at any moment: it goes on where it was."""

import json
import signal
import subprocess
from collections import Counter

import pytest

from autotui import store
from support import feeds
from support.homes import Home, environment
from support.web import Page, Web

STORIES, PER_HOST = 24, 2
TEASER = "Volt has shown what its next motor looks like, and it is …"


def page(number: int) -> bytes:
    told = "".join(
        f"<p>Part {part} of story {number} tells how motor {number}-{part} was built by "
        f"hand in the north, what it weighs, and why {number * 7 + part} engineers took "
        "three years to make it run without any noise at all.</p>"
        for part in range(8)
    )
    return f"<html><title>S</title><article><h1>S</h1>{told}</article></html>".encode()


@pytest.fixture
def stocked(home: Home, web: Web) -> Home:
    """A home with a feed of teasers, none of them fetched."""
    for number in range(STORIES):
        web[f"/s{number}"] = Page(page(number), content_type="text/html")
    items = [(f"s{number}", f"Story {number}") for number in range(STORIES)]
    feed = feeds.rss("Outlet", items, body=TEASER)
    web["/feed"] = Page(feed.replace(b"https://outlet.example/", web.url("/").encode()))
    home.configure(f"[network]\nallow_private = true\nper_host = {PER_HOST}\n")
    assert home.run("add", web.url("/feed")).code == 0
    web.asked.clear()
    return home


def ended_after(home: Home, lines: int, how: signal.Signals) -> tuple[set[str], int, str]:
    """End a fetch once it has told of so many stories.

    Gives the titles that it told of, its exit code, and what it said to people.
    """
    with subprocess.Popen(
        home.command("fetch-full", "--due", "--jsonl"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=environment(),
    ) as process:
        assert process.stdout
        told = [process.stdout.readline() for _ in range(lines)]
        process.send_signal(how)
        out, err = process.communicate()
    # A line that was cut off by the kill was not told.
    told += out.split(b"\n")[:-1]
    rows = [json.loads(line) for line in told if line.strip()]
    assert all(row["completeness"] == "full" for row in rows)
    return {row["title"] for row in rows}, process.returncode, err.decode()


def asked(web: Web, since: int = 0) -> Counter[str]:
    """How often each story was asked for since some request, by its title."""
    paths = [path for path in web.paths()[since:] if path != "/robots.txt"]
    return Counter(f"Story {path.removeprefix('/s')}" for path in paths)


def test_a_fetch_that_is_killed_goes_on_and_asks_for_nothing_twice(
    stocked: Home, web: Web
) -> None:
    # When it is killed twice on its way
    confirmed: set[str] = set()
    for lines in (2, 5):
        before = len(web.asked)
        told, code, _ = ended_after(stocked, lines, signal.SIGKILL)
        assert code == -signal.SIGKILL
        assert len(told) >= lines
        # what was told of before is neither told nor asked for again
        assert not (told | set(asked(web, before))) & confirmed
        confirmed |= told
        opened = store.open(stocked.paths.database)
        assert opened.set_aside is None
        assert store.check(opened.db) == "ok"
        opened.db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        opened.db.close()
    # Then the next one completes the job
    before = len(web.asked)
    assert stocked.run("fetch-full", "--due").code == 0
    assert not set(asked(web, before)) & confirmed
    titles = stocked.run("list", "is:full", "--limit", "0", "--json").json
    assert len(titles) == STORIES
    # and only what was under way was asked for once more
    assert asked(web).total() <= STORIES + 2 * PER_HOST
    assert web.paths().count("/robots.txt") == 1
    assert stocked.run("fetch-full", "--due", "--jsonl").out == ""


def test_a_fetch_that_is_interrupted_says_so_and_keeps_what_came(
    stocked: Home, web: Web
) -> None:
    told, code, said = ended_after(stocked, 4, signal.SIGINT)
    assert code == 130
    assert said == "autotui: interrupted; what was stored stays stored\n"
    rest = stocked.run("fetch-full", "--due", "--jsonl")
    assert not {line["title"] for line in rest.lines} & told
    assert len(asked(web)) == STORIES
    assert {asked(web)[title] for title in told} == {1}
