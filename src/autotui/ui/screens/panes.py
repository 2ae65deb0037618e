"""Moving among the panes: which can be shown, which has the focus, and its hints."""

from itertools import chain
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size

from autotui.ui.screens.renaming import Renaming

_LAYOUTS: Final = ((160, "-wide"), (100, "-normal"), (80, "-compact"), (0, "-folded"))
"""From how many columns on; below MIN_ROWS panes fold as well."""
_MIN_ROWS: Final = 24
_HINTS: Final = {
    "feeds": (
        *(("read", "Stories"), ("refresh-feed", "Ask"), ("add-feed", "Add")),
        *(("edit-feed", "Edit"), ("move-feed", "Move"), ("delete-feed", "Delete")),
        *(("help", "Help"), ("feed-health", "Health"), ("undo", "Undo")),
        *(("refresh-due", "Ask all"), ("palette", "Commands"), ("back", "Quit")),
    ),
    "articles": (
        *(("read-on", "Read on"), ("read", "Read"), ("next-unread", "Next")),
        *(("tag-drivetrain", "EV tag"), ("help", "Help"), ("edit-tags", "Tags")),
        *(("search", "Search"), ("toggle-star", "Star")),
        *(("toggle-read", "Read or not"), ("undo", "Undo")),
        *(("refresh-due", "Refresh"), ("add-feed", "Add"), ("palette", "Commands")),
    ),
    "text": (
        *(("read-on", "Read on"), ("next-unread", "Next"), ("back", "Back")),
        *(("tag-drivetrain", "EV tag"), ("help", "Help"), ("edit-tags", "Tags")),
        *(("open-browser", "Browser"), ("toggle-zen", "Zen"), ("toggle-star", "Star")),
        *(("copy-address", "Copy address"), ("undo", "Undo"), ("palette", "Commands")),
    ),
    "metadata": (
        *(("back", "Back"), ("toggle-metadata", "Hide"), ("read", "In the text")),
        *(("find", "Find"), ("help", "Help"), ("why", "Why")),
        *(("open-browser", "Browser"), ("copy-address", "Copy address")),
    ),
    "first": (
        *(("first-feeds", "Packs of feeds"), ("add-feed", "Add a feed")),
        *(("read-on", "Read on"), ("help", "Help"), ("palette", "Commands")),
    ),
}
"""What each pane offers first; ``first`` is the list before there is a feed."""
_OF_SUGGESTIONS: Final = (
    *(("accept-suggestion", "EV"), ("reject-suggestion", "Not EV"), ("why", "Why")),
)
"""What is offered besides where the story is suggested."""
_OF_TEASERS: Final = (("toggle-full-text", "Full text"),)
"""And where the feed cuts it off."""
_OF_LINKS: Final = (("link-hints", "Links"),)
"""And in a text with numbered links."""
_IN_A_SEARCH: Final = {
    "next-unread": (("next-unread", "Next match"),),
    "search": (("search", "Search"), ("save-query", "Save it")),
}
"""What is said otherwise while words are looked for."""
_NEEDLESS: Final = frozenset({"tag-drivetrain", "why"})
"""What needs not be offered then."""


