import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import Color
from rich.segment import Segment
from textual.pilot import Pilot
from textual.widget import Widget

from autotui.document import Document
from autotui.ui.typeset import Story
from autotui.ui.widgets.metadata import Metadata
from autotui.ui.widgets.picture import MAX_ROWS, drawn
from support import photos
from ui.stage import Stage, article, segments, widths


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo whose left half is red, whose right half is blue."""
    return saved(tmp_path / "photo.jpg", 800, 400)


def saved(file: Path, width: int, height: int) -> Path:
    file.write_bytes(photos.encoded(photos.halves(width, height), "JPEG"))
    return file


def size(file: Path, columns: int) -> tuple[int, int]:
    lines = drawn(file, columns)
    (width,) = {line.cell_length for line in lines}
    assert all(line.text == "▀" * width for line in lines)
    return width, len(lines)


def colours(cell: Segment) -> tuple[Color | None, Color | None]:
    assert cell.style is not None
    return cell.style.color, cell.style.bgcolor


def is_red(colour: Color | None) -> bool:
    assert colour is not None
    red, green, blue = colour.get_truecolor()
    return red > 200 and green < 60 and blue < 60


@pytest.mark.parametrize(
    ("photo_size", "columns", "wanted"),
    [
        ((800, 400), 32, (32, 8)),
        ((800, 400), 100, (48, MAX_ROWS)),
        ((400, 800), 32, (12, MAX_ROWS)),
        ((800, 800), 3, (3, 2)),
        ((800, 1), 30, (30, 1)),
        ((1, 800), 30, (1, MAX_ROWS)),
        ((2, 2), 1, (1, 1)),
    ],
)
def test_a_picture_keeps_its_shape_in_cells_twice_as_high_as_wide(
    tmp_path: Path, photo_size: tuple[int, int], columns: int, wanted: tuple[int, int]
) -> None:
    assert size(saved(tmp_path / "p.jpg", *photo_size), columns) == wanted


def test_each_cell_has_two_pixels_one_above_the_other(tmp_path: Path) -> None:
    upright = photos.halves(800, 800).rotate(-90)  # red above, blue below
    file = tmp_path / "p.jpg"
    file.write_bytes(photos.encoded(upright, "JPEG"))
    (line,) = drawn(file, 2)
    assert [is_red(each) for each in colours(next(iter(line)))] == [True, False]


@pytest.mark.parametrize("content", [b"", b"no picture", photos.photo()[:200]])
def test_what_cannot_be_read_gives_no_lines(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "p.jpg"
    assert drawn(file, 30) == ()
    file.write_bytes(content)
    assert drawn(file, 30) == ()


@given(st.integers(1, 900), st.integers(1, 900), st.integers(1, 120))
@settings(max_examples=60, deadline=None)
def test_no_picture_is_larger_than_its_room(width: int, height: int, columns: int) -> None:
    with TemporaryDirectory() as folder:
        shown = size(saved(Path(folder, "p.jpg"), width, height), columns)
    assert shown[0] <= columns
    assert shown[1] <= MAX_ROWS


async def test_the_picture_stands_above_the_text_and_scrolls_with_it(photo: Path) -> None:
    metadata = Metadata()
    metadata.story = Story(article(categories=("word",) * 300), Document())
    async with Stage(metadata).run_test(size=(40, 16)) as pilot:
        metadata.picture = photo
        await settled(pilot)

        shown = lines(metadata)
        # Of 40 columns the frame, the scrollbar and the margins take 5.
        assert shown[0] == " " + "▀" * 35 + " "
        assert [line.count("▀") for line in shown[:11]] == [35] * 9 + [0, 0]
        assert "Outlet" in shown[10]
        assert is_red(colours(segments(metadata, 0)[1])[0])
        assert widths(metadata) == {metadata.scrollable_content_region.width}

        await pilot.press("pagedown")
        await pilot.pause()
        assert "▀" not in "".join(lines(metadata))


async def test_the_picture_follows_the_width_and_goes_with_its_story(photo: Path) -> None:
    metadata = Metadata()
    metadata.story = Story(article(), Document())
    metadata.picture = photo
    async with Stage(metadata).run_test(size=(40, 30)) as pilot:
        for columns in (40, 24, 9, 60):
            await pilot.resize_terminal(columns, 30)
            await settled(pilot)
            count = min(columns - 5, 48)
            assert lines(metadata)[0].strip() == "▀" * count
            assert widths(metadata) == {metadata.scrollable_content_region.width}

        # When the reasons are asked for, they come first
        metadata.explained = 1
        await settled(pilot)
        assert "▀" not in "".join(lines(metadata))
        metadata.explained = 0
        await settled(pilot)
        assert "▀" in lines(metadata)[0]

        metadata.picture = None
        assert "▀" not in "".join(lines(metadata))
        await settled(pilot)
        assert "Outlet" in lines(metadata)[0]


async def test_a_picture_that_is_gone_before_it_is_drawn_is_never_drawn(
    photo: Path, tmp_path: Path
) -> None:
    metadata = Metadata()
    metadata.story = Story(article(), Document())
    async with Stage(metadata).run_test(size=(40, 30)) as pilot:
        metadata.picture = photo
        metadata.picture = None
        await settled(pilot)
        assert "▀" not in "".join(lines(metadata))

        metadata.picture = tmp_path / "deleted.jpg"
        await settled(pilot)
        assert "Outlet" in lines(metadata)[0]


def test_without_pictures_nothing_of_pillow_is_loaded() -> None:
    code = (
        "import sys, autotui.ui.app, autotui.library, autotui.pagefetch\n"
        "assert not any(name.partition('.')[0] == 'PIL' for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def lines(widget: Widget) -> list[str]:
    return [widget.render_line(y).text for y in range(widget.content_region.height)]


async def settled(pilot: Pilot[None]) -> None:
    """Wait until what the last change brings is drawn."""
    for _ in range(2):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()
