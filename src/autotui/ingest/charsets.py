"""Bytes to text: which encoding a feed is in, whatever it and its server say.

A byte order mark decides; else bytes that are UTF-8 are UTF-8; else the server's word
counts, then the document's own. One bad byte never costs more than itself.
"""

import codecs
import re
from typing import Final

_CHARSET: Final = re.compile(
    r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE
)
_DECLARED: Final = re.compile(
    r"\s*<\?xml\s[^<>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE
)
_HEAD: Final = 400
_META: Final = re.compile(
    rb"<meta[^<>]{1,200}?charset\s*=\s*[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE
)
_PAGE_HEAD: Final = 4_096
_UNSEEN: Final = frozenset({"", "utf-8", "iso-8859-1"})
"""What servers say of pages without having looked."""

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHAPES: Final = (
    # The first character of a document is "<" or "{", the second is ASCII as well.
    (re.compile(rb"(?:[ \t\r\n]\0\0\0)*[<{]\0\0\0"), "utf-32-le"),
    (re.compile(rb"(?:\0\0\0[ \t\r\n])*\0\0\0[<{]"), "utf-32-be"),
    (re.compile(rb"(?:[ \t\r\n]\0)*[<{]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"(?:\0[ \t\r\n])*\0[<{]\0[^\0]"), "utf-16-be"),
)
_EBCDIC: Final = b"\x4c\x6f\xa7\x94"
"""A declaration's first characters as mainframes write them."""
_WIDER: Final = {
    # What publishers mean by these names: the same characters, and some more.
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_ALIASES: Final = {
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1987": "cp949",
    "x-mac-roman": "mac_roman",
    "x-windows-949": "cp949",
    "utf8mb4": "utf-8",
    "x-unicode-2-0-utf-8": "utf-8",
}
# Python has codecs that are no encodings (zlib, hex), and some that hide "<" (utf-7).
_TEXT: Final = re.compile(
    r"(?:utf-8|iso8859|cp\d|koi8|mac|gb|big5|euc|shift|johab|tis|ptcp|kz|ascii|iso2022|hz)"
)
_SEVEN_BITS: Final = re.compile(r"iso2022|hz")
_EAST_ASIAN: Final = re.compile(r"gb|big5|euc|shift|cp932|cp949|johab")
_VAGUE: Final = frozenset({"cp1252", "utf-8"})
"""What servers say by default, without having looked."""
_FEW: Final = 4
_CONTROLS: Final = re.compile("[\x80-\x9f]")
_MANY: Final = 10_000
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_MULTIBYTE: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


def _as_windows_does(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.end == len(error.object) and error.reason == "unexpected end of data":
        return "", error.end
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("autotui-windows", _as_windows_does)


def served_as(content_type: str) -> str:
    """Give the charset that a Content-Type header names, ``""`` if it names none."""
    stated = _CHARSET.search(content_type)
    return stated[1] if stated else ""


def decode(content: bytes, content_type: str = "") -> str:
    """Give bytes as text without byte order mark; it never fails."""
    text = _decoded(content, content_type)
    # Windows' quotation marks, passed on as if they were Unicode's control characters.
    return _CONTROLS.sub(_quoted, text) if _CONTROLS.search(text) else text


def page(content: bytes, content_type: str = "") -> str:
    """Give a web page as text: the server's word counts, else what its head says."""
    stated = _META.search(content[:_PAGE_HEAD])
    if stated and served_as(content_type).lower() in _UNSEEN:
        content_type = f"charset={stated[1].decode('ascii')}"
    return decode(content, content_type)


def _quoted(found: "re.Match[str]") -> str:
    return found[0].encode("latin-1").decode("cp1252", "ignore")


def _decoded(content: bytes, content_type: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _told(content[len(mark) :], encoding)
    for shape, encoding in _SHAPES:
        if shape.match(content):
            return _told(content, encoding)
    if content.startswith(_EBCDIC):
        return _told(content, _declared(content, "cp037") or "cp037")
    served = _codec(served_as(content_type))
    declared = _declared(content, "latin-1")
    if served in _VAGUE and declared not in {"", *_VAGUE}:
        served, declared = declared, served
    wanted = [name for name in (served, declared) if name]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content, wanted)
    for name in wanted:
        if _is_really(content, name):
            return content.decode(name, "replace")
    return text


def _declared(content: bytes, encoding: str) -> str:
    """Give the encoding that the first line names; ``encoding`` makes it readable."""
    found = _DECLARED.match(content[:_HEAD].decode(encoding))
    return _codec(found[1]) if found else ""


def _told(content: bytes, encoding: str) -> str:
    if encoding == "utf-8":
        return content.decode("utf-8", "autotui-windows")
    return content.decode(encoding, "replace").removeprefix("\ufeff")


def _guessed(content: bytes, wanted: list[str]) -> str:
    """Decode what is not UTF-8 as it is said to be, if that is possible."""
    others = [name for name in wanted if name != "utf-8"]
    for name in others:
        try:
            return content.decode(name)
        except ValueError:
            continue
    if others and "utf-8" not in wanted:
        text = content.decode(others[0], "replace")
        # Single bytes that Windows leaves undefined, or a few bad ones.
        if text.count("\ufffd") <= max(_FEW, len(text) // 100):
            return text
    # One bad byte is one call; where nearly all are bad, this is no UTF-8 at all.
    bad = len(_HIGH.findall(_MULTIBYTE.sub(b"", content)))
    if bad > _MANY and bad > len(_MULTIBYTE.findall(content)):
        return content.decode("cp1252", "replace")
    return content.decode("utf-8", "autotui-windows")


def _is_really(content: bytes, name: str) -> bool:
    """Whether bytes that would pass as UTF-8 are in the named encoding all the same."""
    if _SEVEN_BITS.match(name):
        return b"\x1b" in content or name == "hz"
    if not _EAST_ASIAN.match(name):
        return False
    # Two Chinese characters can look like UTF-8; a whole text never does.
    if not 0 < len(_MULTIBYTE.findall(content)) <= _FEW:
        return False
    try:
        content.decode(name)
    except ValueError:
        return False
    return True


def _codec(name: str) -> str:
    """Give Python's name of an encoding, ``""`` if it is none that feeds are in."""
    lowered = name.lower()
    try:
        found = codecs.lookup(_ALIASES.get(lowered, lowered)).name
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(found, found) if _TEXT.match(found) else ""
