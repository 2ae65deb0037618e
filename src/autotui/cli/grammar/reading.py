"""Commands that read stories: their pages, and what they say of drivetrains."""

import argparse
from typing import Final

from autotui.cli.grammar import IDS_HELP, Add, as_json, count, file

_JSONL_HELP: Final = "standard input without"


def pages(command: Add) -> None:
    """Add what is done with stories' pages."""
    full = command("fetch-full", "fetch the full text of stories for reading offline")
    full.add_argument("targets", nargs="*", metavar="ID|QUERY", help=IDS_HELP)
    full.add_argument("--due", action="store_true", help="those that their feeds cut off")
    full.add_argument(
        "--force",
        action="store_true",
        help="also what is here, or was refused, and whatever robots.txt says",
    )
    as_json(full)
    extract = command("extract", "give the story on a page, without the page")
    extract.add_argument(
        "page", nargs="?", metavar="FILE|URL", help="'-' is standard input"
    )
    extract.add_argument("--url", metavar="URL", help="the address of a page in a file")
    extract.add_argument(
        "--feed-text", type=file, metavar="FILE", help="what the feed gave of the story"
    )
    form = extract.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON value")
    form.add_argument(
        "--jsonl",
        action="store_true",
        help="read pages, a JSON object with id, html and url a line; answer in order",
    )


def drivetrain(command: Add) -> None:
    """Add what is done with suggestions."""
    suggest = command(
        "suggest", "list stories that may be about EV drivetrains, best first"
    )
    for verb, text in (
        ("accept", "tag these as suggested"),
        ("reject", "say that it is wrong"),
    ):
        suggest.add_argument(
            f"--{verb}", type=int, nargs="+", default=[], metavar="ID", help=text
        )
    _tag(suggest)
    suggest.add_argument(
        "--limit", type=count, default=50, metavar="N", help="0 is all; default 50"
    )
    as_json(suggest)
    judge = command("judge", "judge stories given as JSON lines with title and text")
    judge.add_argument("file", type=file, nargs="?", metavar="FILE", help=_JSONL_HELP)
    judge.add_argument("--learned", action="store_true", help="with what you taught it")
    judge.add_argument(
        "--evaluate",
        action="store_true",
        help="compare with the label (true or false) of each line",
    )
    as_json(judge)
    learned = command("learned", "show what your tags taught it")
    _tag(learned)
    learned.add_argument("--reset", action="store_true", help="forget it all")
    learned.add_argument("--apply", action="store_true", help="judge what waits for it now")
    as_json(learned)


def _tag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tag", default="ev-drivetrain", metavar="NAME", help="another tag of yours"
    )
