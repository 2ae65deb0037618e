"""Editing, moving, muting and deleting a feed; all of them as a file."""

from dataclasses import replace

from textual.widgets import Input

from autotui.edits import Edit
from autotui.library import Library
from autotui.ui.screens.editing import EditScreen, FolderScreen
from autotui.ui.widgets.choice import Choice
from support.web import Web
from ui.screens.reader import Open, Reader


async def put(reader: Reader, field: str, text: str) -> None:
    """Type into a field of the dialog, over what is in it."""
    box = reader.screen.query_one(f"#{field}", Input)
    reader.screen.set_focus(box)
    await reader.press("home", "ctrl+k")
    await reader.type(text)


async def test_a_feed_is_edited_and_one_undo_takes_all_of_it_back(
    reader: Reader,
) -> None:
    # Given a feed, and what is stored of it
    await reader.go_to("Axle Atom")
    (before,) = [one for one in await reader.library.feeds() if one.title == "Axle Atom"]
    # When title, folder, interval, full text, selectors, days and muting are changed
    await reader.press("E")
    await put(reader, "title", "Axles")
    await put(reader, "folder", " Parts /EV/")
    await put(reader, "minutes", "90")
    await put(reader, "selectors", "main p; .story")
    await put(reader, "keep-days", "30")
    reader.screen.query_one("#pages", Choice).focus()
    await reader.press("space", "down")
    await reader.press("down", "down", "y", "enter")
    # Then all is stored, and shown where the cursor was
    after = await reader.library.feed(str(before.id))
    assert (after.title, after.folder, after.minutes) == ("Axles", "Parts/EV", 90)
    assert (after.pages, after.selectors) == ("always", ("main p", ".story"))
    assert (after.keep_days, after.muted, after.url) == (30, True, before.url)
    assert reader.notes == ["Changed Axle Atom. u takes it back."]
    assert "Parts/EV" in reader.rows
    assert reader.list_title == "Axles · 3"

    await reader.press("u")
    undone = await reader.library.feed(str(before.id))
    assert replace(undone, next_check_at=before.next_check_at) == before
    assert "Parts/EV" not in reader.rows
    assert reader.list_title == "Axle Atom · 3"

    await reader.press("U")
    assert await reader.library.feed(str(before.id)) == after
    assert reader.list_title == "Axles · 3"


async def test_what_makes_no_sense_is_told_in_the_dialog_and_nothing_is_stored(
    reader: Reader,
) -> None:
    await reader.go_to("Axle Atom")
    await reader.press("E")
    await put(reader, "minutes", "3")
    await reader.press("enter")
    assert "An interval has 5 to 10,080 minutes, or none." in reader.text

    await put(reader, "minutes", "often")
    await reader.press("enter")
    assert "'often' is no number." in reader.text

    await reader.press("escape")
    assert reader.screen is reader.main
    assert reader.notes == []


async def test_an_address_that_another_feed_has_is_offered_again(
    reader: Reader, web: Web
) -> None:
    await reader.go_to("Axle Atom")
    await reader.press("E")
    await put(reader, "title", "Mine")
    await put(reader, "url", web.url("/volt"))
    await reader.press("enter")

    assert isinstance(reader.screen, EditScreen)
    assert "Another feed has that address." in reader.text
    assert "Mine" in reader.text
    await put(reader, "url", web.url("/other"))
    await reader.press("enter")
    assert reader.list_title.startswith("Mine")
    assert web.url("/other") in [one.url for one in await reader.library.feeds()]


async def test_the_whole_dialog_fits_a_small_terminal(
    stocked: Library, start: Open
) -> None:
    async with start(stocked, (80, 24)) as reader:
        await reader.go_to("Axle Atom")
        await reader.press("E")

        for shown in ("Title", "Folder", "Address", "Ask every", "Full text", "Muted"):
            assert shown in reader.text
        assert "[auto]  always   never" in reader.text
        assert "Enter keeps" in reader.text


async def test_keys_of_a_choice_do_not_end_up_in_a_line(reader: Reader) -> None:
    await reader.go_to("Axle Atom")
    await reader.press("E")
    before = [box.value for box in reader.screen.query(Input)]
    choice = reader.screen.query_one("#pages", Choice)
    choice.focus()

    await reader.press("x", "n", "left", "left", "right", "z")

    assert [box.value for box in reader.screen.query(Input)] == before
    assert choice.value == "always"


