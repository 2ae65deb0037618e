"""Feeds that aim at the entities and the encodings of the parser (HOSTILE.md 3.3)."""

import zlib

from hostile.case import case, survives
from hostile.kitchen import (
    GOOD,
    feed,
    here,
    item,
    rss,
    with_headers,
)
from support.web import Page

_LAUGHS = "".join(
    f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" if n else "<!ENTITY l0 'lol'>"
    for n in range(10)
)


def _doctype(subset: str) -> str:
    return f"<?xml version='1.0'?><!DOCTYPE rss [{subset}]>"


def _parameters(url: str) -> str:
    return f"<!ENTITY % x SYSTEM '{url}'>%x;<!ENTITY secret SYSTEM '{url}'>"


ENTITIES = [
    survives(
        "xml-billion-laughs",
        feed(item("Story &l9;", body="&l9;"), prolog=_doctype(_LAUGHS)),
    ),
    survives(
        "xml-quadratic-blowup",
        feed(
            item("Story", body="&a;" * 50_000),
            prolog=_doctype(f"<!ENTITY a '{'a' * 50_000}'>"),
        ),
    ),
    survives(
        "xml-entity-attribute",
        feed(item(extra="<enclosure url='&l9;'/>"), prolog=_doctype(_LAUGHS)),
    ),
    survives(
        "xml-xxe-file",
        feed(
            item("Story &secret;", body="&secret;"),
            prolog=_doctype("<!ENTITY secret SYSTEM 'file:///etc/passwd'>"),
        ),
    ),
    survives(
        "xml-xxe-http",
        here(
            rss(
                item("Story &secret;", body="&secret;"),
                prolog=_doctype("<!ENTITY secret SYSTEM '{web}/leak'>"),
            )
        ),
        unasked=("/leak",),
    ),
    survives(
        "xml-xxe-parameter",
        here(rss(item(), prolog=_doctype(_parameters("{web}/leak")))),
        unasked=("/leak",),
    ),
    survives(
        "xml-external-dtd",
        here(rss(item(), prolog="<?xml version='1.0'?><!DOCTYPE rss SYSTEM '{web}/leak'>")),
        unasked=("/leak",),
    ),
    survives(
        "xml-xinclude",
        here(
            rss(
                item(
                    body="<xi:include href='{web}/leak' parse='text' "
                    "xmlns:xi='http://www.w3.org/2001/XInclude'/>"
                )
            )
        ),
        unasked=("/leak",),
    ),
    case(
        "xml-stylesheet",
        here(
            rss(
                item(),
                prolog="<?xml version='1.0'?>"
                "<?xml-stylesheet href='{web}/leak' type='text/xsl'?>",
            )
        ),
        unasked=("/leak",),
    ),
    case(
        "xml-schema-location",
        here(
            rss(item()).replace(
                b"<rss ",
                b"<rss xmlns:i='http://www.w3"
                b".org/2001/XMLSchema-instance' i:noNamespaceSchemaLocation='{web}/leak' ",
            )
        ),
        unasked=("/leak",),
    ),
    case(
        "xml-xml-base-file",
        feed(
            item(body="<![CDATA[<img src='x'><a href='y'>y</a>]]>").replace(
                "<item>", "<item xml:base='file:///etc/'>"
            )
        ),
    ),
]


def _declared(encoding: str, text: str = "Story") -> Page:
    body = rss(item(text), prolog=f"<?xml version='1.0' encoding='{encoding}'?>")
    return Page(body, content_type=f"application/xml; charset={encoding}")


_CODECS = (
    "zlib",
    "hex",
    "base64",
    "idna",
    "punycode",
    "undefined",
    "unicode_escape",
    "raw_unicode_escape",
    "rot13",
    "uu",
    "utf-7",
    "bz2",
    "mbcs",
    "../../x",
    "x" * 5_000,
)
ENCODINGS = [
    *(
        survives(f"xml-encoding-{name[:20].strip('./')}", _declared(name))
        for name in _CODECS
    ),
    case(
        "xml-encoding-zlib-bomb",
        Page(
            zlib.compress(b" " * 200_000_000, 1),
            content_type="application/xml; charset=zlib",
        ),
        stories=0,
        says=None,
    ),
    survives(
        "xml-encoding-utf16-lie", Page(GOOD.replace(b"?>", b" encoding='utf-16'?>", 1))
    ),
    case("xml-encoding-utf16", Page(rss(item()).decode().encode("utf-16")), stories=1),
    case(
        "xml-encoding-utf16-garbage",
        Page(b"\xff\xfe" + b"\xd8\x00\xdc" * 50_001),
        stories=0,
        says=None,
    ),
    survives("xml-encoding-utf32", Page(rss(item()).decode().encode("utf-32"))),
    survives("xml-encoding-nuls", Page(GOOD.replace(b"Story", b"St\0o\0r\0y"))),
    case("xml-encoding-all-nuls", Page(b"\0" * 1_000_000), stories=0, says=None),
    survives("xml-encoding-surrogates", Page(rss(item("Story \ud800 \udfff")))),
    survives(
        "xml-encoding-mixed",
        Page(rss(item("Story \u20ac")).replace(b"unit", b"\xff\xfe\x80unit")),
    ),
    survives("xml-encoding-utf7-escape", _declared("utf-7", "+ABs-[31mStory")),
    survives("xml-encoding-ebcdic", Page(rss(item()).decode().encode("cp037"))),
    case("xml-charset-lies", with_headers('Content-Type: text/xml; charset="utf-16"; x')),
    case("xml-no-prolog-bom", Page(b"\xef\xbb\xbf\n\n  " + GOOD)),
]
