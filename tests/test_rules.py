"""Rules through the one door: on a real refresh, by hand, and those that are offered."""

import time
from array import array

import pytest

from autotui import query
from autotui.drivetrain.learn import Common
from autotui.errors import QueryError, UnknownError
from autotui.library import Library
from autotui.model import Article
from autotui.rules import Draft
from support import feeds
from support.web import Web

AXLE = (
    "The e-axle joins motor, inverter and gearbox. It gives 250 kW and 430 Nm. "
    "The battery behind it holds 77.4 kWh net. A charger fills it."
)
NEWS = [("n1", "Volt Weekly wins"), ("n2", "A new e-axle from Volt")]
MORE = [*NEWS, ("n3", "Volt again"), ("n4", "Another e-axle drive unit")]


async def subscribed(library: Library, web: Web) -> None:
    web["/feed"] = feeds.rss("Outlet", NEWS, AXLE)
    await library.subscribe(web.url("/feed"))
    web["/feed"] = feeds.rss("Outlet", MORE, AXLE)


async def refreshed(library: Library) -> None:
    async for update in library.refresh(force=True):
        assert update.error is None


async def found(library: Library, text: str) -> list[Article]:
    listing = await library.listing(query.parse(text))
    return sorted(await library.articles(listing.ids), key=lambda each: each.id)


async def titles(library: Library, text: str) -> list[str]:
    return [each.title for each in await found(library, text)]


async def test_a_rule_acts_on_what_a_refresh_brings(library: Library, web: Web) -> None:
    await subscribed(library, web)
    await library.rules.save(Draft("volts", "title:volt", ("+volt", "star")))

    await refreshed(library)

    assert await titles(library, "is:starred") == ["Volt again"]
    (story,) = await found(library, "tag:volt")
    assert sorted(story.automatic) == [("+volt", "volts"), ("star", "volts")]
    step = await library.undo()
    assert step is not None
    assert step.label == "rule volts: 1 story"
    assert await titles(library, "is:starred OR tag:volt") == []


async def test_a_rule_with_a_threshold_tags_what_was_judged(
    library: Library, web: Web
) -> None:
    await subscribed(library, web)
    await library.rules.save(Draft("sure", "score>0.9 kwh>70", ("+ev-drivetrain",)))

    await refreshed(library)

    assert set(await titles(library, "tag:ev-drivetrain")) == MORE_TITLES
    assert (await library.judging.learned()).accepted == 0
    await library.undo()
    assert await titles(library, "tag:ev-drivetrain") == []


MORE_TITLES = {"Volt again", "Another e-axle drive unit"}


async def test_what_came_with_a_subscription_is_met_by_rules_as_well(
    library: Library, web: Web
) -> None:
    await library.rules.save(Draft("all", "volt OR e-axle", ("later",)))
    await subscribed(library, web)

    assert len(await titles(library, "is:later")) == 2


async def test_what_waits_to_be_judged_is_met_when_it_is(
    library: Library, web: Web
) -> None:
    await subscribed(library, web)
    await library.rules.save(Draft("sure", "score>0.9", ("star",)))
    many = [*MORE, *((f"m{n}", f"An e-axle {n}") for n in range(260))]
    web["/feed"] = feeds.rss("Outlet", many, AXLE)

    await refreshed(library)
    assert len(await titles(library, "is:starred")) == 200
    async for _ in library.judge():
        pass

    assert len(await titles(library, "is:starred")) == 262


@pytest.mark.parametrize(
    ("text", "actions", "told", "at"),
    [
        ("", ("star",), "needs a query", 0),
        ("  ", ("star",), "needs a query", 0),
        ("volt", (), "needs an action", 4),
        ("volt kwh>x", ("star",), "wants a number", 5),
        ("volt", ("explode",), "no action", 4),
        ("volt", ("+Not a Tag",), "no action", 4),
        ("(volt", ("star",), "not closed", 0),
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused_at_once(
    library: Library, text: str, actions: tuple[str, ...], told: str, at: int
) -> None:
    with pytest.raises(QueryError, match=told) as refused:
        library.rules.save(Draft("rule", text, actions))
    assert refused.value.at == at
    with pytest.raises(QueryError):
        await library.rules.preview(text, actions)
    assert await library.rules.every() == ()


async def test_a_rule_has_a_clean_name_of_its_own(library: Library) -> None:
    with pytest.raises(UnknownError, match="needs a name"):
        library.rules.save(Draft("\x1b \u202e", "volt", ("star",)))
    await library.rules.save(Draft("\x1b[31mred\u202e " + "x" * 90, "volt", ("star",)))
    (rule,) = await library.rules.every()
    assert rule.name.startswith("[31mred xxx")
    assert len(rule.name) == 60
    with pytest.raises(UnknownError, match="already"):
        await library.rules.save(Draft(rule.name, "volt", ("star",)))
    with pytest.raises(UnknownError, match="no rule 'other'"):
        await library.rules.find("other")


async def test_a_million_ids_are_marked_without_a_copy_on_the_way(
    library: Library, web: Web
) -> None:
    await subscribed(library, web)
    ids = array("q", range(1_000_000, 0, -1))
    started = time.perf_counter()
    marking = library.mark(ids, "read", on=True)
    handed_over = time.perf_counter() - started

    step = await marking

    assert sorted(step.ids) == [1, 2]
    assert step.label == "read, the whole view"
    assert handed_over < 0.1


# Offered.


@pytest.mark.parametrize("accepted", [True, False])
async def test_a_rule_is_offered_until_it_is_settled(
    library: Library, *, accepted: bool
) -> None:
    common = Common("drive_unit", 5, accepted, speaks=True)
    draft = await library.rules.drafted(common)
    await library.rules.offer(draft)
    await library.rules.offer(draft)

    assert await library.rules.offered() == (draft,)
    await library.rules.preview(draft.query, draft.actions)
    assert draft.actions == (("+ev-drivetrain",) if accepted else ("read",))

    await library.rules.settle(draft)
    assert await library.rules.offered() == ()
    assert await library.rules.every() == ()


async def test_every_cue_makes_a_rule_that_can_be_read(library: Library) -> None:
    from autotui.drivetrain import lexicon

    for cue in lexicon.standard().cues:
        for accepted in (True, False):
            draft = await library.rules.drafted(Common(cue, 5, accepted, speaks=True))
            library.rules.check(draft)


@pytest.mark.parametrize("kept", ["", "[", "[1]", '[["a", "b"]]', "{}", "null", "[[]]"])
async def test_offers_that_the_disk_forgot_are_none(library: Library, kept: str) -> None:
    await library.remember("offered-rules", kept)

    assert await library.rules.offered() == ()
