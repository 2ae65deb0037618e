"""The network: one conditional GET that ends soon, stays small and never surprises.

Whatever a server does becomes a ``FetchError`` here and nowhere else. Redirects are
followed by hand, because every hop has to pass the same gate.
"""

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx

from autotui import __version__, clean
from autotui.errors import FetchError
from autotui.ingest import answers, places
from autotui.model import Validators

_CHUNK: Final = 65_536
_MAX_VALIDATOR: Final = 1_024
_AGENT: Final = f"autotui/{__version__} (+https://github.com/autotui/autotui)"
_ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, "
    "text/html;q=0.5, */*;q=0.1"
)
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_MOVED_FOR_GOOD: Final = frozenset({301, 308})
_UNCHANGED: Final = 304
_FOUND: Final = 200


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave."""

    url: str
    """The final address, after redirects, without user and password."""
    content: bytes
    """The body; empty when not modified."""
    content_type: str
    validators: Validators
    """What to ask with next time, also after a 304."""
    modified: bool
    """False: nothing new since the validators that were sent."""
    moved_to: str
    """The new address if every redirect was for good (301, 308), else ``""``."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of our time and memory one server may have."""

    seconds: float = 30.0
    """For everything: name, connection, redirects and body."""
    connect_seconds: float = 10.0
    raw_bytes: int = 10 * 1024 * 1024
    inflated_bytes: int = 20 * 1024 * 1024
    redirects: int = 10
    header_bytes: int = 100_000


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked, the same at every hop."""

    url: str
    validators: Validators
    private_ok: bool
    limits: Limits


_LIMITS: Final = Limits()
_NOTHING: Final = Validators()


_UNREACHED: Final = (httpx.ConnectError, httpx.ConnectTimeout, socket.gaierror)

Client = httpx.AsyncClient
"""What ``fetch`` works with, by a name for those who do not import httpx."""


def client(*, limits: Limits = _LIMITS, connections: int = 16) -> httpx.AsyncClient:
    """Give the client that all fetches share."""
    return httpx.AsyncClient(
        headers={
            "User-Agent": _AGENT,
            "Accept": _ACCEPT,
            # Nothing else: other encodings cannot be inflated in bounded steps.
            "Accept-Encoding": "gzip",
        },
        # A jar that takes nothing: feeds must not know the reader again.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
        http2=False,
        timeout=httpx.Timeout(limits.seconds, connect=limits.connect_seconds),
        limits=httpx.Limits(
            max_connections=connections, max_keepalive_connections=connections
        ),
    )


async def fetch(
    http: httpx.AsyncClient,
    url: str,
    validators: Validators = _NOTHING,
    *,
    private_ok: bool = False,
    limits: Limits = _LIMITS,
) -> Fetched:
    """Get ``url`` unless nothing is new since ``validators``; raise only FetchError."""
    request = _Request(url, validators, private_ok, limits)
    host = clean.host(url) or "the server"
    try:
        async with asyncio.timeout(limits.seconds):
            return await _follow(http, request)
    except FetchError:
        raise
    except (TimeoutError, httpx.TimeoutException) as error:
        message = f"{host} did not answer in full within {limits.seconds:g} s"
        raise FetchError(clean.line(message)) from error
    except (
        httpx.HTTPError,
        httpx.InvalidURL,
        httpx.StreamError,
        ValueError,
        OSError,
        zlib.error,
    ) as error:
        reached = not isinstance(error, _UNREACHED)
        raise FetchError(answers.trouble(error, host), reached=reached) from error


async def _follow(http: httpx.AsyncClient, request: _Request) -> Fetched:
    """Ask, hop by hop, until an answer is no redirect."""
    start = clean.url(request.url, userinfo=True)
    if not start:
        raise FetchError("this is not a web address: it must start with http(s)://")
    address, secret = _apart(start)
    auth = _basic(secret)
    origin, seen, for_good = _origin(address), {address}, True
    for _ in range(request.limits.redirects + 1):
        home = _origin(address) == origin
        async with _ask(http, address, request, auth if home else None) as response:
            status = response.status_code
            if status not in _MOVED:
                moved = _with(address, secret if home else "")
                moved_to = moved if for_good and len(seen) > 1 else ""
                return await _answer(response, address, moved_to, request)
            for_good = for_good and status in _MOVED_FOR_GOOD
            address = _next(response, address)
        if address in seen:
            raise FetchError(f"{clean.host(address)} redirects in a circle")
        seen.add(address)
    raise FetchError(
        f"{clean.host(address)} redirects more than {request.limits.redirects} times"
    )


@asynccontextmanager
async def _ask(
    http: httpx.AsyncClient,
    address: str,
    request: _Request,
    auth: httpx.BasicAuth | None,
) -> AsyncIterator[httpx.Response]:
    """Send one request to a place that is allowed; the body is not read yet."""
    if not request.private_ok:
        await places.refuse_private(address)
    headers = {
        "If-None-Match": request.validators.etag,
        "If-Modified-Since": request.validators.last_modified,
    }
    sent = {name: value for name, value in headers.items() if value}
    asked = http.build_request("GET", address, headers=sent)
    try:
        response = await http.send(asked, stream=True, auth=auth)
    except (httpx.InvalidURL, httpx.RemoteProtocolError) as error:
        # httpx reads Location itself, though it is not to follow it.
        if isinstance(error, httpx.InvalidURL) or "location header" in str(error):
            raise _nowhere(clean.host(address)) from error
        raise
    try:
        if not request.private_ok:
            places.refuse_private_peer(address, _peer(response))
        size = sum(len(name) + len(value) for name, value in response.headers.raw)
        if size > request.limits.header_bytes:
            raise FetchError(f"{clean.host(address)} sends too many headers")
        yield response
    finally:
        await response.aclose()


def _next(response: httpx.Response, address: str) -> str:
    """Give where a redirect leads; user and password stay behind."""
    target = clean.url(response.headers.get("location", ""), address)
    if not target:
        raise _nowhere(clean.host(address))
    return urlunsplit(urlsplit(target)._replace(fragment=""))


def _nowhere(host: str) -> FetchError:
    return FetchError(f"{host} redirects to something that is no web address")


async def _answer(
    response: httpx.Response, address: str, moved_to: str, request: _Request
) -> Fetched:
    """Read the last answer, whatever its status."""
    sent, status = request.validators, response.status_code
    fresh = Validators(_validator(response, "etag"), _validator(response, "last-modified"))
    content = b""
    if status == _UNCHANGED and sent != _NOTHING:
        fresh = Validators(
            fresh.etag or sent.etag, fresh.last_modified or sent.last_modified
        )
    elif status == _FOUND:
        content = await _read(response, request.limits)
    else:
        retry_after = response.headers.get("retry-after", "")
        raise answers.refusal(status, retry_after)
    return Fetched(
        url=address,
        content=content,
        content_type=clean.line(response.headers.get("content-type", ""), 200),
        validators=fresh,
        modified=status == _FOUND,
        moved_to=moved_to,
    )


async def _read(response: httpx.Response, limits: Limits) -> bytes:
    """Read the body, and stop at the limits whatever the headers promised."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise FetchError(
            f"the server packs its answer as {clean.line(encoding, 40)!r}, "
            "which was not asked for"
        )
    gzip = answers.Gzip(limits.inflated_bytes) if encoding.endswith("gzip") else None
    plain, raw = bytearray(), 0
    async for chunk in response.aiter_raw(_CHUNK):
        raw += len(chunk)
        if raw > limits.raw_bytes:
            raise answers.too_large(limits.raw_bytes)
        if gzip:
            gzip.feed(chunk)
        else:
            plain += chunk
    return gzip.close() if gzip else bytes(plain)


def _peer(response: httpx.Response) -> str:
    """Give the IP address the answer came from, ``""`` if nobody knows."""
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    return str(peer[0]) if peer else ""


def _validator(response: httpx.Response, name: str) -> str:
    """Give a validator if it can be sent back as it is."""
    value = response.headers.get(name, "")
    fit = value.isascii() and value.isprintable() and len(value) <= _MAX_VALIDATOR
    return value if fit else ""


def _apart(address: str) -> tuple[str, str]:
    """Give the address without, and its user and password."""
    parts = urlsplit(address)
    secret, _, netloc = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=netloc, fragment="")), secret


def _with(address: str, secret: str) -> str:
    """Give the address with user and password again."""
    parts = urlsplit(address)
    netloc = f"{secret}@{parts.netloc}" if secret else parts.netloc
    return urlunsplit(parts._replace(netloc=netloc))


def _basic(secret: str) -> httpx.BasicAuth | None:
    if not secret:
        return None
    user, _, password = secret.partition(":")
    return httpx.BasicAuth(unquote(user), unquote(password))


def _origin(address: str) -> tuple[str, str, int]:
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts.scheme, parts.hostname or "", port
