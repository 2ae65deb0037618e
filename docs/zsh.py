"""Completion for zsh."""

from collections.abc import Iterator
from typing import Final

from docs.grammar import Argument, Command, Option

_HEAD: Final = """#compdef autotui
# Completion of autotui for zsh, made by "make docs" of its parser.

"""
_TAIL: Final = """if [[ $funcstack[1] == _autotui ]]; then
  _autotui "$@"
else
  compdef _autotui autotui
fi
"""
_WANTS: Final = {"": " ", "files": "_files", "folders": "_files -/"}


def script(autotui: Command) -> str:
    """Give the script: a function for each command, autotui itself last."""
    functions = [_function(each) for each in autotui.every()]
    return _HEAD + "".join(reversed(functions)) + _TAIL


def _name(command: Command) -> str:
    return "_" + "_".join(command.words).replace("-", "_")


def _function(command: Command) -> str:
    specs = [*_options(command), *_arguments(command)]
    listed = " \\\n    ".join(specs)
    if not command.commands:
        return f"{_name(command)}() {{\n  _arguments \\\n    {listed}\n}}\n\n"
    described = "\n        ".join(
        _quoted(f"{_plain(each.words[-1])}:{each.text}") for each in command.commands
    )
    below = "\n        ".join(
        f"{each.words[-1]}) {_name(each)} && ret=0 ;;" for each in command.commands
    )
    return f"""{_name(command)}() {{
  local curcontext=$curcontext state state_descr ret=1
  local -a commands line
  typeset -A opt_args
  _arguments -C \\
    {listed} && ret=0
  case $state in
    command)
      commands=(
        {described}
      )
      _describe -t commands command commands && ret=0 ;;
    rest)
      case $line[1] in
        {below}
      esac ;;
  esac
  return ret
}}

"""


def _options(command: Command) -> Iterator[str]:
    for option in command.options:
        for name in option.names:
            told = f"[{_plain(option.text)}]" if option.text else ""
            # "--home=x" and "--home x".
            equals = "=" if option.value and name.startswith("--") else ""
            yield _quoted(f"{name}{equals}{told}{_value(option)}")


def _value(option: Option) -> str:
    return f":{_plain(option.value.name)}:{_action(option.value)}" if option.value else ""


def _arguments(command: Command) -> Iterator[str]:
    if command.commands:
        yield "'1: :->command'"
        yield "'*:: :->rest'"
        return
    for place, each in enumerate(command.arguments, 1):
        yield _quoted(f"{'*' if each.many else place}:{_plain(each.name)}:{_action(each)}")


def _action(argument: Argument) -> str:
    if argument.choices:
        return f"({' '.join(argument.choices)})"
    return _WANTS[argument.wants]


def _plain(text: str) -> str:
    """Keep text from being read as a part of the notation."""
    for character in "\\[]:":
        text = text.replace(character, f"\\{character}")
    return text


def _quoted(text: str) -> str:
    shown = text.replace("'", "'\\''")
    return f"'{shown}'"
