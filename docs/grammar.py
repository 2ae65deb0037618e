"""The parser of the command line as plain values, for what is made of it.

Whoever adds a command, an option or a choice to the parser has nothing to do here. What a
value is, its metavar says: ``FILE`` completes to files and ``DIR`` to folders.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from autotui.cli import parser

Wants = Literal["", "files", "folders"]
_WANTS: Final[dict[str, Wants]] = {"FILE": "files", "DIR": "folders"}
_SHAPES: Final = {"?": "[{}]", "*": "[{} ...]", "+": "{} ..."}


@dataclass(frozen=True, slots=True)
class Argument:
    """What is written after a command or an option."""

    name: str
    text: str
    wants: Wants
    choices: tuple[str, ...]
    shape: str
    """As it stands in a line of usage."""
    many: bool


@dataclass(frozen=True, slots=True)
class Option:
    """What begins with a dash."""

    names: tuple[str, ...]
    text: str
    value: Argument | None


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or autotui itself."""

    words: tuple[str, ...]
    """``("autotui", "rules", "add")``"""
    text: str
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    commands: tuple["Command", ...]

    @property
    def path(self) -> str:
        """The words of it, as they are typed."""
        return " ".join(self.words)

    @property
    def own(self) -> tuple[Option, ...]:
        """What no other command takes for granted: without home, config and help."""
        return tuple(each for each in self.options if each.names[-1] not in _SHARED)

    def every(self) -> Iterator["Command"]:
        """Give this command and all below it."""
        yield self
        for each in self.commands:
            yield from each.every()


_SHARED: Final = ("--home", "--config", "--help")


def read() -> Command:
    """Give all that autotui understands."""
    return _command(("autotui",), "", parser.whole())


def _command(words: tuple[str, ...], text: str, found: argparse.ArgumentParser) -> Command:
    options, arguments, commands = [], [], []
    for action in found._actions:
        told = _told(found, action)
        if action.help == argparse.SUPPRESS:
            continue
        if isinstance(action, argparse._SubParsersAction):
            texts = {each.dest: each.help or "" for each in action._choices_actions}
            commands = [
                _command((*words, name), texts[name], below)
                for name, below in action.choices.items()
            ]
        elif action.option_strings:
            value = None if action.nargs == 0 else _argument(action, "")
            options.append(Option(tuple(action.option_strings), told, value))
        else:
            arguments.append(_argument(action, told))
    return Command(words, text, tuple(options), tuple(arguments), tuple(commands))


def _argument(action: argparse.Action, told: str) -> Argument:
    choices = tuple(str(each) for each in action.choices or ())
    listed = f"{{{','.join(choices)}}}" if choices else action.dest.upper()
    name = str(action.metavar or listed)
    nargs = str(action.nargs or "")
    shape = _SHAPES.get(nargs, "{}").format(name)
    return Argument(name, told, _wants(name), choices, shape, nargs in {"*", "+"})


def _wants(name: str) -> Wants:
    for each in name.split("|"):
        if each in _WANTS:
            return _WANTS[each]
    return ""


def _told(found: argparse.ArgumentParser, action: argparse.Action) -> str:
    """Give the help of an action, with its defaults filled in."""
    if not action.help or action.help == argparse.SUPPRESS:
        return ""
    return found._get_formatter()._expand_help(action)
