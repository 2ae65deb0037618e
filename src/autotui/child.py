"""Run one of our own commands as a niced child process.

The child is the command line itself, called with ``--child``: it lowers its priority and
ends when its standard input does, so that it never outlives the reader.
"""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Any, Final

from autotui import clean
from autotui.brought import Brought
from autotui.errors import BUSY, BUSY_PAGES, BusyError, ChildError, SeveralFeedsError
from autotui.model import FeedUpdate, Imported, Subscription
from autotui.pages import StoryUpdate
from autotui.paths import Paths

_LINE_LIMIT: Final = 2**24
"""Bytes of one JSON line: an OPML file may have thousands of refused rows."""
_TAIL: Final = 4_000
_GRACE_SECONDS: Final = 2.0
_TOLD: Final = (0, 1, 4, 5)
"""Exit codes after which what stands on standard output is the answer."""


class Child:
    """Does what needs the network in a child process; the counterpart of Inline."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    async def subscribe(self, wanted: Subscription, *, first: bool) -> tuple[int, bool]:
        """Run ``autotui add``; give the feed's id, and whether it is new."""
        options = [f"--folder={wanted.folder}", f"--title={wanted.title}", "--json"]
        options += ["--first"] if first else []
        # By standard input: everybody can read the arguments, and it may hold a password.
        answer = await one(self._paths, ["add", *options, "-"], given=wanted.url)
        if choices := answer.get("choices"):
            pairs = [(each["url"], each["title"]) for each in choices]
            raise SeveralFeedsError(
                f"{clean.public(wanted.url)} names several feeds", pairs
            )
        return int(answer["id"]), bool(answer["added"])

    async def import_opml(self, file: Path, *, dry_run: bool) -> Imported:
        """Run ``autotui import``; raise ChildError where it is no OPML."""
        options = ["--json", *["--dry-run"] * dry_run]
        answer = await one(self._paths, ["import", *options, "--", str(file)])
        refused = [(each["url"], each["reason"]) for each in answer["refused"]]
        return Imported(answer["added"], answer["known"], tuple(refused))

    async def import_newsboat(
        self, folder: Path | None, *, star: str, dry_run: bool
    ) -> Brought:
        """Run ``autotui import --newsboat``; raise ChildError where it cannot be read."""
        options = ["--json", f"--star={star}", *["--dry-run"] * dry_run]
        where = f"--newsboat={folder}" if folder else "--newsboat"
        return Brought.told(await one(self._paths, ["import", *options, where]))

    async def refresh(
        self, ids: tuple[int, ...], *, force: bool
    ) -> AsyncGenerator[FeedUpdate]:
        """Run ``autotui refresh``; give a line for each feed that was asked."""
        options = ["--force"] if force else []
        command = ["refresh", "--jsonl", *options, *map(str, ids)]
        async with aclosing(lines(self._paths, command)) as answers:
            async for answer in answers:
                if answer["reason"] == BUSY:
                    raise BusyError
                if answer["status"] != "skipped":
                    yield FeedUpdate(**answer)

    async def judge(self) -> AsyncGenerator[int]:
        """Run ``autotui learned --apply``; give how many stories each batch had."""
        async with aclosing(lines(self._paths, ["learned", "--apply", "--jsonl"])) as told:
            async for each in told:
                yield int(each["judged"])

    async def fetch_pages(
        self, ids: tuple[int, ...] | None, *, force: bool
    ) -> AsyncGenerator[StoryUpdate]:
        """Run ``autotui fetch-full``; give a line for each story."""
        options = ["--jsonl", *["--force"] * force]
        stories = ["--due"] if ids is None else list(map(str, ids))
        command = ["fetch-full", *options, *stories]
        try:
            async with aclosing(lines(self._paths, command)) as told:
                async for each in told:
                    yield StoryUpdate(**each)
        except ChildError as error:
            if BUSY_PAGES in str(error):
                raise BusyError(BUSY_PAGES) from error
            raise


def command(paths: Paths) -> tuple[str, ...]:
    """Give what starts autotui once more, over the same home and config."""
    # -P: a folder that happens to hold an autotui.py must not become the program.
    start = (sys.executable, "-P", "-m", "autotui")
    home = ("--home", str(paths.home)) if paths.home else ()
    return (*start, *home, "--config", str(paths.config))


async def lines(
    paths: Paths, arguments: Sequence[str], given: str = ""
) -> AsyncGenerator[Any]:
    """Run ``autotui ARGUMENTS`` and give its JSON lines as they come.

    ``given`` is the line that it reads from standard input.
    Raises ChildError with the child's own words where it failed and gave no line.
    """
    child = await asyncio.create_subprocess_exec(
        *command(paths),
        "--child",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=_LINE_LIMIT,
    )
    if child.stdin is None or child.stdout is None or child.stderr is None:
        raise ChildError("a child process could not be started")
    if given:
        child.stdin.write(f"{given}\n".encode())
    tail = asyncio.create_task(_tail(child.stderr))
    answered = False
    try:
        async for line in child.stdout:
            answered = True
            yield json.loads(line)
        code = await child.wait()
        words = await tail
        if code not in _TOLD or (code and not answered):
            raise ChildError(words or f"the child process ended with code {code}")
    finally:
        child.stdin.close()
        await _ended(child)
        tail.cancel()


async def one(paths: Paths, arguments: Sequence[str], given: str = "") -> Any:
    """Run ``autotui ARGUMENTS`` and give its first JSON line."""
    answers = [answer async for answer in lines(paths, arguments, given)]
    if not answers:
        raise ChildError("the child process gave no answer")
    return answers[0]


async def _tail(stream: asyncio.StreamReader) -> str:
    """Give the last line that the child wrote on standard error."""
    kept = b""
    while chunk := await stream.read(_TAIL):
        kept = (kept + chunk)[-_TAIL:]
    last = kept.decode("utf-8", "replace").strip().rpartition("\n")[2]
    return clean.line(last.removeprefix("autotui: "))


async def _ended(child: asyncio.subprocess.Process) -> None:
    """Wait for the child to end by itself, then no longer."""
    try:
        async with asyncio.timeout(_GRACE_SECONDS):
            await child.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
