"""The grammar of the commands, family by family; here what several families use."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

Add = Callable[[str, str], argparse.ArgumentParser]
"""Adds a command by its name and what it does, in a few words."""

QUERY_HELP: Final = "words, or tests such as is:unread tag:inverter since:7d"
IDS_HELP: Final = "ids of stories, or a query"


def sentence(text: str) -> str:
    """Make a sentence of a few words."""
    return f"{text[0].upper()}{text[1:]}."


def as_json(parser: argparse.ArgumentParser) -> None:
    """Let the answer be JSON."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON value")
    form.add_argument("--jsonl", action="store_true", help="print a JSON object a line")


def file(text: str) -> Path:
    """Read the name of a file; ``-`` is standard input."""
    return Path("/dev/stdin") if text.strip() == "-" else place(text)


def place(text: str) -> Path:
    """Read the name of a file or folder; raises ValueError for one of nobody's home."""
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise ValueError(text) from error


def count(text: str) -> int:
    """Read a number that is not negative; raises ValueError for anything else."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def port(text: str) -> int:
    """Read the number of a port; raises ValueError for anything else."""
    number = count(text)
    if number >= 2**16:
        raise ValueError(text)
    return number
