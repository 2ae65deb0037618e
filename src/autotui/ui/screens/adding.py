"""The dialogs for lists of feeds: one more by its address, a file of them, to a file."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from autotui.model import Imported
from autotui.ui.safe import stable
from autotui.ui.screens.base import Dialog
from autotui.ui.widgets.options import Options

_REFUSED: Final = 8
"""How many refused rows are told one by one."""
_CANCEL: list[BindingType] = [Binding("escape", "dismiss", "Cancel")]


class AddScreen(Dialog[str | None]):
    """Asks for an address or a file; gives what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_CANCEL,
        Binding("tab", "take_copied", "Take what was copied", priority=True),
    ]

    def __init__(self, typed: str = "", copied: str = "") -> None:
        super().__init__()
        self._typed = typed
        self._copied = copied
        """An address on the clipboard."""

    def compose(self) -> ComposeResult:
        """Put one line to type in, with what was typed in vain before."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("Add a feed")
            yield Input(self._typed, placeholder="https://…")
            if self._copied:
                offer = f"Tab takes {stable(self._copied)} from the clipboard"
                yield Static(Content(offer), classes="choices")
            yield Static(
                Content(
                    "The address of a feed or of a site, or an OPML file.\n"
                    "Enter adds · Esc cancels"
                ),
                classes="note",
            )

    def action_take_copied(self) -> None:
        """Put the address on the clipboard into the line."""
        if self._copied:
            box = self.query_one(Input)
            box.value = self._copied
            box.cursor_position = len(box.value)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)


class SaveScreen(Dialog[str | None]):
    """Asks for the file to write something to; gives what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = _CANCEL

    def __init__(self, title: str, proposed: str, note: str) -> None:
        super().__init__()
        self._title = title
        self._proposed = proposed
        self._note = note

    def compose(self) -> ComposeResult:
        """Put one line to type in, with a name that makes sense."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self._title)
            yield Input(self._proposed, select_on_focus=False)
            yield Static(
                Content(f"{self._note}\nEnter writes it · Esc cancels"), classes="note"
            )

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)


class ChoiceScreen(Dialog[str | None]):
    """Asks which of several feeds; gives its address."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_CANCEL,
    ]

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._choices = tuple(choices)

    def compose(self) -> ComposeResult:
        """Put one line for each feed."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("This page names several feeds")
            yield Options(
                *(
                    Option(Content(f"{stable(title) or 'Untitled'}  {stable(url)}"))
                    for url, title in self._choices
                )
            )
            yield Static(Content("Enter adds one · Esc cancels"), classes="note")

    @on(Options.OptionSelected)
    def _take(self, event: Options.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index][0])


def in_words(found: Imported) -> str:
    """Tell what is in a file of feeds: how many are new, known and refused, and why."""
    told = [f"{found.added:,} new, {found.known:,} already there"]
    if found.refused:
        told[0] += f", {len(found.refused):,} refused:"
    for url, reason in found.refused[:_REFUSED]:
        told.append(stable(f"  {url or '(no address)'}: {reason}"))
    if more := found.refused[_REFUSED:]:
        told.append(f"  and {len(more):,} more")
    return "\n".join(told)
