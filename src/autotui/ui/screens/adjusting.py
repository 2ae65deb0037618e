"""Themes and settings: chosen with a preview, looked up, read again from the file."""

import asyncio
from pathlib import Path

from textual import work

from autotui import config
from autotui.errors import ConfigError
from autotui.ui.screens.sizing import Sizing
from autotui.ui.themes import AUTO


class Adjusting(Sizing):
    """Adds the verbs for how the reader looks and what the config file says."""

    def action_theme(self) -> None:
        """Choose a theme; it is worn while the cursor is on it."""
        from autotui.ui.screens.themes import ThemeScreen

        def choose(name: str | None) -> None:
            if name:
                self.wear(name)

        self.app.push_screen(ThemeScreen(self.autotui.themes, self.app.theme), choose)

    def wear(self, theme: str) -> None:
        """Take a theme; it is kept unless the config file names one."""
        self.app.theme = theme
        self.autotui.keep_theme()
        settings = self.autotui.config
        if settings.ui.theme not in {AUTO, theme}:
            place = settings.place(self.library.paths.config, "ui.theme")
            told = f"{Path(place).name} says {settings.ui.theme}"
            self.notify(f"{told}, so {theme} is worn until autotui ends.")

    def action_settings(self) -> None:
        """Show every setting and where it comes from; then read the file again."""
        from autotui.ui.screens.settings import SettingsScreen

        def after(_: None) -> None:
            self._read_again(told=False)

        self.app.push_screen(SettingsScreen(self.library, self.read_config), after)

    def action_reload_config(self) -> None:
        """Read the config file again."""
        self._read_again(told=True)

    @work(exclusive=True, exit_on_error=False, group="settings")
    async def _read_again(self, *, told: bool) -> None:
        note = await self.read_config()
        if told or note:
            self.notify(note or "Nothing in the config file has changed.")

    async def read_config(self) -> str:
        """Go by the config file as it is now; say what that did, ``""`` for nothing.

        Raises ConfigError, and all stays as it was, where the file is wrong.
        """
        file, before = self.library.paths.config, self.autotui.config
        try:
            found = await asyncio.to_thread(config.load, file)
            if found == before:
                return ""
            self.autotui.configure(found)
        except ConfigError as error:
            raise ConfigError(f"{error}; the settings before it stay") from error
        self._look_again()
        mouse = (
            "" if found.ui.mouse == before.ui.mouse else " ui.mouse waits for a restart."
        )
        return f"{file.name} was read again.{mouse}"

    def _look_again(self) -> None:
        """Show keys and glyphs as they are in force now."""
        self.looks, self.key_of = self.autotui.looks, self.autotui.key_of
        self.set_class(self.looks.ascii, "-ascii")
        self.hint()
        self.tell_trouble()
        self.tell_why_empty()
