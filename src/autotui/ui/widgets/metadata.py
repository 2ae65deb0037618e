"""All that is known about the story that is read."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.reactive import var

from autotui import clean
from autotui.document import Block
from autotui.model import Article, Enclosure
from autotui.ui import hues, render
from autotui.ui.hues import Colours
from autotui.ui.safe import stable
from autotui.ui.sheet import Flow, Sheet, overlaid, set_to
from autotui.ui.typeset import Story, caption
from autotui.ui.widgets import findings
from autotui.ui.widgets.findings import Entry, Item, labelled
from autotui.ui.widgets.picture import Pictured

if TYPE_CHECKING:
    from autotui.judging import Findings
    from autotui.pages import About
    from autotui.pages import Page as StoryPage
    from autotui.store.queries import Snippet

_MAX_IMAGES: Final = 100
_MARKS: Final = {"star": "starred", "later": "kept for later", "read": "read"}
"""What a rule's action makes of a story."""
_UNITS: Final = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


class Metadata(Pictured):
    """Shows what is known about ``story``, a label before each line; its picture on top.

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
        "page--match",
    }

    story: var[Story | None] = var(None, init=False)
    findings: var["Findings | None"] = var(None, init=False)
    about: var["About | None"] = var(None, init=False)
    """What the story's page says."""
    explained: var[int] = var(0, init=False)
    """The story of which is told why it is suggested or not."""
    snippet: var["Snippet | None"] = var(None, init=False)
    """A few words of the story around what is looked for."""
    colours: var[Colours] = var(dict, init=False)
    """Of tags."""

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

    def watch_about(self) -> None:
        """Show what the page says; or what was looked for, tags in other colours."""
        self._tell(keep_place=True, keep_choice=True)

    watch_snippet = watch_colours = watch_about

    def watch_explained(self) -> None:
        """Begin with why, or with what else is known."""
        self._tell(keep_place=False)

    @property
    def picture_rows(self) -> int:
        """How many lines the picture has; why a story is suggested has none above it."""
        return 0 if self.explained else super().picture_rows

    def picture_changed(self) -> None:
        """Make room for it."""
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
        before = self._entries
        self._entries = () if self.story is None else tuple(self._told(self.story))
        if not (keep_place and keep_choice and self._entries == before):
            self.show_text(keep_place=keep_place)

    def _told(self, story: Story) -> Iterator[Entry]:
        if rows := self.picture_rows:
            # Empty lines, in which it is drawn, and one below.
            yield Entry(Flow("\n" * rows))
        article, found = story.article, self.findings
        score = article.score if found is None else found.score
        said = findings.verdict(article, score)
        told = Entry(Flow(said, "verdict")) if score else None
        explained = self.explained == article.id
        if explained and told:
            yield told
            yield from findings.why(found) if found else ()
        if self.snippet and self.snippet.matches:
            yield from map(Entry, findings.snippet(self.snippet))
        basics = list(_basics(article, self.about, self.colours))
        first = replace(basics[0], gap=explained or self.snippet is not None)
        yield from map(Entry, (first, *basics[1:]))
        if told and not explained:
            yield told
        if found:
            yield from findings.figures(found.facts)
            yield from findings.names(found.names)
        yield from _rest(story, self.about, self.looks)

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


def _basics(article: Article, about: "About | None", colours: Colours) -> Iterator[Flow]:
    for label, value in _lines(article, about):
        flow = labelled(label, stable(value))
        if label == "Tags":
            flow = replace(flow, runs=hues.runs(flow.text, article.tags, colours))
        if value:
            yield flow


def _rest(story: Story, about: "About | None", looks: render.Looks) -> Iterator[Entry]:
    yield from map(Entry, _listed("Address", [story.article.url]))
    if about:
        canonical = about.page.url
        other = [canonical] * (canonical != story.article.url)
        yield from map(Entry, _listed("Canonical", other))
        yield from _lead(about.page, looks)
    links, images = story.document.links, story.document.images
    if links:
        yield Entry(labelled("Links", str(len(links)), gap=True))
    if images:
        yield Entry(labelled("Images", str(len(images)), gap=not links))
        for number, image in enumerate(images[:_MAX_IMAGES], start=1):
            yield from _image(image, f"{number}. ", looks)
    files = [_file(enclosure) for enclosure in story.article.enclosures]
    yield from map(Entry, _listed("Enclosures", files))


def _lead(page: "StoryPage", looks: render.Looks) -> Iterator[Entry]:
    """Give the lead image's address, to be chosen, and its caption."""
    if page.image and (url := page.image.url):
        yield Entry(Flow("Lead image", "label"))
        address = Flow(stable(url), "address", gap=False, hard=True)
        yield Entry(address, ((0, len(address.text), Item(0, 0, url=url)),))
        if told := caption(page.image, looks):
            yield Entry(Flow(told, gap=False))


def _image(image: Block, number: str, looks: render.Looks) -> Iterator[Entry]:
    """Give an image by its caption, else by the name of its file."""
    text = caption(image, looks) or stable(_name(image.url))
    if text:
        first, rest = number, " " * len(number)
        flow = Flow(text, first=first, rest=rest, mark="label", gap=False)
        item = (0, len(text), Item(0, 0, url=image.url))
        yield Entry(flow, (item,) if image.url else ())


def _name(url: str) -> str:
    return clean.line(url.partition("?")[0].rpartition("/")[2], 80) or clean.host(url)


def _lines(article: Article, about: "About | None") -> Iterator[tuple[str, str]]:
    """Give the lines that are short enough to stand beside their label."""
    page = about.page if about else None
    yield "Outlet", article.feed_title
    if page and page.site != article.feed_title:
        yield "Site", page.site
    yield "Dek", page.dek if page else ""
    yield "Author", article.author
    yield "Published", render.moment(article.published_at)
    if article.updated_at is not None:
        yield "Updated", render.moment(article.updated_at)
    if article.words > 0:
        yield "Length", f"{article.words:,} words, {render.reading_time(article.words)}"
    yield "State", _state(article, about)
    if about and article.completeness != "full":
        yield "Because", about.error or about.page.note
    rules = dict(article.automatic)
    yield "Tags", " ".join(f"#{tag}{_by(rules.get(f'+{tag}'))}" for tag in article.tags)
    yield "By rule", ", ".join(_marked_by(article))
    yield "Section", page.section if page else ""
    yield "Categories", ", ".join(article.categories)
    yield "Topics", ", ".join(page.tags) if page else ""
    yield "Language", article.language


def _state(article: Article, about: "About | None") -> str:
    """Say how much of the story is here, and whose text it is where there are two."""
    whose = f", from the {article.source}" if about and about.other else ""
    return f"{render.COMPLETENESS[article.completeness]}{whose}"


def _by(rule: str | None) -> str:
    return f" (rule {rule})" if rule else ""


def _marked_by(article: Article) -> Iterator[str]:
    """Tell of each mark which rule set it."""
    marks = {"star": article.starred, "later": article.later, "read": article.read}
    for action, rule in article.automatic:
        if marks.get(action):
            yield f"{_MARKS[action]} ({rule})"


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
