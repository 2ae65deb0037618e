"""Open an address outside: an argument list, never a shell, and http(s) alone.

Not ``webbrowser``: it blocks, writes on standard error, and lets a text browser fight
for the terminal.
"""

import asyncio
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from textual.app import App, SuspendNotSupported

from autotui import clean, programs

_IN_TERMINAL: Final = frozenset(
    {"w3m", "lynx", "links", "elinks", "browsh", "carbonyl", "chawan", "cha"}
)
_OPENERS: Final = ("xdg-open", "wslview", "gio", "x-www-browser")
_WATCHED_SECONDS: Final = 3.0
"""An opener that finds no browser says so by its exit code, soon."""
_STEP_SECONDS: Final = 0.05


def command(
    address: str, environment: Mapping[str, str], chosen: Sequence[str] = ()
) -> list[str]:
    """Give the program and its arguments; nothing where there is no browser.

    What the config file has ``chosen`` comes first, then ``$BROWSER``.
    """
    if chosen:
        words = programs.filled(chosen, {"url": address})
        return words if programs.mentions(chosen, "url") else [*words, address]
    for choice in environment.get("BROWSER", "").split(os.pathsep):
        words = _words(choice)
        if words and shutil.which(words[0]):
            if any("%s" in word for word in words):
                return [word.replace("%s", address) for word in words]
            return [*words, address]
    if sys.platform == "darwin":
        return ["open", address]
    for opener in _OPENERS:
        if path := shutil.which(opener):
            verb = ["open"] if opener == "gio" else []
            return [path, *verb, address]
    return []


def takes_the_terminal(chosen: Sequence[str] = ()) -> bool:
    """Tell whether the reader's browser is one that is drawn in the terminal."""
    arguments = command("https://example.org/", os.environ, chosen)
    return bool(arguments) and Path(arguments[0]).name in _IN_TERMINAL


def lend_terminal(app: App[None], address: str, chosen: Sequence[str] = ()) -> str:
    """Give the terminal to a text browser until it ends; give what to tell."""
    url = clean.url(address)
    if not url:
        return _REFUSED
    arguments = command(url, os.environ, chosen)
    try:
        with app.suspend():
            subprocess.run(arguments, check=False)  # noqa: S603 - a list
    except SuspendNotSupported:
        return f"There is no terminal to lend to a text browser. The address: {url}"
    except OSError as error:
        return _unable(arguments, error, url)
    return f"Back from {clean.host(url)}"


def let_page_open(app: App[None], address: str) -> str:
    """Have the page that shows the app open an address; give what to tell."""
    url = clean.url(address)
    if url:
        app.open_url(url)
    return f"Opening {clean.host(url)}" if url else _REFUSED


async def open_window(address: str, chosen: Sequence[str] = ()) -> AsyncIterator[str]:
    """Open an address in a window; tell that, and then whether it failed."""
    # Checked again at the moment of opening, whatever the store holds.
    url = clean.url(address)
    arguments = command(url, os.environ, chosen) if url else []
    if not arguments:
        yield _REFUSED if not url else f"No browser was found; set BROWSER. It is {url}"
        return
    try:
        process = await asyncio.to_thread(_start, arguments)
    except OSError as error:
        yield _unable(arguments, error, url)
        return
    yield f"Opening {clean.host(url)}"
    for _ in range(round(_WATCHED_SECONDS / _STEP_SECONDS)):
        if process.poll() is not None:
            break
        await asyncio.sleep(_STEP_SECONDS)
    if process.returncode:
        yield f"{Path(arguments[0]).name} could not open it; set BROWSER. It is {url}"


_REFUSED: Final = "Only http and https addresses are opened."


def _start(arguments: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - a list, no shell
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _words(choice: str) -> list[str]:
    """Give the words of a command; none where its quotes do not close."""
    try:
        return shlex.split(choice)
    except ValueError:
        return []


def _unable(arguments: list[str], error: OSError, url: str) -> str:
    name = Path(arguments[0]).name
    return f"{name} could not be started: {error.strerror}. The address: {url}"
