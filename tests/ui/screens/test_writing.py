"""Writing files from the reader: all feeds, and what is listed."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from autotui.ui.screens.main import MainScreen
from support.homes import Home
from ui.screens.reader import Reader


async def typed(reader: Reader, action: str, file: str | Path) -> None:
    """Run an action that asks for a file, and type one."""
    await reader.main.run_action(action)
    await reader.settle()
    await reader.press("ctrl+u")
    await reader.type(str(file))
    await reader.press("enter")
    await reader.until(lambda: not reader.main.state)


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text("utf-8").splitlines()))


async def test_all_feeds_are_written_to_a_file_that_is_not_overwritten_unasked(
    reader: Reader, home: Home
) -> None:
    file = home.folder / "out.opml"
    await typed(reader, "export_opml", file)
    assert reader.notes == [f"Wrote 2 feeds to {file}."]
    assert file.read_bytes().count(b"xmlUrl") == 2

    file.write_text("mine")
    for key, kept in (("escape", True), ("y", False)):
        await typed(reader, "export_opml", file)
        assert "Replace it?" in reader.text
        await reader.press(key)
        assert (file.read_text() == "mine") is kept
    assert [each.name for each in home.folder.glob("*out.opml*")] == ["out.opml"]


@pytest.mark.parametrize("action", ["export_opml", "export_list"])
@pytest.mark.parametrize("name", ["/no/such/folder/x.csv", "/", "/tmp/\0/x.csv"])
async def test_a_file_that_cannot_be_written_is_told(
    reader: Reader, action: str, name: str
) -> None:
    await reader.main.run_action(action)
    await reader.settle()

    reader.screen.dismiss(name)

    await reader.until(lambda: reader.notes)
    (note,) = reader.notes
    assert "cannot be written" in note
    assert isinstance(reader.screen, MainScreen)


async def test_a_list_is_not_written_over_a_file_unasked(
    reader: Reader, home: Home
) -> None:
    file = home.folder / "mine.csv"
    file.write_text("mine")

    await typed(reader, "export_list", file)
    await reader.until(lambda: "Replace it?" in reader.text)
    assert file.read_text() == "mine"
    await reader.press("y")

    await reader.until(lambda: reader.notes)
    assert len(rows(file)) == len(reader.main.listing.ids)


async def test_what_is_listed_is_written_in_the_form_of_the_files_ending(
    reader: Reader, home: Home
) -> None:
    # Given a list of two: those that have a star
    await reader.press("s", "j", "s", "3")
    titles = set(reader.titles)
    assert len(titles) == 2

    # When they are written in each form
    files = [home.folder / f"out.{ending}" for ending in ("csv", "jsonl", "md", "EPUB")]
    for file in files:
        await typed(reader, "export_list", file)
        await reader.until(file.exists)

    # Then each file holds just those two
    table, lines, text, book = files
    assert {row["title"] for row in rows(table)} == titles
    assert {json.loads(one)["title"] for one in lines.read_text().splitlines()} == titles
    assert all(title in text.read_text() for title in titles)
    with zipfile.ZipFile(book) as opened:
        contents = opened.read("EPUB/nav.xhtml").decode()
    assert all(title in contents for title in titles)
    assert reader.notes[-1] == f"Wrote 2 stories to {book}."
