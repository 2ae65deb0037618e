"""The panel of a first start: packs of feeds, a key each, or feeds of one's own."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from autotui.packs import Pack
from autotui.ui.screens.base import Dialog


class FirstScreen(Dialog[Pack | str | None]):
    """Gives the pack that was chosen, ``"add"`` for one's own, ``None`` for later."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,o", "dismiss('add')", "An address or OPML file"),
        Binding("escape,q,enter,space", "dismiss", "Look around first"),
        *(Binding(str(n), f"choose({n})", "A pack") for n in range(1, 10)),
    ]

    def __init__(self, packs: Sequence[Pack], keyed: Callable[[str], str]) -> None:
        super().__init__()
        self._packs = tuple(packs)
        self._keyed = keyed
        """Puts the keys in force into a sentence."""

    def compose(self) -> ComposeResult:
        """List the choices with their keys."""
        choices = [(str(n), pack.name) for n, pack in enumerate(self._packs, 1)]
        choices += [("a", "the address of a feed or a site"), ("o", "an OPML file")]
        again = self._keyed("look around first; {first-feeds} shows this again")
        choices += [("Esc", again)]
        parts: list[Content | tuple[str, str]] = []
        for key, text in choices:
            parts += [("\n" + key.rjust(5), "bold $text-accent"), Content(f"  {text}")]
        with Vertical(classes="dialog narrow") as dialog:
            dialog.border_title = Content("What would you like to follow?")
            yield Static(Content("Packs of feeds, and feeds of your own:"))
            yield Static(Content.assemble(*parts))
            yield Static(
                Content(
                    self._keyed("The one key to know: {read-on} reads on, everywhere.")
                ),
                classes="note",
            )

    def action_choose(self, number: int) -> None:
        """Take the pack of a digit."""
        if number <= len(self._packs):
            self.dismiss(self._packs[number - 1])
