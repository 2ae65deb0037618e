"""A machine with a fault, for one command: no rights, no space, no files, no memory."""

import ctypes
import resource
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from support.homes import SECONDS, Home, Ran, environment

_CAPBSET_DROP: Final = 24
_RIGHTS: Final = (1, 2, 3)
"""By which root writes and reads whatever the permissions say (capabilities(7))."""
_LIBC: Final = ctypes.CDLL(None)


def without_rights() -> None:
    """Let permissions hold for root too, as they do for everybody else."""
    for right in _RIGHTS:
        _LIBC.prctl(_CAPBSET_DROP, right, 0, 0, 0)


def file_size(limit: int) -> Callable[[], None]:
    """Let no file grow beyond a size: what a disk does that is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def open_files(limit: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))


def run(
    home: Home,
    *arguments: str,
    fault: Callable[[], None] | None = None,
    stdin: bytes | None = b"",
    **extra: str,
) -> Ran:
    """Run a command where something is wrong; without ``stdin`` that is closed."""
    return run_line(home.command(*arguments), fault, stdin, **extra)


def run_line(
    command: Sequence[str],
    fault: Callable[[], None] | None = None,
    stdin: bytes | None = b"",
    cwd: Path | None = None,
    without: Sequence[str] = (),
    **extra: str,
) -> Ran:
    """Run a command line; ``without`` names what the environment has not."""
    kept = {
        name: each for name, each in environment(**extra).items() if name not in without
    }
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        timeout=SECONDS,
        check=False,
        env=kept,
        cwd=cwd,
        preexec_fn=fault,  # noqa: PLW1509 - no thread of ours holds a lock
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
