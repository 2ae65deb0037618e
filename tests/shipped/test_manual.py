"""The man page: it says all that there is, and is roff that any man reads."""

import re
import shutil
import subprocess
from typing import Final

from autotui import cli, fields
from docs import files, grammar, manual

PAGE: Final = (files.SHIPPED / "autotui.1").read_text(encoding="utf-8")
RENDERERS: Final = (
    ("groff", "-man", "-Tutf8", "-ww", "-z"),
    ("mandoc", "-Tlint", "-Werror"),
)
REQUESTS: Final = {"TH", "SH", "SS", "TP", "PP", "EX", "EE", "PD", "B", "nh", "ad"}


def plain(text: str) -> str:
    """Text as a reader of the page sees it."""
    text = re.sub(r"\\f[BIR]", "", text).replace("\\-", "-").replace("\\(aq", "'")
    text = re.sub(r"\\\[u([0-9A-F]+)\]", lambda code: chr(int(code[1], 16)), text)
    text = text.replace("\\(ha", "^").replace("\\(ti", "~").replace("\\(ga", "`")
    return text.replace("\\&", "").replace("\\e", "\\")


def test_every_line_is_text_or_a_request_that_all_know() -> None:
    assert PAGE.isascii()
    for line in PAGE.splitlines():
        assert line
        assert not line.startswith("'")
        if line.startswith("."):
            assert line[1:].split()[0] in REQUESTS | {'\\"'}, line
        assert not re.search(r"\\(?![-fe&([\"])", line), line


def test_what_renders_pages_here_has_nothing_to_say_against_it() -> None:
    found = [each for each in RENDERERS if shutil.which(each[0])]
    for command in found:
        done = subprocess.run(
            command, input=PAGE, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout + done.stderr) == (0, ""), command


def test_it_names_every_command_option_field_mark_and_code() -> None:
    told = plain(PAGE)
    for command in grammar.read().every():
        assert command.path in told
        assert all(name in told for option in command.options for name in option.names)
    queries = told[told.index(".SH QUERIES") : told.index(".SH KEYS")]
    for mark in fields.MARKS:
        assert f"is:{mark}\n" in queries
    for field in {*fields.FIELDS} - {"is"}:
        assert re.search(rf"^{field}[:<>=]", queries, re.MULTILINE), field
    exits = told[told.index(".SH EXIT") : told.index(".SH FILES")]
    for name, code in vars(cli).items():
        assert not isinstance(code, int) or f"\n{code}\n" in exits, name


def test_no_text_can_become_a_request_or_an_escape() -> None:
    for text in (
        ".so /etc/passwd",
        "'ds x",
        "\\fB\\n(.z",
        "it's - ~^`",
        "über ↓",
        "..",
        "",
    ):
        written = manual.escaped(text)
        assert plain(written) == text
        assert not written.startswith((".", "'"))
        assert written.isascii()
