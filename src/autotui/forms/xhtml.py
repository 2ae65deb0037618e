"""A body as XHTML: elements made of blocks, written by an XML writer and never by hand."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from autotui import clean
from autotui.document import Block, Document, Span

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
_NAMESPACES: Final = {
    "xmlns": "http://www.w3.org/1999/xhtml",
    "xmlns:epub": "http://www.idpf.org/2007/ops",
}
_MAX_DEPTH: Final = 8
"""Of lists in lists: a device shows no more."""
_MAX_HEADING: Final = 6


def page(title: str, language: str, content: Sequence[Element]) -> bytes:
    """Give a whole page."""
    told = {"xml:lang": language, "lang": language} if language else {}
    root = Element("html", {**_NAMESPACES, **told})
    head = SubElement(root, "head")
    text(SubElement(head, "title"), title)
    SubElement(head, "link", rel="stylesheet", type="text/css", href="style.css")
    SubElement(root, "body").extend(content)
    return (_HEAD + tostring(root, encoding="unicode") + "\n").encode()


def text(element: Element, raw: str) -> Element:
    """Add text behind what an element holds; XML knows no control characters."""
    harmless = clean.text(raw)
    if len(element):
        element[-1].tail = (element[-1].tail or "") + harmless
    else:
        element.text = (element.text or "") + harmless
    return element


def body(document: Document, images: Mapping[str, str]) -> list[Element]:
    """Give a body's elements; ``images`` are the files of those that are in the book."""
    root = Element("body")
    lists: list[_List] = []
    for block in document.blocks:
        if block.kind == "item":
            _item(root, lists, block)
        else:
            lists.clear()
            root.extend(_elements(block, images))
    return list(root)


class _List(NamedTuple):
    """A list that items can still be added to."""

    level: int
    element: Element


def _item(root: Element, lists: list[_List], block: Block) -> None:
    """Add an item to the list of its level, in the last item of the list above."""
    level = min(block.level, _MAX_DEPTH)
    tag = "ol" if block.number else "ul"
    while lists and lists[-1].level > level:
        lists.pop()
    if lists and lists[-1].level == level and lists[-1].element.tag != tag:
        lists.pop()
    if not lists or lists[-1].level < level:
        above = lists[-1].element[-1] if lists else root
        lists.append(_List(level, SubElement(above, tag)))
    item = SubElement(lists[-1].element, "li")
    if block.number:
        item.set("value", str(block.number))
    _fill(item, block.spans)


def _elements(block: Block, images: Mapping[str, str]) -> list[Element]:
    match block.kind:
        case "heading":
            # The first level is the story's title.
            level = min(max(block.level, 1) + 1, _MAX_HEADING)
            return [_fill(Element(f"h{level}"), block.spans)]
        case "quote":
            quote = Element("blockquote")
            _fill(SubElement(quote, "p"), block.spans)
            return [quote]
        case "code":
            code = Element("pre")
            text(SubElement(code, "code"), block.text)
            return [code]
        case "table":
            return [_table(block.rows)] if block.rows else []
        case "image":
            return _figure(block, images.get(block.url, ""))
        case "rule":
            return [Element("hr")]
        case _:
            return [_fill(Element("p"), block.spans)]


def _figure(block: Block, file: str) -> list[Element]:
    """Give an image that is here with its caption; of another one the caption alone."""
    caption = " ".join(part for part in (block.text, block.credit) if part)
    figure = Element("figure")
    if file:
        SubElement(figure, "img", src=file, alt=clean.line(block.alt))
    elif not caption:
        caption = block.alt
    if caption:
        text(SubElement(figure, "figcaption"), caption)
    return [figure] if len(figure) else []


def _table(rows: Sequence[Sequence[str]]) -> Element:
    table = Element("table")
    for at, row in enumerate(rows):
        line = SubElement(table, "tr")
        for cell in row:
            text(SubElement(line, "td" if at else "th"), cell)
    return table


def _fill(element: Element, spans: Sequence[Span]) -> Element:
    """Add runs of text, each in its looks; a line end is a line's end."""
    for span in spans:
        inner = element
        if url := clean.url(span.url):
            inner = SubElement(inner, "a", href=url)
        for tag, on in (
            ("strong", span.strong),
            ("em", span.emphasis),
            ("code", span.code),
        ):
            inner = SubElement(inner, tag) if on else inner
        for at, line in enumerate(span.text.split("\n")):
            if at:
                SubElement(inner, "br")
            text(inner, line)
    return element
