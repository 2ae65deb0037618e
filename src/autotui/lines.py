"""On which line of a TOML file each of its keys stands: ``tomllib`` does not tell.

The text is one that ``tomllib`` has read, so this scan need not know what is wrong.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

_PIECE: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}=\n]"
    r"|[^\s\"'#\[\]{}=]+",
    re.DOTALL,
)


def of_settings(text: str, tables: Mapping[str, Any]) -> dict[str, int]:
    """Give the lines of ``of_keys``; a key of an inline table has that of its table."""
    found = of_keys(text)
    for name, table in tables.items():
        for key in table if isinstance(table, dict) else ():
            found.setdefault(f"{name}.{key}", found.get(name, 0))
    return found


def of_keys(text: str) -> dict[str, int]:
    """Give the line, from 1 on, of each table and key by its dotted name."""
    found: dict[str, int] = {}
    table: tuple[str, ...] = ()
    head, line, depth, in_value = "", 1, 0, False
    for match in _PIECE.finditer(text):
        piece = match[0]
        depth += (piece in "[{") - (piece in "]}")
        if piece == "\n" and not depth:
            head, in_value = "", False
        elif piece == "=" and not depth and not in_value:
            found.setdefault(".".join((*table, *_path(head))), line)
            in_value = True
        elif piece == "]" and not depth and not in_value:
            table = _path(head.strip("["))
            found.setdefault(".".join(table), line)
        elif not in_value and not piece.startswith(("#", "\n", "]")):
            head += piece
        line += piece.count("\n")
    return found


def _path(key: str) -> tuple[str, ...]:
    """Split a key at its dots; quotes may hold dots as well."""
    names: list[str] = []
    inner: object = tomllib.loads(f"{key} = 0")
    while isinstance(inner, dict):
        (name, inner), *_ = inner.items()
        names.append(name)
    return tuple(names)
