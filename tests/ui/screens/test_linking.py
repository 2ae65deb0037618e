"""Links by key."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from autotui.library import Library
from autotui.ui.screens.linking import LinkScreen
from support import feeds
from support.web import Web
from ui.screens.reader import Open, Reader

BODY = "".join(
    f'<p>Text about <a href="https://far.example/{n}">motor {n}</a>. {"word " * 20}</p>'
    for n in range(1, 31)
)


@pytest.fixture
def opened_urls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the browser writes addresses into."""
    program, told = tmp_path / "fox", tmp_path / "told"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {told}\n')
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(program))
    return told


@pytest.fixture
async def linked(library: Library, web: Web, start: Open) -> AsyncIterator[Reader]:
    """The reader with a story of thirty links, and one of none below it."""
    web["/many"] = feeds.rss("Links", [("many", "Many")], BODY)
    web["/plain"] = feeds.rss("Others", [("plain", "Plain")], "No link.")
    await library.subscribe(web.url("/many"))
    await library.subscribe(web.url("/plain"))
    async with start(library) as reader:
        reader.main.articles.cursor = reader.titles.index("Many")
        await reader.settle()
        yield reader


def left(reader: Reader) -> bool:
    """Whether no dialog is open."""
    return reader.screen is reader.main


def address(told: Path) -> list[str]:
    return told.read_text().splitlines() if told.exists() else []


async def test_a_unique_number_of_a_link_in_view_opens_it(
    linked: Reader, opened_urls: Path
) -> None:
    await linked.press("enter", "semicolon")
    assert isinstance(linked.screen, LinkScreen)
    assert linked.lines[-1].strip().startswith("Link 1 to ")
    await linked.press("2")

    await linked.until(lambda: address(opened_urls))
    assert address(opened_urls) == ["https://far.example/2"]
    assert left(linked)


async def test_digits_typed_with_the_key_are_for_the_link(
    linked: Reader, opened_urls: Path
) -> None:
    await linked.press("enter")
    await linked.burst("semicolon", "3")

    await linked.until(lambda: address(opened_urls))
    assert address(opened_urls) == ["https://far.example/3"]
    assert linked.main.scope == ""


async def test_hints_are_those_in_view_alone(linked: Reader, opened_urls: Path) -> None:
    await linked.press("enter", "pagedown", "pagedown", "semicolon")
    seen = linked.main.text.links_in_view
    assert seen[0] > 3
    # A number that is not in view is not taken
    await linked.press("1")
    assert isinstance(linked.screen, LinkScreen)
    await linked.press(*str(seen[-1])[1:], "escape")

    assert left(linked)
    assert not linked.main.text.hinting


async def test_the_numbers_stand_out_while_one_is_chosen(linked: Reader) -> None:
    await linked.press("enter", "semicolon")
    text = linked.main.text
    style = next(
        names
        for number in range(20)
        for part, names in text.parts(number)
        if part.startswith("[1")
    )
    assert "hint" in style.split()

    await linked.press("escape")
    assert not text.hinting


async def test_from_the_list_all_links_are_offered(
    linked: Reader, opened_urls: Path
) -> None:
    await linked.press("semicolon")
    assert " 1  motor 1 · far.example" in linked.text
    await linked.press("j", "j", "enter")

    await linked.until(lambda: address(opened_urls))
    assert address(opened_urls) == ["https://far.example/3"]


async def test_from_the_list_any_number_can_be_typed_at_once(
    linked: Reader, opened_urls: Path
) -> None:
    await linked.burst("semicolon", "3", "0")

    await linked.until(lambda: address(opened_urls))
    assert address(opened_urls) == ["https://far.example/30"]


async def test_an_ambiguous_number_waits_for_enter(
    linked: Reader, opened_urls: Path
) -> None:
    await linked.press("semicolon", "2")
    assert isinstance(linked.screen, LinkScreen)
    await linked.press("enter")

    await linked.until(lambda: address(opened_urls))
    assert address(opened_urls) == ["https://far.example/2"]


@pytest.mark.parametrize("keys", [("semicolon",), ("enter", "semicolon")])
async def test_a_story_without_links_says_so(linked: Reader, keys: tuple[str, ...]) -> None:
    linked.main.articles.cursor = linked.titles.index("Plain")
    await linked.settle()
    await linked.press(*keys)

    assert left(linked)
    assert linked.notes[-1] == "This story has no links."


async def test_links_of_a_story_that_is_not_shown_yet_are_found(
    linked: Reader, opened_urls: Path
) -> None:
    away = linked.titles.index("Plain")
    back = "k" if away else "j"
    linked.main.articles.cursor = away
    await linked.settle()
    await linked.burst(back, "semicolon", "7")

    await linked.until(lambda: address(opened_urls))
    assert address(opened_urls) == ["https://far.example/7"]


async def test_open_and_read_does_both(reader: Reader) -> None:
    await reader.press("O")

    assert reader.notes == ["Opening outlet.example"]
    assert reader.at_hand.read


async def test_a_link_is_copied_as_markdown(reader: Reader) -> None:
    await reader.press("Y")

    assert reader.app.clipboard == "[Volt 29](<https://outlet.example/v29>)"


async def test_a_text_with_numbered_links_tells_the_key_that_opens_them(
    linked: Reader,
) -> None:
    assert "; Links" not in linked.lines[-1]

    await linked.press("enter")
    assert "; Links" in linked.lines[-1]

    await linked.go_to("Others")
    assert "; Links" not in linked.lines[-1]
