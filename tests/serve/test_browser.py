"""The reader served by the real command, and read: in Chromium where there is one."""

import http.client
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from support import feeds
from support.browsers import Browser, Chromium, Client, chromium
from support.homes import SECONDS, Home, environment
from support.web import Page, Web

STORIES = [
    ("one", "The oldest one", "Once upon a time there was a gearbox."),
    ("two", "The second", "The inverter moved into the housing of the motor."),
    ("three", "The third", "A battery is charged in ten minutes, says its maker."),
]
BROWSERS = [*[Chromium] * bool(chromium()), Client]


class Served(NamedTuple):
    """A reader that is being served."""

    process: "subprocess.Popen[str]"
    address: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    def ended(self) -> tuple[int, str]:
        """Give its code and its messages, when all that it started has ended too."""
        # The readers write where it does: the end of that is the end of them all.
        _, messages = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, messages


@pytest.fixture
def stocked(home: Home, web: Web) -> Home:
    feed = feeds.atom_texts("Outlet", STORIES)
    web["/feed"] = Page(feed.replace(b"https://outlet.example/", web.url("/").encode()))
    web["/three"] = Page(b"<p>The page itself.</p>", content_type="text/html")
    assert home.run("add", web.url("/feed"), "--folder", "Cars").code == 0
    return home


@pytest.fixture
def served(stocked: Home) -> Iterator[Served]:
    with serving(stocked) as served:
        yield served


@contextmanager
def serving(home: Home, *options: str) -> Iterator[Served]:
    """Run the command until it is left."""
    process = subprocess.Popen(
        home.command("serve", *options),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stdout is not None
    with process:
        yield Served(process, process.stdout.readline().strip())
        process.kill()


@pytest.fixture(params=BROWSERS, ids=lambda each: each.__name__)
async def browser(request: pytest.FixtureRequest) -> AsyncIterator[Browser]:
    async with request.param() as browser:
        yield browser


async def test_a_story_is_read_in_the_browser(
    served: Served, browser: Browser, web: Web
) -> None:
    status, address = await browser.open(served.address)
    assert status == 200
    assert "token" not in address
    await browser.wait_for("Outlet", "The oldest one", "The third", "ten minutes")

    await browser.press("j")
    await browser.wait_until(
        lambda text: "The inverter moved" in text and "ten minutes" not in text
    )
    await browser.press("k")
    await browser.wait_for("ten minutes")
    await browser.press("s")
    await browser.wait_for("Starred             1")
    await browser.press("enter")
    await browser.wait_until(lambda text: "Unread              2" in text)

    await browser.press("o")
    await browser.wait_for("Opening 127.0.0.1")
    assert browser.wishes == [web.url("/three")]
    if isinstance(browser, Chromium):
        await browser.wait_until(lambda _: web.url("/three") in browser.tabs)
        assert browser.tabs[web.url("/three")] is False
        assert browser.troubles == []
        hosts = {urlsplit(each).netloc for each in browser.requests} - {""}
        assert hosts == {urlsplit(served.address).netloc}

    served.process.send_signal(signal.SIGINT)
    code, messages = served.ended()
    assert code == 130
    assert "Traceback" not in messages


def test_another_address_is_served_when_named_and_with_a_warning(home: Home) -> None:
    with serving(home, "--host", "0.0.0.0") as served:
        port = urlsplit(served.address).port
        assert urlsplit(served.address).hostname == socket.gethostname().lower()
        # It answers to the address at which it is reached, too.
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        connection.request("GET", f"/?{urlsplit(served.address).query}")
        assert connection.getresponse().status == 303
        connection.close()
        served.process.send_signal(signal.SIGTERM)
        code, messages = served.ended()
    assert code == 128 + signal.SIGTERM
    assert "warning: nothing is encrypted" in messages


def test_by_default_it_is_for_this_machine_and_says_no_more_than_the_address(
    home: Home,
) -> None:
    with serving(home) as served:
        assert urlsplit(served.address).hostname == "127.0.0.1"
        served.process.send_signal(signal.SIGINT)
        assert served.process.stdout is not None
        assert served.process.stdout.read() == ""
        code, messages = served.ended()
    assert code == 130
    assert "warning" not in messages


async def test_a_wrong_token_shows_no_reader(served: Served, browser: Browser) -> None:
    status, _ = await browser.open(f"{served.origin}/?token=guessed")
    assert status == 403
    # The right one is not used up by it, and then is.
    assert (await browser.open(served.address))[0] == 200
    await browser.wait_for("The third")
    assert (await browser.open(served.address))[0] == 403


def test_a_page_that_goes_while_the_reader_opens_is_no_bug(stocked: Home) -> None:
    wish = b'{"type": "quit"}'
    driver = "textual.drivers.web_driver:WebDriver"
    with subprocess.Popen(
        stocked.command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(TEXTUAL_DRIVER=driver),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"M" + len(wish).to_bytes(4, "big") + wish)
        process.stdin.flush()
        process.stdout.read()
    assert process.returncode == 0
    assert not stocked.paths.log.with_name("crash.txt").exists()


async def test_a_server_that_is_killed_takes_its_readers_along(
    served: Served, stocked: Home
) -> None:
    async with Client() as client:
        await client.open(served.address)
        await client.wait_for("The third")
        await client.press("s")
        await client.wait_for("Starred             1")
        served.process.kill()
        served.ended()
    assert "The third" in stocked.run("list", "is:starred").out
