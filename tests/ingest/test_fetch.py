import asyncio
import base64
import gzip
import re
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, suppress
from itertools import repeat
from pathlib import Path

import pytest

from autotui import __version__
from autotui.errors import FetchError
from autotui.ingest import places
from autotui.ingest.client import Client
from autotui.ingest.fetch import Fetched, fetch
from autotui.ingest.hops import Limits
from autotui.model import Validators
from support.web import (
    Behaviour,
    Page,
    Web,
    drip,
    head,
    raw,
    redirect,
    silence,
    stream,
    unused_port,
)

FEED = b"<rss version='2.0'><channel><title>Volt Weekly</title></channel></rss>"


async def get(
    http: Client,
    url: str,
    validators: Validators = Validators(),  # noqa: B008 - frozen
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Fetched:
    """Fetch from our own loopback web."""
    return await fetch(http, url, validators, private_ok=True, limits=limits)


async def refusal(
    http: Client,
    url: str,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> FetchError:
    """Fetch what must fail."""
    with pytest.raises(FetchError) as caught:
        await get(http, url, limits=limits)
    assert str(caught.value).isprintable()
    return caught.value


async def test_a_feed_comes_with_its_type_and_validators(http: Client, web: Web) -> None:
    web["/feed"] = Page(FEED, etag='"1"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT")

    fetched = await get(http, web.url("/feed"))

    assert fetched == Fetched(
        url=web.url("/feed"),
        content=FEED,
        content_type="application/xml",
        validators=Validators('"1"', "Mon, 02 Mar 2026 08:00:00 GMT"),
        modified=True,
        moved_to="",
    )


async def test_we_say_who_we_are_and_nothing_about_the_reader(
    http: Client, web: Web
) -> None:
    web["/feed"] = FEED

    await get(http, web.url("/feed"))

    headers = web.asked[0].headers
    assert headers["user-agent"].startswith(f"autotui/{__version__} (+https://")
    assert headers["accept-encoding"] == "gzip"
    assert "application/atom+xml" in headers["accept"]
    assert not {"cookie", "referer", "authorization"} & set(headers)


@pytest.mark.parametrize(
    "page",
    [
        Page(FEED, etag='"a"'),
        Page(FEED, last_modified="Mon, 02 Mar 2026 08:00:00 GMT"),
    ],
)
async def test_what_did_not_change_is_not_sent_twice(
    http: Client, web: Web, page: Page
) -> None:
    web["/feed"] = page
    first = await get(http, web.url("/feed"))

    again = await get(http, web.url("/feed"), first.validators)

    assert (again.modified, again.content) == (False, b"")
    assert again.validators == first.validators


async def test_a_304_without_validators_keeps_those_sent(http: Client, web: Web) -> None:
    web["/feed"] = raw(head(304, {"ETag": '"new"'}))

    again = await get(http, web.url("/feed"), Validators('"old"', "yesterday"))

    assert again.validators == Validators('"new"', "yesterday")


async def test_a_304_nobody_asked_for_is_an_error(http: Client, web: Web) -> None:
    web["/feed"] = raw(head(304, {}))
    assert (await refusal(http, web.url("/feed"))).status == 304


async def test_validators_that_cannot_be_sent_back_are_not_kept(
    http: Client, web: Web
) -> None:
    web["/feed"] = Page(FEED, etag='"\xe9"', last_modified="x" * 2_000)

    fetched = await get(http, web.url("/feed"))

    assert fetched.validators == Validators()


async def test_a_packed_feed_is_unpacked(http: Client, web: Web) -> None:
    web["/feed"] = Page(FEED * 5_000, gzipped=True)
    assert (await get(http, web.url("/feed"))).content == FEED * 5_000


async def test_a_packed_file_that_is_not_called_packed_is_unpacked(
    http: Client, web: Web
) -> None:
    web["/feed.xml.gz"] = Page(gzip.compress(FEED))
    assert (await get(http, web.url("/feed.xml.gz"))).content == FEED


async def test_a_feed_packed_in_pieces_is_whole(http: Client, web: Web) -> None:
    pieces = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 8
    web["/feed"] = Page(pieces, headers={"Content-Encoding": "x-gzip"})
    assert (await get(http, web.url("/feed"))).content == b"one two"


async def test_a_feed_that_ends_too_early_is_an_error(http: Client, web: Web) -> None:
    packed = gzip.compress(FEED * 100)[:-12]
    web["/gzip"] = Page(packed, headers={"Content-Encoding": "gzip"})
    web["/plain"] = Page(FEED, headers={"Content-Length": "9999"})

    assert "gzip stream has no end" in str(await refusal(http, web.url("/gzip")))
    assert "broke off" in str(await refusal(http, web.url("/plain")))


async def test_a_damaged_gzip_is_an_error(http: Client, web: Web) -> None:
    web["/feed"] = Page(b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"})
    assert "damaged" in str(await refusal(http, web.url("/feed")))


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "\x7f\x9b31m"])
async def test_a_packing_we_did_not_ask_for_is_an_error(
    http: Client, web: Web, encoding: str
) -> None:
    web["/feed"] = stream({"Content-Encoding": encoding}, [b"whatever"])
    error = await refusal(http, web.url("/feed"))
    assert "not asked for" in str(error) or "not HTTP" in str(error)


def bomb(megabytes: int) -> Iterator[bytes]:
    squeeze = zlib.compressobj(9, wbits=31)
    for _ in range(megabytes):
        yield squeeze.compress(bytes(1 << 20))
    yield squeeze.flush()


async def test_a_bomb_is_noticed_before_it_is_unpacked(http: Client, web: Web) -> None:
    packed = b"".join(bomb(64))
    assert len(packed) < 100_000
    web["/feed"] = Page(packed, headers={"Content-Encoding": "gzip"})
    assert "larger than 20 MB" in str(await refusal(http, web.url("/feed")))


async def test_an_endless_body_is_cut(http: Client, web: Web) -> None:
    web["/feed"] = stream({}, repeat(b"x" * 65_536))
    limits = Limits(raw_bytes=1 << 20)
    assert "larger than 1 MB" in str(await refusal(http, web.url("/feed"), limits))


@pytest.mark.parametrize(
    "behaviour",
    [
        silence,
        drip(head(200, {}) + FEED * 100),
        stream({"Content-Length": "100"}, [b"x"]),
        drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10_000),
    ],
    ids=["silent", "slow body", "stuck body", "slow headers"],
)
async def test_a_slow_server_has_one_deadline_for_all(
    http: Client, web: Web, behaviour: Behaviour
) -> None:
    def stay(exchange: object) -> None:
        behaviour(exchange)  # type: ignore[arg-type]  # as the web calls it
        silence(exchange)  # type: ignore[arg-type]  # as the web calls it

    web["/feed"] = stay
    error = await refusal(http, web.url("/feed"), Limits(seconds=0.4))
    assert "within 0.4 s" in str(error)


async def test_slow_redirects_share_the_deadline(http: Client, web: Web) -> None:
    for at in range(10):
        web[f"/{at}"] = drip(
            head(302, {"Location": f"/{at + 1}", "Content-Length": "0"}), pause=0.003
        )
    error = await refusal(http, web.url("/0"), Limits(seconds=1.5))
    assert "within 1.5 s" in str(error)
    assert len(web.asked) > 1


async def test_too_many_headers_are_an_error(http: Client, web: Web) -> None:
    many = {f"X-{number}": "y" * 1_000 for number in range(90)}
    web["/many"] = Page(FEED, headers=many)
    web["/endless"] = raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000)

    error = await refusal(http, web.url("/many"), Limits(header_bytes=50_000))
    assert "too many headers" in str(error)
    await refusal(http, web.url("/endless"))


