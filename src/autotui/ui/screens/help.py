"""The help: every key in force and what it does, found by typing."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from autotui.ui.keys import InForce

_KEYS_WIDTH: Final = 16


class HelpScreen(ModalScreen[None]):
    """Lists the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "dismiss", "Close"),
        Binding("down", "scroll(1)", "Down", priority=True),
        Binding("up", "scroll(-1)", "Up", priority=True),
    ]

    def __init__(self, keys: Sequence[InForce]) -> None:
        super().__init__()
        self._keys = tuple(keys)

    def compose(self) -> ComposeResult:
        """Put a line to search in over the keys."""
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = Content("Keys")
            yield Input(placeholder="type to search; Esc closes, arrows scroll")
            with VerticalScroll(can_focus=False):
                yield Static(self._found(""), id="keys")

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self.query_one("#keys", Static).update(self._found(event.value))

    def action_scroll(self, lines: int) -> None:
        """Scroll the keys while the search line has the focus."""
        self.query_one(VerticalScroll).scroll_relative(y=lines * 3, animate=False)

    def _found(self, words: str) -> Content:
        wanted = words.casefold().split()
        parts: list[Content | tuple[str, str]] = []
        for each in self._keys:
            line = f"{each.shown} {each.text} {each.id}".casefold()
            if all(word in line for word in wanted):
                key = f"{each.shown:{_KEYS_WIDTH}} "
                parts += [(key, "bold $text-accent"), Content(f"{each.text}\n")]
        return Content.assemble(*parts) if parts else Content("No key does that.")
