"""A program with its arguments, as a config file lists it: never a line for a shell.

Names in braces stand for what is known only when it is run.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from autotui.errors import ConfigError, hint

_NAME: Final = re.compile(r"\{([a-z_]{1,30})\}")
_SPECIAL: Final = ("-", "@")
"""What makes an option, or the name of a file, of an argument."""


def checked(words: object, known: Sequence[str]) -> tuple[str, ...]:
    """Give a list of words as a program and its arguments.

    Raises ConfigError for what is none, and for a name in braces that is not known.
    """
    found = words if isinstance(words, list) else []
    # A null byte can be handed to no program.
    fit = all(isinstance(each, str) and "\0" not in each for each in found)
    if not found or not fit or not found[0]:
        example = '["program", "--option", "{url}"]'
        raise ConfigError(f"wants a program and its arguments, such as {example}")
    for name in _NAME.findall(" ".join(found)):
        if name not in known:
            near = hint(f"{{{name}}}", [f"{{{each}}}" for each in known])
            raise ConfigError(f"cannot fill in {{{name}}}; {near}")
    return tuple(found)


def filled(words: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """Put values where their names stand; each word stays one argument.

    A value cannot make an option of an argument: a space stands before it then.
    """
    return [_filled(word, values) for word in words]


def mentions(words: Sequence[str], name: str) -> bool:
    """Tell whether a value is wanted."""
    return any(f"{{{name}}}" in word for word in words)


def _filled(word: str, values: Mapping[str, str]) -> str:
    # In one go: what a value says in braces is no name.
    done = _NAME.sub(lambda name: values.get(name[1], name[0]), word)
    turned = done.startswith(_SPECIAL) and not word.startswith(_SPECIAL)
    return f" {done}" if turned else done
