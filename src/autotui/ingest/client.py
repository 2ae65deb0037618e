"""The client that all fetches share: who we say we are, and connections kept small.

A transport for each origin, closed after its turn, for one pool of all hosts looks at
all of its connections at every request: half of the CPU time with 500 hosts.
"""

import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.util import find_spec
from ssl import SSLContext
from typing import Final, Self
from urllib.request import getproxies

import httpx

from autotui import __version__, clean
from autotui.config import Credential
from autotui.errors import FetchError, HeldError
from autotui.ingest import places
from autotui.ingest.credentials import Credentials
from autotui.ingest.gates import Gates

if find_spec("sniffio") is None:
    # httpcore imports it at every lock it takes, and looking for what is not installed
    # is a third of the CPU time of a refresh; None says so at once.
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # documented for import

FEEDS: Final = (
    "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, "
    "text/html;q=0.5, */*;q=0.1"
)
PAGES: Final = "text/html, application/xhtml+xml, text/plain;q=0.5, */*;q=0.1"
"""What is asked for: the ``Accept`` of a request."""
HEADERS: Final = {
    "User-Agent": f"autotui/{__version__} (+https://github.com/autotui/autotui)",
    # Nothing else: other encodings cannot be inflated in bounded steps.
    "Accept-Encoding": "gzip",
}
"""What every request says. No cookie and no Referer: servers need not know more."""
_KEPT: Final = 32
"""Origins whose connections stay open for the next feed from there."""


def utc_now() -> datetime:
    """Give the time."""
    return datetime.now(UTC)


@dataclass(slots=True)
class _Line:
    """The connections to one origin."""

    transport: httpx.AsyncHTTPTransport
    users: int = 0


class Client:
    """Connections, secrets, gates, and who wants to be left alone. Use it as a context."""

    def __init__(
        self,
        *,
        at_once: int = 16,
        per_host: int = 2,
        allow_private: bool = False,
        credentials: Iterable[Credential] = (),
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.gates = Gates(at_once=at_once, per_host=per_host)
        self.credentials = Credentials(credentials)
        self.allow_private = allow_private
        """Private addresses are fine, wherever they are named."""
        self.now = now
        # How many run at once is the gates' business, which wait without a deadline.
        self._limits = httpx.Limits(max_keepalive_connections=per_host)
        self._proxies = getproxies()
        self._lines: dict[tuple[str, str], _Line] = {}
        self._held: dict[str, datetime] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        lines, self._lines = self._lines, {}
        for line in lines.values():
            await line.transport.aclose()

    def hold(self, server: str, until: datetime) -> None:
        """Leave a server alone until then."""
        self._held[server] = max(until, self._held.get(server, until))

    def refuse_held(self, address: str) -> None:
        """Raise HeldError where the address is of a server to be left alone."""
        server = clean.server(address)
        until = self._held.get(server)
        now = self.now()
        if until is not None and until > now:
            raise HeldError(
                f"{server} wants to be left alone until {until:%Y-%m-%d %H:%M} UTC",
                retry_after=(until - now).total_seconds(),
            )

    def proxy(self, address: str) -> str:
        """Give the proxy that the environment wants for an address, ``""`` for none."""
        return places.proxy(address, self._proxies) if self._proxies else ""

    @asynccontextmanager
    async def line(self, address: str) -> AsyncIterator[httpx.AsyncHTTPTransport]:
        """Give the connections to an origin; they are closed when others are newer."""
        key = (clean.origin(address), self.proxy(address))
        line = self._lines.pop(key, None) or _Line(self._transport(key[1]))
        self._lines[key] = line
        line.users += 1
        try:
            yield line.transport
        finally:
            line.users -= 1
            await self._close_oldest()

    async def _close_oldest(self) -> None:
        surplus = len(self._lines) - _KEPT
        idle = [key for key, line in self._lines.items() if not line.users]
        # All at once: while one closes another fetch may take the next.
        closing = [self._lines.pop(key) for key in idle[: max(surplus, 0)]]
        for line in closing:
            await line.transport.aclose()

    def _transport(self, proxy: str) -> httpx.AsyncHTTPTransport:
        try:
            return httpx.AsyncHTTPTransport(
                verify=self._tls,
                proxy=proxy or None,
                limits=self._limits,
                trust_env=False,
            )
        except (ImportError, ValueError) as error:
            raise FetchError(
                f"the proxy {clean.line(clean.public(proxy))!r} cannot be used",
                reached=False,
                advice="mend http_proxy, https_proxy or all_proxy in the environment",
            ) from error

    @cached_property
    def _tls(self) -> SSLContext:
        # One for all: reading the certificates takes 20 ms.
        return httpx.create_ssl_context()
