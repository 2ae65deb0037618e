"""Faults of the machine: each ends with one clear line, and nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autotui import cli, query
from autotui.library import Library
from autotui.store.migrations import MIGRATIONS
from conftest import LOOPBACK
from support import faults, feeds
from support.faults import ITEMS, all_is_there, one_line
from support.homes import Home, environment
from support.terminals import Terminal
from support.web import Page, Web

pantry = pytest.fixture(scope="module")(faults.pantry)
web = pytest.fixture(faults.web)
stocked = pytest.fixture(faults.stocked)


# The disk.


def test_a_full_disk_is_told_loses_nothing_and_is_soon_forgotten(
    stocked: Home, web: Web
) -> None:
    # Given a disk with no room for what a refresh brings
    size = stocked.paths.database.stat().st_size
    many = [(f"n{n}", f"New {n}") for n in range(900)]
    web["/feed"] = Page(feeds.rss("Outlet", many + ITEMS))

    ran = faults.run(stocked, "refresh", "--force", fault=faults.file_size(size + 4096))

    assert ran.code == cli.FAILED
    one_line(ran, str(stocked.paths.database), "disk", "try again")
    # and once there is room again all goes on
    assert len(stocked.run("list", "--json", "--limit", "0").json) == len(ITEMS)
    all_is_there(stocked)
    assert stocked.run("refresh", "--force").code == 0
    assert len(stocked.run("list", "--json", "--limit", "0").json) == 940


def test_a_mark_on_a_full_disk_says_that_it_is_not_kept(stocked: Home) -> None:
    ran = faults.run(stocked, "tag", "is:unread", "+x", fault=faults.file_size(4096))
    assert ran.code == cli.FAILED
    one_line(ran, "disk")
    all_is_there(stocked)


def test_an_output_that_is_full_is_told(stocked: Home) -> None:
    command = " ".join(stocked.command("list", "--json"))
    ran = faults.run_line(["/bin/sh", "-c", f"{command} > /dev/full"])
    assert ran.code == cli.FAILED
    one_line(ran, "could not be written", "No space left")


def test_in_a_read_only_folder_reading_works_and_writing_says_why_not(
    stocked: Home,
) -> None:
    os.chmod(stocked.folder, 0o555)  # noqa: PTH101
    os.chmod(stocked.paths.database, 0o444)  # noqa: PTH101
    fault = faults.without_rights
    try:
        listed = faults.run(stocked, "list", "--json", fault=fault)
        shown = faults.run(stocked, "show", "1", fault=fault)
        refused = [
            faults.run(stocked, *command, fault=fault)
            for command in (
                ("mark", "1", "--read"),
                ("tag", "1", "+x"),
                ("refresh", "--force"),
            )
        ]
        with Terminal(stocked.command(), environment(), prepared=fault) as terminal:
            terminal.wait_for("read-only", "Story 39", "joins motor")
            terminal.press("s")
            terminal.wait_for("permissions")
            terminal.press("ctrl+c")
            assert terminal.wait_exit() == 0
    finally:
        os.chmod(stocked.folder, 0o755)  # noqa: PTH101
        os.chmod(stocked.paths.database, 0o600)  # noqa: PTH101
    assert len(listed.json) == len(ITEMS)
    assert "joins motor" in shown.out
    assert [shown.err, listed.err] == ["", ""]
    for ran in refused:
        assert ran.code == cli.FAILED
        one_line(ran, str(stocked.paths.database), "may not be written to")
    all_is_there(stocked)


def test_a_folder_that_may_not_be_written_to_holds_no_new_home(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    ran = faults.run(Home(folder / "home"), "feeds", fault=faults.without_rights)
    assert ran.code == cli.FAILED
    one_line(ran, str(folder), "cannot be made: Permission denied")


# The database.


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // 4096 * 4096)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "truncated": cut,
    "header": lambda path: overwrite(path, 0, b"\xff" * 100),
    "first pages": lambda path: overwrite(path, 0, b"\0" * 12_288),
    "middle": lambda path: overwrite(path, 8_192, b"\x5a\xa5" * 20_000),
    "emptied": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("dear diary\n" * 500),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_database_is_kept_aside_told_and_given_back_as_far_as_it_goes(
    stocked: Home, how: str
) -> None:
    database = stocked.paths.database
    DAMAGE[how](database)
    content = database.read_bytes()

    ran = stocked.run("list", "--json", "--limit", "0")
    known = stocked.run("feeds", "--json")

    assert (ran.code, known.code) == (0, 0), ran
    one_line(ran, "was damaged", "saved from it: 1 feeds")
    (aside,) = stocked.folder.glob("autotui.db.corrupt-*Z")
    assert aside.read_bytes() == content
    assert str(aside) in ran.err
    assert [feed["folder"] for feed in known.json] == ["Cars"]
    assert known.err == ""
    # and doctor still tells of it
    assert str(aside) in stocked.run("doctor").out
    # and the next refresh brings what was lost
    assert stocked.run("refresh", "--force").code == 0
    assert len(stocked.run("list", "--json").json) == len(ITEMS)


def test_a_damaged_header_costs_no_mark(stocked: Home) -> None:
    DAMAGE["header"](stocked.paths.database)
    one_line(stocked.run("feeds"), "1 feeds, 40 stories, 2 marked stories, 1 tags")
    all_is_there(stocked)


def test_garbage_in_the_log_of_the_last_writes_costs_nothing(stocked: Home) -> None:
    database = stocked.paths.database
    database.with_name("autotui.db-wal").write_bytes(b"\x37\x7f\x06\x82garbage" * 900)
    database.with_name("autotui.db-shm").write_bytes(b"\xff" * 32_768)
    all_is_there(stocked)


def test_the_reader_opens_on_a_damaged_database_and_says_so(stocked: Home) -> None:
    DAMAGE["header"](stocked.paths.database)
    with Terminal(stocked.command(), environment()) as terminal:
        terminal.wait_for("The database was damaged", "Story 39")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 0


def test_a_newer_database_is_left_as_it_is_and_both_versions_named(stocked: Home) -> None:
    database = stocked.paths.database
    with sqlite3.connect(database) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 3}")
    db.close()
    before = {each.name: each.read_bytes() for each in stocked.folder.iterdir()}
    for command in (("feeds",), ("refresh", "--force"), ("mark", "1", "--read")):
        ran = stocked.run(*command)
        assert ran.code == cli.FAILED
        one_line(ran, str(len(MIGRATIONS) + 3), f"version {len(MIGRATIONS)}")
    after = {each.name: each.read_bytes() for each in stocked.folder.iterdir()}
    assert after == before


def test_a_database_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "autotui.db").mkdir()
    ran = Home(tmp_path).run("feeds")
    assert ran.code == cli.FAILED
    one_line(ran, str(tmp_path / "autotui.db"))


def test_a_database_may_be_a_link(stocked: Home) -> None:
    database = stocked.paths.database
    elsewhere = stocked.folder / "elsewhere"
    elsewhere.mkdir()
    shutil.move(database, elsewhere / "real.db")
    database.symlink_to(elsewhere / "real.db")
    all_is_there(stocked)
    assert database.is_symlink()


def test_four_who_mark_and_one_who_refreshes_wait_for_one_another(
    stocked: Home, web: Web
) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", [(f"n{n}", f"New {n}") for n in range(500)]))
    commands = [("refresh", "--force")] + [
        ("tag", *(str(id_) for id_ in range(1 + part * 10, 11 + part * 10)), f"+by{part}")
        for part in range(4)
    ]
    running = [
        subprocess.Popen(stocked.command(*each), env=environment(), stderr=subprocess.PIPE)
        for each in commands
    ]
    told = [process.communicate(timeout=60)[1] for process in running]
    assert [process.returncode for process in running] == [0] * 5, told
    for part in range(4):
        assert len(stocked.run("list", f"tag:by{part}", "--json").json) == 10
    assert len(stocked.run("list", "--json", "--limit", "0").json) == 540


# The clock.


@pytest.mark.parametrize("year", [1990, 2038, 2100])
async def test_a_clock_that_is_wrong_breaks_nothing(
    stocked: Home, web: Web, year: int
) -> None:
    def now() -> datetime:
        return datetime(year, 1, 20, 3, 14, 8, tzinfo=UTC)

    web["/feed"] = Page(feeds.rss("Outlet", [*ITEMS, ("new", "New story")]))
    async with Library(stocked.paths, LOOPBACK, inline=True, now=now) as library:
        async with aclosing(library.refresh(force=True)) as updates:
            (update,) = [update async for update in updates]
        assert update.error is None
        ids = (await library.listing(query.Query())).ids
        assert len(ids) == len(ITEMS) + 1
        assert all(
            one.published_at <= max(now(), datetime.now(UTC))
            for one in await library.articles(ids)
        )
        step = await library.mark(ids[:3], "later", on=True)
        assert step.ids
    # And when the clock is right again the feed is due within a week
    async with Library(stocked.paths, LOOPBACK, inline=True) as library:
        (feed,) = await library.feeds()
        week = datetime.now(UTC) + timedelta(days=7)
        library.now = lambda: week
        assert await library.due() == (feed.id,)
