"""Every example in the documents does what they say.

Commands of autotui run as they stand, in a shell and a home of their own; example.org is
a server on loopback. Setting up an environment is checked for its form: the tests that
read this run in what it made.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Final

import pytest

from autotui import config
from autotui.cli import parser
from docs import files
from support.examples import Document
from support.feeds import LONG
from support.homes import SECONDS, Ran, environment
from support.terminals import Terminal
from support.web import Page, Web

README: Final = Document("README.md")
CONTRIBUTING: Final = Document("CONTRIBUTING.md")
SECURITY: Final = Document("SECURITY.md")
MANUAL: Final = Document("src/autotui/data/shell/autotui.1")
WITH_COMMANDS: Final = (README, CONTRIBUTING, SECURITY, MANUAL)
WITH_LINKS: Final = (README, CONTRIBUTING, SECURITY, Document("ARCHITECTURE.md"))
WITH_INLINE: Final = (README, CONTRIBUTING, SECURITY, Document("CONFIG.md"))
SET_UP: Final = re.compile(
    r"python3 -m venv \.venv && \.venv/bin/pip install (?:-e )?'?\.(?:\[(\w+)\])?'?"
    r"(?: && \.venv/bin/(?P<then>.+))?"
)
TITLE: Final = "Silicon carbide inverter for a 90 kWh battery"
SUITE: Final = "python -m pytest -n auto"
PROJECT: Final = tomllib.loads((files.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE: Final = (files.ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS: Final = frozenset(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))


def is_for_autotui(command: str) -> bool:
    return not SET_UP.fullmatch(command) and not command.startswith("make ")


@pytest.fixture
def outlet(web: Web) -> Web:
    """What example.org has here: a feed of today, and the page of its story."""
    story = web.url("/story")
    date = format_datetime(datetime.now(UTC))
    text = f"The inverter is made of silicon carbide. {LONG}"
    item = (
        f"<item><title>{TITLE}</title><link>{story}</link><pubDate>{date}</pubDate>"
        "<description>The inverter is made of silicon carbide ...</description></item>"
    )
    feed = f"<rss version='2.0'><channel><title>Outlet</title>{item}</channel></rss>"
    page = f"<html><body><article><h1>{TITLE}</h1><p>{text}</p></article></body></html>"
    for path in ("/feed.xml", "/older.xml"):
        web[path] = Page(feed.encode())
    web["/story"] = Page(page.encode(), content_type="text/html")
    return web


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    """A home as a newsboat user has it, with ``autotui`` among its programs."""
    programs, settings = tmp_path / "bin", tmp_path / "config" / "autotui"
    for folder in (programs, settings):
        folder.mkdir(parents=True)
    command = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m autotui "$@"\n'
    (programs / "autotui").write_text(command, encoding="utf-8")
    (programs / "autotui").chmod(0o755)
    (settings / "config.toml").write_text("[network]\nallow_private = true\n")
    (tmp_path / ".newsboat").mkdir()
    (tmp_path / ".newsboat" / "urls").write_text("https://old.example.org/feed.xml\n")
    return tmp_path


def of(reader: Path) -> dict[str, str]:
    """The environment of a home; nothing leads out of it."""
    places = {
        f"XDG_{name.upper()}_HOME": str(reader / name)
        for name in ("config", "data", "state", "cache")
    }
    path = f"{reader / 'bin'}:{os.environ['PATH']}"
    return environment(HOME=str(reader), PATH=path, TMPDIR=str(reader), **places)


def typed(reader: Path, script: str) -> Ran:
    """Run lines in a shell that stops at the first that fails."""
    done = subprocess.run(
        ["bash", "--norc", "-euo", "pipefail", "-c", script],
        cwd=reader,
        env=of(reader),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("document", [README, MANUAL], ids=lambda each: each.path.name)
def test_every_command_runs_as_it_stands(
    document: Document, outlet: Web, reader: Path
) -> None:
    # Given a library with a story that has a tag already
    given = "autotui add https://example.org/older.xml; autotui tag inverter +inverter"
    commands = [each for each in document.commands() if is_for_autotui(each)]
    assert len(commands) >= 7

    script = "\n".join((given, *commands)).replace("https://example.org", outlet.url(""))
    ran = typed(reader, script)

    assert ran.code == 0, ran.err
    assert "Traceback" not in ran.err
    # What was said to happen did: it was fetched, found, tagged, written.
    assert {"/feed.xml", "/story"} <= {*outlet.paths()}
    assert TITLE in ran.out
    for name in re.findall(r"> (\S+\.\w+)", script):
        written = (reader / name).read_text(encoding="utf-8")
        assert TITLE in written or outlet.url("/feed.xml") in written


def test_environments_are_set_up_for_what_there_is() -> None:
    seen = []
    for document in WITH_COMMANDS:
        for command in document.commands():
            if set_up := SET_UP.fullmatch(command):
                extra, then = set_up.groups()
                assert extra is None or extra in PROJECT["project"]["optional-dependencies"]
                seen.append(then)
    # Try it, test it, and CONTRIBUTING's, after which comes make.
    assert seen == ["autotui demo", SUITE, None]


def test_what_the_readme_says_to_try_opens_and_quits(reader: Path) -> None:
    (trying, *_) = [each for each in README.commands() if SET_UP.fullmatch(each)]
    then = trying.rpartition(".venv/bin/")[2]
    with Terminal(["bash", "--norc", "-c", then], of(reader)) as terminal:
        terminal.wait_for("Kilowatt Courier", "Antriebsblatt", "Published")
        terminal.press("q", "q")
        assert terminal.wait_exit() == 0


def test_every_target_that_is_named_can_be_made() -> None:
    named = set()
    for document in WITH_COMMANDS:
        told = [*document.commands(), *document.inline()]
        named |= {each.split()[1] for each in told if re.fullmatch(r"make \w+", each)}
    assert {"check", "docs", "fix"} <= named <= TARGETS
    for program in [found for found in [shutil.which("make")] if found]:
        for target in sorted(named):
            command = [program, "-n", target]
            done = subprocess.run(command, cwd=files.ROOT, capture_output=True, check=True)
            assert b".venv/bin/python" in done.stdout, target


@pytest.mark.parametrize("document", WITH_INLINE, ids=lambda each: each.name)
def test_every_command_in_a_sentence_is_one(document: Document) -> None:
    for told in document.inline():
        if told.startswith("autotui "):
            command = re.sub(r"\bID\b", "1", told.removeprefix("autotui "))
            if command != "--help":
                parser.read(shlex.split(command))


@pytest.mark.parametrize("document", [README, SECURITY], ids=lambda each: each.name)
def test_every_sample_of_the_config_is_right(document: Document, tmp_path: Path) -> None:
    samples = document.blocks("toml") + [
        re.sub(r"^  ", "", each, flags=re.MULTILINE)
        for each in re.findall(r"(?ms)^  ```toml\n(.*?)^  ```$", document.text)
    ]
    assert samples
    for sample in samples:
        (tmp_path / "config.toml").write_text(sample, encoding="utf-8")
        assert config.load(tmp_path / "config.toml") != config.Config()


@pytest.mark.parametrize("document", WITH_LINKS, ids=lambda each: each.name)
def test_every_file_that_is_linked_or_named_is_there(document: Document) -> None:
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.text)
    named = []
    if document is CONTRIBUTING:
        named = [
            each
            for each in document.inline()
            if re.fullmatch(r"[\w.-]+(/[\w.-]*)+|\w+\.(py|toml|md)", each)
        ]
        assert len(named) > 10
    places = [files.ROOT, files.ROOT / "src" / "autotui"]
    for name in (*linked, *named):
        assert any((place / name).exists() for place in places), name


def test_the_changes_have_the_form_that_they_say() -> None:
    text = Document("CHANGELOG.md").text
    assert re.findall(r"^## .*", text, re.MULTILINE)[0] == "## [Unreleased]"
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert {*re.findall(r"^### (.*)", text, re.MULTILINE)} <= kinds
