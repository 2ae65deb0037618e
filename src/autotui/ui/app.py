"""The app: settings, theme, keys, first screen. No logic."""

import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Final

from textual import events, on
from textual.command import CommandPalette
from textual.filter import LineFilter, Monochrome
from textual.screen import Screen
from textual.widgets import Input

from autotui.config import Config
from autotui.errors import AutotuiError
from autotui.library import Library
from autotui.model import Opening
from autotui.ui import keys, themes
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
    _colourless: Final = themes.Colourless()

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
        for theme in themes.OURS:
            self.register_theme(theme)
        self._remembered_theme = ""
        self.panes: str = ""
        """How large the reader made the panes, as it was remembered."""
        self.configure(config)

    def configure(self, config: Config) -> None:
        """Take these settings; raise ConfigError, and take none, where one is wrong."""
        file = self.library.paths.config
        found, keymap = keys.in_force(config, file), keys.keymap(config, file)
        themes.check(config, file)
        self.config = config
        self.library.configure(config)
        self.looks = Looks(ascii=config.ui.ascii)
        # On the app itself, for dialogs and notes as well.
        self.set_class(config.ui.ascii, "-ascii", update=self.is_running)
        self.keys = found
        # The first key of each action, "" where it is in the palette only.
        self.key_of = {
            each.id: each.shown.split()[0] if each.keys else "" for each in found
        }
        self.set_keymap(keymap)
        self.theme = self._wanted_theme()

    @property
    def themes(self) -> tuple[str, ...]:
        """The names of the themes that can be worn, our own first."""
        ours = [theme.name for theme in themes.OURS]
        others = sorted(self.available_themes.keys() - {*ours})
        if self.no_color:
            return tuple(name for name in others if name.startswith("ansi"))
        return (*ours, *others)

    @on(events.Load)
    async def _recall(self) -> None:
        """Recall theme and panes before anything is drawn."""
        # A database that cannot be read is told by who reads the first screen.
        with suppress(AutotuiError):
            self._remembered_theme = await self.library.recall("theme")
            self.panes = await self.library.recall("panes")
        self.theme = self._wanted_theme()

    def keep_theme(self) -> None:
        """Wear at the next start what is worn now, where nothing else says what."""
        if self.config.ui.theme == themes.AUTO and not self.no_color:
            self._remembered_theme = self.theme
            self.library.remember("theme", self.theme)

    def _wanted_theme(self) -> str:
        # Without colours it takes an ansi theme's shapes to see where the cursor is.
        if self.no_color:
            return themes.first(os.environ, few_colours=True)
        chosen = self.config.ui.theme
        if chosen == themes.AUTO:
            chosen = self._remembered_theme
        few = self.console.color_system == "standard"
        known = chosen in self.available_themes
        return chosen if known else themes.first(os.environ, few_colours=few)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the colours of tags to themes that have none."""
        return themes.hues(self.current_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw without colours where there shall be none."""
        filters = super().get_line_filters()
        if not self.no_color:
            return filters
        kept = (each for each in filters if not isinstance(each, Monochrome))
        return [*kept, self._colourless]

    def get_default_screen(self) -> Screen[None]:
        """Start at the desk."""
        return MainScreen(self.library, self._opening)

    def on_key(self, event: events.Key) -> None:
        """Type into a dialog what was on its way when it opened.

        Keys bubble up from the pane that had the focus; those pressed right after the
        one that opened a dialog arrive here, past the dialog's own line.
        """
        if self.screen.is_modal and event.is_printable and event.character:
            lines = self.screen.query(Input)
            for line in [each for each in lines if each.has_focus] or lines[:1]:
                if not line.check_consume_key(event.key, event.character):
                    return
                event.prevent_default()
                self.screen.set_focus(line)
                line.insert_text_at_cursor(event.character)

    def action_command_palette(self) -> None:
        """Open the palette over the desk."""
        from autotui.ui.commands import Commands

        self.push_screen(CommandPalette([Commands]))
