"""What verdicts on titles teach: average precision and F1 on titles not yet seen.

Run by hand: ``python tests/bench/learning.py --data FILE``, a JSON object a line with
``title``, ``text``, ``label`` and, where it is known, ``kind``; ``--data`` may be given
several times, and each file is a stream of its own. A third of the stories is kept aside
and verdicts are given on some others, and that a hundred times; the seeds are fixed.

The reader of ``--order suggested`` judges what is suggested first, the best first, as the
app shows it; else the order is chance. With ``--reject battery`` the reader wants no story
whose kind begins so: without it the verdicts say what the lexicon was made to say, and
there is little left to learn.

Many titles hold no cue at all and share one score. ``AP`` is the mean over every order of
equal scores: what the words really tell. ``AP, ties last`` puts the negatives first, as
``judge --evaluate`` does: there any word that breaks a tie is a gain, even by chance.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).parents[1]))

from autotui.drivetrain import learn, score
from autotui.drivetrain.learned import Learned
from autotui.drivetrain.words import CORRECTED, features
from support.learning import with_verdict

VERDICTS = (0, 5, 10, 20, 50)
ASIDE = 3
Row = tuple[str, str, bool]
Ranking = Sequence[tuple[float, bool]]


def rows(file: Path, *, text: bool, rejected: tuple[str, ...]) -> list[Row]:
    """Read the stories, with their text or as titles alone, as one reader labels them."""
    read = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
    return [
        (
            row["title"],
            row["text"] if text else "",
            bool(row["label"]) and not row.get("kind", "").startswith(rejected),
        )
        for row in read
    ]


def average(ranking: Ranking) -> float:
    """Average precision, the mean over every order of equal scores."""
    positive = sum(label for _, label in ranking)
    total, before, hits = 0.0, 0, 0
    for value in sorted({value for value, _ in ranking}, reverse=True):
        labels = [label for each, label in ranking if each == value]
        size, right = len(labels), sum(labels)
        for place in range(size):
            above = place * (right - 1) / (size - 1) if size > 1 else 0.0
            total += right / size * (hits + 1 + above) / (before + place + 1)
        before, hits = before + size, hits + right
    return total / max(1, positive)


def worst(ranking: Ranking) -> float:
    """Average precision, the negatives first among equal scores."""
    ordered = sorted(ranking, key=lambda each: (-each[0], each[1]))
    hits, total = 0, 0.0
    for place, (_, label) in enumerate(ordered, 1):
        hits += label
        total += hits / place if label else 0.0
    return total / max(1, hits)


def f1(ranking: Ranking) -> float:
    """F1 of what is suggested."""
    chosen = [label for value, label in ranking if value >= score.THRESHOLD]
    wanted = sum(label for _, label in ranking)
    return 2 * sum(chosen) / max(1, len(chosen) + wanted)


MEASURES: tuple[Callable[[Ranking], float], ...] = (average, worst, f1)


def taught_by(learned: Learned, story: Row) -> Learned:
    """Add a verdict as the store does: with what was suggested wrongly marked so."""
    title, text, label = story
    cues = score.judge(title, text).cues
    named = set(features(title, text, cues))
    if learn.judge(learned, title, text).suggest is not label:
        named |= {CORRECTED + cue for cue in cues}
    return with_verdict(learned, named, positive=label)


def trial(stories: Sequence[Row], seed: int, order: str) -> list[list[float]]:
    """Give each measure after each number of verdicts, for one way to share them out."""
    shuffled = random.Random(seed).sample(stories, len(stories))
    aside = shuffled[: len(shuffled) // ASIDE]
    judged = shuffled[len(shuffled) // ASIDE :]
    if order == "suggested":
        judged.sort(key=lambda row: -score.judge(row[0], row[1]).raw)
    learned, given, table = Learned(), 0, []
    for wanted in VERDICTS:
        for story in judged[given:wanted]:
            learned = taught_by(learned, story)
        given = wanted
        ranking = [(learn.judge(learned, row[0], row[1]).score, row[2]) for row in aside]
        table.append([measure(ranking) for measure in MEASURES])
    return table


def measure_speed() -> None:
    """Print what a story of six hundred words costs, in milliseconds."""
    words = [f"{chr(97 + at % 26)}word{at % 311}" for at in range(600)]
    title, text = "A new inverter for the electric axle", " ".join(words)
    named = features(title, text, {})
    learned = Learned()
    for at in range(60):
        more = {f"word:other{at}x{each}" for each in range(320)}
        learned = with_verdict(learned, named | more, positive=at % 3 == 0)
    jobs: dict[str, Callable[[], object]] = {
        "features + lean": lambda: learn.lean(learned, features(title, "", {})),
        "judge": lambda: learn.judge(learned, title, text),
        "lexicon alone": lambda: score.judge(title, text),
    }
    for name, job in jobs.items():
        best = min(_seconds(job) for _ in range(50))
        print(f"{name:16} {best * 1000:.2f} ms  ({len(learned.counts)} features known)")


def _seconds(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def measure_file(file: Path, options: argparse.Namespace) -> None:
    """Print the curve of one stream."""
    stories = rows(file, text=options.text, rejected=tuple(options.reject))
    trials = [trial(stories, seed, options.order) for seed in range(options.times)]
    untaught = [mean(each[0][at] for each in trials) for at in range(len(MEASURES))]
    kind = "text" if options.text else "titles"
    wants = f", without {' and '.join(options.reject)}" if options.reject else ""
    right = sum(label for _, _, label in stories)
    print(f"{file.name}: {len(stories)} stories, {right} wanted{wants}, {kind}")
    print(f"verdicts in order {options.order}, {options.times} times")
    print("verdicts   AP            AP, ties last   F1")
    for row, wanted in enumerate(VERDICTS):
        found = [mean(each[row][at] for each in trials) for at in range(len(MEASURES))]
        pairs = zip(found, untaught, strict=True)
        cells = (f"{here:.3f} {here - there:+.3f}" for here, there in pairs)
        print(f"{wanted:8}   {'  '.join(cells)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--text", action="store_true", help="titles with their text")
    parser.add_argument("--order", choices=("random", "suggested"), default="random")
    parser.add_argument(
        "--reject", action="append", default=[], help="a kind the reader wants nothing of"
    )
    options = parser.parse_args()
    for file in options.data:
        measure_file(file, options)
    measure_speed()


if __name__ == "__main__":
    main()
