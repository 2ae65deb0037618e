"""The story to a program: one that the config file names, or any that is typed."""

import json
import shlex
from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from autotui import clean, programs
from autotui.forms import markdown
from autotui.model import Article
from autotui.ui import pipe
from autotui.ui.safe import stable
from autotui.ui.screens.base import Dialog
from autotui.ui.screens.linking import Linking
from autotui.ui.widgets.options import Options

_KEPT: Final = 20
"""Lines that were typed, the newest first."""
_NAME: Final = "pipes"
"""Under what they are remembered."""
_CANCEL: Final[list[BindingType]] = [Binding("escape", "dismiss", "Cancel")]


class Sharing(Linking):
    """Adds the verb for programs."""

    def action_share(self) -> None:
        """Ask which program gets the story; type one where none is configured."""
        self.to_story(self._ask_program)

    def _ask_program(self, article: Article) -> None:
        named = self.autotui.config.share

        def chosen(name: str | None) -> None:
            if name:
                self._run(article, named[name])
            elif name is not None:
                self._ask_line(article)

        if named:
            self.app.push_screen(ShareScreen(tuple(named)), chosen)
        else:
            self._ask_line(article)

    def _ask_line(self, article: Article) -> None:
        asking = PipeScreen()

        def typed(line: str | None) -> None:
            if line:
                self._keep_line(line, asking.before)
                self._run_line(article, line)

        self.app.push_screen(asking, typed)
        self._recall_lines(asking)

    @work(exclusive=True, exit_on_error=False, group="pipes")
    async def _recall_lines(self, asking: "PipeScreen") -> None:
        asking.before = _read(await self.library.recall(_NAME))

    def _keep_line(self, line: str, before: Sequence[str]) -> None:
        if not self.library.condition.read_only:
            lines = list(dict.fromkeys((line, *before)))[:_KEPT]
            self.library.remember(_NAME, json.dumps(lines))

    def _run_line(self, article: Article, line: str) -> None:
        try:
            words = shlex.split(line)
        except ValueError:
            words = []
        if words and words[0]:
            self._run(article, words)
        else:
            told = "This is no command, or its quotes do not close."
            self.notify(told, severity="warning")

    def _run(self, article: Article, words: Sequence[str]) -> None:
        url = clean.url(article.url)
        if programs.mentions(words, "url") and not url:
            self.notify("This story has no address.", severity="warning")
            return
        values = {"url": url, "title": clean.line(article.title)}
        self._hand_over(article, programs.filled(words, values))

    @work(exit_on_error=False, group="share")
    async def _hand_over(self, article: Article, arguments: Sequence[str]) -> None:
        text = markdown.story(article, await self.library.document(article.id))
        if pipe.takes_the_terminal(arguments):
            self.notify(pipe.lend_terminal(self.app, arguments, text))
        else:
            self.notify(await pipe.through(arguments, text), timeout=8)


class ShareScreen(Dialog[str | None]):
    """Asks which program; gives its name, ``""`` for one that is to be typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_CANCEL,
        Binding("vertical_line", "type", "Type a command"),
    ]

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)

    def compose(self) -> ComposeResult:
        """Put a line for each program, and one for any other."""
        with Vertical(classes="dialog narrow") as dialog:
            dialog.border_title = Content("Share the story")
            yield Options(
                *(Option(Content(stable(name))) for name in self._names),
                Option(Content("Pipe to a command…")),
            )
            told = "Enter chooses · | types one · Esc leaves"
            yield Static(Content(told), classes="note")

    @on(Options.OptionSelected)
    def _take(self, event: Options.OptionSelected) -> None:
        at = event.option_index
        self.dismiss(self._names[at] if at < len(self._names) else "")

    def action_type(self) -> None:
        """Go on to typing a command."""
        self.dismiss("")


class PipeScreen(Dialog[str | None]):
    """Asks for a program and its arguments; gives the line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_CANCEL,
        Binding("up", "older(1)", "The line before"),
        Binding("down", "older(-1)", "The line after"),
    ]

    before: var[tuple[str, ...]] = var((), init=False)
    """What was typed before, the newest first."""
    _at: int = -1
    """Which of these is shown; -1 is what is being typed."""

    def compose(self) -> ComposeResult:
        """Put one line to type in."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("Pipe the story to a command")
            yield Input(placeholder="wc -w", select_on_focus=False)
            yield Static(
                Content(
                    "The command reads the story as Markdown; {url} and {title} stand for "
                    "the story's.\nEnter runs it · Up shows those before · Esc leaves"
                ),
                classes="note",
            )

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)

    def action_older(self, step: int) -> None:
        """Show another of the lines that were typed."""
        self._at = max(-1, min(self._at + step, len(self.before) - 1))
        line = self.query_one(Input)
        line.value = self.before[self._at] if self._at >= 0 else ""
        line.cursor_position = len(line.value)


def _read(stored: str) -> tuple[str, ...]:
    """Give the lines that were remembered; what the disk forgot is left out."""
    try:
        lines = json.loads(stored or "[]")
    except ValueError:
        return ()
    found = lines if isinstance(lines, list) else []
    return tuple(clean.line(each) for each in found if isinstance(each, str))[:_KEPT]
