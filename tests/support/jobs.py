"""Work for the worker process: it must be able to import what it is told to do."""

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path
from typing import NoReturn

from autotui.errors import ParseError, QueryError


def double(number: int) -> int:
    return number * 2


def pid() -> int:
    return os.getpid()


def never_ends() -> None:
    threading.Event().wait()


def fails() -> NoReturn:
    raise ParseError("no feed in there")


def fails_with_a_place() -> NoReturn:
    raise QueryError("what is this", 7)


def breaks() -> NoReturn:
    raise KeyError("a bug")


def kills_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def eats_memory() -> int:
    return len(b"x" * (4 << 30))


def ignores_interrupts() -> bool:
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def gives_what_cannot_be_sent() -> object:
    return threading.Lock()


class OddError(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def fails_with_what_cannot_be_sent() -> NoReturn:
    raise OddError("one", "two")


def says_who_it_is_and_never_ends(path: str) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    Path(path).write_text(str(os.getpid()), encoding="ascii")
    never_ends()


def holds(size: int) -> int:
    return len(bytearray(size))


def works(seconds: float) -> bool:
    """Keep a processor busy for a while."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return True


def works_without_end() -> NoReturn:
    while True:
        pass
