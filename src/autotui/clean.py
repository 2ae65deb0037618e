r"""The one gate for untrusted text and addresses.

Everything that a feed, a page, an OPML file or a server says passes here before it
is stored or shown. Clean *after* the last decoding step: an escape sequence can hide
behind ``&#27;`` or ``\u001b``.
"""

import re
from typing import Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

MAX_LINE: Final = 500
"""Characters of a title, a feed's name or an error."""
MAX_TEXT: Final = 1_000_000
"""Characters of one run of body text."""
MAX_TAG: Final = 60
MAX_URL: Final = 8_192
MAX_KEY: Final = 2_048

# C0 but tab and line ends, DEL, C1, soft hyphen, bidi marks, embeddings, overrides and
# isolates, zero-width space and joiners that carry no meaning in a word, line and
# paragraph separators' neighbours, BOM, annotations, surrogates, noncharacters, tags.
_HARMFUL: Final = (
    "\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef"
    "\ufffe\uffff\U000e0000-\U000e007f"
)
_FORBIDDEN: Final = re.compile(f"[{_HARMFUL}]")
_SPACES: Final = re.compile(r"\s+")
_LINE_ENDS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
_COMBINING: Final = (
    "\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
# All that ``text`` may have to change, in one look.
_SUSPECT: Final = re.compile(f"[\t\r\x85\u2028\u2029{_HARMFUL}{_COMBINING}]")
_USUAL: Final = bytes([*range(0x20, 0x7F), 0x0A])
_ZALGO: Final = re.compile(f"([{_COMBINING}]{{8}})[{_COMBINING}]+")
# What may stand in an address unescaped; everything else is percent-encoded.
_URL_SAFE: Final = "!#$%&'()*+,/:;=?@[]~-._"
_TRACKING: Final = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|link_\w+)|(?:fb|g|dc|ms|tw|yc)clid|igshid|mc_[ce]id"
    r"|ns_(?:source|mchannel|campaign)|cmp(?:id)?|ocid|partner|xtor|wt_mc|ref(?:_?src)?"
    r"|_hs(?:enc|mi)|ftag|ito|sr_share|smid|feature|spm)(?:=|$)",
    re.IGNORECASE,
)
# An address that ``url`` would give back as it is, and the path of one. No port that
# might be written in another way, no empty query or fragment.
_ORDINARY: Final = re.compile(
    r"https?://[a-z0-9][a-z0-9._~-]*(?::[1-9][0-9]{0,3})?/"
    r"[A-Za-z0-9!$%&'()*+,/:;=@._~-]*"
    r"(?:\?[A-Za-z0-9!$%&'()*+,/:;=?@._~-]+)?(?:#[A-Za-z0-9!$%&'()*+,/:;=?@._~-]+)?",
    re.ASCII,
)
_ORIGIN: Final = re.compile(r"https?://[^/?#]+(?=/)")
_HOST: Final = re.compile(r"https?://([a-z0-9.-]+)(?::[0-9]{1,5})?/")
_DOTS: Final = ("/.", "//", "\\")
# User and password in an address, up to the last @ before its path; a value whose name
# says that it is secret; what a server takes for a password.
_SECRETS: Final = (
    re.compile(r"(://)[^\s/?#]+(?=@)"),
    re.compile(
        r"([?&;][\w.-]{0,40}(?:token|key|auth|secret|passw(?:or)?d|pwd|sig|credential"
        r"|session)[\w.-]{0,40}=)[^\s&#'\"<>]+",
        re.IGNORECASE,
    ),
    re.compile(r"(\b(?:bearer|basic)\s+)[\w.~+/=-]{6,}", re.IGNORECASE),
)
_SCHEMES: Final = ("http", "https")
_ABSOLUTE: Final = ("http://", "https://")


def line(text: str, limit: int = MAX_LINE) -> str:
    """Give ``text`` as one harmless line of at most ``limit`` characters."""
    # A hostile title may hold megabytes: cut before the regular expressions run.
    cut = text[: limit * 8]
    if cut.isascii() and cut.isprintable():
        if "  " not in cut and len(cut) <= limit:
            return cut.strip()
    else:
        cut = _ZALGO.sub(r"\1", _FORBIDDEN.sub("", _LINE_ENDS.sub(" ", cut)))
    cut = _SPACES.sub(" ", cut).strip()
    return cut if len(cut) <= limit else cut[: limit - 1].rstrip() + "…"


def text(raw: str, limit: int = MAX_TEXT) -> str:
    """Give ``raw`` as harmless text that keeps its spaces and line ends."""
    cut = raw[:limit]
    if not _SUSPECT.search(unusual(cut)):
        return cut
    cut = _LINE_ENDS.sub("\n", cut).replace("\t", "    ")
    return _ZALGO.sub(r"\1", _FORBIDDEN.sub("", cut))[:limit]


