from dataclasses import replace

import pytest

from autotui.ui.sidebar import Row
from autotui.ui.widgets.feed_list import FeedList
from ui.stage import HOSTILE, Stage, drawn, widths

ROWS = (
    Row("smart", "All", "", 12),
    Row("heading", "Feeds", ""),
    Row("folder", "EV", "folder:EV", 12),
    Row("feed", "Volt Weekly", "feed:1", 12, depth=1, feed_id=1),
    Row("feed", "Charge Point", "feed:2", depth=1, feed_id=2, error="HTTP 503"),
    Row("heading", "Tags", ""),
    Row("tag", "axles", "tag:axles", 3),
)


def shown(*rows: Row) -> FeedList:
    feeds = FeedList()
    feeds.rows = rows or ROWS
    return feeds


def highlighted(app: Stage) -> list[str]:
    return [m.row.label for m in app.told if isinstance(m, FeedList.Highlighted)]


async def test_rows_are_drawn_with_counts_alarms_and_headings() -> None:
    feeds = shown()
    async with Stage(feeds).run_test(size=(26, 12)) as pilot:
        await pilot.pause()

        assert drawn(feeds)[:8] == [
            "▌All                12",
            " Feeds ───────────────",
            " ▾ EV               12",
            "   Volt Weekly      12",
            "   Charge Point      !",
            " Tags ────────────────",
            " #axles              3",
            "",
        ]


async def test_the_cursor_passes_over_headings_both_ways() -> None:
    feeds = shown()
    async with Stage(feeds).run_test(size=(26, 12)) as pilot:
        seen = []
        for key in ("j", "j", "j", "j", "j", "k", "g", "G", "pageup"):
            await pilot.press(key)
            assert feeds.current is not None
            seen.append(feeds.current.label)

        assert seen == [
            "EV",
            "Volt Weekly",
            "Charge Point",
            "axles",
            "axles",
            "Charge Point",
            "All",
            "axles",
            "All",
        ]


async def test_a_heading_first_or_last_never_holds_the_cursor() -> None:
    feeds = shown(ROWS[1], ROWS[2], ROWS[5])
    async with Stage(feeds).run_test(size=(26, 12)) as pilot:
        await pilot.press("k", "g", "G", "j")
        await pilot.click(FeedList, offset=(3, 1))
        await pilot.pause()

        assert feeds.current == ROWS[2]


async def test_a_list_of_headings_has_no_current_row() -> None:
    feeds = shown(ROWS[1])
    app = Stage(feeds)
    async with app.run_test(size=(26, 12)) as pilot:
        await pilot.press("j", "G")
        await pilot.pause()

        assert feeds.current is None
        assert app.told == []


async def test_the_cursor_stays_on_its_row_when_rows_and_counts_change() -> None:
    feeds = shown()
    app = Stage(feeds)
    async with app.run_test(size=(26, 12)) as pilot:
        await pilot.press("j", "j")
        await pilot.pause()
        app.told.clear()

        fewer = tuple(replace(row, count=0) for row in ROWS)
        feeds.rows = (Row("smart", "Unread", "is:unread"), *fewer)
        await pilot.pause()

        assert feeds.current == fewer[3]
        assert highlighted(app) == []
        assert drawn(feeds)[4] == "▌  Volt Weekly"


async def test_a_row_that_left_gives_the_cursor_to_a_neighbour() -> None:
    feeds = shown()
    app = Stage(feeds)
    async with app.run_test(size=(26, 12)) as pilot:
        await pilot.press("j", "j")
        feeds.rows = ROWS[:3] + ROWS[4:]
        await pilot.pause()

        assert feeds.current == ROWS[4]
        assert highlighted(app)[-1] == "Charge Point"


async def test_the_first_rows_are_told() -> None:
    feeds = FeedList()
    app = Stage(feeds)
    async with app.run_test(size=(26, 12)) as pilot:
        feeds.rows = ROWS
        await pilot.pause()

        assert highlighted(app) == ["All"]


async def test_a_click_on_the_current_row_chooses_it() -> None:
    feeds = shown()
    app = Stage(feeds)
    async with app.run_test(size=(26, 12)) as pilot:
        await pilot.click(FeedList, offset=(5, 4))
        await pilot.pause()
        await pilot.click(FeedList, offset=(5, 4))
        await pilot.pause()

        assert highlighted(app)[-1] == "Volt Weekly"
        assert isinstance(app.told[-1], FeedList.Chosen)
        assert app.told[-1].row == ROWS[3]


async def test_a_row_can_be_gone_to_by_its_identity() -> None:
    feeds = shown()
    async with Stage(feeds).run_test(size=(26, 12)):
        assert feeds.go_to(ROWS[6].identity)
        assert feeds.current == ROWS[6]
        assert not feeds.go_to(ROWS[1].identity)
        assert feeds.current == ROWS[6]


async def test_an_empty_list_says_why() -> None:
    feeds = FeedList()
    feeds.empty = "No feeds. Press a."
    async with Stage(feeds).run_test(size=(26, 12)) as pilot:
        await pilot.press("j")
        await pilot.pause()

        assert "No feeds. Press a." in "".join(drawn(feeds))
        assert feeds.current is None


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_names_are_text_of_the_right_width(text: str) -> None:
    feeds = shown(
        Row("feed", text, "feed:1", 9_999_999, feed_id=1, error=text),
        Row("folder", text, "f"),
        Row("heading", text, ""),
    )
    async with Stage(feeds).run_test(size=(22, 8)) as pilot:
        await pilot.pause()

        assert widths(feeds) == {feeds.scrollable_content_region.width}
        assert not set("".join(drawn(feeds))) & set("\x00\x07\x1b\x9b\x9d\u202e\n\t")
