"""Every key of the app on one page, each with an id that the config file can rebind.

The help, the command palette, the README's table and ``autotui keys`` are generated
from here. An action named ``toggle_star`` has the id ``toggle-star``.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

from textual.binding import Binding, BindingType
from textual.keys import Keys, format_key, key_to_character

from autotui.config import Config
from autotui.errors import ConfigError, hint

_NO_KEY: Final = "<any>"
"""Stands for none, which Textual does not allow; nobody can press it."""
_NAMED_KEY: Final = re.compile(r"(^|\. )?\{([a-z-]+)\}")
"""An action in a sentence, of which a reader is to be told the key."""


def _key(
    keys: str, action: str, text: str, *, show: bool = False, priority: bool = False
) -> Binding:
    id_ = action.replace("_", "-")
    return Binding(keys, action, text, show=show, id=id_, priority=priority)


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
    _key("n", "next_unread", "Next unread / match", show=True),
    _key("p", "previous_unread", "Previous unread / match"),
    _key("e", "tag_drivetrain", "Tag ev-drivetrain", show=True),
    _key("t", "edit_tags", "Tags", show=True),
    _key("T", "remove_tags", "Remove all tags"),
    _key("plus", "accept_suggestion", "Accept the suggestion, go to the next"),
    _key("minus", "reject_suggestion", "Reject the suggestion, go to the next"),
    _key("w", "why", "Why it is suggested, or not"),
    _key("m", "toggle_read", "Read / unread", show=True),
    _key("s", "toggle_star", "Star", show=True),
    _key("L", "toggle_later", "Read later"),
    _key("A", "mark_view_read", "Mark all that is listed read"),
    _key("u", "undo", "Undo", show=True),
    _key("U", "redo", "Redo"),
    _key("r", "refresh_feed", "Refresh this feed"),
    _key("R", "refresh_due", "Refresh all that are due", show=True),
    _key("a", "add_feed", "Add a feed", show=True),
    _key("E", "edit_feed", "Edit the feed"),
    _key("M", "move_feed", "Move the feed to a folder"),
    _key(_NO_KEY, "mute_feed", "Mute the feed, or no longer"),
    _key("d", "delete_feed", "Delete the feed"),
    _key("H", "feed_health", "How the feeds do"),
    _key(_NO_KEY, "export_opml", "Write all feeds to an OPML file"),
    _key(_NO_KEY, "export_list", "Write what is listed to a file"),
    _key("P", "first_feeds", "Subscribe to a pack"),
    _key("slash", "search", "Search everything", show=True),
    _key("F", "filter_list", "Filter the list as you type"),
    _key("S", "save_query", "Save what is listed as a query"),
    _key("1", "scope_all", "All stories"),
    _key("2", "scope_unread", "Unread stories"),
    _key("3", "scope_starred", "Starred stories"),
    _key("4", "scope_suggested", "Suggested stories"),
    _key("o", "open_browser", "Open in the browser"),
    _key("O", "open_and_read", "Open in the browser and mark read"),
    _key("y", "copy_address", "Copy the address"),
    _key("Y", "copy_markdown", "Copy as a Markdown link"),
    _key("semicolon", "link_hints", "Open a link of the story"),
    _key("vertical_line", "share", "Share the story, or pipe it to a command"),
    _key("v", "select", "Select stories for the next key"),
    _key("x", "toggle_full_text", "Full text / the feed's text"),
    _key("D", "prepare_offline", "Fetch the full text of the list; again: stop"),
    _key("i", "toggle_metadata", "Metadata pane"),
    _key("f", "find", "Find stories with the name or figure chosen there"),
    _key("z", "toggle_zen", "Zen: the text alone"),
    _key("less_than_sign", "narrow_pane", "Make the pane smaller"),
    _key("greater_than_sign", "widen_pane", "Make the pane larger"),
    _key("equals_sign", "reset_panes", "Panes as they were at first"),
    _key("W", "rules", "Rules: what is done by itself to stories"),
    _key("number_sign", "tags", "Tags: rename, merge, delete, colour"),
    _key(_NO_KEY, "learned", "What was learned from you, and how to forget it"),
    _key(_NO_KEY, "theme", "Choose a theme"),
    _key("comma", "settings", "Settings, and where each comes from"),
    _key(_NO_KEY, "reload_config", "Read the config file again"),
    _key("question_mark,f1", "help", "Help", show=True),
    _key("colon,ctrl+p", "palette", "Command palette"),
    _key("q,escape", "back", "Back, at the root quit"),
]
"""What the reader can do from every pane."""

APP: Final[list[BindingType]] = [
    _key("ctrl+z", "suspend", "Suspend", priority=True),
    _key("ctrl+c", "quit", "Quit", priority=True),
]
"""What works everywhere, dialogs included."""


def every() -> Iterator[Binding]:
    """Give every binding, in the order of the help."""
    for binding in (*PANE, *MAIN, *APP):
        if isinstance(binding, Binding):
            yield binding


PRESETS: Final[Mapping[str, Mapping[str, str]]] = {
    "default": {},
    "newsboat": {"toggle-read": "N,m", "edit-tags": "ctrl+e,t", "quit": "Q,ctrl+c"},
    "eilmeldung": {
        "refresh-due": "s",
        "refresh-feed": "ctrl+r",
        "toggle-read": "r",
        "toggle-star": "m",
        "mark-view-read": "R,A",
        "previous-unread": "N,p",
        "open-and-read": "o",
        "open-browser": "O",
        "share": "S,vertical_line",
        "save-query": "ctrl+s",
    },
    "vim": {"redo": "ctrl+r,U"},
}
"""Whose keys to start from: what is different there, by id."""

_MODIFIERS: Final = ("ctrl+", "alt+", "shift+", "super+")
_NAMED: Final = frozenset(key.value for key in Keys)


@dataclass(frozen=True, slots=True)
class InForce:
    """An action and the keys that do it."""

    id: str
    action: str
    keys: tuple[str, ...]
    """None where it is in the command palette only."""
    text: str
    show: bool

    @property
    def shown(self) -> str:
        """The keys as they stand on a keyboard, else where the action is."""
        return " ".join(_display(key) for key in self.keys) or "palette"


def in_force(config: Config, path: Path) -> tuple[InForce, ...]:
    """Give every action with its keys under ``config``, which was read from ``path``.

    Raises ConfigError for an id or key that there is not, and for a key of two actions.
    """
    rebound = keymap(config, path)
    found = tuple(_in_force(binding, rebound) for binding in every())
    users: defaultdict[str, list[str]] = defaultdict(list)
    for each in found:
        for key in each.keys:
            users[key].append(each.id)
    for key, ids in users.items():
        if len(ids) > 1:
            mine = next((id_ for id_ in ids if id_ in config.keys), "preset")
            raise ConfigError(
                f"{config.place(path, f'keys.{mine}')}: "
                f"the key {_display(key)} is bound to {' and to '.join(ids)}; "
                "give one of them another under [keys]"
            )
    return found


def with_keys(sentence: str, keys: Mapping[str, str]) -> str:
    """Put keys into a sentence such as ``{undo} takes it back``, those without as palette.

    ``keys`` are those in force, by id.
    """

    def key(found: re.Match[str]) -> str:
        before, id_ = found.groups()
        palette = "the palette" if before is None else "The palette"
        return (before or "") + (keys.get(id_) or palette)

    return _NAMED_KEY.sub(key, sentence)


def as_markdown(found: Sequence[InForce]) -> str:
    """Give a table of the keys for the README: two actions a line."""
    cells = [f"{each.shown.replace('|', chr(92) + '|')} | {each.text}" for each in found]
    half = (len(cells) + 1) // 2
    pairs = zip_longest(cells[:half], cells[half:], fillvalue=" | ")
    rows = [f"| {left} | {right} |" for left, right in pairs]
    return "\n".join(
        ["| key | what it does | key | what it does |", "| --- " * 4 + "|", *rows]
    )


def _in_force(binding: Binding, rebound: Mapping[str, str]) -> InForce:
    id_ = binding.id or ""
    found = rebound.get(id_, binding.key).split(",")
    keys = tuple(key for key in found if key != _NO_KEY)
    return InForce(id_, binding.action, keys, binding.description, binding.show)


def keymap(config: Config, path: Path) -> dict[str, str]:
    """Give what differs from this page: ids to keys, in Textual's own names."""
    known = tuple(binding.id or "" for binding in every())
    chosen = {**PRESETS[config.preset], **config.keys}
    for id_ in chosen:
        if id_ not in known:
            near = hint(id_, known, "see 'autotui keys'")
            place = config.place(path, f"keys.{id_}")
            raise ConfigError(f"{place}: there is no keys.{id_}; {near}")
    return {
        id_: _normal(id_, keys, config.place(path, f"keys.{id_}"))
        for id_, keys in chosen.items()
    }


