"""Commands about autotui itself."""

from pathlib import Path

from autotui.cli.grammar import Add, as_json, port


def about(command: Add) -> None:
    """Add what tells of autotui."""
    command("demo", "open the reader on a throw-away library; no network, nothing kept")
    serve = command("serve", "open the reader in a browser on this machine")
    serve.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="another of this machine's addresses; nothing is encrypted on the way",
    )
    serve.add_argument(
        "--port", type=port, default=0, metavar="N", help="default: one that is free"
    )
    keys = command("keys", "list the keys in force")
    keys.add_argument("--markdown", action="store_true", help="as a table in Markdown")
    as_json(keys)
    config = command("config", "show where the config file is, check, show or explain it")
    config.add_argument("what", choices=("path", "check", "show", "reference"))
    as_json(config)
    alone = command("unattended", "tell how to refresh by cron, or by a timer of systemd")
    alone.add_argument(
        "what", nargs="?", choices=("service", "timer"), help="print this unit"
    )
    as_json(alone)
    as_json(command("doctor", "say how autotui is set up, and what is wrong"))
    completion = command("completion", "print what makes a shell complete these commands")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    command("man", "show the man page; roff where the output is no terminal")


def keeping(command: Add) -> None:
    """Add what keeps the database well."""
    tidy = command("maintenance", "check the database, let old texts go, close its gaps")
    tidy.add_argument(
        "--dry-run", action="store_true", help="tell what would go, and change nothing"
    )
    as_json(tidy)
    copy = command("backup", "copy the database to a file, also while it is in use")
    copy.add_argument("file", type=Path, metavar="FILE")
    copy.add_argument("--force", action="store_true", help="replace a file that is there")
    as_json(copy)
    back = command("restore", "put a backup in the database's place; that is kept aside")
    back.add_argument("file", type=Path, metavar="FILE")
    as_json(back)
