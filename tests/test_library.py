"""The main job over a real web: subscribe, refresh, keep, read offline."""

from contextlib import aclosing
from datetime import timedelta

import pytest

from autotui import document, query
from autotui.edits import Edit
from autotui.errors import FetchError, SeveralFeedsError, UnknownError
from autotui.library import Library
from autotui.model import Feed, FeedUpdate
from conftest import LOOPBACK
from support import feeds
from support.homes import Home
from support.web import Page, Web, redirect, silence, unused_port

ITEMS = [("one", "First story"), ("two", "Second story")]


async def refresh(library: Library, *only: Feed, force: bool = True) -> list[FeedUpdate]:
    async with aclosing(library.refresh(only, force=force)) as updates:
        return [update async for update in updates]


async def titles(library: Library, text: str = "") -> list[str]:
    listing = await library.listing(query.parse(text))
    return [article.title for article in await library.articles(listing.ids)]


async def test_every_form_is_stored_a_second_refresh_stores_nothing_and_offline_all_opens(
    home: Home,
) -> None:
    # Given a feed of every form, one gzipped, one behind a redirect, each with validators,
    # one that is not there and one that never answers
    with Web() as web:
        web["/rss"] = Page(feeds.rss("Rss", [("a", "RSS story")]), etag='"1"', gzipped=True)
        web["/atom"] = Page(feeds.atom("Atom", [("b", "Atom story")]), etag='"2"')
        web["/rdf"] = Page(feeds.rdf("Rdf", [("c", "RDF story")]), last_modified="Mon")
        web["/json"] = Page(feeds.json_feed("Json", [("d", "JSON story")]), etag='"4"')
        web["/moved"] = redirect(web.url("/there"))
        web["/there"] = Page(feeds.json_feed("Moved", [("e", "Moved story")]), etag='"5"')
        web["/silent"] = silence
        good = ("/rss", "/atom", "/rdf", "/json", "/moved")
        rows = (
            f'<outline xmlUrl="{web.url(path)}"/>' for path in (*good, "/no", "/silent")
        )
        home.configure("[network]\nallow_private = true\ntimeout_seconds = 1.0\n")
        home.run("import", "-", stdin=f"<opml><body>{''.join(rows)}</body></opml>".encode())

        # When all are asked twice, and then the web goes away
        first = home.run("refresh", "--jsonl")
        second = home.run("refresh", "--force", "--jsonl")

    # Then the good ones are stored, the bad ones say why, and nothing stopped
    told = {line["url"].removeprefix(web.url("/")[:-1]): line for line in first.lines}
    assert first.code == 5
    assert [told[path]["status"] for path in good] == ["ok"] * 5
    assert "404" in told["/no"]["error"]
    assert "1 s" in told["/silent"]["error"]
    # and the second time the servers said "nothing new", and nothing was stored
    told = {line["url"].removeprefix(web.url("/")[:-1]): line for line in second.lines}
    assert [told[path]["status"] for path in good] == ["unchanged"] * 5
    conditional = {"if-none-match", "if-modified-since"}
    paths = {each.path for each in web.asked if conditional & {*each.headers}}
    assert paths >= {"/rss", "/atom", "/rdf", "/json", "/there"}
    # and every story opens without a web
    stories = home.run("list", "--json").json
    wanted = {"RSS story", "Atom story", "RDF story", "JSON story", "Moved story"}
    assert {each["title"] for each in stories} == wanted
    for each in stories:
        shown = home.run("show", str(each["id"]), "--json").json
        assert shown["text"].strip() == feeds.LONG.strip()


async def test_a_refetch_never_touches_what_the_reader_marked(
    library: Library, web: Web
) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    await library.subscribe(web.url("/feed"))
    (one,) = (await library.listing(query.parse('title:"First story"'))).ids
    for mark in ("read", "starred", "later"):
        await library.mark([one], mark, on=True)
    await library.tag([one], ["inverter", "ev-drivetrain"])

    web["/feed"] = Page(
        feeds.rss("Outlet", [("one", "First story, corrected"), ("x", "New")])
    )
    await refresh(library)

    (article,) = await library.articles([one])
    assert article.title == "First story, corrected"
    assert (article.read, article.starred, article.later) == (True, True, True)
    assert article.tags == ("ev-drivetrain", "inverter")
    assert len(await titles(library)) == 3


async def test_a_changed_story_is_updated_and_found_by_its_new_words_alone(
    library: Library, web: Web
) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS, "An old hydraulic clutch. " * 20))
    await library.subscribe(web.url("/feed"))
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS, "A silicon carbide inverter. " * 20))

    (update,) = await refresh(library)

    assert (update.new, update.changed) == (0, 2)
    assert await titles(library, "hydraulic") == []
    assert len(await titles(library, '"silicon carbide"')) == 2


async def test_stories_keep_their_identity_when_the_feed_moves(
    library: Library, web: Web
) -> None:
    web["/old"] = Page(feeds.rss("Outlet", ITEMS))
    web["/new"] = Page(feeds.rss("Outlet", [*ITEMS, ("three", "Third story")]))
    feed, _ = await library.subscribe(web.url("/old"))
    before = (await library.listing(query.Query())).ids

    await library.upkeep.edit(feed, Edit(url=web.url("/new")))
    (update,) = await refresh(library)

    assert (update.new, update.changed) == (1, 0)
    assert set(before) < set((await library.listing(query.Query())).ids)


