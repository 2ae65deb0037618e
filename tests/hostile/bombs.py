"""Feeds that aim at the time and the stack of the parser (HOSTILE.md 3.3)."""

import json

from hostile.case import case, fails, survives
from hostile.kitchen import (
    GOOD,
    feed,
    item,
    json_feed,
    json_item,
    told,
)
from support import hostile
from support.web import Page


def _attributes(count: int) -> str:
    return " ".join(f"a{number}='1'" for number in range(count))


CPU = [
    *(
        survives(
            f"html-{name.replace(' ', '-')}",
            feed(item(body=f"<![CDATA[{make(400_000)}]]>")),
        )
        for name, make in hostile.HTML.items()
    ),
    survives("xml-many-attributes", feed(f"<item {_attributes(20_000)}>{item()[6:]}")),
    survives("xml-200k-attributes", feed(f"<item {_attributes(200_000)}>{item()[6:]}")),
    survives(
        "xml-200k-attributes-on-rss",
        Page(GOOD.replace(b"<rss ", f"<rss {_attributes(200_000)} ".encode())),
    ),
    survives(
        "xml-many-namespaces",
        Page(
            GOOD.replace(
                b"<rss ",
                (
                    "<rss " + " ".join(f"xmlns:n{n}='urn:{n}'" for n in range(50_000)) + " "
                ).encode(),
            )
        ),
    ),
    survives("html-200k-attributes", told(f"<p {_attributes(200_000)}>Words")),
    survives("redos-author", feed(item(extra=f"<author>{'a' * 100_000}(</author>"))),
    survives("redos-author-at", feed(item(extra=f"<author>{'a@' * 50_000}</author>"))),
    survives("redos-author-space", feed(item(extra=f"<author>{' ' * 200_000}(x</author>"))),
    survives("redos-date", feed(item(date="1" * 200_000))),
    survives("redos-date-spaces", feed(item(date="Mon, " + " " * 200_000 + "x"))),
    survives(
        "redos-language", feed(item(extra=f"<dc:language>{'a-' * 100_000}</dc:language>"))
    ),
    survives(
        "redos-encoding", Page(b"<?xml " + b"version='1.0' " * 50_000 + b"?>" + GOOD[21:])
    ),
    survives("redos-doctype", feed(item(), prolog="<!DOCTYPE " + "<!ENTITY " * 100_000)),
    survives("body-5m-less-than", feed(item(body=f"<![CDATA[{'<' * 5_000_000}]]>"))),
    case("body-5m-less-than-bare", Page(b"<" * 5_000_000), stories=0, says=None),
    survives("body-5m-ampersands", feed(item(body="&" * 5_000_000))),
    survives("body-5m-escaped", feed(item(body="&lt;" * 1_250_000))),
    survives("xml-many-categories", feed(item(extra="<category>x</category>" * 50_000))),
    survives("xml-many-empty-items", feed(*(["<item/>"] * 200_000))),
    survives("xml-many-comments", feed(item(), "<!--" * 100_000)),
    survives("xml-many-instructions", feed(item(), "<?x ?>" * 100_000)),
    survives("xml-many-cdata", feed(item(body="<![CDATA[x]]>" * 100_000))),
    survives("xml-many-charrefs", feed(item(body="&#65;" * 500_000))),
    survives("xml-unclosed-tags", feed(item(), "<a " * 200_000)),
    survives("html-nested-quotes", told("<blockquote>" * 40_000 + "x")),
    survives("html-nested-font", told("<font>" * 80_000 + "x")),
    survives("html-nested-looks", told("<b><i><a href=x>" * 25_000 + "x")),
    survives("html-mixed-nesting", told("<table><tr><td><ul><li><div><p>" * 10_000 + "x")),
    survives("html-misnested", told("<a><b></a></b><p></div>" * 20_000)),
    survives("html-urls", told("<a href='//x/" + "../" * 300_000 + "'>x</a>")),
    case(
        "html-data-images",
        told(f"<img src='data:image/png;base64,{'A' * 3_000_000}'>words"),
        stories=1,
    ),
    survives("json-bomb-strings", json_feed(json_item(content_html="<a " * 200_000))),
    case(
        "json-many-tags", json_feed(json_item(tags=["x"] * 200_000, authors=[{}] * 100_000))
    ),
]
_DEEP_JSON = b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 100_000
DEPTH = [
    survives("xml-deep", feed(item(), "<a>" * 100_000 + "</a>" * 100_000)),
    survives("xml-deep-open", feed("<item>" * 100_000)),
    survives(
        "xml-deep-in-body", feed(item(body="<div>" * 50_000 + "x" + "</div>" * 50_000))
    ),
    survives(
        "xml-deep-xhtml",
        Page(
            b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>g</id>"
            b"<title>Story</title><content type='xhtml'>"
            + b"<div>" * 50_000
            + b"</content>"
        ),
    ),
    fails("json-deep", Page(_DEEP_JSON), "JSON"),
    fails("json-deep-objects", Page(b'{"items":' + b'{"a":' * 100_000), "JSON"),
    survives(
        "json-deep-item",
        Page(
            b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,'
            b'"title":' + b"[" * 900 + b"]" * 900 + b"}]}"
        ),
    ),
    case(
        "json-big-number",
        Page(
            b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":'
            + b"9" * 400_000
            + b',"title":"Story"}]}'
        ),
    ),
    survives(
        "json-odd-types",
        json_feed(
            {
                "id": None,
                "title": 7,
                "url": [],
                "tags": "x",
                "authors": 3,
                "content_html": {},
                "attachments": [None, 1, "x"],
            },
            {},
        ),
    ),
    fails("json-nan", Page(b'{"items": NaN}'), "JSON"),
    fails("json-cut", Page(json.dumps({"items": [json_item()]}).encode()[:-9]), "JSON"),
]
