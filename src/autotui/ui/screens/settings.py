"""The settings page: every setting, what it may be, and which line of the file says so."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import var

from autotui import reference
from autotui.reference import Setting
from autotui.ui import themes
from autotui.ui.safe import stable
from autotui.ui.screens.base import LibraryScreen
from autotui.ui.sheet import Flow, Sheet, set_to
from autotui.ui.widgets.page import Page
from autotui.ui.widgets.status import Status

if TYPE_CHECKING:
    from autotui.library import Library

_HINTS: Final = (("q", "Back"), ("r", "Read the file again"))
_INDENT: Final = "    "


class SettingsPage(Page):
    """Shows settings."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "page--heading",
        "page--label",
        "page--strong",
        "page--mono",
    }

    settings: var[tuple[Setting, ...]] = var((), init=False)
    theme_now: var[str] = var("", init=False)

    def typeset(self, width: int) -> Sheet:
        """Set the settings to a width."""
        return set_to(width, tuple(told(self.settings, self.theme_now)))

    def watch_settings(self) -> None:
        """Show them where the page was."""
        self.show_text(keep_place=True)


class SettingsScreen(LibraryScreen[None]):
    """Shows the settings in force; the main screen reads the file again after it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,comma", "leave", "Back"),
        Binding("r", "read_again", "Read the file again"),
    ]

    def __init__(self, library: "Library", read: Callable[[], Awaitable[str]]) -> None:
        super().__init__(library)
        self._read = read
        """Reads the file again, and tells what that did."""

    def compose(self) -> ComposeResult:
        """Put the page over a line of keys."""
        yield SettingsPage()
        yield Status()

    def on_mount(self) -> None:
        """Show the settings."""
        self.set_class(self.autotui.looks.ascii, "-ascii")
        self.query_one(Status).hints = _HINTS
        page, file = self.query_one(SettingsPage), self.library.paths.config
        there = "" if file.exists() else " · not there; these are the defaults"
        page.border_title = Content(f"Settings · {stable(str(file))}{there}")
        page.focus()
        self._show()

    @work(exclusive=True, exit_on_error=False, group="show")
    async def _show(self) -> None:
        page, path = self.query_one(SettingsPage), self.library.paths.config
        # The sentences are read from source code: 5 ms at the first time.
        found = await asyncio.to_thread(reference.in_force, self.autotui.config, path)
        page.theme_now = self.app.theme
        page.settings = found

    @work(exclusive=True, exit_on_error=False, group="read")
    async def action_read_again(self) -> None:
        """Read the file again, and show what it says."""
        note = await self._read()
        self.notify(note or "Nothing in the config file has changed.")
        self._show()

    def action_leave(self) -> None:
        """Go back to the stories."""
        self.dismiss(None)


def told(settings: Sequence[Setting], theme: str) -> Iterator[Flow]:
    """Tell the settings, a table at a time."""
    for table, group in groupby(settings, key=lambda each: each.table):
        yield Flow(f"[{table}]", "heading")
        for each in group:
            yield _value(each)
            worn = f" Now {theme}." if each.value == themes.AUTO else ""
            about = f"{each.told} May be {each.allowed}.{worn}"
            yield Flow(about, "label", first=_INDENT, rest=_INDENT, gap=False)


def _value(setting: Setting) -> Flow:
    name = stable(setting.name.removeprefix(f"{setting.table}."))
    value = stable(json.dumps(setting.value, ensure_ascii=False))
    text = f"{name} = {value}  ({setting.source})"
    end = len(name)
    runs = [(0, end, "strong"), (end + 3, end + 3 + len(value), "mono")]
    if setting.source == reference.DEFAULT:
        runs.append((end + 3 + len(value), len(text), "label"))
    return Flow(text, runs=tuple(runs), gap=True)
