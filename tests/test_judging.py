"""What the reader says of suggestions: kept, learned from, taken back, never lost."""

from contextlib import aclosing

import pytest

from autotui import judging, query
from autotui.errors import OffloadError, UnknownError
from autotui.library import Library
from autotui.model import EV_DRIVETRAIN
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
