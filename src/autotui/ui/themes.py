"""The themes of our own, the one to begin with, and how to do without colours.

Contrasts after WCAG 2.2: text on each of its backgrounds at least 4.5 to 1, in the
high-contrast theme at least 7 to 1.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import BUILTIN_THEMES, Theme

from autotui.config import Config
from autotui.errors import ConfigError, hint
from autotui.tags import COLOURS

AUTO: Final = "auto"
"""In the config file: the theme that was chosen in the reader."""
_LIGHT: Final = frozenset({"7", *map(str, range(9, 16))})
"""Numbers of light colours among a terminal's sixteen."""

OURS: Final = (
    Theme(
        "autotui-dark",
        primary="#5aa9e6",
        secondary="#8fb8c9",
        accent="#4fd1a5",
        warning="#e9b44c",
        error="#f2777a",
        success="#7fd18b",
        foreground="#e4e8ec",
        background="#11161b",
        surface="#1a2128",
        panel="#232c35",
        dark=True,
        variables={
            "tag-red": "#f2777a",
            "tag-yellow": "#e9b44c",
            "tag-green": "#7fd18b",
            "tag-cyan": "#5fc9d8",
            "tag-blue": "#7ab8f5",
            "tag-magenta": "#d69ae8",
            "block-cursor-background": "#2f6ea5",
            "block-cursor-foreground": "#ffffff",
            "block-cursor-blurred-background": "#27333f",
        },
    ),
    Theme(
        "autotui-light",
        primary="#1d5f9a",
        secondary="#3f6473",
        accent="#00694a",
        warning="#7d5300",
        error="#a91f26",
        success="#1d6a2c",
        foreground="#15191d",
        background="#fbfbf9",
        surface="#f1f2ef",
        panel="#e5e8e4",
        dark=False,
        variables={
            "tag-red": "#a91f26",
            "tag-yellow": "#7d5300",
            "tag-green": "#1d6a2c",
            "tag-cyan": "#00626e",
            "tag-blue": "#1d5f9a",
            "tag-magenta": "#8a2a86",
            "block-cursor-background": "#1d5f9a",
            "block-cursor-foreground": "#ffffff",
            "block-cursor-blurred-background": "#dfe7ee",
        },
    ),
    Theme(
        "autotui-contrast",
        primary="#6cc4ff",
        secondary="#c0e0ff",
        accent="#5dffb9",
        warning="#ffd75e",
        error="#ff9b9b",
        success="#8dff9a",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#101010",
        dark=True,
        variables={
            "tag-red": "#ff9b9b",
            "tag-yellow": "#ffd75e",
            "tag-green": "#8dff9a",
            "tag-cyan": "#7df0ff",
            "tag-blue": "#8fd0ff",
            "tag-magenta": "#ffb0f5",
            "block-cursor-background": "#ffe14d",
            "block-cursor-foreground": "#000000",
            "block-cursor-blurred-background": "#262626",
        },
    ),
)


def check(config: Config, path: Path) -> None:
    """Raise ConfigError where the file at ``path`` names a theme that there is not."""
    name, known = config.ui.theme, (AUTO, *(each.name for each in OURS), *BUILTIN_THEMES)
    if name not in known:
        place = config.place(path, "ui.theme")
        raise ConfigError(f"{place}: there is no ui.theme {name!r}; {hint(name, known)}")


def hues(theme: Theme) -> dict[str, str]:
    """Give the colours of tags for a theme that is not ours."""
    if theme.name.startswith("ansi"):
        kind = "ansi_bright_" if theme.dark else "ansi_"
        return {f"tag-{each}": f"{kind}{each}" for each in COLOURS}
    model = next(ours for ours in OURS if ours.dark == theme.dark)
    return {f"tag-{each}": model.variables[f"tag-{each}"] for each in COLOURS}


def first(environment: Mapping[str, str], *, few_colours: bool) -> str:
    """Give the theme to begin with: dark, or light where the terminal says so.

    ``COLORFGBG`` is what some terminals set; it costs nothing, unlike a question whose
    answer arrives among the keys. With sixteen colours or none the terminal's own serve.
    """
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    kind = "ansi" if few_colours else "autotui"
    return f"{kind}-{'light' if background in _LIGHT else 'dark'}"


class Colourless(LineFilter):
    """Takes all colours from a line, as NO_COLOR asks; bold and reverse stay.

    Textual's own filter makes greys, and black on black of the terminal's own colours.
    """

    def apply(
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002 - the signature is Textual's
    ) -> list[Segment]:
        """Give the segments without colours."""
        return [
            Segment(text, style.without_color if style else None, control)
            for text, style, control in segments
        ]
