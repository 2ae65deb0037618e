"""What a server's answer means: its body unpacked, its refusals in our words."""

import email.utils
import socket
import ssl
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from autotui import clean
from autotui.errors import FetchError

_STEP: Final = 65_536
_MAX_MEMBERS: Final = 16
_MAX_WAIT: Final = 86_400
_REASONS: Final = {
    204: "the server sent nothing (204)",
    206: "the server sent only a part (206)",
    304: "the server says nothing has changed, but nothing was ever read (304)",
    400: "the server does not understand the request (400)",
    401: "the server wants a user name and a password (401)",
    403: "the server denies access (403)",
    404: "there is nothing at this address (404): the feed may have moved",
    410: "gone: the server says the feed was removed for good",
    429: "the server says we ask too often (429)",
    451: "the server may not show this for legal reasons (451)",
    503: "the server is overloaded or under repair (503)",
}


class Gzip:
    """Inflates in steps, so that no chunk can fill the memory at once."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._out = bytearray()
        self._inflate = _inflater()
        self._members = 1
        self._fed = False

    def feed(self, chunk: bytes) -> None:
        """Inflate one chunk."""
        self._fed = self._fed or bool(chunk)
        while chunk:
            if self._inflate.eof and not self._next_member(chunk):
                return
            self._out += self._inflate.decompress(chunk, _STEP)
            if len(self._out) > self._limit:
                raise too_large(self._limit)
            chunk = self._inflate.unconsumed_tail or self._inflate.unused_data

    def close(self) -> bytes:
        """Give all that was inflated; raise FetchError if the end is missing."""
        self._out += self._inflate.flush()
        if self._fed and not self._inflate.eof:
            raise FetchError("the answer was cut off: its gzip stream has no end")
        return bytes(self._out)

    def _next_member(self, chunk: bytes) -> bool:
        """Begin another gzip member; padding and endless members are left alone."""
        self._members += 1
        if not chunk.startswith(b"\x1f") or self._members > _MAX_MEMBERS:
            return False
        self._inflate = _inflater()
        return True


def _inflater() -> "zlib._Decompress":
    # 47: a window of any size; gzip or zlib, as the first bytes say.
    return zlib.decompressobj(47)


def too_large(limit: int) -> FetchError:
    """Give the error for an answer of more than ``limit`` bytes."""
    size = f"{limit / 1024 / 1024:.3g} MB"
    return FetchError(f"the answer is larger than {size}: too large for a feed")


def refusal(status: int, retry_after: str) -> FetchError:
    """Give the error for an answer that brings no feed."""
    reason = _REASONS.get(status)
    if reason is None:
        fault = "has trouble of its own" if status >= 500 else "gave no feed"  # noqa: PLR2004 - the class of HTTP errors that are the server's
        reason = f"the server {fault} ({status})"
    return FetchError(reason, status=status, retry_after=_seconds(retry_after))


def trouble(error: BaseException, host: str) -> str:
    """Say why there was no answer at all."""
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            return f"there is no host called {host}, or the network is down"
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = clean.line(cause.verify_message, 200)
            return f"the certificate of {host} cannot be trusted: {why}"
        if isinstance(cause, ssl.SSLError):
            return f"no safe (TLS) connection to {host} could be made"
        if isinstance(cause, ConnectionRefusedError):
            return f"{host} refused the connection"
        if isinstance(cause, zlib.error):
            return f"the answer of {host} is damaged: its gzip stream makes no sense"
        if isinstance(cause, UnicodeError):
            return f"{host} is not a valid host name"
    if any(isinstance(cause, OSError) for cause in causes):
        return f"{host} cannot be reached"
    return f"{host} broke off, or its answer is not HTTP"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error and all that led to it, each once."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        found = waiting.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        inner = found.exceptions if isinstance(found, BaseExceptionGroup) else ()
        waiting += [found.__context__, found.__cause__, *inner]


def _seconds(retry_after: str) -> float | None:
    """Read a Retry-After header, a number or a date, clamped to a day."""
    asked = retry_after.strip()
    if asked.isascii() and asked.isdigit():
        # Nine digits are more than a day, and no digits are too many for int().
        return float(min(int(asked[:9]), _MAX_WAIT))
    try:
        when = email.utils.parsedate_to_datetime(asked)
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        wait = (when - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    return min(max(wait, 0.0), float(_MAX_WAIT))
