"""A command run to its end, with the most memory that it and its children took."""

import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic


@dataclass(frozen=True)
class Watched:
    """What a command gave, and what it took."""

    code: int
    out: str
    err: str
    seconds: float
    largest: int
    """Bytes that the largest process held at its peak."""
    together: int
    """Bytes that all processes held at once, memory they share counted for each."""


def run(command: Sequence[str], environment: Mapping[str, str], seconds: float) -> Watched:
    """Run a command; look at it and its children all the while."""
    started = monotonic()
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(environment),
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        try:
            out, err = process.communicate(timeout=seconds)
        finally:
            watch.end()
            process.kill()
    return Watched(
        process.returncode,
        out.decode(),
        err.decode(),
        monotonic() - started,
        watch.largest,
        watch.together,
    )


class _Watch(threading.Thread):
    """Looks at a process and all that it started, fifty times a second (Linux)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self.largest = self.together = 0

    def run(self) -> None:
        while not self._ended.wait(0.02):
            sizes = [_sizes(pid) for pid in _family(self._pid)]
            self.largest = max([self.largest, *(peak for peak, _ in sizes)])
            self.together = max(self.together, sum(now for _, now in sizes))

    def end(self) -> None:
        self._ended.set()
        self.join()


def _family(pid: int) -> Iterator[int]:
    """Give a process and its descendants."""
    yield pid
    try:  # it may end while it is looked at
        listed = [*Path(f"/proc/{pid}/task").glob("*/children")]
        children = [each for one in listed for each in one.read_text("ascii").split()]
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _sizes(pid: int) -> tuple[int, int]:
    """Give the most that a process ever held, and what it holds now."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0, 0
    found = {
        name: value for name, _, value in (line.partition(":") for line in text.split("\n"))
    }
    kilobytes = (found.get(name, "0 kB").split()[0] for name in ("VmHWM", "VmRSS"))
    peak, now = (int(each) * 1024 for each in kilobytes)
    return peak, now
