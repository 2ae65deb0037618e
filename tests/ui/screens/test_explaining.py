"""Why a story is suggested, its figures and names, and the way to others with them."""

import asyncio

import pytest

from autotui.judging import Findings
from autotui.library import Library
from autotui.ui.screens import explaining
from autotui.ui.widgets.page import Page
from ui.screens.reader import Open, Reader
from ui.screens.test_panes import in_sight
from ui.stage import segments


def styled(page: Page, style: str) -> list[str]:
    """What is drawn in a style that can be told without colours, such as underline."""
    found = []
    for y in range(page.scrollable_content_region.height):
        runs = segments(page, y)
        found += [run.text for run in runs if run.style and getattr(run.style, style)]
    return found


def about(reader: Reader) -> list[str]:
    """The lines of the metadata pane."""
    region = reader.main.metadata.content_region
    rows = reader.lines[region.y : region.bottom]
    return [row[region.x : region.right].strip().replace("\u00a0", " ") for row in rows]


async def choose(reader: Reader, text: str) -> None:
    """Go through what can be chosen until it is ``text``."""
    reader.main.go_to_pane("metadata")
    for key in (*["j"] * 30, *["k"] * 30):
        await reader.press(key)
        if "".join(styled(reader.main.metadata, "reverse")) == text:
            return
    raise AssertionError(f"{text} cannot be chosen:\n{reader.text}")


async def test_w_marks_the_evidence_and_says_what_it_is_worth(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        assert styled(reader.main.text, "underline") == []
        await reader.press("w")

        marked = styled(reader.main.text, "underline")
        assert {"Electric drive unit", "e-axle", "inverter", "charger"} <= {*marked}
        assert styled(reader.main.text, "italic")[0] == "charger"
        lines = about(reader)
        assert lines[0] == "About EV drivetrains: 99 %,"
        assert lines[1] == "suggested"
        told = await judged.judging.findings(reader.at_hand.id)
        first = told.evidence[0]
        assert "For" in lines
        assert f'{first.weight:+.1f} "{first.quote}"' in lines
        assert any(line.startswith("-") and '"charger"' in line for line in lines)
        assert lines.index("Against") > lines.index("For")

        await reader.press("w")
        assert styled(reader.main.text, "underline") == []
        assert about(reader)[0].startswith("Outlet")


async def test_w_says_what_was_missing_where_a_story_is_not_suggested(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.press("G", "w")

        assert "not suggested" in " ".join(about(reader)[:2])
        told = await judged.judging.findings(reader.at_hand.id)
        assert f"Missing: {told.missing}" in " ".join(about(reader)[:6])


@pytest.mark.parametrize("leave", ["j", "n", "plus", "minus"])
async def test_leaving_the_story_takes_the_marks_away(
    judged: Library, start: Open, leave: str
) -> None:
    async with start(judged) as reader:
        await reader.press("w", leave)

        assert not reader.main.explained
        assert styled(reader.main.text, "underline") == []
        assert about(reader)[0].startswith("Outlet")


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24), (70, 20)])
@pytest.mark.parametrize("before", [(), ("h",), ("l",), ("i",), ("l", "i"), ("z",)])
async def test_w_opens_the_metadata_pane_and_gives_the_panes_back(
    judged: Library, start: Open, size: tuple[int, int], before: tuple[str, ...]
) -> None:
    async with start(judged, size) as reader:
        await reader.press(*before)
        panes, front = in_sight(reader), reader.main.front

        await reader.press("w")
        assert "metadata" in in_sight(reader)
        assert "For" in about(reader)
        assert reader.main.front in in_sight(reader)

        await reader.press("w")
        assert in_sight(reader) == panes
        assert reader.main.front in {front, "articles"}


