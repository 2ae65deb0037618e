"""The store's thread, and a database that breaks or is replaced while it is in use."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from autotui import store
from autotui.errors import StoreError
from autotui.store import memory
from autotui.store.thread import StoreThread


@pytest.fixture
async def thread(tmp_path: Path) -> AsyncIterator[StoreThread]:
    thread = StoreThread(tmp_path / "autotui.db")
    await thread.open(durable=True)
    yield thread
    await thread.close()


async def test_damage_that_is_met_in_use_is_repaired_and_the_work_done(
    thread: StoreThread, tmp_path: Path
) -> None:
    # Given something that is remembered, and a page that cannot be read any more
    await thread.submit(memory.remember, "theme", "dark")
    calls: list[store.Connection] = []

    def read(db: store.Connection) -> str:
        calls.append(db)
        if len(calls) == 1:
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        return memory.recall(db, "theme")

    assert await thread.submit(read) == "dark"

    assert len(set(map(id, calls))) == 2
    assert thread.condition.set_aside
    assert thread.condition.set_aside.exists()
    assert "was damaged" in thread.condition.told
    (tmp_path / "autotui.db").stat()


async def test_damage_that_stays_is_told_and_ends(thread: StoreThread) -> None:
    def broken(_: store.Connection) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    with pytest.raises(StoreError, match="it is damaged"):
        await thread.submit(broken)


async def test_a_lock_is_no_damage(thread: StoreThread) -> None:
    def locked(_: store.Connection) -> None:
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error

    with pytest.raises(StoreError, match="another program"):
        await thread.submit(locked)
    assert thread.condition.set_aside is None


async def test_a_database_that_another_process_has_replaced_is_the_one_that_is_written(
    thread: StoreThread, tmp_path: Path
) -> None:
    path = tmp_path / "autotui.db"
    other = store.open(path, damaged=True)
    assert other.set_aside

    await thread.submit(memory.remember, "theme", "light")

    assert memory.recall(other.db, "theme") == "light"
    other.db.close()


async def test_what_is_read_aside_sees_all_that_was_submitted_and_keeps_nobody_waiting(
    thread: StoreThread,
) -> None:
    begun, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def slow(db: store.Connection) -> str:
        loop.call_soon_threadsafe(begun.set)
        go_on.wait(30)
        return memory.recall(db, "theme")

    written = thread.submit(memory.remember, "theme", "dark")
    listed = asyncio.create_task(thread.aside(slow))
    await begun.wait()

    assert written.done()
    await thread.submit(memory.remember, "width", "30")
    assert not listed.done()
    go_on.set()
    assert await listed == "dark"


async def test_damage_that_is_met_aside_is_repaired_and_the_work_done(
    thread: StoreThread,
) -> None:
    await thread.submit(memory.remember, "theme", "dark")
    calls = 0

    def read(db: store.Connection) -> str:
        nonlocal calls
        calls += 1
        if calls < 3:
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        return memory.recall(db, "theme")

    assert await thread.aside(read) == "dark"
    assert thread.condition.set_aside
