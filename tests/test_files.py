"""Files that the reader named: whole or not at all."""

from pathlib import Path

import pytest

from autotui import files
from autotui.errors import OutputError, TakenError


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("old")
    with pytest.raises(TakenError), files.whole(file) as opened:
        opened.write(b"new")
    assert file.read_text() == "old"
    with files.whole(file, over=True) as opened:
        opened.write(b"new")
    assert (file.read_text(), names(tmp_path)) == ("new", ["a.csv"])


def fail_halfway(file: Path, *, over: bool) -> None:
    with files.whole(file, over=over) as opened:
        opened.write(b"half")
        raise KeyError


def lose_the_name(file: Path) -> None:
    with files.whole(file) as opened:
        opened.write(b"ours")
        file.write_text("theirs")


def test_what_is_not_written_to_its_end_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with pytest.raises(KeyError):
        fail_halfway(file, over=False)
    assert names(tmp_path) == []
    file.write_text("old")
    with pytest.raises(KeyError):
        fail_halfway(file, over=True)
    assert (file.read_text(), names(tmp_path)) == ("old", ["a.csv"])


def test_a_name_that_somebody_takes_meanwhile_is_theirs(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with pytest.raises(TakenError):
        lose_the_name(file)
    assert (file.read_text(), names(tmp_path)) == ("theirs", ["a.csv"])


def test_a_link_that_waits_there_is_not_followed(tmp_path: Path) -> None:
    link = tmp_path / "a.csv"
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(TakenError), files.whole(link):
        pass
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("name", ["no/such/folder", ".", "a\0b"])
def test_what_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(OutputError, match="cannot be written"),
        files.whole(tmp_path / name),
    ):
        pass
