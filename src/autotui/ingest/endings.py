"""How a teaser ends: an ellipsis, or words that ask to read on elsewhere."""

import re
from typing import Final

_LAST: Final = 400
"""Characters at the end of a text that are looked at, for what stands below a teaser."""
_END: Final = 150
"""Characters that "read more" and the title after it may take."""

_ELLIPSIS: Final = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\))\Z")
_ON: Final = re.compile(
    r"(?:"
    r"read (?:more|on|the (?:full|rest|whole|entire)\b.*)|continue reading\b.*"
    r"|keep reading|(?:full|more) (?:story|article)|learn more|view (?:full )?article"
    r"|weiter ?lesen|mehr lesen|mehr erfahren|(?:zum|ganzer|vollständiger) artikel"
    r"|lire (?:la suite|plus|l['\u2019]article\b.*)|en savoir plus"
    r"|suite de l['\u2019]article"
    r"|(?:leer|ver|saber) más|(?:seguir|sigue|continuar) leyendo\b.*"
    r"|leggi (?:tutto|di più|l['\u2019]articolo\b.*|altro)"
    r"|continua (?:a leggere|la lettura)|scopri di più"
    r")[\s.…:»\u203a→>\])-]*\Z"
)
_WORDS: Final = (
    *("read", "story", "article", "learn", "view", "lesen", "erfahren", "artikel", "lire"),
    *("plus", "suite", "más", "leyendo", "legg", "continua", "scopri"),
)
"""One of these is in each of those."""
# What blog software adds below every excerpt and every full text alike.
_FOOTER: Final = re.compile(
    r"(?:the post .* (?:appeared first|first appeared) on"
    r"|der beitrag .* erschien zuerst (?:auf|bei)"
    r"|l['\u2019]article .* est apparu en premier sur"
    r"|la entrada .* (?:se publicó primero|apareció primero) en"
    r"|l['\u2019]articolo .* (?:proviene da|sembra essere il primo su)) .*\Z",
    re.IGNORECASE,
)
_BEFORE: Final = (".", "!", "?", "…", ":", "]", "|", "»", "(", '"', "”")


def breaks_off(text: str) -> bool:
    """Whether a text, paragraphs apart by line ends, ends before its story does."""
    lines = [line.strip() for line in text[-_LAST:].splitlines() if line.strip()]
    if lines and _FOOTER.match(lines[-1]):
        lines.pop()
    if not lines:
        return False
    # Small letters, not IGNORECASE: so the pattern skips to letters that begin a branch.
    last = lines[-1].removeprefix("•").strip().lower()
    if _ELLIPSIS.search(last):
        return True
    if not any(word in last[-_END:] for word in _WORDS):
        return False
    # "Read more" is a line of its own, or follows the end of a sentence.
    return any(
        found.start() == 0 or last[: found.start()].rstrip().endswith(_BEFORE)
        for found in _ON.finditer(last, max(0, len(last) - _END))
    )
