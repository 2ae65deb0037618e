import pytest
from textual.events import MouseScrollDown
from textual.pilot import Pilot

from autotui.model import Listing
from autotui.ui.render import Looks
from autotui.ui.widgets.article_list import ArticleList
from ui.stage import HOSTILE, Stage, article, drawn, listing, segments, widths

HEIGHT = 12
"""Lines of the terminal; the frame takes two."""
PAGE = HEIGHT - 2


def hundred() -> ArticleList:
    articles = ArticleList()
    articles.listing = listing(range(100, 0, -1))
    return articles


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        ("j", 1),
        ("down down k", 1),
        ("k", 0),
        ("up", 0),
        ("G", 99),
        ("end", 99),
        ("end j", 99),
        ("end g", 0),
        ("end home", 0),
        ("ctrl+d", PAGE // 2),
        ("ctrl+d ctrl+d ctrl+u", PAGE // 2),
        ("pagedown", PAGE - 1),
        ("ctrl+f ctrl+f ctrl+b", PAGE - 1),
        ("end pageup", 99 - PAGE + 1),
    ],
)
async def test_every_movement_moves(keys: str, at: int) -> None:
    articles = hundred()
    async with Stage(articles).run_test(size=(60, HEIGHT)) as pilot:
        await press(pilot, *keys.split())

        assert articles.cursor == at
        top = articles.scroll_offset.y
        assert top <= at < top + PAGE
        assert drawn(articles)[at - top].startswith("▌")


async def test_the_keys_of_the_screen_are_left_to_the_screen() -> None:
    keys = set(hundred()._bindings.key_to_bindings)

    assert not keys & {"left", "right", "space", "enter", "tab"}


async def test_rows_stay_in_sight_beyond_a_moved_cursor() -> None:
    articles = hundred()
    async with Stage(articles).run_test(size=(60, HEIGHT)) as pilot:
        await press(pilot, *["j"] * 8)

        assert articles.cursor - articles.scroll_offset.y == PAGE - 3


async def test_a_list_in_a_terminal_of_a_few_cells_does_not_fail() -> None:
    articles = hundred()
    async with Stage(articles).run_test(size=(60, HEIGHT)) as pilot:
        for size in ((1, 1), (5, 2), (3, 30), (60, HEIGHT)):
            await pilot.resize_terminal(*size)
            await press(pilot, "j", "pagedown", "k", "end")

        assert articles.cursor == 99


async def test_the_cursor_stays_in_sight_when_the_terminal_shrinks() -> None:
    articles = hundred()
    async with Stage(articles).run_test(size=(60, 40)) as pilot:
        await press(pilot, *["j"] * 30)

        await pilot.resize_terminal(60, 10)
        await pilot.pause()

        top = articles.scroll_offset.y
        assert top <= 30 < top + 8


async def test_a_click_moves_the_cursor_and_a_second_one_chooses() -> None:
    articles = hundred()
    app = Stage(articles)
    async with app.run_test(size=(60, HEIGHT)) as pilot:
        await pilot.pause()
        await pilot.click(ArticleList, offset=(5, 4))
        await pilot.pause()
        first = articles.cursor, app.told[-1]
        await pilot.click(ArticleList, offset=(5, 4))
        await pilot.pause()

        assert first[0] == 3
        assert isinstance(first[1], ArticleList.Highlighted)
        assert isinstance(app.told[-1], ArticleList.Chosen)
        assert app.told[-1].article_id == 97


async def test_a_click_on_the_frame_or_below_the_rows_does_nothing() -> None:
    articles = ArticleList()
    articles.listing = listing([1, 2])
    app = Stage(articles)
    async with app.run_test(size=(60, HEIGHT)) as pilot:
        await press(pilot, "j")
        heard = len(app.told)
        await pilot.click(ArticleList, offset=(5, 0))
        await pilot.click(ArticleList, offset=(5, 8))
        await pilot.pause()

        assert articles.cursor == 1
        assert len(app.told) == heard


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    articles = hundred()
    async with Stage(articles).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.pause()
        await pilot._post_mouse_events([MouseScrollDown], ArticleList, offset=(5, 5))
        await pilot.pause()

        assert articles.scroll_offset.y > 0
        assert articles.cursor == 0


async def test_the_cursor_is_weaker_without_the_focus_and_still_a_glyph() -> None:
    one, two = hundred(), hundred()
    async with Stage(one, two).run_test(size=(60, 24)) as pilot:
        one.focus()
        await pilot.pause()
        focused, blurred = segments(one, 0), segments(two, 0)

        assert focused[0].text == blurred[0].text == "▌"
        assert focused[0].style is not None
        assert blurred[0].style is not None
        assert focused[0].style.bgcolor != blurred[0].style.bgcolor

        two.focus()
        await pilot.pause()
        assert [part.style for part in segments(one, 0)] == [part.style for part in blurred]


async def test_a_theme_change_draws_in_the_new_colours() -> None:
    articles = hundred()
    app = Stage(articles)
    async with app.run_test(size=(60, HEIGHT)) as pilot:
        await pilot.pause()
        before = segments(articles, 1)
        app.theme = "textual-light"
        await pilot.pause()

        assert segments(articles, 1) != before


async def test_the_ascii_set_is_ascii() -> None:
    articles = hundred()
    articles.looks = Looks(ascii=True)
    async with Stage(articles).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.pause()

        assert drawn(articles)[0].startswith(">*")
        assert "".join(drawn(articles)).isascii()


async def test_an_empty_list_says_why_in_the_middle() -> None:
    articles = ArticleList()
    articles.empty = "No unread stories. [1] shows all."
    async with Stage(articles).run_test(size=(30, 9)) as pilot:
        await press(pilot, "j", "G", "pageup")

        assert drawn(articles) == [
            "",
            "",
            "  No unread stories. [1]",
            "        shows all.",
            "",
            "",
            "",
        ]
        assert articles.current_id is None
        assert articles.current is None

        articles.listing = listing([7])
        await pilot.pause()
        assert "Story 7" in drawn(articles)[0]

        articles.listing = Listing()
        await pilot.pause()
        assert "unread stories" in "".join(drawn(articles))


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_drawn_as_text_of_the_right_width(text: str) -> None:
    articles = ArticleList()
    story = article(title=text, feed_title=text, tags=(text,))
    articles.listing = Listing(listing([1]).ids, {1: story})
    articles.empty = text
    app = Stage(articles)
    async with app.run_test(size=(100, 5)) as pilot:
        await pilot.pause()
        inner = articles.scrollable_content_region.width

        assert widths(articles) == {inner}
        assert not set(drawn(articles)[0]) & set("\x00\x07\x1b\x9b\x9d\u202e\u2066\n\t")
        await pilot.click(ArticleList, offset=(8, 1))
        articles.listing = Listing()
        await pilot.pause()
        assert widths(articles) == {inner}
        assert app.is_running
