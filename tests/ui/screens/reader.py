"""The app in a test: keys pressed until all is settled, and what stands on the screen."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Final

from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled, WorkerFailed

from autotui.config import Config
from autotui.library import Library
from autotui.model import Article
from autotui.ui.app import AutotuiApp
from autotui.ui.screens.main import MainScreen
from support.web import Behaviour, Exchange

NOW: Final = datetime(2024, 2, 1, 8, tzinfo=UTC)
_SETTLED: Final = 3
"""Rounds: a key starts a worker, that shows a row, and that starts another worker."""
_PATIENCE: Final = 500


class Reader:
    """Somebody at the keyboard."""

    def __init__(self, app: AutotuiApp, pilot: Pilot[None], library: Library) -> None:
        self.app = app
        self.pilot = pilot
        self.library = library
        main = app.screen_stack[0]
        assert isinstance(main, MainScreen)
        self.main = main

    async def press(self, *keys: str) -> None:
        """Press keys, each after the work of the one before."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def burst(self, *keys: str) -> None:
        """Press keys faster than anything can be done about them."""
        for key in keys:
            self.app.simulate_key(key)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.pilot.press(*text)
        await self.settle()

    async def settle(self) -> None:
        for _ in range(_SETTLED):
            with suppress(WorkerCancelled, WorkerFailed):
                await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for what a worker, still at work, is going to do."""
        for _ in range(_PATIENCE):
            if holds():
                return
            await self.pilot.pause()
        raise AssertionError(f"did not come to hold:\n{self.text}")

    @property
    def screen(self) -> Screen[object]:
        return self.app.screen

    @property
    def at_hand(self) -> Article:
        article = self.main.current
        assert article is not None
        return article

    @property
    def titles(self) -> list[str]:
        """What is listed, as far as it is known."""
        known = self.main.listing.articles
        return [known[each].title for each in self.main.listing.ids if each in known]

    @property
    def list_title(self) -> str:
        title = self.main.articles._border_title
        return title.plain if title else ""

    @property
    def rows(self) -> list[str]:
        return [row.label for row in self.main.rows]

    @property
    def notes(self) -> list[str]:
        """What was notified, the oldest first."""
        return [note.message for note in self.app._notifications]

    @property
    def lines(self) -> list[str]:
        """The screen as text."""
        width = self.app.size.width
        drawn = self.app.screen._compositor.render_strips()
        return [strip.text[:width].rstrip() for strip in drawn]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    async def go_to(self, label: str) -> None:
        """Put the feed list's cursor on a row."""
        row = next(row for row in self.main.rows if row.label == label)
        self.main.go_to_row(row.identity)
        await self.settle()


Open = Callable[..., AbstractAsyncContextManager[Reader]]


@asynccontextmanager
async def opened(
    library: Library,
    size: tuple[int, int] = (120, 40),
    settings: Config | None = None,
) -> AsyncIterator[Reader]:
    """Open the reader in a terminal of some size."""
    app = AutotuiApp(library, settings or library.config)
    async with app.run_test(size=size) as pilot:
        reader = Reader(app, pilot, library)
        await reader.settle()
        yield reader


class Gate:
    """Holds answers back until it is opened."""

    def __init__(self) -> None:
        self.open = threading.Event()

    def __call__(self, page: Behaviour) -> Behaviour:
        def behave(exchange: Exchange) -> None:
            while not (self.open.wait(0.01) or exchange.closing.is_set()):
                pass
            page(exchange)

        return behave
