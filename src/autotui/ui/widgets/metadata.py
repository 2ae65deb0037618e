"""All that is known about the story that is read."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.reactive import var

from autotui.model import Article, Enclosure
from autotui.ui import render
from autotui.ui.safe import stable
from autotui.ui.sheet import Flow, Sheet, overlaid, set_to
from autotui.ui.typeset import Story, caption
from autotui.ui.widgets import findings
from autotui.ui.widgets.findings import LABEL, Entry, Item
from autotui.ui.widgets.page import Page

if TYPE_CHECKING:
    from autotui.judging import Findings

_UNITS: Final = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


class Metadata(Page):
    """Shows what is known about ``story``, a label before each line.

    What was found in its text can be chosen, by the keys that scroll.
    """

    # Not all those of a text: each costs time when the first screen is styled.
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "page--label",
        "page--address",
        "page--verdict",
        "page--for",
        "page--against",
        "page--chosen",
    }

    story: var[Story | None] = var(None, init=False)
    findings: var["Findings | None"] = var(None, init=False)
    explained: var[int] = var(0, init=False)
    """The story of which is told why it is suggested or not."""
    rejected: var[frozenset[int]] = var(frozenset, init=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self.border_title = Content("About")
        self._entries: tuple[Entry, ...] = ()
        self._at: int | None = None
        """Which of the items is chosen."""

    @property
    def chosen(self) -> Item | None:
        """What the reader chose."""
        items = self._items
        return (
            items[self._at][2] if self._at is not None and self._at < len(items) else None
        )

    def typeset(self, width: int) -> Sheet:
        """Set the lines to a width."""
        flows = [entry.flow for entry in self._entries]
        if self._at is not None and self._at < len(self._items):
            at, start, _ = self._items[self._at]
            end = next(b for a, b, _ in self._entries[at].items if a == start)
            runs = overlaid(flows[at].runs, [(start, end, "chosen")])
            flows[at] = replace(flows[at], runs=runs)
        return set_to(width, tuple(flows))

    def action_move_down(self) -> None:
        """Choose what is next, or scroll a line where there is nothing in view."""
        self._choose(1)

    def action_move_up(self) -> None:
        """Choose what is before, or scroll a line where there is nothing in view."""
        self._choose(-1)

    def watch_story(self, before: Story | None, after: Story | None) -> None:
        """Begin at the top with another story; stay where it is the same."""
        same = (
            before is not None
            and after is not None
            and before.article.id == after.article.id
        )
        self._tell(keep_place=same, keep_choice=same)

    def watch_findings(self) -> None:
        """Show what was found; nothing of it is chosen yet."""
        self._tell(keep_place=True)

    def watch_explained(self) -> None:
        """Begin with why, or with what else is known."""
        self._tell(keep_place=False)

    def watch_rejected(self) -> None:
        """Show the verdict."""
        self._tell(keep_place=True, keep_choice=True)

    @property
    def _items(self) -> list[tuple[int, int, Item]]:
        """What can be chosen, with its flow and where it is in that."""
        return [
            (at, start, item)
            for at, entry in enumerate(self._entries)
            for start, _, item in entry.items
        ]

    def _tell(self, *, keep_place: bool, keep_choice: bool = False) -> None:
        if not keep_choice:
            self._at = None
        self._entries = () if self.story is None else tuple(self._told(self.story))
        self.show_text(keep_place=keep_place)

    def _told(self, story: Story) -> Iterator[Entry]:
        article, found = story.article, self.findings
        score = article.score if found is None else found.score
        said = findings.verdict(article, score, rejected=article.id in self.rejected)
        told = Entry(Flow(said, "verdict")) if score else None
        explained = self.explained == article.id
        if explained and told:
            yield told
            yield from findings.why(found) if found else ()
        basics = list(_basics(article))
        first = replace(basics[0], gap=explained)
        yield from map(Entry, (first, *basics[1:]))
        if told and not explained:
            yield told
        if found:
            yield from findings.figures(found.facts)
            yield from findings.names(found.names)
        yield from map(Entry, _rest(story, self.looks))

    def _choose(self, step: int) -> None:
        """Choose the nearest item in view, else scroll to where there may be one."""
        top, page = self.scroll_offset.y, self._page
        lines = [self.line_of((at, start)) for at, start, _ in self._items]
        nowhere = -1 if step > 0 else len(lines)
        here = nowhere if self._at is None else self._at
        while 0 <= here + step < len(lines):
            here += step
            if top <= lines[here] < top + page:
                self._at = here
                self.show_text(keep_place=True)
                return
            if (lines[here] >= top + page) if step > 0 else (lines[here] < top):
                break
        self._scroll(step)


def _basics(article: Article) -> Iterator[Flow]:
    for label, value in _lines(article):
        if value:
            yield _labelled(label, value)


def _rest(story: Story, looks: render.Looks) -> Iterator[Flow]:
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
    first = label.ljust(LABEL)
    return Flow(stable(value), first=first, rest=" " * LABEL, mark="label", gap=gap)


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
