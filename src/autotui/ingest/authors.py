"""Who wrote it: a name out of the many forms in which feeds write one."""

import re
from collections.abc import Iterable
from typing import Final

from autotui.ingest import titles

_MAX_NAMES: Final = 30
_MAX_RAW: Final = 1_000
_ADDRESS: Final = r"[^\s()<>,;:\"@]{1,100}@[^\s()<>,;:\"@]{1,200}"
_WITH_NAME: Final = re.compile(rf"(?:mailto:)?{_ADDRESS}\s*\(([^()@]{{1,200}})\)")
_BARE: Final = re.compile(rf"[<(\[]?\s*(?:mailto:)?({_ADDRESS})\s*[>)\]]?")
_ANGLED: Final = re.compile(
    r"<\s*(?:mailto:)?[^\s<>@]{1,100}@[^\s<>@]{1,200}>|<\s*>|\(\s*\)"
)
_NOBODY: Final = frozenset({"", "none", "null", "unknown", "n/a", "-", "(none)"})
_EDGES: Final = " ,;\"'|-"
_PAIRS: Final = ("()", "<>", "[]")


def names(raw: Iterable[str]) -> tuple[str, ...]:
    """Give each author once, by name; by e-mail address only where nobody has a name."""
    found: dict[str, str] = {}
    for each in list(raw)[:_MAX_NAMES]:
        for name in _names(each[:_MAX_RAW]):
            if name.casefold() not in _NOBODY:
                found.setdefault(name.casefold(), name)
    named = [name for name in found.values() if not _BARE.fullmatch(name)]
    return tuple(named or found.values())


def _names(raw: str) -> list[str]:
    """Read one author: ``name``, ``name <a@b>``, ``a@b (name)``, ``a@b``."""
    shown = titles.line(_ANGLED.sub(_address, raw), markup=True)
    if "@" not in shown:
        return [shown.strip(" ,;")]
    if several := _WITH_NAME.findall(shown):
        return [each.strip(_EDGES) for each in several]
    left = _BARE.sub(" ", shown).strip(_EDGES)
    if (left[:1] + left[-1:]) in _PAIRS:
        left = left[1:-1].strip(_EDGES)
    if left and left.casefold() != "by":
        return [" ".join(left.split())]
    return [found[1].rstrip(".") for found in _BARE.finditer(shown)]


def _address(found: "re.Match[str]") -> str:
    """Keep an e-mail address in angle brackets from being taken for a tag."""
    return f" {found[0].strip('<> ')} " if "@" in found[0] else " "
