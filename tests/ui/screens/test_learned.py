"""What was learned from the reader: shown a tag at a time, forgotten when that is meant."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui import query
from autotui.config import Config
from autotui.drivetrain.learned import Lesson, Telling
from autotui.errors import StoreError
from autotui.library import Library
from autotui.ui.screens.learned import ForgetScreen, LearnedScreen, told
from autotui.ui.sheet import set_to
from ui.screens.reader import Open, Reader
from ui.screens.test_pictures import compare
from ui.stage import HOSTILE

TAG = "ev-drivetrain"
TELLING = st.builds(
    Telling,
    st.sampled_from(("title", "word", "cue")),
    st.text(max_size=40) | st.sampled_from(HOSTILE),
    st.floats(-9, 9),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
)


@pytest.fixture
async def taught(judged: Library) -> Library:
    """Two accepted suggestions, three rejected, and nine stories with a tag."""
    ids = (await judged.listing(query.parse("is:suggested"))).ids
    await judged.judging.accept(ids[:2])
    await judged.judging.reject(ids[2:5])
    await judged.tag(ids[5:14], ["units"])
    async for _ in judged.judge():
        pass
    return judged


async def open_page(reader: Reader) -> None:
    await reader.press("colon")
    await reader.type("what was learned")
    await reader.until(lambda: "What was learned from you" in reader.text)
    await reader.press("enter")
    assert isinstance(reader.screen, LearnedScreen)


def lines(lesson: Lesson) -> list[str]:
    return [each.first + each.text for each in told(lesson)]


async def test_the_page_tells_how_many_verdicts_there_were_and_what_they_taught(
    taught: Library, start: Open
) -> None:
    async with start(taught) as reader:
        await open_page(reader)

        assert "What was learned · #ev-drivetrain · 1 of 2" in reader.lines[0]
        assert "2 accepted, 3 rejected" in reader.text
        lesson = await taught.judging.lesson(TAG)
        strongest = lesson.telling[0]
        word = strongest.word.replace("_", " ")
        assert f"{strongest.weight:+.2f} {word}" in reader.text


@pytest.mark.parametrize(("key", "back"), [("tab", "shift+tab"), ("l", "h")])
async def test_keys_go_from_tag_to_tag_round_and_round(
    taught: Library, start: Open, key: str, back: str
) -> None:
    async with start(taught) as reader:
        await open_page(reader)
        await reader.press(key)
        assert "#units · 2 of 2" in reader.lines[0]
        assert "9 accepted, 0 rejected" in reader.text
        await reader.press(key)
        assert "#ev-drivetrain · 1 of 2" in reader.lines[0]
        await reader.burst(back, back, back)
        assert "#units · 2 of 2" in reader.lines[0]


async def test_before_anything_was_learned_the_page_says_so(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await open_page(reader)
        assert "#ev-drivetrain ─" in reader.lines[0]
        assert "Nothing yet." in reader.text

        await reader.press("r", "tab")

        assert reader.notes == ["Nothing was learned of #ev-drivetrain yet."]
        assert isinstance(reader.screen, LearnedScreen)


async def test_a_reset_asks_first_and_brings_the_seed_back(
    judged: Library, start: Open
) -> None:
    # Given a reader whose verdicts changed the scores
    ids = (await judged.listing(query.parse("is:suggested"))).ids
    other = ids[9]
    seed = await judged.judging.findings(other)
    await judged.judging.reject(ids[:5])
    async for _ in judged.judge():
        pass
    (changed,) = await judged.articles([other])
    assert changed.score != seed.score
    async with start(judged) as reader:
        # When the reset is refused, in each way
        await open_page(reader)
        for refusal in ("escape", "n", "q"):
            await reader.press("r")
            assert isinstance(reader.screen, ForgetScreen)
            assert "Forget what 5 verdicts taught?" in reader.text
            await reader.press(refusal)
            assert (await judged.judging.learned()).rejected == 5
        # and then is meant
        await reader.press("r", "y")
        assert reader.notes == ["Forgotten: what 5 verdicts on #ev-drivetrain taught."]
        assert "Nothing yet." in reader.text
        await reader.press("q")
        # Then all is judged by the lexicon again, and the verdicts stay
        assert reader.screen is reader.main
        await reader.settle()
        assert await judged.judging.waiting() == 0
        assert await judged.judging.findings(other) == seed
        (after,) = await judged.articles([other])
        assert after.score == seed.score
        assert reader.main.listing.articles[other].score == seed.score
        assert set((await judged.listing(query.parse("is:rejected"))).ids) == {*ids[:5]}


async def test_a_page_that_was_only_looked_at_judges_nothing_again(
    taught: Library, start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start(taught) as reader:
        asked: list[str] = []
        monkeypatch.setattr(reader.main, "_judge_again", lambda: asked.append("again"))
        await open_page(reader)
        await reader.press("tab", "escape")

        assert reader.screen is reader.main
        assert asked == []


async def test_the_tag_that_was_gone_to_is_the_one_that_is_reset(
    taught: Library, start: Open
) -> None:
    async with start(taught) as reader:
        await open_page(reader)
        await reader.burst("tab", "r")
        assert "Reset #units" in reader.text
        await reader.press("y")

        assert await taught.judging.taught() == (TAG,)
        assert "#ev-drivetrain ─" in reader.lines[0]
        assert "2 accepted, 3 rejected" in reader.text
        assert len((await taught.listing(query.parse("tag:units"))).ids) == 9


async def test_a_reset_that_cannot_be_stored_is_told(
    taught: Library, start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> asyncio.Future[int]:
        failed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        failed.set_exception(StoreError("the disk is full"))
        return failed

    async with start(taught) as reader:
        await open_page(reader)
        monkeypatch.setattr(taught.judging, "forget", fail)
        await reader.press("r", "y")

        assert reader.notes == ["the disk is full"]
        assert "2 accepted, 3 rejected" in reader.text


async def test_a_key_of_the_readers_own_opens_the_page(
    judged: Library, start: Open
) -> None:
    async with start(judged, settings=Config(keys={"learned": "f7"})) as reader:
        await reader.press("f7")

        assert isinstance(reader.screen, LearnedScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_page_in_pictures(
    taught: Library, start: Open, size: tuple[int, int]
) -> None:
    async with start(taught, size) as reader:
        await open_page(reader)
        compare(reader, "learned-{}x{}".format(*size))


def test_a_tag_of_the_readers_own_says_how_many_stories_it_needs() -> None:
    assert "From 8 stories on" in lines(Lesson("pools", 7, 0))[1]
    assert "These words suggest the tag" in lines(Lesson("pools", 8, 0))[1]


def test_of_many_words_the_weaker_ones_are_counted() -> None:
    words = tuple(Telling("word", f"w{n}", -1.0, 0, 1) for n in range(1_030))

    shown = lines(Lesson("pools", 9, 2, (Telling("cue", "e_axle", 0.5, 2, 0), *words)))

    assert shown[2:5] == [
        "For",
        "+0.50 e axle (cue of the lexicon: 2 accepted, 0 rejected)",
        "Against",
    ]
    assert shown[-2:] == [
        "-1.00 w24 (in texts: 0 accepted, 1 rejected)",
        "and 1,005 weaker ones",
    ]


@settings(deadline=None)
@given(st.lists(TELLING, max_size=6), st.integers(1, 60))
def test_whatever_was_learned_is_harmless_text(telling: list[Telling], width: int) -> None:
    sheet = set_to(width, tuple(told(Lesson(TAG, 3, 4, tuple(telling)))))

    for number in range(len(sheet.lines)):
        assert not set(sheet.text(number)) & set("\x00\x07\x1b\x9b\x9d\u202e\u2066\n")
