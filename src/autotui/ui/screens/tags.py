"""The page of tags: how many stories each has, and all that can be changed of it."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from autotui.tags import Tag
from autotui.ui.safe import stable
from autotui.ui.screens import naming
from autotui.ui.screens.base import PageScreen
from autotui.ui.widgets.status import Status
from autotui.ui.widgets.tag_list import TagList, head

if TYPE_CHECKING:
    from autotui.library import Library

_HINTS: Final = (
    *(("q", "Back"), ("Enter", "Stories"), ("E", "Rename"), ("M", "Merge")),
    *(("c", "Colour"), ("d", "Delete"), ("u", "Undo"), ("U", "Redo")),
)
_FRAME: Final = 2
"""Cells before a row of the list: its border, and where the cursor stands."""


class TagsScreen(PageScreen[str | None]):
    """Shows the tags; gives the one whose stories are to be read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,number_sign", "leave", "Back"),
        Binding("enter", "go", "Stories"),
        Binding("E", "rename", "Rename"),
        Binding("M", "merge", "Merge"),
        Binding("c", "colour", "Colour"),
        Binding("d", "delete", "Delete"),
        Binding("u", "undo", "Undo"),
        Binding("U", "redo", "Redo"),
    ]

    def __init__(self, library: "Library") -> None:
        super().__init__(library)
        self._next = ""
        """The tag that is to be under the cursor next."""

    def compose(self) -> ComposeResult:
        """Put the columns' names over the list, and a line of keys below."""
        yield Static(Content(""), id="columns")
        yield TagList()
        yield Status()

    def on_mount(self) -> None:
        """Read the tags."""
        self.set_class(self.autotui.looks.ascii, "-ascii")
        self.query_one(Status).hints = _HINTS
        self.list.looks = self.autotui.looks
        self.list.empty = "There is no tag yet. t tags the story that you read."
        self.list.focus()
        self.load()

    def on_resize(self) -> None:
        """Name the columns that there is room for."""
        self.call_after_refresh(self._name_columns)

    @property
    def list(self) -> TagList:
        """The tags."""
        return self.query_one(TagList)

    def action_go(self) -> None:
        """Go to the stories of the tag."""
        self._to_tag(lambda tag: self.dismiss(tag.name))

    def action_rename(self) -> None:
        """Ask for another name."""
        self._to_tag(lambda tag: self._ask_name(tag, merge=False))

    def action_merge(self) -> None:
        """Ask for the tag that is to have the stories of this one as well."""
        self._to_tag(lambda tag: self._ask_name(tag, merge=True))

    def action_colour(self) -> None:
        """Ask for the colour."""
        self._to_tag(self._ask_colour)

    def action_delete(self) -> None:
        """Take the tag from all stories."""
        self._to_tag(
            lambda tag: naming.delete(self.library, tag.name, self.list.tags, self._settle)
        )

    def _to_tag(self, verb: Callable[[Tag], object]) -> None:
        def act() -> None:
            if here := self.list.current:
                verb(here)

        self.list.then(act)

    def _ask_name(self, tag: Tag, *, merge: bool) -> None:
        naming.ask_name(self, tag.name, self.list.tags, self._settle, merge=merge)

    def _ask_colour(self, tag: Tag) -> None:
        def paint(colour: str | None) -> None:
            if colour is not None and colour != tag.colour:
                told = f"#{stable(tag.name)} is {colour or 'without colour'} now."
                stored = self.library.tagging.paint(tag.name, colour)
                self._settle(stored, f"{told} u takes that back.", tag.name)

        self.app.push_screen(naming.ColourScreen(tag, self.autotui.looks), paint)

    @on(TagList.Chosen)
    def _go_clicked(self, message: TagList.Chosen) -> None:
        self.dismiss(message.name)

    def _settle(self, stored: Awaitable[object], told: str, name: str) -> None:
        # What is typed next is meant for the list as it is after this.
        self.list.wait()
        self._settled(stored, told, name)

    @work(exit_on_error=False, group="change")
    async def _settled(self, stored: Awaitable[object], told: str, name: str) -> None:
        """Wait for what is being stored, and show the tags as they are then."""
        try:
            await stored
            self._next = name
            self.notify(told)
        finally:
            await self.show()

    async def read(self) -> None:
        """Show the tags as they are stored."""
        self.list.now = self.library.now()
        self.list.tags = await self.library.tagging.every()
        self.list.border_title = Content(f"Tags · {len(self.list.tags):,}")
        names = [each.name for each in self.list.tags]
        if self._next in names:
            self.list.cursor = names.index(self._next)
        self._next = ""
        self._name_columns()

    def _name_columns(self) -> None:
        width = self.list.scrollable_content_region.width - 1
        shown = head(max(0, width)) if self.list.tags else ""
        self.query_one("#columns", Static).update(Content(f"{' ' * _FRAME}{shown}"))
