"""Servers that aim at memory and time, and the big feeds that must pass."""

import gzip

from hostile.case import case, fails, survives
from hostile.kitchen import (
    GOOD,
    MEGABYTE,
    deflate_bomb,
    encoded,
    endless,
    gzip_bomb,
    item,
    many,
    numbered,
    rss,
    twice,
    with_headers,
)
from support.web import Exchange, Page, drip, head, redirect, silence

_HEAD = head(200, {"Content-Type": "application/xml"})
_START = b"<rss version='2.0'><channel><item><title>Story</title><description>"
_BOMB = gzip_bomb(200)
# As brotli and zstd would pack 200 MB: what matters is that nobody tries to unpack it.
_BROTLI, _ZSTD = (
    b"\xcf\xff\xff\x7f\xf8" * 200,
    b"\x28\xb5\x2f\xfd\xa4" + b"\0\0\x80\xc0" * 99,
)
TOO_LARGE = "too large"
BOMBS = [
    fails("bomb-gzip", encoded("gzip", _BOMB), TOO_LARGE),
    fails("bomb-gzip-feed", encoded("gzip", gzip_bomb(200, _START, b"a")), TOO_LARGE),
    fails("bomb-gzip-x", encoded("X-GZip", _BOMB), TOO_LARGE),
    case("bomb-gzip-gzip", encoded("gzip", twice(_BOMB)), stories=0, says=None),
    fails("bomb-gzip-gzip-said", encoded("gzip, gzip", twice(_BOMB)), "packs"),
    fails("bomb-deflate", encoded("deflate", deflate_bomb(200)), "packs"),
    fails("bomb-br", encoded("br", _BROTLI), "packs"),
    fails("bomb-zstd", encoded("zstd", _ZSTD), "packs"),
    fails(
        "bomb-gzip-members",
        encoded("gzip", gzip.compress(b" " * MEGABYTE) * 300),
        "nothing",
    ),
    case(
        "bomb-gzip-empty-members",
        encoded("gzip", gzip.compress(b"") * 100_000),
        stories=0,
        says=None,
    ),
    fails(
        "bomb-gzip-untold",
        with_headers("Content-Type: application/xml", body=_BOMB),
        "too large",
    ),
    fails("gzip-truncated", encoded("gzip", gzip.compress(GOOD)[:-20]), "cut off"),
    fails(
        "gzip-garbage",
        encoded("gzip", b"\x1f\x8b\x08\0" + b"garbage!" * 99),
        "makes no sense",
    ),
    fails("gzip-not-at-all", encoded("gzip", GOOD), "makes no sense"),
    case("gzip-trailing-garbage", encoded("gzip", gzip.compress(GOOD) + b"garbage" * 99)),
    fails(
        "encoding-twice",
        with_headers("Content-Encoding: br", "Content-Encoding: gzip"),
        "packs",
    ),
    fails("encoding-codec", encoded("zlib_codec", deflate_bomb(1)), "packs"),
    fails("body-plain-200mb", many(b" " * 65_536, 3_200, _HEAD), TOO_LARGE),
    fails(
        "body-plain-200mb-told",
        many(b" " * 65_536, 3_200, head(200, {"Content-Length": str(200 * MEGABYTE)})),
        TOO_LARGE,
    ),
    fails("body-endless-fast", endless(b"<item>" * 10_000, _HEAD + _START), TOO_LARGE),
    fails(
        "body-19mb-of-gzip-in-xml",
        encoded("gzip", gzip_bomb(9, b"<rss><channel>", b"<a>")),
        "",
    ),
]


def _slow_hop(exchange: Exchange) -> None:
    """Lead on and on, each hop after a while."""
    exchange.closing.wait(0.5)
    _hop(exchange)


def _hop(exchange: Exchange) -> None:
    """Lead on and on, at once."""
    number = exchange.asked.path.partition("?")[2] or "0"
    redirect(f"?{int(number) + 1}")(exchange)


def _half(exchange: Exchange) -> None:
    """Promise more than comes, and wait."""
    exchange.send(head(200, {"Content-Length": str(len(GOOD) * 2)}) + GOOD)
    exchange.closing.wait()


SLOWLY = "within 2 s"
SLOW = [
    fails("silent", silence, SLOWLY),
    fails("body-drip", endless(b"<", _HEAD, 0.05), SLOWLY),
    fails("body-endless-slow", endless(b"<item>" * 100, _HEAD + _START, 0.05), SLOWLY),
    fails("head-drip", endless(b"X: y\r\n", b"HTTP/1.1 200 OK\r\n", 0.02), SLOWLY),
    fails("status-drip", drip(b"HTTP/1.1 200 " + b"O" * 10_000), SLOWLY),
    fails("redir-endless-slow", _slow_hop, SLOWLY),
    fails(
        "chunk-drip",
        endless(b"1\r\n<\r\n", head(200, {"Transfer-Encoding": "chunked"}), 0.05),
        SLOWLY,
    ),
    fails("informational-drip", endless(b"HTTP/1.1 103 Early\r\n\r\n", b"", 0.02), SLOWLY),
    fails("length-too-long-and-waits", _half, SLOWLY),
    fails("body-drip-gzip", drip(head(200, {"Content-Encoding": "gzip"}) + _BOMB), SLOWLY),
]
BIG = [
    case(
        "ok-8mb",
        Page(rss(*numbered(2_000, "&lt;p&gt;" + "The motor turns. " * 240 + "&lt;/p&gt;"))),
        stories=2_000,
    ),
    case(
        "ok-8mb-gzip",
        Page(
            rss(
                *numbered(
                    2_000, "&lt;p&gt;" + "A &lt;b&gt;gear&lt;/b&gt;. " * 150 + "&lt;/p&gt;"
                )
            ),
            gzipped=True,
        ),
        stories=2_000,
    ),
    case(
        "entries-100k",
        Page(
            rss(
                *(
                    f"<item><title>Story {n}</title><guid>{n}</guid></item>"
                    for n in range(100_000)
                )
            )
        ),
        stories=2_000,
    ),
    case("entry-9mb", Page(rss(item(body="Words and more. " * 590_000))), stories=1),
    survives(
        "entry-19mb-gzip",
        Page(rss(item(body="Words and more. " * 1_240_000)), gzipped=True),
    ),
    fails("entry-20mb", Page(rss(item(body="Words and more. " * 1_310_000))), TOO_LARGE),
    case(
        "id-1mb",
        Page(
            rss(
                *(
                    item(f"Id {n}", "x" * MEGABYTE + str(n), f"https://a.example/{n}")
                    for n in range(3)
                )
            )
        ),
        stories=3,
    ),
]