async def test_w_after_a_move_explains_the_story_moved_to(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.burst("j", "j", "w")

        assert reader.main.explained == reader.at_hand.id
        assert reader.at_hand.title.startswith("Electric drive unit 17")
        assert styled(reader.main.text, "underline")


async def test_the_metadata_pane_tells_score_figures_and_names(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        lines = about(reader)
        at = lines.index("About EV drivetrains: 99 %,")
        assert lines[at + 1] == "suggested"
        for line in (
            "Figures",
            "Battery    77.4 kWh net",
            "Power      250 kW",
            "Torque     430 Nm",
            "Names",
            "Makers     BMW",
            "Suppliers  ZF",
        ):
            assert line in lines[at:]

        await reader.press("plus", "k")
        assert "tagged" in " ".join(about(reader))
        await reader.press("u", "minus", "k")
        assert "rejected" in " ".join(about(reader))


async def test_enter_goes_to_the_sentence_of_a_figure(judged: Library, start: Open) -> None:
    async with start(judged, (120, 24)) as reader:
        await choose(reader, "77.4 kWh net")
        await reader.press("enter")

        assert reader.main.front == "text"
        assert styled(reader.main.text, "reverse") == ["77.4 kWh"]
        sentence = "".join(styled(reader.main.text, "underline"))
        assert sentence.startswith("The battery behind it holds 77.4 kWh net, and a")
        assert sentence.endswith("a large one111 kWh.")


async def test_enter_goes_to_what_is_far_down_in_every_layout(
    judged: Library, start: Open
) -> None:
    for size in ((120, 24), (80, 24), (70, 10)):
        async with start(judged, size) as reader:
            await reader.press("w")
            await choose(reader, '"charger"')
            await reader.press("enter")

            assert reader.main.front == "text"
            assert "".join(styled(reader.main.text, "reverse")) == "charger"


async def test_f_lists_the_stories_with_a_name_and_q_goes_back(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.go_to("Unit News")
        await reader.press("l", "4", "j", "j")
        here = reader.at_hand
        await choose(reader, "BMW")

        await reader.press("f")
        assert reader.list_title == "All · name:BMW · 20"
        assert reader.main.front == "articles"
        assert reader.main.feed_list.cursor == 0
        await reader.press("j", "q")

        assert reader.list_title == "Unit News · suggested · 20"
        assert reader.at_hand == here
        await reader.press("q")
        assert reader.main.front == "feeds"


async def test_f_lists_the_stories_with_a_figure_and_one_shows_all(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await choose(reader, "111 kWh")
        await reader.press("f")
        assert reader.list_title == "All · kwh>=111 · 20"

        await reader.press("1", "q")

        assert reader.list_title == "All · 24"
        assert reader.main.front == "feeds"


async def test_a_search_in_a_search_is_left_step_by_step(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await choose(reader, "BMW")
        await reader.press("f")
        await choose(reader, "250 kW")
        await reader.press("f", "q")
        assert reader.list_title == "All · name:BMW · 20"

        await reader.press("escape")
        assert reader.list_title == "All · 24"


async def test_f_and_enter_say_what_to_choose_first(judged: Library, start: Open) -> None:
    async with start(judged) as reader:
        await reader.press("f")
        reader.main.go_to_pane("metadata")
        await reader.press("enter")
        assert reader.main.front == "metadata"
        await reader.press("w")
        await choose(reader, '"e-axle"')
        await reader.press("f")

        assert reader.notes == [
            "Choose a name or figure in the metadata pane first, with j and k.",
            "Of this kind nothing is looked for; choose a name, kWh, kW, km…",
        ]


async def test_findings_come_after_the_text_and_never_to_another_story(
    judged: Library, start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start(judged) as reader:
        # Given stories that take long to be looked through
        gate, find, asked = asyncio.Event(), judged.judging.findings, list[int]()

        async def slow(article_id: int) -> Findings:
            asked.append(article_id)
            if len(asked) == 1:
                await gate.wait()
            return await find(article_id)

        monkeypatch.setattr(judged.judging, "findings", slow)
        # When the reader goes to one, which is shown meanwhile, and on to the next
        await reader.pilot.press("j")
        await reader.until(lambda: asked)
        assert reader.main.story is not None
        assert reader.main.story.article.id == asked[0]
        assert reader.main.findings is None
        await reader.press("j")
        gate.set()
        await reader.settle()
        # Then it is told of the next what was found in that
        assert asked == [asked[0], reader.at_hand.id]
        assert reader.main.findings == await find(reader.at_hand.id)


async def test_stories_that_are_only_passed_are_not_looked_through(
    judged: Library, start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start(judged) as reader:
        find, asked = judged.judging.findings, list[int]()

        async def told(article_id: int) -> Findings:
            asked.append(article_id)
            return await find(article_id)

        monkeypatch.setattr(judged.judging, "findings", told)
        monkeypatch.setattr(explaining, "REST_SECONDS", 1.0)
        await reader.burst(*["n"] * 5)

        assert asked == [reader.at_hand.id]
