"""What the desk says of a view: its title, and why there is nothing in it.

Pure: a row, a scope, a number and the keys in force in, text out. ``{next-unread}`` in a
sentence stands for the key of that action.
"""

from collections.abc import Mapping
from typing import Final

from autotui.ui.keys import with_keys
from autotui.ui.safe import stable
from autotui.ui.sidebar import Row

SCOPES: Final = {
    "is:unread": "unread",
    "is:starred": "starred",
    "is:suggested": "suggested",
}
"""The queries of 2, 3 and 4, and what each adds to the title."""
_EMPTY: Final = {
    "is:unread": "Everything is read. {refresh-due} asks the feeds for news.",
    "is:starred": "No story is starred. {toggle-star} stars the story at hand.",
    "is:later": "Nothing to read later. {toggle-later} keeps a story for later.",
    "tag:ev-drivetrain": "No story is tagged ev-drivetrain. {tag-drivetrain} tags one.",
    "is:suggested": "No suggestion waits for you. {refresh-due} asks the feeds for news.",
}
_NO_STORIES: Final = "No stories yet. {refresh-due} asks the feeds that are due."
_NOT_ASKED: Final = (
    "This feed has no stories yet. {refresh-feed} asks it, {refresh-due} all that are due."
)
_FAILED: Final = "{refresh-feed} asks again, {delete-feed} deletes it."
TEXTS: Final = {"page": "The page's text.", "feed": "The feed's text."}
"""Whose text is shown."""
_NARROWED: Final = {
    "is:unread": "Everything here is read. {scope-all} shows all stories.",
    "is:starred": "No story here is starred. {scope-all} shows all stories.",
    "is:suggested": "Nothing here is suggested. {scope-all} shows all stories.",
}
_NOT_FOUND: Final = "{back} goes back, {scope-all} shows all stories."
_NOT_SAVED: Final = "{edit-feed} changes the query."
_UNREADABLE: Final = "{edit-feed} mends it, {delete-feed} deletes it."
_AGAIN: Final = "{refresh-feed} asks again"
_MEND: Final = "{edit-feed} mends it"


def title(row: Row, scope: str, stories: int | None) -> str:
    """Give the list's title; ``None`` stories are not counted yet."""
    counted = "" if stories is None else f" · {stories:,}"
    narrowed = f" · {SCOPES.get(scope, stable(scope))}" if scope else ""
    return f"{stable(row.label)}{narrowed}{counted}"


def why_empty(row: Row, scope: str, keys: Mapping[str, str]) -> str:
    """Say why there is nothing, and which key changes that."""
    if row.error and row.kind == "query":
        return f"This query cannot be read: {row.error}. {with_keys(_UNREADABLE, keys)}"
    if row.error:
        return f"This feed could not be read: {row.error}. {with_keys(_FAILED, keys)}"
    if scope and scope != row.query:
        if scope in _NARROWED:
            return with_keys(_NARROWED[scope], keys)
        return f"No story here is found by {scope}. {with_keys(_NOT_FOUND, keys)}"
    if row.kind == "query":
        return f"No story is found by {row.query}. {with_keys(_NOT_SAVED, keys)}"
    if row.kind == "feed":
        return with_keys(_NOT_ASKED, keys)
    return with_keys(_EMPTY.get(row.query, _NO_STORIES), keys)


def trouble(row: Row, keys: Mapping[str, str]) -> str:
    """Say what is wrong with the row's feed, ``""`` if it is well."""
    what = _MEND if row.kind == "query" else _AGAIN
    return f"! {row.error} · {with_keys(what, keys)}" if row.error else ""
