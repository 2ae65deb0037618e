"""What the reader says of suggestions: kept, learned from, taken back, never lost."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from autotui import judging, query
from autotui.drivetrain.learned import Lesson
from autotui.errors import OffloadError, StoreError, UnknownError
from autotui.library import Library
from autotui.model import EV_DRIVETRAIN
from autotui.store import judgements
from support import feeds
from support.homes import Home
from support.web import Page, Web

DRIVE = (
    "The two carmakers will develop electric drive units together: motor, inverter and "
    "reduction gear in one housing. The traction motors need no rare earths. "
)
STORIES = [
    ("a", "Two makers develop next electric drive unit", DRIVE * 3),
    ("b", "Supplier wins order for 800-volt silicon carbide inverters", DRIVE),
    ("c", "Town opens its new swimming pool", "The pool has a slide and a cafe. " * 9),
    ("d", "New e-axle with two-speed gearbox enters production", DRIVE * 2),
]


@pytest.fixture
async def stories(library: Library, web: Web) -> dict[str, int]:
    """The ids of some stories that were fetched, by their GUIDs."""
    web["/feed"] = Page(feeds.atom_texts("Outlet", STORIES))
    await library.subscribe(web.url("/feed"))
    listing = await library.listing(query.parse(""))
    return {each.key: each.id for each in await library.articles(listing.ids)}


async def found(library: Library, text: str) -> set[int]:
    return set((await library.listing(query.parse(text))).ids)


async def test_what_arrives_is_judged(library: Library, stories: dict[str, int]) -> None:
    assert await found(library, "is:suggested") == {stories[each] for each in "abd"}
    assert (await library.counts()).suggested == 3
    assert await found(library, "score<0.2") == {stories["c"]}


async def test_a_story_is_found_by_its_figures_and_names(
    library: Library, web: Web
) -> None:
    text = "BMW's new battery holds 77.4 kWh, and the motor makes 250 kW (340 hp). "
    rows = [("x", "BMW shows its next iX3", text * 2), ("y", "Rain", "It rains. " * 20)]
    web["/feed"] = Page(feeds.atom_texts("Outlet", rows))
    await library.subscribe(web.url("/feed"))
    (story,) = await found(library, 'title:"BMW shows"')
    for asked in ("name:BMW", "name:bmw", "kwh>77", "kwh:77.4", "kw>=250", "kw<300"):
        assert await found(library, asked) == {story}, asked
    for asked in ("name:Tesla", "kwh>78", "kw>250", "nm>1", "volt:800", "km>1"):
        assert await found(library, asked) == set(), asked


async def test_a_verdict_takes_a_story_out_of_the_suggestions(
    library: Library, stories: dict[str, int]
) -> None:
    await library.judging.accept([stories["a"]])
    await library.judging.reject([stories["b"]])
    assert await found(library, "is:suggested") == {stories["d"]}
    assert await found(library, f"tag:{EV_DRIVETRAIN}") == {stories["a"]}
    told = await library.judging.learned()
    assert (told.accepted, told.rejected) == (1, 1)
    assert [each.article.id for each in await library.judging.suggestions()] == [
        stories["d"]
    ]


async def test_a_tag_is_a_verdict_and_undo_leaves_no_trace(
    library: Library, stories: dict[str, int]
) -> None:
    await library.tag([stories["a"], stories["c"]], [EV_DRIVETRAIN])
    assert (await library.judging.learned()).accepted == 2
    await library.tag([stories["c"]], [], [EV_DRIVETRAIN])
    told = await library.judging.learned()
    assert (told.accepted, told.rejected) == (1, 1)
    await library.undo()
    told = await library.judging.learned()
    assert (told.accepted, told.rejected) == (2, 0)
    await library.undo()
    told = await library.judging.learned()
    assert (told.accepted, told.rejected, dict(told.counts)) == (0, 0, {})
    assert await found(library, "is:suggested") == {stories[each] for each in "abd"}
    await library.redo()
    assert (await library.judging.learned()).accepted == 2


async def test_a_rejected_story_can_be_accepted_and_that_undone(
    library: Library, stories: dict[str, int]
) -> None:
    await library.judging.reject([stories["a"]])
    await library.judging.accept([stories["a"]])
    told = await library.judging.learned()
    assert (told.accepted, told.rejected) == (1, 0)
    await library.undo()
    told = await library.judging.learned()
    assert (told.accepted, told.rejected) == (0, 1)
    assert await found(library, f"tag:{EV_DRIVETRAIN}") == set()


async def test_what_is_learned_changes_the_scores_of_others(
    library: Library, stories: dict[str, int]
) -> None:
    (before,) = await library.articles([stories["d"]])
    await library.judging.reject([stories["a"], stories["b"]])
    assert await library.judging.waiting() == len(STORIES)
    async with aclosing(library.judge()) as batches:
        assert sum([done async for done in batches]) == len(STORIES)
    (after,) = await library.articles([stories["d"]])
    assert after.score < before.score
    assert await library.judging.waiting() == 0


async def test_a_reset_brings_back_the_seed(
    library: Library, stories: dict[str, int]
) -> None:
    seed = await library.judging.findings(stories["d"])
    await library.judging.reject([stories["a"], stories["b"]])
    assert await library.judging.findings(stories["d"]) != seed
    assert await library.judging.forget() == 2
    assert await library.judging.findings(stories["d"]) == seed
    # and the verdicts themselves stay
    assert await found(library, "is:suggested") == {stories["d"]}


async def test_every_quote_stands_where_it_says(
    library: Library, stories: dict[str, int]
) -> None:
    for story in stories.values():
        (article,) = await library.articles([story])
        text = (await library.document(story)).blocks
        whole = f"{article.title}\n\n" + "\n\n".join(block.text for block in text)
        found = await library.judging.findings(story)
        for each in found.evidence:
            assert whole[each.start : each.end] == each.quote
        for name in found.names:
            assert whole[name.start : name.end] == name.as_written


async def test_a_changed_story_is_judged_anew(
    library: Library, web: Web, stories: dict[str, int]
) -> None:
    rows = [*STORIES[:2], ("c", "Town orders electric drive units", DRIVE * 3), STORIES[3]]
    web["/feed"] = Page(feeds.atom_texts("Outlet", rows))
    async with aclosing(library.refresh(force=True)) as updates:
        assert [update.changed async for update in updates] == [1]
    assert stories["c"] in await found(library, "is:suggested")


async def test_nobody_judges_a_story_there_is_not(library: Library) -> None:
    with pytest.raises(UnknownError):
        await library.judging.findings(99)
    assert (await library.judging.reject([99])).ids == ()


async def test_verdicts_survive_a_restart(home: Home, library: Library, web: Web) -> None:
    web["/feed"] = Page(feeds.atom_texts("Outlet", STORIES))
    await library.subscribe(web.url("/feed"))
    ids = (await library.listing(query.parse("is:suggested"))).ids
    await library.judging.reject(ids[:1])
    told = home.run("learned", "--json").json
    assert (told["accepted"], told["rejected"]) == (0, 1)
    assert home.run("suggest", "--json").json[0]["article_id"] != ids[0]


async def test_texts_without_end_are_judged_in_time_and_keep_nobody_waiting(
    library: Library, web: Web
) -> None:
    # Given texts that were made to take long, and a story among them
    shapes = ("e-", "electric motor ", "1,", "250 kW ", "BMW ", "\u00e9\u0301", "9" * 9)
    rows = [(f"h{n}", shape * 9, shape * 60_000) for n, shape in enumerate(shapes)]
    web["/feed"] = Page(feeds.atom_texts("Hostile", [*rows, *STORIES]))
    # When they come in
    await library.subscribe(web.url("/feed"))
    # Then all were judged
    assert await library.judging.waiting() == 0
    assert (await library.counts()).suggested >= 3


async def test_a_story_that_cannot_be_judged_keeps_nobody_waiting(
    library: Library, stories: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise OffloadError("parsing was stopped: it takes too much work")

    await library.judging.reject([stories["a"]])
    with monkeypatch.context() as broken:
        broken.setattr(judging, "judged", killed)
        async with aclosing(library.judge()) as batches:
            assert [done async for done in batches] == [len(STORIES)]
    assert await library.judging.waiting() == 0


async def test_a_rejection_stands_on_the_story_and_is_found(
    library: Library, stories: dict[str, int]
) -> None:
    async def rejected() -> set[int]:
        found = await library.articles(stories.values())
        return {each.id for each in found if each.rejected}

    await library.judging.reject([stories["a"]])
    await library.tag([stories["b"]], [EV_DRIVETRAIN])
    await library.tag([stories["c"]], [], ["other"])
    assert await rejected() == {stories["a"]} == await found(library, "is:rejected")
    await library.tag([stories["b"]], [], [EV_DRIVETRAIN])
    assert await rejected() == {stories["a"], stories["b"]}
    await library.undo()
    await library.judging.accept([stories["a"]])
    assert await rejected() == set() == await found(library, "is:rejected")


async def test_another_tag_that_was_taken_rejects_no_drivetrain(
    library: Library, stories: dict[str, int]
) -> None:
    await library.tag([stories["a"]], ["pools"])
    await library.tag([stories["a"]], [], ["pools"])

    assert await found(library, "is:rejected") == set()


async def test_each_tag_that_taught_something_has_a_lesson(
    library: Library, stories: dict[str, int]
) -> None:
    assert await library.judging.taught() == (EV_DRIVETRAIN,)
    assert await library.judging.lesson(EV_DRIVETRAIN) == Lesson(EV_DRIVETRAIN)

    await library.tag(stories.values(), ["all", "zoo"])
    await library.judging.reject([stories["a"], stories["b"]])

    assert await library.judging.taught() == (EV_DRIVETRAIN, "all", "zoo")
    lesson = await library.judging.lesson(EV_DRIVETRAIN)
    assert (lesson.accepted, lesson.rejected) == (0, 2)
    weights = [abs(each.weight) for each in lesson.telling]
    assert weights == sorted(weights, reverse=True)
    first = lesson.telling[0]
    assert (first.kind, first.accepted) in {("title", 0), ("cue", 0)}
    assert {each.kind for each in lesson.telling} <= {"title", "word", "cue"}


async def test_a_story_is_offered_the_tags_of_its_like(library: Library, web: Web) -> None:
    # Given eight stories with a tag, two with another, and four without
    rows = [
        (f"p{n}", f"Town {n} opens its swimming pool", "It has a slide.") for n in range(14)
    ]
    web["/feed"] = Page(feeds.atom_texts("Outlet", rows))
    await library.subscribe(web.url("/feed"))
    ids = tuple((await library.listing(query.parse(""))).ids)
    await library.tag(ids[:7], ["pools"])
    await library.tag(ids[:2], ["rare", "ev-drivetrain"])

    async def offered(id_: int) -> list[str]:
        (article,) = await library.articles([id_])
        return [each.tag for each in await library.judging.fitting(article)]

    assert await offered(ids[9]) == []
    await library.tag(ids[7:8], ["pools"])
    # Then the others are offered it, and those that have it are not
    assert await offered(ids[9]) == ["pools"]
    assert await offered(ids[0]) == []
    # with the score of the suggestions, and nothing is tagged
    (article,) = await library.articles([ids[9]])
    (offer,) = await library.judging.fitting(article)
    suggested = await library.judging.suggestions("pools")
    assert offer.score in {each.score for each in suggested if each.article == article}
    assert len(await found(library, "tag:pools")) == 8


async def test_a_tag_that_was_taken_from_a_story_is_not_offered_again(
    library: Library, web: Web
) -> None:
    # Given a tag that fits stories about pools, whatever was said of one of them
    pools = [(f"p{n}", f"Town {n} opens its swimming pool", "A slide.") for n in range(14)]
    rains = [(f"r{n}", f"Rain falls on {n} fields", "It is wet.") for n in range(6)]
    web["/feed"] = Page(feeds.atom_texts("Outlet", [*pools, *rains]))
    await library.subscribe(web.url("/feed"))
    ids = tuple(sorted(await found(library, "title:swimming")))
    await library.tag(ids[:10], ["pools"])
    for others in (await found(library, "title:rain"), ids[10:11]):
        await library.tag(others, ["pools"])
        await library.tag(others, [], ["pools"])
    refused, other = await library.articles(ids[10:12])
    # Then that one is not offered it
    assert [each.tag for each in await library.judging.fitting(other)] == ["pools"]
    assert await library.judging.fitting(refused) == ()


async def test_five_corrections_share_a_cue_until_they_are_forgotten(
    library: Library, web: Web
) -> None:
    rows = [
        (f"u{n}", f"Electric drive unit {n} enters production", DRIVE) for n in range(7)
    ]
    web["/feed"] = Page(feeds.atom_texts("Outlet", rows))
    await library.subscribe(web.url("/feed"))
    ids = tuple(await found(library, "is:suggested"))
    assert len(ids) == 7
    await library.judging.reject(ids[:4])
    assert await library.judging.corrections() == ()
    await library.judging.reject(ids[4:5])
    assert "drive_unit" in {each.cue for each in await library.judging.corrections()}
    await library.undo()
    assert await library.judging.corrections() == ()
    await library.redo()
    assert await library.judging.corrections()
    await library.judging.forget()
    assert await library.judging.corrections() == ()


async def test_an_accepted_suggestion_is_no_correction_and_a_new_tag_is_one(
    library: Library, stories: dict[str, int]
) -> None:
    async def corrected() -> set[str]:
        counts = (await library.judging.learned()).counts
        return {name for name in counts if name.startswith("corrected:")}

    await library.judging.accept([stories["a"]])
    assert await corrected() == set()
    await library.judging.reject([stories["b"]])
    assert "corrected:inverter" in await corrected()
    await library.undo()
    assert await corrected() == set()


async def test_a_verdict_on_a_story_that_was_never_judged_corrects_nothing(
    library: Library, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as idle:
        idle.setattr(judging, "again", _nothing)
        web["/feed"] = Page(feeds.atom_texts("Outlet", STORIES))
        await library.subscribe(web.url("/feed"))
    ids = (await library.listing(query.parse(""))).ids
    await library.judging.accept(ids)

    told = await library.judging.learned()
    assert told.accepted == len(STORIES)
    assert not [name for name in told.counts if name.startswith("corrected:")]


async def _nothing(*_: object) -> AsyncGenerator[int]:
    return
    yield


async def test_forgetting_is_whole_or_not_at_all(
    library: Library, stories: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    await library.judging.reject([stories["a"]])
    before = await library.judging.learned()
    with monkeypatch.context() as broken:
        broken.setattr(judgements, "renew", full)
        with pytest.raises(StoreError):
            await library.judging.forget()
    assert await library.judging.learned() == before
    await library.undo()
    assert (await library.judging.learned()).counts == {}
