"""A home for autotui, and the command line run in it as a user would."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autotui import paths
from autotui.paths import Paths

SECONDS = 240
"""Far beyond what any command takes, on a busy machine too."""


@dataclass(frozen=True)
class Ran:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Home:
    """A folder that holds all that autotui keeps."""

    folder: Path

    @property
    def paths(self) -> Paths:
        return paths.under(self.folder)

    def configure(self, toml: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.paths.config.write_text(toml, encoding="utf-8")

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "autotui", "--home", str(self.folder), *arguments]

    def run(self, *arguments: str, stdin: bytes = b"") -> Ran:
        """Run a command to its end."""
        done = subprocess.run(
            self.command(*arguments),
            input=stdin,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=environment(),
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def environment(**extra: str) -> dict[str, str]:
    """The environment without what would change how autotui behaves."""
    dropped = ("NO_COLOR", "TMUX", "BROWSER", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in dropped
        and not name.startswith("TEXTUAL")
        and not name.lower().endswith("_proxy")
    }
    return {
        **kept,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TZ": "UTC",
        **extra,
    }
