"""Full text from story pages: a web that counts, a real database, a clock of our own."""

import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest

from autotui import document, lock, pagefetch, query, refresh
from autotui.config import Config, Network
from autotui.edits import Edit
from autotui.errors import BusyError
from autotui.ingest.story.extract import extract
from autotui.library import Library
from autotui.model import Article
from autotui.offload import Offload
from autotui.pages import Meter, Page, StoryUpdate
from conftest import LOOPBACK
from support import feeds
from support.homes import Home
from support.web import Behaviour, Exchange, Web, head, raw, redirect, silence, stream
from support.web import Page as Answer

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HTML = {"Content-Type": "text/html; charset=utf-8"}
TEASER = "Volt has shown what its next motor looks like, and it is …"
SUBJECTS = ("motor", "rotor", "stator", "inverter", "gearbox", "cell", "charger", "axle")


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2024, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


Door = Callable[..., Library]


@pytest.fixture
def door(home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Door:
    """Opens a Library on the same home, each time as after a restart."""
    monkeypatch.setattr(refresh, "Offload", partial(Offload, inline=True))
    return lambda config=LOOPBACK: Library(home.paths, config, inline=True, now=clock)


def prose(mark: str) -> list[str]:
    """The paragraphs of a story that is told nowhere else."""
    return [
        f"The {subject} of the {mark} comes from a plant in the north, where {mark} number "
        f"{at} was built by hand. Engineers changed the {subject} {at + 3} times before "
        f"it ran without noise, and say that the {mark} will keep it for years."
        for at, subject in enumerate(SUBJECTS)
    ]


def page(mark: str, *boxes: str, title: str = "") -> bytes:
    """A story's page as outlets make them."""
    told = "".join(f"<p>{each}</p>" for each in (*prose(mark), *boxes))
    return (
        f"<!doctype html><html lang='en'><head><title>{title or mark}</title></head><body>"
        "<nav><a href='/'>Home</a> <a href='/cars'>Cars</a></nav>"
        f"<article><h1>{title or mark}</h1>{told}</article><footer>Imprint</footer>"
        "</body></html>"
    ).encode()


def story(mark: str, *boxes: str, **more: object) -> Answer:
    """What a good server answers for a story's page."""
    body = page(mark, *boxes)
    return Answer(body, content_type="text/html; charset=utf-8", **more)  # type: ignore[arg-type]  # Answer's own


def publish(
    web: Web, names: Iterable[str], body: str = TEASER, path: str = "/feed"
) -> None:
    """Let a feed have stories whose pages are on the same web."""
    items = [(name, f"About the {name}") for name in names]
    feed = feeds.rss("Outlet", items, body=body)
    feed = feed.replace(b"https://outlet.example/", web.url("/").encode())
    web[path] = Answer(feed)


async def subscribed(door: Door, web: Web, *names: str, body: str = TEASER) -> None:
    """Subscribe to a feed with these stories; ids count from 1, in this order."""
    publish(web, reversed(names), body)
    async with door() as library:
        await library.subscribe(web.url("/feed"))
    web.asked.clear()


async def fetch(library: Library, *ids: int, force: bool = False) -> dict[int, StoryUpdate]:
    """Fetch these pages, or without ids those that are due."""
    async with aclosing(library.full_text.fetch(ids or None, force=force)) as coming:
        return {update.id: update async for update in coming}


async def fetched(door: Door, *ids: int, force: bool = False) -> dict[int, StoryUpdate]:
    """The same, as after a restart."""
    async with door() as library:
        return await fetch(library, *ids, force=force)


async def one(door: Door, article_id: int = 1) -> Article:
    async with door() as library:
        (article,) = await library.articles([article_id])
        return article


async def text(door: Door, article_id: int = 1) -> str:
    async with door() as library:
        return document.to_text(await library.document(article_id))


def stories(web: Web) -> list[str]:
    """The paths of pages that were asked for."""
    return [path for path in web.paths() if path not in {"/robots.txt", "/feed"}]


# Who is asked, and how often.


async def test_a_feed_of_teasers_costs_a_request_a_story_and_none_on_a_second_run(
    door: Door, web: Web, clock: Clock
) -> None:
    names = ("alpha", "beta", "gamma")
    for name in names:
        web[f"/{name}"] = story(name)
    await subscribed(door, web, *names)

    updates = await fetched(door)

    assert sorted(web.paths()) == ["/alpha", "/beta", "/gamma", "/robots.txt"]
    assert {each.completeness for each in updates.values()} == {"full"}
    assert all(each.asked and each.error is None for each in updates.values())
    assert updates[2].words == (await one(door, 2)).words > 200
    assert prose("beta")[7] in await text(door, 2)
    asked = len(web.asked)
    assert await fetched(door) == {}
    again = await fetched(door, 1, 2, 3)
    assert [each.asked for each in again.values()] == [False] * 3
    clock.now += 300 * DAY
    assert await fetched(door) == {}
    assert len(web.asked) == asked


async def test_a_feed_of_full_stories_costs_no_request(door: Door, web: Web) -> None:
    await subscribed(door, web, "alpha", "beta", body=feeds.LONG)
    assert await fetched(door) == {}
    assert {each.asked for each in (await fetched(door, 1, 2)).values()} == {False}
    assert web.paths() == []


async def test_the_reader_may_want_all_pages_of_a_feed_or_none(
    door: Door, web: Web
) -> None:
    web["/alpha"] = story("alpha")
    await subscribed(door, web, "alpha", body=feeds.LONG)
    async with door() as library:
        (feed,) = await library.feeds()
        await library.upkeep.edit(feed, Edit(pages="always"))
        assert await library.full_text.due(9) == 1
        assert (await fetch(library))[1].asked
        assert (await library.articles([1]))[0].source == "page"
        assert await fetch(library) == {}
        publish(web, ["beta"])
        async with aclosing(library.refresh([feed])) as updates:
            assert [each.new async for each in updates] == [1]
        await library.upkeep.edit(feed, Edit(pages="never"))
        assert await fetch(library) == {}
    assert stories(web) == ["/alpha"]


async def test_a_feed_of_excerpts_is_known_by_its_pages(door: Door, web: Web) -> None:
    # Given a feed whose excerpts look like whole stories
    names = ("alpha", "beta")
    for name in (*names, "gamma"):
        web[f"/{name}"] = story(name)
    excerpt = "The motor is built in the north by hand, says the maker of it. " * 6
    await subscribed(door, web, *names, body=excerpt)
    assert await fetched(door) == {}
    # When the reader wants two of its pages
    await fetched(door, 1, 2, force=True)
    # Then those of new stories are fetched unasked
    publish(web, ["gamma"], body=excerpt)
    async with door() as library:
        async with aclosing(library.refresh(await library.feeds())) as updates:
            assert [each.new async for each in updates] == [1]
        assert {at: each.asked for at, each in (await fetch(library)).items()} == {3: True}


async def test_the_reader_who_insists_gets_a_page_anew_whatever_robots_txt_says(
    door: Door, web: Web
) -> None:
    web["/robots.txt"] = b"User-agent: *\nDisallow: /"
    web["/alpha"] = story("alpha", etag='"1"')
    await subscribed(door, web, "alpha")
    assert (await fetched(door, 1, force=True))[1].completeness == "full"
    assert (await fetched(door, 1, force=True))[1].asked
    assert web.paths() == ["/alpha", "/alpha"]
    assert not any("if-none-match" in asked.headers for asked in web.asked)


async def test_only_one_process_fetches_unless_the_reader_insists(
    door: Door, home: Home, web: Web
) -> None:
    web["/alpha"] = story("alpha")
    await subscribed(door, web, "alpha")
    with lock.held(home.paths.database, "pages"):
        with pytest.raises(BusyError):
            await fetched(door)
        assert web.paths() == []
        assert (await fetched(door, 1, force=True))[1].completeness == "full"


async def test_stopping_early_keeps_what_came_and_asks_for_the_rest_alone(
    door: Door, web: Web
) -> None:
    names = [f"s{at}" for at in range(12)]
    for name in names:
        web[f"/{name}"] = story(name)
    await subscribed(door, web, *names)
    one_by_one = replace(LOOPBACK, network=replace(LOOPBACK.network, per_host=1))
    done = []
    async with door(one_by_one) as library:
        async with aclosing(library.full_text.fetch()) as coming:
            async for update in coming:
                done.append(update.id)
                if len(done) == 4:
                    break
        kept = [each async for each in whole(library)]
    assert set(done) <= set(kept)
    before = stories(web)
    rest = await fetched(door)
    assert set(rest) == set(range(1, 13)) - set(kept)
    assert {f"/{names[at - 1]}" for at in kept}.isdisjoint(stories(web)[len(before) :])
    assert all(each.completeness == "full" for each in rest.values())


async def whole(library: Library) -> AsyncIterator[int]:
    """The stories whose full text is here."""
    for each in (await library.listing(query.parse("is:full"))).ids:
        yield each


async def test_what_cannot_be_asked_for_is_told(door: Door, web: Web) -> None:
    feed = feeds.rss("Outlet", [("alpha", "A")], body=TEASER)
    web["/feed"] = Answer(feed.replace(b"<link>https://outlet.example/alpha</link>", b""))
    async with door() as library:
        await library.subscribe(web.url("/feed"))
    updates = await fetched(door, 1, 99, force=True)
    assert [(each.id, each.asked, each.error) for each in updates.values()] == [
        (1, False, "the story has no address")
    ]


# robots.txt.


async def test_robots_txt_is_read_once_a_day_for_all_stories_of_a_server(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/robots.txt"] = b"User-agent: *\nDisallow: /beta"
    names = ("alpha", "beta", "gamma")
    for name in names:
        web[f"/{name}"] = story(name)
    await subscribed(door, web, *names)

    updates = await fetched(door)

    assert sorted(web.paths()) == ["/alpha", "/gamma", "/robots.txt"]
    assert updates[2].completeness == (await one(door, 2)).completeness == "blocked"
    assert "robots.txt" in (updates[2].error or "")
    assert "o opens it" in (updates[2].error or "")
    clock.now += DAY + HOUR
    web["/robots.txt"] = b""
    assert (await fetched(door, 2))[2].completeness == "full"
    assert web.paths().count("/robots.txt") == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410, 204])
