"""What servers see of us, over days and restarts: a counting web and a clock of our own."""

import base64
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import pytest

from autotui import lock, opml, refresh
from autotui.config import Config, Credential, Network
from autotui.edits import Edit
from autotui.errors import BusyError, FetchError
from autotui.library import Library
from autotui.model import Feed, FeedUpdate, Subscription
from autotui.offload import Offload
from conftest import LOOPBACK
from support import feeds
from support.homes import Home
from support.web import Behaviour, Exchange, Page, Web, raw, redirect

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ITEMS = [("one", "First story"), ("two", "Second story")]
LOGIN = b"<!doctype html><html><title>Hotel</title><form action='/login'>Log in</form>"


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        # On the day of the newest of ITEMS, in the feeds that ``support.feeds`` writes.
        self.now = datetime(2024, 1, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(
    home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Library]:
    """Opens a Library on the same home, each time as after a restart."""
    monkeypatch.setattr(refresh, "Offload", partial(Offload, inline=True))
    return lambda config=LOOPBACK: Library(home.paths, config, inline=True, now=clock)


Door = Callable[..., Library]


def busy(items: Sequence[feeds.Item] = ITEMS) -> bytes:
    """A feed that publishes all the time, by the clock above."""
    newest = format_datetime(datetime(2024, 1, 2, 11, 59, tzinfo=UTC), usegmt=True)
    body = feeds.rss("Outlet", items)
    for at in range(len(items)):
        old = format_datetime(feeds.day(at), usegmt=True).encode()
        body = body.replace(old, newest.encode())
    return body


async def ask(library: Library, *only: Feed, force: bool = False) -> list[FeedUpdate]:
    async with aclosing(library.refresh(only, force=force)) as updates:
        return [update async for update in updates]


async def due(library: Library, clock: Clock) -> timedelta:
    """How long the one feed is left alone from now on."""
    (feed,) = await library.feeds()
    assert feed.next_check_at
    return feed.next_check_at - clock.now


# Conditional requests and pace.


async def test_validators_come_back_verbatim_and_a_304_stores_nothing(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/feed"] = Page(busy(), etag='W/"a b-1"', last_modified="Tue, 2 Jan 2024 8:00 GMT")
    async with door() as library:
        await library.subscribe(web.url("/feed"))
    clock.now += HOUR

    async with door() as library:
        (update,) = await ask(library)

    assert update.status == "unchanged"
    sent = web.asked[-1].headers
    assert sent["if-none-match"] == 'W/"a b-1"'
    assert sent["if-modified-since"] == "Tue, 2 Jan 2024 8:00 GMT"


async def test_a_feed_is_asked_once_an_hour_however_often_we_start(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/feed"] = Page(busy(), etag='"1"')
    async with door() as library:
        await library.subscribe(web.url("/feed"))
    for _ in range(24 * 6):
        clock.now += timedelta(minutes=10)
        async with door() as library:
            await ask(library)
    # An hour apart at first; its newest story grows older, and the gaps longer.
    assert 13 <= len(web.asked) <= 25


async def test_a_feed_that_seldom_publishes_is_seldom_asked(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/feed"] = Page(busy(), etag='"1"')
    async with door() as library:
        await library.subscribe(web.url("/feed"))
        assert await due(library, clock) == HOUR
        clock.now += 300 * DAY
        await ask(library)
        assert await due(library, clock) == 12 * HOUR


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Cache-Control": "max-age=10800"}, 3 * HOUR),
        ({"Cache-Control": "max-age=10800", "Age": "3600"}, 2 * HOUR),
        ({"Cache-Control": "max-age=1000000000000"}, DAY),
        ({"Expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, DAY),
        ({"Cache-Control": "max-age=60"}, HOUR),
        ({"Expires": "nonsense"}, HOUR),
    ],
)
async def test_a_server_can_lengthen_the_wait_up_to_a_day_and_never_shorten_it(
    door: Door, web: Web, clock: Clock, headers: dict[str, str], wait: timedelta
) -> None:
    web["/feed"] = Page(busy(), headers=headers, etag='"1"')
    async with door() as library:
        await library.subscribe(web.url("/feed"))
        assert await due(library, clock) == wait


async def test_a_304_keeps_the_pace_that_was_known(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/feed"] = Page(busy(), headers={"Cache-Control": "max-age=10800"}, etag='"1"')
    async with door() as library:
        await library.subscribe(web.url("/feed"))
        clock.now += 3 * HOUR
        web["/feed"] = raw(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n')
        await ask(library)
        assert await due(library, clock) == 3 * HOUR


async def test_what_the_feed_itself_asks_for_is_kept_over_304s_and_restarts(
    door: Door, web: Web, clock: Clock
) -> None:
    wish = b"<ttl>240</ttl><skipHours><hour>16</hour><hour>17</hour></skipHours>"
    web["/feed"] = Page(busy().replace(b"<item>", wish + b"<item>", 1), etag='"1"')
    async with door() as library:
        await library.subscribe(web.url("/feed"))
        # At noon: in four hours, and not at four or five.
        assert await due(library, clock) == 6 * HOUR
    clock.now += 6 * HOUR
    async with door() as library:
        (update,) = await ask(library)
        assert update.status == "unchanged"
        assert await due(library, clock) == 4 * HOUR


# Failures.


async def test_a_429_holds_for_the_whole_host_over_a_restart_and_by_force(
    door: Door, web: Web, clock: Clock
) -> None:
    for path in ("/a", "/b", "/c"):
        web[path] = Page(feeds.rss(path, ITEMS))
    async with door(
        replace(LOOPBACK, network=replace(LOOPBACK.network, per_host=1))
    ) as one:
        for path in ("/a", "/b", "/c"):
            await one.subscribe(web.url(path))
        web["/a"] = Page(status=429, headers={"Retry-After": "7200"})
        asked = len(web.asked)
        some = [await one.feed(web.url(path)) for path in ("/a", "/b")]
        told = {update.url: update for update in await ask(one, *some)}

    assert web.paths()[asked:] == ["/a"]
    assert told[web.url("/a")].status == "failed"
    assert "asked again after 2024-01-02 14:00 UTC" in (told[web.url("/a")].error or "")
    assert told[web.url("/b")].status == "skipped"
    assert "wants to be left alone until 2024-01-02 14:00" in (
        told[web.url("/b")].reason or ""
    )

    clock.now += 2 * HOUR - timedelta(seconds=1)
    async with door() as other:
        assert await ask(other, force=True) == []
        assert await ask(other, *await other.feeds()) == []
        found = {feed.url: feed for feed in await other.feeds()}
        for path in ("/b", "/c"):
            assert found[web.url(path)].next_check_at == clock.now + timedelta(seconds=1)
            assert found[web.url(path)].error is None
        with pytest.raises(FetchError, match="wants to be left alone until"):
            await other.subscribe(web.url("/new"))
    assert len(web.asked) == asked + 1

    clock.now += timedelta(seconds=1)
    async with door() as last:
        assert len(await ask(last, force=True)) == 3


async def test_a_feed_that_was_never_read_is_asked_whatever_others_were_told(
    door: Door, web: Web, tmp_path: Path
) -> None:
    web["/a"] = Page(status=429, headers={"Retry-After": "7200"})
    web["/b"] = Page(busy())
    rows = [Subscription(web.url(path)) for path in ("/a", "/b")]
    (tmp_path / "feeds.opml").write_bytes(opml.write(rows, "both"))
    one_by_one = replace(LOOPBACK, network=replace(LOOPBACK.network, per_host=1))
    async with door(one_by_one) as library:
        await library.upkeep.import_opml(tmp_path / "feeds.opml")
        told = {update.url: update.status for update in await ask(library)}
    assert told == {web.url("/a"): "failed", web.url("/b"): "ok"}


async def test_a_429_to_an_address_that_was_to_be_added_holds_too(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/feed"] = Page(busy())
    web["/more"] = Page(status=429, headers={"Retry-After": "7200"})
    async with door() as library:
        await library.subscribe(web.url("/feed"))
        with pytest.raises(FetchError, match="too often"):
            await library.subscribe(web.url("/more"))
    clock.now += HOUR
    async with door() as library:
        assert await ask(library, force=True) == []
    assert web.paths() == ["/feed", "/more"]


async def test_a_host_that_wants_peace_is_not_asked_by_a_redirect_either(
    door: Door, web: Web, clock: Clock
) -> None:
    with Web() as other:
        web["/a"] = Page(busy())
        other["/b"] = Page(busy())
        async with door() as library:
            await library.subscribe(web.url("/a"))
            moved, _ = await library.subscribe(other.url("/b"))
            web["/a"] = Page(status=503, headers={"Retry-After": "600"})
            await ask(library, force=True)
            asked = len(web.asked)
            other["/b"] = redirect(web.url("/elsewhere"))
            (update,) = await ask(library, moved)

        assert update.status == "skipped"
        assert len(web.asked) == asked


async def test_a_date_in_the_year_9999_is_a_day(door: Door, web: Web, clock: Clock) -> None:
    web["/feed"] = Page(busy())
    async with door() as library:
        await library.subscribe(web.url("/feed"))
        far = {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}
        web["/feed"] = Page(status=503, headers=far)
        await ask(library, force=True)
        assert await due(library, clock) == DAY
        clock.now += DAY
        web["/feed"] = Page(busy())
        (update,) = await ask(library, force=True)
    assert update.status == "unchanged"


async def test_a_clock_that_was_wrong_keeps_no_feed_unasked(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/feed"] = Page(busy(), headers={})
    right = clock.now
    clock.now = datetime(2100, 1, 1, tzinfo=UTC)
    async with door() as library:
        await library.subscribe(web.url("/feed"))
        web["/feed"] = Page(status=429, headers={"Retry-After": "600"})
        await ask(library, force=True)
    clock.now = right
    async with door() as library:
        assert len(await ask(library)) == 1


async def test_a_feed_that_fails_is_asked_ever_more_seldom_but_every_day(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/feed"] = Page(busy())
    async with door() as library:
        await library.subscribe(web.url("/feed"))
    web["/feed"] = Page(status=500)
    asked = len(web.asked)
    waits: list[timedelta] = []
    for _ in range(8):
        async with door() as library:
            await ask(library, force=not waits)
            waits.append(await due(library, clock))
        clock.now += waits[-1]
    assert len(web.asked) == asked + 8
    assert waits == sorted(waits)
    assert HOUR <= waits[0] <= 1.25 * HOUR
    assert waits[-1] == DAY


async def test_a_feed_that_is_gone_is_asked_no_more_and_says_so(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/feed"] = Page(busy())
    async with door() as library:
        await library.subscribe(web.url("/feed"))
        web["/feed"] = Page(status=410)
        (update,) = await ask(library, force=True)
        (feed,) = await library.feeds()
    assert update.status == "gone"
    assert "removed for good" in (feed.error or "")
    assert feed.advice
    asked = len(web.asked)
    clock.now += 300 * DAY
    async with door() as library:
        assert await ask(library) == []
    assert len(web.asked) == asked


async def test_a_login_page_changes_nothing_and_is_soon_over(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/feed"] = Page(busy(), headers={"Cache-Control": "max-age=7200"}, etag='"1"')
    async with door() as library:
        await library.subscribe(web.url("/feed"))
        before = await state(library)
        web["/feed"] = redirect("/login", 301)
        portal = {"Cache-Control": "max-age=80000"}
        web["/login"] = Page(
            LOGIN, headers=portal, etag='"login"', content_type="text/html"
        )
        (update,) = await ask(library, force=True)

        assert update.status == "failed"
        assert "a web page, not a feed: perhaps the login page" in (update.error or "")
        assert await due(library, clock) <= timedelta(seconds=75)
        assert await state(library) == before
        # and once we are through, the feed goes on where it was
        clock.now += timedelta(minutes=2)
        web["/feed"] = Page(busy(), etag='"1"')
        (update,) = await ask(library)
        assert update.status == "unchanged"
        assert web.asked[-1].headers["if-none-match"] == '"1"'


async def state(library: Library) -> object:
    """What only a good answer may change."""
    columns = (
        "url, etag, last_modified, body_hash, ttl, skip_hours, fresh_seconds, moved_to"
    )
    return await library._sql(
        lambda db: tuple(
            db.execute(f"SELECT {columns}, moved_answers FROM feed").fetchone()
        )
    )


# Moves.


async def check_at(
    door: Door, clock: Clock, hours: Sequence[float], start: datetime
) -> list[str]:
    """Ask at these hours after ``start``; give the feed's address after each."""
    urls = []
    for hour in hours:
        clock.now = start + hour * HOUR
        async with door() as library:
            await ask(library, force=True)
            urls.append((await library.feeds())[0].url)
    return urls


@pytest.mark.parametrize("etag", ["", '"1"'], ids=["answered by 200", "answered by 304"])
async def test_an_address_changes_after_three_good_answers_over_a_day(
    door: Door, web: Web, clock: Clock, etag: str
) -> None:
    web["/old"] = Page(busy(), etag=etag)
    async with door() as library:
        await library.subscribe(web.url("/old"))
    web["/old"], web["/new"] = redirect("/new", 301), Page(busy(), etag=etag)

    old, new = web.url("/old"), web.url("/new")
    assert await check_at(door, clock, [1, 2, 3, 24.9], clock.now) == [old] * 4
    async with door() as library:
        (feed,) = await library.feeds()
        assert feed.moved_to == new
        clock.now += 0.2 * HOUR
        (update,) = await ask(library, force=True)
        (feed,) = await library.feeds()
        assert (update.moved_to, feed.url, feed.moved_to) == (new, new, "")
        assert feed.total == 2
        # The old address is still known, to add and to find.
        again, added = await library.subscribe(old)
        assert (again.id, added) == (feed.id, False)
        assert (await library.feed(old)).id == feed.id
        web.asked.clear()
        await ask(library, force=True)
        assert web.paths() == ["/new"]


async def test_two_answers_are_too_few_however_long_apart(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/old"] = Page(busy())
    async with door() as library:
        await library.subscribe(web.url("/old"))
    web["/old"], web["/new"] = redirect("/new", 308), Page(busy())
    assert await check_at(door, clock, [1, 100], clock.now) == [web.url("/old")] * 2


@pytest.mark.parametrize(
    "meanwhile",
    [
        redirect("/new", 302),
        redirect("/other", 301),
        Page(busy()),
        redirect("/strange", 301),
    ],
    ids=["for now only", "to elsewhere", "not at all", "to another feed"],
)
async def test_a_move_that_is_not_told_each_time_is_none(
    door: Door, web: Web, clock: Clock, meanwhile: Behaviour
) -> None:
    web["/old"] = Page(busy())
    web["/new"], web["/other"] = Page(busy()), Page(busy())
    web["/strange"] = Page(feeds.rss("Casino", [("x", "Win"), ("y", "More")]))
    async with door() as library:
        await library.subscribe(web.url("/old"))
    start = clock.now
    answers: list[Behaviour] = [redirect("/new", 301), meanwhile, redirect("/new", 301)]
    for hour, answer in enumerate(answers):
        web["/old"] = answer
        await check_at(door, clock, [20.0 * hour + 1], start)
    assert await check_at(door, clock, [60], start) == [web.url("/old")]


async def test_another_feed_at_the_new_place_is_never_taken_for_this_one(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/old"] = Page(busy())
    async with door() as library:
        await library.subscribe(web.url("/old"))
    web["/old"] = redirect("/new", 301)
    for hour in range(0, 100, 10):
        # Another story each time: nothing here was ever stored of the feed before.
        web["/new"] = Page(feeds.rss("Casino", [(f"x{hour}", f"Win {hour}")]))
        assert await check_at(door, clock, [10.0], clock.now) == [web.url("/old")]


async def test_two_subscriptions_never_become_one(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/old"], web["/new"] = Page(busy()), Page(busy())
    async with door() as library:
        await library.subscribe(web.url("/old"))
        await library.subscribe(web.url("/new"))
    web["/old"] = redirect("/new", 301)
    start = clock.now
    await check_at(door, clock, [1, 13, 26, 40], start)
    async with door() as library:
        assert {update.error for update in await ask(library, force=True)} == {None}
        found = {feed.url: feed for feed in await library.feeds()}
        assert set(found) == {web.url("/old"), web.url("/new")}
        assert found[web.url("/old")].moved_to == web.url("/new")
        assert [feed.total for feed in found.values()] == [2, 2]


async def test_a_login_page_between_two_answers_of_the_new_place_does_no_harm(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/old"] = Page(busy())
    async with door() as library:
        await library.subscribe(web.url("/old"))
    start = clock.now
    web["/old"], web["/new"] = redirect("/new", 301), Page(busy())
    web["/login"] = Page(LOGIN, content_type="text/html")
    await check_at(door, clock, [1, 10], start)
    web["/old"] = redirect("/login", 301)
    assert await check_at(door, clock, [11, 12, 13, 40], start) == [web.url("/old")] * 4
    web["/old"] = redirect("/new", 301)
    assert await check_at(door, clock, [41], start) == [web.url("/new")]


async def test_the_reader_can_follow_a_move_at_once(
    door: Door, web: Web, clock: Clock
) -> None:
    web["/old"] = Page(busy())
    async with door() as library:
        feed, _ = await library.subscribe(web.url("/old"))
        web["/old"], web["/new"] = redirect("/new", 301), Page(busy())
        await ask(library, force=True)
        await library.upkeep.edit(feed, Edit(url=web.url("/new")))
        again, added = await library.subscribe(web.url("/old"))
    assert (again.id, added, again.url) == (feed.id, False, web.url("/new"))


async def test_an_address_that_redirects_to_a_known_feed_is_that_feed(
    door: Door, web: Web
) -> None:
    web["/old"], web["/feed"] = redirect("/feed", 301), Page(busy())
    async with door() as library:
        feed, _ = await library.subscribe(web.url("/feed"))
        again, added = await library.subscribe(web.url("/old"))
    assert (again.id, added) == (feed.id, False)


# How many at once.


class Crowd:
    """Answers when nobody else has come for a while; knows how many were there."""

    def __init__(self, expected: int) -> None:
        self.there = 0
        self.most = 0
        self._expected = expected
        self._change = threading.Condition()

    def __call__(self, exchange: Exchange) -> None:
        with self._change:
            self.there += 1
            self.most = max(self.most, self.there)
            self._change.notify_all()
            # The first wait for those who may come, and a moment for one too many.
            self._change.wait_for(lambda: self.most >= self._expected, timeout=5)
            self._change.wait_for(lambda: self.most > self._expected, timeout=0.1)
        Page(feeds.rss("Outlet", ITEMS))(exchange)
        with self._change:
            self.there -= 1


HOSTS = ("127.0.0.1", "127.1", "127.0.1", "localhost", "2130706433")
"""One place under many names."""


@pytest.mark.parametrize(
    ("hosts", "each", "network", "most"),
    [
        (HOSTS[:1], 6, Network(allow_private=True, at_once=16, per_host=2), 2),
        (HOSTS[:1], 6, Network(allow_private=True, at_once=16, per_host=3), 3),
        (HOSTS, 3, Network(allow_private=True, at_once=16, per_host=2), 10),
        (HOSTS, 3, Network(allow_private=True, at_once=4, per_host=2), 4),
    ],
)
async def test_no_more_requests_run_at_once_than_are_allowed(
    door: Door,
    home: Home,
    web: Web,
    *,
    hosts: Sequence[str],
    each: int,
    network: Network,
    most: int,
) -> None:
    crowd = Crowd(most)
    paths = [f"/{number}" for number in range(each)]
    for path in paths:
        web[path] = crowd
    async with door(replace(LOOPBACK, network=network)) as library:
        await bring(
            library, home, [web.url(path, host) for host in hosts for path in paths]
        )
        updates = await ask(library)
    assert {update.status for update in updates} == {"ok"}
    assert crowd.most == most


async def test_a_redirect_counts_for_the_host_it_leads_to(
    door: Door, home: Home, web: Web
) -> None:
    crowd = Crowd(2)
    web["/there"] = crowd
    web["/away"] = redirect(web.url("/there", "127.1"))
    urls = [web.url("/away", host) for host in HOSTS if host != "127.1"]
    async with door() as library:
        await bring(library, home, [*urls, web.url("/there", "127.1")])
        updates = await ask(library)
    assert {update.status for update in updates} == {"ok"}
    assert crowd.most == 2


async def bring(library: Library, home: Home, urls: Sequence[str]) -> None:
    """Subscribe without asking anybody."""
    file = home.folder / "in.opml"
    rows = "".join(f"<outline xmlUrl='{url}'/>" for url in urls)
    file.write_text(f"<opml><body>{rows}</body></opml>")
    await library.upkeep.import_opml(file)


# What they may know of us.


async def test_every_request_says_who_we_are_and_nothing_of_the_reader(
    door: Door, web: Web, clock: Clock
) -> None:
    with Web() as other:
        cookie = {"Set-Cookie": "reader=42; Path=/"}
        web["/feed"] = Page(status=302, headers={"Location": "/next", **cookie})
        web["/next"] = Page(status=301, headers={"Location": other.url("/feed"), **cookie})
        other["/feed"] = Page(busy(), headers=cookie)
        async with door() as library:
            await library.subscribe(web.url("/feed"))
            await ask(library, force=True)
        assert len(web.asked) == 4
        for asked in (*web.asked, *other.asked):
            assert asked.headers["user-agent"].startswith("autotui/")
            assert "+https://" in asked.headers["user-agent"]
            assert not {"cookie", "referer", "from", "authorization"} & set(asked.headers)


async def test_a_refresh_asks_for_the_feed_and_for_nothing_else(
    door: Door, web: Web
) -> None:
    web["/feed"] = Page(busy().replace(b"inverter", b"<img src='/pixel.gif'>"))
    async with door() as library:
        await library.subscribe(web.url("/feed"))
        await ask(library, force=True)
        await library.document(1)
    assert web.paths() == ["/feed", "/feed"]


# Credentials.


def secretly(**credential: object) -> Config:
    """The tests' config, with a credential."""
    return replace(LOOPBACK, credentials=(Credential(**credential),))  # type: ignore[arg-type]  # by the tests below


def printing(*lines: str) -> tuple[str, ...]:
    """A command that prints lines, as a password manager would."""
    return (sys.executable, "-c", f"print({chr(10).join(lines)!r})")


def basic(pair: str) -> str:
    return "Basic " + base64.b64encode(pair.encode()).decode()


async def test_a_secret_goes_to_its_origin_and_to_no_other(door: Door, web: Web) -> None:
    with Web() as other:
        web["/feed"] = redirect("/here", 302)
        web["/here"] = redirect(other.url("/there"), 302)
        other["/there"] = redirect(web.url("/back"), 302)
        web["/back"] = redirect("/end", 302)
        web["/end"] = Page(busy())
        config = secretly(
            origin=web.url(""),
            user="me",
            command=printing("p:ss", "more"),
        )
        async with door(config) as library:
            await library.subscribe(web.url("/feed"))
        sent = [asked.headers.get("authorization") for asked in web.asked]
        # Once another origin had its say, nothing is sent, not even to its own.
        assert sent == [basic("me:p:ss"), basic("me:p:ss"), None, None]
        assert "authorization" not in other.asked[0].headers


async def test_a_secret_may_stand_in_a_header_and_come_from_the_environment(
    door: Door, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWS_TOKEN", "s3cret")
    web["/feed"] = Page(busy())
    config = secretly(origin=web.url(""), header="X-Token", env="NEWS_TOKEN")
    async with door(config) as library:
        await library.subscribe(web.url("/feed"))
    assert web.asked[0].headers["x-token"] == "s3cret"


async def test_a_secret_for_https_is_not_sent_over_http(
    door: Door, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWS_TOKEN", "s3cret")
    web["/feed"] = Page(busy())
    safe = web.url("").replace("http:", "https:")
    async with door(secretly(origin=safe, header="X-Token", env="NEWS_TOKEN")) as library:
        await library.subscribe(web.url("/feed"))
    assert "x-token" not in web.asked[0].headers


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("/no/such/program",), "cannot be run"),
        ((sys.executable, "-c", "print('hunter2'); exit(3)"), "ended with code 3"),
        ((sys.executable, "-c", ""), "gives none"),
        ((sys.executable, "-c", "print('hunter2\\x1b[2J')"), "is no line of text"),
    ],
)
async def test_a_secret_that_cannot_be_had_is_told_and_nobody_is_asked_without(
    door: Door, web: Web, command: tuple[str, ...], words: str
) -> None:
    web["/feed"] = Page(busy())
    config = secretly(origin=web.url(""), user="me", command=command)
    async with door(config) as library:
        with pytest.raises(FetchError, match=words) as caught:
            await library.subscribe(web.url("/feed"))
    assert "hunter2" not in str(caught.value)
    assert web.asked == []


async def test_a_command_that_takes_too_long_is_stopped(
    door: Door, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autotui.ingest.credentials.SECONDS", 0.2)
    web["/feed"] = Page(busy())
    command = (sys.executable, "-c", "input = __import__('time').sleep; input(60)")
    async with door(secretly(origin=web.url(""), user="me", command=command)) as library:
        with pytest.raises(FetchError, match=r"took longer than 0\.2 s"):
            await library.subscribe(web.url("/feed"))


async def test_a_password_in_the_address_is_shown_nowhere(home: Home, web: Web) -> None:
    web["/feed"] = Page(feeds.rss("", ITEMS), etag='"1"')
    secret = web.url("/feed").replace("//", "//me:hunter2@")
    assert home.run("add", secret, "--json").code == 0
    first = home.run("refresh", "--force", "--jsonl")
    web["/feed"] = Page(status=500)
    told = [
        first,
        home.run("refresh", "--force"),
        home.run("feeds", "--json"),
        home.run("feeds"),
        home.run("list", "--json"),
        home.run("export"),
        home.run("doctor"),
        home.run("add", secret),
        home.run("remove", "http://me:hunter2@nowhere.example/"),
        home.run("edit", web.url("/feed"), "--title", "Mine", "--json"),
        home.run("add", "htp://me:hunter2@x y/"),
    ]
    assert all("hunter2" not in ran.out + ran.err for ran in told)
    assert first.lines[0]["url"] == web.url("/feed")
    # It is sent all the same, and the address without it is the same feed.
    assert web.asked[-1].headers["authorization"] == basic("me:hunter2")
    assert home.run("feeds", "--json").json[0]["title"] == "Mine"
    assert not home.paths.log.exists() or "hunter2" not in home.paths.log.read_text()


# One refresh at a time.


@asynccontextmanager
async def another_refresh(home: Home) -> AsyncIterator[None]:
    with lock.held(home.paths.database, "refresh"):
        yield


async def test_a_second_refresh_asks_nobody_and_says_so(home: Home, web: Web) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    home.run("add", web.url("/feed"))
    asked = len(web.asked)
    async with another_refresh(home):
        ran = home.run("refresh", "--force", "--jsonl")
        # What the reader adds meanwhile is added.
        assert home.run("add", web.url("/feed")).code == 0
        web["/new"] = Page(feeds.rss("New", ITEMS))
        assert home.run("add", web.url("/new")).code == 0
        async with Library(home.paths, LOOPBACK) as library:
            with pytest.raises(BusyError, match="another refresh is running"):
                await ask(library, force=True)
    assert (ran.code, [line["status"] for line in ran.lines]) == (0, ["skipped"])
    assert ran.lines[0]["reason"] == "another refresh is running"
    assert ran.err.count("\n") == 1
    assert web.paths()[asked:] == ["/new"]
    assert home.run("refresh", "--force").code == 0


def test_the_lock_of_a_process_that_was_killed_is_free(home: Home) -> None:
    home.folder.mkdir(exist_ok=True)
    child = os.fork()
    if not child:
        with lock.held(home.paths.database, "refresh"):
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    with lock.held(home.paths.database, "refresh"), pytest.raises(BusyError):
        lock.held(home.paths.database, "refresh").__enter__()


# Words.


async def test_doctor_tells_what_fails_since_when_and_what_to_do(
    home: Home, web: Web
) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    home.run("add", web.url("/feed"))
    web["/feed"] = Page(status=404)
    home.run("refresh", "--force")
    (row,) = [row for row in home.run("doctor", "--json").json if row["name"] == "feed"]
    assert "nothing at this address (404)" in row["value"]
    assert "Last went well: 20" in row["value"]
    assert "asked again: 20" in row["value"]
    assert "ask the outlet where its feed is" in row["value"]
    (feed,) = home.run("feeds", "--json").json
    assert feed["succeeded_at"]
    assert feed["advice"]
    assert feed["moved_to"] is None
