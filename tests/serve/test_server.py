"""The server itself, before an app that does as each test wants."""

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

import aiohttp
import aiohttp.web
import pytest

from autotui.serve import session
from autotui.serve.gate import Gate
from autotui.serve.server import AT_ONCE, COOKIE, Server

APP = """
import json, os, socket, sys
life = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
def send(kind, data):
    sys.stdout.buffer.write(kind + len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()
def wish(**values):
    send(b"M", json.dumps(values).encode())
{does}
"""
STARTS = "print('__GANGLION__', flush=True); send(b'D', b'hello'); "
WAITS = STARTS + "os.read(0, 1)"
"""An app that leaves when it is asked to, or told anything else."""
FLOODS = STARTS + "[send(b'D', b'x' * 65536) for _ in iter(int, 1)]"
FAILS = "sys.exit(3)"
OPENS = (
    STARTS
    + "[wish(type='open_url', url=url, new_tab=False) for url in "
    + "('javascript:alert(1)', 'file:///etc/passwd', 'https://outlet.example/a')]; "
    + "wish(type='deliver_file_start', key='k', path='/etc/passwd'); os.read(0, 1)"
)
SECONDS = 30


class Served(NamedTuple):
    """A server, and the lives of the apps that it starts."""

    gate: Gate
    base: str
    client: aiohttp.ClientSession
    lives: "asyncio.Queue[asyncio.StreamReader]"
    runner: aiohttp.web.AppRunner

    async def enter(self) -> None:
        """Come in, by the token."""
        address = f"{self.base}/?token={self.gate.token}"
        async with self.client.get(address) as page:
            assert page.status == 200

    async def status(self, path: str, **headers: str) -> int:
        async with self.client.get(self.base + path, headers=headers) as answer:
            return answer.status

    async def page(self, **headers: str) -> aiohttp.ClientWebSocketResponse:
        """Open the websocket, as the page does."""
        sent = {"Origin": self.base} | headers
        return await self.client.ws_connect(f"{self.base}{self.gate.place}ws", headers=sent)

    async def life(self) -> asyncio.StreamReader:
        """Give what ends when the next app's process does."""
        return await asyncio.wait_for(self.lives.get(), SECONDS)


