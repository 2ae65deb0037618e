"""The page of rules, and the dialog for one."""

import asyncio

import pytest

from autotui import query
from autotui.errors import StoreError
from autotui.library import Library
from autotui.rules import Draft
from autotui.ui.screens import composing
from autotui.ui.screens.composing import RuleScreen
from autotui.ui.screens.confirming import ConfirmScreen
from autotui.ui.screens.ruling import RulesScreen
from support import feeds
from support.web import Page, Web
from ui.screens.conftest import VOLT
from ui.screens.reader import Open, Reader
from ui.stage import HOSTILE

STAR = Draft("axles", "title:axle", ("star",))


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "PAUSE_SECONDS", 0.0)


async def titles(library: Library, wanted: str) -> list[str]:
    listing = await library.listing(query.parse(wanted))
    return [one.title for one in await library.articles(listing.ids)]


async def test_a_reader_makes_a_rule_and_has_it_done_to_old_stories(
    stocked: Library, web: Web, start: Open
) -> None:
    async with start(stocked) as reader:
        # Given a rule that is made by key, with a preview
        await reader.press("W", "a")
        await reader.type("title:axle")
        await reader.press("tab")
        await reader.type("Axle news")
        await reader.press("tab", "space")
        await reader.until(lambda: "it would change 3 stories" in reader.text)
        assert "· Axle 2" in reader.text
        await reader.press("enter")
        # When it is done to old stories
        assert "title:axle: +axle, +news, star" in reader.text
        await reader.press("A")
        assert "That is for 3 stories already here." in reader.text
        await reader.press("y")
        # Then they have what it says, and the page tells how many
        assert reader.notes[-1].startswith("Done: rule title:axle: 3 stories.")
        assert "  3  title:axle" in reader.text
        assert len(await titles(stocked, "is:starred tag:axle tag:news")) == 3
        # and one key takes all of it back
        await reader.press("u")
        assert reader.notes[-1] == "Undone: rule title:axle: 3 stories"
        assert await titles(stocked, "is:starred OR is:tagged") == []
        await reader.press("U", "q")
        assert reader.at_hand.title == "Volt 29"
        assert len(await titles(stocked, "is:starred tag:axle")) == 3


async def test_what_a_rule_did_is_told_beside_the_story(
    stocked: Library, start: Open
) -> None:
    await stocked.rules.save(Draft("axles", "title:axle", ("+axle", "star", "read")))
    (rule,) = await stocked.rules.every()
    await stocked.rules.apply(rule)
    async with start(stocked, size=(200, 50)) as reader:
        await reader.go_to("Axle Atom")
        await reader.press("l")
        assert "#axle (rule axles)" in reader.text
        assert "starred (axles)" in reader.text
        assert "read (axles)" in reader.text
        # What the reader takes and gives is the reader's
        await reader.press("s", "T")
        assert "rule axles" not in reader.text
        assert "read (axles)" in reader.text
        await reader.press("s")
        assert "starred (axles)" not in reader.text


async def test_a_rule_acts_while_the_reader_reads(due: Reader, web: Web) -> None:
    await due.library.rules.save(Draft("volts", "title:volt", ("star",)))
    web["/volt"] = Page(feeds.rss("Volt Weekly", [*VOLT, ("v30", "Volt 30")]), etag='"2"')

    await due.press("R")

    assert await titles(due.library, "is:starred") == ["Volt 30"]
    await due.press("k", "k")
    assert due.at_hand.title == "Volt 30"
    assert due.at_hand.starred
    await due.press("u")
    assert due.notes[-1] == "Undone: rule volts: 1 story"
    assert not due.at_hand.starred


@pytest.mark.parametrize(
    ("typed", "told", "at"),
    [
        ("volt kwh>lots", "'kwh' at 6 wants a number", 5),
        ("volt (axle", "the '(' at 6 is not closed", 5),
        ("field:1 volt", "there is no field 'field'", 0),
    ],
)
async def test_a_query_that_cannot_be_read_is_pointed_at(
    reader: Reader, typed: str, told: str, at: int
) -> None:
    await reader.press("W", "a")
    await reader.type(typed)
    assert told in reader.text
    await reader.press("tab", "tab", "space", "enter")

    assert isinstance(reader.screen, RuleScreen)
    line = next(at for at, text in enumerate(reader.lines) if "Stories " in text)
    column = reader.lines[line].index(typed) + at
    assert reader.lines[line + 1][column] == "^"
    assert told[:20] in reader.lines[line + 1]
    await reader.press("escape")
    assert await reader.library.rules.every() == ()


async def test_a_rule_without_an_action_is_no_rule_yet(reader: Reader) -> None:
    await reader.press("W", "a")
    await reader.type("volt")
    await reader.press("enter")

    assert isinstance(reader.screen, RuleScreen)
    assert "a rule needs an action" in reader.text


async def test_two_rules_cannot_have_one_name(reader: Reader) -> None:
    await reader.library.rules.save(STAR)
    await reader.press("W", "a")
    await reader.type("volt")
    await reader.press("up")
    await reader.type("axles")
    await reader.press("down", "tab", "tab", "right", "enter")

    assert "There is a rule axles already." in reader.text
    assert len(await reader.library.rules.every()) == 1


async def test_a_rule_is_edited_turned_off_and_deleted_and_all_comes_back(
    stocked: Library, start: Open
) -> None:
    await stocked.rules.save(STAR)
    async with start(stocked) as reader:
        await reader.press("W", "enter")
        await reader.type(" is:unread")
        await reader.press("enter")
        await reader.press("space", "d")
        assert "There is no rule yet" in reader.text

        await reader.press("u")
        assert "off  axles" in reader.text
        await reader.press("u")
        assert "on   axles" in reader.text
        assert "title:axle is:unread: star" in reader.text
        await reader.press("u")
        assert "title:axle: star" in reader.text
    # also by another run
    async with start(stocked) as reader:
        await reader.press("u")
        assert reader.notes == ["Undone: rule axles"]
        assert await stocked.rules.every() == ()
        await reader.press("U", "U", "U", "U")
        assert await stocked.rules.every() == ()


