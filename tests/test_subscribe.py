"""From a site's address to its feed, over a real web that behaves and misbehaves."""

import sys
from pathlib import Path

import pytest

from autotui.config import Config
from autotui.errors import AutotuiError, ParseError, SeveralFeedsError
from autotui.library import Library
from support import feeds
from support.homes import Home
from support.web import Exchange, Page, Web, redirect

ITEMS = [("one", "First story"), ("two", "Second story")]
FEED = feeds.rss("Outlet", ITEMS)


def page(body: str, status: int = 200) -> Page:
    return Page(f"<html>{body}</html>".encode(), status, content_type="text/html")


def link(path: str, title: str = "") -> str:
    return f"<link rel=alternate type=application/rss+xml title='{title}' href='{path}'>"


async def added(library: Library, web: Web, path: str = "/") -> str:
    """The path of the feed that is subscribed to; its stories are there."""
    feed, _ = await library.subscribe(web.url(path))
    assert feed.total == 2
    return feed.url.removeprefix(web.url("/")[:-1])


@pytest.mark.parametrize(
    "kind", ["text/html", "text/plain", "application/octet-stream", ""]
)
async def test_a_body_that_is_a_feed_is_one_whatever_it_is_called(
    library: Library, web: Web, kind: str
) -> None:
    web["/"] = Page(FEED, content_type=kind)
    assert await added(library, web) == "/"


@pytest.mark.parametrize(
    "content",
    [
        feeds.json_feed("Outlet", ITEMS),
        feeds.atom("Outlet", ITEMS),
        feeds.rdf("Outlet", ITEMS),
        b"\n\n" + FEED,
    ],
    ids=["json", "atom", "rdf", "late"],
)
async def test_every_form_is_found_behind_a_page(
    library: Library, web: Web, content: bytes
) -> None:
    web["/"] = page(link("/f"))
    web["/f"] = Page(content, content_type="text/html")
    assert await added(library, web) == "/f"
    assert web.paths() == ["/", "/f"]


async def test_a_page_behind_a_redirect_is_read_where_it_is(
    library: Library, web: Web
) -> None:
    web["/"] = redirect("/de/start")
    web["/de/start"] = page(link("feed"))
    web["/de/feed"] = redirect("/de/feed.xml")
    web["/de/feed.xml"] = FEED
    assert await added(library, web) == "/de/feed"


async def test_several_feeds_are_listed_the_main_one_first(
    library: Library, web: Web
) -> None:
    web["/"] = page(link("/c", "Comments") + link("/tag/ev/f", "EV") + link("/f", "All"))
    web["/f"] = FEED
    with pytest.raises(SeveralFeedsError) as error:
        await library.subscribe(web.url("/"))
    assert error.value.choices == (
        (web.url("/f"), "All"),
        (web.url("/tag/ev/f"), "EV"),
        (web.url("/c"), "Comments"),
    )
    feed, _ = await library.subscribe(web.url("/"), first=True)
    assert feed.url == web.url("/f")


async def test_the_next_one_is_tried_where_the_first_is_none(
    library: Library, web: Web
) -> None:
    web["/"] = page(link("/dead") + link("/html") + link("/f"))
    web["/html"] = page("no feed")
    web["/f"] = FEED
    feed, _ = await library.subscribe(web.url("/"), first=True)
    assert feed.url == web.url("/f")


async def test_links_in_the_text_are_tried_where_the_page_names_none(
    library: Library, web: Web
) -> None:
    web["/"] = page("<a href='/about-rss'>About RSS</a><a href='/news/rss.php'>x</a>")
    web["/about-rss"] = page("RSS is a format")
    web["/news/rss.php"] = FEED
    assert await added(library, web) == "/news/rss.php"


@pytest.mark.parametrize(
    "place", ["/feed", "/rss.xml", "/atom.xml", "/index.xml", "/feed/"]
)
async def test_the_usual_places_are_tried_and_no_more_after_the_first_success(
    library: Library, web: Web, place: str
) -> None:
    web["/"] = page("no feed here")
    web[place] = FEED
    assert await added(library, web) == place
    assert web.paths()[-1] == place


async def test_a_site_without_a_feed_is_asked_a_few_times_and_told(
    library: Library, web: Web
) -> None:
    anchors = "".join(f"<a href='/x{at}/feed'>x</a>" for at in range(50))
    web["/cars/"] = page(anchors)
    with pytest.raises(ParseError, match="names no feed") as error:
        await library.subscribe(web.url("/cars/"))
    assert "404" not in str(error.value)
    assert len(web.asked) == 9
    assert await library.feeds() == ()


