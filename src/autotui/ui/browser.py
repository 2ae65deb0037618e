"""Open an address outside: an argument list, never a shell, and http(s) alone.

Not ``webbrowser``: it blocks, writes on standard error, and lets a text browser fight
for the terminal.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from textual.app import App, SuspendNotSupported

from autotui import clean

_IN_TERMINAL: Final = frozenset(
    {"w3m", "lynx", "links", "elinks", "browsh", "carbonyl", "chawan", "cha"}
)
_OPENERS: Final = ("xdg-open", "wslview", "gio", "x-www-browser")


def command(address: str, environment: Mapping[str, str]) -> list[str]:
    """Give the program and its arguments; nothing where there is no browser."""
    for choice in environment.get("BROWSER", "").split(os.pathsep):
        words = shlex.split(choice) if choice.strip() else []
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


def open_address(address: str) -> str:
    """Open an address; give what to tell the reader."""
    # Checked again at the moment of opening, whatever the store holds.
    url = clean.url(address)
    if not url:
        return "Only http and https addresses are opened."
    arguments = command(url, os.environ)
    if not arguments:
        return f"No browser was found; set BROWSER. The address: {url}"
    try:
        if _takes_the_terminal(arguments):
            subprocess.run(arguments, check=False)  # noqa: S603 - a list, no shell
        else:
            subprocess.Popen(  # noqa: S603 - a list, no shell
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
    except OSError as error:
        return f"{arguments[0]} could not be started: {error.strerror}"
    return f"Opened {clean.host(url)}"


def screen_for(app: App[None]) -> AbstractContextManager[object]:
    """Give the terminal away while a text browser has it."""
    if not _takes_the_terminal(command("https://example.org/", os.environ)):
        return nullcontext()
    try:
        return app.suspend()
    except SuspendNotSupported:
        return nullcontext()


def _takes_the_terminal(arguments: list[str]) -> bool:
    return bool(arguments) and os.path.basename(arguments[0]) in _IN_TERMINAL  # noqa: PTH119
