"""What every screen has: the Library, and one way to tell what failed."""

from typing import TYPE_CHECKING, TypeVar, cast

from textual import on
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from autotui.errors import AutotuiError
from autotui.ui.keys import with_keys

if TYPE_CHECKING:
    from autotui.library import Library
    from autotui.ui.app import AutotuiApp

Result = TypeVar("Result")


class LibraryScreen(Screen[Result]):
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
