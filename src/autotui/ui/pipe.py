"""Hand text to a program on its standard input: an argument list, never a shell.

The program is on its own (a session, no terminal), with files, not pipes, to read from
and to write to: neither side waits for the other.
"""

import asyncio
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from textual.app import App, SuspendNotSupported

from autotui import clean

SECONDS: Final = 60.0
"""How long a program may take; then it is stopped."""
_TOLD: Final = 300
"""Characters of its output that are told."""
_KEPT: Final = 4_096
_MOST_SAID: Final = 16_000_000
"""Bytes of output, for it lies on the disk."""
_STEP_SECONDS: Final = 0.02
_IN_TERMINAL: Final = frozenset(
    {"less", "more", "most", "moar", "ov", "bat", "vi", "vim", "nvim", "nano", "hx"}
    | {"kak", "mutt", "neomutt", "aerc", "w3m", "lynx", "fzf", "glow"}
)


def takes_the_terminal(arguments: Sequence[str]) -> bool:
    """Tell whether a program is one that is drawn in the terminal."""
    return Path(arguments[0]).name in _IN_TERMINAL


def lend_terminal(app: App[None], arguments: Sequence[str], text: str) -> str:
    """Give the terminal to a program that reads the text; give what to tell."""
    name = Path(arguments[0]).name
    try:
        with _file(text) as file, app.suspend():
            subprocess.run(arguments, stdin=file, check=False)  # noqa: S603 - a list, no shell
    except SuspendNotSupported:
        return f"There is no terminal to lend to {name}."
    except (OSError, ValueError) as error:
        return _unable(name, error)
    return f"Back from {name}"


async def through(arguments: Sequence[str], text: str) -> str:
    """Run a program that reads the text; give what to tell of it, its output first.

    Where nobody waits for it any longer, it goes on by itself.
    """
    name = Path(arguments[0]).name
    with _file(text) as file, _file() as said:
        try:
            process = await asyncio.to_thread(_start, arguments, file, said)
        except (OSError, ValueError) as error:
            return _unable(name, error)
        why = await _trouble(process, said)
        output = clean.line(
            os.pread(said.fileno(), _KEPT, 0).decode(errors="replace"), _TOLD
        )
    return f"{name} was stopped: {why}." if why else _told(name, process.returncode, output)


def _file(text: str = "") -> IO[bytes]:
    """Give a file without a name that holds the text."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(text.encode("utf-8", "replace"))
    file.seek(0)
    return file


def _start(
    arguments: Sequence[str], file: IO[bytes], said: IO[bytes]
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - a list, no shell
        arguments,
        stdin=file,
        stdout=said,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


async def _trouble(process: "subprocess.Popen[bytes]", said: IO[bytes]) -> str:
    """Wait for a program's end; stop it, with all it started, where it gives trouble."""
    why = f"it took more than {SECONDS:.0f} seconds"
    for _ in range(round(SECONDS / _STEP_SECONDS)):
        if process.poll() is not None:
            return ""
        if os.fstat(said.fileno()).st_size > _MOST_SAID:
            why = "it said too much"
            break
        await asyncio.sleep(_STEP_SECONDS)
    # On some systems nobody may signal what has ended at this very moment.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await asyncio.to_thread(process.wait)
    return why


def _told(name: str, code: int, output: str) -> str:
    if code:
        how = f"was ended by signal {-code}" if code < 0 else f"failed ({code})"
        return f"{name} {how}: {output}" if output else f"{name} {how}."
    return f"{name}: {output}" if output else f"{name} has read the story."


def _unable(name: str, error: OSError | ValueError) -> str:
    why = error.strerror if isinstance(error, OSError) else str(error)
    return f"{name} could not be started: {why}."
