"""Completion: what a shell offers at each place of a line.

bash is asked itself. zsh and fish read their scripts where they are installed; everywhere
the scripts must name each command and option.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from docs import files, grammar
from docs.grammar import Command
from support.homes import environment
from support.terminals import Terminal

AUTOTUI = grammar.read()
SCRIPTS = {
    "bash": files.SHIPPED / "autotui.bash",
    "fish": files.SHIPPED / "autotui.fish",
    "zsh": files.SHIPPED / "_autotui",
}
ASK = """
source "$0"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_autotui
printf '%s\\n' "${COMPREPLY[@]}"
"""


def offered(*words: str, folder: Path | None = None) -> list[str]:
    """What bash offers for the last of these words."""
    done = subprocess.run(
        ["bash", "--norc", "-euc", ASK, str(SCRIPTS["bash"]), "autotui", *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1] if done.stdout.strip() else []


@pytest.mark.parametrize("command", [*AUTOTUI.every()], ids=lambda each: each.path)
def test_bash_offers_each_commands_own_commands_choices_and_options(
    command: Command,
) -> None:
    words = command.words[1:]
    first = [each.words[-1] for each in command.commands]
    if command.arguments and not first:
        first = list(command.arguments[0].choices)
    if not any(each.wants for each in command.arguments[:1]):
        assert offered(*words, "") == first
    options = [name for each in command.options for name in each.names]
    assert sorted(offered(*words, "-")) == sorted(options)
    for option in command.options:
        if option.value and option.value.choices:
            choices = list(option.value.choices)
            assert offered(*words, option.names[-1], "") == choices
            assert offered(*words, option.names[-1], "=") == choices
            assert offered(*words, option.names[-1], "=", choices[0]) == choices[:1]


def test_bash_goes_on_after_options_that_take_a_value() -> None:
    assert offered("--home", "rules", "comp") == ["completion"]
    assert offered("--config", "=", "x.toml", "rules", "ena") == ["enable"]
    # A word that is no command takes the first place, and no command comes after it.
    assert offered("add", "https://example.org", "li") == []


def test_bash_offers_files_and_folders_where_they_are_wanted(tmp_path: Path) -> None:
    (tmp_path / "my feeds.opml").touch()
    (tmp_path / "my folder").mkdir()

    assert offered("import", "my", folder=tmp_path) == ["my feeds.opml", "my folder"]
    assert offered("--home", "my", folder=tmp_path) == ["my folder"]
    assert offered("import", "my feeds.opml", "my", folder=tmp_path) == []
    assert offered("list", "my", folder=tmp_path) == []


def test_bash_keeps_what_the_line_holds_from_being_run(tmp_path: Path) -> None:
    trap = tmp_path / "sprung"

    offered(f"$(touch {trap})", f"`touch {trap}`", "*", f"$(touch {trap})")

    assert not trap.exists()


def test_a_line_that_is_typed_is_completed(tmp_path: Path) -> None:
    (tmp_path / "my feeds.opml").touch()
    shell = ["/bin/bash", "--norc", "--noprofile", "-i"]
    # No history of the reader's, and a prompt that can be waited for.
    settings = environment(PS1="$ ", HISTFILE="", HOME=str(tmp_path), INPUTRC="/dev/null")
    with Terminal(shell, settings) as terminal:
        terminal.press(f"cd {tmp_path}; clear; source {SCRIPTS['bash']}\r")
        terminal.press("autotui ref\t--f\t; autotui import my\t")
        terminal.wait_for("$ autotui refresh --force ; autotui import my\\ feeds.opml")


@pytest.mark.parametrize("shell", SCRIPTS)
def test_each_script_names_every_command_and_option(shell: str) -> None:
    text = SCRIPTS[shell].read_text(encoding="utf-8")
    words = set(re.findall(r"[\w-]+", text))
    for command in AUTOTUI.every():
        assert command.words[-1] in words
        for option in command.options:
            for name in option.names:
                short = shell == "fish"
                assert (name.lstrip("-") if short else name) in words, (command.path, name)


@pytest.mark.parametrize("shell", SCRIPTS)
def test_each_script_is_whole_and_read_by_its_shell_where_it_is(shell: str) -> None:
    text = SCRIPTS[shell].read_text(encoding="utf-8")
    assert text.isascii()
    assert text.endswith("\n")
    # Quotes pair up, those in words aside, which are written '\\'' (zsh) or \\' (fish).
    code = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("#"))
    bare = code.replace("'\\''", "").replace("\\'", "")
    assert bare.count("'") % 2 == 0
    assert bare.count('"') % 2 == 0
    for command in [[found, "-n"] for found in [shutil.which(shell)] if found]:
        done = subprocess.run(
            [*command, str(SCRIPTS[shell])], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
