"""Commands about stories, the rules for them, and their tags."""

import argparse

from autotui.cli.grammar import IDS_HELP, QUERY_HELP, Add, as_json, count, sentence
from autotui.tags import COLOURS


def stories(command: Add) -> None:
    """Add what is done with stories."""
    stories = command("list", "list stories, newest first")
    stories.add_argument("query", nargs="*", metavar="QUERY", help=QUERY_HELP)
    stories.add_argument(
        "--limit", type=count, default=50, metavar="N", help="0 is all; default 50"
    )
    stories.add_argument("--full", action="store_true", help="with text and links")
    as_json(stories)
    show = command("show", "print one story as it would be read")
    show.add_argument("id", type=int, metavar="ID")
    show.add_argument("--markdown", action="store_true", help="as Markdown")
    as_json(show)
    brief = command("brief", "tell what happened, by component, as Markdown")
    brief.add_argument("query", nargs="*", metavar="QUERY", help=QUERY_HELP)
    brief.add_argument(
        "--since",
        default="24h",
        metavar="WHEN",
        help="a span such as 24h or 7d, counted back from the newest story there is and "
        "not from now, or a day such as 2019-06-05; default 24h",
    )
    mark = command("mark", "mark stories")
    mark.add_argument("targets", nargs="+", metavar="ID|QUERY", help=IDS_HELP)
    marks = mark.add_mutually_exclusive_group(required=True)
    for name in ("read", "unread", "star", "unstar", "later", "not-later"):
        marks.add_argument(f"--{name}", dest="mark", action="store_const", const=name)
    as_json(mark)
    tag = command("tag", "set (+NAME) and take (-NAME) tags")
    tag.add_argument("targets", nargs="+", metavar="ID|QUERY|+NAME|-NAME", help=IDS_HELP)
    as_json(tag)


def rules(command: Add) -> None:
    """Add what is done with rules."""
    verb = _verbs(
        command("rules", "list rules, which act by themselves on stories as they come")
    )
    for name, text in (
        ("add", "add a rule: autotui rules add inverters name:inverter +inverter --star"),
        ("preview", "list what a rule would change: its name, or a query and actions"),
    ):
        made = verb(name, text)
        if name == "add":
            made.add_argument("name", metavar="NAME")
        made.add_argument("query", nargs="+", metavar="QUERY|+TAG", help=QUERY_HELP)
        for action, told in (("star", "star"), ("later", "keep"), ("read", "mark read")):
            made.add_argument(f"--{action}", action="store_true", help=f"{told} them")
    for name, text in (
        ("remove", "remove a rule; what it did stays"),
        ("enable", "run a rule from now on"),
        ("disable", "run a rule no more"),
        ("apply", "do to all stories there are what a rule does, in one step"),
    ):
        verb(name, text).add_argument("name", metavar="NAME")


def tags(command: Add) -> None:
    """Add what is done with tags themselves."""
    verb = _verbs(command("tags", "list your tags, with how many stories carry each"))
    for name, text, one, other in (
        ("rename", "call a tag otherwise, in queries and rules too", "OLD", "NEW"),
        ("merge", "make one tag of two, which has the second name", "A", "B"),
    ):
        made = verb(name, f"{text}, with all below it")
        made.add_argument("name", metavar=one)
        made.add_argument("other", metavar=other)
    text = "take a tag, and all below it, from all stories; rules set it no more"
    verb("delete", text).add_argument("name", metavar="NAME")
    colour = verb("colour", "give a tag a colour, or none")
    colour.add_argument("name", metavar="NAME")
    colours = (*COLOURS, "none")
    colour.add_argument(
        "colour", choices=colours, metavar="COLOUR", help=", ".join(colours)
    )


def _verbs(parser: argparse.ArgumentParser) -> Add:
    """Let a command be a listing, and have verbs."""
    as_json(parser)
    verbs = parser.add_subparsers(dest="what", metavar="WHAT")

    def verb(name: str, text: str) -> argparse.ArgumentParser:
        found = verbs.add_parser(name, help=text, description=sentence(text))
        as_json(found)
        return found

    return verb
