"""A browser that opens the served reader: Chromium, or a client that stands in for it.

Both do what a reader does with a page, and know what it shows: the server's frames, drawn
as a terminal would draw them. Chromium is driven over its DevTools protocol.
"""

import asyncio
import base64
import itertools
import json
import re
import shutil
import tempfile
from abc import ABC, abstractmethod
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pyte

from support.terminals import KEYS, SECONDS

_NAMES: Final = ("chromium", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS: Final = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-dev-shm-usage", "--disable-background-networking", "--disable-sync"),
    *("--remote-debugging-port=0", "--window-size=1200,800"),
)
_ENTER: Final = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}


def chromium() -> str:
    """The program; ``""`` where there is none that can use a folder of the tests'."""
    found = [path for name in _NAMES if (path := shutil.which(name))]
    # One in a snap sees no temporary files but its own.
    return next((path for path in found if Path(path).resolve().name != "snap"), "")


class Browser(ABC):
    """Opens an address, presses keys, and sees what is drawn."""

    def __init__(self) -> None:
        self.wishes: list[str] = []
        """The addresses that the reader asked the page to open."""
        self._screen = pyte.Screen(120, 40)
        self._stream = pyte.ByteStream(self._screen)
        self._changed = asyncio.Condition()
        self._client = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.close()

    @abstractmethod
    async def open(self, address: str) -> tuple[int, str]:
        """Go to an address; give the status of the page that came, and its address."""

    @abstractmethod
    async def press(self, key: str) -> None:
        """Press a key, by name or as a character."""

    async def wait_for(self, *wanted: str) -> str:
        """Wait until all of these stand on the screen; give the screen."""
        return await self.wait_until(lambda text: all(each in text for each in wanted))

    async def wait_until(self, holds: Callable[[str], bool]) -> str:
        """Wait until the screen's text passes a test; give the text that passed."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS), self._changed:
                await self._changed.wait_for(lambda: holds(self._text))
        assert holds(self._text), self._text
        return self._text

    @property
    def _text(self) -> str:
        return "\n".join(self._screen.display)

    async def _take(self, frame: str | bytes) -> None:
        async with self._changed:
            if isinstance(frame, bytes):
                self._stream.feed(frame)
            else:
                name, value = json.loads(frame)
                if name == "open_url":
                    self.wishes.append(value["url"])
            self._changed.notify_all()

    async def _resize(self, columns: int, rows: int) -> None:
        async with self._changed:
            self._screen.resize(rows, columns)


class Client(Browser):
    """Does the same by hand where there is no Chromium: cookie, page, websocket."""

    async def open(self, address: str) -> tuple[int, str]:
        async with self._client.get(address) as answer:
            text, status, came = await answer.text(), answer.status, str(answer.url)
        if found := re.search(r'data-session-websocket-url="([^"]*)"', text):
            parts = urlsplit(came)
            self._socket = await self._client.ws_connect(
                f"{found[1]}?width=120&height=40",
                origin=f"{parts.scheme}://{parts.netloc}",
            )
            self._tasks.append(asyncio.create_task(self._listen()))
        return status, came

    async def press(self, key: str) -> None:
        await self._socket.send_str(json.dumps(["stdin", KEYS.get(key, key)]))

    async def _listen(self) -> None:
        async for message in self._socket:
            await self._take(message.data)


class Chromium(Browser):
    """The real one, without a window."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[str] = []
        """Whatever it asked for, of whom ever."""
        self.troubles: list[str] = []
        """What it would tell a developer: errors, and what the page's policy refused."""
        self.tabs: dict[str, bool] = {}
        """The addresses that are open, and whether the page has a hold on who opened it."""
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._documents: asyncio.Queue[tuple[int, str]] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._process = await asyncio.create_subprocess_exec(
            *(chromium(), *_FLAGS, f"--user-data-dir={self._folder.name}", "about:blank"),
            stdout=DEVNULL,
            stderr=PIPE,
        )
        where = await asyncio.wait_for(_devtools(self._process), SECONDS)
        self._socket = await self._client.ws_connect(where, max_msg_size=0)
        self._tasks.append(asyncio.create_task(self._listen()))
        await self._ask("Target.setDiscoverTargets", {"discover": True})
        found = (await self._ask("Target.getTargets"))["targetInfos"]
        target = next(each["targetId"] for each in found if each["type"] == "page")
        attached = {"targetId": target, "flatten": True}
        self._session = (await self._ask("Target.attachToTarget", attached))["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            await self._ask(f"{domain}.enable")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await super().__aexit__(kind, error, trace)
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.communicate()
        self._folder.cleanup()

    async def open(self, address: str) -> tuple[int, str]:
        await self._ask("Page.navigate", {"url": address})
        return await asyncio.wait_for(self._documents.get(), SECONDS)

    async def press(self, key: str) -> None:
        keyed = _ENTER if key == "enter" else {"key": key, "text": key}
        for kind in ("keyDown", "keyUp"):
            text = {} if kind == "keyUp" else {"text": keyed["text"]}
            event = {**keyed, **text, "type": kind}
            await self._ask("Input.dispatchKeyEvent", event)

    async def picture(self) -> bytes:
        """Give what its window shows, as PNG."""
        return base64.b64decode((await self._ask("Page.captureScreenshot"))["data"])

    async def _ask(self, method: str, given: object = None) -> Any:
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        asked = {"id": number, "method": method, "params": given or {}}
        if session := getattr(self, "_session", ""):
            asked["sessionId"] = session
        await self._socket.send_str(json.dumps(asked))
        return await asyncio.wait_for(self._answers[number], SECONDS)

    async def _listen(self) -> None:
        async for message in self._socket:
            told = json.loads(message.data)
            if "id" in told:
                assert "error" not in told, told
                self._answers.pop(told["id"]).set_result(told["result"])
            else:
                await self._hear(told["method"], told["params"])

    async def _hear(self, event: str, told: Any) -> None:
        match event:
            case "Network.requestWillBeSent":
                self.requests.append(told["request"]["url"])
            case "Network.responseReceived" if told["type"] == "Document":
                answer = told["response"]
                self._documents.put_nowait((answer["status"], answer["url"]))
            case "Network.webSocketCreated":
                self.requests.append(told["url"])
                asked = parse_qs(urlsplit(told["url"]).query)
                await self._resize(int(asked["width"][0]), int(asked["height"][0]))
            case "Network.webSocketFrameSent":
                name, *values = json.loads(told["response"]["payloadData"])
                if name == "resize":
                    await self._resize(values[0]["width"], values[0]["height"])
            case "Network.webSocketFrameReceived":
                frame, binary = told["response"]["payloadData"], 2
                packed = told["response"]["opcode"] == binary
                await self._take(base64.b64decode(frame) if packed else frame)
            case "Log.entryAdded" if told["entry"]["level"] == "error":
                self.troubles.append(told["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.troubles.append(json.dumps(told))
            case "Target.targetCreated" | "Target.targetInfoChanged":
                tab = told["targetInfo"]
                async with self._changed:
                    self.tabs[tab["url"]] = tab["canAccessOpener"]
                    self._changed.notify_all()


async def _devtools(process: Process) -> str:
    """Give the address at which the browser can be driven."""
    assert process.stderr is not None
    said = b""
    async for line in process.stderr:
        said += line
        if found := re.search(rb"DevTools listening on (ws://\S+)", line):
            return found[1].decode()
    raise AssertionError(f"Chromium did not start:\n{said.decode(errors='replace')}")
