"""All that is known about the story that is read."""

from collections.abc import Iterable, Iterator
from typing import ClassVar, Final

from textual.content import Content
from textual.reactive import var

from autotui.model import Article, Enclosure
from autotui.ui import render
from autotui.ui.safe import stable
from autotui.ui.sheet import Flow, Sheet, set_to
from autotui.ui.typeset import Story, caption
from autotui.ui.widgets.page import Page

_LABEL: Final = len("Categories ")
_UNITS: Final = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


class Metadata(Page):
    """Shows what is known about ``story``, a label before each line."""

    # Not all those of a text: each costs time when the first screen is styled.
    COMPONENT_CLASSES: ClassVar[set[str]] = {"page--label", "page--address"}

    story: var[Story | None] = var(None, init=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self.border_title = Content("About")

    def typeset(self, width: int) -> Sheet:
        """Set the lines to a width."""
        if self.story is None:
            return Sheet()
        return set_to(width, tuple(_flows(self.story, self.looks)))

    def watch_story(self, before: Story | None, after: Story | None) -> None:
        """Begin at the top with another story; stay where it is the same."""
        same = (
            before is not None
            and after is not None
            and before.article.id == after.article.id
        )
        self.show_text(keep_place=same)


def _flows(story: Story, looks: render.Looks) -> Iterator[Flow]:
    for label, value in _lines(story.article):
        if value:
            yield _labelled(label, value)
    yield from _listed("Address", [story.article.url])
    links, images = story.document.links, story.document.images
    if links:
        yield _labelled("Links", str(len(links)), gap=True)
    if images:
        captions = [caption(image, looks) for image in images]
        yield _labelled("Images", str(len(images)), gap=not links)
        for number, text in enumerate(captions, start=1):
            if text:
                yield Flow(text, first=f"{number}. ", rest="   ", mark="label", gap=False)
    files = [_file(enclosure) for enclosure in story.article.enclosures]
    yield from _listed("Enclosures", files)


def _lines(article: Article) -> Iterator[tuple[str, str]]:
    """Give the lines that are short enough to stand beside their label."""
    yield "Outlet", article.feed_title
    yield "Author", article.author
    yield "Published", render.moment(article.published_at)
    if article.updated_at is not None:
        yield "Updated", render.moment(article.updated_at)
    if article.words > 0:
        yield "Length", f"{article.words:,} words, {render.reading_time(article.words)}"
    yield "State", render.COMPLETENESS[article.completeness]
    yield "Tags", " ".join(f"#{tag}" for tag in article.tags)
    yield "Categories", ", ".join(article.categories)
    yield "Language", article.language


def _labelled(label: str, value: str, *, gap: bool = False) -> Flow:
    first = label.ljust(_LABEL)
    return Flow(stable(value), first=first, rest=" " * _LABEL, mark="label", gap=gap)


def _listed(label: str, values: Iterable[str]) -> Iterator[Flow]:
    """Give the label a line of its own, for values that need the whole width."""
    for number, value in enumerate(value for value in values if value):
        if number == 0:
            yield Flow(label, "label")
        for line in value.split("\n"):
            yield Flow(stable(line), "address", gap=False, hard=True)


def _file(enclosure: Enclosure) -> str:
    told = ", ".join(
        part for part in (enclosure.media_type, _size(enclosure.length)) if part
    )
    return f"{enclosure.url}\n{told}" if told else enclosure.url


def _size(length: int) -> str:
    for unit, name in _UNITS:
        if length >= unit:
            return f"{length / unit:.1f} {name}"
    return f"{length} B" if length > 0 else ""
