"""What a server asks of programs in its robots.txt (RFC 9309)."""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from protego import Protego

MAX_BYTES: Final = 512 * 1024
"""No more has to be read (RFC 9309, 2.5)."""
_NAME: Final = "autotui"
_MAX_DELAY: Final = 10.0
"""Seconds between two pages; who asks for more gets so many."""
_OTHERS: Final = "others"
# As many ways to write it as are understood.
_AGENT: Final = re.compile(r"\s*user[-\s]*agent\b[:\s]*", re.IGNORECASE)


class Robots:
    """What a server allows, and how slowly; nothing said is everything allowed."""

    def __init__(self, rules: str) -> None:
        self._rules = _parsed(rules) if rules.strip() else None

    def allow(self, url: str) -> bool:
        """Whether programs like this one may ask for an address."""
        return self._rules is None or self._rules.can_fetch(url, _NAME)

    @property
    def delay(self) -> float:
        """Seconds to wait between two pages (``Crawl-delay``, which no standard has)."""
        asked = self._rules.crawl_delay(_NAME) if self._rules else None
        return min(max(asked or 0.0, 0.0), _MAX_DELAY)


def _parsed(rules: str) -> "Protego":
    # Imported late: most runs ask for no page.
    from protego import Protego

    lines = rules[:MAX_BYTES].removeprefix("\ufeff").splitlines()
    return Protego.parse("\n".join(map(_addressed, lines)))


def _addressed(line: str) -> str:
    """Give a line, with one name for all programs but this one.

    A rule is kept for each program that is named above it: 15,000 names and as many
    rules would take minutes, and all of the memory.
    """
    found = _AGENT.match(line)
    if found is None:
        return line
    name = line[found.end() :].partition("#")[0].partition("/")[0].strip().lower()
    if name != "*":
        name = _NAME if name.replace("*", "") == _NAME else _OTHERS
    return f"User-agent: {name}"