async def test_a_rule_that_cannot_be_read_says_so_and_can_be_mended(
    reader: Reader,
) -> None:
    await reader.library.rules.save(STAR)
    await reader.library._sql(lambda db: db.execute("UPDATE rule SET query = 'kwh>x'"))
    await reader.library._sql(
        lambda db: db.execute("UPDATE rule SET enabled = 0, trouble = 'kwh is wrong'")
    )
    await reader.press("W")
    assert "!    axles" in reader.text
    assert "Disabled: kwh is wrong. Enter mends it." in reader.text

    await reader.press("space")
    assert any("wants a number" in note for note in reader.notes)
    await reader.press("A")
    assert not isinstance(reader.screen, ConfirmScreen)
    await reader.press("enter", "ctrl+u")
    await reader.type("volt")
    await reader.press("enter")
    assert "on   axles" in reader.text


async def test_keys_before_the_rules_are_known_hit_the_right_one(
    stocked: Library, start: Open
) -> None:
    for number in range(3):
        await stocked.rules.save(Draft(f"rule {number}", "volt", ("star",)))
    async with start(stocked) as reader:
        await reader.burst("W", "j", "d")

        assert [rule.name for rule in await stocked.rules.every()] == ["rule 0", "rule 2"]


async def test_each_key_of_a_burst_meets_the_rule_that_is_there_by_then(
    stocked: Library, start: Open
) -> None:
    for number in range(4):
        await stocked.rules.save(Draft(f"rule {number}", "volt", ("star",)))
    async with start(stocked) as reader:
        await reader.burst("W", "j", "d", "d", "d", "u", "q")

        assert reader.screen is reader.main
        assert [rule.name for rule in await stocked.rules.every()] == ["rule 0", "rule 3"]


async def test_a_change_is_not_lost_by_leaving_at_once(
    stocked: Library, start: Open
) -> None:
    await stocked.rules.save(STAR)
    async with start(stocked) as reader:
        await reader.press("W")
        await reader.burst("d", "ctrl+c")

    assert await stocked.rules.every() == ()


async def test_a_rule_that_cannot_be_stored_is_told_and_shown_as_it_is(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    await reader.library.rules.save(STAR)
    await reader.press("W")

    def fail(*_: object, **__: object) -> "asyncio.Future[object]":
        failed: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        failed.set_exception(StoreError("the disk is full"))
        return failed

    monkeypatch.setattr(reader.library.rules, "delete", fail)
    await reader.press("d")

    assert "the disk is full" in reader.notes
    assert "on   axles" in reader.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("text", HOSTILE)
async def test_nothing_hostile_gets_out(
    stocked: Library, start: Open, size: tuple[int, int], text: str
) -> None:
    text = text.encode("utf-8", "replace").decode()
    await stocked._sql(
        lambda db: db.execute(
            "INSERT INTO rule (name, query, actions, trouble, made_at) "
            "VALUES (?, ?, '[\"star\"]', ?, 0)",
            (text, text, text),
        )
    )
    await stocked.rules.offer(Draft(text, text, (f"+{text}",)))
    async with start(stocked, size=size) as reader:
        await reader.press("W", "j")
        assert isinstance(reader.screen, RulesScreen)
        await reader.press("enter")
        assert isinstance(reader.screen, RuleScreen)


# Offered.


async def test_what_is_offered_is_looked_at_and_taken_or_refused(
    judged: Library, start: Open
) -> None:
    taken = Draft("one", "title:drive score>0.3", ("+ev-drivetrain",))
    refused = Draft("two", "bridge", ("read",))
    await judged.rules.offer(taken)
    await judged.rules.offer(refused)
    async with start(judged) as reader:
        await reader.press("W")
        assert "new  one" in reader.text
        assert "Offered after your corrections" in reader.text
        await reader.press("space")
        assert reader.notes[-1].startswith("This rule is only offered.")
        await reader.press("enter")
        await reader.until(lambda: "it would change 20 stories" in reader.text)
        await reader.press("escape")
        assert "new  one" in reader.text
        await reader.press("enter", "enter")
        await reader.press("g", "d")

        assert await judged.rules.offered() == ()
        assert [rule.name for rule in await judged.rules.every()] == ["one"]


async def test_corrections_with_a_common_cue_offer_a_rule_once(
    judged: Library, start: Open
) -> None:
    async with start(judged) as reader:
        await reader.press(*["minus"] * 5)
        (told,) = reader.notes
        assert told.endswith("W shows a rule that would do so by itself.")
        (draft,) = await judged.rules.offered()
        assert '"drive unit"' in draft.query
        await reader.press("W", "d", "q", "minus", "minus")
        assert await judged.rules.offered() == ()
        assert len([note for note in reader.notes if "W shows" in note]) == 1


async def test_a_search_is_made_a_rule_in_a_dialog_amid_the_page(reader: Reader) -> None:
    await reader.press("slash")
    await reader.type("title:axle")
    await reader.press("enter", "W", "a")

    dialog = reader.screen.query_one(".dialog").region
    assert abs(dialog.x - (120 - dialog.right)) <= 1
    assert reader.lines[0].startswith("╭─ Rules · 0 ")
    await reader.press("tab")
    await reader.type("axle")
    await reader.until(lambda: "it would change 3 stories" in reader.text)
    await reader.press("enter")
    assert "title:axle: +axle" in reader.text