async def test_a_feed_that_moved_for_good_tells_its_new_address(
    http: Client, web: Web
) -> None:
    web["/old"] = redirect("/older?a=1#top", 301)
    web["/older"] = redirect(web.url("/new"), 308)
    web["/new"] = FEED

    fetched = await get(http, web.url("/old"))

    assert fetched.moved_to == fetched.url == web.url("/new")
    assert web.paths() == ["/old", "/older?a=1", "/new"]


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_one_redirect_for_now_keeps_the_old_address(
    http: Client, web: Web, status: int
) -> None:
    web["/old"] = redirect("/middle", status)
    web["/middle"] = redirect("/new", 301)
    web["/new"] = FEED

    fetched = await get(http, web.url("/old"))

    assert (fetched.url, fetched.moved_to) == (web.url("/new"), "")


async def test_redirects_end(http: Client, web: Web) -> None:
    web["/circle"] = redirect("/circle2")
    web["/circle2"] = redirect("/circle")
    for at in range(12):
        web[f"/{at}"] = redirect(f"/{at + 1}")

    assert "in a circle" in str(await refusal(http, web.url("/circle")))
    assert "more than 10 times" in str(await refusal(http, web.url("/0")))
    assert web.paths()[-1] == "/10"


@pytest.mark.parametrize(
    "target",
    ["file:///etc/hosts", "data:,x", "javascript:1", "http://[", "", "ftp://a/"],
)
async def test_a_redirect_leads_to_the_web_or_nowhere(
    http: Client, web: Web, target: str
) -> None:
    web["/feed"] = redirect(target)
    assert "no web address" in str(await refusal(http, web.url("/feed")))


