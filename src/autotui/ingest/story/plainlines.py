"""What a line of a page without markup is, by its words and its length alone."""

import re
from typing import Final

_SENTENCE: Final = 60
"""Characters of a line that is a sentence of the story, and ends as one."""
PROSE: Final = 140
"""Characters of a line that is the story, however it ends."""
LABEL: Final = 40
ENDS: Final = (".", "!", "?", "…", '"', "”", "“", "»", "。", ")", ":")
ENLARGE: Final = re.compile(
    r"(?:enlarge|expand|zoom)(?: image)?|(?:bild )?vergrößern|agrandir(?: l['\u2019]image)?"
    r"|ampliar(?: (?:imagen|foto|imagem))?|ingrandisci|vergroot(?: afbeelding)?",
    re.IGNORECASE,
)
PHOTOS: Final = re.compile(
    r"(?:see|view|show)(?: all)?(?: \d{1,4})? (?:photos|pictures|images|gallery)"
    r"|\+?\d{1,4} more|alle \d{0,4} ?(?:bilder|fotos)(?: anzeigen)?|voir toutes les photos"
    r"|ver (?:todas las )?fotos|guarda (?:tutte le )?foto|bekijk alle foto['\u2019]s",
    re.IGNORECASE,
)
COUNTER: Final = re.compile(r"[\d.,]{1,12}(?: [\d.,]{1,12}){0,20}[+%]?|\+")
BY: Final = re.compile(
    r"(?:(?:written|story|words) )?(?:by|von|par|por|di|door)\s+(?=\S)", re.IGNORECASE
)
BULLET: Final = re.compile(r"(?:[•◦▪*\u2013-]\s+|(\d{1,2})[.)]\s+)(?=\S)")
WORD: Final = re.compile(r"\w{4,40}")


def name(line: str) -> str:
    """Give the name that a line begins with, as far as its looks tell; ``""`` if none."""
    first = " ".join(line.split()[:2])
    return first if first.istitle() and " " in first else ""


def is_sentence(line: str) -> bool:
    """Whether a line that is no label ends as a sentence does."""
    return len(line) >= LABEL and line.endswith(ENDS)


def is_prose(line: str) -> bool:
    """Whether a line is of a story, not a title, a label or a link."""
    return len(line) >= PROSE or (len(line) >= _SENTENCE and line.endswith(ENDS))
