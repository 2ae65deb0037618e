"""What it means that a server gives no feed, in our words."""

from collections.abc import Mapping
from typing import Final

from autotui.errors import FetchError

_LOGIN_WANTED: Final = 511
_ELSEWHERE: Final = "ask the outlet where its feed is, and give the address to 'edit --url'"
_BROWSER: Final = "open the address in a browser to see what the outlet says"
_REASONS: Final = {
    204: ("the server sent nothing (204)", _ELSEWHERE),
    206: ("the server sent only a part (206)", ""),
    304: ("the server says nothing has changed, but nothing was ever read (304)", ""),
    400: ("the server does not understand the request (400)", _ELSEWHERE),
    401: (
        "the server wants a user name and a password (401)",
        (
            "put them under [credentials] in the config, or as https://USER:PASSWORD@HOST/ "
            "into the feed's address"
        ),
    ),
    403: ("the server denies access (403)", _BROWSER),
    404: ("there is nothing at this address (404): the feed may have moved", _ELSEWHERE),
    410: (
        "gone: the server says the feed was removed for good",
        f"its stories stay until you remove it; it is not asked any more; {_ELSEWHERE}",
    ),
    429: ("the server says we ask too often (429)", "it is asked again by itself, later"),
    451: ("the server may not show this for legal reasons (451)", ""),
    503: ("the server is overloaded or under repair (503)", "wait: it is asked again"),
}
_SIGNS: Final = (
    b"just a moment...",
    b"/cdn-cgi/challenge-platform/",
    b"cf-chl",
    b"captcha",
    b"checking your browser",
    b"are you a robot",
    b"ddos protection",
)
"""What pages say that check for robots."""
HEAD_BYTES: Final = 16_384
"""How much of a page is looked at."""


def refusal(status: int, headers: Mapping[str, str], page: bytes = b"") -> FetchError:
    """Give the error for an answer that brings no feed; ``page`` is how it begins."""
    if status == _LOGIN_WANTED:
        return web_page(status)
    challenged = headers.get("cf-mitigated", "").strip().lower() == "challenge"
    if challenged or any(sign in page.lower() for sign in _SIGNS):
        error = FetchError(
            f"the server sent a check for robots, a web page, not a feed ({status})",
            status=status,
            advice="the outlet keeps feed readers out: tell it, or look for another feed "
            "of it",
        )
        error.challenged = True
        return error
    reason, advice = _REASONS.get(status, ("", ""))
    if not reason:
        theirs = status >= 500  # noqa: PLR2004 - the class of HTTP errors that are the server's
        fault = "has trouble of its own" if theirs else "gave no feed"
        reason = f"the server {fault} ({status})"
        advice = "wait: it is asked again" if theirs else _BROWSER
    return FetchError(reason, status=status, advice=advice)


def web_page(status: int = 0) -> FetchError:
    """Give the error for a page where a feed used to be, or a network that wants a login.

    It is nobody's answer that can be trusted: nothing of it is kept, and the feed is
    asked again soon.
    """
    code = f" ({status})" if status else ""
    return FetchError(
        f"a web page, not a feed{code}: perhaps the login page of the network you are "
        "in, or a check for robots",
        status=status,
        reached=False,
        advice="open any page in a browser and log in if the network asks for it; else "
        "open the feed there",
    )
