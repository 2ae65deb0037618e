"""Backups are whole whoever writes; a restore leaves the old or the new, never neither."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autotui import files, store
from autotui.errors import BusyError, StoreError
from autotui.model import Subscription
from autotui.store import copies, feeds, schema, tables
from autotui.store.presence import Presence

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)

# Commits pairs for ever: who ever finds one without the other has half a transaction.
WRITER = """
import sys
from pathlib import Path
from autotui import store
from autotui.store import memory
db = store.open(Path(sys.argv[1])).db
for number in range(10**9):
    with store.writing(db):
        memory.remember(db, f"one-{number}", "x" * 2000)
        memory.remember(db, f"two-{number}", "x" * 2000)
    if number == 5:
        print("begun", flush=True)
"""

# Restores, and is killed at the n-th thing it does to a file.
KILLED = """
import os, signal, sys
from pathlib import Path
from autotui.store import copies
left = [int(sys.argv[3])]
def count(event, args):
    if event in ("os.link", "os.rename", "os.remove", "open", "sqlite3.connect"):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
copies.restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def made(path: Path, *names: str) -> Path:
    """A database with a feed of each name."""
    with closing(store.open(path).db) as db:
        for name in names:
            wanted = Subscription(f"https://{name}.example/feed", name)
            feeds.subscribe(db, wanted, typed=True, now=NOW)
    return path


def names(path: Path) -> list[str]:
    with closing(store.open(path).db) as db:
        assert store.check(db) == "ok"
        return [each.title for each in feeds.every(db)]


def backed_up(database: Path, file: Path) -> Path:
    with closing(store.open(database).db) as db, files.replaced(file, over=True) as fresh:
        copies.backup(db, fresh)
    return file


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return made(tmp_path / "autotui.db", "new")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    old = made(tmp_path / "elsewhere" / "autotui.db", "old", "older")
    return backed_up(old, tmp_path / "copy.db")


def test_a_backup_holds_whole_transactions_while_another_process_commits(
    database: Path, tmp_path: Path
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(database)], stdout=subprocess.PIPE
    )
    assert writer.stdout
    assert writer.stdout.readline()
    sizes = []
    try:
        for number in range(5):
            file = backed_up(database, tmp_path / f"{number}.db")
            assert file.stat().st_mode & 0o777 == 0o600
            with closing(sqlite3.connect(file)) as db:
                assert store.check(db) == "ok"
                told = db.execute("SELECT name FROM memory WHERE name LIKE '%-%'")
                found = {row[0] for row in told}
            ones = {each[4:] for each in found if each.startswith("one-")}
            assert ones == {each[4:] for each in found if each.startswith("two-")}
            sizes.append(len(ones))
    finally:
        writer.kill()
        writer.communicate()
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]
    beside = {each.name for each in tmp_path.iterdir() if each.name[0].isdigit()}
    assert beside == {f"{number}.db" for number in range(5)}


def test_a_restore_puts_the_copy_in_place_and_keeps_what_was_there(
    database: Path, copy: Path
) -> None:
    aside = copies.restore(database, copy)
    assert aside is not None
    assert names(database) == ["old", "older"]
    assert names(aside) == ["new"]
    assert "older.example" in (database.parent / "subscriptions.opml").read_text()
    assert database.stat().st_mode & 0o777 == 0o600


