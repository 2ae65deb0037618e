"""The dialogs that ask for a query: a line below the list, and a query with its name."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.widgets import Input, Static

from autotui import clean, query
from autotui.errors import QueryError
from autotui.ui.cells import measure
from autotui.ui.safe import stable
from autotui.ui.screens.base import Dialog

_MAX: Final = query.MAX_LENGTH + 1
"""Characters that are taken of what is typed: one too many is told."""


class LineScreen(Dialog[str | None]):
    """Asks for one line; gives it once it can be read, ``None`` if dropped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("up", "recall(1)", "Earlier", priority=True),
        Binding("down", "recall(-1)", "Later", priority=True),
    ]

    history: var[tuple[str, ...]] = var((), init=False)
    """What was typed before, the last first."""

    def __init__(
        self,
        title: str,
        note: str,
        check: Callable[[str], object] = str,
        live: Callable[[str], object] = str,
    ) -> None:
        """Take what raises QueryError for a line, and what is told of each change."""
        super().__init__()
        self._title = title
        self._note = note
        self._check = check
        self._live = live
        self._at = -1
        """Which line of the history is shown; -1 is the one that is typed."""
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Put the line over its note."""
        with Vertical(classes="line") as box:
            box.border_title = Content(self._title)
            yield Input(compact=True, select_on_focus=False, max_length=query.MAX_LENGTH)
            yield Static(Content(f" {self._note}"), classes="note")

    def on_mount(self) -> None:
        """Take keys at once."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _change(self, event: Input.Changed) -> None:
        self._say(f" {self._note}", wrong=False)
        self._live(event.value)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        text = clean.line(event.value, _MAX)
        try:
            self._check(text)
        except QueryError as error:
            self._point(text, error)
        else:
            self.dismiss(text or None)

    def action_recall(self, step: int) -> None:
        """Show what was typed before, or after that."""
        box = self.query_one(Input)
        if self._at < 0:
            self._typed = box.value
        self._at = max(-1, min(self._at + step, len(self.history) - 1))
        box.value = self._typed if self._at < 0 else self.history[self._at]
        box.cursor_position = len(box.value)

    def _point(self, text: str, error: QueryError) -> None:
        """Put the cursor on the character, and the message below it."""
        box = self.query_one(Input)
        with self.prevent(Input.Changed):
            box.value = text
        box.cursor_position = error.at
        self.call_after_refresh(self._tell, str(error))

    def _tell(self, message: str) -> None:
        box = self.query_one(Input)
        column = box.cursor_screen_offset.x - self.region.x
        self._say(pointed(column, message, self.size.width), wrong=True)

    def _say(self, text: str, *, wrong: bool) -> None:
        note = self.query_one(".note", Static)
        note.update(Content(text))
        note.set_class(wrong, "wrong")


class QueryScreen(Dialog[tuple[str, str] | None]):
    """Asks for a query and its name; gives both, ``None`` if dropped."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Cancel")]

    def __init__(self, title: str, name: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._name = name
        self._text = text

    def compose(self) -> ComposeResult:
        """Put the name over the query."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self._title)
            name = Input(self._name, placeholder="name", id="name")
            name.border_title = "Name"
            yield name
            box = Input(self._text, placeholder="query", id="query", select_on_focus=False)
            box.border_title = "Query"
            yield box
            yield Static(Content(""), classes="note wrong")
            yield Static(
                Content("Tab: the other line · Enter keeps · Esc leaves all as it was"),
                classes="note",
            )

    @on(Input.Changed)
    def _change(self) -> None:
        self.query_one(".wrong", Static).update(Content(""))

    @on(Input.Submitted)
    def _keep(self) -> None:
        name, box = (self.query_one(f"#{each}", Input) for each in ("name", "query"))
        text = clean.line(box.value, _MAX)
        try:
            query.parse(text)
        except QueryError as error:
            with self.prevent(Input.Changed):
                box.value = text
            box.focus()
            box.cursor_position = error.at
            self.query_one(".wrong", Static).update(Content(stable(str(error))))
        else:
            self.dismiss((clean.line(name.value), text) if text else None)


def pointed(column: int, message: str, width: int) -> str:
    """Give a line with ``^`` in a column and a message at the side that has room."""
    told = stable(message)
    column = max(0, min(column, width - 1))
    room = column - measure(told) - 1
    if column + 2 + measure(told) > width and room >= 0:
        return f"{' ' * room}{told} ^"
    return f"{' ' * column}^ {told}"
