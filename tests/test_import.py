"""Lists of feeds through the command line, as users and scripts bring and take them."""

import json
import os
import socket
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from support import feeds
from support.homes import Home
from support.web import Page, Web

ITEMS = [("one", "First story")]
FEED = "https://a.example/f"


@pytest.fixture
def other(tmp_path: Path) -> Home:
    """A second, empty home."""
    home = Home(tmp_path / "other")
    home.configure("[network]\nallow_private = true\n")
    return home


def listed(home: Home) -> list[tuple[str, str, str | None, str | None]]:
    """What an exact round trip keeps, in order."""
    return [
        (each["url"], each["title"], each["folder"], each["site_url"])
        for each in home.run("feeds", "--json").json
    ]


def seconds() -> float:
    """What the commands have cost by now, whatever else the machine does.

    On an idle one 5,000 rows take 1.4 s and 50,000 rows 4.5 s.
    """
    times = os.times()
    return times.children_user + times.children_system


def outline(url: str, title: str = "A", more: str = "") -> str:
    return f'<outline text="{title}" xmlUrl="{url}" {more}/>'


def file(*outlines: str) -> bytes:
    return f"<opml version='2.0'><body>{''.join(outlines)}</body></opml>".encode()


def test_out_and_in_again_gives_the_same_list(home: Home, other: Home) -> None:
    # Given feeds with awkward titles, twin folders, an own title, and one without any
    rows = file(
        outline("https://a.example/1", "Say &quot;Volt&quot; &lt;&amp;&gt; 🚗"),
        "<outline text='Cars'><outline text='AC/DC'>"
        + outline("https://a.example/2", "سيارة &#10; zwei")
        + outline(
            "https://a.example/3", "&lt;x&gt; &amp;amp;amp;", "htmlUrl='https://s.example/'"
        )
        + "</outline></outline>",
        *(
            f"<outline text='{folder}'>"
            + outline(f"https://a.example/{folder}{n}", "Same")
            + "</outline>"
            for n in "12"
            for folder in ("cars", "Cars", "CARS")
        ),
        '<outline xmlUrl="https://untitled.example/feed?a=1&amp;b=2"/>',
        outline("https://a.example/4", "Old"),
    )
    assert home.run("import", "-", stdin=rows).code == 0
    home.run("edit", "https://a.example/4", "--title", "<b>My</b> &lt;own&gt;")

    # When they go out, and into an empty home, and out of that
    exported = home.run("export", "--opml")
    other.run("import", "-", stdin=exported.out.encode())

    # Then both homes list the same, and give the same file
    assert listed(other) == listed(home)
    assert len(listed(home)) == 11
    assert {each[1] for each in listed(other)} >= {
        "<b>My</b> &lt;own&gt;",
        "untitled.example",
    }
    assert other.run("export").out == exported.out
    assert exported.err == ""
    # and any XML parser reads the file
    assert len(ET.fromstring(exported.out).findall(".//outline[@xmlUrl]")) == 11


def test_an_own_title_stays_and_the_publishers_follows(
    home: Home, other: Home, web: Web
) -> None:
    # Given a feed with the publisher's title, one with the reader's own, one never fetched
    for name in ("plain", "own", "new"):
        web[f"/{name}"] = Page(feeds.rss(f"Outlet & {name}", ITEMS))
    home.run("add", web.url("/plain"))
    home.run("add", web.url("/own"), "--title", "Mine")
    home.run("import", "-", stdin=file(f'<outline xmlUrl="{web.url("/new")}"/>'))

    # When they are brought to another home, and fetched there
    other.run("import", "-", stdin=home.run("export").out.encode())
    assert listed(other) == listed(home)
    other.run("refresh")

    # Then the publisher's title follows the publisher, and the reader's own stays
    for name in ("plain", "own", "new"):
        web[f"/{name}"] = Page(feeds.rss(f"Renamed {name}", ITEMS))
    other.run("refresh", "--force")
    titles = {url.rpartition("/")[2]: title for url, title, *_ in listed(other)}
    assert titles == {"plain": "Renamed plain", "own": "Mine", "new": "Renamed new"}


