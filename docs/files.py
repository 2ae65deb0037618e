"""Which files are made, and of what."""

from pathlib import Path
from typing import Final

from autotui import reference
from autotui.config import Config
from autotui.ui import keys
from docs import bash, fish, grammar, manual, zsh

ROOT: Final = Path(__file__).parents[1]
SHIPPED: Final = ROOT / "src" / "autotui" / "data" / "shell"
"""What ``autotui man`` and ``autotui completion`` print, and the wheel installs."""
_TABLE: Final = "| key | what it does |"


def made() -> dict[Path, str]:
    """Give every file that is made, with what it should hold."""
    autotui = grammar.read()
    return {
        SHIPPED / "autotui.1": manual.page(autotui),
        SHIPPED / "autotui.bash": bash.script(autotui),
        SHIPPED / "autotui.fish": fish.script(autotui),
        SHIPPED / "_autotui": zsh.script(autotui),
        ROOT / "CONFIG.md": reference.as_markdown(),
        ROOT / "README.md": _readme((ROOT / "README.md").read_text(encoding="utf-8")),
    }


def _readme(text: str) -> str:
    """Give the README with the keys that there are."""
    start = text.index(_TABLE)
    end = text.index("\n\n", start)
    table = keys.as_markdown(keys.in_force(Config(), Path("config.toml")))
    return f"{text[:start]}{table}{text[end:]}"
