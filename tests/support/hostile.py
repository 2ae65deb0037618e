"""Input that hurt other readers, made to any size: what must stay harmless here."""

from collections.abc import Callable, Mapping
from typing import Final


def _attributes(size: int) -> str:
    return "<p " + " ".join(f"a{at}=1" for at in range(size // 8)) + ">"


HTML: Final[Mapping[str, Callable[[int], str]]] = {
    "open tags": lambda size: "<a " * (size // 3),
    "open quotes": lambda size: "<a b='" * (size // 6),
    "comments": lambda size: "<!--" * (size // 4),
    "instructions": lambda size: "<?" * (size // 2),
    "end tags": lambda size: "</" * (size // 2),
    "less-than": lambda size: "<" * size,
    "ampersands": lambda size: "&" * size,
    "nested blocks": lambda size: "<div>" * (size // 5),
    "nested lists": lambda size: "<ul><li>" * (size // 8),
    "nested tables": lambda size: "<table><tr><td>x" * (size // 16),
    "attributes": _attributes,
    "paragraphs in an item": lambda size: "<li>" + "<p>x" * (size // 4),
    "figures": lambda size: "<figure><img src=/a><figcaption>" * (size // 32),
    "wide table": lambda size: "<table><tr>" + "<td>x" * (size // 8) + "<tr><td>" * 9,
    "breaks": lambda size: "x<br>" * (size // 5),
    "spaces": lambda size: "<p>" + " \n" * (size // 2) + "x",
    "looks": lambda size: "<b>a</b>" * (size // 8),
    "srcset": lambda size: f"<img srcset='{'a' * (size - 20)}'>",
}

TITLES: Final[Mapping[str, str]] = {
    # What is in the XML -> what is left of it.
    "[red]x[/]": "[red]x[/]",
    "[@click=app.quit]x[/]": "[@click=app.quit]x[/]",
    "\x1b]52;c;x\x07end": "]52;c;xend",
    "a&#27;[2Jb": "a[2Jb",
    "a&amp;#27;[2Jb": "a[2Jb",
    "a&amp;#x1b;[2Jb": "a[2Jb",
    "<![CDATA[a&#27;b]]>": "ab",
    "one\u202eowt": "oneowt",
    "one&#x202e;owt": "oneowt",
    "one&amp;#x202e;owt": "oneowt",
    "nul\x00nul": "nulnul",
    # As Windows writes it, byte 9b is a quotation mark.
    "a\x9b31mb": "a\u203a31mb",
    "AT&amp;amp;T": "AT&T",
    "AT&amp;T": "AT&T",
    "a &lt; b": "a < b",
    "<![CDATA[5 < 6 & 7 > 6]]>": "5 < 6 & 7 > 6",
    "&lt;b&gt;Bold&lt;/b&gt; &amp;amp; new": "Bold & new",
    "two\n  lines": "two lines",
}
