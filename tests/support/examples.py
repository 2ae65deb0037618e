"""The examples in the documents: found in their text, and sorted by what can be done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docs import files

_FENCED: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROFF: Final = re.compile(r"^\.EX\n(.*?)^\.EE$", re.MULTILINE | re.DOTALL)
_INLINE: Final = re.compile(r"`([^`]+)`")
_SIGNS: Final = (("\\-", "-"), ("\\(aq", "'"), ("\\&", ""))


@dataclass(frozen=True)
class Document:
    """A text for readers; ``name`` is its path in the tree."""

    name: str

    @property
    def path(self) -> Path:
        return files.ROOT / self.name

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def blocks(self, language: str) -> list[str]:
        """The blocks of code in a language, in order."""
        if self.path.suffix == ".1":
            return [_typed(each) for each in _ROFF.findall(self.text)]
        return [text for name, text in _FENCED.findall(self.text) if name == language]

    def commands(self) -> Iterator[str]:
        """Every line of the shell."""
        for block in self.blocks("sh"):
            yield from (line for line in block.splitlines() if line.strip())

    def inline(self) -> list[str]:
        """What stands in backticks within sentences, a break of the line or not."""
        outside = _FENCED.sub("", self.text)
        return [" ".join(each.split()) for each in _INLINE.findall(outside)]


def _typed(roff: str) -> str:
    for written, sign in _SIGNS:
        roff = roff.replace(written, sign)
    return roff
