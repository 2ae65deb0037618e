"""The links of a story by key: those in view by their numbers, or all of them in a list."""

from collections.abc import Mapping
from typing import ClassVar, Final, NamedTuple

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from autotui import clean
from autotui.document import Document
from autotui.ui.safe import stable
from autotui.ui.screens.base import Dialog
from autotui.ui.screens.resuming import Resuming

_NONE: Final = "This story has no links."
_SHOWN: Final = 60
"""Characters of what a link says."""


class Link(NamedTuple):
    """An address, and the words that link to it."""

    url: str
    says: str = ""


class Linking(Resuming):
    """Adds the verb for links."""

    def action_link_hints(self) -> None:
        """Choose a link of those in view; from another pane, of all in the story."""
        # The dialog comes at once: digits typed with the key are meant for it.
        self.when_listed(self._choose_link)

    def _choose_link(self) -> None:
        here, shown = self.articles.current_id, self.story
        if here is None:
            self.notify("There is no story to take links from.")
        elif shown is None or shown.article.id != here:
            asking = LinkScreen(listed=True)
            self.app.push_screen(asking, self._follow_link)
            self._find_links(asking, here)
        elif self.front == "text":
            self._hint(shown.document)
        elif shown.document.links:
            self.app.push_screen(LinkScreen(_told(shown.document)), self._follow_link)
        else:
            self.notify(_NONE)

    def _hint(self, document: Document) -> None:
        links = document.links
        seen = {n: Link(links[n - 1]) for n in self.text.links_in_view if n <= len(links)}
        if seen:
            self.text.hinting = True
            self.app.push_screen(LinkScreen(seen, listed=False), self._follow_link)
        else:
            self.notify("No link is in view." if links else _NONE)

    @work(exclusive=True, exit_on_error=False, group="links")
    async def _find_links(self, asking: "LinkScreen", here: int) -> None:
        found = _told(await self.library.document(here))
        if found:
            asking.links = found
        elif self.app.screen is asking:
            asking.dismiss(None)
            self.notify(_NONE)

    def _follow_link(self, address: str | None) -> None:
        self.text.hinting = False
        if address:
            self.open_url(address)


class LinkScreen(Dialog[str | None]):
    """Asks for the number of a link; gives the address."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,semicolon", "dismiss", "Cancel"),
        Binding("j,down", "move(1)", "Down"),
        Binding("k,up", "move(-1)", "Up"),
    ]

    links: var[Mapping[int, Link]] = var(dict, init=False)
    """What there is to choose from, by number; empty while it is looked for."""

    def __init__(
        self, links: Mapping[int, Link] | None = None, *, listed: bool = True
    ) -> None:
        super().__init__(classes="" if listed else "-hints")
        self._listed = listed
        self.set_reactive(LinkScreen.links, links or {})

    def compose(self) -> ComposeResult:
        """Put a line for the number below the links; alone where they stand in the text."""
        number = _Number(restrict=r"[0-9]*", max_length=6, placeholder=self._asked)
        if not self._listed:
            yield number
            return
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("Links")
            yield OptionList(*self._options)
            yield number
            yield Static(Content("Enter opens one · Esc leaves"), classes="note")

    def on_mount(self) -> None:
        """Let digits go to the line."""
        self.query_one(Input).focus()

    def watch_links(self) -> None:
        """Show the links that came late, and choose what was typed before."""
        for shown in self.query(OptionList):
            shown.clear_options()
            shown.add_options(self._options)
            shown.highlighted = 0
        for line in self.query(Input):
            self._choose_only(line.value)

    @property
    def _asked(self) -> str:
        if self._listed:
            return "Number"
        first, *others = self.links
        last = f" to {others[-1]}" if others else ""
        return f"Link {first}{last} · Esc leaves"

    @property
    def _options(self) -> list[Option]:
        return [
            Option(Content(f"{number:>3}  {stable(link.says)} · {clean.host(link.url)}"))
            for number, link in self.links.items()
        ]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._choose_only(event.value)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        if event.value:
            self._choose(int(event.value))
        elif len(self.links) == 1:
            self._choose(*self.links)
        else:
            for shown in self.query(OptionList):
                shown.action_select()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._choose(list(self.links)[event.option_index])

    def action_move(self, step: int) -> None:
        """Move by key."""
        for shown in self.query(OptionList):
            if step > 0:
                shown.action_cursor_down()
            else:
                shown.action_cursor_up()

    def _choose_only(self, typed: str) -> None:
        """Choose the link whose number can be no other."""
        fits = [number for number in self.links if str(number).startswith(typed)]
        if typed and len(fits) == 1:
            self._choose(fits[0])
        elif typed and self.links and not fits:
            self.query_one(Input).value = ""

    def _choose(self, number: int) -> None:
        if number in self.links and self.is_current:
            self.dismiss(self.links[number].url)


class _Number(Input):
    """A line for digits; other keys are for the screen."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell whether a key is for the line, and not a binding."""
        digit = character is None or character.isdigit()
        return digit and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if self.check_consume_key(event.key, event.character):
            await super()._on_key(event)
        else:
            event.prevent_default()


def _told(document: Document) -> dict[int, Link]:
    """Give each link of a story by its number."""
    says: dict[str, str] = {}
    for block in document.blocks:
        for span in block.spans:
            if span.url:
                said = says.get(span.url, "")
                says[span.url] = clean.line(f"{said}{span.text}", _SHOWN)
    numbered = enumerate(document.links, start=1)
    return {number: Link(url, says[url]) for number, url in numbered}