def test_passwords_are_left_out_and_that_is_told(home: Home) -> None:
    rows = [outline(f"https://me:secret@{host}.example/f") for host in "ab"]
    home.run("import", "-", stdin=file(rows[0], outline("https://c.example/f")))
    one = home.run("export", "--opml")
    home.run("import", "-", stdin=file(rows[1]))
    two = home.run("export", "--opml")

    assert "secret" not in one.out + two.out
    assert one.err == "autotui: 1 address was written without its user and password\n"
    assert two.err == (
        "autotui: 2 addresses were written without their user and password\n"
    )


def test_a_dry_run_tells_and_changes_nothing(home: Home) -> None:
    home.configure("")
    home.run("import", "-", stdin=file(outline("https://known.example/f")))
    rows = file(
        outline("https://known.example:443/f#top"),
        outline("https://new.example/f"),
        outline("http://192.168.0.1/f"),
        outline("|touch /tmp/x"),
    )

    dry = home.run("import", "--dry-run", "-", stdin=rows)
    assert dry.code == 0
    assert dry.out == "1 new, 1 already there, 2 refused; nothing was changed\n"
    assert "refused |touch /tmp/x: a command" in dry.err
    assert "refused http://192.168.0.1/f: a private address" in dry.err
    assert len(listed(home)) == 1
    told = home.run("import", "--dry-run", "--json", "-", stdin=rows).json
    assert (told["added"], told["known"], len(told["refused"])) == (1, 1, 2)

    real = home.run("import", "-", stdin=rows)
    assert real.out == "1 added, 1 already there, 2 refused\n"
    assert [each[0] for each in listed(home)] == [
        "https://known.example/f",
        "https://new.example/f",
    ]


PRIVATE = [
    *(
        "http://127.0.0.1/f",
        "http://localhost:8080/f",
        "http://[::1]/f",
        "http://10.1.2.3/f",
    ),
    *(
        "http://127.1/f",
        "http://0x7f000001/f",
        "http://2130706433/f",
        "http://router.local/f",
    ),
    *(
        "http://\uff11\uff12\uff17.\uff10.\uff10.\uff11/f",
        "http://[::ffff:127.0.0.1]/f",
        "http://169.254.169.254/f",
    ),
    *("http://a.example\\@127.0.0.1/f", "https://me:secret@192.168.1.1/f"),
]


def test_private_addresses_are_refused_unless_allowed(home: Home) -> None:
    rows = file(*map(outline, PRIVATE))
    home.configure("")
    told = home.run("import", "--json", "-", stdin=rows).json
    assert (told["added"], len(told["refused"])) == (0, len(PRIVATE))
    reasons = [each["reason"] for each in told["refused"]]
    # One of them is another one in full-width digits.
    assert sorted(set(reasons)) == [
        "a private address; see allow_private in the config",
        "twice in the file",
    ]
    assert reasons.count("twice in the file") == 1
    assert "secret" not in json.dumps(told)
    assert listed(home) == []
    home.configure("[network]\nallow_private = true\n")
    assert home.run("import", "--json", "-", stdin=rows).json["added"] == len(PRIVATE) - 1


