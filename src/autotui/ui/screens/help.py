"""The help: every key in force and what it does, found by typing; what works here first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from autotui.ui.keys import InForce
from autotui.ui.screens.base import Dialog

_KEYS_WIDTH: Final = 16
_ARROWS: Final = str.maketrans({"↓": "Down", "↑": "Up", "←": "Left", "→": "Right"})
_NOT_HERE: Final = "\nThere is nothing for these to act on now:\n"


class HelpScreen(Dialog[None]):
    """Lists the keys: of actions that make sense where it was opened, then the others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "dismiss", "Close"),
        Binding("down", "scroll(1)", "Down", priority=True),
        Binding("up", "scroll(-1)", "Up", priority=True),
        Binding("pagedown", "scroll(5)", "Page down", priority=True),
        Binding("pageup", "scroll(-5)", "Page up", priority=True),
    ]

    def __init__(
        self,
        keys: Sequence[InForce],
        makes_sense: Callable[[str], bool],
        *,
        ascii_only: bool = False,
    ) -> None:
        super().__init__()
        self._ascii = ascii_only
        self._here = tuple(each for each in keys if makes_sense(each.action))
        self._elsewhere = tuple(each for each in keys if each not in self._here)

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
        here = tuple(self._lines(self._here, words, "bold $text-accent"))
        elsewhere = tuple(self._lines(self._elsewhere, words, ""))
        if elsewhere:
            elsewhere = (Content(_NOT_HERE if here else _NOT_HERE.lstrip()), *elsewhere)
        found = Content.assemble(*here, *elsewhere)
        return found or Content("No key does that.")

    def _lines(self, keys: Iterable[InForce], words: str, style: str) -> Iterator[Content]:
        """Give a line for each action that all words are found in."""
        wanted = words.casefold().split()
        for each in keys:
            keys_ = each.shown.translate(_ARROWS if self._ascii else {})
            line = f"{keys_} {each.text} {each.id}".casefold()
            if all(word in line for word in wanted):
                shown = f"{keys_:{_KEYS_WIDTH}} "
                yield Content.assemble((shown, style), Content(f"{each.text}\n"))
