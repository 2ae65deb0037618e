"""A page on which the words that are looked for are marked, and gone to by key."""

from collections.abc import Iterator
from typing import ClassVar, Final

from textual.reactive import var

from autotui.ui import matches
from autotui.ui.sheet import Flow, Parts, Run
from autotui.ui.widgets.page import MAX_WIDTH, Page

Match = tuple[int, int, int]
"""Which flow, from, to."""
_AROUND: Final = 200
"""Characters before and after a line in which a match that it shows a part of begins."""
_ABOVE: Final = 2
"""Lines above a match that are shown with it."""
_UNSEARCHED: Final = frozenset({"byline", "address", "note"})
"""Flows that are no part of what is searched."""


class Matched(Page):
    """Marks ``words`` in each line as it is drawn; ``match`` is the one at hand."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"page--match"}

    words: var[tuple[str, ...]] = var((), init=False)
    match: var[Match | None] = var(None, init=False)

    def _flows(self, width: int) -> Iterator[Flow]:
        """Give what is shown."""
        del width
        yield from ()

    def parts(self, number: int) -> Parts:
        """Give what is in a line, its matches marked."""
        found = super().parts(number)
        if not self.words or not (runs := self._runs(number, found)):
            return found
        return matches.marked(found, runs)

    def seek(self, step: int) -> Iterator[Match | None]:
        """Look for the match after the one at hand, or before it; ``None`` meanwhile."""
        here, last = self.match, None
        for at, flow in enumerate(
            self._flows(self._text_width if self._room else MAX_WIDTH)
        ):
            yield None
            if here is not None and (at < here[0] if step > 0 else at > here[0]):
                continue
            for found in _matches(at, flow, self.words):
                if step < 0 and (here is None or found < here):
                    last = found
                elif step > 0 and (here is None or found > here):
                    yield found
                    return
        yield last

    def watch_words(self) -> None:
        """Mark other words."""
        self.match = None
        self._draw_again()

    def watch_match(self) -> None:
        """Bring the match at hand into view."""
        self._draw_again()
        if self.match is None:
            return
        place = self.match[:2]
        if not self._sheet.reached(place):
            self._settle(place)
            return
        line = self.line_of(place)
        if not 0 <= line - self._top < self._page:
            self._settle(self._sheet.place(max(0, line - _ABOVE)))

    def _draw_again(self) -> None:
        self._strips.clear()
        self.refresh()

    def _runs(self, number: int, parts: Parts) -> list[Run]:
        """Give what is marked in a line, by its places in that."""
        at, start, end = self._sheet.lines[number]
        flow = self._sheet.flows[at]
        if start < 0 or flow.style in _UNSEARCHED:
            return []
        shown = flow.text[start:end].rstrip(" ")
        before = "".join(text for text, _ in parts).find(shown)
        if before < 0:
            return []
        low = max(0, start - _AROUND)
        runs: list[Run] = []
        for first, last in matches.find(flow.text[low : end + _AROUND], self.words):
            begin, stop = max(first + low, start), min(last + low, start + len(shown))
            if begin < stop:
                here = (at, first + low, last + low) == self.match
                style = "match found" if here else "match"
                runs.append((begin - start + before, stop - start + before, style))
        return runs


def _matches(at: int, flow: Flow, words: tuple[str, ...]) -> Iterator[Match]:
    if flow.style not in _UNSEARCHED:
        for start, end in matches.find(flow.text, words):
            yield at, start, end
