"""The app behind one page: a process of its own, ended when the page goes."""

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from autotui import clean

GRACE_SECONDS: Final = 20.0
"""How long the app may take to store what it has; far beyond what it takes."""


class Session(AppService):
    """Runs the app for one page: no shell, no downloads, no process left over."""

    def __init__(self, arguments: Sequence[str], page: web.WebSocketResponse) -> None:
        super().__init__(
            "",
            write_bytes=page.send_bytes,
            write_str=page.send_str,
            close=self._close,
            download_manager=DownloadManager(),
        )
        self._arguments = tuple(arguments)
        self._page = page

    async def run(self) -> None:
        """Pass on what the app draws, and close the page when it has ended."""
        await super().run()
        await self._close()

    async def stop(self) -> None:
        """Ask the app to leave, and see to it that it does."""
        await super().stop()
        process, self._process = self._process, None
        if process is None:
            return
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                await _ended(process)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await _ended(process)

    async def on_meta(self, data: bytes) -> None:
        """Obey two wishes: to end, and to open an address."""
        wish = json.loads(data)
        if wish["type"] == "exit":
            await self._close()
        elif wish["type"] == "open_url" and (address := clean.url(str(wish["url"]))):
            opened = ["open_url", {"url": address, "new_tab": True}]
            await self.remote_write_str(json.dumps(opened))

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the app in a session of its own: a Ctrl-C here is ours to pass on."""
        process = await asyncio.create_subprocess_exec(
            *self._arguments,
            stdin=PIPE,
            stdout=PIPE,
            env={**self._build_environment(width, height), "TERM": "xterm-256color"},
            start_new_session=True,
        )
        # The base class would print what it reads there on standard output: the app's
        # messages go to our own standard error instead, and nothing to it.
        process.stderr = asyncio.StreamReader()
        process.stderr.feed_eof()
        self._process, self._stdin = process, process.stdin
        return process

    async def _close(self) -> None:
        await self._page.close()


async def _ended(process: Process) -> None:
    """Wait for the end; an app whose page is gone would wait for ever to be read."""
    while process.stdout is not None and await process.stdout.read(65_536):
        pass
    await process.wait()
