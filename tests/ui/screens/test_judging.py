"""Suggestions: a key a story, and what comes of the verdicts."""

import asyncio

import pytest

from autotui import query
from autotui.errors import StoreError
from autotui.library import Library
from autotui.ui.screens.main import MainScreen
from support import feeds
from support.web import Page, Web
from ui.screens.conftest import AXLE_BODY, UNITS
from ui.screens.reader import Open, Reader

TAG = "ev-drivetrain"


def unit(number: int) -> str:
    return f"Electric drive unit {number} enters production"


async def titles(library: Library, wanted: str) -> list[str]:
    listing = await library.listing(query.parse(wanted))
    return [one.title for one in await library.articles(listing.ids)]


async def test_a_reader_works_through_twenty_suggestions(
    judged: Library, start: Open
) -> None:
    # Given twenty suggestions, and a reader who tags, says no, and asks why
    async with start(judged) as reader:
        await reader.press("4")
        assert reader.list_title == "All · suggested · 20"
        keys = ["minus" if number % 4 == 3 else "plus" for number in range(20)]
        for number, key in enumerate(keys):
            assert reader.at_hand.title == unit(19 - number)
            await reader.press("w")
            assert reader.main.explained == reader.at_hand.id
            await reader.press(key)
        assert reader.notes[-1] == "No suggestion is left in this list."
        assert len(reader.main.listing.ids) == 20
        # When three verdicts are undone, and the reader leaves
        await reader.press("u", "u", "u")
        assert reader.at_hand.title == unit(2)
        assert [row.count for row in reader.main.rows if row.label == "Suggested"] == [3]
        assert len(await titles(judged, f"tag:{TAG}")) == 13
    # Then all is as it was left
    async with start(judged) as reader:
        await reader.press("4")
        assert reader.titles == [unit(2), unit(1), unit(0)]
        await reader.go_to("EV drivetrains")
        await reader.press("1")
        assert reader.titles == [
            unit(19 - number) for number in range(17) if keys[number] == "plus"
        ]


async def test_keys_typed_ahead_each_judge_one_story(judged: Library, start: Open) -> None:
    async with start(judged) as reader:
        await reader.burst("4", "plus", "plus", "minus", "plus", "q", "q")

    tagged, waiting = (
        await titles(judged, f"tag:{TAG}"),
        await titles(judged, "is:suggested"),
    )
    assert tagged == [unit(19), unit(18), unit(16)]
    assert len(waiting) == 16
    assert unit(17) not in waiting


async def test_a_story_that_is_not_read_from_the_store_yet_can_be_judged(
    library: Library, web: Web, start: Open
) -> None:
    many = [(f"u{n}", unit(n)) for n in range(150)]
    web["/units"] = feeds.rss("Unit News", many, AXLE_BODY)
    await library.subscribe(web.url("/units"))
    async for _ in library.judge():
        pass
    first, second, *_, last = await titles(library, "is:suggested")
    async with start(library) as reader:
        await reader.burst("4", "G", "plus", "minus", "plus")

        assert await titles(library, f"tag:{TAG}") == [second, last]
        assert (await library.counts()).suggested == 147
        assert first not in await titles(library, "is:suggested")
        assert reader.main.articles.cursor == 2
        await reader.press("G")
        assert reader.at_hand.tags == (TAG,)


