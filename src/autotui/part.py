"""What each part of the Library goes through: the store's thread, and a clock."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

T = TypeVar("T")


class Sql(Protocol):
    """Runs a store function on the store's thread."""

    async def __call__(
        self, function: Callable[..., T], *args: object, **kwargs: object
    ) -> T:
        """Give what ``function(db, *args, **kwargs)`` gives."""


class Write(Protocol):
    """Runs a store function that must not be lost: at once, and to its end."""

    def __call__(
        self, function: Callable[..., T], *args: object, **kwargs: object
    ) -> Awaitable[T]:
        """Give what ``function(db, *args, **kwargs)`` gives, to who waits for it."""


@dataclass(eq=False)
class Part:
    """A part of the Library: verbs of one kind, in a file of their own."""

    _sql: Sql
    _write: Write
    _now: Callable[[], datetime]
