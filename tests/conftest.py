"""What most tests start from: a home, a small web, a Library over both."""

import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from autotui import inline, refresh
from autotui.config import Config, Network
from autotui.library import Library
from autotui.offload import Offload
from support.homes import Home
from support.web import Web

# How long an example takes says more of the machine than of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# What runs in the background of a script is told to ignore these, and tells its children.
for _signal, _usual in (
    (signal.SIGHUP, signal.SIG_DFL),
    (signal.SIGINT, signal.default_int_handler),
):
    if signal.getsignal(_signal) is signal.SIG_IGN:
        signal.signal(_signal, _usual)
_BROWSED = "tests/serve/test_browser.py"
LOOPBACK = Config(network=replace(Network(), allow_private=True, timeout_seconds=10))


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which browser the served reader was read in."""
    from support.browsers import chromium

    passed = terminalreporter.getreports("passed")
    if any(report.nodeid.startswith(_BROWSED) for report in passed):
        used = chromium() or "no Chromium is here: a websocket client stood in for it"
        terminalreporter.write_line(f"autotui serve was read in: {used}")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose config allows the tests' own web."""
    home = Home(tmp_path / "home")
    home.configure("[network]\nallow_private = true\n[refresh]\nat_start = false\n")
    return home


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


@pytest.fixture
async def library(home: Home, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Library]:
    """A Library that fetches and parses right here, without child or worker."""
    for module in (refresh, inline):
        monkeypatch.setattr(module, "Offload", partial(Offload, inline=True))
    async with Library(home.paths, LOOPBACK, inline=True) as library:
        yield library
