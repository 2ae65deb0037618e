"""Text to a tree of elements: XML as the rules want it, or whatever was sent instead."""

import html
import re
from typing import Final

from lxml import etree

from autotui.ingest import tolerant
from autotui.ingest.vocabulary import Element

_HEAD: Final = 20_000
_DECLARATION: Final = re.compile(r"<\?xml\b[^<>]{0,400}\?>")
# References to control characters by those who mean what Windows has in their place.
_WINDOWS: Final = re.compile(r"&#(?:0{0,4}1[2-5][0-9]|[xX]0{0,4}[89][0-9a-fA-F]);")


def tree(content: str) -> Element | None:
    """Give the root of a document, ``None`` where there is no element at all.

    Where the document is broken the root is made up: the real ones are in it.
    """
    start = content.find("<")
    if start < 0:
        return None
    declared = _DECLARATION.match(content, start)
    document = content[declared.end() if declared else start :]
    document = _WINDOWS.sub(lambda found: html.unescape(found[0]), document)
    # An entity of a DOCTYPE may hold the whole memory: not even lxml shall see one.
    if "<!DOCTYPE" in document[:_HEAD]:
        return tolerant.read(document)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(document.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return tolerant.read(document)
