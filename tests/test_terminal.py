"""autotui in a real terminal: started, used, left, as a reader would."""

import re
import signal
import subprocess
from collections.abc import Iterator

import pytest

from autotui import query
from autotui.library import Library
from conftest import LOOPBACK
from support import feeds
from support.homes import Home, environment
from support.terminals import Terminal
from support.web import Page, Web

ITEMS = [(f"g{n}", f"Story number {n}") for n in range(30)]
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l")
"""What gives a terminal back: screen, cursor, mouse, pasting."""


@pytest.fixture
def stocked(home: Home, web: Web) -> Home:
    """A home with a feed of thirty stories."""
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS), etag='"1"')
    assert home.run("add", web.url("/feed"), "--folder", "Cars").code == 0
    return home


@pytest.fixture
def terminal(stocked: Home) -> Iterator[Terminal]:
    with Terminal(stocked.command(), environment()) as terminal:
        terminal.wait_for("Story number 29", "Outlet", "Address", "joins motor")
        yield terminal


def is_restored(terminal: Terminal, before: bytes = b"") -> bool:
    """Whether every mode that was set was given back, after its last use."""
    output = bytes(terminal.output).partition(before)[0] if before else terminal.output
    return all(
        output.rfind(given) > output.rfind(given[:-1] + taken)
        for given in RESTORED
        for taken in (b"l" if given.endswith(b"h") else b"h",)
    )


def test_a_tag_is_there_when_the_reader_is_opened_again(
    stocked: Home, terminal: Terminal
) -> None:
    terminal.press("e")
    terminal.wait_for("EV drivetrains      1", "#ev-drivetrain")
    terminal.press("q", "q")
    assert terminal.wait_exit() == 0
    assert is_restored(terminal)

    with Terminal(stocked.command(), environment()) as again:
        again.wait_for("EV drivetrains      1", "#ev-drivetrain")
        again.press("u")
        again.wait_until(lambda text: "#ev-drivetrain" not in text, "the undone tag")


def test_the_demo_opens_filled_and_keeps_nothing(home: Home) -> None:
    folder = home.folder / "temporary"
    folder.mkdir()
    with Terminal(home.command("demo"), environment(TMPDIR=str(folder))) as terminal:
        terminal.wait_for("Kilowatt Courier", "Antriebsblatt", "Drivetrain", "Published")
        assert [*folder.iterdir()]
        terminal.press("G")
        terminal.wait_for("Jaguar Land Rover and BMW to build electric drive units")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 0
        assert is_restored(terminal)
    assert not [each for each in folder.iterdir() if "demo" in each.name]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_and_gives_the_terminal_back(
    terminal: Terminal, number: signal.Signals
) -> None:
    terminal.signal(number)
    assert terminal.wait_exit() == 128 + number
    assert is_restored(terminal)


def test_a_terminal_that_is_closed_ends_it(stocked: Home, terminal: Terminal) -> None:
    terminal.press("s")
    terminal.wait_for("Starred             1")
    terminal.hang_up()
    terminal.process.wait(30)
    assert "Story number 29" in stocked.run("list", "is:starred").out


def test_a_closed_terminal_ends_it_even_if_nobody_sends_a_signal(stocked: Home) -> None:
    command = ["/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh", *stocked.command()]
    with Terminal(command, environment()) as terminal:
        terminal.wait_for("Story number 29")
        terminal.hang_up()
        terminal.process.wait(30)


def test_after_a_stop_and_fg_the_screen_is_whole_again(stocked: Home) -> None:
    # A shell with job control, as a person would have.
    line = " ".join(stocked.command())
    env = environment(PS1="$ ", HISTFILE="", ENV="")
    with Terminal(["/bin/bash", "--norc", "--noprofile", "-i"], env) as terminal:
        terminal.press(f"{line}\r")
        terminal.wait_for("Story number 29", "joins motor")
        terminal.press("ctrl+z")
        terminal.wait_for("Stopped")
        assert is_restored(terminal, b"Stopped")
        # The drawn screen has no second one to go back to: clear what autotui left.
        terminal.press("clear\r")
        terminal.wait_until(lambda text: "joins motor" not in text, "a clear screen")
        terminal.press("fg\r")
        terminal.wait_for("Story number 29", "joins motor", "Feeds")
        terminal.press("s")
        terminal.wait_for("Starred             1")
        terminal.press("ctrl+c")
        terminal.wait_until(lambda _: terminal.output.endswith(b"$ "), "the prompt")
        terminal.press("echo whole $((40 + 2))\r")
        terminal.wait_for("whole 42")


def test_panes_fold_to_one_below_eighty_columns(terminal: Terminal) -> None:
    terminal.resize(70, 20)
    terminal.wait_until(
        lambda text: "joins motor" not in text and "Story number 29" in text
    )
    terminal.press("h")
    terminal.wait_until(
        lambda text: "EV drivetrains" in text and "Story number 29" not in text
    )
    terminal.press("l", "enter")
    terminal.wait_until(lambda text: "joins motor" in text and "EV drivetrains" not in text)
    terminal.resize(120, 40)
    terminal.wait_for("EV drivetrains", "joins motor", "Published")


def test_reading_goes_on_without_a_network(stocked: Home, web: Web) -> None:
    web["/feed"] = Page(b"", status=503)
    with Terminal(stocked.command(), environment()) as terminal:
        terminal.wait_for("Story number 29")
        terminal.press("h", "j", "j", "j", "j", "j", "j", "r")
        # The status line says it for as long as the feed is at hand.
        terminal.wait_for("(503)", "Outlet         ! 30")
        terminal.press("l", "G")
        terminal.wait_for("Story number 0")
        terminal.press("enter")
        terminal.wait_for("joins motor")


