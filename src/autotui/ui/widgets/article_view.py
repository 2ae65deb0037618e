"""The story that is read."""

from collections.abc import Iterator
from typing import ClassVar

from textual.content import Content
from textual.reactive import var

from autotui.ui import typeset
from autotui.ui.sheet import Place, Run, Sheet
from autotui.ui.typeset import Story
from autotui.ui.widgets.page import MAX_WIDTH, Page


class ArticleView(Page):
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

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self.border_title = Content("Story")

    def typeset(self, width: int) -> Sheet:
        """Set the story to a width."""
        shown = self.story
        return Sheet() if shown is None else self._set(shown, width)

    def watch_story(self, before: Story | None, after: Story | None) -> None:
        """Begin at the top, unless only what is known about the story changed."""
        same = (
            before is not None
            and after is not None
            and before.article.id == after.article.id
            and before.document == after.document
        )
        self.show_text(keep_place=same)

    def watch_passages(self) -> None:
        """Mark the passages, and go to what was found."""
        place = None
        if self.story and any(style == "found" for _, _, style in self.passages):
            # Flows, and so places in them, are the same at every width.
            place = next(_found(self._set(self.story, MAX_WIDTH)), None)
        self.show_text(keep_place=True, place=place)

    def _set(self, shown: Story, width: int) -> Sheet:
        return typeset.story(shown, width, self.looks, self.passages)


def _found(sheet: Sheet) -> Iterator[Place]:
    for at, flow in enumerate(sheet.flows):
        for start, _, style in flow.runs:
            if "found" in style.split():
                yield at, start