class Panes(Renaming):
    """Adds the verbs for panes."""

    AUTO_FOCUS = ""

    arrangement: str = ""
    """The class that lays the panes out for the size of the terminal."""

    def on_mount(self) -> None:
        """Draw frames with ASCII characters where that is wished for."""
        self.set_class(self.autotui.looks.ascii, "-ascii")

    def compose(self) -> ComposeResult:
        """Lay the desk out before its panes are there: styling them twice takes time."""
        self.lay_out(self.app.size)
        yield from super().compose()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the desk out for the new size."""
        self.lay_out(event.size)
        self.call_after_refresh(self._keep_focus_in_sight)

    def on_descendant_focus(self) -> None:
        """Offer what can be done from the pane that has the focus now."""
        self.hint()
        self.tell_trouble()

    def watch_rows(self) -> None:
        """Offer other keys once there is a feed."""
        self.hint()

    def action_next_pane(self) -> None:
        """Go to the next pane, round and round."""
        self._step(1, wrap=True)

    def action_previous_pane(self) -> None:
        """Go to the pane before, round and round."""
        self._step(-1, wrap=True)

    def action_pane_right(self) -> None:
        """Go to the pane at the right."""
        self._step(1, wrap=False)

    def action_pane_left(self) -> None:
        """Go to the pane at the left."""
        self._step(-1, wrap=False)

    def action_toggle_metadata(self) -> None:
        """Show or hide the metadata pane; where panes are folded, go to it and back."""
        if self.has_class("zen"):
            self.remove_class("zen")
        if self.has_class("-folded"):
            self.remove_class("metadata-hidden")
            self.go_to_pane("text" if self.front == "metadata" else "metadata")
            return
        compact = self.has_class("-compact")
        if self.front == "metadata" or (compact and self.front == "feeds"):
            self.go_to_pane("articles")  # before Textual chooses a pane itself
        self.toggle_class("metadata-shown" if compact else "metadata-hidden")

    def action_toggle_zen(self) -> None:
        """Show the text alone, or everything again."""
        self.toggle_class("zen")
        self.go_to_pane("text")

    def action_back(self) -> None:
        """Go back: out of zen, to the stories, to the feeds; from there quit."""
        if self.has_class("zen"):
            self.remove_class("zen")
            self.go_to_pane("text")
        elif self.front in {"text", "metadata"}:
            self.go_to_pane("articles")
        elif self.front == "articles" and self.can_show("feeds"):
            self.go_to_pane("feeds")
        else:
            self.articles.then(self.app.exit)

    @property
    def front(self) -> str:
        """The name of the pane with the focus."""
        return (self.focused.id or "") if self.focused else "articles"

    def can_show(self, name: str) -> bool:
        """Tell whether this layout has, or can turn to, a pane."""
        if self.has_class("-folded") and not self.has_class("zen"):
            return name != "metadata" or not self.has_class("metadata-hidden")
        return bool(self.query_one(f"#{name}").display)

    def go_to_pane(self, name: str) -> None:
        """Give a pane the focus, and in a folded layout the screen."""
        if not self.can_show(name):
            return
        if name == "articles":
            self.catch_up()
        for pane in self.PANES:
            self.query_one(f"#{pane}").set_class(pane == name, "front")
        self.set_focus(self.query_one(f"#{name}"))

    def _step(self, step: int, *, wrap: bool) -> None:
        """Go to the next pane that can be shown in this layout."""
        shown = [name for name in self.PANES if self.can_show(name)]
        at = shown.index(self.front) if self.front in shown else 0
        to = (at + step) % len(shown) if wrap else min(max(at + step, 0), len(shown) - 1)
        self.go_to_pane(shown[to])

    def _keep_focus_in_sight(self) -> None:
        name = self.front if self.can_show(self.front) else "articles"
        self.go_to_pane("text" if self.has_class("zen") else name)

    def lay_out(self, size: Size) -> None:
        """Arrange the panes for a size of the terminal."""
        wide = next(name for least, name in _LAYOUTS if size.width >= least)
        self.arrangement = "-folded" if size.height < _MIN_ROWS else wide
        for _, name in _LAYOUTS:
            self.set_class(name == self.arrangement, name)

    def hint(self) -> None:
        """Offer the keys that help now."""
        pane = self.front
        if pane == "articles" and self.rows and not self.has_feeds:
            pane = "first"
        offered = _HINTS.get(pane, ())
        if self.story and self.story.article.suggested and pane != "feeds":
            first, others = offered[:1], offered[1:]
            others = tuple(each for each in others if each[0] not in _NEEDLESS)
            offered = (*first, *_OF_SUGGESTIONS, *others)
        if self.story and self.story.article.completeness == "teaser" and pane != "feeds":
            offered = (*offered[:1], *_OF_TEASERS, *offered[1:])
        if self.story and pane == "text" and self.story.document.links:
            offered = (*offered[:1], *_OF_LINKS, *offered[1:])
        if self.words:
            said = (_IN_A_SEARCH.get(each[0], (each,)) for each in offered)
            offered = tuple(chain.from_iterable(said))
        keys = self.autotui.key_of
        self.hints = tuple((keys[id_], text) for id_, text in offered if keys.get(id_))
