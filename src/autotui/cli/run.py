"""From options to a finished command: what every command has around it."""

import argparse
import asyncio
import errno
import io
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final

from autotui import clean, cli, paths
from autotui.errors import AutotuiError, ConfigError, QueryError, StoreError
from autotui.paths import Paths

Command = Callable[[argparse.Namespace, Paths], Awaitable[int]]
_NICENESS: Final = 10
_MAX_ADDRESS: Final = 10_000
_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)
_SIGNALLED: Final = 128
"""A shell's way to say "ended by signal n" is exit code 128 + n."""


def command(options: argparse.Namespace) -> int:
    """Run what the options ask for; give the exit code, with every error told."""
    _mend_streams()
    if options.version:
        return cli.main(["--version"])
    ending = _Ending(silent=options.child)
    try:
        return _finished(options, _places(options), ending)
    except ConfigError as error:
        return _say(error, cli.WRONG_CONFIG)
    except QueryError as error:
        return _say(error, cli.WRONG_USE)
    except AutotuiError as error:
        return _say(error, cli.FAILED)
    except (KeyboardInterrupt, asyncio.CancelledError):
        return ending.told()
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; say nothing at exit.
        _forget_output()
        return cli.DONE
    except OSError as error:
        # Of files and databases each place tells more: what is left is the output,
        # and a machine that is out of something.
        _forget_output()
        return _say(AutotuiError(_shortage(error)), cli.FAILED)


def _finished(options: argparse.Namespace, places: Paths, ending: "_Ending") -> int:
    from autotui.cli import logs

    logs.begin(places)
    if options.command == "add" and options.url == "-":
        # Now, for a child's standard input will only tell when its parent has gone.
        options.url = sys.stdin.readline(_MAX_ADDRESS)
    code = asyncio.run(_run(options, places, ending))
    sys.stdout.flush()
    return code


async def _run(options: argparse.Namespace, places: Paths, ending: "_Ending") -> int:
    ending.watch()
    if options.child:
        _serve_the_reader()
    return await _commands(options.command or "read")(options, places)


class _Ending:
    """Ends a command that is asked to end from outside, as Ctrl-C does."""

    def __init__(self, *, silent: bool) -> None:
        self._silent = silent
        self._code = cli.INTERRUPTED

    def watch(self) -> None:
        """Take signals from now on; the reader has its own way, and takes them over."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        for number in _SIGNALS:
            # One that is ignored (nohup) stays so.
            if signal.getsignal(number) is signal.SIG_DFL and task is not None:
                loop.add_signal_handler(number, self._end, number, task)

    def told(self) -> int:
        """Say that the command did not finish; give the exit code."""
        if not self._silent:
            print("autotui: interrupted; what was stored stays stored", file=sys.stderr)
        return self._code

    def _end(self, number: int, task: "asyncio.Task[Any]") -> None:
        self._code = _SIGNALLED + number
        task.cancel()


def _mend_streams() -> None:
    """Make the standard streams usable: they may be closed, or know few characters."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        # In this order a closed one gets its own number, and no database gets it.
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - for as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _forget_output() -> None:
    """Keep Python from writing at exit what could not be written before."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _shortage(error: OSError) -> str:
    """Say what the machine would not do."""
    what = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    if error.errno in {errno.EMFILE, errno.ENFILE}:
        return f"{what}; allow more (ulimit -n), or fewer connections (network.at_once)"
    if error.errno == errno.ENOSPC and not error.filename:
        return f"the answer could not be written: {what}"
    return str(what or error)


def _places(options: argparse.Namespace) -> Paths:
    """Give where everything lies; raise StoreError where there is no home for it."""
    nowhere = "no home folder is known: set HOME, or name a folder with --home"
    try:
        places = paths.under(options.home) if options.home else paths.standard()
        if options.config:
            places = replace(places, config=options.config.expanduser().absolute())
    except RuntimeError as error:  # what Path.expanduser raises
        raise StoreError(nowhere) from error
    if not places.database.is_absolute():
        raise StoreError(nowhere)
    return places


def _commands(name: str) -> Command:
    """Import the family of a command, and give the command."""
    if name in {"read", "demo", "serve"}:
        from autotui.cli import reader

        return {"read": reader.read, "demo": reader.demo, "serve": reader.serve}[name]
    if name in {"list", "show", "brief", "mark", "tag"}:
        from autotui.cli import brief, stories

        return {
            "brief": brief.brief,
            "list": stories.list_,
            "show": stories.show,
            "mark": stories.mark,
            "tag": stories.tag,
        }[name]
    if name in {"extract", "fetch-full", "suggest", "judge", "learned"}:
        return _of_contents(name)
    if name in {"rules", "tags"}:
        from autotui.cli import rules, tags

        return {"rules": rules.rules, "tags": tags.tags}[name]
    if name in {"keys", "config", "doctor"}:
        from autotui.cli import about

        return {"keys": about.keys, "config": about.config, "doctor": about.doctor}[name]
    if name in {"maintenance", "backup", "restore", "unattended"}:
        return _of_upkeep(name)
    if name in {"completion", "man"}:
        from autotui.cli import shipped

        return {"completion": shipped.completion, "man": shipped.man}[name]
    return _of_feeds(name)


def _of_contents(name: str) -> Command:
    from autotui.cli import drivetrain, pages

    return {
        "extract": pages.extract,
        "fetch-full": pages.fetch_full,
        "suggest": drivetrain.suggest,
        "judge": drivetrain.judge,
        "learned": drivetrain.learned,
    }[name]


def _of_upkeep(name: str) -> Command:
    from autotui.cli import keeping, unattended

    return {
        "maintenance": keeping.maintenance,
        "backup": keeping.backup,
        "restore": keeping.restore,
        "unattended": unattended.unattended,
    }[name]


def _of_feeds(name: str) -> Command:
    from autotui.cli import feeds, imports

    return {
        "add": feeds.add,
        "remove": feeds.remove,
        "edit": feeds.edit,
        "feeds": feeds.feeds,
        "refresh": feeds.refresh,
        "import": imports.import_,
        "export": feeds.export,
    }[name]


def _serve_the_reader() -> None:
    """Be polite to the process that reads, and end when it does."""
    os.nice(_NICENESS)
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), task.cancel)


def _say(error: AutotuiError, code: int) -> int:
    print(f"autotui: {clean.line(str(error), 2_000)}", file=sys.stderr)
    return code
