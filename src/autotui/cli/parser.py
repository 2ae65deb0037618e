"""The grammar of the command line, and nothing that it does."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NoReturn

_QUERY_HELP: Final = "words, or tests such as is:unread tag:inverter since:7d"
_JSONL_HELP: Final = "standard input without"
_IDS_HELP: Final = "ids of stories, or a query"


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; wrong ones end the program with exit code 2 and one line."""
    # Not as defaults: those of a command would overwrite what stands before it.
    found = argparse.Namespace(
        home=None, config=None, child=False, version=False, command=None
    )
    # Seventeen commands take 8 ms to describe: the reader opens without.
    options, rest = _places().parse_known_args(arguments, found)
    if not rest:
        return options
    return _parser().parse_args([_shielded(each) for each in arguments], found)


def _shielded(argument: str) -> str:
    """Keep ``-word`` from being read as an option: there are none of that form.

    argparse takes what holds a space for no option, and a query ignores the space.
    """
    one_dash = argument.startswith("-") and not argument.startswith("--")
    return f" {argument}" if one_dash and argument not in {"-", "-h"} else argument


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where to read more."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see '{self.prog} --help'\n")


def _places() -> "_Parser":
    places = _Parser(prog="autotui", add_help=False, argument_default=argparse.SUPPRESS)
    places.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        help="keep config, database and log under DIR",
    )
    places.add_argument("--config", type=Path, metavar="FILE", help="read this config file")
    places.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return places


def _parser() -> argparse.ArgumentParser:
    places = _places()
    parser = _Parser(
        prog="autotui",
        description="A terminal news reader for people who follow cars, and above all the "
        "electric drivetrain. Without a command the reader opens.",
        parents=[places],
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name, help=text, description=_sentence(text), parents=[places]
        )

    for family in (_feeds, _exchange, _stories, _rules, _pages, _drivetrain, _about):
        family(command)
    return parser


_Add = Callable[[str, str], argparse.ArgumentParser]


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _json(parser: argparse.ArgumentParser) -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON value")
    form.add_argument("--jsonl", action="store_true", help="print a JSON object a line")


def _feeds(command: _Add) -> None:
    add = command("add", "subscribe to a feed, or to the feed that a page names")
    add.add_argument("url", metavar="URL")
    add.add_argument("--folder", default="", metavar="F", help="put it into this folder")
    add.add_argument("--title", default="", metavar="T", help="call it so")
    add.add_argument("--first", action="store_true", help="take the first of several feeds")
    _json(add)
    remove = command("remove", "remove a feed; its stories and marks can come back")
    remove.add_argument("feed", metavar="FEED", help="its id or address")
    _json(remove)
    _edit(command)
    feeds = command("feeds", "list the feeds")
    feeds.add_argument("--health", action="store_true", help="how they do, the worst first")
    _json(feeds)
    refresh = command("refresh", "ask the feeds that are due")
    refresh.add_argument("feeds", nargs="*", metavar="FEED", help="ask these feeds now")
    refresh.add_argument("--force", action="store_true", help="ask all feeds now")
    _json(refresh)


def _edit(command: _Add) -> None:
    edit = command("edit", "change a feed: title, folder, address, interval and more")
    edit.add_argument("feed", metavar="FEED", help="its id or address")
    edit.add_argument("--title", metavar="T", help="'' is the publisher's own title")
    edit.add_argument("--folder", metavar="F", help="'' is no folder")
    edit.add_argument("--url", metavar="URL", help="its stories stay")
    edit.add_argument(
        "--full-text",
        choices=("auto", "always", "never"),
        help="fetch the pages of its stories; auto: of those that it cuts off",
    )
    edit.add_argument(
        "--selector",
        action="append",
        metavar="CSS",
        help="where the story is on its pages; may be repeated, '' is by itself",
    )
    edit.add_argument(
        "--every", type=_count, metavar="MIN", help="ask it so often; 0: as stories come"
    )
    edit.add_argument(
        "--keep-days",
        type=_count,
        metavar="N",
        help="let texts of stories that were read go after N days; 0: never",
    )
    mute = edit.add_mutually_exclusive_group()
    mute.add_argument(
        "--mute", dest="muted", action="store_true", help="show it in its own row alone"
    )
    mute.add_argument(
        "--unmute", dest="muted", action="store_false", help="show it everywhere again"
    )
    edit.set_defaults(muted=None)
    _json(edit)


def _exchange(command: _Add) -> None:
    bring = command("import", "subscribe to what an OPML file lists")
    bring.add_argument("file", type=_file, metavar="FILE", help="'-' is standard input")
    bring.add_argument("--dry-run", action="store_true", help="tell, and change nothing")
    _json(bring)
    export = command("export", "write all subscriptions, or the stories that a query finds")
    export.add_argument("query", nargs="*", metavar="QUERY", help=_QUERY_HELP)
    form = export.add_mutually_exclusive_group()
    form.add_argument(
        "--opml", action="store_true", help="subscriptions as OPML, the default"
    )
    form.add_argument("--csv", action="store_true", help="stories, a row each")
    form.add_argument(
        "--jsonl", action="store_true", help="stories, with all that is known"
    )


