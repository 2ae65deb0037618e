"""The list of rules: a line each, those that are offered on top."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.message import Message
from textual.reactive import var

from autotui.ui.cells import fit
from autotui.ui.render import Looks
from autotui.ui.safe import stable
from autotui.ui.sheet import Parts
from autotui.ui.widgets.rows import Rows

_STATE: Final = 5
_HITS: Final = 11
_NAME: Final = (16, 32)
"""Cells of a name: at least, and at most."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What is told of a rule."""

    key: Hashable
    """What tells it from the others."""
    state: str
    """``on``, ``off``, ``!`` where it cannot be run, ``new`` where it is offered."""
    name: str
    does: str
    """Its query and its actions."""
    hits: int | None = None


class RuleList(Rows):
    """Shows ``lines``; the cursor holds on to its rule."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--alarm"}

    lines: var[tuple[RuleLine, ...]] = var((), init=False)

    @dataclass
    class Highlighted(Message):
        """The cursor came to rest on another rule."""

        row: int

    @dataclass
    class Chosen(Message):
        """The reader clicked on the current rule."""

        row: int

    def __init__(self) -> None:
        super().__init__()
        self.wait()

    @property
    def total(self) -> int:
        """How many rules there are."""
        return len(self.lines)

    def parts(self, row: int, width: int) -> Parts:
        """Give a rule's line."""
        return told(self.lines[row], width, self.looks)

    def identity(self, row: int) -> Hashable:
        """Give what the cursor holds on to."""
        return self.lines[row].key

    def highlight(self, row: int) -> None:
        """Tell that the cursor came to rest on a rule."""
        self.post_message(self.Highlighted(row))

    def choose(self, row: int) -> None:
        """Tell that the reader clicked on the current rule."""
        self.post_message(self.Chosen(row))

    def watch_lines(
        self, before: tuple[RuleLine, ...], after: tuple[RuleLine, ...]
    ) -> None:
        """Show the rules; the cursor stays on its rule, or in its place."""
        self.renewed([each.key for each in before], [each.key for each in after])


def told(line: RuleLine, width: int, looks: Looks) -> Parts:
    """Give a rule's line, ``width`` cells wide."""
    least, most = _NAME
    room = min(most, max(least, width // 4))
    hits = "" if line.hits is None else f"{line.hits:,}"
    name = fit(stable(line.name), room - 1, looks.ellipsis)
    rest = max(0, width - _STATE - room - _HITS)
    return (
        (f"{line.state:<{_STATE}}", "alarm" if line.state == "!" else ""),
        (f"{name} {hits:>{_HITS - 2}}  ", ""),
        (fit(stable(line.does), rest, looks.ellipsis), ""),
    )
