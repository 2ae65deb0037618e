"""Heavy work aside: worker processes that can be killed, each with one function at a time.

For what parses untrusted bytes: a thread cannot be killed, and 58 KiB can take 47 s.
Spawning starts Python's resource tracker, which must not be born inside a terminal
application, so this is used only in a process without Textual.
"""

import asyncio
import contextlib
import gc
import math
import multiprocessing
import os
import pickle
import resource
import signal
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Self, TypeVar

from autotui.errors import OffloadError

T = TypeVar("T")

_START_SECONDS: Final = 60.0
"""For starting Python and importing what the function needs; no job's fault."""
_PATIENCE_SECONDS: Final = 1.5
_WORKERS: Final = 3
_MANY: Final = 40
"""Jobs after which a second worker is worth its start, half a second of work."""
_MEMORY_BYTES: Final = 160_000_000
"""What a worker may hold: a feed of 8 MB takes half of it."""
_ADDRESSES: Final = 1 << 30
_END_SECONDS: Final = 5.0
_GARBAGE: Final = 50_000
"""Things made before a worker looks for circles of them: a feed has many and no circles,
and looking after every 700, as Python does, takes a tenth of the time of parsing."""
_STARTED: Final = b"started"
_KILLED: Final = "parsing was stopped: its process died"


class Offload:
    """Worker processes, started when they are needed.

    One is enough for a few jobs; when there were many, a second helps with the rest. A
    job that takes long gives its turn back, so that those behind it wait no longer than
    it takes to see that: they get another worker, up to three.
    """

    def __init__(self, *, inline: bool = False, memory_bytes: int = _MEMORY_BYTES) -> None:
        self._inline = inline
        """Call in this process, with no deadline: for tests."""
        self._memory_bytes = memory_bytes
        self._turn = asyncio.Semaphore(1)
        self._hands = 1
        """How many jobs may be under way, but for those that take long."""
        self._jobs = 0
        self._places = asyncio.Semaphore(_WORKERS)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()

    async def run(
        self,
        function: Callable[..., T],
        *args: object,
        seconds: float,
        work_seconds: float | None = None,
    ) -> T:
        """Call ``function``; raise OffloadError if it takes too long or dies.

        The clock starts when the worker does the job: waiting for a turn is free, and
        so is starting the worker. ``work_seconds`` limits what it takes of a processor,
        which is the same on a busy machine. What the function raises comes through.
        """
        if self._inline:
            return function(*args)
        self._count()
        async with self._places, _Turn(self._turn) as turn:
            worker = self._idle.pop() if self._idle else self._hired()
            self._busy.add(worker)
            done = False
            try:
                answer: Any = await asyncio.to_thread(
                    worker.call, (function, args, work_seconds), seconds, turn.begun
                )
                result, error = answer
                done = not isinstance(error, MemoryError)
            finally:
                # Also when the caller was cancelled: the thread then ends at once.
                self._busy.discard(worker)
                # What worked long holds much memory.
                if done and not turn.given_back and len(self._idle) < self._hands:
                    self._idle.append(worker)
                else:
                    worker.kill()
        if error is None:
            return result  # type: ignore[no-any-return]  # pickle knows no types
        if isinstance(error, MemoryError):
            raise OffloadError("parsing was stopped: it needs too much memory")
        raise error

    def _count(self) -> None:
        """Count a job; after many, let two be under way."""
        self._jobs += 1
        if self._jobs == _MANY and (os.cpu_count() or 1) > 1:
            self._hands += 1
            self._turn.release()

    def _hired(self) -> "_Worker":
        try:
            return _Worker(self._memory_bytes)
        except OSError as error:
            raise OffloadError(
                f"no process for parsing could be started: {error.strerror}"
            ) from error

    def close(self) -> None:
        """Kill the workers; the next run starts a new one."""
        workers = [*self._idle, *self._busy]
        self._idle.clear()
        for worker in workers:
            worker.kill()


