"""What checks a change elsewhere: ``.ci/run``, the workflows, the forms for issues."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Final

from docs import files
from support.homes import environment

GITHUB: Final = files.ROOT / ".github"
STAND_IN: Final = """#!/bin/sh
# A Python that writes down what it is asked, and makes environments of itself.
echo "$(basename "$0") $*" >> "$LOG"
case "$1 $2" in
"-c "*) case "$0" in *3.12*) echo 3.12 ;; *) echo 3.11 ;; esac ;;
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "$0" "$3/bin/pip" ;;
esac
"""


def test_run_does_what_the_readme_says_and_then_the_fast_tests_on_other_pythons(
    tmp_path: Path,
) -> None:
    # Given a checkout, and three Pythons of which one is what python3 is
    programs, tree, log = tmp_path / "bin", tmp_path / "tree", tmp_path / "log"
    programs.mkdir()
    (tree / ".ci").mkdir(parents=True)
    shutil.copy(files.ROOT / ".ci" / "run", tree / ".ci" / "run")
    shutil.copy(files.ROOT / "README.md", tree / "README.md")
    for name in ("python3", "python3.11", "python3.12"):
        (programs / name).write_text(STAND_IN, encoding="utf-8")
        (programs / name).chmod(0o755)
    (programs / "python3.13").write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    (programs / "python3.13").chmod(0o755)

    told = environment(PATH=f"{programs}:/usr/bin:/bin", LOG=str(log))
    told.pop("OTHER_PYTHONS", None)  # this run's own choice, if it has one
    subprocess.run([str(tree / ".ci" / "run")], env=told, check=True, capture_output=True)

    asked = [line for line in log.read_text().splitlines() if " -c " not in line]
    assert asked[:3] == [
        "python3 -m venv .venv",
        "pip install -e .[dev]",
        "python -m pytest -n auto",
    ]
    assert asked[3] == "python3.12 -m venv .venv-3.12"
    assert len(asked) == 6
    runs, fast = asked[5].split(" tests/", 1)
    assert runs == "python -m pytest -n auto"
    for part in f"tests/{fast}".split():
        assert (files.ROOT / part).exists(), part


def test_the_workflows_check_each_python_that_is_promised_and_keep_no_password() -> None:
    project = tomllib.loads((files.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    promised = re.findall(
        r"Python :: (3\.\d+)", "\n".join(project["project"]["classifiers"])
    )
    check = (GITHUB / "workflows" / "check.yml").read_text(encoding="utf-8")
    release = (GITHUB / "workflows" / "release.yml").read_text(encoding="utf-8")

    assert re.findall(r'"(3\.\d+)"', check) == promised
    assert "push:" in check
    assert "pull_request:" in check
    for workflow in (check, release):
        assert "run: .ci/run" in workflow
        assert "\t" not in workflow
        assert "secrets" not in workflow
    assert "id-token: write" in release
    assert "pypa/gh-action-pypi-publish@" in release


def test_every_form_for_an_issue_asks_the_doctor() -> None:
    forms = {*(GITHUB / "ISSUE_TEMPLATE").glob("*.yml")} - {
        GITHUB / "ISSUE_TEMPLATE" / "config.yml"
    }
    assert len(forms) >= 2
    for form in forms:
        assert "`autotui doctor`" in form.read_text(encoding="utf-8"), form
