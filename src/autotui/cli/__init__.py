"""The command line, and the composition root: everything is built here and passed down.

Data goes to standard output, messages to standard error. Expected errors become one line
and an exit code. Imports are late, so that a command pays for what it uses and no more:
``--version`` and ``--help`` load neither Textual, httpx nor feedparser.
"""

import sys
from collections.abc import Sequence
from typing import Final

DONE: Final = 0
FAILED: Final = 1
WRONG_USE: Final = 2
WRONG_CONFIG: Final = 3
ALL_FEEDS_FAILED: Final = 4
SOME_FEEDS_FAILED: Final = 5
INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; give the exit code."""
    try:
        return _main(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        # Before there was anything to interrupt.
        return INTERRUPTED


def _main(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        from autotui import __version__

        print(f"autotui {__version__}")
        return DONE
    from autotui.cli import parser

    options = parser.read(arguments)
    from autotui.cli import run

    return run.command(options)
