"""The server: one page, the files it needs and its websocket; all else is refused.

Nothing is answered to who comes without token or cookie, or by another name.
"""

import asyncio
import ipaddress
import shlex
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import textual_serve.server
from aiohttp import WSCloseCode, web
from aiohttp.typedefs import Handler

from autotui.errors import ServeError
from autotui.serve.gate import MINUTES, Gate, bracketed
from autotui.serve.session import GRACE_SECONDS, Session

AT_ONCE: Final = 4
"""Pages at once: each is a process of its own."""
COOKIE: Final = "autotui"
_PAGE: Final = Path(__file__).parent / "page"
_LARGEST: Final = 1_000
"""Columns or rows."""
_HEADERS: Final = {
    # xterm.js writes styles of its own; scripts and all else come from here alone.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "connect-src 'self'; font-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "autotui",
}
_REFUSED: Final = f"""\
autotui: refused.

The address that 'autotui serve' prints works once, for {MINUTES} minutes, as it is printed.
Start 'autotui serve' again for a new one.
"""
_FULL: Final = f"""\
autotui: {AT_ONCE} readers are open already. Close one, then load this page again.
"""


class Server(textual_serve.server.Server):
    """Serves the app that ``arguments`` start to whom the gate admits."""

    def __init__(self, arguments: Sequence[str], gate: Gate) -> None:
        super().__init__(shlex.join(arguments), title="autotui")
        self._arguments = tuple(arguments)
        self._gate = gate
        self._pages: set[web.WebSocketResponse] = set()
        self._page = (_PAGE / "index.html").read_text(encoding="utf-8")

    async def started(self, bound: socket.socket) -> web.AppRunner:
        """Answer who comes to this socket, until the runner's ``cleanup``."""
        # No access log: it would hold the token.
        runner = web.AppRunner(
            await self._make_app(),
            access_log=None,
            shutdown_timeout=2 * GRACE_SECONDS,
        )
        await runner.setup()
        await web.SockSite(runner, bound).start()
        return runner

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guarded])
        place = self._gate.place
        app.add_routes(
            [
                web.get("/", self._enter, allow_head=False),
                web.get(place, self._show),
                web.get(f"{place}page.js", self._script),
                web.get(f"{place}ws", self._talk, allow_head=False),
                web.static(f"{place}static", self.statics_path),
            ]
        )
        app.on_response_prepare.append(_harden)
        app.on_shutdown.append(self._say_goodbye)
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let pass who comes by our name, and has the cookie or goes for it."""
        where = request.get_extra_info("sockname") or [""]
        if not self._gate.is_named(request.headers.get("Host", ""), where[0]):
            return _refusal()
        admitted = self._gate.admits(request.cookies.get(COOKIE, ""))
        if request.path != "/" and not admitted:
            return _refusal()
        return await handler(request)

    async def _enter(self, request: web.Request) -> web.Response:
        """Exchange the token for the cookie, and lead on to an address without it."""
        cookie = self._gate.enter(request.query.get("token", ""))
        if not cookie:
            return _refusal()
        place = self._gate.place
        answer = web.Response(status=303, headers={"Location": place})
        answer.set_cookie(COOKIE, cookie, path=place, httponly=True, samesite="Strict")
        return answer

    async def _show(self, request: web.Request) -> web.Response:
        if len(self._pages) >= AT_ONCE:
            return _full()
        websocket = f"ws://{request.host}{self._gate.place}ws"
        text = self._page.replace("{{websocket}}", websocket)
        return web.Response(text=text, content_type="text/html")

    async def _script(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(_PAGE / "page.js")

    async def _talk(self, request: web.Request) -> web.StreamResponse:
        """Run the app for as long as the page is there; to no other site's page."""
        if request.headers.get("Origin") != f"http://{request.host}":
            return _refusal()
        if len(self._pages) >= AT_ONCE:
            return _full()
        page = web.WebSocketResponse(heartbeat=15, timeout=2)
        self._pages.add(page)
        try:
            await page.prepare(request)
            await self._run(page, request)
        finally:
            self._pages.discard(page)
        return page

    async def _run(self, page: web.WebSocketResponse, request: web.Request) -> None:
        session = Session(self._arguments, page)
        try:
            await session.start(_size(request, "width", 80), _size(request, "height", 24))
            await self._process_messages(page, session)
        finally:
            await session.stop()

    async def _say_goodbye(self, _app: web.Application) -> None:
        """Close the pages, which ends the apps behind them."""
        goodbyes = (page.close(code=WSCloseCode.GOING_AWAY) for page in self._pages)
        await asyncio.gather(*goodbyes)


async def serve(
    arguments: Sequence[str], host: str, port: int, tell: Callable[[str, bool], None]
) -> None:
    """Serve until cancelled; ``tell`` gets the address, and whether it is for us alone."""
    with _bound(host, port) as bound:
        address, port = bound.getsockname()[:2]
        found = ipaddress.ip_address(address)
        name = socket.gethostname() if found.is_unspecified else host
        names = (name, "localhost") if found.is_loopback else (name,)
        gate = Gate(names, port)
        server = Server(arguments, gate)
        runner = await server.started(bound)
        tell(f"http://{bracketed(name)}:{port}/?token={gate.token}", found.is_loopback)
        try:
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


def _bound(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(found[4][:2], family=found[0])
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise ServeError(f"{bracketed(host)}:{port} cannot be served: {why}") from error


async def _harden(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


def _size(request: web.Request, name: str, default: int) -> int:
    asked = textual_serve.server.to_int(request.query.get(name, ""), default)
    return min(max(asked, 1), _LARGEST)


def _refusal() -> web.Response:
    return web.Response(status=403, text=_REFUSED)


def _full() -> web.Response:
    return web.Response(status=503, text=_FULL)
