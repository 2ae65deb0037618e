"""Feeds that aim at the terminal and the screen (HOSTILE.md 3.1)."""

from collections.abc import Callable
from html import escape

from hostile.case import busy, case, fails, survives
from hostile.kitchen import (
    answer,
    feed,
    item,
    json_feed,
    json_item,
    with_headers,
)
from support.web import Page

PAYLOADS = {
    "clear": "\x1b[2J\x1b[31m",
    "osc52": "\x1b]52;c;aGFja2Vk\x07",
    "osc8": "\x1b]8;;http://evil.example\x1b\\",
    "title": "\x1b]0;owned\x07",
    "dcs": "\x1bP$q\x1b\\\x1b_x\x1b\\\x1b^y\x1b\\",
    "c1": "\x9b2J\x9d52;c;x\x9c\x90q\x9c",
    "bytes": "\x00\x07\x08\x0e\x0f\x7f\x05",
    "bidi": "\u202e\u202d\u202a\u202b\u202c\u2066\u2067\u2068\u2069",
    "tags": "\U000e0041\U000e0042\U000e007f\ufeff\u200b\ufff9",
}
KEPT = ("Before", "after")
"""What stands around a payload, and must still stand there."""


def _charrefs(payload: str) -> str:
    return "".join(f"&#{ord(each)};" for each in payload)


FORMS: dict[str, Callable[[str], str]] = {
    "raw": lambda payload: payload,
    "charref": _charrefs,
    "double": lambda payload: escape(_charrefs(payload)),
    "cdata": lambda payload: f"<![CDATA[{payload}]]>",
    "html-in-cdata": lambda payload: f"<![CDATA[{_charrefs(payload)}]]>",
}


def _everywhere(text: str) -> Page:
    """A feed with ``text`` in every field that there is."""
    bare = text.replace("<![CDATA[", "").replace("]]>", "").replace("'", "")
    extra = (
        f"<author>{text}</author><dc:creator>{text}</dc:creator>"
        f"<category>{text}</category><dc:language>{text}</dc:language>"
        f"<enclosure url='https://outlet.example/{bare}' type='{bare}' length='{bare}'/>"
        f"<media:content url='https://outlet.example/{bare}' medium='{bare}'/>"
        f"<comments>{text}</comments><source url='{bare}'>{text}</source>"
    )
    body = (
        f"<![CDATA[<p>Before {bare} after</p><img src='https://outlet.example/i.jpg' "
        f"alt='{bare}' title='{bare}'><a href='https://outlet.example/{bare}'>{bare}</a>"
        f"<pre>{bare}</pre><table><tr><td>{bare}<td>2<tr><td>3<td>4</table>"
        f"<figure><img src='/j.jpg'><figcaption>{bare}</figcaption></figure>]]>"
    )
    story = item(
        f"Before {text} after",
        f"guid{text}",
        f"https://outlet.example/{text}",
        body,
        extra,
        f"Mon, 01 Jan 2024 08:00:00 {text}",
    )
    return feed(story, title=f"Outlet {text}")


def _in_json(text: str) -> Page:
    """The same as JSON, where an escape such as \\u001b is legal."""
    return json_feed(
        json_item(
            id=f"guid{text}",
            title=f"Before {text} after",
            url=f"https://outlet.example/{text}",
            content_html=f"<p>Before {text} after</p><img src='/i.jpg' alt='{text}'>",
            summary=text,
            language=text,
            authors=[{"name": text, "url": text}],
            tags=[text, f"tag{text}"],
            attachments=[{"url": f"https://outlet.example/{text}", "mime_type": text}],
        ),
        title=f"Outlet {text}",
        home_page_url=f"https://outlet.example/{text}",
        language=text,
        authors=[{"name": text}],
    )


