"""The reader's CSS selectors to XPath: the few forms that say where a story is.

Type, ``#id``, ``.class``, ``[name]``, ``[name=value]`` (also ``^= $= *= ~=``), descendants,
``>`` and ``,``. Anything else is a ParseError, for ``extract`` to tell.
"""

import re
from collections.abc import Sequence
from typing import Final

import lxml.etree

from autotui import clean
from autotui.errors import ParseError

_MAX: Final = 500
"""Characters of a selector."""
_SIMPLE: Final = re.compile(
    r"(?P<type>\*|[a-zA-Z][\w-]*)|#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)"
    r"|\[\s*(?P<name>[a-zA-Z][\w:-]*)\s*"
    r"(?:(?P<how>[~^$*]?)=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[\w-]+))\s*)?\]"
)
_APART: Final = re.compile(r"\s*(>)\s*|\s+")


def found(
    tree: lxml.etree._Element, selectors: Sequence[str]
) -> tuple[list[lxml.etree._Element], str]:
    """Give the outermost elements that the selectors name, and what is wrong with them."""
    chosen: list[lxml.etree._Element] = []
    wrong = ""
    for selector in selectors:
        try:
            result = tree.xpath(xpath(selector))
        except (ParseError, lxml.etree.XPathError):
            wrong = wrong or f"cannot read the selector {clean.line(selector, 80)!r}"
            continue
        if isinstance(result, list):
            chosen += [each for each in result if lxml.etree.iselement(each)]
    return _outermost(tree, chosen), wrong


def xpath(selector: str) -> str:
    """Give a selector as XPath; raise ParseError if it has no form that we know."""
    if len(selector) > _MAX:
        raise ParseError("the selector is too long")
    return " | ".join(_path(each.strip()) for each in selector.split(","))


def _path(selector: str) -> str:
    path, at, axis = "", 0, "//"
    while at < len(selector):
        end, step = _compound(selector, at)
        path += axis + step
        if end == len(selector):
            return path
        apart = _APART.match(selector, end)
        if apart is None:
            break
        axis = "/" if apart[1] else "//"
        at = apart.end()
    raise ParseError(f"cannot read the selector {clean.line(selector, 80)!r}")


def _compound(selector: str, at: int) -> tuple[int, str]:
    """Read one step, "div.story[role=main]"; give where it ends, and its XPath."""
    tag, tests = "*", ""
    start = at
    while simple := _SIMPLE.match(selector, at):
        if simple["type"]:
            if at != start:
                break
            tag = simple["type"].lower()
        elif simple["id"]:
            tests += f"[@id='{simple['id']}']"
        elif simple["class"]:
            tests += _word("class", f"'{simple['class']}'")
        else:
            tests += _attribute(simple)
        at = simple.end()
    if at == start:
        raise ParseError(f"cannot read the selector {clean.line(selector, 80)!r}")
    return at, f"{tag}{tests}"


def _attribute(simple: "re.Match[str]") -> str:
    name = simple["name"].lower()
    values = (simple["double"], simple["single"], simple["bare"])
    value = next((each for each in values if each is not None), None)
    if value is None:
        return f"[@{name}]"
    quoted = f"'{value}'" if "'" not in value else f'"{value}"'
    match simple["how"]:
        case "~":
            return _word(name, quoted)
        case "^":
            return f"[starts-with(@{name}, {quoted})]"
        case "*":
            return f"[contains(@{name}, {quoted})]"
        case "$":
            ending = f"string-length(@{name}) - {len(value)} + 1"
            return f"[substring(@{name}, {ending}) = {quoted}]"
        case _:
            return f"[@{name} = {quoted}]"


def _word(name: str, quoted: str) -> str:
    words = f"concat(' ', normalize-space(@{name}), ' ')"
    return f"[contains({words}, concat(' ', {quoted}, ' '))]"


def _outermost(
    tree: lxml.etree._Element, chosen: Sequence[lxml.etree._Element]
) -> list[lxml.etree._Element]:
    """Give the elements in the order of the page, none of them inside another."""
    wanted = set(chosen)
    if not wanted:
        return []
    outermost: list[lxml.etree._Element] = []
    inside = None
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            inside = None if element is inside else inside
        elif inside is None and element in wanted:
            inside = element
            outermost.append(element)
    return outermost
