"""The command palette: every action of the page of keys, and every row to go to.

Hits are Content, never strings: Textual would read a feed's title as markup.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from autotui.ui import keys
from autotui.ui.safe import stable

if TYPE_CHECKING:
    from autotui.ui.keys import InForce
    from autotui.ui.screens.main import MainScreen

_Command = tuple[str, str | None, IgnoreReturnCallbackType]
_FOR_FINGERS: Final = frozenset(
    {"palette", "back", "read", "read-back"}
    | {"pane-left", "pane-right", "next-pane", "previous-pane"}
    | {each.id for each in keys.PANE if isinstance(each, Binding)}
)
"""Actions that only make sense as a key that is pressed where the focus is."""
_OF_THE_APP: Final = {each.id for each in keys.APP if isinstance(each, Binding)}


class Commands(Provider):
    """Finds actions, themes and rows of the feed list by what is typed."""

    async def discover(self) -> Hits:
        """Give every action before anything is typed."""
        for text, help_, run in self._actions():
            yield DiscoveryHit(Content(text), run, text=text, help=help_)

    async def search(self, query: str) -> Hits:
        """Give what matches."""
        matcher = self.matcher(query)
        for text, help_, run in (*self._actions(), *self._rows(), *self._themes()):
            if (score := matcher.match(text)) > 0:
                yield Hit(score, Content(text), run, text=text, help=help_)

    @property
    def _main(self) -> "MainScreen":
        return cast("MainScreen", self.screen)

    def _actions(self) -> Iterator[_Command]:
        main = self._main
        for each in main.autotui.keys:
            if each.id not in _FOR_FINGERS and main.makes_sense(each.action):
                yield each.text, each.shown if each.keys else None, _runner(main, each)

    def _rows(self) -> Iterator[_Command]:
        main = self._main
        for row in main.rows:
            if row.kind != "heading":
                mark = "#" if row.kind == "tag" else ""
                text = f"Go to {mark}{stable(row.label)}"
                yield text, None, _goer(main, row.identity)

    def _themes(self) -> Iterator[_Command]:
        main = self._main
        for name in main.autotui.themes:
            yield f"Theme {name}", None, _themer(main, name)


def _runner(main: "MainScreen", command: "InForce") -> IgnoreReturnCallbackType:
    async def run() -> None:
        target = main.app if command.id in _OF_THE_APP else main
        await target.run_action(command.action)

    return run


def _goer(main: "MainScreen", row: tuple[str, str, int]) -> IgnoreReturnCallbackType:
    return lambda: main.go_to_row(row)


def _themer(main: "MainScreen", name: str) -> IgnoreReturnCallbackType:
    return lambda: main.wear(name)
