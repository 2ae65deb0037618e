"""Heavy work aside: one worker process that can be killed, one function at a time.

For what parses untrusted bytes: a thread cannot be killed, and 58 KiB can take 47 s.
Spawning starts Python's resource tracker, which must not be born inside a terminal
application, so this is used only in a process without Textual.
"""

import asyncio
import contextlib
import multiprocessing
import os
import pickle
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection, wait
from typing import Any, Final, TypeVar

from autotui.errors import OffloadError

T = TypeVar("T")

_START_SECONDS: Final = 60.0
"""For starting Python and importing what the function needs; no job's fault."""
_STARTED: Final = b"started"
_KILLED: Final = "parsing was stopped: its process died"


class Offload:
    """One worker process, started at first use; one function at a time."""

    def __init__(self, *, inline: bool = False, memory_bytes: int = 1 << 30) -> None:
        self._inline = inline
        """Call in this process, with no deadline: for tests."""
        self._memory_bytes = memory_bytes
        self._turn = asyncio.Lock()
        self._worker: _Worker | None = None

    async def run(self, function: Callable[..., T], *args: object, seconds: float) -> T:
        """Call ``function``; raise OffloadError if it takes too long or dies.

        The clock starts when the worker does the job: waiting for a turn is free, and
        so is starting the worker. What the function raises comes through.
        """
        if self._inline:
            return function(*args)
        async with self._turn:
            worker = self._worker or _Worker(self._memory_bytes)
            self._worker = worker
            done = False
            try:
                job = pickle.dumps((function, args))
                answer: Any = await asyncio.to_thread(worker.call, job, seconds)
                done = True
            finally:
                # Also when the caller was cancelled: the thread then ends at once.
                if not done:
                    self.close()
        result, error = answer
        if error is None:
            return result  # type: ignore[no-any-return]  # pickle knows no types
        if isinstance(error, MemoryError):
            self.close()
            raise OffloadError("parsing was stopped: it needs too much memory")
        raise error

    def close(self) -> None:
        """Kill the worker; the next run starts a new one."""
        worker, self._worker = self._worker, None
        if worker:
            worker.kill()


class _Worker:
    """The parent's end of one process."""

    def __init__(self, memory_bytes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, memory_bytes), name="parser", daemon=True
        )
        self._process.start()
        theirs.close()
        self._closing = threading.Lock()
        self._closed = False

    def call(self, job: bytes, seconds: float) -> Any:
        """Send a pickled job and wait for (result, error)."""
        try:
            self._pipe.send_bytes(job)
            if not self._pipe.poll(_START_SECONDS):
                raise OffloadError("the parsing process did not start")
            if self._pipe.recv_bytes() != _STARTED:
                raise OffloadError(_KILLED)
            if not self._pipe.poll(seconds):
                raise OffloadError(f"parsing was stopped after {seconds:g} s")
            return pickle.loads(self._pipe.recv_bytes())  # noqa: S301 - our own worker
        except (EOFError, OSError) as error:
            raise OffloadError(_KILLED) from error
        finally:
            self._release()

    def kill(self) -> None:
        """End the process, whatever it does; a waiting ``call`` ends too."""
        self._process.kill()
        self._process.join()
        self._closed = True
        self._release()

    def _release(self) -> None:
        """Close the pipe once the process is dead and nobody reads from it."""
        if self._closed:
            with self._closing:
                self._pipe.close()


def _serve(pipe: Connection, memory_bytes: int) -> None:
    """Be the worker: take jobs until the parent is gone."""
    # Ctrl-C is the parent's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    # macOS refuses this limit; the deadline still holds there.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    with contextlib.suppress(EOFError, OSError), ThreadPoolExecutor(1) as desk:
        while True:
            pipe.send_bytes(_work(pipe.recv_bytes(), pipe, desk))


def _work(job: bytes, pipe: Connection, desk: ThreadPoolExecutor) -> bytes:
    """Do one job; give its pickled (result, error)."""
    try:
        # Unpickling imports the function's module: before the clock starts.
        function, args = pickle.loads(job)  # noqa: S301 - our own parent
    finally:
        pipe.send_bytes(_STARTED)
    # A future keeps whatever was raised, for the parent to raise: nothing is caught here.
    done = desk.submit(lambda: pickle.dumps((function(*args), None)))
    error = done.exception()
    return done.result() if error is None else _pickled(error)


def _pickled(error: BaseException) -> bytes:
    """Give an error as a message, as text where it cannot cross the process border."""
    told = "".join(traceback.format_exception(error))
    with contextlib.suppress(pickle.PickleError, TypeError, AttributeError, ImportError):
        message = pickle.dumps((None, error))
        pickle.loads(message)  # noqa: S301 - our own
        return message
    return pickle.dumps((None, RuntimeError(told)))


def _die_with_parent() -> None:
    """End with the parent, also if that was killed and could tell nobody."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
