"""Which hosts a feed may lead us to: no private network, unless the reader allows it.

A feed, a redirect or an imported list must not make us ask the reader's own router.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from autotui import clean
from autotui.errors import FetchError

Watch = Callable[[str, Mapping[str, Any]], Awaitable[None]]
_NUMERIC: Final = re.compile(r"[0-9a-fx.]+")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAMES: Final = (".localhost", ".local", ".internal")


async def refuse_private(address: str, *, proxied: bool, led_by: str = "") -> None:
    """Raise FetchError if the host is, or resolves to, a private address.

    ``led_by`` is the host that redirects there, if one does.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if proxied:
        # The proxy resolves; often nobody else can.
        if named_private(host):
            raise refusal(host, led_by)
        return
    if _private_literal(host):
        raise refusal(host, led_by)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    if any(private(str(socket_address[0])) for *_, socket_address in found):
        raise refusal(host, led_by)


def watch(address: str, led_by: str = "") -> Watch:
    """Give what ends a connection that arrived at a private address after all.

    For httpcore's ``trace``: between our look-up and the connection's own, a name may
    have got another address. Nothing has been sent by then.
    """

    async def refuse(event: str, about: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            stream = about["return_value"]
            if private(peer(stream)):
                await stream.aclose()
                raise refusal(clean.host(address), led_by)

    return refuse


def peer(stream: Any) -> str:
    """Give the IP address at the other end of httpcore's stream, ``""`` if unknown."""
    found = stream.get_extra_info("server_addr") if stream else None
    return str(found[0]) if found else ""


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


def proxy(address: str, proxies: Mapping[str, str]) -> str:
    """Give which of the environment's proxies an address goes to, ``""`` for none."""
    parts = urlsplit(address)
    found = proxies.get(parts.scheme) or proxies.get("all") or ""
    if not found or proxy_bypass(parts.hostname or ""):
        return ""
    return found if "://" in found else f"http://{found}"


def _private_literal(host: str) -> bool:
    """Whether the host is a private address itself, in any notation."""
    # Names first: an imported list has thousands, and to try them as numbers is slow.
    if not _NUMERIC.fullmatch(host):
        return ":" in host and private(host)
    if private(host):
        return True
    # What every resolver takes for 127.0.0.1: "127.1", "0x7f.1", "2130706433".
    try:
        return private(socket.inet_ntoa(socket.inet_aton(host)))
    except OSError:
        return False


def refusal(host: str, led_by: str = "") -> FetchError:
    """Give the error for a place that must not be asked."""
    if led_by:
        # Networks that want a login lead to it so: soon it may be another answer.
        return FetchError(
            clean.line(f"{host} is in a private network, and {led_by} redirects there"),
            reached=False,
            advice="log in to the network you are in, if it wants that; or allow it with "
            "allow_private = true under [network] in the config",
        )
    return FetchError(
        clean.line(
            f"{host} is in a private network; allow_private = true under [network] "
            "in the config allows it"
        )
    )
