"""The app: theme, keys, first screen. No logic."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.app import SystemCommand
from textual.command import Provider
from textual.screen import Screen

from autotui.config import Config
from autotui.errors import ConfigError
from autotui.library import Library
from autotui.ui import keys
from autotui.ui.commands import Commands
from autotui.ui.render import Looks
from autotui.ui.screens.main import MainScreen
from autotui.ui.terminal import TerminalApp


class AutotuiApp(TerminalApp, inherit_bindings=False):
    """The reader, over one Library."""

    CSS_PATH = "autotui.tcss"
    BINDINGS = keys.APP
    COMMANDS: ClassVar[set[type[Provider]]] = {Commands}  # type: ignore[assignment]
    COMMAND_PALETTE_BINDING = "ctrl+p"
    TITLE = "autotui"

    def __init__(
        self,
        library: Library,
        config: Config,
        farewell: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(
            library.paths.log.with_name("crash.txt"), farewell or library.settle
        )
        self.library = library
        self.config = config
        self.looks = Looks(ascii=config.ui.ascii)
        self.keys = keys.in_force(config, library.paths.config)
        if config.ui.theme not in self.available_themes:
            known = ", ".join(sorted(self.available_themes))
            raise ConfigError(
                f"{library.paths.config}: there is no ui.theme {config.ui.theme!r}; "
                f"known: {known}"
            )
        # NO_COLOR makes greys of a true-colour theme; an ansi theme really has none.
        self.theme = "ansi-dark" if self.no_color else config.ui.theme
        self.set_keymap(keys.keymap(config, library.paths.config))

    def get_default_screen(self) -> Screen[None]:
        """Start at the desk."""
        return MainScreen(self.library)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer nothing of Textual's own: every command is on our page of keys."""
        del screen
        return ()
