"""Faults around a command: signals, no home, terminal, files, memory or network."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autotui import cli
from support import faults, feeds
from support.faults import ITEMS, all_is_there, one_line
from support.homes import Home, Ran, environment
from support.terminals import Terminal
from support.web import Page, Web, silence, unused_port

pantry = pytest.fixture(scope="module")(faults.pantry)
web = pytest.fixture(faults.web)
stocked = pytest.fixture(faults.stocked)


def test_an_ascii_locale_prints_every_story(home: Home, web: Web) -> None:
    web["/feed"] = Page(feeds.rss("Ütlet", [("a", "BYD \u6bd4\u4e9a\u8fea \U0001f697")]))
    assert home.run("add", web.url("/feed")).code == 0
    for extra in ({"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}):
        for command in (("list",), ("list", "--json"), ("show", "1")):
            ran = faults.run(home, *command, variables=extra)
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
        [*PLAIN, "feeds"],
        faults.without_rights,
        variables={"HOME": str(tmp_path)},
        without=HOMES[1:],
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
    ran = faults.run_line([*PLAIN, "feeds"], variables=places)
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
    home.paths.database.write_bytes(b"\xff" * 9_000)
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
