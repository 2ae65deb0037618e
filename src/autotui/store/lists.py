"""Long lists of ids: a statement over all of them, and the form that a step keeps.

A view may hold a million stories. They are taken in parts, so that nobody else waits for
more than a few milliseconds while Python turns one part from one form into another.
"""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import accumulate, islice
from typing import Final

from autotui.store import Connection

_PART: Final = 5_000
_PLAIN: Final = 100
"""Ids that are kept as they are, for whoever looks at the database."""


def changed(
    db: Connection, statement: str, ids: Iterable[int], values: dict[str, object]
) -> tuple[int, ...]:
    """Run a statement over ``ids``, given to it as JSON; give the ids it returns.

    Many are taken from the smallest on: rows beside each other are read and written
    together, which takes a fifth of the time.
    """
    found: list[int] = []
    pieces = list(parts(ids))
    # Not sorted() for all: that keeps the screen waiting while it runs.
    ordered = parts(merge(*map(sorted, pieces))) if pieces[1:] else pieces
    for part in ordered:
        rows = db.execute(statement, {**values, "ids": f"[{','.join(map(str, part))}]"})
        found.extend(row[0] for row in rows)
    return tuple(found)


def pack(ids: Sequence[int]) -> list[int] | str:
    """Give ids as JSON can hold them: many as their differences, compressed.

    A million that follow one another take a few kilobytes.
    """
    if len(ids) <= _PLAIN:
        return list(ids)
    squeezed, last = zlib.compressobj(), 0
    packed = b""
    for part in parts(ids):
        steps = (str(each - before) for before, each in zip([last, *part], part))  # noqa: B905 - the last has no successor
        packed += squeezed.compress(f"{' '.join(steps)} ".encode())
        last = part[-1]
    return b64encode(packed + squeezed.flush()).decode()


def unpack(packed: Sequence[int] | str) -> tuple[int, ...]:
    """Give the ids that ``pack`` was given."""
    if not isinstance(packed, str):
        return tuple(packed)
    steps = zlib.decompress(b64decode(packed)).split()
    found: list[int] = []
    for part in parts(map(int, steps)):
        found.extend(islice(accumulate([found[-1] if found else 0, *part]), 1, None))
    return tuple(found)


def parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """Give ids a few thousand at a time."""
    left = iter(ids)
    while part := list(islice(left, _PART)):
        yield part
