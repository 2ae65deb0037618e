"""Feeds of odd dates and shapes, and what is no feed at all (HOSTILE.md 3.3 and 3.4)."""

from hostile.case import busy, case, fails, survives
from hostile.kitchen import (
    GOOD,
    answer,
    feed,
    item,
    json_feed,
    json_item,
    numbered,
    rss,
    with_headers,
)
from support.web import Page

_DATES = (
    "+9999",
    "Mon, 30 Feb 2024 25:61:61 +9999",
    "9999-12-31T23:59:59Z",
    "10000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "0000-00-00",
    "-1",
    "",
    "Thu, 31 Dec 9999 23:59:59 -1200",
    "1e999",
    "1970-01-01T00:00:00-24:00",
    "99999999999",
    "2024-01-01T00:00:00+99:99",
    "\u0661\u0662 Jan 2024",
    "Mon, 01 Jan 999999999 00:00",
)
DATES = [
    case(
        "dates-odd",
        feed(*(item(f"Date {n}", f"d{n}", date=date) for n, date in enumerate(_DATES))),
        stories=len(_DATES),
    ),
    case(
        "dates-odd-json",
        json_feed(
            *(
                json_item(
                    id=f"d{n}", title=f"Date {n}", date_published=date, date_modified=date
                )
                for n, date in enumerate(_DATES)
            )
        ),
        stories=len(_DATES),
    ),
    case(
        "dates-odd-atom",
        Page(
            (
                "<feed xmlns='http://www.w3.org/2005/Atom'>"
                + "".join(
                    f"<entry><id>d{n}</id><title>Date {n}</title>"
                    f"<updated>{date}</updated></entry>"
                    for n, date in enumerate(_DATES)
                )
                + "</feed>"
            ).encode()
        ),
        stories=len(_DATES),
    ),
    case(
        "dates-future-on-top",
        feed(item("Future", "f", date="Fri, 31 Dec 2100 00:00:00 GMT")),
    ),
    case(
        "http-odd-dates",
        with_headers(
            "Date: Fri, 31 Dec 9999 23:59:59 GMT",
            "Last-Modified: Fri, 31 Dec 9999 23:59:59 GMT",
            "Expires: Sat, 32 Feb 10000",
            "Age: 99999999999999999999999999",
        ),
    ),
    case("http-cache-forever", with_headers("Cache-Control: max-age=1000000000000")),
    case(
        "http-cache-odd",
        with_headers("Cache-Control: max-age=-1, max-age=x, s-maxage=" + "9" * 5_000),
    ),
    busy(
        "http-503-retry-date",
        answer("HTTP/1.1 503 x", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"),
        "503",
    ),
    busy(
        "http-503-retry-year-10000",
        answer("HTTP/1.1 503 x", "Retry-After: Sat, 31 Dec 10000 23:59:59 GMT"),
        "503",
    ),
    busy(
        "http-429-retry-digits",
        answer("HTTP/1.1 429 x", "Retry-After: " + "9" * 5_000),
        "429",
    ),
    busy("http-503-retry-negative", answer("HTTP/1.1 503 x", "Retry-After: -99999"), "503"),
    case(
        "rss-ttl-forever",
        feed(
            item(),
            "<ttl>99999999999999999999</ttl><skipHours>"
            + "<hour>-1</hour>" * 90
            + "</skipHours><skipDays><day>\x1b</day></skipDays>",
        ),
    ),
]
SHAPES = [
    fails("body-empty", Page(b""), "nothing"),
    fails("body-blank", Page(b" \n" * 5_000), "nothing"),
    fails("body-binary", Page(bytes(range(256)) * 4_000), "neither a feed nor a web page"),
    fails("body-path", Page(b"/etc/passwd"), "neither"),
    fails("body-url", Page(b"http://127.0.0.1:1/feed"), "neither"),
    fails(
        "body-html",
        Page(
            b"<!doctype html><html><head><title>Hi</title></head></html>",
            content_type="text/html",
        ),
        "a web page, not a feed",
    ),
    fails(
        "body-captive-portal",
        Page(
            b"<html><body><form action='http://hotel/login'>Log in</form></body></html>",
            content_type="text/html",
        ),
        "web page",
    ),
    fails("body-error-in-xml", Page(b"<?xml version='1.0'?><error>no</error>"), "neither"),
    fails(
        "body-svg",
        Page(b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>"),
        "neither",
    ),
    survives(
        "body-feed-in-html",
        Page(b"<html><body>" + GOOD + b"</body></html>", content_type="text/html"),
    ),
    case("body-two-feeds", Page(GOOD + GOOD), stories=1, says=None),
    case("body-trailing-garbage", Page(GOOD + b"\0\xff<script>" * 1_000)),
    survives("body-cut", Page(rss(*numbered(20))[:-400])),
    survives("body-no-channel", Page(b"<rss><item><title>Story</title></item></rss>")),
    case(
        "body-opml",
        Page(b"<opml><body><outline xmlUrl='file:///etc/passwd'/></body></opml>"),
        stories=0,
        says=None,
    ),
]