@asynccontextmanager
async def serving(does: str = WAITS) -> AsyncIterator[Served]:
    """Serve an app that does this."""
    lives: asyncio.Queue[asyncio.StreamReader] = asyncio.Queue()
    writers: list[asyncio.StreamWriter] = []

    def born(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        lives.put_nowait(reader)

    registry = await asyncio.start_server(born, "127.0.0.1", 0)
    here = str(registry.sockets[0].getsockname()[1])
    arguments = [sys.executable, "-c", APP.replace("{does}", does), here]
    bound = socket.create_server(("127.0.0.1", 0))
    port = bound.getsockname()[1]
    gate = Gate(("127.0.0.1", "localhost"), port)
    runner = await Server(arguments, gate).started(bound)
    jar = aiohttp.CookieJar(unsafe=True)
    try:
        async with aiohttp.ClientSession(cookie_jar=jar) as client:
            yield Served(gate, f"http://127.0.0.1:{port}", client, lives, runner)
    finally:
        await runner.cleanup()
        bound.close()
        for writer in writers:
            writer.close()
        registry.close()


async def ended(life: asyncio.StreamReader) -> None:
    assert await asyncio.wait_for(life.read(), SECONDS) == b""


async def test_nothing_is_there_for_who_has_no_cookie() -> None:
    async with serving() as served:
        place = served.gate.place
        for path in (
            *("/", "/?token=", "/?token=guessed", "/?token=%ff%00", "/ws", "/favicon.ico"),
            *(place, f"{place}ws", f"{place}page.js", f"{place}static/js/textual.js"),
            *(f"{place}download/key", "/static/js/textual.js", "/download/key", "/%2e%2e/"),
        ):
            assert await served.status(path) == 403, path
            assert await served.status(path, Cookie=f"{COOKIE}=guessed") == 403, path
        # None of that has used the token up, nor do other methods.
        address = f"{served.base}/?token={served.gate.token}"
        for method in ("HEAD", "POST", "OPTIONS"):
            async with served.client.request(method, address) as answer:
                assert answer.status == 405
        await served.enter()
        assert await served.status(f"{place}static/js/textual.js") == 200


async def test_the_token_is_led_away_from_and_works_once() -> None:
    async with serving() as served:
        address = f"{served.base}/?token={served.gate.token}"
        async with served.client.get(address, allow_redirects=False) as answer:
            assert answer.status == 303
            assert answer.headers["Location"] == served.gate.place
            cookie = answer.headers["Set-Cookie"].lower()
        assert {"httponly", "samesite=strict"} <= {
            each.strip() for each in cookie.split(";")
        }
        assert f"path={served.gate.place.lower()}" in cookie
        async with served.client.get(address) as again:
            assert again.status == 403
            assert "works once" in await again.text()


async def test_every_answer_says_how_a_browser_must_treat_it() -> None:
    async with serving() as served:
        await served.enter()
        place = served.gate.place
        for path in ("/", place, f"{place}page.js", f"{place}nothing", f"{place}ws"):
            async with served.client.get(served.base + path) as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'; script-src 'self';" in policy
                assert "frame-ancestors 'none'" in policy
                assert answer.headers["X-Frame-Options"] == "DENY"
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert answer.headers["Cache-Control"] == "no-store"
                assert answer.headers["Server"] == "autotui"


async def test_the_page_names_no_other_host() -> None:
    async with serving() as served:
        await served.enter()
        async with served.client.get(served.base + served.gate.place) as answer:
            text = await answer.text()
        host = served.base.removeprefix("http://")
        assert text.count("//") == text.count(f"ws://{host}{served.gate.place}ws") == 1


async def test_the_cookie_opens_nothing_under_another_name() -> None:
    async with serving() as served:
        await served.enter()
        port = served.base.rpartition(":")[2]
        assert await served.status(served.gate.place, Host=f"localhost:{port}") == 200
        for host in (f"evil.example:{port}", "127.0.0.1", f"127.0.0.1.evil.example:{port}"):
            assert await served.status(served.gate.place, Host=host) == 403, host


async def test_the_page_of_another_site_reaches_no_app() -> None:
    async with serving() as served:
        await served.enter()
        port = served.base.rpartition(":")[2]
        for origin in ("http://evil.example", "null", "", f"http://127.0.0.1:{port}0"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await served.page(Origin=origin)
            assert refused.value.status == 403
        assert await served.status(f"{served.gate.place}ws") == 403
        assert served.lives.empty()


async def test_an_app_ends_with_its_page_and_makes_room_for_another() -> None:
    async with serving() as served:
        await served.enter()
        # One after the other: apps started together come to life in any order.
        pairs = [(await served.page(), await served.life()) for _ in range(AT_ONCE)]
        assert await served.status(served.gate.place) == 503
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await served.page()
        assert refused.value.status == 503

        (page, life), (_, neighbour), *_ = pairs
        await page.close()
        await ended(life)
        assert not neighbour.at_eof()
        async with asyncio.timeout(SECONDS):
            while await served.status(served.gate.place) == 503:
                pass
        pairs.append((await served.page(), await served.life()))
        for page, life in pairs[1:]:
            await page.close()
            await ended(life)


async def test_a_page_is_closed_when_its_app_ends_or_never_starts() -> None:
    for does in (STARTS, FAILS):
        async with serving(does) as served:
            await served.enter()
            page = await served.page()
            async with asyncio.timeout(SECONDS):
                async for message in page:
                    assert message.data == b"hello"
            assert page.closed


async def test_an_app_that_heeds_nothing_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "GRACE_SECONDS", 0.2)
    async with serving(FLOODS) as served:
        await served.enter()
        page = await served.page()
        life = await served.life()
        await page.receive()
        await page.close()
        await ended(life)


async def test_the_apps_end_with_the_server() -> None:
    async with serving() as served:
        await served.enter()
        page = await served.page()
        life = await served.life()
        assert (await page.receive()).data == b"hello"
        leaving = asyncio.create_task(served.runner.cleanup())
        assert (await page.receive(SECONDS / 3)).data == aiohttp.WSCloseCode.GOING_AWAY
        await ended(life)
        await leaving


async def test_a_page_opens_web_addresses_alone_and_is_given_no_files() -> None:
    async with serving(OPENS) as served:
        await served.enter()
        page = await served.page()
        assert (await page.receive()).data == b"hello"
        wish = ["open_url", {"url": "https://outlet.example/a", "new_tab": True}]
        assert json.loads((await page.receive()).data) == wish
        assert await served.status(f"{served.gate.place}download/k") == 404
        await page.send_json(["stdin", "x"])
        assert (await page.receive()).type in {
            aiohttp.WSMsgType.CLOSE,
            aiohttp.WSMsgType.CLOSED,
        }


async def test_what_no_page_would_send_ends_that_page_alone() -> None:
    async with serving() as served:
        await served.enter()
        for nonsense in ("{", "[]", '["stdin"]', '["resize", 1]', '"x"'):
            page = await served.page()
            life = await served.life()
            await page.send_str(nonsense)
            await ended(life)
            await page.close()
        assert await served.status(served.gate.place) == 200
