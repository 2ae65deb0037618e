"""Opening a database: made, brought up to date, refused or set aside."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from autotui import store
from autotui.errors import StoreError
from autotui.store import articles, judgements
from autotui.store.migrations import MIGRATIONS
from support import faults


def damaged(path: Path) -> bytes:
    """A database whose first pages were written over."""
    opened = store.open(path)
    opened.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.db.close()
    content = bytearray(path.read_bytes())
    content[100:8192] = b"\x5a" * 8092
    path.write_bytes(content)
    return bytes(content)


def test_a_new_database_is_whole_and_of_the_newest_version(tmp_path: Path) -> None:
    db = store.open(tmp_path / "deep" / "er" / "autotui.db").db
    assert store.check(db) == "ok"
    assert db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    strict = db.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
    own = {row[0]: row[1] for row in strict if not row[0].startswith(("sqlite_", "search"))}
    assert own
    assert set(own.values()) == {1}
    db.close()


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_database_of_an_older_autotui_is_brought_up_to_date_with_all_it_holds(
    tmp_path: Path, version: int
) -> None:
    # Given a database as an older version made it, with a story that is marked and tagged
    path = tmp_path / "autotui.db"
    db = sqlite3.connect(path, isolation_level=None)
    for script in MIGRATIONS[:version]:
        db.executescript(script)
    db.execute(f"PRAGMA user_version = {version}")
    db.execute("INSERT INTO feed (url, added_at) VALUES ('https://x.example/', 0)")
    db.execute(
        "INSERT INTO article (id, feed_id, key, title, url, author, published_at,"
        " seen_at, language, words, completeness, categories, enclosures, hash)"
        " VALUES (1, 1, 'k', 'A title', '', '', 0, 0, '', 2, 'full', '[]', '[]', '')"
    )
    db.execute("INSERT INTO body VALUES (1, 'A title', 'Its text', x'')")
    db.execute("INSERT INTO mark VALUES (1, 1, 1, 0)")
    db.execute("INSERT INTO article_tag VALUES ('keep', 1, 0)")
    db.close()
    # When this version opens it
    db = store.open(path).db
    # Then it is whole, all is there, and the story waits to be judged
    assert store.check(db) == "ok"
    (article,) = articles.some(db, [1])
    assert (article.read, article.starred, article.tags) == (True, True, ("keep",))
    assert articles.told(db, 1) == ("A title", "Its text")
    assert [each.id for each in judgements.waiting(db, 1, 9)] == [1]
    db.close()


def test_a_database_of_a_newer_autotui_is_refused_and_left_as_it_was(
    tmp_path: Path,
) -> None:
    path = tmp_path / "autotui.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE future (x)")
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 7}")
    db.close()
    before = path.read_bytes()

    with pytest.raises(StoreError) as error:
        store.open(path)

    assert str(len(MIGRATIONS) + 7) in str(error.value)
    assert f"version {len(MIGRATIONS)}" in str(error.value)
    assert str(path) in str(error.value)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["autotui.db"]


@pytest.mark.parametrize("kind", ["garbage", "damaged", "text"])
def test_a_damaged_database_is_set_aside_whole_and_a_new_one_begun(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "autotui.db"
    content = {"garbage": b"\x00\xff" * 9000, "text": b"not a database\n" * 99}.get(kind)
    if content is None:
        content = damaged(path)
    path.write_bytes(content)

    opened = store.open(path)

    assert opened.set_aside
    assert opened.set_aside.read_bytes() == content
    assert opened.set_aside.name.startswith("autotui.db.corrupt-")
    assert store.check(opened.db) == "ok"
    opened.db.close()


def test_a_second_damaged_database_does_not_overwrite_the_first(tmp_path: Path) -> None:
    path = tmp_path / "autotui.db"
    kept = []
    for number in range(3):
        content = b"broken %d" % number * 500
        for side in tmp_path.glob("autotui.db-*"):
            side.unlink()
        path.write_bytes(content)
        opened = store.open(path)
        opened.db.close()
        assert opened.set_aside
        kept.append((opened.set_aside, content))
    assert all(aside.read_bytes() == content for aside, content in kept)
    assert len({aside for aside, _ in kept}) == 3


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be made"):
        store.open(tmp_path / "file" / "autotui.db")


def test_a_database_that_is_a_folder_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "autotui.db").mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        store.open(tmp_path / "autotui.db")


def test_many_may_open_a_new_database_at_the_same_moment(tmp_path: Path) -> None:
    path = tmp_path / "autotui.db"
    start, problems = threading.Barrier(8), []

    def open_it() -> None:
        start.wait()
        try:
            store.open(path).db.close()
        except StoreError as error:
            problems.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_a_transaction_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    db = store.open(tmp_path / "autotui.db").db

    def fail() -> None:
        with store.writing(db):
            db.execute("INSERT INTO memory VALUES ('a', 'b')")
            db.execute("INSERT INTO memory VALUES ('a', 'twice')")

    with pytest.raises(sqlite3.IntegrityError):
        fail()
    assert db.execute("SELECT count(*) FROM memory").fetchone()[0] == 0
    assert not db.in_transaction
    db.close()


def test_a_wrong_statement_stays_a_bug_and_a_lock_becomes_words(tmp_path: Path) -> None:
    path = tmp_path / "autotui.db"
    one, other = store.open(path).db, store.open(path).db
    with pytest.raises(sqlite3.OperationalError), store.told(path):
        one.execute("SELECT * FROM nothing")
    other.execute("PRAGMA busy_timeout = 0")
    with (
        store.writing(one),
        pytest.raises(StoreError, match="another program"),
        store.told(path),
        store.writing(other),
    ):
        raise AssertionError("both were writing")
    one.close()
    other.close()


def test_what_the_reader_marked_cannot_be_deleted_with_its_article(tmp_path: Path) -> None:
    db = store.open(tmp_path / "autotui.db").db
    db.execute("INSERT INTO feed (url, added_at) VALUES ('https://x.example/', 0)")
    db.execute(
        "INSERT INTO article (id, feed_id, key, title, url, author, published_at,"
        " seen_at, language, words, completeness, categories, enclosures, hash)"
        " VALUES (1, 1, 'k', 't', '', '', 0, 0, '', 0, 'full', '[]', '[]', '')"
    )
    db.execute("INSERT INTO article_tag VALUES ('keep', 1, 0)")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("DELETE FROM article")
    db.close()


READ = """
import sys
from pathlib import Path
from autotui import store
from autotui.errors import StoreError
opened = store.open(Path(sys.argv[1]))
((_, value),) = opened.db.execute("SELECT * FROM memory")
print(opened.condition.read_only, value)
try:
    with store.told(Path(sys.argv[1])), store.writing(opened.db):
        opened.db.execute("DELETE FROM memory")
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("folder", "file", "killed"),
    [
        (0o555, 0o600, False),
        (0o555, 0o444, False),
        (0o755, 0o444, False),
        (0o555, 0o444, True),
        (0o755, 0o444, True),
    ],
)
def test_what_may_not_be_written_to_is_opened_for_reading(
    tmp_path: Path, folder: int, file: int, *, killed: bool
) -> None:
    # Given a database, and perhaps the log of its last writes beside it
    path = tmp_path / "autotui.db"
    code = (
        "import os, sys; from pathlib import Path; from autotui import store\n"
        "db = store.open(Path(sys.argv[1])).db\n"
        "db.execute(\"INSERT INTO memory VALUES ('a', 'last')\")\n"
    )
    end = "os._exit(0)" if killed else "db.close()"
    subprocess.run([sys.executable, "-c", code + end, str(path)], check=True)
    assert path.with_name("autotui.db-wal").exists() == killed
    path.chmod(file)
    tmp_path.chmod(folder)

    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=faults.without_rights,
    )

    tmp_path.chmod(0o755)
    read_only, told = done.stdout.splitlines()
    assert read_only == "True last"
    assert "may not be written to" in told