@pytest.mark.parametrize(
    "url",
    ["", "feed", "file:///etc/hosts", "http://", "http://[::1", "http://a b/", "//x/"],
)
async def test_what_is_no_web_address_is_not_asked(http: Client, url: str) -> None:
    assert "not a web address" in str(await refusal(http, url))


@pytest.mark.parametrize(
    "url", ["http://xn--a/", "http://" + "a" * 70 + ".example/", "http://a..b/"]
)
async def test_a_name_that_cannot_be_is_an_error(http: Client, url: str) -> None:
    with pytest.raises(FetchError):
        await fetch(http, url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "localhost",
        "224.0.0.1",
    ],
)
async def test_a_private_place_is_not_asked(http: Client, web: Web, host: str) -> None:
    web["/feed"] = FEED
    with pytest.raises(FetchError, match="allow_private = true") as caught:
        await fetch(http, web.url("/feed", host))
    assert host.strip("[]") in str(caught.value)
    assert web.asked == []


async def test_a_public_name_for_a_private_place_is_not_asked(
    http: Client, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web["/feed"] = FEED

    def resolve(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", web.port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(FetchError, match="allow_private"):
        await fetch(http, f"http://news.example:{web.port}/feed")
    assert web.asked == []


async def test_a_name_that_changes_between_look_ups_gets_nothing_out(
    http: Client, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web["/feed"] = FEED
    answers = iter(["93.184.215.14"])

    def resolve(*_: object, **__: object) -> list[object]:
        address = (next(answers, "127.0.0.1"), web.port)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(FetchError, match="private network"):
        await fetch(http, f"http://rebinding.example:{web.port}/feed")


async def test_a_redirect_from_outside_does_not_lead_inside(
    http: Client, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web["/public"] = redirect(web.url("/router", "127.0.0.2"))
    web["/router"] = FEED
    monkeypatch.setattr(places, "private", lambda address: address == "127.0.0.2")

    with pytest.raises(FetchError, match=r"127\.0\.0\.2 is in a private network"):
        await fetch(http, web.url("/public"))

    assert web.paths() == ["/public"]


def test_what_a_private_address_is() -> None:
    inside = ["100.64.0.1", "240.0.0.1", "fe80::1%eth0", "fd00::1", "ff02::1", "::"]
    inside += ["64:ff9b::7f00:1", "2002:7f00:1::", "172.16.0.1"]
    assert all(places.private(address) for address in inside)
    assert not any(map(places.private, ["1.1.1.1", "2606:4700::1111", "news.example"]))


async def test_behind_a_proxy_names_are_the_proxys_business(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", web.url())
    web["http://no-such-host.example/feed"] = FEED
    async with Client() as http:
        fetched = await fetch(http, "http://no-such-host.example/feed")
        with pytest.raises(FetchError, match="private network"):
            await fetch(http, "http://router.local/feed")
    assert fetched.content == FEED


async def test_cookies_are_forgotten(http: Client, web: Web) -> None:
    web["/feed"] = Page(FEED, headers={"Set-Cookie": "reader=42; Path=/"})

    await get(http, web.url("/feed"))
    await get(http, web.url("/feed"))

    assert all("cookie" not in asked.headers for asked in web.asked)


async def test_a_password_goes_to_its_own_origin_only(http: Client, web: Web) -> None:
    with Web() as other:
        web["/feed"] = redirect("/here", 301)
        web["/here"] = redirect(other.url("/there").replace("//", "//x:y@"), 301)
        other["/there"] = FEED
        url = web.url("/feed").replace("//", "//me:p%40ss@")

        fetched = await get(http, url)

        secret = "Basic " + base64.b64encode(b"me:p@ss").decode()
        sent = [asked.headers.get("authorization") for asked in web.asked]
        assert sent == [secret, secret]
        assert "authorization" not in other.asked[0].headers
        assert fetched.moved_to == fetched.url == other.url("/there")


async def test_a_feed_that_moves_at_home_keeps_its_password(http: Client, web: Web) -> None:
    web["/old"], web["/new"] = redirect("/new", 301), Page(FEED)

    fetched = await get(http, web.url("/old").replace("//", "//me:secret@"))

    assert fetched.url == web.url("/new")
    assert fetched.moved_to == web.url("/new").replace("//", "//me:secret@")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (204, "nothing"),
        (206, "only a part"),
        (400, "400"),
        (401, "password"),
        (403, "denies"),
        (404, "nothing at this address"),
        (410, "gone: the server says the feed was removed for good"),
        (418, "gave no feed (418)"),
        (429, "too often"),
        (500, "trouble of its own (500)"),
        (503, "overloaded"),
    ],
)
async def test_a_refusal_is_told_in_our_words(
    http: Client, web: Web, status: int, words: str
) -> None:
    web["/feed"] = raw(
        f"HTTP/1.1 {status} \x1b]0;gotcha\x07\r\nContent-Length: 0\r\n\r\n".encode()
        if status == 500
        else head(status, {"Content-Length": "0"})
    )
    error = await refusal(http, web.url("/feed"))
    if status != 500:
        assert words in str(error)
        assert error.status == status
    assert "gotcha" not in str(error)
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120.0),
        ("999999999999999999", 86_400.0),
        ("9" * 5_000, 86_400.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0),
        ("Mon, 01 Jan 2024 00:00:00 GMT", 0.0),
        ("Mon, 01 Jan 2024 00:00:00 -0000", 0.0),
        ("Fri, 31 Dec 10000 23:59:59 GMT", None),
        ("Tue, 30 Feb 2024 00:00:00 +9999", None),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
async def test_how_long_to_wait_is_understood_and_limited(
    http: Client, web: Web, told: str, seconds: float | None
) -> None:
    web["/feed"] = Page(status=503, headers={"Retry-After": told})
    assert (await refusal(http, web.url("/feed"))).retry_after == seconds


async def test_a_closed_door_and_a_missing_house_are_told_apart(
    http: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"http://127.0.0.1:{unused_port()}/"
    assert "refused the connection" in str(await refusal(http, url))

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "\x1b[31mName or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = await refusal(http, "http://nowhere.example/")
    assert "no host called nowhere.example" in str(error)


async def test_a_server_without_tls_is_told(http: Client) -> None:
    async def greet(_: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        out.write(b"220 plain words, no TLS\r\n")
        out.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        error = await refusal(http, f"https://127.0.0.1:{port}/")
    assert "no safe (TLS) connection" in str(error)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"\0" * 100,
        b"HTTP/1.1 999 No\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe:99999/\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://a:99999/\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
    ],
)
async def test_whatever_a_server_does_is_a_fetch_error(
    http: Client, web: Web, data: bytes
) -> None:
    web["/feed"] = raw(data)
    await refusal(http, web.url("/feed"), Limits(seconds=5))


TLS = Path(__file__).parents[1] / "data" / "tls"
"""Certificates that ``make.sh`` beside them made, and the authority to trust."""


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        ("expired", r"it has expired \(today is 20\d\d-\d\d-\d\d\)"),
        ("early", r"it is not valid yet \(today is 20\d\d-\d\d-\d\d\)"),
        ("self", "it is self-signed"),
        ("elsewhere", "it is for another host"),
    ],
)
async def test_a_certificate_that_cannot_be_trusted_is_told_with_its_reason(
    http: Client, monkeypatch: pytest.MonkeyPatch, certificate: str, words: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "authority.pem"))
    async with secure(certificate) as url:
        error = await refusal(http, url)
    assert re.search(f"the certificate of localhost cannot be trusted: {words}", str(error))
    assert error.advice
    assert error.reached


