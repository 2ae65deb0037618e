"""Commands that open the reader: without a name, ``demo``, and ``serve``."""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from autotui import cli, config, paths
from autotui.errors import ServeError

if TYPE_CHECKING:
    import argparse

    from autotui.paths import Paths


async def read(_options: "argparse.Namespace", places: "Paths") -> int:
    """Open the reader."""
    return await _open(places) if _has_terminal() else cli.WRONG_USE


async def demo(_options: "argparse.Namespace", _places: "Paths") -> int:
    """Open the reader on a throw-away library."""
    if not _has_terminal():
        return cli.WRONG_USE
    import tempfile
    from shutil import rmtree

    from autotui.cli import showcase

    with tempfile.TemporaryDirectory(prefix="autotui-demo-") as folder:
        places = paths.under(Path(folder))
        with showcase.served() as base:
            await showcase.fill(places, base)
            return await _open(places, lambda: rmtree(folder, ignore_errors=True))


async def serve(options: "argparse.Namespace", places: "Paths") -> int:
    """Open the reader in a browser."""
    from importlib.util import find_spec

    if find_spec("textual_serve") is None:
        raise ServeError("this needs the extra 'web': pip install 'autotui[web]'")
    from autotui import child
    from autotui.serve import server

    # A wrong config is told here, rather than by every page.
    config.load(places.config)
    await server.serve(child.command(places), options.host, options.port, _announce)
    return cli.DONE


def _announce(address: str, alone: bool) -> None:  # noqa: FBT001 - what the server tells
    if not alone:
        _say(
            "autotui: warning: nothing is encrypted on the way. Who can listen there can"
            " take over the reader, and with it run programs as you"
        )
    _say("autotui: open this address in a browser; it works once. Ctrl-C ends")
    print(address, flush=True)


def _has_terminal() -> bool:
    """Tell whether the reader can open; without a terminal Textual spins for ever."""
    if "TEXTUAL_DRIVER" in os.environ:
        return True
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not all(stream is not None and stream.isatty() for stream in streams):
        _say("autotui: the reader needs a terminal; see 'autotui --help'")
        return False
    if os.environ.get("TERM", "dumb") == "dumb":
        _say("autotui: TERM is not set, or is 'dumb'; the reader needs more")
        return False
    return True


async def _open(places: "Paths", farewell: Callable[[], None] | None = None) -> int:
    """Run the app; say where the report is if it crashed."""
    # Collecting garbage while modules load makes the start a tenth slower. The app
    # switches it on again when the first screen is painted.
    gc.disable()
    from autotui.library import Library
    from autotui.query import Query

    settings = config.load(places.config)
    async with Library(places, settings) as library:
        # The store's thread reads the first screen while Textual loads.
        opening = library.opening(Query())
        from autotui.ui.app import AutotuiApp

        app = AutotuiApp(library, settings, farewell, opening)
        await app.run_async(mouse=settings.ui.mouse)
    if app.crashed:
        _say(f"autotui stopped because of a bug; its report: {app.crash_file}")
        return cli.FAILED
    return app.return_code or cli.DONE


def _say(message: str) -> None:
    print(message, file=sys.stderr)
