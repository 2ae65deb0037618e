"""A machine with a fault, for one command: no rights, no space, no files, no memory."""

import ctypes
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import pytest

from support import feeds
from support.homes import SECONDS, Home, Ran, environment
from support.web import Page, Web

ITEMS: Final = [(f"g{n}", f"Story {n}") for n in range(40)]
_CAPBSET_DROP: Final = 24
_RIGHTS: Final = (1, 2, 3)
"""By which root writes and reads whatever the permissions say (capabilities(7))."""
_LIBC: Final = ctypes.CDLL(None)


def without_rights() -> None:
    """Let permissions hold for root too, as they do for everybody else."""
    for right in _RIGHTS:
        _LIBC.prctl(_CAPBSET_DROP, right, 0, 0, 0)


def file_size(limit: int) -> Callable[[], None]:
    """Let no file grow beyond a size: what a disk does that is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def open_files(limit: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))


def run(
    home: Home,
    *arguments: str,
    fault: Callable[[], None] | None = None,
    variables: Mapping[str, str] | None = None,
) -> Ran:
    """Run a command where something is wrong."""
    return run_line(home.command(*arguments), fault, variables=variables)


def run_line(
    command: Sequence[str],
    fault: Callable[[], None] | None = None,
    *,
    variables: Mapping[str, str] | None = None,
    without: Sequence[str] = (),
) -> Ran:
    """Run a command line; ``without`` names what the environment has not."""
    whole = {**environment(), **(variables or {})}
    done = subprocess.run(
        command,
        input=b"",
        capture_output=True,
        timeout=SECONDS,
        check=False,
        env={name: each for name, each in whole.items() if name not in without},
        preexec_fn=fault,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def one_line(ran: Ran, *words: str) -> None:
    """Expect exactly one line for people, which says these words."""
    assert len(ran.err.splitlines()) == 1, ran
    assert ran.err.startswith("autotui"), ran.err
    for word in words:
        assert word in ran.err, ran.err


def all_is_there(home: Home) -> None:
    """Expect what ``stock`` stored, and that it can be changed."""
    stories = {story["id"]: story for story in home.run("list", "--json").json}
    assert len(stories) == len(ITEMS)
    assert {number for number, story in stories.items() if story["starred"]} == {1, 2}
    assert stories[3]["tags"] == ["keep"]
    assert home.run("mark", "4", "--later", "--json").json == {"changed": [4]}


def stock(home: Home, web: Web) -> Home:
    """Fill a home with a feed, two starred stories and a tagged one."""
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS), etag='"1"')
    assert home.run("add", web.url("/feed"), "--folder", "Cars").code == 0
    assert home.run("mark", "1", "2", "--star").code == 0
    assert home.run("tag", "3", "+keep").code == 0
    return home


def pantry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Web]]:
    """A home with a feed, two starred stories and a tagged one; and the feed's server."""
    with Web() as web:
        home = Home(tmp_path_factory.mktemp("pantry") / "home")
        home.configure("[network]\nallow_private = true\n[refresh]\nat_start = false\n")
        yield stock(home, web), web


def web(pantry: tuple[Home, Web]) -> Iterator[Web]:
    """The server of that feed."""
    _, web = pantry
    pages = dict(web.pages)
    yield web
    web.pages = pages


def stocked(home: Home, pantry: tuple[Home, Web]) -> Home:
    """A copy of that home."""
    full, _ = pantry
    shutil.copytree(full.folder, home.folder, dirs_exist_ok=True)
    return home
