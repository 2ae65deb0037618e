"""The dialog that asks for a theme, and wears each one while the cursor is on it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from autotui.ui.screens.base import Dialog
from autotui.ui.widgets.options import Options

if TYPE_CHECKING:
    from textual.timer import Timer

PREVIEW_SECONDS: Final = 0.05
"""Another theme takes Textual 80 ms: a key that is held down passes over most."""


class ThemeScreen(Dialog[str | None]):
    """Gives the name of the theme that was chosen; without one nothing has changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back"),
    ]

    def __init__(self, names: Sequence[str], worn: str) -> None:
        super().__init__()
        self._names = tuple(names)
        self._worn = worn
        self._preview: Timer | None = None

    def compose(self) -> ComposeResult:
        """List the themes beside the desk, so that it can be seen."""
        with Vertical(classes="dialog aside") as dialog:
            dialog.border_title = Content("Theme")
            yield Options(*(Option(Content(name)) for name in self._names))
            yield Static(Content("Enter keeps it, Esc takes it back"), classes="note")

    def on_mount(self) -> None:
        """Begin at the theme that is worn."""
        if self._worn in self._names:
            self.query_one(Options).highlighted = self._names.index(self._worn)

    @on(Options.OptionHighlighted)
    def _preview_soon(self, event: Options.OptionHighlighted) -> None:
        name = self._names[event.option_index]
        if self._preview:
            self._preview.stop()
        self._preview = self.set_timer(PREVIEW_SECONDS, lambda: self._wear(name))

    def _wear(self, name: str) -> None:
        # What was passed before the dialog closed must not be worn after it.
        if self.is_current and self.app.theme != name:
            self.app.theme = name

    @on(Options.OptionSelected)
    def _take(self, event: Options.OptionSelected) -> None:
        self.dismiss(self._names[event.option_index])

    def action_leave(self) -> None:
        """Take back what was only tried on."""
        self.app.theme = self._worn
        self.dismiss(None)
