"""The command palette: every action of the page of keys, and every row to go to.

Hits are Content, never strings: Textual would read a feed's title as markup.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from autotui.ui.safe import stable

if TYPE_CHECKING:
    from autotui.ui.screens.main import MainScreen


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

    def _actions(self) -> Iterator[tuple[str, str | None, IgnoreReturnCallbackType]]:
        main = self._main
        for each in main.autotui.keys:
            if each.action != "palette" and not _moves(each.id):
                yield each.text, each.shown, _runner(main, each.action)

    def _rows(self) -> Iterator[tuple[str, str | None, IgnoreReturnCallbackType]]:
        main = self._main
        for row in main.rows:
            if row.kind != "heading":
                yield f"Go to {stable(row.label)}", None, _goer(main, row.identity)

    def _themes(self) -> Iterator[tuple[str, str | None, IgnoreReturnCallbackType]]:
        app = self._main.autotui
        for name in sorted(app.available_themes):
            yield f"Theme {name}", "until autotui ends", _themer(app, name)


def _moves(id_: str) -> bool:
    """Whether an action belongs to the pane with the focus: the palette has none."""
    return id_.endswith(("-down", "-up")) or id_ in {"top", "bottom"}


def _runner(main: "MainScreen", action: str) -> IgnoreReturnCallbackType:
    async def run() -> None:
        await main.run_action(action)

    return run


def _goer(main: "MainScreen", row: tuple[str, str, int]) -> IgnoreReturnCallbackType:
    return lambda: main.go_to_row(row)


def _themer(app: object, name: str) -> IgnoreReturnCallbackType:
    return lambda: setattr(app, "theme", name)
