"""Themes: tried on, kept, taken back; and their text is to be read on every ground."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.color import Color as RichColor
from textual.color import Color
from textual.widgets import OptionList

from autotui.config import Config, Ui
from autotui.library import Library
from autotui.ui import themes
from ui.screens.reader import Open, Reader

# Frames, rules and scroll bars are no text; nor are the half blocks of a picture.
_NO_TEXT = frozenset("─│┌┐└┘├┤┬┴┼╭╮╰╯━┃▁▂▃▄▅▆▇█▊▎▔▕▌▐╶╴╷╵ ")


def luminance(color: Color) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = (part / 255 for part in color.rgb)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def drawn(reader: Reader) -> Iterator[tuple[str, Color, Color]]:
    """Every piece of text on the screen, with its colour and its background's.

    What is seen through a dialog's veil is not there to be read.
    """
    screen = reader.screen
    ground = screen.background_colors[1]
    seen = (screen.children[0] if screen.is_modal else screen).region
    for strip in screen._compositor.render_strips()[seen.y : seen.bottom]:
        for text, style, _ in strip.crop(seen.x, seen.right):
            if style and set(text) - _NO_TEXT:
                colours = [style.color or RichColor.default(), style.bgcolor]
                if style.reverse:
                    colours.reverse()
                ink, paper = (
                    Color.from_rich_color(each) if each else ground for each in colours
                )
                yield text.strip(), ink, paper


def test_the_contrast_of_black_and_white_is_as_the_standard_says() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color(255, 255, 255)) == pytest.approx(
        4.48, abs=0.01
    )


@pytest.mark.parametrize(
    ("theme", "least"),
    [("autotui-dark", 4.5), ("autotui-light", 4.5), ("autotui-contrast", 7.0)],
)
async def test_all_text_of_a_theme_stands_out_from_its_ground(
    judged: Library, start: Open, settings: Config, theme: str, least: float
) -> None:
    worn = replace(settings, ui=Ui(theme=theme))
    async with start(judged, (160, 50), worn) as reader:
        # The desk with its marks, why, every pane in turn, dialogs and pages
        for keys in ("s", "jw", "l", "l", "h", "?", "\x1bt", "\x1b,", "q:"):
            for key in keys:
                await reader.press("escape" if key == "\x1b" else key)
            dim = {
                (text, ink.hex, paper.hex, round(contrast(ink, paper), 1))
                for text, ink, paper in drawn(reader)
                if contrast(ink, paper) < least
            }
            assert not dim, (keys, dim)


async def choose(reader: Reader) -> OptionList:
    reader.main.action_theme()
    await reader.settle()
    return reader.screen.query_one(OptionList)


async def test_a_theme_is_worn_while_the_cursor_is_on_it_and_esc_takes_it_back(
    reader: Reader,
) -> None:
    reader.app.theme = "nord"
    options = await choose(reader)
    assert options.highlighted == reader.app.themes.index("nord")

    await reader.press("j")
    after = reader.app.themes[reader.app.themes.index("nord") + 1]
    await reader.until(lambda: reader.app.theme == after)
    await reader.press("escape")

    assert reader.app.theme == "nord"
    assert await reader.library.recall("theme") == ""


async def test_keys_faster_than_the_preview_leave_the_theme_that_was_worn(
    reader: Reader,
) -> None:
    await choose(reader)
    worn: list[object] = []
    reader.app.theme_changed_signal.subscribe(reader.main, worn.append)

    await reader.burst("j", "j", "escape")

    assert reader.app.theme == "autotui-dark"
    assert worn == []


async def test_a_key_that_is_held_down_passes_over_themes_and_enter_takes_the_last(
    reader: Reader,
) -> None:
    await choose(reader)

    await reader.burst("j", "j", "k", "j", "enter")

    assert reader.app.theme == reader.app.themes[2]


async def test_a_theme_that_was_kept_is_worn_at_the_next_start(
    stocked: Library, start: Open
) -> None:
    async with start(stocked) as reader:
        assert reader.app.theme == "autotui-dark"
        await choose(reader)
        await reader.press("j", "enter")
        assert reader.app.theme == "autotui-light"
        assert reader.notes == []

    async with start(stocked) as reader:
        assert reader.app.theme == "autotui-light"


async def test_the_config_file_wins_and_the_reader_says_so(
    stocked: Library, start: Open, settings: Config
) -> None:
    await stocked.remember("theme", "autotui-light")
    fixed = replace(settings, ui=Ui(theme="nord"), lines={"ui.theme": 7})
    async with start(stocked, settings=fixed) as reader:
        assert reader.app.theme == "nord"

        reader.main.wear("dracula")
        await reader.settle()

        assert reader.app.theme == "dracula"
        assert reader.notes == [
            "config.toml:7 says nord, so dracula is worn until autotui ends."
        ]
    async with start(stocked, settings=fixed) as reader:
        assert reader.app.theme == "nord"


async def test_what_was_remembered_of_a_theme_that_is_gone_is_forgotten(
    stocked: Library, start: Open
) -> None:
    await stocked.remember("theme", "a theme of old")

    async with start(stocked) as reader:
        assert reader.app.theme == "autotui-dark"


async def test_without_colours_there_are_none_and_the_cursor_is_still_seen(
    stocked: Library, start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    await stocked.remember("theme", "nord")

    async with start(stocked) as reader:
        assert reader.app.themes == ("ansi-dark", "ansi-light")
        lines = [list(strip) for strip in reader.screen._compositor.render_strips()]
        lines = [reader.main.articles.render_line(0)._segments]
        filters = reader.app.get_line_filters()
        for each in filters:
            lines = [each.apply(line, Color(0, 0, 0)) for line in lines]
        (cursor,) = lines
        assert all(style and style.reverse for text, style, _ in cursor if text.strip())
        for line in lines:
            for _, style, _ in line:
                assert style is None or (style.color is None and style.bgcolor is None)


def test_our_themes_come_first() -> None:
    assert [theme.name for theme in themes.OURS] == [
        "autotui-dark",
        "autotui-light",
        "autotui-contrast",
    ]
