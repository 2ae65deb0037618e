"""How many requests run at once: a few for each host, some in all."""

import asyncio
from collections import defaultdict
from typing import Self


class Gates:
    """Where requests wait for their turn."""

    def __init__(self, *, at_once: int, per_host: int) -> None:
        self.all = asyncio.Semaphore(at_once)
        self.hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(per_host)
        )

    def turn(self, host: str) -> "Turn":
        """Give what waits, used as a context, for a place at this host."""
        return Turn(self, host)


class Turn:
    """A place among the requests that run: one of its host's, and one of all."""

    def __init__(self, gates: Gates, host: str) -> None:
        self._gates = gates
        self._host = host
        self._held: list[asyncio.Semaphore] = []

    async def __aenter__(self) -> Self:
        await self._wait()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._leave()

    async def move(self, host: str) -> None:
        """Give the place up for one at another host, as a redirect makes it."""
        if host != self._host:
            # Both are given up before either is waited for: two that hold what the
            # other one wants would wait for ever.
            self._leave()
            self._host = host
            await self._wait()

    async def _wait(self) -> None:
        # The host's first: those who wait there must not hold a place of others.
        for gate in (self._gates.hosts[self._host], self._gates.all):
            await gate.acquire()
            self._held.append(gate)

    def _leave(self) -> None:
        while self._held:
            self._held.pop().release()
