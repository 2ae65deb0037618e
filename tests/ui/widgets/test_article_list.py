from array import array
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui.model import Listing
from autotui.ui.widgets import article_list
from autotui.ui.widgets.article_list import ArticleList, look_for
from ui.stage import NOW, Stage, article, drawn, listing


def shown(made: Listing) -> ArticleList:
    articles = ArticleList()
    articles.now = NOW
    articles.listing = made
    return articles


def highlighted(app: Stage) -> list[int]:
    return [m.article_id for m in app.told if isinstance(m, ArticleList.Highlighted)]


def wanted(app: Stage) -> list[tuple[int, ...]]:
    return [m.ids for m in app.told if isinstance(m, ArticleList.Wanted)]


async def test_the_first_listing_begins_at_the_top_and_tells_so() -> None:
    articles = ArticleList()
    app = Stage(articles)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        articles.listing = listing([5, 4, 3])
        await pilot.pause()

        assert articles.current_id == 5
        assert articles.current == article(5)
        assert highlighted(app) == [5]


async def test_the_cursor_stays_on_its_story_when_the_listing_changes() -> None:
    articles = shown(listing(range(100, 0, -1)))
    app = Stage(articles)
    async with app.run_test(size=(60, 12)) as pilot:
        assert articles.go_to(47)
        await pilot.press("k", "k", "k")
        await pilot.pause()
        line = articles.cursor - articles.scroll_offset.y
        app.told.clear()

        articles.listing = listing(range(107, 0, -1))
        await pilot.pause()

        assert articles.current_id == 50
        assert articles.cursor - articles.scroll_offset.y == line
        assert drawn(articles)[line].startswith("▌●  Story 50")
        assert highlighted(app) == []


async def test_a_story_that_left_gives_the_cursor_to_what_is_there_now() -> None:
    articles = shown(listing([5, 4, 3, 2, 1]))
    app = Stage(articles)
    async with app.run_test(size=(60, 12)) as pilot:
        articles.go_to(3)
        await pilot.pause()

        articles.listing = listing([5, 4, 2, 1])
        await pilot.pause()
        assert articles.current_id == 2

        articles.listing = listing([5])
        await pilot.pause()
        assert articles.current_id == 5
        assert highlighted(app)[-2:] == [2, 5]


async def test_another_listing_after_an_empty_one_begins_at_the_top() -> None:
    articles = shown(listing([5, 4, 3]))
    async with Stage(articles).run_test(size=(60, 12)) as pilot:
        articles.go_to(3)
        articles.listing = Listing()
        articles.listing = listing([9, 8, 7])
        await pilot.pause()

        assert articles.current_id == 9


async def test_a_mark_repaints_and_moves_nothing() -> None:
    articles = shown(listing(range(100, 0, -1)))
    app = Stage(articles)
    async with app.run_test(size=(60, 12)) as pilot:
        articles.go_to(60)
        await pilot.pause()
        app.told.clear()
        place = articles.cursor, articles.scroll_offset.y

        read = replace(article(60), read=True, starred=True)
        articles.listing = articles.listing.with_articles([read])
        await pilot.pause()

        assert (articles.cursor, articles.scroll_offset.y) == place
        assert drawn(articles)[place[0] - place[1]].startswith("▌ ★ Story 60")
        assert articles.current == read
        assert app.told == []


async def test_the_cursor_tells_where_it_came_to_rest_and_only_once() -> None:
    articles = shown(listing(range(100, 0, -1)))
    app = Stage(articles)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        app.told.clear()
        await pilot.press("j", "k")
        await pilot.pause()
        await pilot.press("j", "k", "k")
        await pilot.pause()

        assert all(
            a != b for a, b in zip(highlighted(app), highlighted(app)[1:], strict=False)
        )
        assert highlighted(app)[-1:] in ([], [100])

        app.told.clear()
        await pilot.press("end", "end")
        await pilot.pause()
        assert highlighted(app) == [1]


async def test_a_story_can_be_gone_to_by_id() -> None:
    articles = shown(listing(range(100, 0, -1)))
    async with Stage(articles).run_test(size=(60, 12)) as pilot:
        assert articles.go_to(1)
        await pilot.pause()
        assert articles.current_id == 1
        assert drawn(articles)[-1].startswith("▌●  Story 1 ")

        assert not articles.go_to(101)
        assert articles.current_id == 1


