"""Why there was no answer at all, in words, and what the reader can do about it."""

import errno
import socket
import ssl
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import httpx

from autotui import clean
from autotui.errors import FetchError

_NETWORK: Final = "check your network; the feed is asked again by itself"
_THEIRS: Final = "the outlet has to mend this; the feed is asked again by itself"
_NO_WAY: Final = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN)
# Codes of OpenSSL's verification (X509_V_ERR_*, openssl-verification-options(1)).
_NOT_YET, _EXPIRED = 9, 10
_SELF_SIGNED: Final = (18, 19)
_UNKNOWN_ISSUER: Final = (2, 20, 21)
_WRONG_NAME: Final = (62, 64)


def no_answer(error: BaseException, host: str, now: datetime) -> FetchError:
    """Give the error for an exchange that failed before there was a whole answer."""
    told, advice, reached = f"{host} broke off, or its answer is not HTTP", _THEIRS, True
    for cause in _causes(error):
        if found := _known(cause, host, now):
            told, advice, reached = found
            break
        if isinstance(cause, OSError):
            told, advice = f"{host} cannot be reached", _NETWORK
            reached = not isinstance(error, httpx.ConnectError)
    return FetchError(clean.line(told), reached=reached, advice=advice)


def too_slow(error: BaseException, host: str, seconds: float, connect: float) -> FetchError:
    """Give the error for a server that took too long, with the limit it met."""
    if isinstance(error, httpx.ConnectTimeout):
        told = f"{host} took no connection within {connect:g} s"
        return FetchError(clean.line(told), reached=False, advice=_NETWORK)
    told = f"{host} did not answer in full within {seconds:g} s"
    advice = "if it is slow every time, raise timeout_seconds under [network] in the config"
    return FetchError(clean.line(told), advice=advice)


def _known(cause: BaseException, host: str, now: datetime) -> tuple[str, str, bool] | None:
    """Say what an exception means: the words, the advice, whether a server was reached."""
    match cause:
        case socket.gaierror(errno=socket.EAI_AGAIN):
            return f"the name {host} could not be looked up just now", _NETWORK, False
        case socket.gaierror():
            told = f"there is no host called {host}, or the network is down"
            return told, f"{_NETWORK}; else check the address", False
        case ssl.SSLCertVerificationError():
            return *_certificate(cause, host, now), True
        case ssl.SSLError():
            return f"no safe (TLS) connection to {host} could be made", _THEIRS, True
        case ConnectionRefusedError():
            told = f"{host} refused the connection"
            return told, "the server is down, or the address has the wrong port", False
        case OSError() if cause.errno in _NO_WAY:
            return f"there is no way to {host} from this network", _NETWORK, False
        case zlib.error():
            told = f"the answer of {host} is damaged: its gzip stream makes no sense"
            return told, _THEIRS, True
        case UnicodeError():
            told = f"{host} is not a valid host name"
            return told, "check the address, and mend it with 'edit --url'", True
    return None


def _certificate(
    error: ssl.SSLCertVerificationError, host: str, now: datetime
) -> tuple[str, str]:
    """Say what is wrong with a certificate; no such feed is read, by no switch."""
    today = f"{now:%Y-%m-%d}"
    told = f"the certificate of {host} cannot be trusted: "
    clock = f"is {today} the right date? If not, set the clock; if so, tell the outlet"
    match error.verify_code:
        case code if code == _EXPIRED:
            return f"{told}it has expired (today is {today})", clock
        case code if code == _NOT_YET:
            return f"{told}it is not valid yet (today is {today})", clock
        case code if code in _SELF_SIGNED:
            own = "if the server is your own, name its authority's file in SSL_CERT_FILE"
            return f"{told}it is self-signed, or signed by somebody unknown", own
        case code if code in _UNKNOWN_ISSUER:
            why = f"{told}who signed it is not known, or a part of its chain is missing"
            return why, _THEIRS
        case code if code in _WRONG_NAME:
            other = "perhaps the feed lives under another name: 'edit --url' changes it"
            return f"{told}it is for another host", other
    return told + clean.line(error.verify_message, 200), _THEIRS


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error and all that led to it, each once."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        found = waiting.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        inner = found.exceptions if isinstance(found, BaseExceptionGroup) else ()
        waiting += [found.__context__, found.__cause__, *inner]
