"""When a feed that its server calls moved has moved: a pure decision.

A hotel's network, a taken domain or a slip of the server's keeper can redirect a feed
"for good" (301 and 308; RFC 9110, 15.4.2), and an address that was given up is lost. So
it takes several good answers over a day, all from the same new place.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

ANSWERS: Final = 3
MIN_TIME: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Move:
    """Where the answers of late say that a feed has moved; nowhere, without ``to``."""

    to: str = ""
    since: datetime | None = None
    answers: int = 0

    def after(self, to: str, now: datetime) -> "Move":
        """Give what is known after a good answer that said the feed moved ``to``."""
        if not to:
            return Move()
        if to != self.to or self.since is None or self.since > now:
            return Move(to, now, 1)
        return Move(to, self.since, self.answers + 1)

    def settled(self, now: datetime) -> bool:
        """Whether it is sure enough to take the new address for the feed's own."""
        long_ago = self.since is not None and now - self.since >= MIN_TIME
        return self.answers >= ANSWERS and long_ago
