"""Refreshing without anybody there: lines for cron, units for systemd, ready to use."""

import argparse
import shlex
import sys
from importlib import resources
from pathlib import Path
from typing import Final

from autotui import cli, paths
from autotui.cli import output
from autotui.paths import Paths

SERVICE: Final = "autotui-refresh.service"
TIMER: Final = "autotui-refresh.timer"
_FOLDER: Final = "~/.config/systemd/user"
_START: Final = "ExecStart="


async def unattended(options: argparse.Namespace, places: Paths) -> int:
    """Tell how to refresh by cron or systemd, or print one of the units."""
    if options.what in {"service", "timer"}:
        print(unit(options.what, places), end="")
        return cli.DONE
    found = [
        {"name": name, "value": value} for name, value in (cron(places), *systemd(places))
    ]
    output.rows(options, found, ("name", "value"))
    return cli.DONE


def cron(places: Paths) -> tuple[str, str]:
    """Give the line for ``crontab -e``."""
    # A percent sign ends a command there.
    command = shlex.join([*_program(places), "refresh"]).replace("%", r"\%")
    return "cron", f"*/15 * * * * {command} >/dev/null 2>&1"


def systemd(places: Paths) -> list[tuple[str, str]]:
    """Give the commands that put a timer of the user's in place, in order."""
    program = shlex.join(_program(places))
    lines = [
        f"mkdir -p {_FOLDER}",
        f"{program} unattended service > {_FOLDER}/{SERVICE}",
        f"{program} unattended timer > {_FOLDER}/{TIMER}",
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {TIMER}",
        # It runs while nobody is logged in, too.
        "loginctl enable-linger",
    ]
    return [("systemd", line) for line in lines]


def unit(what: str, places: Paths) -> str:
    """Give a unit of the package, with this very program in place of any ``autotui``."""
    name = SERVICE if what == "service" else TIMER
    shipped = resources.files("autotui") / "data" / "systemd" / name
    command = " ".join(map(_quoted, [*_program(places), "refresh"]))
    return "".join(
        f"{_START}{command}\n" if line.startswith(_START) else line
        for line in shipped.read_text(encoding="utf-8").splitlines(keepends=True)
    )


def _program(places: Paths) -> list[str]:
    """Give how this autotui is called from anywhere, and by programs without a PATH."""
    script = Path(sys.argv[0])
    installed = script.name == "autotui" and script.is_file()
    called = [str(script.absolute())] if installed else [sys.executable, "-m", "autotui"]
    home = ["--home", str(places.home)] if places.home else []
    usual = paths.under(places.home) if places.home else paths.standard()
    other = places.config != usual.config
    return [*called, *home, *(["--config", str(places.config)] if other else [])]


def _quoted(word: str) -> str:
    """Write an argument as systemd reads it: ``%`` and ``$`` mean something there."""
    inner = word.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + inner.replace("%", "%%").replace("$", "$$") + '"'
