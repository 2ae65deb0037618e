"""Commands about autotui itself: keys, config, doctor."""

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import Final

from autotui import __version__, clean, cli, images, reference
from autotui import config as settings
from autotui.cli import output, unattended
from autotui.cli.feeds import library
from autotui.errors import AutotuiError, ConfigError
from autotui.model import Feed, how_many
from autotui.paths import Paths

_PACKAGES: Final = ("textual", "httpx", "feedparser", "platformdirs", "lxml")
_LOW_DISK: Final = 50_000_000


async def keys(options: argparse.Namespace, places: Paths) -> int:
    """List the keys in force."""
    from autotui.ui import keys as page

    found = page.in_force(settings.load(places.config), places.config)
    if options.markdown:
        print(page.as_markdown(found))
        return cli.DONE
    output.rows(
        options,
        [{"keys": each.shown, "id": each.id, "text": each.text} for each in found],
        ("keys", "id", "text"),
    )
    return cli.DONE


async def config(options: argparse.Namespace, places: Paths) -> int:
    """Show where the config file is, check it, or show or explain every setting."""
    if options.what == "path":
        print(places.config)
        return cli.DONE
    if options.what == "reference":
        print(reference.as_markdown(), end="")
        return cli.DONE
    loaded = settings.load(places.config)
    if options.what == "check":
        from autotui.ui import keys as page
        from autotui.ui import themes

        page.in_force(loaded, places.config)
        themes.check(loaded, places.config)
        state = "is fine" if places.config.exists() else "is not there; defaults hold"
        print(f"{places.config} {state}")
        return cli.DONE
    found = [
        {"name": each.name, "value": each.value, "source": each.source}
        for each in reference.in_force(loaded, places.config)
    ]
    output.rows(options, found, ("name", "value", "source"))
    return cli.DONE


async def doctor(options: argparse.Namespace, places: Paths) -> int:
    """Say how autotui is set up, and what is wrong."""
    rows: list[dict[str, object]] = [
        _row("autotui", __version__),
        _row("python", f"{platform.python_version()} on {platform.platform()}"),
        *(_row(name, metadata.version(name)) for name in _PACKAGES),
        _terminal(),
        _config(places),
        *_images(places),
        *await _database(places),
        _disk(places),
        _row("log", str(places.log)),
        *_unattended(places),
    ]
    output.rows(options, rows, ("state", "name", "value"))
    return cli.DONE if all(row["state"] == "ok" for row in rows) else cli.FAILED


def _row(name: str, value: str, *, wrong: bool = False) -> dict[str, object]:
    return {"state": "wrong" if wrong else "ok", "name": name, "value": value}


def _unattended(places: Paths) -> Iterator[dict[str, object]]:
    """Say how to refresh by cron, and by a timer where there is systemd."""
    yield _row(*unattended.cron(places))
    if shutil.which("systemctl"):
        yield from (_row(*each) for each in unattended.systemd(places))


def _terminal() -> dict[str, object]:
    term = os.environ.get("TERM", "")
    colours = os.environ.get("COLORTERM") or "as TERM says"
    where = "a terminal" if sys.stdout.isatty() else "no terminal here"
    return _row("terminal", f"TERM={term or 'unset'}, colours {colours}, {where}")


def _config(places: Paths) -> dict[str, object]:
    try:
        settings.load(places.config)
    except ConfigError as error:
        return _row("config", str(error), wrong=True)
    state = "" if places.config.exists() else " (not there; defaults hold)"
    return _row("config", f"{places.config}{state}")


def _images(places: Paths) -> Iterator[dict[str, object]]:
    """Say whether lead images are shown; nothing where the config cannot be read."""
    try:
        wanted = settings.load(places.config).images
    except ConfigError:
        return
    if not wanted.cache:
        yield _row("images", "off; cache = true under [images] in the config shows them")
    elif not images.supported():
        told = "on, but Pillow is not there: pip install 'autotui[images]'"
        yield _row("images", told, wrong=True)
    else:
        yield _row("images", f"on, up to {wanted.megabytes:,} MB in {places.images}")


async def _database(places: Paths) -> list[dict[str, object]]:
    try:
        async with library(places) as door:
            verdict = await door.keeping.check()
            counts, feeds = await door.counts(), await door.feeds()
            condition = door.condition
    except AutotuiError as error:
        return [_row("database", str(error), wrong=True)]
    rows = [_row("database", f"{places.database}: {verdict}", wrong=verdict != "ok")]
    if condition.told:
        rows.append(_row("damaged", condition.told, wrong=True))
    elif condition.read_only:
        rows.append(_row("read-only", "it can be read, but nothing stored", wrong=True))
    damaged = sorted(places.database.parent.glob(f"{places.database.name}.corrupt-*"))
    if aside := [each for each in damaged if not each.name.endswith(("-wal", "-shm"))]:
        rows.append(_row("set aside", f"{len(aside)} damaged, newest {aside[-1]}"))
    rows.append(_row("feeds", f"{len(feeds)}, {how_many(counts.total)}"))
    return [*rows, *_feeds(feeds)]


def _feeds(feeds: tuple[Feed, ...]) -> Iterator[dict[str, object]]:
    """Say of each feed that fails what is wrong, since when, and what to do."""
    ids = {feed.url: feed.id for feed in feeds}
    for feed in feeds:
        name = f"{feed.id} {feed.title}"
        if feed.error:
            well = output.moment(feed.succeeded_at) or "never"
            again = output.moment(feed.next_check_at) or "never"
            told = f"{name}: {feed.error}. Last went well: {well}; asked again: {again}."
            yield _row("feed", f"{told} {feed.advice}".rstrip(), wrong=True)
        if feed.moved_to:
            other = ids.get(feed.moved_to, feed.id)
            what = "it is followed and, if that lasts for a day, kept as the address"
            if other != feed.id:
                what = f"which is feed {other}: 'autotui remove' takes one of the two away"
            place = clean.public(feed.moved_to)
            yield _row("moved", f"{name}: its server redirects to {place}; {what}")


def _disk(places: Paths) -> dict[str, object]:
    folder = places.database.parent
    if not folder.exists():
        return _row("disk", f"{folder} is not there yet")
    free = shutil.disk_usage(folder).free
    return _row("disk", f"{free // 1_000_000:,} MB free", wrong=free < _LOW_DISK)
