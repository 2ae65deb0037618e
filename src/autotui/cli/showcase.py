"""The demo's own internet: feeds and pages of the package, served on loopback.

Everything else is the real thing: the feeds are fetched, parsed and stored by the same
child process as any other.
"""

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Final

from autotui import query
from autotui.config import Config
from autotui.library import Library
from autotui.model import EV_DRIVETRAIN
from autotui.paths import Paths

_CONFIG: Final = "[network]\nallow_private = true\n"
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/feed+json",
    ".rdf": "application/rdf+xml",
    ".xml": "application/xml",
}
_KEPT_OUT: Final = "/stories/grant-closes.html"
"""A page that its site does not give to programs. One that is gone needs no rule."""
_DATE: Final = re.compile(r"\{\{(rfc822|iso) (\d+)d (\d\d):(\d\d)\}\}")
_STARRED: Final = 'title:"build electric drive units together"'
_TAGGED: Final = 'title:"twin-motor e-axle"'
"""What the demo has starred and tagged, so that no view is empty."""


async def fill(places: Paths, base: str) -> None:
    """Subscribe to the demo's feeds, fetch them, and mark a story."""
    places.config.parent.mkdir(parents=True, exist_ok=True)
    places.config.write_text(_CONFIG, encoding="utf-8")
    listed = (_folder() / "feeds.opml").read_text(encoding="utf-8")
    subscriptions = places.config.with_name("feeds.opml")
    subscriptions.write_text(listed.replace("{{base}}", base), encoding="utf-8")
    async with Library(places, Config()) as library:
        await library.upkeep.import_opml(subscriptions)
        async with aclosing(library.refresh()) as updates:
            async for _ in updates:
                pass
        found = (await library.listing(query.parse(_STARRED))).ids
        await library.mark(found, "starred", on=True, undoable=False)
        found = (await library.listing(query.parse(_TAGGED))).ids
        await library.tag(found, [EV_DRIVETRAIN], undoable=False)


@contextmanager
def served(now: datetime | None = None) -> Iterator[str]:
    """Serve the demo's feeds and pages on a free port; give the address they are under."""
    pages: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(pages))
    server.daemon_threads = True
    base = f"http://127.0.0.1:{server.server_port}"
    pages.update(_pages(base, now or datetime.now(UTC)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield base
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _folder() -> Path:
    return Path(str(resources.files("autotui") / "data" / "demo"))


def _pages(base: str, now: datetime) -> dict[str, bytes]:
    """Give what is served at each path; ``base`` is the address they are under."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    pages = {}
    for file in _folder().rglob("*"):
        if file.suffix in _TYPES:
            text = file.read_text(encoding="utf-8").replace("{{base}}", base)
            path = f"/{file.relative_to(_folder()).as_posix()}"
            pages[path] = _dated(text, today).encode()
    return pages


def _dated(text: str, today: datetime) -> str:
    """Fill in the dates, which the package holds as days before today."""

    def date(match: re.Match[str]) -> str:
        form, days, hour, minute = match.groups()
        moment = today - timedelta(days=int(days))
        moment = moment.replace(hour=int(hour), minute=int(minute))
        return format_datetime(moment) if form == "rfc822" else moment.isoformat()

    return _DATE.sub(date, text)


def _handler(pages: dict[str, bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers with a page and its ETag, or with 304; with 403 or 404 for none."""

        def do_GET(self) -> None:
            if self.path == _KEPT_OUT:
                self.send_error(403)
                return
            page = pages.get(self.path)
            if page is None:
                self.send_error(404)
                return
            etag = f'"{hashlib.blake2b(page, digest_size=8).hexdigest()}"'
            if self.headers.get("If-None-Match") == etag:
                self.send_response(304)
                self.send_header("ETag", etag)
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Type", _TYPES[Path(self.path).suffix])
            self.send_header("Content-Length", str(len(page)))
            self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Say nothing: standard error is the screen."""

    return Handler