async def test_a_feed_that_makes_up_new_guids_does_not_grow_the_cache(
    library: Library, web: Web
) -> None:
    def fetched(number: int) -> Page:
        body = feeds.rss("Outlet", ITEMS).replace(
            b"'false'>", f"'false'>{number}-".encode()
        )
        return Page(body)

    web["/feed"] = fetched(0)
    await library.subscribe(web.url("/feed"))
    for number in range(1, 4):
        web["/feed"] = fetched(number)
        await refresh(library)

    assert sorted(await titles(library)) == ["First story", "Second story"]


async def test_two_feeds_may_share_a_guid(library: Library, web: Web) -> None:
    web["/a"] = Page(feeds.rss("A", [("same", "Story of A")]))
    web["/b"] = Page(feeds.rss("B", [("same", "Story of B")]))
    await library.subscribe(web.url("/a"))
    await library.subscribe(web.url("/b"))
    await refresh(library)

    assert sorted(await titles(library)) == ["Story of A", "Story of B"]


async def test_an_emptied_feed_takes_no_story_away(library: Library, web: Web) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    await library.subscribe(web.url("/feed"))
    web["/feed"] = Page(feeds.rss("Outlet", [("one", "First story")], body=""))
    await refresh(library)

    assert sorted(await titles(library)) == ["First story", "Second story"]
    (one,) = (await library.listing(query.parse('title:"First story"'))).ids
    assert "inverter" in document.to_text(await library.document(one))


async def test_a_failing_feed_shows_its_error_and_stops_nothing(
    library: Library, web: Web
) -> None:
    web["/good"] = Page(feeds.rss("Good", ITEMS))
    web["/bad"] = Page(feeds.rss("Bad", ITEMS))
    await library.subscribe(web.url("/good"))
    bad, _ = await library.subscribe(web.url("/bad"))
    web["/bad"] = Page(b"down", status=500)

    updates = await refresh(library)

    assert sorted(update.status for update in updates) == ["failed", "unchanged"]
    found = await library.feed(str(bad.id))
    assert "500" in (found.error or "")
    assert found.failures == 1
    assert found.next_check_at
    # and when it is well again the error goes
    web["/bad"] = Page(feeds.rss("Bad", ITEMS))
    await refresh(library)
    assert (await library.feed(str(bad.id))).error is None


async def test_a_feed_that_is_gone_for_good_is_not_asked_again(
    library: Library, web: Web
) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    feed, _ = await library.subscribe(web.url("/feed"))
    web["/feed"] = Page(b"", status=410)
    (update,) = await refresh(library)

    assert update.status == "gone"
    assert (await library.feed(str(feed.id))).next_check_at is None
    assert await library.due() == ()
    assert await library.due([feed]) == (feed.id,)
    assert len(await titles(library)) == 2


async def test_a_feed_that_was_not_reached_is_due_again_soon(
    library: Library, home: Home
) -> None:
    dead = f"http://127.0.0.1:{unused_port()}/feed"
    file = home.folder / "in.opml"
    file.write_text(f"<opml><body><outline xmlUrl='{dead}'/></body></opml>")
    await library.upkeep.import_opml(file)

    (update,) = await refresh(library)

    assert update.status == "failed"
    (feed,) = await library.feeds()
    assert feed.next_check_at
    assert feed.checked_at
    assert feed.next_check_at - feed.checked_at <= timedelta(minutes=2)


async def test_a_server_that_asks_to_be_left_alone_is_left_alone_even_by_force(
    library: Library, web: Web
) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    await library.subscribe(web.url("/feed"))
    web["/feed"] = Page(b"", status=503, headers={"Retry-After": "600"})
    await refresh(library)
    asked = len(web.asked)

    assert await refresh(library) == []
    assert len(web.asked) == asked


async def test_a_site_that_names_one_feed_is_subscribed_by_its_own_address(
    library: Library, web: Web
) -> None:
    link = b"<link rel='alternate' type='application/rss+xml' href='/feed'>"
    web["/"] = Page(b"<html><head>" + link + b"</head><body>News</body></html>")
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))

    feed, added = await library.subscribe(web.url("/"))

    assert added
    assert feed.url == web.url("/feed")
    assert feed.total == 2


async def test_a_site_that_names_several_feeds_asks_which(
    library: Library, web: Web
) -> None:
    links = b"".join(
        b"<link rel='alternate' type='application/atom+xml' title='T%d' href='/f%d'>"
        % (n, n)
        for n in (1, 2)
    )
    web["/"] = Page(b"<html><head>" + links + b"</head></html>")
    web["/f1"] = Page(feeds.atom("One", ITEMS))

    with pytest.raises(SeveralFeedsError) as error:
        await library.subscribe(web.url("/"))
    assert error.value.choices == ((web.url("/f1"), "T1"), (web.url("/f2"), "T2"))

    feed, _ = await library.subscribe(web.url("/"), first=True)
    assert feed.url == web.url("/f1")


