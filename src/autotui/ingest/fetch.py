"""The network: one conditional GET that ends soon, stays small and never surprises.

Whatever a server does becomes a ``FetchError`` here and nowhere else. Redirects are
followed by hand, because every hop has to pass the same gate.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import httpx

from autotui import clean
from autotui.errors import FetchError
from autotui.ingest import answers, bodies, credentials, freshness, places, trouble
from autotui.ingest.client import FEEDS, HEADERS, Client
from autotui.ingest.gates import Turn
from autotui.ingest.hops import Hop, Limits, Request
from autotui.model import Validators

_MAX_VALIDATOR: Final = 1_024
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_MOVED_FOR_GOOD: Final = frozenset({301, 308})
_UNCHANGED: Final = 304
_FOUND: Final = 200
_PERHAPS_CHALLENGES: Final = frozenset({403, 429, 503})


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
    fresh_seconds: float | None = None
    """For how long the server says that this stays fresh, if it says so."""


_LIMITS: Final = Limits()
_NOTHING: Final = Validators()


async def fetch(
    http: Client,
    url: str,
    validators: Validators = _NOTHING,
    *,
    private_ok: bool = False,
    held_ok: bool = False,
    limits: Limits = _LIMITS,
    turn: Turn | None = None,
    accept: str = FEEDS,
) -> Fetched:
    """Get ``url`` unless nothing is new since ``validators``; raise only FetchError.

    ``private_ok`` allows a private address to begin with, and what it redirects to;
    never one that a public address redirects to. ``held_ok`` asks a server also if it
    wants to be left alone. The wait of a ``turn`` that moves to another host is not
    counted.
    """
    start = clean.url(url, userinfo=True)
    if not start:
        raise FetchError(
            "this is not a web address: it must start with http(s)://",
            advice="mend the address with 'edit --url'",
        )
    address, userinfo = credentials.apart(start)
    # Outside of the deadline: the reader may have to unlock a password manager.
    secret = await http.credentials.headers(address, userinfo)
    with _told(clean.host(start), limits, http):
        async with asyncio.timeout(limits.seconds) as deadline:
            allowed = (private_ok, held_ok, limits)
            who = (address, userinfo, secret, validators)
            request = Request(*who, *allowed, turn, deadline, accept)
            return await _follow(http, request)


@contextmanager
def _told(host: str, limits: Limits, http: Client) -> Iterator[None]:
    """Turn all that may go wrong in an exchange into a FetchError."""
    try:
        yield
    except FetchError:
        raise
    except (TimeoutError, httpx.TimeoutException) as error:
        slow = trouble.too_slow(error, host, limits.seconds, limits.connect_seconds)
        raise slow from error
    except (
        *(httpx.HTTPError, httpx.InvalidURL, httpx.StreamError),
        *(ValueError, OSError, zlib.error),
    ) as error:
        raise trouble.no_answer(error, host, http.now()) from error


async def _follow(http: Client, request: Request) -> Fetched:
    """Ask, hop by hop, until an answer is no redirect."""
    hop = Hop(request.address, inside=request.private_ok or http.allow_private)
    seen = {hop.address}
    for _ in range(request.limits.redirects + 1):
        if request.turn:
            with _paused(request.deadline):
                await request.turn.move(clean.host(hop.address))
        async with _ask(http, hop, request) as response:
            if response.status_code not in _MOVED:
                return await _answer(http, response, hop, request)
            hop = _next(http, response, hop)
        if hop.address in seen:
            raise FetchError(
                f"{clean.host(hop.address)} redirects in a circle",
                advice="the outlet has to mend this; another address may do: 'edit --url'",
            )
        seen.add(hop.address)
    raise FetchError(
        f"{clean.host(hop.address)} redirects more than {request.limits.redirects} times",
        advice="the outlet has to mend this; another address may do: 'edit --url'",
    )


@contextmanager
def _paused(deadline: asyncio.Timeout) -> Iterator[None]:
    """Stop the clock for the block."""
    loop = asyncio.get_running_loop()
    left = (deadline.when() or loop.time()) - loop.time()
    deadline.reschedule(None)
    try:
        yield
    finally:
        if not deadline.expired():
            deadline.reschedule(loop.time() + left)


@asynccontextmanager
async def _ask(http: Client, hop: Hop, request: Request) -> AsyncIterator[httpx.Response]:
    """Send one request to a place that is allowed; the body is not read yet."""
    if not request.held_ok:
        http.refuse_held(hop.address)
    watch = {}
    if not hop.inside:
        proxied = bool(http.proxy(hop.address))
        await places.refuse_private(hop.address, proxied=proxied, led_by=hop.led_by)
        watch = {} if proxied else {"trace": places.watch(hop.address, hop.led_by)}
    conditions = {
        "If-None-Match": request.validators.etag,
        "If-Modified-Since": request.validators.last_modified,
    }
    sent = {name: value for name, value in conditions.items() if value}
    limits = request.limits
    times = httpx.Timeout(limits.seconds, connect=limits.connect_seconds).as_dict()
    asked = httpx.Request(
        "GET",
        hop.address,
        headers={
            **HEADERS,
            "Accept": request.accept,
            **sent,
            **(request.secret if hop.home else {}),
        },
        extensions={"timeout": times, **watch},
    )
    async with http.line(hop.address) as line:
        response = await line.handle_async_request(asked)
        try:
            size = sum(len(name) + len(value) for name, value in response.headers.raw)
            if size > limits.header_bytes:
                raise FetchError(f"{clean.host(hop.address)} sends too many headers")
            yield response
        finally:
            await response.aclose()


def _next(http: Client, response: httpx.Response, hop: Hop) -> Hop:
    """Give where a redirect leads; user and password stay behind."""
    host = clean.host(hop.address)
    target = clean.url(response.headers.get("location", ""), hop.address)
    if not target:
        raise FetchError(
            f"{host} redirects to something that is no web address",
            advice="the outlet has to mend this; another address may do: 'edit --url'",
        )
    address = urlunsplit(urlsplit(target)._replace(fragment=""))
    if http.proxy(hop.address):
        private = places.named_private(host)
    else:
        private = places.private(places.peer(response.extensions.get("network_stream")))
    # An answer that came without protection must not become the feed's address.
    safe = address.startswith("https:") or not hop.address.startswith("https:")
    return Hop(
        address,
        led_by=host,
        home=hop.home and clean.origin(address) == clean.origin(hop.address),
        inside=http.allow_private or (hop.inside and private),
        for_good=hop.for_good and safe and response.status_code in _MOVED_FOR_GOOD,
    )


async def _answer(
    http: Client, response: httpx.Response, hop: Hop, request: Request
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
        content = await bodies.read(
            response, request.limits.raw_bytes, request.limits.inflated_bytes
        )
    else:
        raise await _refusal(http, response, hop)
    moved = hop.led_by and hop.for_good
    userinfo = request.userinfo if hop.home else ""
    return Fetched(
        url=hop.address,
        content=content,
        content_type=clean.line(response.headers.get("content-type", ""), 200),
        validators=fresh,
        modified=status == _FOUND,
        moved_to=credentials.together(hop.address, userinfo) if moved else "",
        fresh_seconds=freshness.fresh_seconds(response.headers, http.now()),
    )


async def _refusal(http: Client, response: httpx.Response, hop: Hop) -> FetchError:
    """Give what an answer without a feed means."""
    status, headers = response.status_code, response.headers
    page = b""
    if status in _PERHAPS_CHALLENGES and "html" in headers.get("content-type", ""):
        page = await bodies.beginning(response, answers.HEAD_BYTES)
    error = answers.refusal(status, headers, page)
    error.retry_after = freshness.retry_after(headers, http.now())
    error.server = clean.server(hop.address)
    return error


def _validator(response: httpx.Response, name: str) -> str:
    """Give a validator if it can be sent back as it is."""
    value = response.headers.get(name, "")
    fit = value.isascii() and value.isprintable() and len(value) <= _MAX_VALIDATOR
    return value if fit else ""
