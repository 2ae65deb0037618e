"""The dialog that asks before something is done that a key alone should not do."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from autotui.ui.screens.base import Dialog


class ConfirmScreen(Dialog[bool]):
    """Asks; gives whether the reader wants it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Yes"),
        Binding("n,q,escape", "dismiss(False)", "No"),
    ]

    def __init__(self, title: str, question: str, yes: str) -> None:
        super().__init__()
        self._title = title
        self._question = question
        self._yes = yes

    def compose(self) -> ComposeResult:
        """Put the question over the keys that answer it."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self._title)
            yield Static(Content(self._question))
            yield Static(Content(f"y {self._yes} · Esc leaves it"), classes="note")