def _normal(id_: str, keys: str, place: str) -> str:
    """Check keys apart by commas; a lone comma is the key itself."""
    parts = [keys] if keys == "," else [key.strip() for key in keys.split(",")]
    for key in parts:
        base = key
        for modifier in _MODIFIERS:
            base = base.removeprefix(modifier)
        if len(base) != 1 and base not in _NAMED and not key_to_character(base):
            raise ConfigError(
                f"{place}: keys.{id_}: there is no key {key!r}; write such as n, G, "
                "ctrl+n, f5, space, enter, question_mark"
            )
    # ``Binding`` turns characters such as ``?`` into Textual's names for them.
    bound = Binding.make_bindings([Binding(",".join(parts), "noop", "")])
    return ",".join(each.key for each in bound) if keys != "," else "comma"


def _display(key: str) -> str:
    """Give a key as people write it: ``?`` and not ``question_mark``."""
    names = {"space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab"}
    names |= {"shift+tab": "Shift-Tab", "pagedown": "PgDn", "pageup": "PgUp"}
    names |= {"backspace": "Backspace", "home": "Home", "end": "End"}
    if key in names:
        return names[key]
    if key.startswith("ctrl+"):
        return f"Ctrl-{key.removeprefix('ctrl+').upper()}"
    return key_to_character(key) or format_key(key).capitalize()
