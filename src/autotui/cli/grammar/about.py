"""Commands about autotui itself."""

from autotui.cli.grammar import Add, as_json


def about(command: Add) -> None:
    """Add what tells of autotui."""
    command("demo", "open the reader on a throw-away library; no network, nothing kept")
    keys = command("keys", "list the keys in force")
    keys.add_argument("--markdown", action="store_true", help="as a table in Markdown")
    as_json(keys)
    config = command("config", "show where the config file is, check, show or explain it")
    config.add_argument("what", choices=("path", "check", "show", "reference"))
    as_json(config)
    as_json(command("doctor", "say how autotui is set up, and what is wrong"))
