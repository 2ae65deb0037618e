"""The wheel and the source archive: what is in them, and that the wheel alone is enough.

Built from a copy of the tree, installed beside nothing but the libraries autotui needs.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from autotui import __version__
from docs import files
from support.homes import SECONDS, environment
from support.terminals import Terminal

SENT: Final = ("src", "docs", "README.md", "LICENSE", "pyproject.toml", ".gitignore")
NAME: Final = f"autotui-{__version__}"
KINDS: Final = frozenset(
    {".html", ".js", ".json", ".opml", ".py", ".rdf", ".service", ".tcss"}
    | {".timer", ".toml", ".typed", ".xml"}
)
INSTALLED: Final = {
    "share/man/man1/autotui.1": "autotui.1",
    "share/bash-completion/completions/autotui": "autotui.bash",
    "share/fish/vendor_completions.d/autotui.fish": "autotui.fish",
    "share/zsh/site-functions/_autotui": "_autotui",
    "share/systemd/user/autotui-refresh.service": "../systemd/autotui-refresh.service",
    "share/systemd/user/autotui-refresh.timer": "../systemd/autotui-refresh.timer",
}
"""Where shells, ``man`` and systemd look, and which of our files is there."""


@dataclass(frozen=True)
class Built:
    """What building gave."""

    wheel: Path
    sdist: Path


def copied(folder: Path) -> Path:
    """A copy of the tree, with what lies about in one that is worked on."""
    for name in SENT:
        found = files.ROOT / name
        if found.is_dir():
            shutil.copytree(
                found, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            folder.mkdir(exist_ok=True)
            shutil.copyfile(found, folder / name)
    rubbish = folder / "src" / "autotui" / "__pycache__"
    rubbish.mkdir()
    (rubbish / "clean.cpython-311.pyc").write_bytes(b"old")
    return folder


def built(tree: Path, *targets: str) -> Built:
    """Build what a release is made of; no network, no tool but the one it names."""
    told = environment(SOURCE_DATE_EPOCH="1700000000")
    command = [sys.executable, "-m", "hatchling", "build", *targets]
    done = subprocess.run(
        command, cwd=tree, env=told, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    place = tree / "dist"
    return Built(place / f"{NAME}-py3-none-any.whl", place / f"{NAME}.tar.gz")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(copied(tmp_path_factory.mktemp("first") / "tree"))


@pytest.fixture(scope="module")
def installed(first: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel, and sees the libraries of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q"]
    subprocess.run(
        [*command, "--no-deps", "--no-index", str(first.wheel)],
        env=environment(PIP_DISABLE_PIP_VERSION_CHECK="1"),
        check=True,
    )
    # Lines of a .pth are only put on the path: an editable autotui in there stays unseen.
    (libraries,) = folder.glob("lib/python*/site-packages")
    seen = [each for each in sys.path if each.endswith(("site-packages", "dist-packages"))]
    (libraries / "libraries.pth").write_text("\n".join(seen), encoding="utf-8")
    return folder


def run(installed: Path, *arguments: str, home: Path) -> str:
    """Run the installed command as its user would; give what it printed."""
    done = subprocess.run(
        [str(installed / "bin" / "autotui"), *arguments],
        cwd=home,
        env=settings(home),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def settings(home: Path) -> dict[str, str]:
    kept = environment(HOME=str(home), TMPDIR=str(home))
    return {
        name: value
        for name, value in kept.items()
        if not name.startswith(("XDG_", "PYTHON", "VIRTUAL_ENV"))
    }


def test_the_same_tree_gives_the_same_bytes_wherever_and_whenever(
    first: Built, tmp_path: Path
) -> None:
    tree = copied(tmp_path / "somewhere else")
    for file in tree.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))

    second = built(tree)

    assert second.wheel.read_bytes() == first.wheel.read_bytes()
    assert second.sdist.read_bytes() == first.sdist.read_bytes()


def test_the_source_archive_gives_the_same_wheel(first: Built, tmp_path: Path) -> None:
    with tarfile.open(first.sdist) as archive:
        archive.extractall(tmp_path, filter="data")

    again = built(tmp_path / NAME, "-t", "wheel")

    assert again.wheel.read_bytes() == first.wheel.read_bytes()


def test_the_wheel_holds_the_package_its_data_and_nothing_else(first: Built) -> None:
    source = files.ROOT / "src"
    package = {
        file.relative_to(source).as_posix()
        for file in (source / "autotui").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    about = {
        f"{NAME}.dist-info/{name}"
        for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
    }
    shared = {f"{NAME}.data/data/{place}" for place in INSTALLED}

    with zipfile.ZipFile(first.wheel) as wheel:
        assert {*wheel.namelist()} == package | about | shared
        metadata = wheel.read(f"{NAME}.dist-info/METADATA").decode()
    assert {"autotui/py.typed", "autotui/data/welcome.json"} <= package
    kinds = {Path(name).suffix for name in package if "/data/shell/" not in name}
    assert kinds == KINDS
    assert "License-Expression: MIT" in metadata
    assert "Requires-Python: >=3.11" in metadata


def test_the_source_archive_holds_what_the_checks_need() -> None:
    told = (files.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = told.partition("[tool.hatch.build.targets.sdist]")[2].partition("[tool")[0]
    for name in ("src", "tests", "docs", ".ci", ".github", "LICENSE", "Makefile"):
        assert f'"/{name}"' in listed
        assert (files.ROOT / name).exists()


def test_the_wheel_alone_tells_its_version_and_where_it_is(
    installed: Path, tmp_path: Path
) -> None:
    assert run(installed, "--version", home=tmp_path) == f"autotui {__version__}\n"
    where = "import autotui; print(autotui.__file__)"
    python = [str(installed / "bin" / "python"), "-c", where]
    done = subprocess.run(
        python, cwd=tmp_path, env=settings(tmp_path), capture_output=True, check=True
    )
    assert done.stdout.decode().startswith(str(installed))


def test_the_wheel_puts_man_page_and_completions_where_they_are_looked_for(
    installed: Path, tmp_path: Path
) -> None:
    for place, name in INSTALLED.items():
        ours = (files.SHIPPED / name).read_text(encoding="utf-8")
        assert (installed / place).read_text(encoding="utf-8") == ours
    for shell, name in (
        ("bash", "autotui.bash"),
        ("zsh", "_autotui"),
        ("fish", "autotui.fish"),
    ):
        ours = (files.SHIPPED / name).read_text(encoding="utf-8")
        assert run(installed, "completion", shell, home=tmp_path) == ours
    page = (files.SHIPPED / "autotui.1").read_text(encoding="utf-8")
    assert run(installed, "man", home=tmp_path) == page


def test_the_wheel_alone_is_well_and_opens_its_demo(
    installed: Path, tmp_path: Path
) -> None:
    told = run(installed, "doctor", home=tmp_path)
    assert ["ok", "autotui", __version__] in [line.split() for line in told.splitlines()]
    demo = [str(installed / "bin" / "autotui"), "demo"]
    with Terminal(demo, settings(tmp_path)) as terminal:
        terminal.wait_for("Kilowatt Courier", "Antriebsblatt", "Published")
        terminal.press("q", "q")
        assert terminal.wait_exit() == 0


@pytest.fixture
def viewer(tmp_path: Path) -> Path:
    """A ``man`` that says what it was asked to show."""
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "man").write_text('#!/bin/sh\necho "shown: $1"\n', encoding="utf-8")
    (folder / "man").chmod(0o755)
    return folder


def test_on_a_terminal_the_page_is_shown_by_man(
    installed: Path, tmp_path: Path, viewer: Path
) -> None:
    command = [str(installed / "bin" / "autotui"), "man"]
    told = {**settings(tmp_path), "PATH": f"{viewer}:{os.environ['PATH']}"}
    with Terminal(command, told, columns=200) as terminal:
        terminal.wait_for("shown: /", "/data/shell/autotui.1")
        assert terminal.wait_exit() == 0
