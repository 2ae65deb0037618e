"""All benchmarks one after the other, and one table of what they found.

Run by hand: ``make bench``, or ``python tests/bench/table.py [NAME...]`` for some of them.
The table goes to ``BENCHMARKS.md``; what each benchmark says itself, to the terminal.
newsboat takes part where it is installed (Debian: ``apt-get install newsboat``), and
lemon24/reader from an environment of its own, which ``make bench`` makes in ``.bench``.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.figures import FILE, Figure

HERE = Path(__file__).parent
FOUND = HERE.parents[1] / "BENCHMARKS.md"
BENCHES = ("startup", "refresh", "lag", "scale", "judge", "parse", "extract", "text")
HEAD = ("what", "autotui", "beside it", "ratio (spread)", "goal", "met")


def measured(name: str, file: Path) -> list[Figure]:
    """Run one benchmark; give what it told."""
    print(f"\n== {name}", flush=True)
    ended = subprocess.run(
        [sys.executable, str(HERE / f"{name}.py")],
        env={**os.environ, FILE: str(file)},
        check=False,
    )
    if ended.returncode:
        print(f"{name}.py ended with code {ended.returncode}", file=sys.stderr)
    if not file.exists():
        return []
    return [Figure(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def table(found: dict[str, list[Figure]]) -> str:
    """Give the table in Markdown."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        "# Benchmarks",
        "",
        f"`make bench` on {datetime.now(UTC):%Y-%m-%d}: {machine}.",
        "Both sides of a ratio ran in turns: its median, and its spread over the turns.",
        "",
        f"| {' | '.join(HEAD)} |",
        f"|{' --- |' * len(HEAD)}",
    ]
    for figures in found.values():
        lines += [f"| {' | '.join(figure.row)} |" for figure in figures]
    missing = [name for name, figures in found.items() if not figures]
    if missing:
        lines += ["", f"Not measured: {', '.join(missing)}."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the benchmarks that are named, or all, and write the table."""
    wanted = sys.argv[1:] or BENCHES
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in wanted:
            found[name] = measured(name, Path(folder) / name)
    text = table(found)
    if not sys.argv[1:]:
        FOUND.write_text(text, "utf-8")
    print(f"\n{text}")


if __name__ == "__main__":
    main()
