"""The plain form of words, in which typography and accents make no difference.

What belongs here: how two spellings come to be one. A plain form may be longer or shorter
than what was written: it tells what a word is, never where it stands.
"""

import re
import unicodedata
from typing import Final

WORD: Final = re.compile("[\\w\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+")
"""A word: letters and figures, with the accents and soft hyphens inside it."""

_LOOKALIKES: Final = str.maketrans(
    "авдеикмнопрстухһіјѕԁԛԝӏαβεηικνορτυχωıɑɡƙƅʏ",
    "abdeukmhonpctyxhijsdqwlabenikvoptuxwiagkby",
)
"""Letters of other alphabets that pass for Latin ones in reposted titles."""


def phrase(written: str) -> str:
    """Give ``written`` small and without accents."""
    if written.isascii():
        return written.lower()
    apart = unicodedata.normalize("NFKD", written.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def word(written: str) -> str:
    """Give the plain form of one word: small, without accents, in Latin letters."""
    if written.isascii():
        return written.lower()
    bare = "".join(each for each in phrase(written) if each.isalnum())
    # A word wholly in Greek or Cyrillic is one of that language: leave it alone.
    return bare.translate(_LOOKALIKES) if re.search("[a-z]", bare) else bare
