"""A real terminal to run a program in: a pty, what was drawn on it, and the raw bytes."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import threading
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from types import TracebackType
from typing import Any, Final, Self

import pyte

SECONDS: Final = 30.0
"""How long anything may take to appear, on a busy machine too."""
KEYS: Final = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "ctrl+c": "\x03",
    "ctrl+p": "\x10",
    "ctrl+z": "\x1a",
}


class Terminal:
    """Runs a program on a pty of its own; use it as a context."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 120,
        rows: int = 40,
        *,
        drawn: bool = True,
        prepared: Callable[[], None] | None = None,
    ) -> None:
        self._drawn = drawn
        """Draw the screen; without, only the bytes are kept, which costs no time."""
        self.output = bytearray()
        """Every byte that the program wrote."""
        self.pieces: list[tuple[float, bytes]] = []
        """The same as it came, and when (``perf_counter``)."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._changed = threading.Condition()
        self._ended = False
        self._wake, self._wakened = os.pipe()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(environment),
            start_new_session=True,
            preexec_fn=lambda: _take_terminal(prepared),  # noqa: PLW1509 - no thread of ours holds a lock
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(SECONDS)
        self.hang_up()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        with self._changed:
            return "\n".join(self._screen.display)

    @property
    def cells(self) -> list[list[Any]]:
        """What stands on the screen, pyte's characters with their styles."""
        with self._changed:
            rows, columns = range(self._screen.lines), range(self._screen.columns)
            return [[self._screen.buffer[row][each] for each in columns] for row in rows]

    def wait_for(self, *wanted: str) -> str:
        """Wait until all of these stand on the screen; give the screen."""
        return self.wait_until(lambda text: all(each in text for each in wanted), wanted)

    def wait_until(self, holds: Callable[[str], bool], what: object = "") -> str:
        """Wait until the screen's text passes a test; give the text that passed."""
        text, held = "", False

        def passes() -> bool:
            nonlocal text, held
            text = "\n".join(self._screen.display)
            held = holds(text)
            return held or self._ended

        with self._changed:
            self._changed.wait_for(passes, SECONDS)
        assert held, f"{what} did not come ({self.process.poll()}):\n{text}"
        return text

    def wait_for_bytes(self, wanted: bytes) -> None:
        """Wait until the program has written these bytes."""
        with self._changed:
            passed = self._changed.wait_for(lambda: wanted in self.output, SECONDS)
        assert passed, f"{wanted!r} was not written"

    def press(self, *keys: str) -> None:
        """Press keys, by name or as characters."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())

    def resize(self, columns: int, rows: int) -> None:
        with self._changed:
            self._screen.resize(rows, columns)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)
        self.signal(signal.SIGWINCH)

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a window that is closed does."""
        if self._master >= 0:
            # A read that is under way would keep the terminal open.
            os.write(self._wakened, b"x")
            self._reader.join(SECONDS)
            for descriptor in (self._master, self._wake, self._wakened):
                os.close(descriptor)
            self._master = -1

    def wait_exit(self) -> int:
        """Wait for the end; give the exit code, minus the number of a signal."""
        code = self.process.wait(SECONDS)
        self._reader.join(SECONDS)
        return code

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select([self._master, self._wake], [], [])
            try:
                data = b"" if self._wake in ready else os.read(self._master, 65536)
            except OSError:
                data = b""
            with self._changed:
                if data:
                    self.output += data
                    self.pieces.append((perf_counter(), data))
                    if self._drawn:
                        self._stream.feed(data)
                else:
                    self._ended = True
                self._changed.notify_all()
            if not data:
                return


def _take_terminal(prepared: Callable[[], None] | None) -> None:
    """Make the pty the controlling terminal, so that it can hang up."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    if prepared:
        prepared()
