"""Servers whose heads, redirects and statuses are not what they should be."""

import itertools

from hostile.case import Case, case, fails, survives
from hostile.kitchen import (
    GOOD,
    MEGABYTE,
    answer,
    chunked,
    endless,
    many,
    with_headers,
)
from support.web import Exchange, head, raw, redirect


def _hop(exchange: Exchange) -> None:
    """Lead on and on, at once."""
    number = exchange.asked.path.partition("?")[2] or "0"
    redirect(f"?{int(number) + 1}")(exchange)


_FLOOD = b"".join(b"X-%d: %s\r\n" % (n, b"y" * 500) for n in range(2_000))
NO_HTTP = "its answer is not HTTP"
HEADS = [
    fails(
        "headers-endless",
        endless(b"X: " + b"y" * 1_000 + b"\r\n", b"HTTP/1.1 200 OK\r\n"),
        "",
    ),
    fails("headers-1mb", raw(b"HTTP/1.1 200 OK\r\n" + _FLOOD + b"\r\n" + GOOD), ""),
    fails("header-1mb", raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * MEGABYTE + b"\r\n\r\n"), ""),
    fails("header-endless", endless(b"y" * 65_536, b"HTTP/1.1 200 OK\r\nX: "), ""),
    fails("status-endless", endless(b"y" * 65_536, b"HTTP/1.1 200 "), ""),
    fails("header-nul", answer("HTTP/1.1 200 OK", "X: a\0b"), ""),
    survives("header-folded", answer("HTTP/1.1 200 OK", "X: a", " b")),
    fails("header-no-colon", answer("HTTP/1.1 200 OK", "nonsense"), NO_HTTP),
    fails("not-http", raw(b"SSH-2.0-OpenSSH_9.6\r\n" * 50), NO_HTTP),
    fails("not-http-binary", raw(bytes(range(256)) * 50), NO_HTTP),
    fails("http-0.9", raw(GOOD), NO_HTTP),
    survives("http-9", raw(b"HTTP/9.9 200 OK\r\n\r\n" + GOOD)),
    fails("nothing-at-all", raw(b""), "broke off"),
    survives(
        "informational-flood",
        raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000 + head(200, {}) + GOOD),
    ),
    survives("informational-endless", endless(b"HTTP/1.1 102 P\r\n\r\n" * 1_000)),
    fails("switching-protocols", answer("HTTP/1.1 101 x", "Upgrade: h2c"), ""),
    fails(
        "chunk-extensions-endless",
        chunked(itertools.chain([b"1;"], itertools.repeat(b"a=" + b"b" * 60_000))),
        "",
    ),
    fails("chunk-bad-size", chunked([b"zzz\r\n", GOOD]), ""),
    fails("chunk-negative", chunked([b"-5\r\n", GOOD]), ""),
    fails("chunk-huge", chunked([b"F" * 19 + b"\r\n", GOOD]), ""),
    fails("chunk-cut", chunked([b"%x\r\n" % (len(GOOD) * 2), GOOD]), "broke off"),
    fails(
        "chunk-tiny",
        chunked(itertools.chain(itertools.repeat(b"1\r\n<\r\n", 20_000), [b"0\r\n\r\n"])),
        "",
    ),
    survives(
        "chunk-trailers",
        chunked(
            itertools.chain(
                [b"%x\r\n%s\r\n0\r\n" % (len(GOOD), GOOD)],
                itertools.repeat(b"X: " + b"y" * 5_000 + b"\r\n", 2_000),
                [b"\r\n"],
            )
        ),
    ),
    survives(
        "chunk-and-length",
        answer(
            "HTTP/1.1 200 OK",
            "Content-Length: 3",
            "Transfer-Encoding: chunked",
            body=b"%x\r\n%s\r\n0\r\n\r\n" % (len(GOOD), GOOD),
        ),
    ),
    fails(
        "length-too-long",
        answer("HTTP/1.1 200 OK", f"Content-Length: {len(GOOD) + 99}"),
        "broke off",
    ),
    case(
        "length-too-short",
        answer("HTTP/1.1 200 OK", "Content-Length: 50"),
        stories=0,
        says=None,
    ),
    fails("length-negative", answer("HTTP/1.1 200 OK", "Content-Length: -1"), NO_HTTP),
    fails("length-huge", answer("HTTP/1.1 200 OK", "Content-Length: 9" + "9" * 30), ""),
    fails(
        "length-two",
        answer("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 6"),
        NO_HTTP,
    ),
    case("type-odd", with_headers("Content-Type: ;;;=,charset=;charset")),
    case(
        "type-1kb",
        with_headers(f"Content-Type: {'a' * 1_000}/{'b' * 9_000}; charset={'c' * 9_000}"),
    ),
    case(
        "cookies",
        with_headers(
            *(f"Set-Cookie: a{n}=b; Max-Age=99999999999999999999" for n in range(100))
        ),
    ),
]
NOWHERE = "no web address"
_TARGETS = {
    "file": "file:///etc/passwd",
    "data": "data:text/xml,<rss/>",
    "javascript": "javascript:alert(1)",
    "ftp": "ftp://127.0.0.1/feed",
    "gopher": "gopher://127.0.0.1/",
    "empty": "",
    "no-host": "http://",
    "bad-port": "http://127.0.0.1:99999/",
    "port-words": "http://127.0.0.1:http/",
    "idna": "http://xn--\xff\xfe.example/",
    "bad-v6": "http://[::1/",
    "spaces": "http://exa mple.example/",
    "nul": "http://127.0.0.1/%00\x01",
}
REDIRECTS = [
    *(fails(f"redir-to-{name}", redirect(target), "") for name, target in _TARGETS.items()),
    fails("redir-loop", redirect("/redir-loop"), "circle"),
    case(
        "redir-loop-of-two",
        redirect("/hop"),
        stories=0,
        says="circle",
        more={"/hop": redirect("/redir-loop-of-two")},
    ),
    fails("redir-20-hops", _hop, "more than 10 times"),
    fails("redir-without-location", answer("HTTP/1.1 301 x"), NOWHERE),
    fails(
        "redir-two-locations", answer("HTTP/1.1 302 x", "Location: /a", "Location: /b"), ""
    ),
    fails("redir-300", answer("HTTP/1.1 300 x", "Location: /"), "300"),
    fails("redir-long", redirect("/" + "a" * 60_000), ""),
    fails("redir-to-refused-port", redirect("http://127.0.0.1:1/"), "refused"),
    fails(
        "redir-body-200mb",
        many(b" " * 65_536, 3_200, head(302, {"Location": "/none"})),
        "404",
    ),
]


def _status(status: int, says: str) -> Case:
    return fails(f"http-{status}", answer(f"HTTP/1.1 {status} Whatever"), says)


STATUS = [
    _status(410, "gone"),
    *(
        _status(status, str(status))
        for status in (
            204,
            206,
            304,
            400,
            401,
            402,
            403,
            404,
            405,
            406,
            408,
            409,
            418,
            429,
            451,
            500,
            501,
            502,
            503,
            504,
            511,
            201,
            203,
            599,
            999,
        )
    ),
    *(
        fails(f"http-status-{name}", answer(f"HTTP/1.1 {name} x"), "")
        for name in ("-1", "0", "20", "1000", "2e2", "99999999999999999999", "abc")
    ),
    case("http-no-reason", answer("HTTP/1.1 200", f"Content-Length: {len(GOOD)}")),
    case("http-1.0", answer("HTTP/1.0 200 OK")),
    fails(
        "http-401-basic",
        answer("HTTP/1.1 401 x", "WWW-Authenticate: Basic realm=" + "x" * 5_000),
        "401",
    ),
]
