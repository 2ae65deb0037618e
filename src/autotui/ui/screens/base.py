"""What every screen has: the Library, and one way to tell what failed."""

from typing import TYPE_CHECKING, TypeVar, cast

from textual import on
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from autotui.errors import AutotuiError
from autotui.ui import garbage
from autotui.ui.keys import with_keys

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