async def test_a_good_certificate_is_good_and_an_unknown_authority_is_told(
    http: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with secure("good") as url:
        assert "who signed it is not known" in str(await refusal(http, url))
        monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "authority.pem"))
        async with Client() as trusting:
            assert (await get(trusting, url)).content == FEED


@asynccontextmanager
async def secure(certificate: str) -> AsyncIterator[str]:
    """Serve the feed over TLS with a certificate of ours."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / f"{certificate}.pem")

    async def serve(read: asyncio.StreamReader, write: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            await read.readuntil(b"\r\n\r\n")
            write.write(head(200, {"Content-Length": str(len(FEED))}) + FEED)
            await write.drain()
            write.close()

    async with await asyncio.start_server(serve, "localhost", 0, ssl=context) as server:
        port = server.sockets[0].getsockname()[1]
        yield f"https://localhost:{port}/feed"


async def test_which_limit_a_slow_server_met_is_told(
    http: Client, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web["/feed"] = silence
    error = await refusal(http, web.url("/feed"), Limits(seconds=0.2))
    assert "did not answer in full within 0.2 s" in str(error)
    assert "timeout_seconds" in error.advice

    # A port whose queue is full takes no connection, and refuses none.
    with socket.socket() as full, socket.socket() as first:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        first.connect(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}/"
        with socket.socket() as second:
            second.settimeout(0.0)
            second.connect_ex(full.getsockname())
            error = await refusal(http, url, Limits(connect_seconds=0.2))
    assert "took no connection within 0.2 s" in str(error)
    assert not error.reached


async def test_no_network_and_no_such_host_are_told_apart(
    http: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offline(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    error = await refusal(http, "http://news.example/")
    assert "could not be looked up just now" in str(error)
    assert not error.reached


@pytest.mark.parametrize(
    ("page", "words", "reached"),
    [
        (Page(status=511), "the login page of the network", False),
        (Page(status=403, headers={"cf-mitigated": "challenge"}), "check for robots", True),
        (Page(status=503, headers={"CF-Mitigated": "Challenge"}), "check for robots", True),
        (
            Page(b"<html><title>Just a moment...", 403, content_type="text/html"),
            "check for robots, a web page, not a feed (403)",
            True,
        ),
        (
            Page(b"<html>Please solve this CAPTCHA", 429, content_type="text/html"),
            "check for robots",
            True,
        ),
        (Page(b"<html>No entry", 403, content_type="text/html"), "denies access", True),
    ],
)
async def test_a_check_for_robots_is_told_from_a_plain_refusal(
    http: Client,
    web: Web,
    page: Page,
    words: str,
    reached: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    web["/feed"] = page
    error = await refusal(http, web.url("/feed"))
    assert words in str(error)
    assert error.reached is reached


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Cache-Control": "max-age=120"}, 120.0),
        ({"Cache-Control": 'public, MAX-AGE="120", s-maxage=9999'}, 120.0),
        ({"Cache-Control": "max-age=172800", "Age": "172000"}, 800.0),
        ({"Cache-Control": "max-age=60", "Age": "99"}, 0.0),
        ({"Cache-Control": "max-age=1000000000000"}, 86_400.0),
        ({"Cache-Control": "max-age=" + "9" * 5_000}, 86_400.0),
        ({"Cache-Control": "max-age=120, no-cache"}, 0.0),
        ({"Cache-Control": "no-store"}, 0.0),
        ({"Cache-Control": "max-age=-1"}, None),
        ({"Cache-Control": "max-age=x", "Age": "x"}, None),
        ({"Cache-Control": "max-age=60", "Expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, 60.0),
        ({"Expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, 86_400.0),
        ({"Expires": "0"}, 0.0),
        ({"Expires": "Sat, 31 Dec 10000 23:59:59 GMT"}, 0.0),
        (
            {
                "Date": "Mon, 01 Jan 2024 00:00:00 GMT",
                "Expires": "Mon, 01 Jan 2024 00:10:00 GMT",
            },
            600.0,
        ),
    ],
)
async def test_how_long_an_answer_stays_fresh_is_understood_and_limited(
    http: Client, web: Web, headers: dict[str, str], seconds: float | None
) -> None:
    web["/feed"] = Page(FEED, headers=headers)
    assert (await get(http, web.url("/feed"))).fresh_seconds == seconds


async def test_retry_after_as_a_date_is_meant_by_the_servers_own_clock(
    http: Client, web: Web
) -> None:
    headers = {
        "Date": "Mon, 01 Jan 2024 00:00:00 GMT",
        "Retry-After": "Mon, 01 Jan 2024 00:02:00 GMT",
    }
    web["/feed"] = Page(status=503, headers=headers)
    assert (await refusal(http, web.url("/feed"))).retry_after == 120.0


async def test_a_redirect_away_from_tls_is_followed_but_never_for_good(
    http: Client, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "authority.pem"))
    web["/feed"] = FEED

    async def downgrade(read: asyncio.StreamReader, write: asyncio.StreamWriter) -> None:
        await read.readuntil(b"\r\n\r\n")
        write.write(head(301, {"Location": web.url("/feed"), "Content-Length": "0"}))
        write.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "good.pem")
    async with await asyncio.start_server(downgrade, "localhost", 0, ssl=context) as server:
        port = server.sockets[0].getsockname()[1]
        fetched = await get(http, f"https://localhost:{port}/feed")

    assert (fetched.content, fetched.moved_to) == (FEED, "")


async def test_what_was_typed_may_be_private_but_not_what_a_public_place_leads_to(
    http: Client, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web["/inside"] = redirect("/feed")
    web["/outside"] = redirect(web.url("/feed", "127.0.0.2"))
    web["/feed"] = FEED
    assert (await get(http, web.url("/inside"))).content == FEED

    # 127.0.0.1 plays a public server.
    monkeypatch.setattr(places, "private", lambda address: address == "127.0.0.2")
    with pytest.raises(FetchError, match="private network") as caught:
        await get(http, web.url("/outside"))

    assert "redirects there" in str(caught.value)
    assert web.paths() == ["/inside", "/feed", "/outside"]


async def test_connections_of_many_hosts_do_not_stay_open(http: Client) -> None:
    with ExitStack() as webs:
        for _ in range(40):
            web = webs.enter_context(Web())
            web["/feed"] = FEED
            await get(http, web.url("/feed"))
        assert len(http._lines) <= 32