async def test_what_is_no_address_is_said_to_be_none(library: Library) -> None:
    for typed in ("javascript:alert(1)", "file:///etc/passwd", "http://", "not one at all"):
        with pytest.raises(FetchError, match=r"no web address|not be found|host"):
            await library.subscribe(typed)


async def test_a_removed_feed_comes_back_with_its_stories_and_marks(
    library: Library, web: Web
) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    feed, _ = await library.subscribe(web.url("/feed"), folder="Cars")
    ids = (await library.listing(query.Query())).ids
    await library.tag(ids, ["keep"])

    await library.remove_feed(feed)
    assert await library.feeds() == ()
    assert await titles(library) == []
    assert await library.tagging.every() == ()
    assert (await library.counts()).total == 0

    await library.undo()
    (back,) = await library.feeds()
    assert (back.id, back.folder, back.total) == (feed.id, "Cars", 2)
    assert len(await titles(library, "tag:keep")) == 2


async def test_undo_takes_back_and_redo_does_again_over_a_restart(
    home: Home, web: Web
) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    async with Library(home.paths, LOOPBACK, inline=True) as library:
        await library.subscribe(web.url("/feed"))
        one, two = (await library.listing(query.Query())).ids
        await library.mark([one], "starred", on=True)
        await library.mark([one, two], "starred", on=True)
        await library.tag([one], ["a", "b"])
        await library.tag([one], ["c"], remove=["a"])

    async with Library(home.paths, LOOPBACK, inline=True) as library:

        async def state() -> list[tuple[bool, tuple[str, ...]]]:
            return [(a.starred, a.tags) for a in await library.articles([one, two])]

        last = [(True, ("b", "c")), (True, ())]
        assert await state() == last
        seen = []
        while await library.undo():
            seen.append(await state())
        assert seen == [
            [(True, ("a", "b")), (True, ())],
            [(True, ()), (True, ())],
            # the second star changed the second story alone
            [(True, ()), (False, ())],
            [(False, ()), (False, ())],
        ]
        while await library.redo():
            pass
        assert await state() == last


async def test_two_libraries_at_once_lose_no_mark(home: Home, web: Web) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", [(f"g{n}", f"Story {n}") for n in range(40)]))
    async with (
        Library(home.paths, LOOPBACK, inline=True) as one,
        Library(home.paths, LOOPBACK) as other,
    ):
        await one.subscribe(web.url("/feed"))
        ids = list((await one.listing(query.Query())).ids)
        for first, second in zip(ids[::2], ids[1::2], strict=True):
            await one.mark([first], "starred", on=True)
            await other.mark([second], "starred", on=True)

        assert len((await other.listing(query.parse("is:starred"))).ids) == len(ids)


async def test_the_next_unread_story_is_found_in_both_directions(
    library: Library, web: Web
) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", [(f"g{n}", f"Story {n}") for n in range(12)]))
    await library.subscribe(web.url("/feed"))
    ids = (await library.listing(query.Query())).ids
    unread = {ids[2], ids[9]}
    await library.mark([each for each in ids if each not in unread], "read", on=True)

    assert await library.next_unread(ids, 2, 1) == ids[9]
    assert await library.next_unread(ids, 9, 1) is None
    assert await library.next_unread(ids, 9, -1) == ids[2]
    assert await library.next_unread(ids, -1, 1) == ids[2]


async def test_a_refresh_through_the_child_gives_what_one_in_here_gives(
    home: Home, web: Web
) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    async with Library(home.paths, LOOPBACK) as library:
        feed, added = await library.subscribe(web.url("/feed"), folder="Cars")
        assert added
        web["/feed"] = Page(feeds.rss("Outlet", [*ITEMS, ("three", "Third story")]))

        (update,) = await refresh(library, feed)

        assert (update.status, update.new, update.feed_id) == ("ok", 1, feed.id)
        assert (await library.feeds())[0].unread == 3


async def test_what_the_child_could_not_do_is_told_in_its_words(
    home: Home, web: Web
) -> None:
    async with Library(home.paths, LOOPBACK) as library:
        with pytest.raises(Exception, match="404"):
            await library.subscribe(web.url("/nothing.xml"))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Inverter", "inverter"),
        (" #E Axle ", "e-axle"),
        ("a//b/", "a/b"),
        ("x\x1b[2Jy", "x[2jy"),
    ],
)
async def test_a_tags_name_is_kept_in_one_form(
    library: Library, web: Web, raw: str, name: str
) -> None:
    web["/feed"] = Page(feeds.rss("Outlet", ITEMS))
    await library.subscribe(web.url("/feed"))
    await library.tag([1], [raw])
    every = await library.tagging.every()
    assert [tag.name for tag in every if tag.own] == [name]


@pytest.mark.parametrize("raw", ["", "  ", "#", "\u202e", "///", "-"])
async def test_what_is_no_name_cannot_be_a_tag(library: Library, raw: str) -> None:
    with pytest.raises(UnknownError):
        await library.tag([1], [raw])
