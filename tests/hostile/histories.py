"""Feeds that change from fetch to fetch, or aim at their neighbours (HOSTILE.md 3.5)."""

from hostile.case import Case, case, survives
from hostile.kitchen import BODY, GOOD, feed, item, json_feed, numbered, rss
from support.web import Behaviour, Page, redirect

NEIGHBOUR = tuple(f"Neighbour {number}" for number in range(5))
"""The titles of the good feeds, whose ids the poisoned one uses."""


def neighbour() -> Page:
    """A good feed."""
    items = (
        item(title, f"n{number}", f"https://good.example/{number}")
        for number, title in enumerate(NEIGHBOUR)
    )
    return Page(rss(*items, title="Neighbour"))


def _poison() -> Behaviour:
    items = (
        item(f"Poison {number}", f"n{number}", f"https://good.example/{number}", "gone")
        for number in range(len(NEIGHBOUR))
    )
    return Page(rss(*items, title="Neighbour"))


def _renamed(fetch: int, *, linked: bool) -> Page:
    """Five hundred stories, whose ids no two fetches share."""
    return feed(
        *(
            item(f"Story {n}", f"{fetch}-{n}", f"https://a.example/{n}" if linked else "")
            for n in range(500)
        )
    )


_TEN = tuple(f"Story {number}" for number in range(10))
_WHOLE = feed(*numbered(10, f"<![CDATA[{BODY}]]>"))
HISTORIES: list[Case] = [
    case("poisoned-ids", _poison(), stories=5),
    case(
        "ids-change-every-fetch", *(_renamed(n, linked=True) for n in range(4)), stories=500
    ),
    case(
        "ids-change-without-links",
        *(_renamed(n, linked=False) for n in range(4)),
        stories=500,
    ),
    case(
        "ids-all-the-same",
        feed(*(item(f"Story {n}", "same", f"https://a.example/{n}") for n in range(50))),
        stories=None,
    ),
    case("ids-empty", feed(*(item(f"Story {n}", "", "") for n in range(50))), stories=50),
    survives(
        "ids-only-escapes", feed(*(item(f"Story {n}", f"\x1b&#{n + 1};") for n in range(5)))
    ),
    case(
        "ids-like-sql",
        feed(item(guid="x' OR '1'='1"), item("Other", "%"), item("Third", "_")),
        stories=3,
    ),
    case("feed-emptied-bodies", _WHOLE, feed(*numbered(10, " ")), stories=10, titles=_TEN),
    case("feed-emptied", _WHOLE, feed(" "), stories=10, titles=_TEN),
    case(
        "feed-becomes-nothing", _WHOLE, Page(b""), stories=10, titles=_TEN, says="nothing"
    ),
    case(
        "feed-becomes-a-page",
        _WHOLE,
        Page(b"<html><body>Log in</body></html>"),
        stories=10,
        titles=_TEN,
        says="web page",
    ),
    case(
        "feed-becomes-garbage",
        _WHOLE,
        Page(b"\0\xff" * 9_000),
        stories=10,
        titles=_TEN,
        says="neither",
    ),
    case("feed-becomes-json", _WHOLE, json_feed(), stories=10, titles=_TEN),
    case(
        "feed-is-gone", _WHOLE, Page(b"", status=410), stories=10, titles=_TEN, says="gone"
    ),
    case("feed-is-cut", _WHOLE, Page(rss(*numbered(10))[:900]), stories=10, says=None),
    case(
        "feed-vandalised",
        _WHOLE,
        feed(
            *(
                item("\x1b[2JHacked", f"g{n}", "javascript:x", "\x1b]52;c;x\x07")
                for n in range(10)
            )
        ),
        stories=10,
        says=None,
    ),
    case(
        "feed-hijacked-by-301",
        _WHOLE,
        redirect("/hijacker", 301),
        stories=None,
        says=None,
        more={"/hijacker": Page(GOOD)},
    ),
    case(
        "feed-hijacked-by-portal",
        _WHOLE,
        redirect("/portal", 301),
        stories=10,
        titles=_TEN,
        says="web page",
        more={"/portal": Page(b"<html><body>Hotel</body></html>")},
    ),
    case(
        "feed-names-another-as-itself",
        Page(
            rss(*numbered(3)).replace(
                b"<channel>",
                b"<channel xmlns:a='http://www.w3.org/2005/Atom'><a:link rel='self' "
                b"href='https://evil.example/feed'/><a:id>x</a:id>",
            )
        ),
        stories=3,
    ),
    case("feed-says-304-for-ever", Page(GOOD, etag='"1"'), Page(b"", status=304)),
    case(
        "feed-grows-without-end",
        *(
            feed(
                *(
                    item(
                        f"Fetch {fetch} story {n}",
                        f"{fetch}-{n}",
                        f"https://a.example/{fetch}/{n}",
                    )
                    for n in range(200)
                )
            )
            for fetch in range(4)
        ),
        stories=800,
    ),
]
