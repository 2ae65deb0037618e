"""What the reader typed, as patterns of FTS5, LIKE and GLOB: never as their syntax."""

import re
from collections.abc import Iterable


def match_phrase(value: str) -> str:
    """Give an FTS5 phrase for words as typed, ``""`` if there is no word in them.

    A ``*`` at the end finds words that begin so.
    """
    core = value.rstrip("*").replace("\0", " ")
    if not re.search(r"[^\W_]", core):
        return ""
    star = "*" if value.endswith("*") else ""
    escaped = core.replace('"', '""')
    return f'"{escaped}"{star}'


def match_any(values: Iterable[str]) -> str:
    """Give what FTS5 finds where one of these is; ``""`` if there is no word in them."""
    return " OR ".join(filter(None, map(match_phrase, values)))


def like(value: str) -> str:
    """Escape what LIKE would take for a pattern."""
    return re.sub(r"([%_\\])", r"\\\1", value)


def glob(value: str) -> str:
    """Write what GLOB takes for small and capital letters: LIKE knows those of English."""
    forms = ({each, each.lower(), each.upper()} for each in value)
    letters = ("".join(sorted(form for form in each if len(form) == 1)) for each in forms)
    return "".join(
        f"[{each}]" if len(each) > 1 or each in "*?[" else each for each in letters
    )
