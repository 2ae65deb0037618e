"""The dialogs for a feed that is there: its settings, its folder."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static

from autotui import edits
from autotui.edits import PAGES, Edit
from autotui.errors import UnknownError
from autotui.model import Feed
from autotui.ui.safe import stable
from autotui.ui.screens.base import Dialog
from autotui.ui.widgets.choice import Choice

_SHOWN: Final = 8
_MUTED: Final = ("no", "yes")


class EditScreen(Dialog[Edit | None]):
    """Asks for a feed's settings; gives those that are new, ``None`` if dropped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("enter", "keep", "Keep"),
        Binding("down", "app.focus_next", "Next"),
        Binding("up", "app.focus_previous", "Before"),
    ]

    def __init__(
        self,
        feed: Feed,
        folders: Sequence[str],
        typed: Edit | None = None,
        trouble: str = "",
    ) -> None:
        super().__init__()
        self._feed = feed
        self._folders = tuple(folders)
        self._typed = typed or Edit()
        """What was typed in vain before, ..."""
        self._trouble = trouble
        """... and what was wrong with it."""

    def compose(self) -> ComposeResult:
        """Put a line for each setting."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(stable(f"Edit {self._feed.title}"))
            for label, field, told in self._fields():
                with Horizontal(classes="field"):
                    yield Static(Content(label), classes="label")
                    yield field
                    yield Static(Content(told), classes="told")
            yield Static(Content(""), classes="trouble")
            yield Static(
                Content(
                    "Tab goes on · → completes · Enter keeps · Esc leaves it as it was"
                ),
                classes="note",
            )

    def on_mount(self) -> None:
        """Say what was wrong, if anything was."""
        self._tell(self._trouble)

    def _tell(self, trouble: str) -> None:
        line = self.query_one(".trouble", Static)
        line.update(Content(trouble))
        line.display = bool(trouble)

    def _fields(self) -> Iterator[tuple[str, Widget, str]]:
        feed, typed = self._feed, self._typed
        title = feed.title if typed.title is None else typed.title
        yield "Title", _line("title", title), ""
        folders = SuggestFromList(self._folders, case_sensitive=False)
        folder = feed.folder if typed.folder is None else typed.folder
        yield "Folder", _line("folder", folder, folders), ""
        yield "Address", _line("url", typed.url or feed.url), ""
        minutes = feed.minutes if typed.minutes is None else typed.minutes
        every = _line("minutes", str(minutes or ""), short=True)
        yield "Ask every", every, "minutes; none: as its stories come"
        yield "Full text", Choice(PAGES, typed.pages or feed.pages, id="pages"), ""
        selectors = feed.selectors if typed.selectors is None else typed.selectors
        yield "Selectors", _line("selectors", "; ".join(selectors)), ""
        days = feed.keep_days if typed.keep_days is None else typed.keep_days
        kept = _line("keep-days", str(days or ""), short=True)
        yield "Keep texts", kept, "days once read; none: for ever"
        muted = feed.muted if typed.muted is None else typed.muted
        yield "Muted", Choice(_MUTED, _MUTED[muted], id="muted"), "in its own row alone"

    @on(Input.Submitted)
    def action_keep(self) -> None:
        """Give what is new, or say what is wrong."""
        try:
            self.dismiss(edits.checked(self._new()))
        except UnknownError as error:
            told = str(error)
            self._tell(f"{told[0].upper()}{told[1:]}.")

    def _new(self) -> Edit:
        """Give what was changed; an address that was not keeps its password."""
        feed, told = self._feed, {box.id: box.value.strip() for box in self.query(Input)}
        chosen = {choice.id: choice.value for choice in self.query(Choice)}
        lines = tuple(filter(None, map(str.strip, told["selectors"].split(";"))))
        minutes, days = edits.number(told["minutes"]), edits.number(told["keep-days"])
        muted = chosen["muted"] == _MUTED[True]
        pages = next(each for each in PAGES if each == chosen["pages"])
        return Edit(
            title=told["title"] if told["title"] != feed.title else None,
            folder=told["folder"] if told["folder"] != feed.folder else None,
            url=told["url"] if told["url"] != feed.url else None,
            minutes=minutes if minutes != feed.minutes else None,
            pages=pages if pages != feed.pages else None,
            selectors=lines if lines != feed.selectors else None,
            muted=muted if muted != feed.muted else None,
            keep_days=days if days != feed.keep_days else None,
        )


class FolderScreen(Dialog[str | None]):
    """Asks for a feed's folder; gives its name, ``""`` for none, ``None`` if dropped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("tab", "complete", "Complete", priority=True),
    ]

    def __init__(self, feed: Feed, folders: Sequence[str]) -> None:
        super().__init__()
        self._feed = feed
        self._folders = tuple(folders)

    def compose(self) -> ComposeResult:
        """Put the line to type in over the folders that fit."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("Move to a folder")
            yield Static(Content(stable(self._feed.title)), classes="subject")
            yield Input(
                self._feed.folder,
                placeholder="none",
                suggester=SuggestFromList(self._folders, case_sensitive=False),
            )
            yield Static(Content(self._choices("")), classes="choices")
            yield Static(
                Content("Tab completes · Enter moves it · Esc leaves it where it is"),
                classes="note",
            )

    @on(Input.Changed)
    def _show_choices(self, event: Input.Changed) -> None:
        self.query_one(".choices", Static).update(Content(self._choices(event.value)))

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        self.dismiss(edits.in_levels(event.value))

    def action_complete(self) -> None:
        """Complete to the first folder that fits."""
        box = self.query_one(Input)
        for name in self._fitting(box.value)[:1]:
            box.value = name
            box.cursor_position = len(name)

    def _fitting(self, typed: str) -> list[str]:
        begun = typed.strip().casefold()
        return [name for name in self._folders if name.casefold().startswith(begun)]

    def _choices(self, typed: str) -> str:
        """Give the folders that what is typed may become, or all."""
        fitting = self._fitting("" if typed == self._feed.folder else typed)
        if not fitting and not edits.in_levels(typed):
            return "Type the name of a new folder."
        if not fitting:
            return f"{stable(edits.in_levels(typed))} is a new folder"
        return "  ".join(stable(name) for name in fitting[:_SHOWN])


def _line(
    name: str, value: str, suggester: SuggestFromList | None = None, *, short: bool = False
) -> Input:
    return Input(
        value,
        id=name,
        suggester=suggester,
        classes="short" if short else None,
        compact=True,
    )
