"""Long lists of ids: in parts for a statement, and small in a step."""

import json
import sqlite3
import time
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.store import lists

IDS = st.integers(1, 2**62)


@given(st.lists(IDS, max_size=300))
def test_what_was_packed_is_unpacked_in_its_order(ids: list[int]) -> None:
    packed = json.loads(json.dumps(lists.pack(ids)))

    assert lists.unpack(packed) == tuple(ids)


@pytest.mark.parametrize("count", [0, 1, 100, 101, 5_000, 5_001, 12_345])
def test_a_list_of_any_length_is_packed(count: int) -> None:
    ids = array("q", range(count, 0, -1))

    assert lists.unpack(lists.pack(ids)) == tuple(ids)


def test_a_few_ids_can_be_read_by_whoever_looks() -> None:
    assert lists.pack((3, 1, 2)) == [3, 1, 2]


def test_a_million_neighbours_take_a_few_kilobytes() -> None:
    ids = array("q", range(1_000_000, 0, -1))
    started = time.process_time()

    packed = lists.pack(ids)
    assert lists.unpack(packed) == tuple(ids)

    assert len(packed) < 10_000
    assert time.process_time() - started < 5


@pytest.mark.parametrize("count", [0, 3, 12_000])
def test_a_statement_gives_what_it_returns_of_all_parts(count: int) -> None:
    db = sqlite3.connect(":memory:")
    statement = "SELECT value FROM json_each(:ids) WHERE value % :each = 0"

    found = lists.changed(db, statement, range(count), {"each": 3})

    assert found == tuple(range(0, count, 3))
