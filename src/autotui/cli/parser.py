"""The grammar of the command line, and nothing that it does."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; wrong ones end the program with exit code 2 and one line."""
    # Not as defaults: those of a command would overwrite what stands before it.
    found = argparse.Namespace(
        home=None, config=None, child=False, version=False, command=None
    )
    # The commands take 10 ms to describe: the reader opens without.
    options, rest = _places().parse_known_args(arguments, found)
    if not rest:
        return options
    return whole().parse_args([_shielded(each) for each in arguments], found)


def _shielded(argument: str) -> str:
    """Keep ``-word`` from being read as an option: there are none of that form.

    argparse takes what holds a space for no option, and a query ignores the space.
    """
    one_dash = argument.startswith("-") and not argument.startswith("--")
    return f" {argument}" if one_dash and argument not in {"-", "-h"} else argument


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where to read more."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see '{self.prog} --help'\n")


def _places() -> "_Parser":
    places = _Parser(prog="autotui", add_help=False, argument_default=argparse.SUPPRESS)
    places.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        help="keep config, database and log under DIR",
    )
    places.add_argument("--config", type=Path, metavar="FILE", help="read this config file")
    places.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return places


def whole() -> argparse.ArgumentParser:
    """Describe every command; the help, the man page and completions come from here."""
    from autotui.cli.grammar import about, feeds, reading, sentence, stories

    places = _places()
    parser = _Parser(
        prog="autotui",
        description="A terminal news reader for people who follow cars, and above all the "
        "electric drivetrain. Without a command the reader opens.",
        parents=[places],
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name, help=text, description=sentence(text), parents=[places]
        )

    # In the order of the help.
    for family in (
        feeds.feeds,
        feeds.exchange,
        stories.stories,
        stories.rules,
        stories.tags,
        reading.pages,
        reading.drivetrain,
        about.keeping,
        about.about,
    ):
        family(command)
    return parser
