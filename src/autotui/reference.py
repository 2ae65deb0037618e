"""What each setting is, may be and means, and which line of the file says so.

One source: the dataclasses of ``config`` with the sentences below their fields. The
settings page, ``autotui config`` and CONFIG.md are made from here.
"""

import ast
import inspect
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Final

from autotui import config as settings
from autotui.config import PRESETS, RANGES, SECTIONS, Config

DEFAULT: Final = "default"
_KINDS: Final = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    tuple: "a program and its arguments, texts in brackets",
}
_CHOICES: Final = {
    "ui.theme": "auto, or the name of a theme",
    "keys.preset": ", ".join(PRESETS),
}
_NAMED: Final = {
    "share": ("NAME", f"{_KINDS[tuple]}, with {{url}} and {{title}} filled in"),
    "keys": ("ID", "keys apart by commas"),
    "credentials": ('"https://host"', "user or header, and where the secret is"),
}
"""Tables in which names are the reader's: what stands for one, and what it may be."""
_HEAD: Final = """# The config file

`autotui config path` says where it is, `autotui config check` what is wrong with it, and
`autotui config show` what is in force and which line says so. autotui never writes it.
A change takes effect when the settings page is left, or by "Read the config file again"
in the command palette; `ui.mouse` and `images.megabytes` at the next start. This page is
printed by `autotui config reference`."""
_TABLE: Final = ("| setting | default | may be | |", "| --- | --- | --- | --- |")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, and what there is to say of it."""

    name: str
    value: object
    allowed: str
    told: str
    """One sentence."""
    source: str = DEFAULT
    """Name and line of the file that sets it."""

    @property
    def table(self) -> str:
        """The name of its table."""
        return self.name.partition(".")[0]


def in_force(config: Config, path: Path) -> tuple[Setting, ...]:
    """Give every setting under ``config``, which was read from ``path``."""

    def source(name: str) -> str:
        line = config.lines.get(name)
        return f"{path.name}:{line}" if line else DEFAULT

    return tuple(
        Setting(name, value, *_about(name), source(name)) for name, value in _values(config)
    )


def as_markdown() -> str:
    """Give the reference of the config file: every setting, its default and meaning."""
    found = [Setting(name, value, *_about(name)) for name, value in _values(Config())]
    for table, (name, _) in _NAMED.items():
        found.append(Setting(f"{table}.{name}", None, *_about(f"{table}.{name}")))
    order = (*SECTIONS, *_NAMED)
    found.sort(key=lambda each: order.index(each.table))
    parts = [_HEAD]
    for table, group in groupby(found, key=lambda each: each.table):
        rows = [
            f"| `{each.name.removeprefix(f'{table}.')}` | {_default(each.value)} "
            f"| {each.allowed} | {each.told} |"
            for each in group
        ]
        parts.append("\n".join((f"## `[{table}]`", "", *_TABLE, *rows)))
    return "\n\n".join(parts) + "\n"


def _values(config: Config) -> Iterator[tuple[str, object]]:
    """Give every setting's dotted name and value, no secret among them."""
    for table in SECTIONS:
        section = getattr(config, table)
        for each in fields(section):
            yield f"{table}.{each.name}", getattr(section, each.name)
    yield from ((f"share.{name}", command) for name, command in config.share.items())
    for server in config.credentials:
        # The name is half of a secret, and a command may hold more than it should.
        shown = server.header or "a user name"
        where = f"the environment variable {server.env}" if server.env else "a command"
        yield f"credentials.{server.origin}", f"{shown}, the secret from {where}"
    yield "keys.preset", config.preset
    yield from ((f"keys.{id_}", keys) for id_, keys in config.keys.items())


def _about(name: str) -> tuple[str, str]:
    """Give what a setting may be, and its sentence."""
    table, _, rest = name.partition(".")
    if table in SECTIONS:
        section = getattr(Config(), table)
        told = _sentences().get((type(section).__name__, rest), "")
        return _allowed(name, getattr(section, rest)), told
    if name == "keys.preset":
        return _CHOICES[name], _sentences().get(("Config", "preset"), "")
    return _NAMED[table][1], _sentences().get(("Config", table), "")


def _allowed(name: str, default: object) -> str:
    kind = _CHOICES.get(name) or _KINDS.get(type(default), "a text in quotes")
    if name not in RANGES:
        return kind
    low, high = RANGES[name]
    return f"{kind}, {low:,} to {high:,}"


def _default(value: object) -> str:
    """Give a value as the file would have it."""
    return "" if value is None else f"`{json.dumps(value)}`"


@cache
def _sentences() -> dict[tuple[str, str], str]:
    """Give what stands below each field of the dataclasses, by class and field."""
    found: dict[tuple[str, str], str] = {}
    with suppress(OSError):  # an installation without sources has no sentences
        for node in ast.parse(inspect.getsource(settings)).body:
            if isinstance(node, ast.ClassDef):
                found |= {(node.name, name): told for name, told in _documented(node)}
    return found


def _documented(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(node.body):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(told))),
            ):
                yield name, " ".join(told.replace("``", "`").split())
