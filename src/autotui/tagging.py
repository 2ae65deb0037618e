"""The tags themselves: their list, and what can be done with one for all its stories.

Each of these is one step for undo. What is set on stories is ``Library.tag``.
"""

from collections.abc import Awaitable

from autotui import clean
from autotui.errors import UnknownError
from autotui.part import Part
from autotui.store import renames, tags
from autotui.store.steps import Step
from autotui.tags import COLOURS, Tag


class Tagging(Part):
    """The part of the Library that is about tags."""

    async def every(self) -> tuple[Tag, ...]:
        """Give the reader's tags, each before those below it."""
        return await self._sql(tags.every)

    async def find(self, name: str) -> Tag:
        """Give the tag with this name; raises UnknownError if there is none."""
        wanted = tags.named(name)
        for tag in await self.every():
            if tag.name == wanted:
                return tag
        raise UnknownError(f"there is no tag {wanted!r}; 'autotui tags' lists them")

    # These are no coroutines: the change is under way when the call returns.

    def rename(self, old: str, new: str) -> Awaitable[Step]:
        """Call a tag otherwise, with all below it, in queries and rules too.

        Raises UnknownError at once for what can be no name, and when awaited where that
        is a tag already: the reader may want to ``merge``.
        """
        return self._renamed(old, new, merge=False)

    def merge(self, old: str, new: str) -> Awaitable[Step]:
        """Make one tag of two, which has the second name, as ``rename`` does."""
        return self._renamed(old, new, merge=True)

    def delete(self, name: str) -> Awaitable[Step]:
        """Delete a tag and all below it; awaited, UnknownError if there is none."""
        return self._write(renames.delete, tags.named(name), self._now())

    def paint(self, name: str, colour: str) -> Awaitable[Step]:
        """Give a tag one of COLOURS, or ``""`` for none."""
        if colour and colour not in COLOURS:
            raise UnknownError(f"there is no colour {clean.line(colour)!r}")
        return self._write(renames.paint, tags.named(name), colour, self._now())

    def _renamed(self, old: str, new: str, *, merge: bool) -> Awaitable[Step]:
        names = tags.named(old), tags.named(new)
        return self._write(renames.rename, *names, self._now(), merge=merge)