def test_whenever_a_restore_is_killed_the_old_or_the_new_is_there_whole(
    tmp_path: Path, copy: Path
) -> None:
    found, number = [], 0
    while True:
        number += 1
        folder = tmp_path / str(number)
        folder.mkdir()
        database = made(folder / "autotui.db", "new")
        # Its newest feed lies in the log alone, as after a kill of the reader.
        with closing(store.open(database).db) as db:
            db.execute("PRAGMA wal_autocheckpoint = 0")
            wanted = Subscription("https://late.example/feed", "late")
            feeds.subscribe(db, wanted, typed=True, now=NOW)
            frozen = {each: each.read_bytes() for each in folder.iterdir()}
        for each, content in frozen.items():
            each.write_bytes(content)
        (folder / "autotui.db-shm").unlink(missing_ok=True)
        command = [sys.executable, "-c", KILLED, str(database), str(copy), str(number)]
        code = subprocess.run(command, check=False).returncode
        found.append(names(database))
        if code != -signal.SIGKILL:
            assert code == 0
            break
    old, new = ["late", "new"], ["old", "older"]
    assert all(each in {tuple(old), tuple(new)} for each in map(tuple, found))
    # Both sides of the moment were met, and a restore after a kill works.
    assert found[0] == old
    assert new in found[:-1]
    assert found == sorted(found)
    assert not list(tmp_path.glob("*/*.restored-*"))


def test_a_database_that_somebody_has_open_is_not_replaced(
    database: Path, copy: Path
) -> None:
    reader = Presence(database)
    with pytest.raises(BusyError, match="another autotui has the database open"):
        copies.restore(database, copy)
    reader.close()
    copies.restore(database, copy)
    assert names(database) == ["old", "older"]


def test_a_copy_of_an_older_autotui_is_brought_up_to_date(
    database: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as db:
        db.executescript(tables.FIRST)
        db.execute("INSERT INTO feed (url, added_at) VALUES ('https://a.example/f', 1)")
        db.execute("PRAGMA user_version = 1")
        db.commit()
    before = old.read_bytes()
    copies.restore(database, old)
    with closing(store.open(database).db) as db:
        assert not schema.is_older(db)
        assert [each.url for each in feeds.every(db)] == ["https://a.example/f"]
    assert old.read_bytes() == before


def _newer(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA user_version = 999")


def _booby_trapped(db: sqlite3.Connection) -> None:
    db.execute("CREATE TRIGGER x AFTER INSERT ON feed BEGIN DELETE FROM mark; END")


def _other(db: sqlite3.Connection) -> None:
    db.execute("DROP TABLE mark")


def _torn(db: sqlite3.Connection) -> None:
    (path,) = [row[2] for row in db.execute("PRAGMA database_list")]
    os.truncate(path, Path(path).stat().st_size // 2)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_newer, "newer autotui"),
        (_booby_trapped, "what is x in it"),
        (_other, "no backup of autotui"),
        (_torn, "malformed|damaged"),
    ],
)
def test_what_is_no_sound_copy_is_refused_and_nothing_is_changed(
    database: Path, copy: Path, spoil: Callable[[sqlite3.Connection], None], words: str
) -> None:
    with closing(sqlite3.connect(copy)) as db:
        spoil(db)
    with pytest.raises(StoreError, match=words):
        copies.restore(database, copy)
    assert names(database) == ["new"]
    assert not list(database.parent.glob("autotui.db.*"))


def test_a_damaged_database_is_replaced_and_kept_too(database: Path, copy: Path) -> None:
    database.write_bytes(b"lost" * 5_000)
    aside = copies.restore(database, copy)
    assert aside is not None
    assert aside.read_bytes().startswith(b"lost")
    assert names(database) == ["old", "older"]


def test_a_backup_writes_over_nothing_and_leaves_no_half_behind(
    database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.db"
    file.write_text("precious")
    with pytest.raises(FileExistsError), files.replaced(file, over=False):
        pass
    # Nor over what comes while it is written
    late = tmp_path / "mine-too.db"
    with pytest.raises(FileExistsError), files.replaced(late, over=False):
        late.write_text("precious")
    assert late.read_text() == "precious"
    db = store.open(database).db
    db.close()
    with pytest.raises(sqlite3.Error), files.replaced(file, over=True) as fresh:
        copies.backup(db, fresh)
    assert file.read_text() == "precious"
    assert not list(tmp_path.glob(".mine*"))
