"""Completion for fish."""

from collections.abc import Iterator
from typing import Final

from docs.grammar import Argument, Command, Option

_HEAD: Final = """# Completion of autotui for fish, made by "make docs" of its parser.

# Tells whether the commands on the line are these.
function __autotui_at
    set -l path autotui
    set -l words (commandline -opc)
    set -e words[1]
    while set -q words[1]
        set -l word $words[1]
        set -e words[1]
        switch "$path $word"
            case {values}
                set -q words[1]; and set -e words[1]
            case {commands}
                set path "$path $word"
        end
    end
    test "$path" = "$argv"
end

complete -c autotui -f
"""


def script(autotui: Command) -> str:
    """Give the script."""
    every = tuple(autotui.every())
    values = [
        _quoted(f"{command.path} {name}")
        for command in every
        for option in command.options
        for name in option.names
        if option.value
    ]
    commands = [_quoted(each.path) for each in every[1:]]
    joined = " \\\n                "
    head = _HEAD.format(values=joined.join(values), commands=joined.join(commands))
    return head + "".join(f"{line}\n" for each in every for line in _lines(each))


def _lines(command: Command) -> Iterator[str]:
    start = f"complete -c autotui -n {_quoted(f'__autotui_at {command.path}')}"
    for each in command.commands:
        yield f"{start} -a {each.words[-1]} -d {_quoted(each.text)}"
    for option in command.options:
        yield f"{start} {_option(option)}"
    for argument in command.arguments:
        if argument.choices or argument.wants:
            yield f"{start} {_offered(argument)}"


def _option(option: Option) -> str:
    names = [
        f"-l {name.removeprefix('--')}" if name.startswith("--") else f"-s {name[1:]}"
        for name in option.names
    ]
    described = [f"-d {_quoted(option.text)}"] if option.text else []
    value = []
    if option.value:
        value = ["-r", _offered(option.value)] if option.value.wants else ["-x"]
        if option.value.choices:
            value.append(_offered(option.value))
    return " ".join((*names, *value, *described))


def _offered(argument: Argument) -> str:
    if argument.choices:
        return f"-a {_quoted(' '.join(argument.choices))}"
    if argument.wants == "files":
        return "-F"
    return "-a '(__fish_complete_directories)'"


def _quoted(text: str) -> str:
    shown = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{shown}'"
