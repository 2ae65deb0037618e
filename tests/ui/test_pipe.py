"""Text that is handed to a program."""

import os
import sys
from pathlib import Path

import pytest
from textual.app import App

from autotui.ui import pipe

TEXT = "# Título\n\n" + "words and words " * 20_000


def program(folder: Path, script: str, name: str = "reader") -> str:
    file = folder / name
    file.write_text(f"#!{sys.executable}\n{script}\n")
    file.chmod(0o755)
    return str(file)


def alive(process: str) -> bool:
    """Whether a process is there, and no zombie."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and ") Z " not in stat.read_text()


async def test_a_program_reads_all_of_the_text_and_its_output_is_told(
    tmp_path: Path,
) -> None:
    script = "import sys; print(len(sys.stdin.buffer.read()), *sys.argv[1:])"

    told = await pipe.through([program(tmp_path, script), "a b", "$(x)"], TEXT)

    assert told == f"reader: {len(TEXT.encode())} a b $(x)"


async def test_a_program_that_says_nothing_is_told_as_done(tmp_path: Path) -> None:
    assert await pipe.through([program(tmp_path, "")], TEXT) == "reader has read the story."


async def test_a_program_that_reads_nothing_is_no_trouble(tmp_path: Path) -> None:
    assert await pipe.through([program(tmp_path, "print('hi')")], TEXT) == "reader: hi"


async def test_a_failure_is_told_with_what_was_said_of_it(tmp_path: Path) -> None:
    script = "import sys; print('no such folder', file=sys.stderr); sys.exit(3)"

    told = await pipe.through([program(tmp_path, script)], TEXT)

    assert told == "reader failed (3): no such folder"


async def test_a_death_by_signal_is_told(tmp_path: Path) -> None:
    script = "import os; os.kill(os.getpid(), 9)"

    assert await pipe.through([program(tmp_path, script)], "") == (
        "reader was ended by signal 9."
    )


@pytest.mark.parametrize("arguments", [["/nowhere/at/all"], ["a\0b"], ["."]])
async def test_what_cannot_be_started_is_told(arguments: list[str]) -> None:
    told = await pipe.through(arguments, TEXT)

    assert " could not be started: " in told


async def test_output_without_end_is_cut_and_harmless(tmp_path: Path) -> None:
    script = "print('\\x1b]52;c;aGk=\\x07' + 'x' * 3_000_000)"

    told = await pipe.through([program(tmp_path, script)], "")

    assert len(told) < 400
    assert told.isprintable()


async def test_a_program_that_says_too_much_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipe, "_MOST_SAID", 100_000)
    script = "while True: print('x' * 1000)"

    told = await pipe.through([program(tmp_path, script)], "")

    assert told == "reader was stopped: it said too much."


async def test_a_program_that_does_not_end_is_stopped_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipe, "SECONDS", 4.0)
    child = tmp_path / "child"
    script = (
        "import os, pathlib, signal\n"
        "if not os.fork():\n"
        f"    pathlib.Path({str(child)!r}).write_text(str(os.getpid()))\n"
        "signal.pause()"
    )

    told = await pipe.through([program(tmp_path, script)], TEXT)

    assert told == "reader was stopped: it took more than 4 seconds."
    assert not alive(child.read_text())


async def test_a_child_that_stays_behind_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    script = (
        "import os, pathlib, signal\n"
        f"child = pathlib.Path({str(child)!r})\n"
        "if os.fork():\n"
        "    while not (child.exists() and child.read_text()): pass\n"
        "    os._exit(0)\n"
        "child.write_text(str(os.getpid()))\n"
        "signal.pause()"
    )

    told = await pipe.through([program(tmp_path, script)], TEXT)

    assert told == "reader has read the story."
    os.kill(int(child.read_text()), 9)


@pytest.mark.parametrize(
    ("name", "takes"), [("less", True), ("/usr/bin/vim", True), ("wc", False)]
)
def test_what_is_drawn_in_the_terminal_is_known(name: str, takes: object) -> None:
    assert pipe.takes_the_terminal([name]) is takes


async def test_where_the_terminal_cannot_be_lent_that_is_told() -> None:
    app = App[None]()
    async with app.run_test():
        assert pipe.lend_terminal(app, ["less"], TEXT) == (
            "There is no terminal to lend to less."
        )
