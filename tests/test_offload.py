import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from autotui.errors import OffloadError, ParseError, QueryError
from autotui.offload import Offload
from support import jobs


@pytest.fixture
async def offload() -> AsyncIterator[Offload]:
    offload = Offload()
    yield offload
    offload.close()


async def test_a_job_is_done_in_another_process(offload: Offload) -> None:
    assert await offload.run(jobs.double, 21, seconds=5) == 42
    assert await offload.run(jobs.pid, seconds=5) != os.getpid()


async def test_one_worker_does_all_jobs(offload: Offload) -> None:
    tasks = [offload.run(jobs.pid, seconds=5) for _ in range(5)]
    assert len(set(await asyncio.gather(*tasks))) == 1


async def test_a_job_that_hangs_is_stopped_and_the_next_one_runs(
    offload: Offload,
) -> None:
    first = await offload.run(jobs.pid, seconds=5)

    with pytest.raises(OffloadError, match=r"parsing was stopped after 0\.2 s"):
        await offload.run(jobs.never_ends, seconds=0.2)

    assert await offload.run(jobs.double, 2, seconds=5) == 4
    assert not alive(first)


async def test_waiting_for_a_turn_does_not_count(offload: Offload) -> None:
    # Given a worker that has yet to start, and a neighbour that takes all its time
    hanging = asyncio.create_task(offload.run(jobs.never_ends, seconds=0.5))
    waiting = asyncio.create_task(offload.run(jobs.double, 4, seconds=0.4))

    with pytest.raises(OffloadError):
        await hanging
    assert await waiting == 8


async def test_a_worker_that_dies_is_replaced(offload: Offload) -> None:
    with pytest.raises(OffloadError, match="its process died"):
        await offload.run(jobs.kills_itself, seconds=5)
    assert await offload.run(jobs.double, 2, seconds=5) == 4


async def test_a_worker_killed_between_jobs_is_replaced(offload: Offload) -> None:
    os.kill(await offload.run(jobs.pid, seconds=5), signal.SIGKILL)
    with pytest.raises(OffloadError):
        await offload.run(jobs.double, 2, seconds=5)
    assert await offload.run(jobs.double, 2, seconds=5) == 4


async def test_our_own_errors_come_through(offload: Offload) -> None:
    with pytest.raises(ParseError, match="no feed in there"):
        await offload.run(jobs.fails, seconds=5)
    with pytest.raises(QueryError) as caught:
        await offload.run(jobs.fails_with_a_place, seconds=5)
    assert caught.value.at == 7


async def test_a_bug_comes_through_as_a_bug(offload: Offload) -> None:
    with pytest.raises(KeyError):
        await offload.run(jobs.breaks, seconds=5)
    with pytest.raises(RuntimeError, match="OddError: onetwo"):
        await offload.run(jobs.fails_with_what_cannot_be_sent, seconds=5)
    with pytest.raises(TypeError):
        await offload.run(jobs.gives_what_cannot_be_sent, seconds=5)


async def test_memory_is_limited() -> None:
    offload = Offload(memory_bytes=500_000_000)
    with pytest.raises(OffloadError, match="too much memory"):
        await offload.run(jobs.eats_memory, seconds=10)
    assert await offload.run(jobs.double, 1, seconds=5) == 2
    offload.close()


async def test_the_worker_leaves_interrupts_to_its_parent(offload: Offload) -> None:
    assert await offload.run(jobs.ignores_interrupts, seconds=5)


async def test_a_caller_that_is_cancelled_takes_the_job_with_it(
    offload: Offload, tmp_path: Path
) -> None:
    path = tmp_path / "pid"
    job = asyncio.create_task(
        offload.run(jobs.says_who_it_is_and_never_ends, str(path), seconds=60)
    )
    worker = await asyncio.to_thread(written, path)

    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job

    assert not alive(worker)
    assert await offload.run(jobs.double, 3, seconds=5) == 6


async def test_inline_is_here_and_now() -> None:
    offload = Offload(inline=True)
    assert await offload.run(jobs.pid, seconds=0) == os.getpid()
    offload.close()


