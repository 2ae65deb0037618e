"""Where autotui keeps its files. Creates nothing."""

from dataclasses import dataclass
from pathlib import Path

APP = "autotui"


@dataclass(frozen=True, slots=True)
class Paths:
    """The few places that autotui reads or writes."""

    config: Path
    database: Path
    log: Path
    """The log file; crash reports lie beside it."""
    images: Path
    """The folder of cached images; whatever is in there may be deleted."""
    home: Path | None = None
    """The folder given with ``--home``, which holds all the others."""


def standard() -> Paths:
    """Give the platform's own places (XDG on Linux)."""
    # Imported late: ``--version`` and ``--home`` need none of it.
    import platformdirs

    dirs = platformdirs.PlatformDirs(APP, appauthor=False)
    return Paths(
        config=dirs.user_config_path / "config.toml",
        database=dirs.user_data_path / "autotui.db",
        log=dirs.user_log_path / "autotui.log",
        images=dirs.user_cache_path / "images",
    )


def under(home: Path) -> Paths:
    """Give places that all lie under one folder."""
    home = home.expanduser().absolute()
    return Paths(
        config=home / "config.toml",
        database=home / "autotui.db",
        log=home / "autotui.log",
        images=home / "cache" / "images",
        home=home,
    )