HOSTILE = [
    "[red]x[/]",
    "[@click=app.quit]x[/]",
    "AT&T [/] [a=",
    "\x1b]52;c;aGFja2Vk\x07clip",
    "&#27;[2J&amp;#27;[2Jcleared",
    "right\u202eleft",
    "n\x00ul \x9b2J C1",
    "]0;title\x07",
]


def hostile_feed() -> bytes:
    """Every string a feed can hold, as harmful as it gets."""
    harm = " ".join(HOSTILE).replace("<", "&lt;")
    entries = "".join(
        f"<item><guid>{n}</guid><title><![CDATA[{bad}]]></title><author><![CDATA[{bad}]]>"
        f"</author><category><![CDATA[{bad}]]></category>"
        f"<link>https://outlet.example/{n}?\x1b[2J\u202e</link>"
        f"<description><![CDATA[<p>Body {n}: {harm}</p>"
        f"<img src='https://outlet.example/i.jpg' alt='{harm}'>"
        f"<a href='javascript:alert(1)'>{bad}</a>]]></description></item>"
        for n, bad in enumerate(HOSTILE)
    )
    title = f"<![CDATA[{HOSTILE[3]}{HOSTILE[0]}]]>"
    return (
        f"<rss version='2.0'><channel><title>{title}</title>"
        f"<link>https://outlet.example/</link>{entries}</channel></rss>"
    ).encode()


def test_nothing_hostile_reaches_the_terminal(home: Home, web: Web) -> None:
    # Given a feed that holds harm in every string, beside a failing one of that title
    web["/feed"] = Page(hostile_feed())
    assert home.run("add", web.url("/feed")).code == 0
    with Terminal(home.command(), environment(), 160, 50) as terminal:
        # When each of its stories is read, with metadata, palette and notifications
        terminal.wait_for("[@click=app.quit]x[/]", "[red]x[/]", "Categories")
        for _ in HOSTILE:
            terminal.press("n")
        terminal.press("t")
        terminal.wait_for("Tab completes")
        terminal.press("escape")
        terminal.wait_until(lambda text: "Tab completes" not in text)
        terminal.press("h", "G", "d")
        terminal.wait_for("Deleted")
        terminal.press("u")
        terminal.wait_for("Undone")
        terminal.press(":")
        terminal.wait_for("Search for commands")
        terminal.press(*"Go to x")
        terminal.wait_for("Go to ]52;c;aGFja2Vk")
        terminal.press("escape")
        terminal.wait_until(lambda text: "Go to ]52" not in text)
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 0
        written = bytes(terminal.output)

    # Then what was written is text and the app's own sequences, nothing of the feed's
    assert b"]52;" not in re.sub(rb"[^\x1b]\]52;", b"", written)
    assert (
        b"\x1b[2J" not in written.partition(b"\x1b[?1049h")[2].rpartition(b"\x1b[?1049l")[0]
    )
    for bad in ("\u202e", "\x9b", "\x00", "\u2066"):
        assert bad.encode() not in written, repr(bad)
    titles = re.findall(rb"\x1b\](\d+);([^\x07\x1b]*)(?:\x07|\x1b\\)", written)
    # OSC 2 is the window's title, OSC 22 the pointer's shape, which Textual sets
    assert {number for number, _ in titles} <= {b"2", b"22"}
    assert all(title.decode().isprintable() for _, title in titles)
    # and the same on the command line
    for command in (
        ("list", "--full", "--json"),
        ("show", "1"),
        ("feeds",),
        ("refresh", "1"),
    ):
        ran = home.run(*command)
        text = ran.out + ran.err
        assert all(each.isprintable() or each == "\n" for each in text), command


def test_a_bug_restores_the_terminal_and_names_its_report(stocked: Home) -> None:
    # Given a reader in which an action is broken
    code = (
        "import sys\n"
        "from autotui import cli\n"
        "from autotui.ui.screens.main import MainScreen\n"
        "def broken(self): raise RuntimeError('secret \\x1b[2J of a feed')\n"
        "MainScreen.action_toggle_zen = broken\n"
        "sys.exit(cli.main())\n"
    )
    command = [*stocked.command()[:1], "-c", code, "--home", str(stocked.folder)]
    with Terminal(command, environment()) as terminal:
        terminal.wait_for("Story number 29")
        terminal.press("z")
        assert terminal.wait_exit() == 1
        assert is_restored(terminal)
        after = bytes(terminal.output).rpartition(b"\x1b[?1049l")[2].decode()
        assert "crash.txt" in after
        assert "secret" not in after
    report = (stocked.folder / "crash.txt").read_text()
    assert "RuntimeError: secret" in report
    assert "\x1b" not in report


async def test_a_mark_made_just_before_leaving_is_stored(stocked: Home) -> None:
    with Terminal(stocked.command(), environment()) as terminal:
        terminal.wait_for("Story number 29", "joins motor")
        terminal.press("s", "j", "s", "ctrl+c")
        assert terminal.wait_exit() == 0
    async with Library(stocked.paths, LOOPBACK) as library:
        assert len((await library.listing(query.parse("is:starred"))).ids) == 2


def test_quitting_during_a_refresh_leaves_no_process_behind(
    stocked: Home, web: Web
) -> None:
    from support.web import silence

    web["/feed"] = silence
    with Terminal(stocked.command(), environment()) as terminal:
        terminal.wait_for("Story number 29")
        terminal.press("r")
        terminal.wait_for("Refreshing 0/1")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 0
    listed = subprocess.run(
        ["ps", "-eo", "args"], capture_output=True, text=True, check=True
    )
    assert str(stocked.folder) not in listed.stdout
    assert stocked.paths.database.exists()
