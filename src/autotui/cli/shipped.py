"""Commands that print what the package ships: completions and the man page.

The files are made of the parser by ``make docs``; the wheel also installs them where
shells and ``man`` look.
"""

import argparse
import os
import shutil
import signal
import sys
from importlib import resources
from pathlib import Path
from typing import Final

from autotui import cli
from autotui.paths import Paths

_FILES: Final = {"bash": "autotui.bash", "zsh": "_autotui", "fish": "autotui.fish"}


async def completion(options: argparse.Namespace, _places: Paths) -> int:
    """Print what makes a shell complete commands, options and files."""
    print(_file(_FILES[options.shell]).read_text(encoding="utf-8"), end="")
    return cli.DONE


async def man(_options: argparse.Namespace, _places: Paths) -> int:
    """Show the man page on a terminal; elsewhere print it as roff."""
    page = _file("autotui.1")
    if sys.stdout.isatty() and (viewer := shutil.which("man")):
        # What Python ignores, whoever comes after it would ignore too.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        # With a slash in it the name is a file's to every man there is.
        os.execv(viewer, [viewer, str(page)])  # noqa: S606 - no shell, and a path of ours
    print(page.read_text(encoding="utf-8"), end="")
    return cli.DONE


def _file(name: str) -> Path:
    return Path(str(resources.files("autotui") / "data" / "shell" / name))
