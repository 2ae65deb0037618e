"""Faults of the machine: each ends with one clear line, and nothing is lost."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autotui import cli, query
from autotui.library import Library
from autotui.store import schema
from conftest import LOOPBACK
from support import faults, feeds
from support.homes import Home, Ran, environment
from support.terminals import Terminal
from support.web import Page, Web, silence, unused_port

ITEMS = [(f"g{n}", f"Story {n}") for n in range(40)]


@pytest.fixture
def stocked(home: Home, web: Web) -> Home:
    """A home with a feed, a starred and a tagged story."""
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS), etag='"1"')
    assert home.run("add", web.url("/feed"), "--folder", "Cars").code == 0
    assert home.run("mark", "1", "2", "--star").code == 0
    assert home.run("tag", "3", "+keep").code == 0
    return home


def one_line(ran: Ran, *words: str) -> None:
    """Expect exactly one line for people, which says these words."""
    assert len(ran.err.splitlines()) == 1, ran
    assert ran.err.startswith("autotui"), ran.err
    for word in words:
        assert word in ran.err, ran.err


def all_is_there(home: Home) -> None:
    """Expect what ``stocked`` holds, and that it can be changed."""
    assert home.run("feeds", "--json").json[0]["folder"] == "Cars"
    starred = home.run("list", "is:starred", "--json").json
    assert {story["id"] for story in starred} == {1, 2}
    assert [story["id"] for story in home.run("list", "tag:keep", "--json").json] == [3]
    assert len(home.run("list", "--json").json) == len(ITEMS)
    assert home.run("mark", "4", "--later", "--json").json == {"changed": [4]}


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
            terminal.wait_for("may not be written to")
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
    (aside,) = (
        each
        for each in stocked.folder.glob("autotui.db.corrupt-*")
        if each.suffix[-4:] != "-wal"
    )
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
        db.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 3}")
    db.close()
    before = {each.name: each.read_bytes() for each in stocked.folder.iterdir()}
    for command in (("feeds",), ("refresh", "--force"), ("mark", "1", "--read")):
        ran = stocked.run(*command)
        assert ran.code == cli.FAILED
        one_line(ran, str(len(schema.MIGRATIONS) + 3), f"version {len(schema.MIGRATIONS)}")
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
    # And when the clock is right again the feed is asked again, within a day.
    async with Library(stocked.paths, LOOPBACK, inline=True) as library:
        (feed,) = await library.feeds()
        assert await library.due([feed]) == (feed.id,)


# Signals.


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
)
def test_a_signal_during_a_refresh_ends_it_with_a_word(
    stocked: Home, web: Web, number: signal.Signals, code: int
) -> None:
    web["/feed"] = silence
    process = subprocess.Popen(
        stocked.command("refresh", "--force"), env=environment(), stderr=subprocess.PIPE
    )
    asked = len(web.asked)
    while len(web.asked) == asked:
        os.sched_yield()
    process.send_signal(number)
    _, told = process.communicate(timeout=30)

    assert process.returncode == code
    one_line(Ran(code, "", told.decode()), "interrupted", "stays stored")
    all_is_there(stocked)


# What is around a command.


def test_an_ascii_locale_prints_every_story(home: Home, web: Web) -> None:
    web["/feed"] = Page(feeds.rss("Ütlet", [("a", "BYD \u6bd4\u4e9a\u8fea \U0001f697")]))
    assert home.run("add", web.url("/feed")).code == 0
    for extra in ({"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}):
        for command in (("list",), ("list", "--json"), ("show", "1")):
            ran = faults.run(home, *command, **extra)
            assert (ran.code, ran.err) == (0, ""), ran


HOMES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
PLAIN = (sys.executable, "-m", "autotui")


def test_without_a_home_the_system_s_own_word_for_it_holds(tmp_path: Path) -> None:
    # --version and the like need no home, and a folder may always be named.
    ran = faults.run_line([*PLAIN, "--home", str(tmp_path), "feeds"], without=HOMES)
    assert (ran.code, ran.err) == (0, "")


def test_a_home_that_may_not_be_written_to_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    ran = faults.run_line(
        [*PLAIN, "feeds"], faults.without_rights, without=HOMES[1:], HOME=str(tmp_path)
    )
    tmp_path.chmod(0o755)
    assert ran.code == cli.FAILED
    one_line(ran, str(tmp_path), "Permission denied")


@pytest.mark.parametrize("name", ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"])
def test_a_folder_of_the_desktop_that_is_a_file_is_told_or_not_needed(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    places = {each: str(tmp_path / each) for each in HOMES} | {name: str(tmp_path / "file")}
    ran = faults.run_line([*PLAIN, "feeds"], **places)
    if name == "XDG_STATE_HOME":
        assert (ran.code, ran.err) == (0, "")
    else:
        one_line(ran, str(tmp_path / "file"))
        assert ran.code in {cli.FAILED, cli.WRONG_CONFIG}


def test_a_dumb_terminal_and_no_terminal_are_told(stocked: Home) -> None:
    with Terminal(stocked.command(), environment(TERM="dumb")) as terminal:
        assert terminal.wait_exit() == cli.WRONG_USE
        assert b"TERM" in terminal.output
        assert b"\x1b" not in terminal.output
    ran = stocked.run()
    assert ran.code == cli.WRONG_USE
    one_line(ran, "needs a terminal")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams_harm_nothing(stocked: Home, closed: str) -> None:
    for command in ("list", "refresh --force", "tag 5 +closed", "import -"):
        line = f"{' '.join(stocked.command())} {command} {closed}"
        ran = faults.run_line(["/bin/sh", "-c", line])
        assert "Traceback" not in ran.err
        assert command == "import -" or ran.code == 0, ran
    assert [story["id"] for story in stocked.run("list", "tag:closed", "--json").json] == [
        5
    ]
    all_is_there(stocked)


def test_a_reader_that_leaves_early_is_no_trouble(stocked: Home) -> None:
    line = " ".join(stocked.command("list", "--full", "--jsonl", "--limit", "0"))
    ran = faults.run_line(["/bin/sh", "-c", f"{line} | head -n 1"])
    assert ran.err == ""
    assert json.loads(ran.out)["title"] == "Story 39"


def test_a_folder_that_is_gone_from_under_a_command_is_no_trouble(
    stocked: Home, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    line = (
        f"mkdir {gone} && cd {gone} && rmdir {gone} && {' '.join(stocked.command('feeds'))}"
    )
    ran = faults.run_line(["/bin/sh", "-c", line])
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[network]\nat_once = \n", ("line 2",)),
        ("[netwrok]\n", ("netwrok", "network")),
        ("\x00", ("config.toml",)),
        ("[network]\nat_once = 'many'\n", ("network.at_once", "whole number")),
    ],
)
def test_a_config_that_is_wrong_says_where(
    stocked: Home, toml: str, words: tuple[str, ...]
) -> None:
    fine = stocked.paths.config.read_text()
    stocked.configure(toml)
    for command in (("feeds",), ("refresh",), ()):
        ran = stocked.run(*command)
        if command:
            assert ran.code == cli.WRONG_CONFIG
            one_line(ran, str(stocked.paths.config), *words)
    stocked.configure(fine)
    all_is_there(stocked)


def test_a_log_that_cannot_be_written_is_no_trouble(home: Home, web: Web) -> None:
    home.paths.log.mkdir()
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    assert home.run("add", web.url("/feed")).code == 0
    # What is damaged is written to the log.
    DAMAGE["header"](home.paths.database)
    one_line(home.run("feeds"), "was damaged")


def test_few_open_files_are_enough_or_it_is_told(home: Home, web: Web) -> None:
    paths = [f"/{number}" for number in range(200)]
    for path in paths:
        web[path] = Page(feeds.rss(f"Outlet {path}", ITEMS[:1]))
    rows = "".join(f"<outline xmlUrl='{web.url(path)}'/>" for path in paths)
    home.run("import", "-", stdin=f"<opml><body>{rows}</body></opml>".encode())

    few = faults.run(home, "refresh", "--jsonl", fault=faults.open_files(64))
    none = faults.run(home, "refresh", "--force", fault=faults.open_files(9))

    assert few.code == 0, few.err
    assert {line["status"] for line in few.lines} == {"ok"}
    assert none.code == cli.FAILED
    one_line(none, "open")
    assert len(home.run("list", "--json", "--limit", "0").json) == 200


def test_no_memory_for_the_parser_is_the_feed_s_trouble_alone(home: Home, web: Web) -> None:
    web["/big"] = Page(feeds.rss("Big", ITEMS, "Words. " * 20_000))
    web["/good"] = Page(feeds.rss("Good", ITEMS))
    for path in ("/big", "/good"):
        row = f"<opml><body><outline xmlUrl='{web.url(path)}'/></body></opml>"
        home.run("import", "-", stdin=row.encode())
    code = (
        "import sys\n"
        "from autotui import cli, offload\n"
        "offload.Offload.__init__.__kwdefaults__['memory_bytes'] = 48_000_000\n"
        "if __name__ == '__main__':\n    sys.exit(cli.main())\n"
    )
    script = home.folder / "small.py"
    script.write_text(code)
    ran = faults.run_line(
        [sys.executable, str(script), "--home", str(home.folder), "refresh", "--jsonl"]
    )
    told = {line["url"].rpartition("/")[2]: line for line in ran.lines}
    assert told["good"]["error"] is None
    assert "memory" in told["big"]["error"] or "died" in told["big"]["error"]
    assert (ran.code, ran.err) == (cli.SOME_FEEDS_FAILED, "")


def test_no_network_is_each_feed_s_trouble_and_costs_nothing(
    stocked: Home, web: Web
) -> None:
    dead = f"http://127.0.0.1:{unused_port()}/feed"
    nowhere = "http://no-such-host.invalid/feed"
    rows = "".join(f"<outline xmlUrl='{url}'/>" for url in (dead, nowhere))
    stocked.run("import", "-", stdin=f"<opml><body>{rows}</body></opml>".encode())
    ran = stocked.run("refresh", "--force", "--jsonl")
    told = {line["url"]: line["error"] for line in ran.lines}
    assert "refused" in told[dead]
    assert "no-such-host.invalid" in told[nowhere]
    assert ran.code == cli.SOME_FEEDS_FAILED


def test_files_that_are_not_there_or_not_ours_are_told(
    stocked: Home, tmp_path: Path
) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(bytes(range(256)) * 40)
    for file in (tmp_path / "none.opml", tmp_path, binary):
        ran = stocked.run("import", str(file))
        assert ran.code == cli.FAILED
        one_line(ran)
    all_is_there(stocked)
