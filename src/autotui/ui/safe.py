"""Text that does nothing to a terminal but show.

``stable`` is for what we draw; ``SafeFilter`` sees every line of every widget last.
"""

import re
import unicodedata
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from autotui.ui.cells import narrow

# C0, DEL, C1, bidi marks, embeddings, overrides and isolates, line and paragraph
# separators, BOM, annotations, surrogates, noncharacters, tags.
_HARMFUL: Final = (
    "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f"
)
# Rich and terminals disagree about the width of text with these: soft hyphen, joiners,
# variation selectors, keycap, Hangul fillers, invisible operators, skin tones.
_UNSTABLE: Final = (
    "\u00ad\u034f\u115f\u1160\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u20e3\u3164\ufe00-\ufe0f\uffa0\U0001f3fb-\U0001f3ff\U000e0080-\U000e0fff"
)
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_MAX_MARKS: Final = 2
_DANGER: Final = re.compile(f"[{_HARMFUL}]")
_BLANK: Final = re.compile("[\t-\r\x85\u2028\u2029]")
_DROPPED: Final = re.compile(f"[{_HARMFUL}{_UNSTABLE}]")
_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]")
_STACKED: Final = re.compile(f"([{_MARKS}]{{{_MAX_MARKS}}})[{_MARKS}]+")


def stable(text: str) -> str:
    """Give ``text`` as one line that takes the same cells in every terminal.

    It is for showing only: an emoji loses its skin tone, a flag becomes two letters.
    """
    if narrow(text):
        return text
    shown = _DROPPED.sub("", _BLANK.sub(" ", text))
    shown = unicodedata.normalize("NFC", _FLAG.sub(_letter, shown))
    return _STACKED.sub(r"\1", shown)


class SafeFilter(LineFilter):
    """Takes from every drawn line what could command the terminal.

    No column moves: a character that was counted as a cell becomes a space.
    """

    def apply(
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002 - the signature is Textual's
    ) -> list[Segment]:
        """Give the segments, each as it is or harmless."""
        return [
            segment if _harmless(segment) else _defused(segment) for segment in segments
        ]


def _letter(flag: re.Match[str]) -> str:
    """Give the letter that half a flag stands for."""
    return chr(ord(flag.group()) - 0x1F1E6 + ord("A"))


def _harmless(segment: Segment) -> bool:
    text, style, _ = segment
    if not text.isprintable() and _DANGER.search(text):
        return False
    return style is None or not style.link or style.link.isprintable()


def _defused(segment: Segment) -> Segment:
    text, style, control = segment
    if style is not None and style.link and not style.link.isprintable():
        style = style.update_link(None)
    return Segment(_DANGER.sub(_space, text), style, control)


def _space(danger: re.Match[str]) -> str:
    return " " * cell_len(danger.group())
