import pytest
from textual.pilot import Pilot

from autotui.document import Block, Document, Span
from autotui.ui.render import Looks
from autotui.ui.typeset import Story
from autotui.ui.widgets.article_view import ArticleView
from autotui.ui.widgets.metadata import Metadata
from ui.stage import HOSTILE, Stage, article, drawn, paragraphs, segments, widths

HEIGHT = 12
PAGE = HEIGHT - 2
LONG = paragraphs(*(f"p{n} " + "word " * (n % 40) for n in range(80)))


def reading(document: Document = LONG, **changes: object) -> ArticleView:
    view = ArticleView()
    view.story = Story(article(**changes), document)  # type: ignore[arg-type]
    return view


@pytest.mark.parametrize(
    ("keys", "top"),
    [
        ("j", 1),
        ("down down k", 1),
        ("k", 0),
        ("ctrl+d", PAGE // 2),
        ("ctrl+d ctrl+u", 0),
        ("pagedown", PAGE - 1),
        ("ctrl+f ctrl+f ctrl+b", PAGE - 1),
        ("end g", 0),
        ("G home", 0),
    ],
)
async def test_every_movement_scrolls(keys: str, top: int) -> None:
    view = reading()
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.press(*keys.split())
        await pilot.pause()

        assert view.scroll_offset.y == top
        assert view.at_start is (top == 0)


async def test_the_end_is_known_at_once() -> None:
    view = reading()
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.pause()
        assert not view.at_end
        view.action_bottom()
        assert view.at_end
        view.action_move_up()
        assert not view.at_end


async def test_a_short_story_is_at_its_start_and_end() -> None:
    view = reading(paragraphs("Short."))
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.pause()
        assert (view.at_start, view.at_end) == (True, True)


async def test_no_story_is_an_empty_page() -> None:
    view = ArticleView()
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.press("j", "G", "pageup")
        assert "".join(drawn(view)) == ""
        assert (view.at_start, view.at_end) == (True, True)


async def test_a_resize_keeps_what_is_read_at_the_top() -> None:
    view = reading()
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.press("pagedown", "pagedown", "pagedown")
        await pilot.pause()
        while view.place[1] < 80:  # within a paragraph
            await pilot.press("j")
        before, place = drawn(view), view.place

        for width in (30, 110, 17, 45, 8, 60):
            await pilot.resize_terminal(width, HEIGHT)
            await pilot.pause()
            assert view.place == place
            flow, start, end = view._sheet.lines[view.scroll_offset.y]
            assert flow == place[0]
            assert start <= place[1] <= end

        assert drawn(view) == before


async def test_a_resize_in_a_table_keeps_the_row() -> None:
    rows = (("Car", "Told"), *((f"car {n}", f"told {n} " * 12) for n in range(30)))
    view = reading(Document((Block("table", rows=rows),)))
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        while not drawn(view)[0].strip().startswith("car 12 "):
            await pilot.press("j")

        await pilot.resize_terminal(14, HEIGHT)
        await pilot.pause()

        assert "car 12" in "".join(drawn(view)[:2])


async def test_another_story_begins_at_its_top() -> None:
    view = reading()
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.press("G")
        view.story = Story(article(2), LONG)
        await pilot.pause()

        assert view.at_start
        assert "Story 2" in drawn(view)[0]


async def test_a_story_that_came_out_of_sight_is_there_when_the_page_is_shown() -> None:
    view = reading()
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.press("pagedown", "pagedown")
        view.display = False
        await pilot.pause()
        view.story = Story(article(2), LONG)
        await pilot.pause()
        view.display = True
        await pilot.pause()

        assert view.at_start
        assert "Story 2" in drawn(view)[0]


async def test_a_page_that_was_out_of_sight_is_where_it_was() -> None:
    view = reading()
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        before = drawn(view)
        view.display = False
        await pilot.pause()
        view.display = True
        await pilot.pause()

        assert drawn(view) == before


async def test_a_tag_given_while_reading_moves_nothing() -> None:
    view = reading()
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.press("pagedown")
        await pilot.pause()
        before = drawn(view)
        view.story = Story(article(tags=("ev-drivetrain",)), LONG)
        await pilot.pause()

        assert drawn(view) == before


async def test_text_is_set_in_lines_of_at_most_100_cells_in_the_middle() -> None:
    view = reading(paragraphs("word " * 100))
    async with Stage(view).run_test(size=(163, HEIGHT)) as pilot:
        await pilot.pause()
        line = drawn(view)[3]

        assert len(line.strip()) <= 100
        assert len(line) - len(line.lstrip()) == 30


async def test_styles_reach_the_screen() -> None:
    spans = (
        Span("plain "),
        Span("bold", strong=True),
        Span(" link", url="https://a.b/"),
    )
    view = reading(Document((Block("paragraph", spans),)))
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.pause()
        looks = {part.text: part.style for part in segments(view, 3)}

        bold, plain, link = looks["bold"], looks["plain "], looks[" link"]
        assert bold is not None
        assert plain is not None
        assert link is not None
        assert bold.bold
        assert not plain.bold
        assert link.color != plain.color


async def test_a_theme_change_draws_in_the_new_colours() -> None:
    view = reading()
    app = Stage(view)
    async with app.run_test(size=(60, HEIGHT)) as pilot:
        await pilot.pause()
        before = segments(view, 0)
        app.theme = "textual-light"
        await pilot.pause()

        assert segments(view, 0) != before


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_drawn_as_text_of_the_right_width(text: str) -> None:
    link = (Span(text, url="https://a.b/"),)
    rows = ((text, text), (text, text))
    blocks = [
        Block(kind, link, level=1, alt=text, credit=text, rows=rows)
        for kind in ("paragraph", "heading", "item", "quote", "code", "table", "image")
    ]
    story = Story(
        article(title=text, feed_title=text, author=text, tags=(text,), categories=(text,)),
        Document(tuple(blocks)),
    )
    view, metadata = ArticleView(), Metadata()
    view.story = metadata.story = story
    async with Stage(view, metadata).run_test(size=(34, 120)) as pilot:
        await pilot.pause()
        for pane in (view, metadata):
            assert widths(pane) == {pane.scrollable_content_region.width}
            assert "".join(drawn(pane)).strip()
            assert not set("".join(drawn(pane))) & set("\x00\x07\x1b\x9b\x9d\u202e\n\t")


async def test_tiny_terminals_do_not_fail() -> None:
    view = reading()
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        for size in ((1, 1), (3, 3), (4, 40), (60, HEIGHT)):
            await pilot.resize_terminal(*size)
            await pilot.press("j", "pagedown", "k")
            await pilot.pause()

        assert "".join(drawn(view)).strip()


async def test_the_ascii_set_is_ascii() -> None:
    view = reading(Document((Block("item", (Span("item"),), level=1),)))
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.pause()
        assert "•" in "".join(drawn(view))
        view.looks = Looks(ascii=True)
        await pilot.pause()
        assert "".join(drawn(view)).isascii()


async def test_glyphs_and_story_may_be_set_before_the_page_is_shown() -> None:
    view = reading(Document((Block("item", (Span("item"),), level=1),)))
    view.looks = Looks(ascii=True)
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.pause()
        assert "  - item" in drawn(view)[3]


BOOK = Document(
    tuple(
        Block(
            "paragraph", (Span(f"p{n} {'word ' * 60}"), Span("x", url=f"https://a.b/{n}"))
        )
        for n in range(900)
    )
)


def kept(view: ArticleView) -> None:
    """Fails if setting a slice of the text would set it all."""
    assert not view._sheet.whole
    assert len(view._sheet.lines) < 600


async def whole(view: ArticleView, pilot: Pilot[None]) -> None:
    """Wait until all of the text is set."""
    for _ in range(500):
        await pilot.pause()
        if view._sheet.whole:
            return
    raise AssertionError("the text was never set to its end")


async def test_a_long_text_is_in_view_before_it_is_set_to_its_end() -> None:
    view = reading(BOOK)
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        view.show_text(keep_place=False)
        kept(view)
        assert "p0 word" in "".join(drawn(view))
        assert not view.at_end
        assert view.far is None

        await whole(view, pilot)
        assert view._sheet.whole
        assert view.far == 0
        assert view.virtual_size.height == len(view._sheet.lines)


async def test_the_end_of_a_long_text_is_gone_to_as_soon_as_it_is_known() -> None:
    view = reading(BOOK)
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        view.show_text(keep_place=False)
        view.action_bottom()
        view.action_move_up()
        kept(view)
        assert not view.at_start

        await whole(view, pilot)
        assert view.scroll_offset.y == view.max_scroll_y - 1
        assert "[899]" in "".join(drawn(view))
        assert view.far == 100


async def test_g_comes_back_while_the_end_is_still_to_come() -> None:
    view = reading(BOOK)
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        view.show_text(keep_place=False)
        view.action_bottom()
        view.action_top()
        assert view.at_start
        await whole(view, pilot)
        assert view.at_start


async def test_a_resize_keeps_the_place_far_into_a_long_text() -> None:
    view = reading(BOOK)
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.press("G", "pageup", "pageup")
        await whole(view, pilot)
        before, place = drawn(view), view.place
        for width in (40, 110, 60):
            await pilot.resize_terminal(width, HEIGHT)
            await whole(view, pilot)
            assert view.place == place
        assert drawn(view) == before


async def test_another_story_stops_the_setting_of_the_one_before() -> None:
    view = reading(BOOK)
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        view.show_text(keep_place=False)
        view.story = Story(article(2), paragraphs("Short."))
        await whole(view, pilot)

        assert len(view._sheet.lines) < 10
        assert (view.at_start, view.at_end) == (True, True)


async def test_a_story_can_begin_where_it_was_left() -> None:
    view = reading()
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        view.begin_at = (40, 5)
        view.story = Story(article(2), BOOK)
        await whole(view, pilot)
        assert view.place == (40, 5)
        assert view.scroll_offset.y > 100

        view.story = Story(article(3), LONG)
        await pilot.pause()
        assert view.at_start


async def test_the_title_tells_how_far_the_reader_is() -> None:
    view = reading()
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        for key, told in (
            ("G", "Story · 100 %"),
            ("g", "Story"),
            ("ctrl+d", "Story · 2 %"),
        ):
            await pilot.press(key)
            await pilot.pause()
            assert view._border_title is not None
            assert view._border_title.plain == told


async def test_links_in_view_are_known_by_number() -> None:
    view = reading(BOOK)
    async with Stage(view).run_test(size=(60, HEIGHT)) as pilot:
        await pilot.pause()
        assert list(view.links_in_view) == [1]
        await pilot.press("pagedown")
        await pilot.pause()
        assert view.links_in_view[0] > 1
        assert all(f"[{n}]" in "".join(drawn(view)) for n in view.links_in_view)

        await whole(view, pilot)
        await pilot.press("G")
        await pilot.pause()
        last = view.links_in_view[-1]
        assert last == 900
