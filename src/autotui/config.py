"""The reader's settings: read from a TOML file, never written.

A wrong file is told with its name, the line, the key, and the nearest key there is. The
sentences below the settings are what the settings page and CONFIG.md say of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from autotui import clean, programs
from autotui.errors import ConfigError, hint


@dataclass(frozen=True, slots=True)
class Network:
    """How feeds are asked."""

    allow_private: bool = False
    """Allow loopback and private addresses from OPML files, pages and redirects."""
    timeout_seconds: float = 18.0
    """One deadline over a whole exchange, redirects and body included."""
    at_once: int = 16
    """How many servers are asked at the same time."""
    per_host: int = 2
    """How many requests one server gets at the same time."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """When feeds are asked."""

    minutes: int = 60
    """How long a feed that answered is left alone."""
    at_start: bool = True
    """Ask the feeds that are due when the reader opens."""
    full_text: bool = True
    """Fetch the pages of stories that feeds cut off."""


@dataclass(frozen=True, slots=True)
class Ui:
    """How the reader looks."""

    theme: str = "auto"
    """The colours; ``auto`` is what was chosen last in the reader, at first light or dark
    as the terminal says."""
    ascii: bool = False
    """Draw marks with ASCII characters only."""
    mouse: bool = True
    """Take clicks and the wheel; without, the terminal selects text as ever."""


@dataclass(frozen=True, slots=True)
class Images:
    """Whether stories' lead images are fetched and shown; they need Pillow."""

    cache: bool = False
    """Fetch the images and keep them for reading offline."""
    megabytes: int = 250
    """What they may take of the disk; those not looked at for longest go first."""


@dataclass(frozen=True, slots=True)
class Browser:
    """What opens addresses."""

    command: tuple[str, ...] = ()
    """A program and its arguments; without one, ``$BROWSER`` or the desktop's own."""


@dataclass(frozen=True, slots=True)
class Credential:
    """How a server knows the reader; the secret itself is kept elsewhere."""

    origin: str
    """Scheme, host and port: the secret goes nowhere else."""
    user: str = ""
    """The name for HTTP Basic authentication, ..."""
    header: str = ""
    """... or the header that the secret stands in."""
    command: tuple[str, ...] = ()
    """A program with its arguments, whose first line of output is the secret, ..."""
    env: str = ""
    """... or the environment variable that holds it."""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; without a file, these defaults."""

    network: Network = field(default_factory=Network)
    refresh: Refresh = field(default_factory=Refresh)
    ui: Ui = field(default_factory=Ui)
    images: Images = field(default_factory=Images)
    browser: Browser = field(default_factory=Browser)
    share: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names, and programs with their arguments that get the story as Markdown."""
    credentials: tuple[Credential, ...] = ()
    """A table for each server that wants to know the reader, secrets kept elsewhere."""
    preset: str = "default"
    """Whose keys to start from."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The id of an action, and its keys apart by commas."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """Where each table and setting stands in the file, by its dotted name."""

    def line(self, name: str) -> int:
        """Give the line of a setting, or of the table around it; 0 if there is none."""
        while name and name not in self.lines:
            name = name.rpartition(".")[0]
        return self.lines.get(name, 0)

    def place(self, path: Path, name: str) -> str:
        """Give file and line of a setting, as errors begin."""
        line = self.line(name)
        return f"{path}:{line}" if line else str(path)


SECTIONS: Final = ("network", "refresh", "ui", "images", "browser")
_TABLES: Final = (*SECTIONS, "share", "keys", "credentials")
_FILLED: Final = {"browser": ("url",), "share": ("url", "title")}
"""What may stand in braces in a program's arguments."""
_SECRETS: Final = (
    *("user", "password_command", "password_env"),
    *("header", "value_command", "value_env"),
)
_HEADER: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_OURS: Final = frozenset(
    {
        *("accept", "accept-encoding", "connection", "content-length", "cookie", "host"),
        *("if-modified-since", "if-none-match", "referer", "transfer-encoding"),
        "user-agent",
    }
)
"""Headers that no secret stands in: they are autotui's own, or never sent."""
PRESETS: Final = ("default", "newsboat", "eilmeldung", "vim")
RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "network.timeout_seconds": (1, 300),
    "network.at_once": (1, 64),
    "network.per_host": (1, 16),
    "refresh.minutes": (5, 10_080),
    "images.megabytes": (1, 100_000),
}


