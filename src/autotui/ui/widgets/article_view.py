"""The story that is read."""

from typing import ClassVar

from textual.content import Content
from textual.reactive import var

from autotui.ui import typeset
from autotui.ui.sheet import Sheet
from autotui.ui.typeset import Story
from autotui.ui.widgets.page import Page


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
    }

    story: var[Story | None] = var(None, init=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self.border_title = Content("Story")

    def typeset(self, width: int) -> Sheet:
        """Set the story to a width."""
        shown = self.story
        return Sheet() if shown is None else typeset.story(shown, width, self.looks)

    def watch_story(self, before: Story | None, after: Story | None) -> None:
        """Begin at the top, unless only what is known about the story changed."""
        same = (
            before is not None
            and after is not None
            and before.article.id == after.article.id
            and before.document == after.document
        )
        self.show_text(keep_place=same)