class _Turn:
    """Holds a lock for as long as the block takes, but no longer than patience lasts."""

    def __init__(self, lock: asyncio.Semaphore) -> None:
        self._lock = lock
        self.given_back = False
        """Whether the lock is let go: within the block, because patience was lost."""

    async def __aenter__(self) -> Self:
        await self._lock.acquire()
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._timer:
            self._timer.cancel()
        self._end()

    def begun(self) -> None:
        """Begin to lose patience: the work is under way. For any thread."""
        self._loop.call_soon_threadsafe(self._lose_patience)

    def _lose_patience(self) -> None:
        if not self.given_back:
            self._timer = self._loop.call_later(_PATIENCE_SECONDS, self._end)

    def _end(self) -> None:
        if not self.given_back:
            self.given_back = True
            self._lock.release()


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
        self._using = threading.Lock()
        """Held while somebody reads from the pipe or writes to it."""
        self._dead = False

    def call(self, job: object, seconds: float, begun: Callable[[], None]) -> Any:
        """Send a job, (function, arguments, limit), and wait for (result, error)."""
        try:
            with self._using:
                return self._asked(job, seconds, begun)
        except (EOFError, OSError) as error:
            raise OffloadError(self._last_words()) from error
        finally:
            self._release()

    def _asked(self, job: object, seconds: float, begun: Callable[[], None]) -> Any:
        # Here, where it is dropped as soon as it is sent: a body may have 20 MB.
        self._pipe.send_bytes(pickle.dumps(job))
        if not self._pipe.poll(_START_SECONDS):
            raise OffloadError("the parsing process did not start")
        if self._pipe.recv_bytes() != _STARTED:
            raise OffloadError(_KILLED)
        begun()
        if not self._pipe.poll(seconds):
            raise OffloadError(f"parsing was stopped after {seconds:g} s")
        return pickle.loads(self._pipe.recv_bytes())  # noqa: S301 - our own worker

    def _last_words(self) -> str:
        """Say why the process ended by itself."""
        self._process.join(_END_SECONDS)
        if self._process.exitcode == -signal.SIGXCPU:
            return "parsing was stopped: it takes too much work"
        return _KILLED

    def kill(self) -> None:
        """End the process, whatever it does; a waiting ``call`` ends too."""
        self._process.kill()
        self._process.join()
        self._dead = True
        self._release()

    def _release(self) -> None:
        """Close the pipe once the process is dead and nobody uses it.

        Not before: its number may name another pipe the next moment, and who was about
        to wait for this one would wait for that.
        """
        if self._dead and self._using.acquire(blocking=False):
            self._pipe.close()
            self._using.release()


def _serve(pipe: Connection, memory_bytes: int) -> None:
    """Be the worker: take jobs until the parent is gone."""
    # Ctrl-C is the parent's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    gc.set_threshold(_GARBAGE)
    # The first is what is really used; the second also counts what is only mapped, and
    # stands in where a system does not enforce the first. macOS refuses both; the
    # deadline still holds there.
    addresses = max(_ADDRESSES, memory_bytes)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # work without end dumps core
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_AS, (addresses, addresses))
    with contextlib.suppress(EOFError, OSError), ThreadPoolExecutor(1) as desk:
        while True:
            pipe.send_bytes(_work(pipe.recv_bytes(), pipe, desk))


def _work(job: bytes, pipe: Connection, desk: ThreadPoolExecutor) -> bytes:
    """Do one job; give its pickled (result, error)."""
    try:
        # Unpickling imports the function's module: before the clock starts.
        function, args, seconds = pickle.loads(job)  # noqa: S301 - our own parent
        _limit_work(seconds)
        # The same bytes again, which the limit on memory would count.
        del job
    finally:
        pipe.send_bytes(_STARTED)
    # A future keeps whatever was raised, for the parent to raise: nothing is caught here.
    done = desk.submit(lambda: pickle.dumps((function(*args), None)))
    error = done.exception()
    return done.result() if error is None else _pickled(error)


def _limit_work(seconds: float | None) -> None:
    """Let the kernel end this process (SIGXCPU) once it has worked so long from now."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    spent = time.process_time()
    soft = most if seconds is None else math.ceil(spent + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, most))


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
