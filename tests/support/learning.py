"""Verdicts as the store counts them, without one."""

from collections.abc import Iterable

from autotui.drivetrain.learned import Learned


def with_verdict(
    learned: Learned, features: Iterable[str], *, positive: bool, times: int = 1
) -> Learned:
    """Add a verdict on a story with these features, given so many times."""
    yes, no = (times, 0) if positive else (0, times)
    counts = dict(learned.counts)
    for name in features if times else ():
        accepted, rejected = counts.get(name, (0, 0))
        counts[name] = (accepted + yes, rejected + no)
    return Learned(learned.accepted + yes, learned.rejected + no, counts)
