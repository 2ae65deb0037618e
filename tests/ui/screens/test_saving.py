"""Saved queries as rows of the feed list."""

import pytest
from textual.widgets import Input, Static

from autotui.errors import QueryError, StoreError
from autotui.library import Library
from autotui.query import SavedQuery
from autotui.ui.screens import saving
from autotui.ui.screens.asking import QueryScreen
from ui.screens.reader import Open, Reader


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "COUNT_SECONDS", 0.0)


@pytest.fixture
async def saved(stocked: Library) -> Library:
    await stocked.searching.save("Axles", "title:axle")
    await stocked.searching.save("motors", "motor is:unread")
    return stocked


def box(reader: Reader, name: str) -> Input:
    assert isinstance(reader.screen, QueryScreen)
    return reader.screen.query_one(f"#{name}", Input)


def counts(reader: Reader) -> dict[str, int]:
    return {row.label: row.count for row in reader.main.rows if row.kind == "query"}


async def names(library: Library) -> list[str]:
    return [each.name for each in await library.searching.saved()]


async def test_a_search_is_saved_with_a_name_and_is_a_row(reader: Reader) -> None:
    await reader.press("slash")
    await reader.type("title:axle")
    await reader.press("enter", "S")
    assert (box(reader, "name").value, box(reader, "query").value) == (
        "title:axle",
        "title:axle",
    )
    await reader.type("Axles")
    await reader.press("enter")

    assert reader.notes[-1] == "Saved Axles; it stands under Queries. u takes it back."
    at = reader.rows.index("Queries")
    assert reader.rows[at : at + 2] == ["Queries", "Axles"]
    assert counts(reader) == {"Axles": 3}
    await reader.press("1")
    await reader.go_to("Axles")
    assert reader.list_title == "Axles · 3"


async def test_what_is_listed_is_saved_row_and_scope(reader: Reader) -> None:
    await reader.go_to("Cars")
    await reader.press("2", "S", "enter")

    (made,) = await reader.library.searching.saved()
    assert (made.name, made.text) == ("Cars: is:unread", 'folder:"Cars" is:unread')


async def test_all_stories_are_no_query_to_save(reader: Reader) -> None:
    await reader.press("S")
    assert reader.notes == ["All stories have a row already; / searches them first."]

    await reader.go_to("Unread")
    await reader.press("S")
    assert reader.notes[-1] == "What is listed has a row of the feed list already."


async def test_saved_queries_are_there_at_the_start_with_their_numbers(
    saved: Library, start: Open
) -> None:
    async with start(saved) as reader:
        assert counts(reader) == {"Axles": 3, "motors": 33}
        await reader.go_to("Axles")
        await reader.press("G", "m")

        assert counts(reader) == {"Axles": 2, "motors": 32}


async def test_what_takes_long_to_count_has_a_question_mark(
    saved: Library, start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(one: SavedQuery) -> int | None:
        return None if one.name == "Axles" else 7

    monkeypatch.setattr(saved.searching, "unread", slow)
    async with start(saved) as reader:
        (line,) = [each for each in reader.lines if "Axles" in each[:26]]
        assert line[:26].rstrip("│ ").endswith("?")
        assert counts(reader)["motors"] == 7


async def test_a_saved_query_is_edited_in_its_row(saved: Library, start: Open) -> None:
    async with start(saved) as reader:
        await reader.go_to("Axles")
        await reader.press("h", "E")
        await reader.type("Two axles")
        box(reader, "query").value = "title:axle -title:2"
        await reader.press("enter")

        assert reader.list_title == "Two axles · 2"
        assert counts(reader) == {"motors": 33, "Two axles": 2}
        assert reader.notes[-1] == "Changed Two axles. u takes it back."
        await reader.press("u")
        assert await names(saved) == ["Axles", "motors"]
        await reader.press("U")
        assert await names(saved) == ["motors", "Two axles"]


async def test_a_deleted_query_comes_back_with_undo_also_in_the_next_run(
    saved: Library, start: Open
) -> None:
    async with start(saved) as reader:
        await reader.go_to("Axles")
        await reader.burst("h", "d")
        assert await names(saved) == ["motors"]
        assert "Axles" not in reader.rows
        assert reader.main.row.label == "All"
        assert reader.notes == ["Deleted the query Axles. u brings it back."]
    async with start(saved) as reader:
        assert "Axles" not in reader.rows
        await reader.press("u")

        assert "Axles" in reader.rows
        assert counts(reader)["Axles"] == 3


async def test_a_query_that_cannot_be_deleted_stays(
    saved: Library, start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail() -> None:
        raise StoreError("the disk is gone")

    async with start(saved) as reader:
        await reader.go_to("Axles")
        monkeypatch.setattr(saved.searching, "delete", lambda *_: fail())
        await reader.press("h", "d")

        assert "Axles" in reader.rows
        assert reader.notes == ["the disk is gone"]


async def test_a_query_that_cannot_be_read_is_not_saved(
    saved: Library, start: Open
) -> None:
    async with start(saved) as reader:
        await reader.go_to("Axles")
        await reader.press("h", "E")
        box(reader, "query").value = "title:axle (is:odd)"
        await reader.press("enter")

        assert box(reader, "query").cursor_position == 12
        told = str(reader.screen.query_one(".wrong", Static).content)
        assert told.startswith("there is no mark 'odd' (at 13)")
        await reader.press("escape")
        assert await names(saved) == ["Axles", "motors"]
    with pytest.raises(QueryError):
        saved.searching.save("odd", "is:odd")


async def test_a_query_of_a_newer_autotui_tells_its_trouble(
    saved: Library, start: Open
) -> None:
    await saved._sql(lambda db: db.execute("UPDATE saved_query SET query = 'moon:full'"))
    async with start(saved) as reader:
        assert [row.error is None for row in reader.main.rows if row.kind == "query"] == [
            False,
            False,
        ]
        await reader.go_to("Axles")
        await reader.press("h")
        assert "there is no field 'moon'" in reader.notes[0]
        assert "E mends it" in reader.text
        await reader.press("E")
        box(reader, "query").value = "axle"
        await reader.press("enter")
        assert counts(reader)["Axles"] == 3


async def test_words_of_a_saved_query_are_marked_and_its_newest_stories_come_first(
    stocked: Library, start: Open
) -> None:
    await stocked.searching.save("Units", "unit")
    async with start(stocked) as reader:
        await reader.go_to("Units")

        assert reader.main.words == ("unit",)
        newest = [each.published_at for each in reader.main.listing.articles.values()]
        assert newest == sorted(newest, reverse=True)


@pytest.mark.parametrize(("name", "text"), [("\x1b[31m\u202eX", "axle"), ("", "axle")])
async def test_a_name_is_a_clean_line_never_empty(
    stocked: Library, name: str, text: str
) -> None:
    await stocked.searching.save(name, text)

    (kept,) = await names(stocked)
    assert kept.isprintable()
    assert kept


async def test_a_search_tells_the_key_that_saves_it_and_which_line_is_the_name(
    reader: Reader,
) -> None:
    assert "S Save it" not in reader.lines[-1]
    await reader.press("slash")
    await reader.type("axle")
    await reader.press("enter")
    assert "S Save it" in reader.lines[-1]

    await reader.press("S")
    name, text = (
        line for line in reader.lines if "─ Name ─" in line or "─ Query ─" in line
    )
    assert "─ Name ─" in name
    assert "─ Query ─" in text
