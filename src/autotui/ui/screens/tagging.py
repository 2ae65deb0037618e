"""The tag dialog: names apart by spaces, completed as they are typed.

Above them stand those that may fit by the words of the story; a key takes one into the
line, and nothing is tagged before the line is kept.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.suggester import Suggester
from textual.widgets import Input, Static

from autotui import clean
from autotui.model import Article
from autotui.ui.render import percent
from autotui.ui.safe import stable
from autotui.ui.screens.base import Dialog

_SHOWN = 8
_OFFERED = 4


class TagScreen(Dialog[tuple[str, ...] | None]):
    """Asks for the tags of a story; gives all it shall have, ``None`` if dropped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("tab", "complete", "Complete", priority=True),
    ]

    offered: var[tuple[tuple[str, float], ...]] = var((), init=False)
    """Tags that the story might carry, the best first, with their scores."""

    def __init__(self, article: Article, known: Sequence[str]) -> None:
        super().__init__()
        self._article = article
        self._known = tuple(known)

    def compose(self) -> ComposeResult:
        """Put the line to type in over the names that fit."""
        tags = "".join(f"{tag} " for tag in self._article.tags)
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("Tags")
            yield Static(Content(stable(self._article.title)), classes="subject")
            yield Static(Content(self._offer(tags)), classes="offered")
            yield Input(
                tags,
                placeholder="names with spaces between",
                suggester=_LastWord(self._known),
                select_on_focus=False,
            )
            yield Static(Content(self._choices(tags)), classes="choices")
            yield Static(
                Content("Tab completes · Enter keeps · Esc leaves all as it was"),
                classes="note",
            )

    def on_mount(self) -> None:
        """Show what was offered while the dialog opened."""
        self.watch_offered()

    def watch_offered(self) -> None:
        """Show which tags may fit; without any, no line for them."""
        for box in self.query(Input):
            offer = self._offer(box.value)
            shown = self.query_one(".offered", Static)
            shown.update(Content(offer))
            shown.display = bool(offer)

    @on(Input.Changed)
    def _show_choices(self, event: Input.Changed) -> None:
        self.query_one(".choices", Static).update(Content(self._choices(event.value)))
        self.watch_offered()

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        names = (clean.tag(word) for word in event.value.split())
        self.dismiss(tuple(dict.fromkeys(name for name in names if name)))

    def action_complete(self) -> None:
        """Complete the last word; where none is begun, take the first tag offered."""
        box = self.query_one(Input)
        whole = _completed(box.value, self._known)
        if not _last(box.value) and (left := self._left(box.value)):
            whole = f"{box.value}{left[0][0]}"
        if whole:
            box.value = f"{whole} "
            box.cursor_position = len(box.value)

    def _left(self, line: str) -> list[tuple[str, float]]:
        """Give what is offered and not in the line."""
        taken = {clean.tag(word) for word in line.split()}
        return [each for each in self.offered if each[0] not in taken]

    def _offer(self, line: str) -> str:
        left = self._left(line)[:_OFFERED]
        names = "  ".join(f"#{stable(name)} {percent(score)}" for name, score in left)
        return f"Suggested: {names} · Tab takes the first" if names else ""

    def _choices(self, line: str) -> str:
        """Give the names that the last word may become."""
        fits = _fits(line, self._known)[:_SHOWN]
        last = clean.tag(_last(line))
        new = f"#{stable(last)} is a new tag" if last else ""
        return "  ".join(f"#{stable(name)}" for name in fits) or new


class _LastWord(Suggester):
    """Completes the last word of a line."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """Give the line with its last word whole, ``None`` if no name fits."""
        return _completed(value, self._known)


def _last(line: str) -> str:
    return line.rpartition(" ")[2]


def _fits(line: str, known: Sequence[str]) -> list[str]:
    """Give the names that the last word may become, without those of the line."""
    *before, last = line.split(" ")
    start = last.lstrip("#+").casefold()
    taken = {clean.tag(word) for word in before}
    return [name for name in known if name.startswith(start) and name not in taken]


def _completed(line: str, known: Sequence[str]) -> str | None:
    fits = _fits(line, known) if _last(line) else []
    return line[: len(line) - len(_last(line))] + fits[0] if fits else None
