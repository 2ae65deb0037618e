"""The dialog for a rule: its name, its query, what it does, and what that would change."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from autotui import clean, query
from autotui.errors import QueryError
from autotui.model import how_many
from autotui.rules import Draft
from autotui.ui.safe import stable
from autotui.ui.screens.asking import pointed
from autotui.ui.screens.base import Dialog, LibraryScreen
from autotui.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from autotui.library import Library

PAUSE_SECONDS: Final = 0.15
"""After the last key, before it is looked which stories there are."""
_NO_YES: Final = ("no", "yes")
_MARKS: Final = (("star", "Star"), ("later", "Read later"), ("read", "Mark read"))
_TITLES: Final = 4
_MAX: Final = query.MAX_LENGTH + 1
"""Characters that are taken of a query: one too many is told."""


class RuleScreen(LibraryScreen[Draft | None], Dialog[Draft | None]):
    """Asks for a rule; gives it once it makes sense, ``None`` if dropped.

    The query comes first: it has the focus, and most to say.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("enter", "keep", "Keep"),
        Binding("down", "app.focus_next", "Next"),
        Binding("up", "app.focus_previous", "Before"),
    ]

    def __init__(self, library: "Library", draft: Draft, taken: Sequence[str]) -> None:
        super().__init__(library)
        self._draft = draft
        self._taken = frozenset(taken) - {draft.name if draft.id is not None else ""}
        """Names that other rules have."""

    def compose(self) -> ComposeResult:
        """Put a line for each part over what it would change."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("A rule")
            for label, field, told in self._fields():
                with Horizontal(classes="field"):
                    yield Static(Content(label), classes="label")
                    yield field
                    yield Static(Content(told), classes="told")
                if field.id == "query":
                    yield Static(Content(""), classes="wrong")
            yield Static(Content(""), classes="choices")
            yield Static(
                Content(
                    "Tab goes on · Space turns · Enter keeps · Esc leaves all as it was"
                ),
                classes="note",
            )

    def on_mount(self) -> None:
        """Show what the rule would change, if it is one already."""
        self._preview()

    def _fields(self) -> Iterator[tuple[str, Widget, str]]:
        draft = self._draft
        tags = " ".join(each[1:] for each in draft.actions if each.startswith("+"))
        told = 'a query: inverter, title:motor, "wheel hub"'
        box = Input(draft.query, told, id="query", compact=True, select_on_focus=False)
        yield "Stories", box, ""
        told = "names with spaces between"
        yield "Tag them", Input(tags, told, id="tags", compact=True), ""
        for action, label in _MARKS:
            yield label, Choice(_NO_YES, _NO_YES[action in draft.actions], id=action), ""
        name = Input(draft.name, id="name", compact=True, placeholder="else its query")
        yield "Name", name, ""

    @on(Input.Changed)
    def _changed(self) -> None:
        self._preview()

    @on(Choice.Changed)
    def _turned(self) -> None:
        self._preview()

    @work(exclusive=True, exit_on_error=False, group="preview")
    async def _preview(self) -> None:
        """Show which stories the rule would change now, as it stands."""
        await asyncio.sleep(PAUSE_SECONDS)
        draft = self._drafted()
        try:
            found = await self.library.rules.preview(draft.query, draft.actions)
        except QueryError as error:
            self._say(stable(str(error)) if draft.query else "", "")
            return
        first = await self.library.articles(found[:_TITLES])
        titles = "".join(f"\n· {stable(each.title)}" for each in first)
        self._say("", f"Of those here it would change {how_many(len(found))}.{titles}")

    def _say(self, wrong: str, told: str) -> None:
        self.query_one(".wrong", Static).update(Content(wrong))
        self.query_one(".choices", Static).update(Content(told))

    @on(Input.Submitted)
    def action_keep(self) -> None:
        """Give the rule, or say what is wrong with it."""
        draft = self._drafted()
        try:
            self.library.rules.check(draft)
        except QueryError as error:
            self._point(draft.query, error)
            return
        if draft.name in self._taken:
            self.query_one("#name", Input).focus()
            self._say(f"There is a rule {stable(draft.name)} already.", "")
        else:
            self.dismiss(draft)

    def _drafted(self) -> Draft:
        told = {box.id: box.value for box in self.query(Input)}
        chosen = {choice.id: choice.value for choice in self.query(Choice)}
        text = clean.line(told["query"], _MAX)
        tags = (clean.tag(each) for each in told["tags"].split())
        actions = [f"+{tag}" for tag in dict.fromkeys(tags) if tag]
        actions += [name for name, _ in _MARKS if chosen[name] == _NO_YES[True]]
        name = clean.line(told["name"]) or text[:40]
        return Draft(name, text, tuple(actions), self._draft.id)

    def _point(self, text: str, error: QueryError) -> None:
        """Put the cursor on the character, and the message below it."""
        self.workers.cancel_group(self, "preview")
        box = self.query_one("#query", Input)
        with self.prevent(Input.Changed):
            box.value = text
        box.focus()
        box.cursor_position = error.at
        self.call_after_refresh(self._tell, str(error))

    def _tell(self, message: str) -> None:
        box, line = self.query_one("#query", Input), self.query_one(".wrong", Static)
        column = box.cursor_screen_offset.x - line.region.x
        self._say(pointed(column, message, line.size.width), "")
