"""The dialogs that ask for a feed: by its address, and which of several."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from autotui.ui.safe import stable

_CANCEL: list[BindingType] = [Binding("escape", "dismiss", "Cancel")]


class AddScreen(ModalScreen[str | None]):
    """Asks for an address or a file; gives what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = _CANCEL

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self._typed = typed

    def compose(self) -> ComposeResult:
        """Put one line to type in, with what was typed in vain before."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("Add a feed")
            yield Input(self._typed, placeholder="https://…")
            yield Static(
                Content(
                    "The address of a feed or of a site, or an OPML file.\n"
                    "Enter adds · Esc cancels"
                ),
                classes="note",
            )

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)


class ChoiceScreen(ModalScreen[str | None]):
    """Asks which of several feeds; gives its address."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_CANCEL,
        Binding("j", "move(1)", "Down"),
        Binding("k", "move(-1)", "Up"),
    ]

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._choices = tuple(choices)

    def compose(self) -> ComposeResult:
        """Put one line for each feed."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("This page names several feeds")
            yield OptionList(
                *(
                    Option(Content(f"{stable(title) or 'Untitled'}  {stable(url)}"))
                    for url, title in self._choices
                )
            )
            yield Static(Content("Enter adds one · Esc cancels"), classes="note")

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index][0])

    def action_move(self, step: int) -> None:
        """Move by key."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()
