"""The story that is read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from textual.content import Content
from textual.reactive import var

from autotui.model import Article
from autotui.ui import typeset
from autotui.ui.sheet import Flow, Line, Parts, Place, Run, Sheet
from autotui.ui.typeset import Story
from autotui.ui.widgets.matched import Matched
from autotui.ui.widgets.page import MAX_WIDTH


class ArticleView(Matched):
    """Shows ``story``: its head, its body, and the addresses it links to."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "page--title",
        "page--byline",
        "page--heading",
        "page--subheading",
        "page--strong",
        "page--emphasis",
        "page--mono",
        "page--link",
        "page--marker",
        "page--hint",
        "page--address",
        "page--bullet",
        "page--bar",
        "page--quote",
        "page--code",
        "page--cell",
        "page--line",
        "page--image",
        "page--note",
        "page--label",
        "page--for",
        "page--against",
        "page--sentence",
        "page--found",
    }

    story: var[Story | None] = var(None, init=False)
    passages: var[tuple[Run, ...]] = var((), init=False)
    """What is marked in the story's text; ``found`` is brought into view."""
    key_of: var[Mapping[str, str]] = var(dict, init=False)
    """The keys in force, by id."""
    hinting: var[bool] = var(default=False, init=False)
    """The numbers of the links stand out, for one of them is chosen."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self.border_title = Content("Story")
        self.begin_at: Place | None = None
        """Where the story that is shown next begins; ``None`` is at its top."""

    @property
    def far(self) -> int | None:
        """How far the reader is in percent; ``None`` while that is not known."""
        if self.story is None or not self._sheet.whole or self._awaited is not None:
            return None
        end = self.max_scroll_y
        return round(100 * min(self.scroll_offset.y, end) / end) if end > 0 else 0

    @property
    def links_in_view(self) -> tuple[int, ...]:
        """The numbers of the links that stand in what is in view."""
        last = self._top + self.scrollable_content_region.height
        flows = self._sheet.flows
        shown = (
            number
            for line in self._sheet.lines[self._top : last]
            for number in _numbers(flows[line[0]], line)
        )
        return tuple(dict.fromkeys(shown))

    def typeset(self, width: int) -> Sheet:
        """Begin to set the story to a width."""
        return Sheet(width, self._flows(width))

    def parts(self, number: int) -> Parts:
        """Give what is in a line; while one is chosen, the numbers of links stand out."""
        found = super().parts(number)
        if not self.hinting:
            return found
        return tuple(
            (text, f"{names} hint" if "marker" in names.split() else names)
            for text, names in found
        )

    def set_whole(self) -> None:
        """Tell how far the reader is, now that the end is known."""
        self._tell_how_far()

    def show_text(self, *, keep_place: bool, place: Place | None = None) -> None:
        """Set the text again, and tell how far into it the reader is."""
        super().show_text(keep_place=keep_place, place=place)
        self._tell_how_far()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell how far the reader is."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_how_far()

    def watch_hinting(self) -> None:
        """Draw the numbers in their other look."""
        self._strips.clear()
        self.refresh()

    def watch_story(self, before: Story | None, after: Story | None) -> None:
        """Begin at the top, unless only what is known about the story changed."""
        same = (
            before is not None
            and after is not None
            and before.article.id == after.article.id
            and before.document == after.document
        )
        if not same:
            self.match = None
        place, self.begin_at = self.begin_at, None
        if same and before and after and _unmarked(before) == _unmarked(after):
            return
        self.show_text(keep_place=same, place=None if same else place)

    def watch_key_of(self) -> None:
        """Name the other keys."""
        self.show_text(keep_place=True)

    def watch_passages(self) -> None:
        """Mark the passages, and go to what was found."""
        place = None
        if self.story and any(style == "found" for _, _, style in self.passages):
            # Flows, and so places in them, are the same at every width.
            place = next(_found(self._flows(MAX_WIDTH)), None)
        self.show_text(keep_place=True, place=place)

    def _flows(self, width: int) -> Iterator[Flow]:
        if self.story is not None:
            yield from typeset.story(
                self.story, width, self.looks, self.passages, self.key_of
            )

    def _tell_how_far(self) -> None:
        title = f"Story · {self.far} %" if self.far else "Story"
        if self._border_title is None or self._border_title.plain != title:
            self.border_title = Content(title)


def _unmarked(story: Story) -> Article:
    """Give what a story's text is made of; that shows none of its marks."""
    unmarked = replace(story.article, read=False, starred=False, later=False, score=0)
    return replace(unmarked, tags=(), automatic=(), suggested=False, rejected=False)


def _found(flows: Iterable[Flow]) -> Iterator[Place]:
    for at, flow in enumerate(flows):
        for start, _, style in flow.runs:
            if "found" in style.split():
                yield at, start


def _numbers(flow: Flow, line: Line) -> Iterator[int]:
    """Give the numbers of links in a line of a flow."""
    _, begin, end = line
    if flow.style == "address":
        yield int(flow.first.strip("[] "))
    for start, stop, style in flow.runs:
        if "marker" in style.split() and start < end and stop > begin:
            yield int(flow.text[start:stop].strip("[]"))
