"""How we show who the reader is, where a feed is not for everybody.

Secrets come from a password manager or the environment when they are needed, live in
this process only, and go to the one origin (scheme, host and port) they are for.
"""

import asyncio
import base64
import os
import signal
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

from autotui import clean
from autotui.config import Credential
from autotui.errors import FetchError

SECONDS: Final = 20.0
"""How long a command may take to give a secret: a reader may have to unlock it."""
_MAX_SECRET: Final = 4_096
Headers = Mapping[str, str]


class Credentials:
    """Gives the headers for an address; asks for each secret once."""

    def __init__(self, configured: Iterable[Credential] = ()) -> None:
        self._configured = {each.origin: each for each in configured}
        self._found: dict[str, asyncio.Task[str]] = {}

    async def headers(self, address: str, userinfo: str) -> Headers:
        """Give what to send to the origin of an address: ``userinfo`` goes first.

        Raises FetchError where a secret cannot be had.
        """
        if userinfo:
            user, _, password = userinfo.partition(":")
            return _basic(unquote(user), unquote(password))
        found = self._configured.get(clean.origin(address)) if self._configured else None
        if found is None:
            return {}
        task = self._found.setdefault(found.origin, asyncio.ensure_future(_secret(found)))
        # Shielded: one feed's end must not take the secret from its neighbours.
        secret = await asyncio.shield(task)
        return {found.header: secret} if found.header else _basic(found.user, secret)


def apart(address: str) -> tuple[str, str]:
    """Give an address without fragment, user and password, and these two."""
    parts = urlsplit(address)
    userinfo, _, netloc = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=netloc, fragment="")), userinfo


def together(address: str, userinfo: str) -> str:
    """Give the address with user and password again."""
    parts = urlsplit(address)
    netloc = f"{userinfo}@{parts.netloc}" if userinfo else parts.netloc
    return urlunsplit(parts._replace(netloc=netloc))


def _basic(user: str, password: str) -> Headers:
    """Give the header of RFC 7617."""
    pair = f"{user}:{password}".encode("utf-8", "replace")
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


async def _secret(wanted: Credential) -> str:
    """Get a secret from where the config says it is."""
    if wanted.env:
        secret = os.environ.get(wanted.env, "")
        where = f"the environment variable {wanted.env}"
    else:
        where = f"the command {wanted.command[0]!r}"
        secret = await _output(wanted, where)
    line = secret.partition("\n")[0].rstrip("\r")
    if not line:
        raise _missing(wanted, f"{where} gives none")
    if len(line) > _MAX_SECRET or not line.isprintable():
        raise _missing(wanted, f"what {where} gives is no line of text")
    if wanted.header and not line.isascii():
        raise _missing(wanted, f"what {where} gives cannot stand in a header")
    return line


async def _output(wanted: Credential, where: str) -> str:
    """Run the command, without a shell, and give what it prints."""
    try:
        process = await asyncio.create_subprocess_exec(
            *wanted.command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # It must not write on the reader's screen, and dies with all it started.
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise _missing(wanted, f"{where} cannot be run") from error
    try:
        async with asyncio.timeout(SECONDS):
            out, _ = await process.communicate()
    except TimeoutError as error:
        raise _missing(wanted, f"{where} took longer than {SECONDS:g} s") from error
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if process.returncode:
        raise _missing(wanted, f"{where} ended with code {process.returncode}")
    return out.decode("utf-8", "replace")


def _missing(wanted: Credential, why: str) -> FetchError:
    return FetchError(
        clean.line(f"the secret for {wanted.origin} cannot be had: {why}"),
        reached=False,
        advice=f'mend [credentials."{wanted.origin}"] in the config',
    )
