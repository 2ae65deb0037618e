"""Lines that pages put between and around stories, in seven languages.

Three kinds. ``is_line``: nothing else is ever said in these words. ``opens``: so begin
lines of the page's own, but sentences as well; a caller must see by its place or its
links that it is none. ``is_notice``: notices in whole sentences. All are tried on short
texts only; ``promotions.toml`` has the words.
"""

import re
import tomllib
from importlib.resources import files
from typing import Final

MAX_LINE: Final = 120
MAX_OPENING: Final = 260
MAX_NOTICE: Final = 500
MAX_TAIL: Final = 60
_EDGES: Final = (
    " \t\n.:!?*-()[]\"'#+|<>\u2026\xab\xbb\u2039\u203a\u2190\u2192\u2191\u2193\u2022"
    "\xb7\u2013\u2014\u201c\u201d\u201e"
)
_TABLE: Final = tomllib.loads(
    files("autotui.ingest.story").joinpath("promotions.toml").read_text("utf-8")
)


def _either(name: str, form: str = "{}") -> "re.Pattern[str]":
    return re.compile(form.format("|".join(_TABLE[name].strip().split("\n"))))


_LINE: Final = _either("lines")
_OPENING: Final = _either("openings", r"(?:{})(?!\w)")
_NOTICE: Final = _either("notices")
_TAIL: Final = _either("tails")
_TRUST: Final = _either("trust")
_OFFER: Final = _either("offers")
_NOTICE_WORDS: Final = tuple(_TABLE["notice_words"])
_PAID: Final = tuple(_TABLE["paid"])


def is_line(text: str) -> bool:
    """Whether a whole text is a line of the page's own, and can be nothing else."""
    if len(text) > MAX_LINE:
        return False
    return _LINE.fullmatch(text.lower().strip(_EDGES)) is not None


def opens(text: str) -> bool:
    """Whether a short text begins as a promotion does: "More from", "Lesen Sie auch"."""
    if len(text) > MAX_OPENING:
        return False
    return _OPENING.match(text[:60].lower().lstrip(_EDGES)) is not None


def is_notice(text: str) -> bool:
    """Whether a short text is about rights, cookies, commissions or newsletters."""
    if len(text) > MAX_NOTICE:
        return False
    small = text.lower()
    if not any(word in small for word in _NOTICE_WORDS):
        return False
    return _NOTICE.search(small) is not None


def is_tail(text: str) -> bool:
    """Whether what follows this heading is no longer the story."""
    if len(text) > MAX_TAIL or (text.endswith(".") and not text.endswith("..")):
        return False
    return _TAIL.fullmatch(text.lower().strip(_EDGES)) is not None


def is_trust(text: str) -> bool:
    """Whether a box begins here that says why to trust the outlet."""
    if len(text) > MAX_TAIL:
        return False
    return _TRUST.fullmatch(text.lower().strip(_EDGES)) is not None


def is_offer(text: str) -> bool:
    """Whether a box begins here that wants readers to subscribe."""
    if len(text) > MAX_TAIL:
        return False
    return _OFFER.fullmatch(text.lower().strip(_EDGES)) is not None


def is_advertisement(text: str) -> bool:
    """Whether a line that ``is_line`` says that what follows was paid for."""
    return text.lower().startswith(_PAID)
