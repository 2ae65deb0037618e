"""Feeds that aim at the browser, files and the database (HOSTILE.md 3.2)."""

from hostile.case import case
from hostile.kitchen import (
    BODY,
    feed,
    here,
    item,
    json_feed,
    json_item,
    rss,
)

SCHEMES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,&lt;script&gt;",
    "file:///etc/passwd",
    "vbscript:x",
    "-flag",
    "--browser=evil",
    "%action",
    "|touch /tmp/owned",
    "exec:touch /tmp/owned",
    "filter:sh:http://evil.example/",
    "http://",
    "http://[::1",
    "http://evil.example:99999/",
    "https://xn--\u200b.example/",
    "ftp://evil.example/x",
    "\\\\evil.example\\share",
)
_SHELL = "$(touch /tmp/owned)`touch /tmp/owned`; touch /tmp/owned | sh &amp;"


def _enclosure(url: str) -> str:
    return f"<enclosure url='{url}' type='audio/mpeg' length='-1'/>"


def _body_link(url: str) -> str:
    seen = f"<a href='{url}'>x</a><img src='{url}'><iframe src='{url}'>"
    return f"<![CDATA[<p>Words</p>{seen}]]>"


_TRAVERSAL = ("../../../etc/passwd", "/../../x", "..%2f..%2fx", "a/%00/b", "C:\\con\\nul")
LINKS = [
    case(
        "link-schemes",
        feed(
            *(
                item(f"Scheme {n}", f"s{n}", url, _body_link(url), _enclosure(url))
                for n, url in enumerate(SCHEMES)
            )
        ),
        stories=len(SCHEMES),
    ),
    case(
        "link-schemes-json",
        json_feed(
            *(
                json_item(
                    id=f"s{n}",
                    title=f"Scheme {n}",
                    url=url,
                    external_url=url,
                    image=url,
                    attachments=[{"url": url, "mime_type": "x"}],
                )
                for n, url in enumerate(SCHEMES)
            ),
            home_page_url="javascript:x",
            icon="file:///x",
            feed_url="file:///x",
        ),
        stories=len(SCHEMES),
    ),
    case(
        "link-guid-is-javascript",
        feed("<item><guid>javascript:alert(1)</guid><title>No link</title></item>"),
    ),
    case(
        "link-userinfo-spoof",
        feed(
            item(
                link="https://bank.example@evil.example/x",
                body=_body_link("https://bank.example:x@evil.example/"),
            )
        ),
    ),
    case(
        "link-shell-metachars",
        feed(
            item(
                _SHELL,
                _SHELL,
                f"https://outlet.example/{_SHELL}",
                extra=_enclosure(f"https://outlet.example/{_SHELL}.mp3"),
            )
        ),
    ),
    case(
        "link-line-break", feed(item(link="https://outlet.example/a&#10;exec:touch&#10;b"))
    ),
    case("link-8mb", feed(item(link="https://outlet.example/" + "a" * 8_000_000))),
    case(
        "link-base-bomb",
        feed(*(item(f"S{n}", f"g{n}", "?" + "%" * 4_000) for n in range(50))),
        stories=50,
    ),
    case("enclosure-traversal", feed(item(extra="".join(map(_enclosure, _TRAVERSAL))))),
    case(
        "enclosures-10k",
        feed(
            item(
                extra="".join(
                    _enclosure(f"https://outlet.example/{n}.mp3") for n in range(10_000)
                )
            )
        ),
    ),
    case(
        "tracking-pixel",
        here(
            rss(
                item(
                    body="<![CDATA[<p>Words</p><img src='{web}/pixel'>"
                    "<link rel=stylesheet href='{web}/pixel'>"
                    "<script src='{web}/pixel'></script>]]>",
                    extra="<enclosure url='{web}/pixel' type='image/gif' length='1'/>",
                )
            )
        ),
        unasked=("/pixel",),
    ),
    case(
        "sql-strings",
        feed(
            *(
                item(text, f"'; DROP TABLE article; --{n}")
                for n, text in enumerate(
                    (
                        "'; DROP TABLE article; --",
                        '" OR 1=1 --',
                        "x AND NEAR(a b)",
                        "a* ^b -c",
                        "{title text}: x",
                        "tag:x) OR (1",
                        "\\' UNION SELECT url FROM feed",
                    )
                )
            )
        ),
        stories=7,
    ),
    case(
        "page-script-body",
        feed(
            item(
                body=f"<![CDATA[<script>x</script><style>y</style>{BODY}"
                "<form action='javascript:x'><input value=x></form><object>x</object>"
                "]]>"
            )
        ),
    ),
]
