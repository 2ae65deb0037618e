"""The command line as scripts use it: fields, exit codes, where output goes."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autotui import cli
from support import feeds
from support.homes import Home, Ran, environment
from support.web import Page, Web

ITEMS = [("one", "First story"), ("two", "Second story"), ("three", "Third story")]
Run = Callable[..., Ran]


@pytest.fixture
def run(home: Home, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """The command line in this process: no start-up to wait for."""

    def run(*arguments: str) -> Ran:
        capfdbinary.readouterr()
        try:
            code = cli.main(["--home", str(home.folder), *arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return run


@pytest.fixture
def outlet(web: Web, run: Run) -> str:
    """A feed that was added, its three stories stored."""
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS), etag='"1"')
    assert run("add", web.url("/feed")).code == 0
    return web.url("/feed")


FEED_MORE = {
    *("advice", "succeeded_at", "moved_to", "full_text", "selectors"),
    *("minutes", "muted", "keep_days"),
}
FEED_FIELDS = {
    *("id", "url", "title", "site_url", "folder", "unread", "total"),
    *("checked_at", "next_check_at", "failures", "error"),
}
STORY_FIELDS = {
    *("id", "feed_id", "feed_url", "feed_title", "key", "title", "url", "author"),
    *(
        "published_at",
        "dated",
        "updated_at",
        "seen_at",
        "language",
        "read",
        "starred",
        "later",
    ),
    *("tags", "score", "words", "completeness", "source", "categories"),
    "automatic",
    "enclosures",
}


def test_a_feed_is_added_once(web: Web, run: Run) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    first = run("add", web.url("/feed"), "--folder", "Cars", "--title", "Mine", "--json")
    assert first.json.keys() >= FEED_FIELDS
    assert (first.json["title"], first.json["folder"]) == ("Mine", "Cars")
    assert (first.json["total"], first.json["added"]) == (3, True)
    assert run("add", web.url("/feed"), "--json").json["added"] is False
    assert len(run("feeds", "--json").json) == 1


def test_a_page_with_several_feeds_lists_them_and_fails(web: Web, run: Run) -> None:
    link = "<link rel=alternate type=application/rss+xml href=/{0} title={0}>"
    web["/"] = Page(f"<html>{link.format('a')}{link.format('b')}</html>".encode())
    web["/a"] = Page(feeds.rss("A", ITEMS))
    ran = run("add", web.url("/"))
    assert ran.code == 1
    assert web.url("/a") in ran.out
    assert web.url("/b") in ran.out
    assert "--first" in ran.err
    assert run("add", "--first", web.url("/")).code == 0


def test_a_feed_is_found_by_id_or_address_edited_and_removed(outlet: str, run: Run) -> None:
    edited = run("edit", outlet, "--title", "New", "--folder", "F", "--json").json
    assert (edited["title"], edited["folder"]) == ("New", "F")
    assert run("edit", "1", "--title", "", "--json").json["title"] == "Outlet"
    assert run("remove", "1").code == 0
    assert run("feeds", "--json").json == []
    missing = run("remove", "1")
    assert missing.code == 1
    assert missing.err.count("\n") == 1


def test_all_settings_of_a_feed_can_be_edited(outlet: str, run: Run) -> None:
    options = ("--every", "90", "--keep-days", "30", "--mute", "--full-text", "never")
    edited = run("edit", "1", *options, "--selector", "main", "--json").json
    assert (edited["minutes"], edited["keep_days"], edited["muted"]) == (90, 30, True)
    assert (edited["full_text"], edited["selectors"]) == ("never", ["main"])
    assert run("list", "--json").json == []

    back = run("edit", "1", "--every", "0", "--keep-days", "0", "--unmute", "--json").json
    assert (back["minutes"], back["keep_days"], back["muted"]) == (None, None, False)
    assert back["full_text"] == "never"
    wrong = run("edit", "1", "--every", "3")
    assert (wrong.code, wrong.err.count("\n")) == (1, 1)


def test_the_health_of_the_feeds_is_told(outlet: str, run: Run) -> None:
    (told,) = run("feeds", "--health", "--json").json
    assert (told["id"], told["title"], told["failures"]) == (1, "Outlet", 0)
    assert (told["opened"], told["tagged"], told["trouble"]) == (0, 0, None)
    assert told["newest_at"].endswith("Z")
    shown = run("feeds", "--health").out
    assert "stories a week" in shown
    assert "Outlet" in shown


def test_an_edited_address_is_one_and_no_other_feeds(
    outlet: str, web: Web, run: Run
) -> None:
    web["/other"] = Page(feeds.rss("Other", ITEMS))
    run("add", web.url("/other"))
    for wrong, said in (
        ("file:///etc/passwd", "http"),
        (web.url("/other"), "another feed"),
    ):
        ran = run("edit", "1", "--url", wrong)
        assert (ran.code, ran.err.count("\n")) == (1, 1)
        assert said in ran.err
    harmless = run("edit", "1", "--folder", "a\x1b[2Jb", "--json").json
    assert harmless["folder"] == "a[2Jb"


def test_listings_hold_the_fields_of_the_contract(outlet: str, run: Run) -> None:
    (feed,) = run("feeds", "--json").json
    assert feed.keys() == {*FEED_FIELDS, *FEED_MORE}
    stories = run("list", "--json").json
    assert [each["title"] for each in stories] == [
        "Third story",
        "Second story",
        "First story",
    ]
    assert all(each.keys() == STORY_FIELDS for each in stories)
    assert stories[0]["published_at"] == "2024-01-03T08:00:00Z"
    assert stories[0]["author"] is None
    assert run("list", "--jsonl").lines == stories
    (full,) = run("list", "--limit", "1", "--full", "--json").json
    assert full.keys() == STORY_FIELDS | {"text", "markdown", "links"}
    shown = run("show", str(full["id"]), "--json").json
    assert shown == shown | full
    assert shown.keys() - full.keys() == {
        "facts",
        "names",
        "suggestions",
        "images",
        "metadata",
    }


def test_limit_zero_is_all(web: Web, run: Run) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", [(f"g{n}", f"Story {n}") for n in range(230)]))
    run("add", web.url("/feed"))
    assert len(run("list", "--json").json) == 50
    assert len(run("list", "--limit", "0", "--jsonl").lines) == 230


def test_refresh_tells_a_line_for_each_feed_and_its_code_says_how_it_went(
    outlet: str, web: Web, run: Run
) -> None:
    (line,) = run("refresh", "--force", "--jsonl").lines
    assert line.keys() == {
        *("feed_id", "url", "status", "new", "changed", "error", "seconds"),
        *("moved_to", "reason"),
    }
    assert (line["status"], line["new"], line["error"]) == ("unchanged", 0, None)
    (skipped,) = run("refresh", "--json").json
    assert skipped["status"] == "skipped"

    web["/feed"] = Page(b"", status=500)
    failed = run("refresh", "1", "--json")
    assert (failed.code, failed.json[0]["status"]) == (4, "failed")
    web["/other"] = Page(feeds.rss("Other", ITEMS))
    run("add", web.url("/other"))
    some = run("refresh", "--force")
    assert some.code == 5
    assert "500" in some.out


def test_marks_and_tags_tell_what_changed(outlet: str, run: Run) -> None:
    ids = [each["id"] for each in run("list", "--json").json]
    assert run("mark", str(ids[0]), "--star", "--json").json == {"changed": [ids[0]]}
    assert run("mark", str(ids[0]), "--star", "--json").json == {"changed": []}
    assert run("mark", "is:unread", "--read", "--json").json == {"changed": ids}
    assert run("mark", "-is:starred", "--unread", "--json").json == {"changed": ids[1:]}
    assert run("mark", *map(str, ids[1:]), "--later").out == "2 changed\n"
    assert run("mark", str(ids[1]), "--not-later").code == 0
    assert run("mark", str(ids[0]), "--unstar", "--json").json == {"changed": [ids[0]]}
    assert run("tag", str(ids[0]), "+ev-drivetrain", "+Two Words", "--json").json == {
        "changed": [ids[0]]
    }
    (tagged,) = run("list", "tag:ev-drivetrain", "--json").json
    assert tagged["tags"] == ["ev-drivetrain", "two-words"]
    assert run("tag", "tag:ev-drivetrain", "-two-words").out == "1 changed\n"
    assert run("list", "tag:two-words", "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nonsense"], 2, "nonsense"),
        (["list", "is:unred"], 2, "unread"),
        (["list", '"open'], 2, "not closed"),
        (["list", "--limit", "-1"], 2, "limit"),
        (["show", "99"], 1, "99"),
        (["mark", "99", "--read"], 1, "99"),
        (["mark", "1"], 2, "--read"),
        (["mark", "", "--read"], 2, "no story"),
        (["tag", "1"], 2, "+inverter"),
        (["tag", "+x"], 2, "+inverter"),
        (["add", "ftp://example.org/"], 1, "http"),
        (["import", "/no/such/file.opml"], 1, "/no/such/file.opml"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    run: Run, outlet: str, arguments: list[str], code: int, said: str
) -> None:
    ran = run(*arguments)
    assert ran.code == code
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[network\n", "line 1"),
        ("[network]\nallow_privat = true\n", "network.allow_private"),
        ("[network]\ntimeout_seconds = 'x'\n", "network.timeout_seconds"),
        ("[netwrk]\n", "network"),
        ("[refresh]\nminutes = 1\n", "5 to"),
        ("[ui]\nmouse = 1\n", "true or false"),
        ("[keys]\npreset = 'emac'\n", "vim"),
    ],
)
def test_a_wrong_config_ends_with_three_and_names_file_and_key(
    home: Home, run: Run, toml: str, said: str
) -> None:
    home.configure(toml)
    ran = run("feeds")
    assert ran.code == 3
    assert said in ran.err
    assert str(home.paths.config) in ran.err


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[keys]\nundoo = 'x'\n", "undo"),
        ("[keys]\nundo = 'q'\n", "back"),
        ("[keys]\nundo='xx'", "xx"),
    ],
)
def test_wrong_keys_are_found_by_the_check(
    home: Home, run: Run, toml: str, said: str
) -> None:
    home.configure(toml)
    ran = run("config", "check")
    assert ran.code == 3
    assert said in ran.err


def test_config_shows_where_it_is_and_every_setting(home: Home, run: Run) -> None:
    assert run("config", "path").out == f"{home.paths.config}\n"
    assert run("config", "check").code == 0
    settings = {
        each["name"]: each["value"] for each in run("config", "show", "--json").json
    }
    assert settings["network.allow_private"] is True
    assert settings["network.at_once"] == 16
    assert settings["ui.theme"] == "auto"


def test_opml_comes_in_and_goes_out(home: Home, run: Run) -> None:
    file = home.folder / "in.opml"
    file.write_text(
        "<opml version='2.0'><body><outline text='EV'>"
        "<outline text='Volt &amp; Co' type='rss' xmlUrl='https://volt.example/feed'"
        " htmlUrl='https://volt.example/'/></outline>"
        "<outline text='Bad' xmlUrl='file:///etc/passwd'/>"
        "<outline xmlUrl='https://volt.example/feed'/></body></opml>"
    )
    ran = run("import", str(file), "--json")
    assert (ran.code, ran.json["added"], ran.json["known"]) == (0, 1, 0)
    assert len(ran.json["refused"]) == 2
    assert all(each.keys() == {"url", "reason"} for each in ran.json["refused"])
    assert run("import", str(file), "--json").json["known"] == 1
    (feed,) = run("feeds", "--json").json
    assert (feed["title"], feed["folder"]) == ("Volt & Co", "EV")

    exported = run("export", "--opml").out
    run("remove", "1")
    file.write_text(exported)
    assert run("import", str(file)).code == 0
    assert run("export").out == exported


def test_a_private_address_in_a_file_is_refused_unless_the_config_allows_it(
    home: Home, run: Run
) -> None:
    rows = (
        "http://127.0.0.1/f",
        "http://192.168.1.1/f",
        "http://localhost/f",
        "http://[::1]/f",
    )
    outlines = "".join(f"<outline xmlUrl='{url}'/>" for url in rows)
    file = home.folder / "in.opml"
    file.write_text(f"<opml><body>{outlines}</body></opml>")
    home.configure("")
    ran = run("import", str(file), "--json").json
    assert (ran["added"], len(ran["refused"])) == (0, 4)
    assert all("allow_private" in each["reason"] for each in ran["refused"])
    home.configure("[network]\nallow_private = true\n")
    assert run("import", str(file), "--json").json["added"] == 4


def test_keys_are_listed_with_ids_and_what_the_config_made_of_them(
    home: Home, run: Run
) -> None:
    home.configure("[keys]\npreset = 'newsboat'\nundo = 'ctrl+y'\n")
    listed = {each["id"]: each["keys"] for each in run("keys", "--json").json}
    assert listed["undo"] == "Ctrl-Y"
    assert listed["toggle-read"] == "N m"
    assert listed["tag-drivetrain"] == "e"


def test_a_story_is_shown_plainly_and_as_markdown(outlet: str, run: Run) -> None:
    plain = run("show", "1").out
    assert "joins motor, inverter and gears" in plain
    assert "https://outlet.example/" in plain
    assert run("show", "1", "--markdown").out.startswith("# ")


def test_the_doctor_is_content_and_says_when_it_is_not(
    home: Home, outlet: str, web: Web, run: Run
) -> None:
    assert run("doctor").code == 0
    web["/feed"] = Page(b"", status=404)
    run("refresh", "--force")
    ill = run("doctor", "--json")
    assert ill.code == 1
    (wrong,) = [row for row in ill.json if row["state"] != "ok"]
    assert "404" in wrong["value"]


def test_a_damaged_database_is_told_and_set_aside(home: Home, run: Run) -> None:
    run("feeds")
    for file in home.folder.glob("autotui.db*"):
        file.unlink()
    home.paths.database.write_bytes(b"nothing like a database" * 100)
    ran = run("feeds", "--json")
    assert (ran.code, ran.json) == (0, [])
    assert "corrupt-" in ran.err


def test_a_newer_database_is_refused_with_one_line(home: Home, run: Run) -> None:
    run("feeds")
    content = bytearray(home.paths.database.read_bytes())
    content[60:64] = (999).to_bytes(
        4, "big"
    )  # user_version, as SQLite's file format has it
    for file in home.folder.glob("autotui.db*"):
        file.unlink()
    home.paths.database.write_bytes(content)
    ran = run("list")
    assert ran.code == 1
    assert "999" in ran.err
    assert ran.err.count("\n") == 1
    assert home.paths.database.read_bytes() == content


def test_home_holds_everything(home: Home, outlet: str) -> None:
    names = {file.name for file in home.folder.iterdir()}
    assert names <= {
        "config.toml",
        "autotui.db",
        "autotui.db-wal",
        "autotui.db-shm",
        "autotui.db-open",
        "autotui.db-refresh",
        "autotui.log",
        "subscriptions.opml",
    }
    assert "autotui.db" in names


def test_a_reader_that_goes_away_ends_the_listing_quietly(home: Home, outlet: str) -> None:
    line = " ".join(home.command("list", "--full", "--jsonl"))
    done = subprocess.run(
        ["/bin/sh", "-c", f"{line} | head -c 10"],
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert done.stderr == b""


def test_without_a_terminal_the_reader_does_not_open(home: Home) -> None:
    for command in ((), ("demo",)):
        ran = home.run(*command)
        assert ran.code == 2
        assert "terminal" in ran.err
        assert ran.err.count("\n") == 1


def test_version_and_help_and_the_commands_load_nothing_heavy() -> None:
    heavy = "{'textual', 'rich', 'httpx', 'feedparser', 'lxml', 'sqlite3', 'asyncio'}"
    for arguments, allowed in (
        (["--version"], set[str]()),
        (["--help"], set[str]()),
        (["feeds"], {"asyncio", "sqlite3"}),
        (["list"], {"asyncio", "sqlite3"}),
    ):
        code = (
            "import sys, tempfile\n"
            "from autotui import cli\n"
            "try:\n"
            f"    home = ['--home', tempfile.mkdtemp()] * {len(allowed) > 0}\n"
            f"    cli.main(home + {arguments})\n"
            "except SystemExit: pass\n"
            f"print(sorted({heavy} & set(sys.modules)))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        loaded = set(json.loads(done.stdout.splitlines()[-1].replace("'", '"')))
        assert loaded == allowed, arguments


def test_the_module_runs_as_the_command_does(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "autotui", "--version"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout.startswith("autotui ")


def test_serving_without_its_extra_says_how_to_get_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    ran = run("serve")
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err == "autotui: this needs the extra 'web': pip install 'autotui[web]'\n"


def test_what_cannot_be_served_says_why(run: Run, home: Home) -> None:
    for host in ("192.0.2.1", "a" * 70):
        ran = run("serve", "--host", host)
        assert ran.code == 1
        assert ran.err.startswith(f"autotui: {host}:0 cannot be served: "), ran.err
    assert run("serve", "--port", "65536").code == 2
    home.configure("[ui]\ntheme = 1\n")
    assert run("serve").code == 3