async def test_a_server_without_robots_txt_allows_all(
    door: Door, web: Web, status: int
) -> None:
    web["/robots.txt"] = Answer(status=status)
    web["/alpha"] = story("alpha")
    await subscribed(door, web, "alpha")
    assert (await fetched(door))[1].completeness == "full"


async def test_a_server_whose_robots_txt_is_in_trouble_is_asked_for_no_page_yet(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/robots.txt"] = Answer(status=500)
    for name in ("alpha", "beta"):
        web[f"/{name}"] = story(name)
    await subscribed(door, web, "alpha", "beta")
    updates = await fetched(door)
    assert web.paths() == ["/robots.txt"]
    assert {each.completeness for each in updates.values()} == {"teaser"}
    assert all("(500)" in (each.error or "") for each in updates.values())
    clock.now += HOUR
    web["/robots.txt"] = b""
    assert {each.completeness for each in (await fetched(door)).values()} == {"full"}


async def test_pages_come_as_slowly_as_the_server_wants(door: Door, web: Web) -> None:
    web["/robots.txt"] = b"User-agent: *\nCrawl-delay: 0.2\nDisallow: /no"
    times: list[float] = []

    def timed(answer: Behaviour) -> Behaviour:
        def behave(exchange: Exchange) -> None:
            times.append(time.monotonic())
            answer(exchange)

        return behave

    names = ("alpha", "beta", "gamma")
    for name in names:
        web[f"/{name}"] = timed(story(name))
    await subscribed(door, web, *names, *(f"no{at}" for at in range(20)))
    started = time.monotonic()
    await fetched(door)
    assert len(times) == 3
    assert min(after - before for before, after in pairwise(times)) > 0.15
    # what is not asked for costs no wait
    assert time.monotonic() - started < 0.2 * 23


# What servers answer.

CHALLENGE = (
    b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser"
    b"</h1><noscript>Please enable JavaScript</noscript></body></html>"
)


@pytest.mark.parametrize(
    "case",
    [
        (Answer(status=401), "blocked", "login"),
        (Answer(status=402), "paywall", "money"),
        (Answer(status=403), "blocked", "o opens it"),
        (Answer(CHALLENGE, status=403, headers=HTML), "blocked", "o opens it"),
        (Answer(CHALLENGE, headers=HTML), "blocked", "o opens"),
        (Answer(CHALLENGE, status=503, headers=HTML), "blocked", "checks for robots"),
        (Answer(status=404), "gone", "stays"),
        (Answer(status=410), "gone", "stays"),
        (Answer(status=451), "blocked", "legal"),
        (Answer(status=418), "teaser", "no page (418)"),
        (Answer(b"%PDF-1.7\n\x00\x01", content_type="application/pdf"), "teaser", "PDF"),
        (Answer(b"", content_type="text/html"), "teaser", ""),
    ],
    ids=lambda case: f"{case[0].status} {case[1]}",
)
async def test_a_story_without_a_page_says_why_and_is_not_asked_for_every_day(
    door: Door,
    web: Web,
    clock: Clock,
    case: tuple[Answer, str, str],
) -> None:
    answer, completeness, words = case
    web["/alpha"] = answer
    await subscribed(door, web, "alpha")
    update = (await fetched(door))[1]
    assert (update.completeness, update.asked) == (completeness, True)
    assert words in (update.error or "")
    assert (await one(door)).completeness == completeness
    assert await text(door) == TEASER
    # It is told again without asking, and never asked for unasked.
    again = (await fetched(door, 1))[1]
    assert (again.asked, again.error) == (False, update.error)
    clock.now += 30 * DAY
    assert await fetched(door) == {}
    assert stories(web) == ["/alpha"]
    # The reader may try again, and get it.
    web["/alpha"] = story("alpha")
    assert (await fetched(door, 1))[1].completeness == "full"


@pytest.mark.parametrize(
    "answer",
    [Answer(status=500), Answer(status=503), silence, raw(b"")],
    ids=["500", "503", "silence", "hangs up"],
)
async def test_what_fails_for_now_is_tried_again_ever_more_seldom(
    door: Door, web: Web, clock: Clock, answer: Behaviour
) -> None:
    hasty = replace(LOOPBACK, network=replace(LOOPBACK.network, timeout_seconds=1))
    web["/alpha"] = answer
    await subscribed(door, web, "alpha")
    waits = []
    for _ in range(2):
        async with door(hasty) as library:
            update = (await fetch(library))[1]
            assert (update.completeness, update.asked) == ("teaser", True)
            assert update.error
            assert not (await fetch(library, 1))[1].asked
            waits.append(await wait(library, clock))
            clock.now += waits[-1]
    assert waits == [HOUR, 2 * HOUR]
    web["/alpha"] = story("alpha")
    assert (await fetched(door))[1].completeness == "full"


async def wait(library: Library, clock: Clock) -> timedelta:
    """How long the one story is left alone from now on."""
    row = await library._sql(
        lambda db: tuple(db.execute("SELECT retry_at FROM page").fetchone())
    )
    return datetime.fromtimestamp(row[0], UTC) - clock.now


async def test_a_page_that_fails_again_and_again_is_given_up(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/alpha"] = Answer(status=500)
    await subscribed(door, web, "alpha")
    for _ in range(40):
        await fetched(door)
        clock.now += DAY
    assert len(stories(web)) == 6


async def test_a_429_holds_for_the_whole_server_and_over_a_restart(
    door: Door, web: Web, clock: Clock
) -> None:
    one_by_one = replace(LOOPBACK, network=replace(LOOPBACK.network, per_host=1))
    names = ("alpha", "beta", "gamma")
    for name in names:
        web[f"/{name}"] = Answer(status=429, headers={"Retry-After": "7200"})
    await subscribed(door, web, *names)
    async with door(one_by_one) as library:
        updates = await fetch(library)
    assert len(stories(web)) == 1
    assert sorted(each.asked for each in updates.values()) == [False, False, True]
    assert {each.completeness for each in updates.values()} == {"teaser"}
    for name in names:
        web[f"/{name}"] = story(name)
    clock.now += 2 * HOUR - timedelta(seconds=1)
    for force in (False, True):
        held = await fetched(door, 1, 2, 3, force=force)
        assert not any(each.asked for each in held.values())
        assert any("left alone" in (each.error or "") for each in held.values())
    assert len(stories(web)) == 1
    clock.now += timedelta(seconds=1)
    assert {each.completeness for each in (await fetched(door)).values()} == {"full"}


async def test_a_page_is_asked_for_again_by_its_validators_when_the_feed_changed(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/alpha"] = story("alpha", etag='W/"1"', last_modified="Tue, 2 Jan 2024 8:00 GMT")
    await subscribed(door, web, "alpha")
    await fetched(door)
    clock.now += DAY
    publish(web, ["alpha"], body=f"Corrected: {TEASER}")
    async with door() as library:
        async with aclosing(library.refresh()) as updates:
            assert [each.changed async for each in updates] == [1]
        assert (await fetch(library))[1].completeness == "full"
    sent = web.asked[-1].headers
    assert sent["if-none-match"] == 'W/"1"'
    assert sent["if-modified-since"] == "Tue, 2 Jan 2024 8:00 GMT"
    assert prose("alpha")[0] in await text(door)
    # and what is new is taken
    clock.now += DAY
    publish(web, ["alpha"], body=f"Corrected again: {TEASER}")
    web["/alpha"] = story("alpha", "It will be sold from June on, says Volt.", etag='"2"')
    async with door() as library:
        async with aclosing(library.refresh()) as updates:
            assert [each.changed async for each in updates] == [1]
        await fetch(library)
        assert await fetch(library) == {}
    assert "from June on" in await text(door)


async def test_a_page_may_be_on_another_server(door: Door, web: Web) -> None:
    with Web() as other:
        web["/alpha"] = redirect(other.url("/there"), 301)
        other["/there"] = story("alpha")
        await subscribed(door, web, "alpha")
        assert (await fetched(door))[1].completeness == "full"
        assert other.paths()[-1] == "/there"
    web["/beta"] = redirect("/beta")
    publish(web, ["beta"])
    async with door() as library:
        async with aclosing(library.refresh(force=True)) as updates:
            assert [each.new async for each in updates] == [1]
        update = (await fetch(library))[2]
    assert "in a circle" in (update.error or "")


async def test_a_story_page_may_not_lie_in_a_private_network(door: Door, web: Web) -> None:
    # The reader typed the feed's address, but not those of its stories.
    web["/alpha"] = story("alpha")
    publish(web, ["alpha"])
    async with door(Config(network=replace(Network(), timeout_seconds=10))) as library:
        await library.subscribe(web.url("/feed"))
        update = (await fetch(library))[1]
        assert "private network" in (update.error or "")
        assert (await fetch(library, 1, force=True))[1].completeness == "teaser"
        # but an address that the reader names now is asked
        assert (await library.full_text.read_at(web.url("/alpha"))).completeness == "full"
    assert stories(web) == ["/alpha"]


# What is on the pages.


async def test_a_box_that_other_stories_have_is_no_story_of_any(
    door: Door, web: Web
) -> None:
    box = (
        "Our road test team drives more than two hundred cars a year on the same loop "
        "through hills, towns and motorways, whatever the weather brings."
    )
    names = ("alpha", "beta", "gamma", "delta")
    for name in names:
        web[f"/{name}"] = story(name, box)
    await subscribed(door, web, *names)
    for at in (1, 2, 3, 4):
        await fetched(door, at)
    assert [box in await text(door, at) for at in (1, 2, 3, 4)] == [
        True,
        True,
        False,
        False,
    ]
    # those that came first are right when they are fetched anew
    await fetched(door, 1, force=True)
    assert box not in await text(door, 1)
    assert prose("alpha")[7] in await text(door, 1)


async def test_a_story_that_four_feeds_have_has_its_text_in_all_of_them(
    door: Door, web: Web
) -> None:
    web["/alpha"] = story("alpha")
    async with door() as library:
        for path in ("/a", "/b", "/c", "/d"):
            publish(web, ["alpha"], path=path)
            await library.subscribe(web.url(path))
        updates = await fetch(library)
    assert {each.completeness for each in updates.values()} == {"full"}
    assert {each.words for each in updates.values()} == {updates[1].words}


async def test_no_string_of_a_page_brings_a_control_character(door: Door, web: Web) -> None:
    bad = "\x1b[2J\x07\x9b31m\u202e"
    escaped = "&#27;[2J&#x202e;&amp;#27;"
    body = page("alpha", f"{bad}{escaped} end", title=f"{bad}{escaped}About the alpha, all")
    web["/alpha"] = Answer(body, headers=HTML)
    await subscribed(door, web, "alpha")
    update = (await fetched(door, 1))[1]
    async with door() as library:
        about = await library.full_text.about(1)
        told = f"{update}{about}{await library.document(1)}{await library.articles([1])}"
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(told)
    assert "\\x1b" not in told
    assert "\\u202e" not in told


def endless(exchange: Exchange) -> None:
    exchange.send(head(200, HTML))
    while not exchange.closing.is_set():
        exchange.send(b"<p>more " * 8_000)


def dripping(exchange: Exchange) -> None:
    exchange.send(head(200, HTML))
    while not exchange.closing.wait(0.1):
        exchange.send(b"<p>")


NESTED = b"<html><body>" + b"<div>" * 100_000 + b"text" + b"</div>" * 100_000
HOSTILE: dict[str, Behaviour] = {
    "nested": Answer(NESTED, headers=HTML),
    "open": Answer(b"<html>" + b"<a " * 300_000, headers=HTML),
    "paragraphs": Answer(b"<html>" + b"<p>x" * 100_000, headers=HTML),
    "nuls": Answer(b"<html>\x00<p>" + b"\x00" * 100_000, headers=HTML),
    "noise": Answer(bytes(range(256)) * 9_000, headers=HTML),
    "large": stream(HTML, (b"<p>word " * 8_192 for _ in range(800))),
    "packed": Answer(b"<p>" + b" " * 50_000_000, headers=HTML, gzipped=True),
    "endless": endless,
    "late": dripping,
    "cut": lambda exchange: exchange.send(head(200, {**HTML, "Content-Length": "9999"})),
    "encoding": Answer(
        page("x").replace(b"north", "n\u00f6rd".encode("latin-1")),
        headers={"Content-Type": "text/html; charset=utf-16"},
    ),
}


async def test_hostile_pages_end_in_a_word_and_trouble_no_neighbour(
    home: Home, web: Web, clock: Clock
) -> None:
    # Given a feed with such pages, and good ones between them; the worker is a real one
    names = [*HOSTILE]
    for at in (0, 4, 9, len(names) + 3):
        names.insert(at, f"good-{at}")
    for name in names:
        web[f"/{name}"] = HOSTILE.get(name) or story(name)
    publish(web, reversed(names))
    hasty = replace(LOOPBACK, network=replace(LOOPBACK.network, timeout_seconds=1))
    started = time.monotonic()
    async with Library(home.paths, hasty, inline=True, now=clock) as library:
        await library.subscribe(web.url("/feed"))
        # When they are fetched
        updates = await fetch(library)
        # Then every good one is whole, and every other one has its teaser and a word
        by_name = {names[each.id - 1]: each for each in updates.values()}
        assert set(by_name) == set(names)
        for name, update in by_name.items():
            if name.startswith("good"):
                assert (update.completeness, update.error) == ("full", None), name
            else:
                assert (update.completeness == "full") == (update.error is None), name
                assert "a bug in autotui" not in (update.error or ""), name
                assert document.to_text(await library.document(update.id))
    assert time.monotonic() - started < 60


async def test_a_bug_met_at_one_page_stops_no_other(
    door: Door, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbling(content: bytes, url: str, *more: str) -> Page:
        if url.endswith("/beta"):
            raise RecursionError
        return extract(content, url)

    monkeypatch.setattr(pagefetch, "extract", stumbling)
    names = ("alpha", "beta", "gamma")
    for name in names:
        web[f"/{name}"] = story(name)
    await subscribed(door, web, *names)
    updates = await fetched(door)
    assert [updates[at].completeness for at in (1, 2, 3)] == ["full", "teaser", "full"]
    assert "a bug in autotui (RecursionError)" in (updates[2].error or "")
    # and is not met again at every run
    assert await fetched(door) == {}


async def test_the_meter_says_what_is_found_when_the_network_is_gone(
    door: Door, home: Home
) -> None:
    # Given forty stories, of which some are blocked, gone, behind a wall, in trouble
    answers: Sequence[tuple[int, Behaviour]] = (
        (3, Answer(status=403)),
        (2, Answer(status=410)),
        (1, Answer(status=402)),
        (2, Answer(status=500)),
    )
    names = [f"s{at}" for at in range(40)]
    bad = [answer for count, answer in answers for _ in range(count)]
    with Web() as web:
        for at, name in enumerate(names):
            web[f"/{name}"] = bad[at // 5] if at % 5 == 0 else story(name)
        await subscribed(door, web, *names)
        # When they are fetched, and the network is cut
        updates = await fetched(door)
    assert len(updates) == 40
    async with door() as library:
        meter = await library.full_text.meter(query.Query())
        # Then each opens, and the meter equals what was found
        ids = (await library.listing(query.Query())).ids
        found = {each.id: each for each in await library.articles(ids)}
        for article_id, article in found.items():
            told = document.to_text(await library.document(article_id))
            name = names[article_id - 1]
            is_whole = prose(name)[7] in told
            assert is_whole == (article.completeness == "full")
            assert is_whole or told == TEASER
            assert updates[article_id].completeness == article.completeness
    assert meter == Meter(40, full=32, blocked=3, gone=2, paywall=1, teaser=2)
    assert meter.in_words == (
        "32 of 40 have full text, 3 blocked, 1 behind a paywall, 2 gone, 2 still a teaser"
    )
