"""The part of the Library for queries: what a test of the screen does not show."""

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autotui import paths, query
from autotui.searching import Searching


async def test_who_no_longer_waits_for_a_list_ends_the_reading_of_it(
    tmp_path: Path,
) -> None:
    begun, stops = asyncio.Event(), list[threading.Event]()

    async def read_for_ever(*args: object) -> None:
        stops.extend(each for each in args if isinstance(each, threading.Event))
        begun.set()
        await asyncio.Event().wait()

    async def write(*_: object) -> None:
        pass

    def now() -> datetime:
        return datetime.now(UTC)

    home = paths.under(tmp_path)
    searching = Searching(write, write, now, read_for_ever, home)  # type: ignore[arg-type]
    task = asyncio.create_task(searching.listing(query.parse("axle")))
    await begun.wait()
    assert [each.is_set() for each in stops] == [False]

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert [each.is_set() for each in stops] == [True]
