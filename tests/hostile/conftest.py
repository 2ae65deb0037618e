"""Each group's siege is laid once, also where several processes share the tests."""

import fcntl
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from functools import cache

import pytest

from hostile import siege
from hostile.groups import GROUPS, Group
from hostile.siege import Outcome

Besieged = Callable[[str], Outcome]


@pytest.fixture(scope="session")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Besieged:
    """Give what came of a group, by its name."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    groups = {group.name: group for group in GROUPS}

    def laid(group: Group) -> Outcome:
        return siege.lay(shared / f"home-{group.name}", group)

    @cache
    def outcome(name: str) -> Outcome:
        kept = shared / f"siege-{name}.json"
        with (shared / f"siege-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                kept.write_text(json.dumps(asdict(laid(groups[name]))), encoding="utf-8")
        return Outcome(**json.loads(kept.read_text(encoding="utf-8")))

    return outcome