TERMINAL = [
    case(f"term-{name}-{form}", _everywhere(write(payload)))
    for name, payload in PAYLOADS.items()
    for form, write in FORMS.items()
] + [case(f"term-{name}-json", _in_json(payload)) for name, payload in PAYLOADS.items()]
ESC = "\x1b[31m\x9b2J"
SERVER_TEXT = [
    fails("term-esc-status-line", answer(f"HTTP/1.1 500 {ESC}Hacked"), ""),
    fails("term-esc-status-404", answer(f"HTTP/1.1 404 \x1b]0;x\x07{ESC}"), ""),
    fails("term-esc-in-location", answer("HTTP/1.1 302 x", f"Location: /{ESC}"), ""),
    fails("term-c1-in-location", answer("HTTP/1.1 302 x", "Location: /\x9b2J\x85"), "404"),
    survives("term-esc-content-type", with_headers(f"Content-Type: {ESC}")),
    case("term-c1-content-type", with_headers("Content-Type: text/xml; charset=\x9b2J")),
    fails("term-c1-encoding", with_headers("Content-Encoding: \x9b2J\x9d"), "packs"),
    case("term-c1-etag", with_headers('ETag: "\x9b2J"', "Last-Modified: \x9b2J")),
    busy("term-c1-retry", answer("HTTP/1.1 503 x", "Retry-After: \x9b2J\x9d"), "503"),
]
MARKUP_TITLES = (
    "[red]x[/]",
    "a [/] b",
    "[/",
    "[@click=app.quit]x[/]",
    "[type=x, v={'a[0]'}]",
    "[link=https://evil.example]x[/link]",
    "\\[bold]",
    "[$primary on $error]",
    ":smile: {x} %s {{x}}",
    "# **Markdown** `code` [a](javascript:x)",
)
_EMOJI = "\U0001f469\u200d\U0001f527 BYD \u6bd4\u4e9a\u8fea \U0001f1e9\U0001f1ea 800\u202fV"
SCREEN = [
    case(
        "ui-markup-titles",
        feed(
            *(item(escape(text), f"g{n}") for n, text in enumerate(MARKUP_TITLES)),
            title="[red]Outlet[/] [/",
        ),
        stories=len(MARKUP_TITLES),
        titles=tuple(sorted(MARKUP_TITLES)),
    ),
    case("ui-bidi-title", feed(item("ab\u202ecd\u2066ef\u2069")), titles=("abcdef",)),
    case("ui-bidi-charref", feed(item("ab&#x202e;cd")), titles=("abcd",)),
    case("ui-zalgo-title", feed(item("Z" + "\u0301" * 20_000 + "algo"))),
    case("ui-zalgo-body", feed(item(body="Z" + "\u0301\u0489" * 200_000 + "algo"))),
    case("ui-title-5mb", feed(item("Long " * 1_000_000))),
    case("ui-title-5mb-one-word", feed(item("x" * 5_000_000))),
    case(
        "ui-title-lines",
        feed(item("one\n\r\n\ttwo\u2028three\u2029four\x85five")),
        titles=("one two three four\u2026five",),
    ),
    case(
        "ui-title-empty",
        feed(item("", body="<![CDATA[<p>Words.</p>]]>")),
        titles=("Words.",),
    ),
    case("ui-title-blank", feed(item("\u200b\u202e &#8203;", link=""))),
    case("ui-title-html", feed(item("<![CDATA[<b>Bold</b><script>alert(1)</script>]]>"))),
    case(
        "ui-wide-and-emoji",
        feed(item(_EMOJI)),
        titles=(
            "\U0001f469\u200d\U0001f527 BYD \u6bd4\u4e9a\u8fea \U0001f1e9\U0001f1ea 800 V",
        ),
    ),
    case(
        "ui-json-surrogates",
        json_feed(
            json_item(
                title="a\ud800b\udfffc",
                id="\ud800",
                content_html="<p>\udc80\ud800</p>",
                tags=["\ud800"],
            ),
            title="\udfff",
        ),
        titles=("abc",),
    ),
    case("ui-combining-only", feed(item("\u0301\u0301\u0301", "\u0301", body="\u0301"))),
    case("ui-hangul-fillers", feed(item("\u3164\uffa0\u115f" * 500))),
    case("ui-author-1mb", feed(item(extra=f"<author>{'a b ' * 250_000}</author>"))),
]