def _stories(command: _Add) -> None:
    stories = command("list", "list stories, newest first")
    stories.add_argument("query", nargs="*", metavar="QUERY", help=_QUERY_HELP)
    stories.add_argument(
        "--limit", type=_count, default=50, metavar="N", help="0 is all; default 50"
    )
    stories.add_argument("--full", action="store_true", help="with text and links")
    _json(stories)
    show = command("show", "print one story as it would be read")
    show.add_argument("id", type=int, metavar="ID")
    show.add_argument("--markdown", action="store_true", help="as Markdown")
    _json(show)
    mark = command("mark", "mark stories")
    mark.add_argument("targets", nargs="+", metavar="ID|QUERY", help=_IDS_HELP)
    marks = mark.add_mutually_exclusive_group(required=True)
    for name in ("read", "unread", "star", "unstar", "later", "not-later"):
        marks.add_argument(f"--{name}", dest="mark", action="store_const", const=name)
    _json(mark)
    tag = command("tag", "set (+NAME) and take (-NAME) tags")
    tag.add_argument("targets", nargs="+", metavar="ID|QUERY|+NAME|-NAME", help=_IDS_HELP)
    _json(tag)


def _rules(command: _Add) -> None:
    rules = command("rules", "list rules, which act by themselves on stories as they come")
    _json(rules)
    verbs = rules.add_subparsers(dest="what", metavar="WHAT")

    def verb(name: str, text: str) -> argparse.ArgumentParser:
        found = verbs.add_parser(name, help=text, description=_sentence(text))
        _json(found)
        return found

    for name, text in (
        ("add", "add a rule: autotui rules add inverters name:inverter +inverter --star"),
        ("preview", "list what a rule would change: its name, or a query and actions"),
    ):
        made = verb(name, text)
        if name == "add":
            made.add_argument("name", metavar="NAME")
        made.add_argument("query", nargs="+", metavar="QUERY|+TAG", help=_QUERY_HELP)
        for action, told in (("star", "star"), ("later", "keep"), ("read", "mark read")):
            made.add_argument(f"--{action}", action="store_true", help=f"{told} them")
    for name, text in (
        ("remove", "remove a rule; what it did stays"),
        ("enable", "run a rule from now on"),
        ("disable", "run a rule no more"),
        ("apply", "do to all stories there are what a rule does, in one step"),
    ):
        verb(name, text).add_argument("name", metavar="NAME")


def _pages(command: _Add) -> None:
    full = command("fetch-full", "fetch the full text of stories for reading offline")
    full.add_argument("targets", nargs="*", metavar="ID|QUERY", help=_IDS_HELP)
    full.add_argument("--due", action="store_true", help="those that their feeds cut off")
    full.add_argument(
        "--force",
        action="store_true",
        help="also what is here, or was refused, and whatever robots.txt says",
    )
    _json(full)
    extract = command("extract", "give the story on a page, without the page")
    extract.add_argument(
        "page", nargs="?", metavar="FILE|URL", help="'-' is standard input"
    )
    extract.add_argument("--url", metavar="URL", help="the address of a page in a file")
    extract.add_argument(
        "--feed-text", type=_file, metavar="FILE", help="what the feed gave of the story"
    )
    form = extract.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON value")
    form.add_argument(
        "--jsonl",
        action="store_true",
        help="read pages, a JSON object with id, html and url a line; answer in order",
    )


def _drivetrain(command: _Add) -> None:
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
        "--limit", type=_count, default=50, metavar="N", help="0 is all; default 50"
    )
    _json(suggest)
    judge = command("judge", "judge stories given as JSON lines with title and text")
    judge.add_argument("file", type=_file, nargs="?", metavar="FILE", help=_JSONL_HELP)
    judge.add_argument("--learned", action="store_true", help="with what you taught it")
    judge.add_argument(
        "--evaluate",
        action="store_true",
        help="compare with the label (true or false) of each line",
    )
    _json(judge)
    learned = command("learned", "show what your tags taught it")
    _tag(learned)
    learned.add_argument("--reset", action="store_true", help="forget it all")
    learned.add_argument("--apply", action="store_true", help="judge what waits for it now")
    _json(learned)


def _tag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tag", default="ev-drivetrain", metavar="NAME", help="another tag of yours"
    )


def _about(command: _Add) -> None:
    command("demo", "open the reader on a throw-away library; no network, nothing kept")
    keys = command("keys", "list the keys in force")
    keys.add_argument("--markdown", action="store_true", help="as a table in Markdown")
    _json(keys)
    config = command("config", "show where the config file is, check, show or explain it")
    config.add_argument("what", choices=("path", "check", "show", "reference"))
    _json(config)
    _json(command("doctor", "say how autotui is set up, and what is wrong"))


def _file(text: str) -> Path:
    return Path("/dev/stdin") if text.strip() == "-" else Path(text).expanduser()


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number