def load(path: Path) -> Config:
    """Read the settings; raise ConfigError where the file is wrong."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    # Imported late: most runs have no config file.
    import tomllib

    from autotui import lines

    try:
        text = content.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
    return _Reader(path, Config(lines=lines.of_settings(text, tables))).config(tables)


class _Reader:
    """Checks tables against the dataclasses above; knows the file's name and lines."""

    def __init__(self, path: Path, empty: Config) -> None:
        self._path = path
        self._empty = empty

    def config(self, tables: Mapping[str, Any]) -> Config:
        config = self._empty
        for name, table in tables.items():
            if name not in _TABLES:
                raise self._unknown(name, _TABLES)
            if not isinstance(table, dict):
                raise ConfigError(f"{self._at(name)}: [{name}] is a table of settings")
            if name == "keys":
                config = self._keys(config, table)
            elif name == "share":
                share = {each: self._program(name, each, table[each]) for each in table}
                config = replace(config, share=share)
            elif name == "credentials":
                config = replace(config, credentials=tuple(self._credentials(table)))
            else:
                section = self._section(name, getattr(config, name), table)
                config = replace(config, **{name: section})
        return config

    def _section(self, name: str, section: Any, table: Mapping[str, Any]) -> Any:
        known = {each.name: getattr(section, each.name) for each in fields(section)}
        for key, value in table.items():
            dotted = f"{name}.{key}"
            if key not in known:
                raise self._unknown(dotted, tuple(f"{name}.{each}" for each in known))
            if isinstance(known[key], tuple):
                table = {**table, key: self._program(name, key, value)}
                continue
            self._check(dotted, value, type(known[key]))
        return replace(section, **table)

    def _program(self, table: str, key: str, value: object) -> tuple[str, ...]:
        name = f"{table}.{clean.line(key)}"
        try:
            return programs.checked(value, _FILLED[table])
        except ConfigError as error:
            raise ConfigError(f"{self._at(name)}: {name} {error}") from error

    def _check(self, name: str, value: object, wanted: type) -> None:
        # A bool is an int to Python, but not to the writer of a config file.
        fits = isinstance(value, bool) == (wanted is bool)
        number = wanted is float and isinstance(value, int)
        if not fits or not (isinstance(value, wanted) or number):
            words = {bool: "true or false", int: "a whole number", float: "a number"}
            text = words.get(wanted, "a text in quotes")
            raise ConfigError(f"{self._at(name)}: {name} wants {text}, not {value!r}")
        if name in RANGES and isinstance(value, int | float):
            low, high = RANGES[name]
            if not low <= value <= high:
                raise ConfigError(
                    f"{self._at(name)}: {name} wants {low} to {high}, not {value!r}"
                )

    def _keys(self, config: Config, table: Mapping[str, Any]) -> Config:
        for name, value in table.items():
            self._check(f"keys.{name}", value, str)
        preset = table.get("preset", config.preset)
        if preset not in PRESETS:
            raise self._unknown(f"keys.preset {preset}", PRESETS)
        keys = {name: value for name, value in table.items() if name != "preset"}
        return replace(config, preset=preset, keys=keys)

    def _credentials(self, table: Mapping[str, Any]) -> Iterator[Credential]:
        for place, settings in table.items():
            name = f"credentials.{clean.line(clean.public(place))}"
            origin = clean.origin(clean.url(place))
            if not origin or clean.url(place).rstrip("/") != origin or "@" in place:
                raise ConfigError(
                    f"{self._at(name)}: {name} wants scheme and host alone, such as "
                    '[credentials."https://news.example"]'
                )
            if not isinstance(settings, dict):
                raise ConfigError(f"{self._at(name)}: [{name}] is a table of settings")
            for key in settings:
                if key not in _SECRETS:
                    raise self._unknown(f"{name} {key}", _SECRETS)
            yield self._credential(name, origin, settings)

    def _credential(self, name: str, origin: str, table: Mapping[str, Any]) -> Credential:
        # No message shows a value: it may be the secret itself, put in the wrong place.
        kind, other = ("header", "user") if "header" in table else ("user", "header")
        start = "value" if kind == "header" else "password"
        command, env = table.get(f"{start}_command"), table.get(f"{start}_env")
        wanted = (
            f"{self._at(name)}: {name} wants {kind}, and {start}_command or {start}_env"
        )
        known = {kind, f"{start}_command", f"{start}_env"}
        if (
            other in table
            or not table.keys() <= known
            or (command is None) == (env is None)
        ):
            raise ConfigError(wanted)
        shown = table.get(kind)
        if not isinstance(shown, str) or not (shown.isprintable() and shown):
            raise ConfigError(wanted)
        if kind == "header" and (not _HEADER.fullmatch(shown) or shown.lower() in _OURS):
            raise ConfigError(f"{self._at(name)}: {name}.header cannot be sent")
        if env is not None and not (isinstance(env, str) and env):
            raise ConfigError(
                f"{self._at(name)}: {name}.{start}_env wants a variable's name"
            )
        words = command if isinstance(command, list) else []
        if env is None and not (words and all(isinstance(each, str) for each in words)):
            raise ConfigError(
                f"{self._at(name)}: {name}.{start}_command wants a program and its "
                'arguments, such as ["pass", "show", "news"]'
            )
        return Credential(origin, **{kind: shown}, command=tuple(words), env=env or "")

    def _unknown(self, name: str, known: tuple[str, ...]) -> ConfigError:
        setting, _, value = name.rpartition(" ")
        near = hint(value, known)
        place = self._at(f"{setting}.{value}".strip("."))
        return ConfigError(f"{place}: there is no {name}; {near}")

    def _at(self, name: str) -> str:
        return self._empty.place(self._path, name)
