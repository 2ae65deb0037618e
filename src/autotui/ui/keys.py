"""Every key of the app on one page, each with an id that the config file can rebind.

The help, the command palette, the README's table and ``autotui keys`` are generated
from here. An action named ``toggle_star`` has the id ``toggle-star``.
"""

from collections.abc import Iterator
from typing import Final

from textual.binding import Binding, BindingType


def _key(keys: str, action: str, text: str, *, show: bool = False) -> Binding:
    return Binding(keys, action, text, show=show, id=action.replace("_", "-"))


PANE: Final[list[BindingType]] = [
    _key("j,down", "move_down", "Down"),
    _key("k,up", "move_up", "Up"),
    _key("g,home", "top", "Top"),
    _key("G,end", "bottom", "Bottom"),
    _key("ctrl+d", "half_down", "Half a page down"),
    _key("ctrl+u", "half_up", "Half a page up"),
    _key("pagedown,ctrl+f", "page_down", "Page down"),
    _key("pageup,ctrl+b", "page_up", "Page up"),
]
"""What each pane does itself."""

MAIN: Final[list[BindingType]] = [
    _key("space", "read_on", "Read on: page down, then the next unread", show=True),
    _key("backspace", "read_back", "Page back, then the story before"),
    _key("enter", "read", "Read", show=True),
    _key("l,right", "pane_right", "Pane to the right"),
    _key("h,left", "pane_left", "Pane to the left"),
    _key("tab", "next_pane", "Next pane"),
    _key("shift+tab", "previous_pane", "Previous pane"),
    _key("n", "next_unread", "Next unread", show=True),
    _key("p", "previous_unread", "Previous unread"),
    _key("e", "tag_drivetrain", "Tag ev-drivetrain", show=True),
    _key("t", "edit_tags", "Tags", show=True),
    _key("T", "remove_tags", "Remove all tags"),
    _key("m", "toggle_read", "Read / unread", show=True),
    _key("s", "toggle_star", "Star", show=True),
    _key("L", "toggle_later", "Read later"),
    _key("u", "undo", "Undo", show=True),
    _key("U", "redo", "Redo"),
    _key("r", "refresh_feed", "Refresh this feed"),
    _key("R", "refresh_due", "Refresh all that are due", show=True),
    _key("a", "add_feed", "Add a feed", show=True),
    _key("d", "delete_feed", "Delete the feed"),
    _key("1", "scope_all", "All stories"),
    _key("2", "scope_unread", "Unread stories"),
    _key("3", "scope_starred", "Starred stories"),
    _key("o", "open_browser", "Open in the browser"),
    _key("y", "copy_address", "Copy the address"),
    _key("i", "toggle_metadata", "Metadata pane"),
    _key("z", "toggle_zen", "Zen: the text alone"),
    _key("question_mark,f1", "help", "Help", show=True),
    _key("colon,ctrl+p", "palette", "Command palette"),
    _key("q,escape", "back", "Back, at the root quit"),
    _key("ctrl+z", "suspend", "Suspend"),
    _key("ctrl+c", "quit", "Quit"),
]
"""What the reader can do from every pane."""


def every() -> Iterator[Binding]:
    """Give every binding, in the order of the help."""
    for binding in (*PANE, *MAIN):
        if isinstance(binding, Binding):
            yield binding
