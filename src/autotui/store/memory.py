"""What the app remembers from one run to the next; settings are the reader's file."""

from autotui.store import Connection


def recall(db: Connection, name: str) -> str:
    """Give what was remembered under ``name``, else ``""``."""
    row = db.execute("SELECT value FROM memory WHERE name = ?", (name,)).fetchone()
    return str(row["value"]) if row else ""


def remember(db: Connection, name: str, value: str) -> None:
    """Keep a value under ``name``."""
    db.execute(
        "INSERT INTO memory VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        (name, value),
    )