PARENT = """
import asyncio, sys
from autotui.offload import Offload
from support import jobs

if __name__ == "__main__":
    job = jobs.says_who_it_is_and_never_ends
    asyncio.run(Offload().run(job, sys.argv[1], seconds=60))
"""


def test_the_worker_dies_with_its_parent_even_if_that_is_killed(tmp_path: Path) -> None:
    path, script = tmp_path / "pid", tmp_path / "parent.py"
    script.write_text(PARENT, encoding="ascii")
    where = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen([sys.executable, str(script), str(path)], env=where) as parent:
        worker = written(path)
        assert alive(worker)

        parent.kill()

    assert eventually_dead(worker)


def written(path: Path) -> int:
    """Wait for a process to write its id."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if path.exists() and (text := path.read_text(encoding="ascii")):
            return int(text)
    raise AssertionError("nobody wrote")


def eventually_dead(pid: int) -> bool:
    end = time.monotonic() + 30
    while alive(pid) and time.monotonic() < end:
        os.sched_yield()
    return not alive(pid)


def alive(pid: int) -> bool:
    """Whether a process runs: a zombie that nobody has buried yet does not."""
    try:
        with Path(f"/proc/{pid}/stat").open(encoding="utf-8", errors="replace") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


async def test_a_job_that_takes_long_holds_up_nobody(
    offload: Offload, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given patience that is soon lost, and a job that would never end
    monkeypatch.setattr("autotui.offload._PATIENCE_SECONDS", 0.1)
    await offload.run(jobs.pid, seconds=5)
    hanging = asyncio.create_task(offload.run(jobs.never_ends, seconds=60))
    await asyncio.sleep(0)

    found = [await offload.run(jobs.pid, seconds=5) for _ in range(3)]

    assert len(set(found)) == 1
    assert not hanging.done()
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging


async def test_a_few_honest_jobs_share_one_worker_also_when_they_wait(
    offload: Offload,
) -> None:
    found = await asyncio.gather(*(offload.run(jobs.pid, seconds=5) for _ in range(30)))
    assert len(set(found)) == 1


async def test_many_jobs_have_two_workers_at_most(
    offload: Offload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    found = await asyncio.gather(*(offload.run(jobs.pid, seconds=5) for _ in range(120)))
    assert len(set(found)) == 2


async def test_no_more_than_three_work_at_once(
    offload: Offload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autotui.offload._PATIENCE_SECONDS", 0.0)
    hanging = [
        asyncio.create_task(offload.run(jobs.never_ends, seconds=0.5)) for _ in range(3)
    ]
    waiting = asyncio.create_task(offload.run(jobs.double, 4, seconds=5))
    done, _ = await asyncio.wait([*hanging, waiting], return_when=asyncio.FIRST_COMPLETED)
    assert waiting not in done
    assert await waiting == 8
    for each in await asyncio.gather(*hanging, return_exceptions=True):
        assert isinstance(each, OffloadError)


async def test_a_worker_may_hold_less_than_two_hundred_megabytes(offload: Offload) -> None:
    assert await offload.run(jobs.holds, 60_000_000, seconds=10) == 60_000_000
    with pytest.raises(OffloadError, match="too much memory"):
        await offload.run(jobs.holds, 200_000_000, seconds=10)


async def test_a_worker_that_cannot_be_started_is_told(
    offload: Offload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("autotui.offload._Worker", refused)
    with pytest.raises(OffloadError, match="Too many open files"):
        await offload.run(jobs.double, 1, seconds=5)


async def test_a_job_that_works_without_end_is_stopped_by_the_work_it_takes(
    offload: Offload,
) -> None:
    with pytest.raises(OffloadError, match="too much work"):
        await offload.run(jobs.works_without_end, seconds=60, work_seconds=0.5)
    # and one worker's limit is for each of its jobs
    for _ in range(3):
        assert await offload.run(jobs.works, 0.6, seconds=60, work_seconds=1.5)
    assert await offload.run(jobs.works, 1.2, seconds=60)
