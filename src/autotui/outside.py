"""What the Library does not do by itself: a child process does, or ``inline``."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Protocol

from autotui.brought import Brought
from autotui.model import FeedUpdate, Imported, Subscription
from autotui.pages import StoryUpdate


class Outside(Protocol):
    """Where strangers' bytes are fetched and parsed: a child process, or right here."""

    async def subscribe(self, wanted: Subscription, *, first: bool) -> tuple[int, bool]:
        """Subscribe; give the feed's id, and whether it is new."""

    async def import_opml(self, file: Path, *, dry_run: bool) -> Imported:
        """Subscribe to what an OPML file lists."""

    async def import_newsboat(
        self, folder: Path | None, *, star: str, dry_run: bool
    ) -> Brought:
        """Bring over what newsboat has in a folder, or where it keeps it."""

    def refresh(self, ids: tuple[int, ...], *, force: bool) -> AsyncGenerator[FeedUpdate]:
        """Ask feeds, and tell how each went."""

    def judge(self) -> AsyncGenerator[int]:
        """Judge the stories that wait for it; tell now and then how many."""

    def fetch_pages(
        self, ids: tuple[int, ...] | None, *, force: bool
    ) -> AsyncGenerator[StoryUpdate]:
        """Fetch stories' pages, and tell how each went; ``None``: of those that are due."""
