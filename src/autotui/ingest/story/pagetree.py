"""Bytes to a page's text, and to the tree that all else reads: parsed once.

trafilatura is loaded when the first page is: it takes 0.4 s.
"""

import logging
import re
from typing import Final

import lxml.etree

from autotui import clean
from autotui.errors import ParseError
from autotui.ingest import charsets, trees
from autotui.pages import MAX_BYTES

_HEAD: Final = 4_096
_UNREADABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
_FEED: Final = re.compile(
    r"\s*(?:<\?xml[^<>]{0,300}>\s*)?(?:<!--[^<>]{0,300}-->\s*)?<(?:rss|feed|rdf:rdf)[\s>]",
    re.IGNORECASE,
)
_JSON: Final = re.compile(r"\s*[\[{]\s*[\]}\"\[{\d]")
_TAG: Final = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]{0,40}[\s/>]|<!doctype", re.IGNORECASE)
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"RIFF", "a picture or sound (RIFF)"),
    (b"\x00\x00\x01\x00", "a picture (icon)"),
    (b"PK\x03\x04", "an archive (ZIP)"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"ID3", "sound (MP3)"),
    (b"OggS", "sound or a film (Ogg)"),
    (b"\x1aE\xdf\xa3", "a film (Matroska)"),
)
_FILM: Final = b"ftyp"
_KINDS: Final = (
    ("application/pdf", "a PDF"),
    ("image/", "a picture"),
    ("audio/", "sound"),
    ("video/", "a film"),
)
_FEW: Final = 0.05
"""Share of characters that nobody can read, above which it is no text."""


def decoded(content: bytes | str, content_type: str = "") -> str:
    """Give a page as text of at most ``MAX_BYTES``; raise ParseError if it is none."""
    content = content[:MAX_BYTES]
    raw = content if isinstance(content, bytes) else content[:20].encode("utf-8", "replace")
    if kind := _kind(raw.lstrip(), content_type):
        raise ParseError(f"this is {kind}, no page")
    if isinstance(content, bytes):
        content = charsets.page(content, content_type)
    head = content[:_HEAD]
    if len(_UNREADABLE.findall(head)) > _FEW * len(head):
        raise ParseError("this is binary, no page")
    text = clean.text(content, MAX_BYTES)
    if not text.strip():
        raise ParseError("the page is empty")
    if _FEED.match(text):
        raise ParseError("this is a feed, no page")
    if "json" in content_type.lower() or ("<" not in text[:_HEAD] and _JSON.match(text)):
        raise ParseError("this is data (JSON), no page")
    return text


def is_plain(text: str) -> bool:
    """Whether there is no markup: a page that was copied as text."""
    return _TAG.search(text) is None


def parsed(text: str) -> lxml.etree._Element:
    """Give the page's tree, as trafilatura wants it; raise ParseError if there is none."""
    from trafilatura.utils import load_html

    # It tells its troubles on the standard error, where the screen is.
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    text = trees.tamed(text, ends=1)
    tree: lxml.etree._Element | None = load_html(text)
    if tree is None:
        # A fragment, or a page that begins with much else.
        tree = load_html(f"<html><body>{text}</body></html>")
    if tree is None:
        raise ParseError("the page is empty")
    return tree


def _kind(raw: bytes, content_type: str) -> str:
    """Give what it is when it is no text at all, ``""`` if it may be a page."""
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            return kind
    if raw[4:8] == _FILM:
        return "a film (MP4)"
    if b"<" in raw[:_HEAD]:
        return ""
    small = content_type.lower()
    return next((kind for prefix, kind in _KINDS if small.startswith(prefix)), "")
