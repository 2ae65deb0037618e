"""Another name, or a colour, for a tag: the dialogs, and what two becoming one asks."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from autotui import clean
from autotui.tags import COLOURS, Tag, is_within, taken
from autotui.ui.render import Looks
from autotui.ui.safe import stable
from autotui.ui.screens.base import Dialog, LibraryScreen
from autotui.ui.screens.confirming import ConfirmScreen
from autotui.ui.widgets.options import Options

if TYPE_CHECKING:
    from autotui.library import Library

_SHOWN: Final = 6
Then = Callable[[Awaitable[object], str, str], object]
"""Takes what is being stored, what to tell of it, and the name of the tag after it."""


def ask_name(
    screen: LibraryScreen[Any], tag: str, every: Sequence[Tag], then: Then, *, merge: bool
) -> None:
    """Ask how a tag shall be called, or into which other one to ``merge`` it."""

    def take(name: str | None) -> None:
        if name is None or name == tag:
            return
        if merge or taken(every, name, but=tag):
            _ask_merge(screen, tag, name, then)
        else:
            stored = screen.library.tagging.rename(tag, name)
            told = f"Renamed #{stable(tag)} to #{stable(name)}. u takes that back."
            then(stored, told, name)

    known = [each.name for each in every if not is_within(each.name, tag)]
    screen.app.push_screen(NameScreen(tag, known, merge=merge), take)


def delete(library: "Library", tag: str, every: Sequence[Tag], then: Then) -> None:
    """Delete a tag and all below it."""
    below = sum(each.name.startswith(f"{tag}/") for each in every)
    more = f" and {below} below it" if below else ""
    told = f"Deleted #{stable(tag)}{more}. u brings it back to its stories."
    then(library.tagging.delete(tag), told, "")


def _ask_merge(screen: LibraryScreen[Any], tag: str, name: str, then: Then) -> None:
    def merge(sure: bool | None) -> None:  # noqa: FBT001 - a screen's answer
        if sure:
            stored = screen.library.tagging.merge(tag, name)
            told = f"Merged #{stable(tag)} into #{stable(name)}. u takes that back."
            then(stored, told, name)

    question = (
        f"All stories of #{stable(tag)} get #{stable(name)} instead, and rules and "
        "queries that name it go with it.\n\nOne u takes all of it back."
    )
    screen.app.push_screen(ConfirmScreen("Merge two tags", question, "merges them"), merge)


class NameScreen(Dialog[str | None]):
    """Asks for the name of a tag; gives it as it is kept, ``None`` if dropped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("tab", "complete", "Complete", priority=True),
    ]

    def __init__(self, tag: str, known: Sequence[str], *, merge: bool) -> None:
        super().__init__()
        self._tag = tag
        self._known = tuple(known)
        self._merge = merge

    def compose(self) -> ComposeResult:
        """Put the line to type in over the tags that fit."""
        title = "Merge #{} into" if self._merge else "Rename #{}"
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(title.format(stable(self._tag)))
            yield Input(
                "" if self._merge else self._tag,
                placeholder="name; / makes levels",
                max_length=clean.MAX_TAG,
                suggester=SuggestFromList(self._known, case_sensitive=False),
                select_on_focus=False,
            )
            yield Static(Content(self._choices("")), classes="choices")
            yield Static(
                Content("Tab completes · Enter keeps · Esc leaves all as it was"),
                classes="note",
            )

    @on(Input.Changed)
    def _show_choices(self, event: Input.Changed) -> None:
        self.query_one(".choices", Static).update(Content(self._choices(event.value)))

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        self.dismiss(clean.tag(event.value) or None)

    def action_complete(self) -> None:
        """Complete to the first tag that fits."""
        box = self.query_one(Input)
        for name in self._fitting(box.value)[:1]:
            box.value = name
            box.cursor_position = len(name)

    def _fitting(self, typed: str) -> list[str]:
        begun = typed.strip().lstrip("#").casefold()
        return [name for name in self._known if name.startswith(begun)]

    def _choices(self, typed: str) -> str:
        """Give the tags that what is typed may become, or what it becomes."""
        name = clean.tag(typed)
        if name in self._known:
            return f"#{stable(name)} is there: the two become one"
        begun = "" if name == self._tag else typed
        fitting = self._fitting(begun)[:_SHOWN]
        new = "" if self._merge else f"#{stable(name)}, with all below it"
        return "  ".join(f"#{stable(each)}" for each in fitting) or new


class ColourScreen(Dialog[str | None]):
    """Asks for a tag's colour; gives its name, ``""`` for none, ``None`` if dropped."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "Cancel")]

    def __init__(self, tag: Tag, looks: Looks) -> None:
        super().__init__()
        self._tag = tag
        self._looks = looks

    def compose(self) -> ComposeResult:
        """List the colours, each with its sample and its name."""
        sample = self._looks.sample * 2
        with Vertical(classes="dialog narrow") as dialog:
            dialog.border_title = Content(f"Colour of #{stable(self._tag.name)}")
            yield Options(
                Option(Content("   none")),
                *(
                    Option(Content.assemble((sample, f"$tag-{name}"), f" {name}"))
                    for name in COLOURS
                ),
            )
            yield Static(Content("Enter keeps it · Esc leaves it"), classes="note")

    def on_mount(self) -> None:
        """Begin at the colour that it has."""
        every = ("", *COLOURS)
        self.query_one(Options).highlighted = every.index(self._tag.colour)

    @on(Options.OptionSelected)
    def _take(self, event: Options.OptionSelected) -> None:
        self.dismiss(("", *COLOURS)[event.option_index])