async def test_unknown_stories_are_placeholders_and_wanted_once_a_window() -> None:
    articles = shown(listing(range(1000), known=range(4)))
    app = Stage(articles)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        assert drawn(articles)[4].strip() == "…"
        assert wanted(app) == [tuple(range(4, 128))]

        for key in ("j", "pagedown", "pageup", "ctrl+d"):
            await pilot.press(key)
            await pilot.pause()
        assert len(wanted(app)) == 1

        await pilot.press("end")
        await pilot.pause()
        assert wanted(app)[1:] == [tuple(range(896, 1000))]
        assert articles.current is None


async def test_stories_that_are_given_are_shown_and_not_wanted_again() -> None:
    articles = shown(listing(range(1000), known=()))
    app = Stage(articles)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        given = articles.listing.with_articles(article(n) for n in range(128) if n != 3)
        articles.listing = given
        await pilot.pause()

        assert "Story 4" in drawn(articles)[4]
        assert drawn(articles)[3].strip() == "…"
        assert len(wanted(app)) == 1


async def test_a_window_that_was_let_go_is_wanted_again() -> None:
    articles = shown(listing(range(1000), known=()))
    app = Stage(articles)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        given = articles.listing.with_articles(article(n) for n in range(128))
        articles.listing = given
        await pilot.press("end")
        await pilot.pause()
        articles.listing = Listing(given.ids, {999: article(999)})
        await pilot.press("home")
        await pilot.pause()

        assert wanted(app) == [
            tuple(range(128)),
            tuple(range(896, 1000)),
            tuple(range(128)),
        ]


async def test_a_new_listing_wants_its_own_stories() -> None:
    articles = shown(listing(range(200), known=()))
    app = Stage(articles)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        articles.listing = listing(range(500, 700), known=())
        await pilot.pause()

        assert wanted(app) == [tuple(range(128)), tuple(range(500, 628))]


async def test_time_goes_by() -> None:
    articles = shown(listing([1]))
    async with Stage(articles).run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        assert drawn(articles)[0].endswith(" 1h")
        articles.now = NOW + timedelta(hours=2)
        await pilot.pause()
        assert drawn(articles)[0].endswith(" 3h")


async def test_a_hundred_thousand_stories_are_no_more_work_than_a_hundred() -> None:
    articles = shown(listing(range(100_000), known=range(300)))
    app = Stage(articles)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("end", "home", "pagedown", "end")
        await pilot.pause()

        assert articles.current_id == 99_999
        assert len(wanted(app)) <= 3
        assert len(articles._strips) < 200


@given(
    st.lists(st.integers(0, 40), max_size=30, unique=True),
    st.integers(0, 40),
    st.integers(-3, 50),
    st.integers(0, 40),
)
def test_an_article_is_found_from_anywhere_within_reach(
    ids: list[int], wanted: int, near: int, within: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(article_list, "_STRETCH", 4)
        found = [each for each in look_for(ids, wanted, near, within) if each is not None]

    at = ids.index(wanted) if wanted in ids else None
    start = max(0, min(near, len(ids)))
    reached = at is not None and start - within <= at < start + within
    assert found == ([at] if reached else [])


def test_an_article_near_the_cursor_is_found_at_once_in_a_million() -> None:
    ids = array("q", range(1_000_000, 0, -1))

    assert next(look_for(ids, 499_900, 500_000)) == 500_100
    assert len(list(look_for(ids, 1, 0))) == 63


async def test_the_selection_runs_from_its_anchor_to_the_cursor() -> None:
    view = ArticleList()
    view.listing = listing(range(1, 9))
    async with Stage(view).run_test(size=(60, 12)) as pilot:
        view.cursor = 3
        view.origin = 3
        assert list(view.selected) == [3]
        await pilot.press("j", "j")
        assert list(view.selected) == [3, 4, 5]
        await pilot.press("g")
        assert list(view.selected) == [0, 1, 2, 3]
        assert [line[:1] for line in drawn(view)[:5]] == ["▌", "┃", "┃", "┃", " "]


async def test_a_selection_stays_on_its_articles_when_others_come() -> None:
    view = ArticleList()
    view.listing = listing(range(1, 9))
    async with Stage(view).run_test(size=(60, 12)) as pilot:
        view.cursor, view.origin = 2, 4
        await pilot.pause()

        view.listing = listing([101, 102, *range(1, 9)])
        assert [view.listing.ids[row] for row in view.selected] == [3, 4, 5]

        view.listing = listing([1, 2, 3, 4])
        assert view.origin is None