async def test_undo_typed_ahead_turns_back_the_verdict_before_it(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.burst("plus", "u", "minus", "plus", "u", "u", "plus")

        assert await titles(judged, f"tag:{TAG}") == [unit(19)]
        assert len(await titles(judged, "is:suggested")) == 19
        assert reader.at_hand.title == unit(18)


async def test_a_verdict_goes_on_to_the_next_suggestion_wherever_it_is(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.press("j", "j", "e", "k", "plus")
        assert reader.at_hand.title == unit(16)

        await reader.press("G")
        assert reader.at_hand.title == "Mayor opens bridge 0"
        await reader.press("k", "k", "k", "k", "plus")

        assert reader.at_hand.title == unit(19)


async def test_a_verdict_on_the_story_that_is_read_shows_the_next_one(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.press("enter", "plus")

        assert reader.main.front == "text"
        assert reader.main.story is not None
        assert reader.main.story.article.title == unit(18)
        assert not reader.at_hand.read


async def test_a_story_that_is_not_suggested_is_judged_in_its_place(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.press("G", "plus", "plus")
        assert reader.at_hand.title == "Mayor opens bridge 0"
        assert reader.at_hand.tags == (TAG,)
        await reader.press("minus", "minus")
        assert not reader.at_hand.tags

        assert reader.notes == [
            "Tagged ev-drivetrain; u takes that back.",
            "This story is tagged ev-drivetrain already; u takes that back.",
            "Rejected as no EV drivetrain, its tag taken; u takes that back.",
            "This story is rejected already; u takes that back.",
        ]


async def test_a_row_shows_what_became_of_its_suggestion(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        assert "◇" in reader.lines[1]
        score = await judged.judging.findings(reader.at_hand.id)
        assert f"{min(99, round(100 * score.score))}%" in reader.lines[1]

        await reader.press("plus", "minus")

        assert "◇" not in reader.lines[1]
        assert " # " in reader.lines[1]
        assert " ✗ " in reader.lines[2]
        await reader.press("u")
        assert "◇" in reader.lines[2]


async def test_at_80_columns_the_sign_stands_alone(judged: Library, start: Open) -> None:
    async with start(judged, (80, 24)) as reader:
        assert " ◇ " in reader.lines[1]
        assert "%" not in reader.lines[1]
        assert "Electric drive unit 19" in reader.lines[1]


async def test_tagging_by_e_is_a_verdict_as_well(judged: Library, start: Open) -> None:
    async with start(judged) as reader:
        await reader.press("e")
        assert not reader.at_hand.suggested
        await reader.press("e")

        assert not reader.at_hand.suggested
        assert "✗" in reader.lines[1]
        assert "not suggested" not in reader.text
        assert "rejected" in reader.text


async def test_a_tag_that_is_taken_shows_as_a_rejection_at_once(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        for tagged in (True, False, True):
            reader.main.action_tag_drivetrain()

            assert (TAG in reader.at_hand.tags) is tagged
            assert reader.at_hand.rejected is not tagged


async def test_nothing_leaves_the_view_of_suggestions_until_it_is_left(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.go_to("Suggested")
        await reader.press("l", "plus", "minus")
        reader.main.reload()
        await reader.settle()
        assert len(reader.main.listing.ids) == 20

        await reader.go_to("All")
        await reader.go_to("Suggested")

        assert reader.list_title == "Suggested · 18"


async def test_a_verdict_that_cannot_be_stored_is_told_and_taken_back(
    judged: Library, start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start(judged) as reader:

        def fail(*_: object) -> asyncio.Future[object]:
            failed: asyncio.Future[object] = asyncio.get_running_loop().create_future()
            failed.set_exception(StoreError("the disk is full"))
            return failed

        monkeypatch.setattr(judged.judging, "reject", fail)

        await reader.press("minus", "k")

        assert reader.notes == ["the disk is full"]
        assert reader.at_hand.suggested
        assert not reader.at_hand.rejected


async def test_after_verdicts_all_is_judged_again_and_nothing_moves(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.press("4", "j", "j")
        before = [one.score for one in await judged.articles(reader.main.listing.ids)]
        await reader.press(*["minus"] * 4)

        after = [one.score for one in await judged.articles(reader.main.listing.ids)]
        assert reader.at_hand.title == unit(13)
        assert reader.list_title == "All · suggested · 20"
        assert sum(after) < sum(before)
        known = reader.main.listing.articles
        assert [known[id_].score for id_ in reader.main.listing.ids] == after
        assert await judged.judging.waiting() == 0


async def test_a_refresh_brings_new_suggestions(due: Reader, web: Web) -> None:
    web["/volt"] = Page(feeds.rss("Volt Weekly", UNITS[:5]), etag='"2"')

    await due.press("R")

    counts = await due.library.counts()
    assert counts.suggested >= 5
    assert [row.count for row in due.main.rows if row.label == "Suggested"] == [
        counts.suggested
    ]
    assert "◇" in due.text


async def test_the_first_suggestion_ever_explains_its_keys_once(
    judged: Library, start: Open
) -> None:
    await judged.remember("explained-suggestions", "")
    told = (
        "◇ marks stories that seem to be about EV drivetrains. "
        "+ tags one, - says no; w tells why."
    )
    async with start(judged) as reader:
        await reader.press("j")
        assert reader.notes == [told]
    async with start(judged) as reader:
        await reader.press("j")
        assert reader.notes == []


OFFERED = " W shows a rule that would do so by itself."
TIRED = f"You rejected 5 stories about 'drive unit': it now counts less.{OFFERED}"


async def test_five_rejections_with_one_cue_are_answered_once(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.press(*["minus"] * 4)
        assert reader.notes == []
        await reader.press("minus")
        assert reader.notes == [TIRED]
        # They have more cues in common: that is no news.
        await reader.press("minus", "minus")
        assert reader.notes == [TIRED]
    async with start(judged) as reader:
        await reader.press("4", *["minus"] * 5)
        assert not [note for note in reader.notes if "counts less" in note]


async def test_rejections_that_come_at_once_are_answered_once(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.burst(*["minus"] * 7)

        assert reader.notes == [TIRED.replace("5", "7")]


async def test_corrections_of_several_runs_are_answered_together(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.press(*["minus"] * 3)
    async with start(judged) as reader:
        await reader.press("4", *["minus"] * 2)

        assert reader.notes == [TIRED]


async def test_suggestions_that_lose_their_tag_are_rejected_too(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        for _ in range(5):
            await reader.press("e", "e", "j")

        assert reader.notes == [TIRED]


async def test_tags_set_where_nothing_was_suggested_are_answered_once(
    library: Library, web: Web, start: Open
) -> None:
    many = [(f"c{n}", f"Car {n} gets another inverter") for n in range(7)]
    web["/cars"] = feeds.rss("Cars", many, "Sales of cars fell. " * 30)
    await library.subscribe(web.url("/cars"))
    assert (await library.counts()).suggested == 0
    async with start(library) as reader:
        for _ in range(4):
            await reader.press("e", "j")
        assert reader.notes == []
        await reader.press("e")
        (told,) = reader.notes
        assert told.startswith("You tagged 5 stories about '")
        assert "that were not suggested" in told
        await reader.press("j", "e", "j", "e")
        assert reader.notes == [told]


async def test_a_cue_that_was_accepted_once_is_not_given_up(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.press("plus", *["minus"] * 6)

        assert reader.notes == []


async def test_a_rejection_stays_marked_when_the_reader_comes_back(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.press("minus", "e", "e")
    async with start(judged) as reader:
        assert [" ✗ " in line for line in reader.lines[1:4]] == [True, True, False]
        assert "rejected" in reader.text
        await reader.press("minus")
        assert reader.notes == ["This story is rejected already; u takes that back."]

        await reader.press("u")
        assert ["✗" in line for line in reader.lines[1:3]] == [True, False]
        await reader.press("u", "u")
        assert ["◇" in line for line in reader.lines[1:3]] == [True, True]


async def test_the_last_line_offers_the_keys_where_a_story_is_suggested(
    judged: Library, start: Open
) -> None:
    async with start(judged, (80, 24)) as reader:
        assert "+ EV  - Not EV  w Why" in reader.lines[-1]
        assert "? Help" in reader.lines[-1]

        await reader.press("G")
        assert "Not EV" not in reader.lines[-1]


async def test_the_welcome_story_is_not_judged(library: Library, start: Open) -> None:
    async with start(library) as reader:
        await reader.press("escape", "plus", "minus")

        assert len(reader.notes) == 2
        assert (await library.judging.learned()).counts == {}


def suggested(reader: Reader) -> int:
    return next(row.count for row in reader.main.rows if row.label == "Suggested")


async def test_what_a_large_refresh_left_is_judged_in_the_background_and_told(
    library: Library, web: Web, start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given more stories than a refresh judges
    many = [(f"u{n}", unit(n)) for n in range(700)]
    web["/units"] = Page(feeds.rss("Unit News", many, AXLE_BODY))
    await library.subscribe(web.url("/units"))
    assert (await library.counts()).suggested == 200
    # When the reader opens
    told: list[str] = []
    tell = MainScreen.tell

    def heard(screen: MainScreen, who: str, text: str = "") -> None:
        told.append(text)
        tell(screen, who, text)

    monkeypatch.setattr(MainScreen, "tell", heard)
    async with start(library) as reader:
        await reader.until(lambda: suggested(reader) == 700)
        # Then the rest is judged, and how far that has come was told
        assert "Judging 200/500" in told
        assert reader.main.state == ""
