"""Completion for bash, also for the one of 2007 that some machines still have."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from docs.grammar import Argument, Command, Option

_NOTHING: Final = "-"
_HEAD: Final = """# Completion of autotui for bash, made by "make docs" of its parser.

# Says what may stand after the commands $1.
_autotui_after() {
    options="" commands="" arguments=() many=""
    case $1 in
"""
_TAKES: Final = """    esac
}

# Says what the option $2 of the command $1 takes; fails where it takes nothing.
_autotui_takes() {
    case "$1 $2" in
"""
_TAIL: Final = """    *) return 1 ;;
    esac
}

_autotui() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local path=autotui place=0 at each kind options commands arguments many
    # "--option=value" comes as three words.
    if [[ $word == "=" ]]; then
        word=""
    elif [[ $before == "=" ]]; then
        before=${COMP_WORDS[COMP_CWORD-2]}
    fi
    for ((at = 1; at < COMP_CWORD; at++)); do
        each=${COMP_WORDS[at]}
        _autotui_after "$path"
        if _autotui_takes "$path" "$each"; then
            at=$((at + 1))
            if [[ ${COMP_WORDS[at]} == "=" ]]; then at=$((at + 1)); fi
        elif [[ $place == 0 && -n $each && " $commands " == *" $each "* ]]; then
            path="$path $each"
        elif [[ $each != -* ]]; then
            place=$((place + 1))
        fi
    done
    _autotui_after "$path"
    if _autotui_takes "$path" "$before"; then
        :
    elif [[ $word == -* ]]; then
        kind=$options
    elif [[ $place == 0 && -n $commands ]]; then
        kind=$commands
    else
        if [[ -n $many && $place -ge ${#arguments[@]} ]]; then
            place=$((${#arguments[@]} - 1))
        fi
        kind=${arguments[place]:--}
    fi
    COMPREPLY=()
    case $kind in
    -) ;;
    files | folders)
        local IFS=$'\\n'
        if [[ $kind == files ]]; then
            COMPREPLY=($(compgen -f -- "$word"))
        else
            COMPREPLY=($(compgen -d -- "$word"))
        fi
        compopt -o filenames 2>/dev/null || : ;;
    *) COMPREPLY=($(compgen -W "$kind" -- "$word")) ;;
    esac
}

complete -F _autotui autotui
"""


def script(autotui: Command) -> str:
    """Give the script."""
    after = "".join(_after(each) for each in autotui.every())
    return f"{_HEAD}{after}{_TAKES}{''.join(_takes(autotui))}{_TAIL}"


def _after(command: Command) -> str:
    options = " ".join(name for each in command.options for name in each.names)
    lines = [f'    "{command.path}")', f'        options="{options}"']
    if command.commands:
        commands = " ".join(each.words[-1] for each in command.commands)
        lines.append(f'        commands="{commands}"')
    if command.arguments:
        kinds = " ".join(f'"{_kind(each)}"' for each in command.arguments)
        lines.append(f"        arguments=({kinds})")
    if any(each.many for each in command.arguments):
        lines.append("        many=1")
    return "\n".join(lines) + " ;;\n"


def _takes(autotui: Command) -> Iterator[str]:
    """Give a branch for each kind of value; short where all commands agree."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for _, option in _options(autotui):
        for name in option.names:
            kinds[name].add(_kind(option.value) if option.value else "")
    branches: defaultdict[str, list[str]] = defaultdict(list)
    for command, option in _options(autotui):
        for name in option.names if option.value else ():
            agreed = len(kinds[name]) == 1
            pattern = f'*" {name}"' if agreed else f'"{command.path} {name}"'
            found = branches[_kind(option.value)]
            if pattern not in found:
                found.append(pattern)
    for kind, patterns in branches.items():
        joined = " | \\\n        ".join(patterns)
        yield f'    {joined})\n        kind="{kind}" ;;\n'


def _options(autotui: Command) -> Iterator[tuple[Command, Option]]:
    for command in autotui.every():
        for option in command.options:
            yield command, option


def _kind(argument: Argument | None) -> str:
    if argument is None:
        return ""
    return argument.wants or " ".join(argument.choices) or _NOTHING
