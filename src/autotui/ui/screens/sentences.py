"""What the desk says of a view: its title, and why there is nothing in it.

Pure: a row, a scope and a number in, text out.
"""

from typing import Final

from autotui.ui.safe import stable
from autotui.ui.sidebar import Row

_SCOPES: Final = {
    "is:unread": "unread",
    "is:starred": "starred",
    "is:suggested": "suggested",
}
"""The queries of 2, 3 and 4, and what each adds to the title."""
_EMPTY: Final = {
    "is:unread": "Everything is read. R asks the feeds for news.",
    "is:starred": "No story is starred. s stars the story at hand.",
    "is:later": "Nothing to read later. L keeps a story for later.",
    "tag:ev-drivetrain": "No story is tagged ev-drivetrain. e tags one.",
    "is:suggested": "No suggestion waits for you. R asks the feeds for news.",
}
TEXTS: Final = {"page": "The page's text.", "feed": "The feed's text."}
"""Whose text is shown."""
_NARROWED: Final = {
    "is:unread": "Everything here is read. 1 shows all stories.",
    "is:starred": "No story here is starred. 1 shows all stories.",
    "is:suggested": "Nothing here is suggested. 1 shows all stories.",
}


def title(row: Row, scope: str, stories: int | None) -> str:
    """Give the list's title; ``None`` stories are not counted yet."""
    counted = "" if stories is None else f" · {stories:,}"
    narrowed = f" · {_SCOPES.get(scope, stable(scope))}" if scope else ""
    return f"{stable(row.label)}{narrowed}{counted}"


def why_empty(row: Row, scope: str) -> str:
    """Say why there is nothing, and which key changes that."""
    if row.error:
        return f"This feed could not be read: {row.error}. r asks again, d deletes it."
    if scope and scope != row.query:
        other = f"No story here is found by {scope}. q goes back, 1 shows all stories."
        return _NARROWED.get(scope, other)
    if row.kind == "feed":
        return "This feed has no stories yet. r asks it, R all that are due."
    return _EMPTY.get(row.query, "No stories yet. R asks the feeds that are due.")


def trouble(row: Row) -> str:
    """Say what is wrong with the row's feed, ``""`` if it is well."""
    return f"! {row.error} · r asks again" if row.error else ""
