"""What every screen has: the Library, one way to tell what failed, and pages of a list."""

from collections.abc import Awaitable
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from textual import on, work
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from autotui.errors import AutotuiError
from autotui.ui import garbage
from autotui.ui.keys import with_keys
from autotui.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from autotui.library import Library
    from autotui.ui.app import AutotuiApp

Result = TypeVar("Result")


class _LeftOnce(Screen[Result]):
    """Is left once: a second Enter, typed before the first was dealt with, is too late.

    Textual would take it for the screen below, or end the app where that is the last.
    """

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave the screen with its result, unless that was done already."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_unmount(self) -> None:
        """Let go of the lines that were drawn."""
        garbage.let_go()


class Dialog(ModalScreen[Result], _LeftOnce[Result]):
    """Asks something over the screen below; Textual's styles go by the first base."""


class LibraryScreen(_LeftOnce[Result]):
    """Holds the Library, and is the one place where its failures are shown."""

    def __init__(self, library: "Library") -> None:
        super().__init__()
        self.library = library

    @property
    def autotui(self) -> "AutotuiApp":
        """The app, by its own type."""
        return cast("AutotuiApp", self.app)

    def keyed(self, sentence: str) -> str:
        """Put the keys in force into a sentence of our own, nobody else's words in it."""
        return with_keys(sentence, self.autotui.key_of)

    @on(Worker.StateChanged)
    def _tell_what_went_wrong(self, event: Worker.StateChanged) -> None:
        """Show an expected failure and carry on; let a bug end the app, loudly."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            if not isinstance(error, AutotuiError):
                raise RuntimeError(f"{event.worker.name} failed") from error
            self.notify(str(error), severity="error")


class Done(Protocol):
    """What was done, in words."""

    @property
    def label(self) -> str:
        """Such as ``rename #a to #b``."""


def gone_back(step: Done | None, what: str) -> str:
    """Say what ``what``, undo or redo, did; ``None`` where there was nothing to do."""
    if step is None:
        return f"There is nothing to {what}."
    return f"{what.capitalize().replace('do', 'done')}: {step.label}"


class PageScreen(LibraryScreen[Result]):
    """A page of one list; keys wait while what is stored is being read."""

    @property
    def list(self) -> Rows:
        """What the keys are meant for."""
        return self.query_one(Rows)

    async def read(self) -> None:
        """Show what is stored; raises StoreError."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Go back, when what was typed before is done."""
        self.list.in_turn(lambda: self.dismiss(None))

    def action_undo(self) -> None:
        """Take back what was done last, here or before."""
        self.list.then(lambda: self._go_back(self.library.undo(), "undo"))

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.list.then(lambda: self._go_back(self.library.redo(), "redo"))

    def _go_back(self, turned: Awaitable[Done | None], what: str) -> None:
        # What is typed next is meant for the list as it is after this.
        self.list.wait()
        self._gone_back(turned, what)

    @work(exit_on_error=False, group="change")
    async def _gone_back(self, turned: Awaitable[Done | None], what: str) -> None:
        try:
            self.notify(gone_back(await turned, what))
        finally:
            await self.show()

    @work(exit_on_error=False, group="load")
    async def load(self) -> None:
        """Show what is stored, beside whatever else is going on."""
        await self.show()

    async def show(self) -> None:
        """Show what is stored, and let the keys go on that wait for it."""
        try:
            await self.read()
        except AutotuiError:
            self.list.go_on(drop=True)
            raise
        self.list.go_on()
