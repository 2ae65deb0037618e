"""Rules of the house that no single test of behaviour would notice."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import autotui
from autotui.config import Config
from autotui.ui import keys

SOURCE = Path(autotui.__file__).parent
ROOT = SOURCE.parents[1]
MODULES = sorted(SOURCE.rglob("*.py"))
MAX_FILE, MAX_FUNCTION = 300, 40


@pytest.mark.gate
@pytest.mark.parametrize(
    "tool",
    [
        ["ruff", "format", "--check"],
        ["ruff", "check"],
        ["mypy"],
        ["importlinter.cli", "lint"],
    ],
    ids=" ".join,
)
def test_the_gate_is_passed(tool: list[str]) -> None:
    command = [sys.executable, "-m", *tool]
    if tool[0].startswith("importlinter"):
        command = [str(Path(sys.executable).with_name("lint-imports"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_says_what_it_is_and_stays_small(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    assert len(text.splitlines()) <= MAX_FILE
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < MAX_FUNCTION, node.name


def test_nothing_catches_everything_but_the_boundary_of_a_feed() -> None:
    broad = [
        f"{module.relative_to(SOURCE)}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) == "Exception")
    ]
    # A feed, a page, and a library that reads any page there is.
    allowed = ["ingest/story/extract.py", "pagefetch.py", "refresh.py"]
    assert sorted(where.partition(":")[0] for where in broad) == allowed


def test_no_text_is_handed_to_what_reads_markup() -> None:
    """Static("…") and the like read markup, and a feed's title must never get there."""
    callers = {"Static", "Label", "Option", "Hit", "DiscoveryHit", "ListItem"}
    found = []
    for module in (SOURCE / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) not in callers:
                continue
            shown = node.args[1] if ast.unparse(node.func) == "Hit" else node.args[0]
            if not ast.unparse(shown).startswith(("Content", "self._found(")):
                found.append(f"{module.name}:{node.lineno} {ast.unparse(node)[:60]}")
    assert found == []


def test_the_tests_sleep_and_skip_nowhere() -> None:
    words = re.compile(r"time\.sleep\(|asyncio\.sleep\([0-9.]*[1-9]|mark\.(skip|xfail)")
    for file in (ROOT / "tests").rglob("*.py"):
        if file != Path(__file__):
            assert not words.search(file.read_text(encoding="utf-8")), file


def test_the_readme_is_short_and_its_key_table_is_the_page_of_keys() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    made = keys.as_markdown(keys.in_force(Config(), Path("config.toml")))
    start = text.index("| key | what it does |")
    assert text[start:].split("\n\n")[0] == made, "autotui keys --markdown prints it"


def test_every_module_stands_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    missing = [
        module.name
        for module in MODULES
        if module.stem != "__init__" and not re.search(rf"\b{module.stem}\b", text)
    ]
    assert missing == []
