"""A line of a dialog that holds one of a few words; keys go through them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Choice(Widget, can_focus=True):
    """Shows its words, the chosen one in brackets: plain without colours as well."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "Next"),
        Binding("left", "step(-1)", "Before"),
    ]

    value: reactive[str] = reactive("")

    @dataclass
    class Changed(Message):
        """Another word is chosen."""

    def __init__(self, words: Sequence[str], value: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._words = tuple(words)
        self.set_reactive(Choice.value, value)

    def render(self) -> Content:
        """Draw the words beside each other."""
        words = (f"[{one}]" if one == self.value else f" {one} " for one in self._words)
        return Content(" ".join(words))

    def action_step(self, step: int) -> None:
        """Choose the next word, or the one before, round and round."""
        at = self._words.index(self.value)
        self.value = self._words[(at + step) % len(self._words)]

    def watch_value(self) -> None:
        """Tell that another word is chosen."""
        self.post_message(self.Changed())

    def on_click(self) -> None:
        """Choose the next word."""
        self.action_step(1)

    def on_key(self, event: events.Key) -> None:
        """Choose the word that begins with the letter; Space takes the next one."""
        if not event.is_printable:
            return
        # No letter that is typed here is meant for a line of the dialog.
        event.stop()
        event.prevent_default()
        if event.key == "space":
            self.action_step(1)
        for word in self._words:
            if event.character and word.startswith(event.character):
                self.value = word
