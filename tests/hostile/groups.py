"""The groups in which the hostile feeds are served: one home and one refresh for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from hostile import bombs, heads, histories, links, parsers, servers, shapes, texts
from hostile.case import Case


@dataclass(frozen=True)
class Group:
    """Some feeds, and how they are asked."""

    name: str
    cases: Sequence[Case]
    config: str = ""
    """What stands under ``[network]`` besides."""
    fetches: int = 1
    full: bool = True
    """Look at the stories' texts too; of long ones that takes longest."""


GROUPS = (
    Group("texts", [*texts.TERMINAL, *texts.SERVER_TEXT, *texts.SCREEN]),
    Group("links", links.LINKS),
    Group(
        "parsers", [*parsers.ENTITIES, *parsers.ENCODINGS, *shapes.DATES, *shapes.SHAPES]
    ),
    Group("bombs", [*bombs.CPU, *bombs.DEPTH]),
    Group(
        "servers",
        [*servers.BOMBS, *heads.HEADS, *heads.REDIRECTS, *heads.STATUS],
        "timeout_seconds = 4\n",
    ),
    # All of them at once, so that their deadlines pass together.
    Group("slow", servers.SLOW, "timeout_seconds = 2\nper_host = 16\n"),
    Group("big", servers.BIG, full=False),
    Group("histories", histories.HISTORIES, fetches=4),
)
CASES = [(group, case) for group in GROUPS for case in group.cases]