def unusual(text: str) -> str:
    """Give the characters that are neither printable ASCII nor line ends.

    They are few: a pattern that looks for one of them takes several times as long in all.
    """
    left = text.encode("utf-8", "surrogatepass").translate(None, _USUAL)
    return left.decode("utf-8", "surrogatepass")


def key(raw: str) -> str:
    """Give an entry's GUID as we keep it: clean, and hashed where it is very long."""
    if len(raw) > MAX_KEY:
        import hashlib

        digest = hashlib.sha256(raw.encode("utf-8", "replace")).hexdigest()
        return f"sha256:{digest}"
    return line(raw, MAX_KEY)


def tag(raw: str) -> str:
    """Give a tag's name as it is kept; ``""`` where nothing is left of it.

    Lower case, ``-`` for spaces and commas, at most 60 characters; ``/`` makes levels.
    """
    kept = re.sub(r"[\s,]+", "-", line(raw, MAX_TAG).lstrip("#+").casefold())
    return re.sub(r"/+", "/", kept).strip("-/")


def url(raw: str, base: str = "", *, userinfo: bool = False) -> str:
    """Give an absolute http(s) address, percent-encoded; ``""`` if it is none.

    ``userinfo`` keeps ``user:password@``, which only a feed's own address may have:
    in a story's link it serves to disguise the host.
    """
    # Nearly all are like this, and it is ten times as fast.
    ordinary = raw
    if raw.startswith("/") and not any(dots in raw for dots in _DOTS):
        found = _ORIGIN.match(base)
        ordinary = found[0] + raw if found else raw
    if len(ordinary) <= MAX_URL and _ORDINARY.fullmatch(ordinary):
        return ordinary
    stripped = _FORBIDDEN.sub("", raw).strip()
    if not stripped or len(stripped) > MAX_URL:
        return ""
    try:
        joined = stripped.replace("\n", "").replace("\t", "")
        if not joined.startswith(_ABSOLUTE):
            joined = urljoin(base, joined)
        parts = urlsplit(joined)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES or not host:
        return ""
    netloc = _netloc(host, port)
    if not netloc:
        return ""
    if userinfo and (secret := parts.netloc.rpartition("@")[0]):
        netloc = quote(secret, safe=":%") + "@" + netloc
    path, query, fragment = (
        quote(part, safe=_URL_SAFE) for part in (parts.path, parts.query, parts.fragment)
    )
    whole = urlunsplit((parts.scheme, netloc, path or "/", query, fragment))
    # Again: a base and the percent signs make an address longer.
    return whole if len(whole) <= MAX_URL else ""


def canonical(address: str) -> str:
    """Give what all forms of an address share, for comparing: never fetch it.

    Scheme, ``www.``, a trailing slash, the fragment and parameters that only track
    readers are left out; ``""`` for none.
    """
    place, _, fragment = address.partition("://")[2].partition("#")
    path, _, query = place.partition("?")
    kept = "&".join(each for each in query.split("&") if not _TRACKING.match(each))
    # A fragment that begins with "!" or "/" is an address to a script.
    inner = f"#{fragment}" if fragment[:1] in {"!", "/"} else ""
    place = path.removeprefix("www.").rstrip("/")
    return f"{place}?{kept}{inner}" if kept or inner else place


def host(address: str) -> str:
    """Give the host of an address, for showing; ``""`` if it has none."""
    if ordinary := _HOST.match(address):
        return ordinary[1]
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def public(address: str) -> str:
    """Give an address without user and password: as it may be shown, logged, exported."""
    if "@" not in address:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def masked(text: str) -> str:
    """Give a text without the secrets that addresses and headers in it hold."""
    for pattern in _SECRETS:
        text = pattern.sub(r"\1***", text)
    return text


def server(address: str) -> str:
    """Give host and port, the usual ports left out; ``""`` if there is none.

    It names whom a ``Retry-After`` speaks for: another port is another server.
    """
    name = host(address)
    try:
        port = urlsplit(address).port
    except ValueError:
        return ""
    return f"{name}:{port}" if name and port not in {None, 80, 443} else name


def origin(address: str) -> str:
    """Give scheme, host and port, the usual ports left out (RFC 6454); ``""`` for none."""
    try:
        parts = urlsplit(address)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if not name:
        return ""
    usual = port in {None, 443 if parts.scheme == "https" else 80}
    shown = f"[{name}]" if ":" in name else name
    return f"{parts.scheme}://{shown}" + ("" if usual else f":{port}")


def _netloc(name: str, port: int | None) -> str:
    """Give host and port in ASCII (IDNA), ``""`` where the host is not valid."""
    if ":" in name:
        # No zone ("%eth0"): it may hold any character, and means nothing elsewhere.
        if not re.fullmatch(r"[0-9a-f:.]+", name):
            return ""
        shown = f"[{name}]"
    else:
        try:
            shown = name if name.isascii() else name.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
        if not re.fullmatch(r"[a-z0-9._~-]+", shown):
            return ""
    return shown if port is None else f"{shown}:{port}"
