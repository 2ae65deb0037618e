"""The body of an answer, read in steps that no server can make large."""

import zlib
from typing import TYPE_CHECKING, Final

from autotui import clean
from autotui.errors import FetchError

if TYPE_CHECKING:
    import httpx

_CHUNK: Final = 65_536
_MAX_MEMBERS: Final = 16
_PLAIN: Final = ("", "identity")
_PACKED: Final = ("gzip", "x-gzip")
_GZIP: Final = b"\x1f\x8b"
"""How it begins (RFC 1952, 2.3.1); no text does."""


async def read(response: "httpx.Response", raw_bytes: int, inflated_bytes: int) -> bytes:
    """Read and unpack, and stop at the limits whatever the headers promised."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in {*_PLAIN, *_PACKED}:
        raise FetchError(
            f"the server packs its answer as {clean.line(encoding, 40)!r}, "
            "which was not asked for",
            advice="the outlet has to mend this: its server ignores Accept-Encoding",
        )
    gzip = Gzip(inflated_bytes) if encoding in _PACKED else None
    plain, raw = bytearray(), 0
    async for chunk in response.aiter_raw(_CHUNK):
        raw += len(chunk)
        if raw > raw_bytes:
            raise too_large(raw_bytes)
        if not plain and not gzip and chunk.startswith(_GZIP):
            # A file that was packed once (feed.xml.gz), of a server that does not say so.
            gzip = Gzip(inflated_bytes)
        if gzip:
            gzip.feed(chunk)
        else:
            plain += chunk
    return gzip.close() if gzip else bytes(plain)


async def beginning(response: "httpx.Response", size: int) -> bytes:
    """Give how the body begins, for a look at what it is; nothing where it is packed."""
    if response.headers.get("content-encoding", "").strip().lower() not in _PLAIN:
        return b""
    begun = bytearray()
    async for chunk in response.aiter_raw(_CHUNK):
        begun += chunk
        if len(begun) >= size:
            break
    return bytes(begun[:size])


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
            self._out += self._inflate.decompress(chunk, _CHUNK)
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
    return FetchError(
        f"the answer is too large: larger than {size}",
        advice="ask the outlet for less; the limit protects your memory",
    )
