"""A very small, real web: what each path answers, and who asked for it.

Standard library only, on a loopback port of its own, for sync and async tests alike.
A behaviour is a function that writes to the connection; ``Page`` is the polite one.
"""

import gzip
import socket
import socketserver
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import BufferedIOBase
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Asked:
    """One request that came in; the headers' names are in small letters."""

    path: str
    headers: Mapping[str, str]


@dataclass
class Exchange:
    """A request and the way to answer it."""

    asked: Asked
    out: BufferedIOBase
    closing: threading.Event
    """Set when the web goes down: whoever waits stops waiting."""

    def send(self, data: bytes) -> None:
        self.out.write(data)
        self.out.flush()


_TLS = b"\x16"
"""How a client begins that wants TLS (RFC 8446, 5.1), which is not spoken here."""
Behaviour = Callable[[Exchange], None]


@dataclass
class Page:
    """An answer as a good server gives it: 304 if nothing is new."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    last_modified: str = ""
    gzipped: bool = False
    content_type: str = "application/xml"

    def __call__(self, exchange: Exchange) -> None:
        headers = dict(self.headers)
        if self.etag:
            headers["ETag"] = self.etag
        if self.last_modified:
            headers["Last-Modified"] = self.last_modified
        if self._is_known(exchange.asked.headers):
            exchange.send(head(304, headers))
            return
        body = gzip.compress(self.body, mtime=0) if self.gzipped else self.body
        if self.gzipped:
            headers["Content-Encoding"] = "gzip"
        headers.setdefault("Content-Type", self.content_type)
        headers.setdefault("Content-Length", str(len(body)))
        exchange.send(head(self.status, headers) + body)

    def _is_known(self, asked: Mapping[str, str]) -> bool:
        if self.etag and "if-none-match" in asked:
            return asked["if-none-match"] == self.etag
        known = asked.get("if-modified-since")
        return bool(self.last_modified) and known == self.last_modified


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """The first lines of an answer."""
    lines = [f"HTTP/1.1 {status} Whatever", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def redirect(target: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": target})


def raw(data: bytes) -> Behaviour:
    """Send exactly these bytes, and hang up."""
    return lambda exchange: exchange.send(data)


def silence(exchange: Exchange) -> None:
    """Never answer."""
    exchange.closing.wait()


def drip(data: bytes, pause: float = 0.02) -> Behaviour:
    """Send one byte at a time, slowly."""

    def behave(exchange: Exchange) -> None:
        for at in range(len(data)):
            exchange.send(data[at : at + 1])
            if exchange.closing.wait(pause):
                return

    return behave


def stream(headers: Mapping[str, str], chunks: Iterable[bytes]) -> Behaviour:
    """Send chunks with no length announced."""

    def behave(exchange: Exchange) -> None:
        exchange.send(head(200, headers))
        for chunk in chunks:
            exchange.send(chunk)

    return behave


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet: clients that hang up are what the tests are about."""


class Web:
    """Answers by path: ``web["/feed"] = Page(b"…")``; what is not there is 404."""

    def __init__(self) -> None:
        self.pages: dict[str, Behaviour] = {}
        self.asked: list[Asked] = []
        """Every request, in order."""
        self._closing = threading.Event()
        web = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                web._handle(self.rfile, self.wfile)

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __setitem__(self, path: str, page: Behaviour | bytes) -> None:
        self.pages[path] = Page(page) if isinstance(page, bytes) else page

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.asked]

    def _handle(self, incoming: BufferedIOBase, out: BufferedIOBase) -> None:
        begun = incoming.read(1)
        if begun == _TLS:
            return
        first = (begun + incoming.readline(65_536)).decode("latin-1").split()
        headers: dict[str, str] = {}
        while line := incoming.readline(65_536).decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        if len(first) < 2:
            return
        asked = Asked(first[1], headers)
        self.asked.append(asked)
        page = self.pages.get(asked.path.partition("?")[0], Page(b"", status=404))
        page(Exchange(asked, out, self._closing))


def unused_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