async def test_a_feed_is_moved_to_a_folder_that_is_completed(reader: Reader) -> None:
    await reader.go_to("Axle Atom")
    await reader.press("M")
    assert isinstance(reader.screen, FolderScreen)
    assert "Cars" in reader.text
    await reader.type("ca")
    await reader.press("tab", "enter")

    assert reader.notes == ["Moved Axle Atom to Cars. u takes it back."]
    assert [one.folder for one in await reader.library.feeds()] == ["Cars", "Cars"]


async def test_a_folder_without_feeds_is_gone(reader: Reader) -> None:
    await reader.go_to("Volt Weekly")
    await reader.press("M", "ctrl+u", "enter")

    assert "Cars" not in reader.rows
    assert reader.list_title == "Volt Weekly · 30"
    await reader.press("u")
    assert "Cars" in reader.rows


async def test_the_feed_of_the_story_at_hand_is_edited_where_the_row_is_none(
    reader: Reader,
) -> None:
    await reader.press("E")
    assert "Edit Volt Weekly" in reader.text

    await reader.press("escape", "G", "k", "E")
    assert "Edit Axle Atom" in reader.text


async def test_keys_typed_faster_than_lists_load_edit_the_feed_meant(
    reader: Reader,
) -> None:
    await reader.press("h")
    await reader.burst("G", "M", *"new", "enter", "d", "u")

    moved = {one.title: one.folder for one in await reader.library.feeds()}
    assert moved == {"Volt Weekly": "Cars", "Axle Atom": "new"}


async def test_a_muted_feed_is_in_its_own_row_alone(reader: Reader) -> None:
    await reader.press("s")
    await reader.go_to("Volt Weekly")
    reader.main.action_mute_feed()
    await reader.settle()
    assert reader.list_title == "Volt Weekly · 30"
    assert "⊘" in reader.text

    await reader.go_to("All")
    assert reader.list_title == "All · 3"
    assert [row.count for row in reader.main.rows if row.label == "All"] == [3]
    assert [row.count for row in reader.main.rows if row.label == "Cars"] == [0]
    await reader.press("n", "n", "n", "n")
    assert reader.notes[-1] == "No unread story is left."
    await reader.go_to("Cars")
    assert reader.titles == []
    await reader.go_to("Starred")
    assert reader.titles == ["Volt 29"]

    await reader.press("u", "u")
    assert (await reader.library.counts()).unread == 30


async def test_a_deleted_feed_is_gone_however_fast_the_reader_leaves(
    stocked: Library, start: Open
) -> None:
    async with start(stocked) as reader:
        await reader.go_to("Axle Atom")
        await reader.burst("d", "q", "q", "q")

    assert [one.title for one in await stocked.feeds()] == ["Volt Weekly"]


async def test_a_story_whose_text_was_let_go_says_so(reader: Reader) -> None:
    await reader.press("space")
    feed = await reader.library.feed(str(reader.at_hand.feed_id))
    await reader.library.upkeep.edit(feed, Edit(keep_days=1))
    await reader.library._sql(lambda db: db.execute("UPDATE article SET seen_at = 0"))
    async for _ in reader.library.refresh([feed]):
        pass

    gone = reader.at_hand.id
    assert not (await reader.library.document(gone)).blocks
    await reader.press("q", "j")
    await reader.until(lambda: reader.main.story and reader.main.story.article.id != gone)
    await reader.press("k")
    await reader.until(lambda: reader.main.story and reader.main.story.article.id == gone)
    assert "Its feed keeps texts for some days only" in reader.text


async def test_before_a_folder_is_typed_there_is_no_new_one(reader: Reader) -> None:
    await reader.go_to("Volt Weekly")
    await reader.library.upkeep.edit(reader.main.subscribed[1], Edit(folder=""))
    reader.main.reload()
    await reader.settle()

    await reader.press("M")
    assert "Type the name of a new folder." in reader.text
    await reader.type("Lab")
    assert "Lab is a new folder" in reader.text
