"""What the style sheet says about where the panes are."""

import pytest
from textual.app import App, ComposeResult
from textual.containers import Container, Horizontal

from autotui.ui.widgets.article_list import ArticleList
from autotui.ui.widgets.article_view import ArticleView
from autotui.ui.widgets.feed_list import FeedList
from autotui.ui.widgets.metadata import Metadata
from autotui.ui.widgets.status import Status
from ui.stage import STYLES

Places = dict[str, tuple[int, int, int, int]]


class Desk(App[None]):
    CSS_PATH = STYLES

    def compose(self) -> ComposeResult:
        with Horizontal(id="desk"):
            yield FeedList(id="feeds")
            with Container(id="middle"):
                yield ArticleList(id="articles")
                yield ArticleView(id="text")
            yield Metadata(id="metadata")
        yield Status(id="status")


async def places(width: int, height: int, *classes: str, front: str = "") -> Places:
    """Give x, y, width and height of each pane that is in sight."""
    app = Desk()
    async with app.run_test(size=(width, height)) as pilot:
        app.screen.set_classes(classes)
        if front:
            app.query_one(f"#{front}").add_class("front")
        await pilot.pause()
        names = ("feeds", "articles", "text", "metadata")
        panes = {name: app.query_one(f"#{name}") for name in names}
        assert app.query_one("#status").region == (0, height - 1, width, 1)
        return {
            name: tuple(pane.region)  # type: ignore[misc]
            for name, pane in panes.items()
            if pane.display and pane.region.area
        }


async def test_wide_lays_the_list_beside_the_text() -> None:
    assert await places(200, 60, "-wide") == {
        "feeds": (0, 0, 28, 59),
        "articles": (28, 0, 60, 59),
        "text": (88, 0, 76, 59),
        "metadata": (164, 0, 36, 59),
    }


async def test_normal_lays_the_list_above_the_text() -> None:
    assert await places(120, 41, "-normal") == {
        "feeds": (0, 0, 26, 40),
        "articles": (26, 0, 62, 16),
        "text": (26, 16, 62, 24),
        "metadata": (88, 0, 32, 40),
    }


async def test_compact_shows_feeds_or_metadata() -> None:
    usual = await places(80, 24, "-compact")
    asked = await places(80, 24, "-compact", "metadata-shown")

    assert set(usual) == {"feeds", "articles", "text"}
    assert usual["feeds"][2] == 22
    assert set(asked) == {"articles", "text", "metadata"}


async def test_metadata_can_be_hidden() -> None:
    for name, width in (("-wide", 200), ("-normal", 120)):
        shown = await places(width, 40, name, "metadata-hidden")
        assert set(shown) == {"feeds", "articles", "text"}
        assert shown["text"][0] + shown["text"][2] == width


@pytest.mark.parametrize("front", ["feeds", "articles", "text", "metadata"])
async def test_folded_shows_the_front_pane_alone(front: str) -> None:
    assert await places(60, 20, "-folded", front=front) == {front: (0, 0, 60, 19)}


@pytest.mark.parametrize("name", ["-wide", "-normal", "-compact", "-folded"])
async def test_zen_shows_the_text_alone(name: str) -> None:
    shown = await places(120, 30, name, "zen", front="feeds")

    assert shown == {"text": (0, 0, 120, 29)}
