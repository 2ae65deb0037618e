"""What is asked of a server, within which limits, and where redirects have led."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from autotui.ingest.gates import Turn
from autotui.model import Validators


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of our time and memory one server may have."""

    seconds: float = 30.0
    """For everything: name, connection, redirects and body."""
    connect_seconds: float = 10.0
    raw_bytes: int = 10 * 1024 * 1024
    inflated_bytes: int = 20 * 1024 * 1024
    redirects: int = 10
    header_bytes: int = 100_000


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, the same at every hop."""

    address: str
    userinfo: str
    secret: Mapping[str, str]
    """The headers that show who the reader is, for the first origin alone."""
    validators: Validators
    private_ok: bool
    held_ok: bool
    limits: Limits
    turn: Turn | None
    deadline: asyncio.Timeout
    accept: str


@dataclass(frozen=True, slots=True)
class Hop:
    """Where the redirects have led by now."""

    address: str
    led_by: str = ""
    """The host that redirected here."""
    home: bool = True
    """Still, and always, at the first origin."""
    inside: bool = False
    """Private addresses are fine: the reader named one, and no public one led here."""
    for_good: bool = True
