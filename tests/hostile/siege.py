"""Every feed of a group served, refreshed between good neighbours, and what came of it."""

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from hostile.groups import Group
from hostile.histories import neighbour
from support import watched
from support.homes import Home, environment
from support.web import Behaviour, Exchange, Web

NEIGHBOURS = ("/first", "/last")
_SECONDS = 280


@dataclass(frozen=True)
class Outcome:
    """What the refreshes of a group told and stored; what JSON can hold."""

    home: str
    """The folder of autotui's home."""
    codes: list[int]
    """The refreshes' exit codes."""
    told: dict[str, dict[str, Any]]
    """By path, what the last refresh said of a feed."""
    feeds: dict[str, dict[str, Any]]
    stories: dict[str, list[dict[str, Any]]]
    printed: list[str]
    """All that the commands wrote."""
    asked: list[str]
    seconds: list[float]
    largest: int
    together: int


def lay(folder: Path, group: Group) -> Outcome:
    """Serve the feeds, refresh so many times, and look at what is stored."""
    home = Home(folder)
    home.configure(f"[network]\nallow_private = true\n{group.config}")
    with ExitStack() as servers:
        common = servers.enter_context(Web())
        paths = {common.url(path): path for path in NEIGHBOURS}
        for path in NEIGHBOURS:
            common[path] = neighbour()
        for each in group.cases:
            web = servers.enter_context(Web()) if each.apart else common
            web[each.path] = _in_turn(each.answers)
            web.pages.update(each.more)
            paths[web.url(each.path)] = each.path
        _subscribe(home, paths)
        runs = [
            watched.run(
                home.command("refresh", "--force", "--jsonl"), environment(), _SECONDS
            )
            for _ in range(group.fetches)
        ]
        return _outcome(home, group, runs, paths, common.paths())


def _in_turn(answers: Sequence[Behaviour]) -> Behaviour:
    """Give the first answer at the first fetch, and so on; the last one for good."""
    fetch = count()

    def behave(exchange: Exchange) -> None:
        answers[min(next(fetch), len(answers) - 1)](exchange)

    return behave


def _subscribe(home: Home, paths: Mapping[str, str]) -> None:
    """Subscribe to one neighbour, all the feeds, and the other neighbour."""
    first, last, *others = paths
    rows = "".join(f"<outline xmlUrl={quoteattr(url)}/>" for url in (first, *others, last))
    opml = f"<opml><body>{rows}</body></opml>"
    imported = home.run("import", "-", "--json", stdin=opml.encode())
    assert imported.json["added"] == len(paths), imported


def _outcome(
    home: Home,
    group: Group,
    runs: Sequence[watched.Watched],
    paths: Mapping[str, str],
    asked: list[str],
) -> Outcome:
    full = ("--full",) if group.full else ()
    listed = home.run("list", *full, "--json", "--limit", "0")
    feeds, plain = home.run("feeds", "--json"), home.run("feeds")
    stories: dict[str, list[dict[str, Any]]] = {path: [] for path in paths.values()}
    for story in listed.json:
        stories[paths[story["feed_url"]]].append(story)
    lines = map(json.loads, runs[-1].out.splitlines())
    return Outcome(
        home=str(home.folder),
        codes=[run.code for run in runs],
        told={paths[line["url"]]: line for line in lines},
        feeds={paths[feed["url"]]: feed for feed in feeds.json},
        stories=stories,
        printed=[listed.out, feeds.out, plain.out, *(run.out + run.err for run in runs)],
        asked=asked,
        seconds=[run.seconds for run in runs],
        largest=max(run.largest for run in runs),
        together=max(run.together for run in runs),
    )