def test_an_import_asks_no_server_and_opens_no_other_file(
    home: Home, web: Web, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="ascii")
    made = tmp_path / "made"
    rows = (
        f"<?xml version='1.0'?><?xml-stylesheet href='{web.url('/style.xsl')}'?>"
        f"<!DOCTYPE opml SYSTEM '{web.url('/opml.dtd')}'><opml xmlns:xi='http://www.w3.org/"
        f"2001/XInclude'><head><title>x</title></head><body>"
        f"<xi:include href='{secret.as_uri()}' parse='text'/>"
        f"<outline type='include' url='{web.url('/more.opml')}'/>"
        f"<outline text='A' xmlUrl='{web.url('/feed')}' htmlUrl='{web.url('/')}'/>"
        f"<outline text='`touch {made}`' xmlUrl='|touch {made}'/>"
        f"<outline text='$(touch {made})' xmlUrl='exec:touch {made}'/>"
        f"<outline text='F' xmlUrl='filter:touch {made}:https://x.example/'/>"
        f"<outline text='N' xmlUrl='https://x.example/&#10;exec:touch {made}'/>"
        f"<outline text='&lt;img src={web.url('/pixel')}&gt;' filtercmd='touch {made}'"
        f" xmlUrl='{web.url('/image')}'/></body></opml>"
    )
    ran = home.run("import", "--json", "-", stdin=rows.encode())

    assert ran.code == 0
    assert [each["url"] for each in ran.json["refused"]] == [
        web.url("/more.opml"),
        f"|touch {made}",
        f"exec:touch {made}",
        f"filter:touch {made}:https://x.example/",
    ]
    assert len(listed(home)) == 3
    assert all("\n" not in url and url.startswith("http") for url, *_ in listed(home))
    assert web.asked == []
    assert not made.exists()
    assert "SECRET" not in home.run("feeds", "--json").out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"{}", "JSON"),
        (b"<!doctype html><p>x", "a web page"),
        (feeds.rss("Outlet", ITEMS), "this is a feed, not OPML; use 'autotui add'"),
        (feeds.json_feed("Outlet", ITEMS), "this is a feed"),
        (b"<!DOCTYPE opml [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><opml/>", "entities"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_list_is_told_in_one_line(home: Home, content: bytes, said: str) -> None:
    ran = home.run("import", "-", stdin=content)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert said in ran.err


def test_a_huge_file_is_refused_at_once(home: Home) -> None:
    path = home.folder / "huge.opml"
    with path.open("wb") as opened:
        opened.write(b"<opml><body>")
        opened.truncate(100_000_000)
    for place in (str(path), "/dev/zero"):
        ran = home.run("import", place)
        assert (ran.code, ran.err.count("\n")) == (1, 1)
        assert "larger than 20 MB" in ran.err
    assert "directory" in home.run("import", str(home.folder)).err.lower()


def test_long_lists_come_in_fast_and_stay_in_order(home: Home, other: Home) -> None:
    def rows(count: int) -> bytes:
        return file(
            *(
                outline(
                    f"https://h{at}.example/feed/{at}?a=1&amp;b=2",
                    f"Feed &amp; {at:05}",
                    f'htmlUrl="https://h{at}.example/" type="rss"',
                )
                for at in range(count)
            )
        )

    start = seconds()
    ran = home.run("import", "-", stdin=rows(5_000))
    assert seconds() - start < 4
    assert ran.out == "5000 added, 0 already there, 0 refused\n"
    urls = [each[0] for each in listed(home)]
    assert urls[4_321] == "https://h4321.example/feed/4321?a=1&b=2"

    start = seconds()
    ran = other.run("import", "-", stdin=rows(50_001))
    assert seconds() - start < 12
    assert ran.out == "50000 added, 0 already there, 1 refused\n"
    assert "only 50000 feeds are read" in ran.err


def test_many_refused_rows_are_told_but_not_one_by_one(home: Home) -> None:
    rows = file(*(outline(f"|command {at}") for at in range(12_000)))
    ran = home.run("import", "-", stdin=rows)
    assert ran.out == "0 added, 0 already there, 10001 refused\n"
    assert ran.err.count("\n") == 101
    assert "and 9901 more; --json lists them" in ran.err
    refused = home.run("import", "--json", "-", stdin=rows).json["refused"]
    assert refused[-1] == {"url": "", "reason": "2000 more rows were refused"}


def test_a_list_may_come_through_any_kind_of_standard_input(home: Home) -> None:
    # A socket cannot be opened again by the name /dev/stdin.
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(file(outline(FEED)))
        ours.shutdown(socket.SHUT_WR)
        done = subprocess.run(
            home.command("import", "-"),
            stdin=theirs.fileno(),
            capture_output=True,
            check=False,
        )
    assert done.stdout == b"1 added, 0 already there, 0 refused\n"


def test_a_removed_feed_comes_back_with_its_id_into_the_lists_folder(home: Home) -> None:
    home.run("import", "-", stdin=file(outline(FEED), outline("https://b.example/f")))
    home.run("remove", FEED)
    rows = file(f"<outline text='Cars'>{outline(FEED)}</outline>")
    assert home.run("import", "--dry-run", "-", stdin=rows).out.startswith("1 new")
    assert home.run("import", "-", stdin=rows).out.startswith("1 added")
    back = home.run("feeds", "--json").json[0]
    assert (back["id"], back["folder"]) == (1, "Cars")