async def test_a_server_that_has_enough_is_left_alone(library: Library, web: Web) -> None:
    web["/"] = page("no feed here")
    web["/feed"] = Page(b"", status=429)
    web["/rss.xml"] = FEED
    with pytest.raises(ParseError):
        await library.subscribe(web.url("/"))
    assert web.paths() == ["/", "/feed"]


async def test_a_page_that_leads_on_is_followed_once(library: Library, web: Web) -> None:
    web["/"] = page("<meta http-equiv=refresh content='0; url=/de/'>")
    web["/de/"] = page(link("/f"))
    web["/f"] = FEED
    assert await added(library, web) == "/f"

    web["/a"] = page("<meta http-equiv=refresh content='0; url=/b'>")
    web["/b"] = page("<meta http-equiv=refresh content='0; url=/c'>")
    web["/c"] = FEED
    with pytest.raises(ParseError):
        await library.subscribe(web.url("/a"))
    assert "/c" not in web.paths()


async def test_a_page_that_leads_nowhere_still_counts(library: Library, web: Web) -> None:
    web["/"] = page("<meta http-equiv=refresh content='0; url=/gone'><a href=/f>RSS</a>")
    web["/f"] = FEED
    assert await added(library, web) == "/f"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<title>Just a moment...</title><script>_cf_chl_opt={}</script>", "robot"),
        ("<!-- WISPAccessGatewayParam --><form action=/login>", "log-in page"),
    ],
)
async def test_what_stands_in_the_way_is_told_and_nothing_is_guessed(
    library: Library, web: Web, body: str, said: str
) -> None:
    web["/"] = page(body)
    web["/feed"] = FEED
    with pytest.raises(AutotuiError, match=said):
        await library.subscribe(web.url("/"))
    assert web.paths() == ["/"]


async def test_another_spelling_of_a_known_address_is_known(
    library: Library, web: Web
) -> None:
    web["/f"] = FEED
    first, _ = await library.subscribe(web.url("/f"))
    again, new = await library.subscribe(web.url("/f#top").replace("http", "HTTP"))
    assert (again.id, new) == (first.id, False)
    assert web.paths() == ["/f"]


@pytest.mark.filterwarnings(
    "ignore:Exception ignored:pytest.PytestUnraisableExceptionWarning"
)
async def test_an_address_without_its_scheme_is_tried_with_tls_and_then_without(
    library: Library, web: Web
) -> None:
    # Given a server that speaks no TLS
    web["/f"] = FEED
    # When its address is typed as people do
    feed, new = await library.subscribe(web.url("/f").removeprefix("http://"))
    # Then it is found
    assert (feed.url, new) == (web.url("/f"), True)


@pytest.mark.filterwarnings(
    "ignore:Exception ignored:pytest.PytestUnraisableExceptionWarning"
)
async def test_a_password_is_never_sent_without_tls_unasked(
    library: Library, web: Web
) -> None:
    web["/f"] = FEED
    with pytest.raises(AutotuiError):
        await library.subscribe(web.url("/f").replace("http://", "me:secret@"))
    assert web.paths() == []


async def test_an_address_goes_to_the_child_by_a_way_that_nobody_else_reads(
    home: Home, web: Web
) -> None:
    # Given a server that looks at what runs while it is asked
    running: list[bytes] = []

    def look(exchange: Exchange) -> None:
        running.extend(each.read_bytes() for each in Path("/proc").glob("[0-9]*/cmdline"))
        Page(FEED)(exchange)

    web["/f"] = look
    # When the reader, whose child asks, adds an address that holds a password
    async with Library(home.paths, Config()) as library:
        url = web.url("/f").replace("http://", "http://me:secret@")
        await library.subscribe(url)
    # Then the password came there, and was in no process's arguments
    assert "authorization" in web.asked[-1].headers
    assert not any(b"me:secret" in each for each in running)
    assert any(b"--child" in each for each in running) or sys.platform != "linux"


async def test_a_password_is_not_shown_where_a_page_names_several(
    library: Library, web: Web
) -> None:
    web["/"] = page(link("/a") + link("/b"))
    with pytest.raises(SeveralFeedsError) as error:
        await library.subscribe(web.url("/").replace("http://", "http://me:secret@"))
    assert "secret" not in str(error.value)


def test_a_page_leads_to_no_private_host_but_its_own(home: Home, web: Web) -> None:
    # Given a reader who allows no private addresses, but types one
    home.configure("")
    web["/"] = page(link(web.url("/f", host="localhost")))
    web["/own"] = page(link("/f"))
    web["/f"] = FEED

    # Then what its page names on another private host is not asked for
    refused = home.run("add", web.url("/"))
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "private" in refused.err
    assert "/f" not in web.paths()
    # and on the same host it is
    assert home.run("add", web.url("/own")).code == 0
