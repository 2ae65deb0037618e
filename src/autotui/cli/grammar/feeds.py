"""Commands about feeds, and what goes in and out."""

from autotui.cli.grammar import QUERY_HELP, Add, as_json, count, file, place


def feeds(command: Add) -> None:
    """Add what is done with feeds."""
    add = command("add", "subscribe to a feed, or to the feed that a page names")
    add.add_argument(
        "url", metavar="URL", help="'-' reads it from standard input, as for a password"
    )
    add.add_argument("--folder", default="", metavar="F", help="put it into this folder")
    add.add_argument("--title", default="", metavar="T", help="call it so")
    add.add_argument("--first", action="store_true", help="take the first of several feeds")
    as_json(add)
    remove = command("remove", "remove a feed; its stories and marks can come back")
    remove.add_argument("feed", metavar="FEED", help="its id or address")
    as_json(remove)
    _edit(command)
    feeds = command("feeds", "list the feeds")
    feeds.add_argument("--health", action="store_true", help="how they do, the worst first")
    as_json(feeds)
    refresh = command("refresh", "ask the feeds that are due")
    refresh.add_argument("feeds", nargs="*", metavar="FEED", help="ask these feeds now")
    refresh.add_argument("--force", action="store_true", help="ask all feeds now")
    as_json(refresh)


def _edit(command: Add) -> None:
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
        "--every", type=count, metavar="MIN", help="ask it so often; 0: as stories come"
    )
    edit.add_argument(
        "--keep-days",
        type=count,
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
    as_json(edit)


def exchange(command: Add) -> None:
    """Add what brings feeds in, and takes feeds and stories out."""
    bring = command(
        "import", "subscribe to what an OPML file lists, or move in from newsboat"
    )
    bring.add_argument(
        "file", nargs="?", type=file, metavar="FILE", help="OPML; '-' is standard input"
    )
    bring.add_argument(
        "--newsboat",
        nargs="?",
        type=file,
        const=True,
        metavar="DIR",
        help="bring feeds, stories and their marks from newsboat's urls and cache.db",
    )
    bring.add_argument(
        "--star", metavar="FLAGS", help="newsboat's flags that mean a star; default s"
    )
    bring.add_argument("--dry-run", action="store_true", help="tell, and change nothing")
    as_json(bring)
    _export(command)


def _export(command: Add) -> None:
    export = command("export", "write all subscriptions, or the stories that a query finds")
    export.add_argument("query", nargs="*", metavar="QUERY", help=QUERY_HELP)
    form = export.add_mutually_exclusive_group()
    form.add_argument(
        "--opml", action="store_true", help="subscriptions as OPML, the default"
    )
    form.add_argument(
        "--csv",
        action="store_true",
        help="stories, a row each, with names and figures as columns; an apostrophe stands "
        "before a cell that a spreadsheet would take for a formula (= + - @)",
    )
    form.add_argument(
        "--jsonl", action="store_true", help="stories, with all that is known, a line each"
    )
    form.add_argument(
        "--markdown", action="store_true", help="stories, with YAML front matter each"
    )
    form.add_argument(
        "--epub",
        type=place,
        metavar="FILE",
        help="stories as a book for e-readers, a chapter each; pictures that are kept here "
        "come with them",
    )
    export.add_argument(
        "--to",
        type=place,
        metavar="PATH",
        help="write stories to this file; of --markdown, unless PATH ends in .md, into "
        "this folder, a file a story",
    )
    export.add_argument("--title", metavar="T", help="of a book; by itself it is the query")
    export.add_argument(
        "--force", action="store_true", help="replace files that are there already"
    )
