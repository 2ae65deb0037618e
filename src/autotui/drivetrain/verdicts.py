"""The reader's verdicts, counted by what the stories have.

What belongs here: how verdicts are counted, taken back, written and read; what the counts
are worth in a judgement does not. Counts know no order and no time: the same verdicts
always come to the same.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Final

from autotui.drivetrain import words

MAX_FEATURES: Final = 20_000
"""Of words and cues together; beyond them the rarest are forgotten."""

Counts = tuple[int, int]
"""How many verdicts for the tag, and how many against."""

_MOST: Final = 10**9


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known of the reader's verdicts on one tag; empty, it changes nothing."""

    accepted: int = 0
    rejected: int = 0
    counts: Mapping[str, Counts] = field(default_factory=dict)
    """By the name of a feature, as in ``words``; none is (0, 0)."""


def with_verdict(
    learned: Learned, features: Iterable[str], *, positive: bool, times: int = 1
) -> Learned:
    """Add a verdict on a story with these features, given so many times.

    Raises ValueError if ``times`` is below 0.
    """
    return _counted(learned, frozenset(features), _step(positive=positive, times=times))


def without_verdict(
    learned: Learned, features: Iterable[str], *, positive: bool, times: int = 1
) -> Learned:
    """Take a verdict back: what is left is as if it had never been given.

    Only features forgotten for want of room do not come back. Raises ValueError if
    ``times`` is below 0.
    """
    accepted, rejected = _step(positive=positive, times=times)
    return _counted(learned, frozenset(features), (-accepted, -rejected))


def dump(learned: Learned) -> str:
    """Write as JSON; the same counts always give the same characters."""
    return json.dumps(
        {
            "accepted": learned.accepted,
            "rejected": learned.rejected,
            "counts": dict(sorted(learned.counts.items())),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def load(text: str) -> Learned:
    """Read what ``dump`` wrote; raise ValueError saying what is wrong with it."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"what was learned is no JSON: {error}") from error
    if not isinstance(read, dict) or set(read) != {"accepted", "rejected", "counts"}:
        raise ValueError("what was learned needs accepted, rejected and counts, only these")
    counts = read["counts"]
    if not isinstance(counts, dict) or len(counts) > MAX_FEATURES:
        raise ValueError(f"counts is no table of at most {MAX_FEATURES} features")
    return Learned(
        _count(read["accepted"], "accepted"),
        _count(read["rejected"], "rejected"),
        {name: _pair(pair, name) for name, pair in counts.items()},
    )


def _step(*, positive: bool, times: int) -> Counts:
    if times < 0:
        raise ValueError(f"a verdict cannot be given {times} times")
    return (times, 0) if positive else (0, times)


def _counted(learned: Learned, features: frozenset[str], step: Counts) -> Learned:
    counts = dict(learned.counts)
    for name in features:
        accepted, rejected = counts.get(name, (0, 0))
        pair = (max(0, accepted + step[0]), max(0, rejected + step[1]))
        if any(pair):
            counts[name] = pair
        else:
            counts.pop(name, None)
    excess = len(counts) - MAX_FEATURES
    # Of equally rare ones those just met stay, else no new word could ever get in.
    for name in nsmallest(
        excess, counts, lambda name: (sum(counts[name]), name in features, name)
    ):
        del counts[name]
    accepted = max(0, learned.accepted + step[0])
    return Learned(accepted, max(0, learned.rejected + step[1]), counts)


def _count(value: object, name: str) -> int:
    # A bool is an int to Python, but no count.
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise ValueError(f"{name!r}: {str(value)[:40]!r} is no count from 0 to {_MOST}")
    return value


def _pair(value: object, name: str) -> Counts:
    if not name.startswith((words.CUE, words.TITLE, words.TEXT)):
        raise ValueError(f"{name!r} is no feature: it starts with cue:, title: or word:")
    if not isinstance(value, list) or len(value) != len(("for", "against")):
        raise ValueError(f"{name!r}: {str(value)[:40]!r} is no pair of counts")
    accepted, rejected = (_count(each, name) for each in value)
    if not accepted + rejected:
        raise ValueError(f"{name!r} was never met; leave it out")
    return accepted, rejected
