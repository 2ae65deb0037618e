"""From options to a finished command: what every command has around it."""

import argparse
import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from autotui import clean, cli, paths
from autotui.errors import AutotuiError, ConfigError, QueryError
from autotui.paths import Paths

Command = Callable[[argparse.Namespace, Paths], Awaitable[int]]
_NICENESS: Final = 10


def command(options: argparse.Namespace) -> int:
    """Run what the options ask for; give the exit code, with every error told."""
    if options.version:
        return cli.main(["--version"])
    places = paths.under(options.home) if options.home else paths.standard()
    if options.config:
        places = replace(places, config=options.config.expanduser().absolute())
    try:
        return _finished(options, places)
    except ConfigError as error:
        return _say(error, cli.WRONG_CONFIG)
    except QueryError as error:
        return _say(error, cli.WRONG_USE)
    except AutotuiError as error:
        return _say(error, cli.FAILED)
    except (KeyboardInterrupt, asyncio.CancelledError):
        return cli.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; say nothing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return cli.DONE


def _finished(options: argparse.Namespace, places: Paths) -> int:
    _log_to_file(places)
    code = asyncio.run(_run(options, places))
    sys.stdout.flush()
    return code


async def _run(options: argparse.Namespace, places: Paths) -> int:
    if options.child:
        _serve_the_reader()
    return await _commands(options.command or "read")(options, places)


def _commands(name: str) -> Command:
    """Import the family of a command, and give the command."""
    if name in {"read", "demo"}:
        from autotui.cli import reader

        return {"read": reader.read, "demo": reader.demo}[name]
    if name in {"list", "show", "mark", "tag"}:
        from autotui.cli import stories

        return {
            "list": stories.list_,
            "show": stories.show,
            "mark": stories.mark,
            "tag": stories.tag,
        }[name]
    if name in {"keys", "config", "doctor"}:
        from autotui.cli import about

        return {"keys": about.keys, "config": about.config, "doctor": about.doctor}[name]
    from autotui.cli import feeds

    return {
        "add": feeds.add,
        "remove": feeds.remove,
        "edit": feeds.edit,
        "feeds": feeds.feeds,
        "refresh": feeds.refresh,
        "import": feeds.import_,
        "export": feeds.export,
    }[name]


def _serve_the_reader() -> None:
    """Be polite to the process that reads, and end when it does."""
    os.nice(_NICENESS)
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), task.cancel)


def _log_to_file(places: Paths) -> None:
    """Log to a rotating file: whatever is printed on standard error breaks a screen."""
    import logging
    from logging.handlers import RotatingFileHandler

    try:
        places.log.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        # Without a place for its log autotui still reads.
        handler: logging.Handler = logging.NullHandler()
    else:
        handler = RotatingFileHandler(
            places.log, maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
        )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)


def _say(error: AutotuiError, code: int) -> int:
    print(f"autotui: {clean.line(str(error), 2_000)}", file=sys.stderr)
    return code
