"""export and brief: what other programs read, and how much memory that takes."""

import csv
import io
import re
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from autotui import cli, store
from autotui.document import Block, Document, Span
from autotui.model import ParsedArticle, ParsedFeed, Subscription
from autotui.store import arrivals, feeds
from support.feeds import body
from support.homes import Home, Ran

NOW = datetime(2024, 1, 2, 12, tzinfo=UTC)
Run = Callable[..., Ran]


@pytest.fixture
def run(home: Home, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """The command line in this process: no start-up to wait for."""

    def run(*arguments: str) -> Ran:
        capfdbinary.readouterr()
        try:
            code = cli.main(["--home", str(home.folder), *arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return run


def fill(home: Home, titles: list[str]) -> None:
    """Store a story an hour with these titles, the first the newest."""
    db = store.open(home.paths.database, durable=False).db
    feeds.subscribe(
        db, Subscription("https://a.example/feed", "Outlet"), typed=True, now=NOW
    )
    for start in range(0, len(titles), 500):
        found = tuple(
            story(at, title) for at, title in enumerate(titles[start : start + 500], start)
        )
        with store.writing(db):
            arrivals.save(db, 1, ParsedFeed("", articles=found), NOW)
    db.close()


def story(at: int, title: str) -> ParsedArticle:
    told = "A silicon carbide inverter of Bosch makes 250 kW, the battery 77.4 kWh."
    text = Document((Block("paragraph", (Span(told),)),))
    return ParsedArticle(
        key=str(at),
        title=title,
        url=f"https://a.example/{at}",
        **body(text),
        published_at=NOW - timedelta(hours=at),
    )


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d"])
def test_no_cell_is_a_formula_and_several_values_stand_apart(
    home: Home, run: Run, sign: str
) -> None:
    fill(home, [f"{sign}1+1"])
    run("tag", "1", "+b", "+a")
    (row,) = csv.DictReader(io.StringIO(run("export", "--csv").out, newline=""))
    assert (row["title"], row["tags"], row["suppliers"]) == (f"'{sign}1+1", "a; b", "Bosch")
    assert (row["power_kw"], row["battery_capacity_kwh"]) == ("250", "77.4")
    assert row["components"] == "silicon carbide; inverter"


def test_markdown_is_one_text_or_a_file_a_story_that_stays_as_it_is(
    home: Home, run: Run, tmp_path: Path
) -> None:
    fill(home, ["../Two", "One"])
    whole = run("export", "--markdown").out
    assert re.findall(r"(?m)^# .*", whole) == ["# ../Two", "# One"]
    folder = tmp_path / "notes"
    assert run("export", "--markdown", "--to", str(folder), "title:One").code == cli.DONE
    (file,) = folder.iterdir()
    assert whole.endswith(file.read_text(encoding="utf-8"))
    file.write_text("mine")
    again = run("export", "--markdown", "--to", str(folder))
    assert "1 files were there already" in again.err
    assert file.read_text() == "mine"
    assert len([*folder.iterdir()]) == 2
    run("export", "--markdown", "--to", str(folder), "--force")
    assert whole.endswith(file.read_text(encoding="utf-8"))


def test_a_book_is_written_whole_and_replaces_nothing_unasked(
    home: Home, run: Run, tmp_path: Path
) -> None:
    fill(home, ["One", "Two"])
    file = tmp_path / "news.epub"
    nothing = run("export", "--epub", str(file), "title:none")
    assert (nothing.code, file.exists()) == (cli.FAILED, False)
    assert run("export", "--epub", str(file), "title:One", "--title", "T").code == cli.DONE
    assert len([name for name in ZipFile(file).namelist() if "story" in name]) == 1
    before = file.read_bytes()
    refused = run("export", "--epub", str(file))
    assert (refused.code, file.read_bytes()) == (cli.FAILED, before)
    assert "--force" in refused.err
    run("export", "--epub", str(file), "--force")
    assert len([name for name in ZipFile(file).namelist() if "story" in name]) == 2


def test_a_brief_counts_from_the_newest_story_and_not_from_now(
    home: Home, run: Run
) -> None:
    fill(home, ["Newest", *["Old"] * 30])
    told = run("brief").out
    assert run("brief", "--since", "24h").out == told
    assert told.startswith("# Brief of 2024-01-02\n")
    assert "25 stories from 1 feed since 24h" in told
    assert "Suppliers: Bosch" in told
    assert told.count("\n- [") == 25
    assert run("brief", "--since", "24h", "title:Newest").out.count("\n- [") == 1
    assert run("brief", "title:none").out == "No story was found (since 24h).\n"
    assert run("brief", "--since", "soon").code == cli.WRONG_USE


def test_a_brief_of_nothing_is_a_sentence(run: Run) -> None:
    assert run("brief").out == "No story was found (since 24h).\n"


@pytest.mark.parametrize(
    ("counts", "arguments"),
    [
        ((2_000, 10_000), ("list", "--jsonl", "--limit", "0")),
        ((200, 1_000), ("export", "--jsonl")),
    ],
    ids=str,
)
def test_five_times_the_stories_take_no_more_memory(
    tmp_path: Path, run: Run, counts: tuple[int, int], arguments: tuple[str, ...]
) -> None:
    peaks: list[int] = []
    few, many = counts
    for stories in (few, few, many):
        place = Home(tmp_path / f"{len(peaks)}")
        fill(place, ["Story"] * stories)
        tracemalloc.start()
        cli.main(["--home", str(place.folder), *arguments])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # Of a story the id is kept, eight bytes; as JSON it has more than two thousand, and
    # what threads and buffers take differs by some hundred thousand from run to run.
    assert peaks[2] - peaks[1] < (many - few) * 400
