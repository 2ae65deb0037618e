"""The app: theme, keys, first screen. No logic."""

from collections.abc import Awaitable, Callable

from textual import events
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input

from autotui.config import Config
from autotui.errors import ConfigError
from autotui.library import Library
from autotui.model import Opening
from autotui.ui import keys
from autotui.ui.render import Looks
from autotui.ui.screens.main import MainScreen
from autotui.ui.terminal import TerminalApp


class AutotuiApp(TerminalApp, inherit_bindings=False):
    """The reader, over one Library."""

    CSS_PATH = "autotui.tcss"
    BINDINGS = keys.APP
    # Textual's own key opens the palette over dialogs too, where it has nothing to offer.
    ENABLE_COMMAND_PALETTE = False
    TITLE = "autotui"

    def __init__(
        self,
        library: Library,
        config: Config,
        farewell: Callable[[], None] | None = None,
        opening: Awaitable[Opening] | None = None,
    ) -> None:
        super().__init__(
            library.paths.log.with_name("crash.txt"), farewell or library.settle
        )
        self.library = library
        self._opening = opening
        """What the first screen shows, if it is being read already."""
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
        return MainScreen(self.library, self._opening)

    def on_key(self, event: events.Key) -> None:
        """Type into a dialog what was on its way when it opened.

        Keys bubble up from the pane that had the focus; those pressed right after the
        one that opened a dialog arrive here, past the dialog's own line.
        """
        if self.screen.is_modal and event.is_printable and event.character:
            for line in self.screen.query(Input):
                event.prevent_default()
                self.screen.set_focus(line)
                line.insert_text_at_cursor(event.character)

    def action_command_palette(self) -> None:
        """Open the palette over the desk."""
        from autotui.ui.commands import Commands

        self.push_screen(CommandPalette([Commands]))
