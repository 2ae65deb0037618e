"""Who may come in: a token that works once, the cookie it is exchanged for, our names.

Pure decisions; the server asks them of every request.
"""

import secrets
import time
from collections.abc import Callable, Iterable
from typing import Final

MINUTES: Final = 15
"""How long the token waits to be used."""
_HTTP: Final = 80


class Gate:
    """Opens once for the token, and from then on for the cookie alone."""

    def __init__(
        self, names: Iterable[str], port: int, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._names = {bracketed(name).lower() for name in names}
        self._port = port
        self._now = now
        self._until = now() + MINUTES * 60
        self._used = False
        self._cookie = secrets.token_urlsafe(32)
        self.token = secrets.token_urlsafe(32)
        # Browsers send a host's cookies to all its ports, but none to another path.
        self.place = f"/{secrets.token_urlsafe(16)}/"
        """The secret path under which everything lies, and which the cookie is for."""

    def enter(self, token: str) -> str:
        """Give the cookie for the token, the first time; ``""`` for anything else."""
        if not _same(token, self.token) or self._used or self._now() > self._until:
            return ""
        self._used = True
        return self._cookie

    def admits(self, cookie: str) -> bool:
        """Tell whether this is the cookie; nobody has one before the token is used."""
        return self._used and _same(cookie, self._cookie)

    def is_named(self, host: str, address: str) -> bool:
        """Tell whether a Host header names this server, reached at ``address``.

        A page elsewhere may have its own name lead here (DNS rebinding), and then counts
        as one of ours to the browser: so its name must not.
        """
        name, _, port = host.lower().rpartition(":")
        if self._port == _HTTP and host.lower() in self._named(address):
            return True
        return port == str(self._port) and name in self._named(address)

    def _named(self, address: str) -> set[str]:
        return {*self._names, bracketed(address)}


def bracketed(host: str) -> str:
    """Give a host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def _same(given: str, secret: str) -> bool:
    # As bytes: compare_digest refuses text that is not ASCII.
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())
