"""The man page: what the parser, the keys and the query language know, and ``words.toml``.

Everything in it was written by us. A field of the query language or an exit code that has
no words there is an error here.
"""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import autotui
from autotui import cli, fields
from autotui.config import Config
from autotui.ui import keys
from docs.grammar import Argument, Command, Option

_WORDS: Final = Path(__file__).with_name("words.toml")
_EVERYWHERE: Final = ("--json", "--jsonl")
"""Flags that the description tells of, once for all commands."""


def page(root: Command) -> str:
    """Give the page as roff that both groff and mandoc read."""
    words = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    lines = [
        '.\\" Made by "make docs" of the parser, the keys and words.toml.',
        f'.TH AUTOTUI 1 "" "autotui {autotui.__version__}" "User Commands"',
        *(".nh", ".ad l"),
        *_section("Name", [f"autotui \\- {escaped(words['name'])}"]),
        *_section("Synopsis", [".B autotui", _synopsis(root, root.options)]),
        *_section("Description", _paragraphs(words["description"])),
        *_section("Options", (each for option in root.options for each in _option(option))),
        *_section("Commands", _commands(root)),
        *_section("Queries", _queries(words)),
        *_section("Keys", [*_paragraphs(words["keys"]), *_keys()]),
        *_section("Exit status", _exits(words["exit"])),
        *_section("Files", _tagged(words["files"].items())),
        *_section("Environment", _tagged(words["environment"].items())),
        *_section("Examples", _examples(words["examples"])),
        *_section("See also", _paragraphs(words["see"])),
    ]
    return "\n".join(lines) + "\n"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield f".SH {title.upper()}"
    yield from lines


def _synopsis(command: Command, options: Iterable[Option]) -> str:
    shown = [_usage(each) for each in options]
    shown += [escaped(each.shape) for each in command.arguments]
    if command.commands:
        shown.append("[COMMAND ...]")
    return " ".join(shown)


def _usage(option: Option) -> str:
    value = f" {escaped(option.value.shape)}" if option.value else ""
    return f"[\\fB{escaped(option.names[-1])}\\fR{value}]"


def _option(option: Option) -> Iterator[str]:
    names = ", ".join(f"\\fB{escaped(name)}\\fR" for name in option.names)
    value = f" \\fI{escaped(option.value.shape)}\\fR" if option.value else ""
    yield ".TP"
    yield f"{names}{value}"
    # What has no words of its own is said by its name.
    yield _sentence(option.text or f"{option.names[-1].removeprefix('--')} them")


def _commands(root: Command) -> Iterator[str]:
    for command in root.every():
        if command is root:
            continue
        synopsis = _synopsis(command, command.own)
        yield f".SS \\fB{escaped(command.path)}\\fR {synopsis}".rstrip()
        yield _sentence(command.text)
        for argument in command.arguments:
            if argument.text:
                yield from _argument(argument)
        for option in command.own:
            if option.names[-1] not in _EVERYWHERE or option.value:
                yield from _option(option)


def _argument(argument: Argument) -> Iterator[str]:
    yield ".TP"
    yield f"\\fI{escaped(argument.name)}\\fR"
    yield _sentence(argument.text)


def _queries(words: dict[str, Any]) -> Iterator[str]:
    yield from _paragraphs(words["queries"])
    told = words["fields"]
    yield ".PD 0"
    for field in fields.FIELDS:
        if field == "is":
            for mark in fields.MARKS:
                yield from _tagged([(f"is:{mark}", words["marks"][mark])])
        else:
            yield from _tagged([(told[field]["form"], told[field]["text"])])
    yield ".PD"


def _keys() -> Iterator[str]:
    found = keys.in_force(Config(), Path("config.toml"))
    yield ".PD 0"
    yield from _tagged((each.shown, each.text) for each in found if each.keys)
    yield ".PD"


def _exits(told: dict[str, str]) -> Iterator[str]:
    codes = {name: code for name, code in vars(cli).items() if isinstance(code, int)}
    return _tagged((str(code), told[name]) for name, code in codes.items())


def _examples(told: list[dict[str, str]]) -> Iterator[str]:
    for number, each in enumerate(told):
        if number:
            yield ".PP"
        yield _sentence(each["text"])
        yield ".PP"
        yield ".EX"
        yield from (escaped(line) for line in each["shell"].strip().splitlines())
        yield ".EE"


def _tagged(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for tag, text in rows:
        yield ".TP"
        yield f"\\fB{escaped(tag)}\\fR"
        yield _sentence(text)


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        if number:
            yield ".PP"
        yield from (escaped(line) for line in paragraph.splitlines())


def _sentence(text: str) -> str:
    shown = f"{text[0].upper()}{text[1:]}"
    return escaped(shown if shown.endswith((".", ":", "?")) else f"{shown}.")


def escaped(text: str) -> str:
    """Give text that roff prints as it is: ASCII alone, and no request."""
    shown = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    shown = shown.replace("^", "\\(ha").replace("~", "\\(ti").replace("`", "\\(ga")
    shown = "".join(each if each.isascii() else f"\\[u{ord(each):04X}]" for each in shown)
    return f"\\&{shown}" if shown.startswith(".") else shown
