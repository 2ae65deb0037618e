"""Which hosts a feed may lead us to: no private network, unless the reader allows it.

A feed, a redirect or an imported list must not make us ask the reader's own router.
"""

import asyncio
import ipaddress
import re
import socket
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from autotui import clean
from autotui.errors import FetchError

_NUMERIC: Final = re.compile(r"[0-9a-fx.]+")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAMES: Final = (".localhost", ".local", ".internal")


async def refuse_private(address: str) -> None:
    """Raise FetchError if the host is, or resolves to, a private address."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if proxied(address):
        # The proxy resolves; often nobody else can.
        if named_private(host):
            raise _refusal(host)
        return
    if _private_literal(host):
        raise _refusal(host)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    if any(private(str(socket_address[0])) for *_, socket_address in found):
        raise _refusal(host)


def refuse_private_peer(address: str, peer: str) -> None:
    """Raise FetchError if the connection ended at a private address after all.

    Between our look-up and the connection's own, a name may have got another address.
    """
    if private(peer) and not proxied(address):
        raise _refusal(clean.host(address))


def private(address: str) -> bool:
    """Whether an IP address is anything but a public host's; no address is not."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = inner or ip
    return not ip.is_global or ip.is_multicast or ip.is_reserved


def named_private(host: str) -> bool:
    """Whether a host is private by its very name, without looking it up."""
    return _private_literal(host) or f".{host}".endswith(_LOCAL_NAMES)


def proxied(address: str) -> bool:
    """Whether the environment's proxy settings send this address to a proxy."""
    parts = urlsplit(address)
    proxies = getproxies()
    asked = parts.scheme in proxies or "all" in proxies
    return asked and not proxy_bypass(parts.hostname or "")


def _private_literal(host: str) -> bool:
    """Whether the host is a private address itself, in any notation."""
    if private(host):
        return True
    if not _NUMERIC.fullmatch(host):
        return False
    # What every resolver takes for 127.0.0.1: "127.1", "0x7f.1", "2130706433".
    try:
        return private(socket.inet_ntoa(socket.inet_aton(host)))
    except OSError:
        return False


def _refusal(host: str) -> FetchError:
    return FetchError(
        clean.line(
            f"{host} is in a private network; allow_private = true under [network] "
            "in the config allows it"
        )
    )
