"""The desk: the four panes and what they show. The screens above it load it, and act.

State lives here as ``var``s and goes down to the panes bound; the panes' messages come up.
"""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.reactive import var

from autotui.model import Article, Counts, Feed, Listing
from autotui.query import Query, SavedQuery
from autotui.tags import Tag
from autotui.ui import hues, sidebar, welcome
from autotui.ui.hues import Colours
from autotui.ui.render import Looks
from autotui.ui.screens import sentences
from autotui.ui.screens.base import LibraryScreen
from autotui.ui.sheet import Run
from autotui.ui.sidebar import Row
from autotui.ui.typeset import Story
from autotui.ui.widgets.article_list import ArticleList
from autotui.ui.widgets.article_view import ArticleView
from autotui.ui.widgets.feed_list import FeedList
from autotui.ui.widgets.metadata import Metadata
from autotui.ui.widgets.status import Status

if TYPE_CHECKING:
    from pathlib import Path

    from textual.timer import Timer

    from autotui.judging import Findings
    from autotui.library import Library
    from autotui.pages import About
    from autotui.store.queries import Snippet


PREVIEW_SECONDS: Final = 0.04
"""A key that is held down must not open every story that it passes."""
_MINUTE: Final = 60.0
_TOLD: Final = ("adding", "writing", "refreshing", "fetching", "judging", "trouble")
"""Who may use the status line; the first who has something to say has it."""


class Desk(LibraryScreen[None]):
    """Owns what is shown: the rows, the listing and the story."""

    rows: var[tuple[Row, ...]] = var(())
    listing: var[Listing] = var(Listing)
    story: var[Story | None] = var(None)
    now: var[datetime] = var(lambda: datetime.now(UTC))
    looks: var[Looks] = var(Looks)
    key_of: var[Mapping[str, str]] = var(dict)
    """The keys in force, by id."""
    state: var[str] = var("")
    hints: var[tuple[tuple[str, str], ...]] = var(())
    findings: var["Findings | None"] = var(None)
    """What was found in the story; ``None`` while it is looked for."""
    about: var["About | None"] = var(None)
    """What the story's page says; ``None`` while it is not known."""
    picture: var["Path | None"] = var(None)
    """The file of the story's lead image; ``None`` where none is to be drawn."""
    explained: var[int] = var(0)
    """The story of which is shown why it is suggested or not; 0 is none."""
    passages: var[tuple[Run, ...]] = var(())
    """What is marked in the story's title and text."""

    words: var[tuple[str, ...]] = var(())
    """What is looked for: marked in titles and in the text."""
    colours: var[Colours] = var(dict)
    """Of tags."""
    snippet: var["Snippet | None"] = var(None)
    """A few words of the story around what is looked for."""

    saved: tuple[SavedQuery, ...] = ()
    """The reader's queries, which have rows of their own."""
    tags: tuple[Tag, ...] = ()
    """The reader's tags."""
    row: Row = sidebar.ALL
    """The row whose stories are listed."""
    scope: str = ""
    """What 1 to 4, and a name or figure looked for, narrow it to."""
    hands_off: bool = False
    """Nobody has pressed a key yet: the newest story stays on top while they come in."""
    PANES: ClassVar[tuple[str, ...]] = ("feeds", "articles", "text", "metadata")

    def __init__(self, library: "Library") -> None:
        super().__init__(library)
        self.held: set[int] = set()
        """Stories that were marked in this view: they stay in it until it is left."""
        self.besides: Query | None = None
        """What stays besides: of a filter, what had stayed in the view before it."""
        self.pending: dict[int, Article] = {}
        """Stories as marks have left them that are not stored yet."""
        self._preview: Timer | None = None
        self._told: dict[str, str] = {}
        self.listed = asyncio.Event()
        """Set while the list is that of ``row`` and ``scope``."""

    def compose(self) -> ComposeResult:
        """Put the four panes on the desk, and the status line below."""
        with Horizontal(id="desk"):
            yield FeedList(id="feeds").data_bind(Desk.rows, Desk.looks)
            with Container(id="middle"):
                articles = ArticleList(id="articles")
                articles.data_bind(Desk.listing, Desk.now, Desk.looks, Desk.words)
                yield articles.data_bind(Desk.colours)
                text = ArticleView(id="text")
                yield text.data_bind(
                    Desk.story, Desk.looks, Desk.key_of, Desk.passages, Desk.words
                )
            metadata = Metadata(id="metadata")
            yield metadata.data_bind(
                Desk.story,
                Desk.looks,
                Desk.findings,
                Desk.about,
                Desk.picture,
                Desk.explained,
                Desk.snippet,
                Desk.colours,
            )
        yield Status(id="status").data_bind(Desk.state, Desk.hints)

    def on_mount(self) -> None:
        """Take the looks of the app and the time of day."""
        self.looks, self.key_of = self.autotui.looks, self.autotui.key_of
        self.now = self.library.now()
        if self.library.condition.read_only:
            self.feed_list.border_title = Content("Feeds · read-only")
        self.set_interval(_MINUTE, self._tick)
        self.articles.wait()
        self.articles.focus()

    @property
    def feed_list(self) -> FeedList:
        """The feeds' pane."""
        return self.query_one(FeedList)

    @property
    def articles(self) -> ArticleList:
        """The stories' pane."""
        return self.query_one(ArticleList)

    @property
    def text(self) -> ArticleView:
        """The text's pane."""
        return self.query_one(ArticleView)

    @property
    def metadata(self) -> Metadata:
        """The metadata pane."""
        return self.query_one(Metadata)

    @property
    def current(self) -> Article | None:
        """The story at hand, where it is one of the Library."""
        article = self.articles.current
        return None if article is None or welcome.is_it(article) else article

    @property
    def has_feeds(self) -> bool:
        """Whether the reader subscribes to anything."""
        return any(row.kind == "feed" for row in self.rows)

    def on_key(self) -> None:
        """Leave the cursor where it is from now on."""
        self.hands_off = False

    def on_click(self) -> None:
        """Leave the cursor where it is from now on."""
        self.hands_off = False

    def tell(self, who: str, text: str = "") -> None:
        """Say something in the status line until the same one says something else."""
        self._told[who] = text
        self.state = next((self._told[each] for each in _TOLD if self._told.get(each)), "")

    def tell_trouble(self) -> None:
        """Say what is wrong with the feed at hand, while the feeds are."""
        at_feeds = self.focused is self.feed_list
        told = sentences.trouble(self.row, self.autotui.key_of) if at_feeds else ""
        self.tell("trouble", told)

    def tell_why_empty(self) -> None:
        """Say, should the list be empty, why it is, with the keys in force."""
        keys = self.autotui.key_of
        self.articles.empty = sentences.why_empty(self.row, self.scope, keys)

    def show_rows(self, feeds: Iterable[Feed], counts: Counts, tags: Iterable[Tag]) -> None:
        """Show the rows of the feed list; the cursor stays on its row."""
        self.tags = tuple(tags)
        self.colours = hues.of(self.tags)
        self.rows = sidebar.rows(feeds, counts, self.tags, self.saved, self.row)
        same = (row for row in self.rows if row.identity == self.row.identity)
        self.row = next(same, self.row)
        self.tell_trouble()

    def fill(self, found: Listing, *, whole: bool = True) -> None:
        """Show a listing; the cursor stays on its story, in another view it is on top."""
        first_start = not found.ids and not self.has_feeds
        shown = welcome.listing(self.now) if first_start else found
        self.tell_why_empty()
        self.listing = shown.with_articles(self.pending_of(shown))
        if not self.listed.is_set() or self.hands_off:
            self.articles.cursor = 0
        stories = len(found.ids) if whole and not first_start else None
        title = sentences.title(self.row, self.scope, stories)
        self.articles.border_title = Content(title)
        self.tell_trouble()
        self._show_story()
        self.articles.begun = not whole
        self.list_is_there()

    def another_list(self) -> None:
        """Let keys wait for the list of another row or scope."""
        if self.listed.is_set():
            self.listed.clear()
            self.articles.wait()

    def list_is_there(self, *, drop: bool = False) -> None:
        """Do what was typed while the list was read; where that failed, drop it."""
        if not self.listed.is_set():
            self.listed.set()
            self.articles.go_on(drop=drop)

    def _show_story(self) -> None:
        """Show the story at hand; one that is shown already, as it is known now."""
        here = self.articles.current_id
        if here is None:
            self.story = None
        elif self.story is None or self.story.article.id != here:
            self._open(here)
        elif known := self.listing.articles.get(here):
            self.story = Story(known, self.story.document)

    def pending_of(self, listing: Listing) -> tuple[Article, ...]:
        """Give the stories of a listing whose marks are not stored yet."""
        return tuple(one for id_, one in self.pending.items() if id_ in listing.articles)

    def _tick(self) -> None:
        self.now = self.library.now()

    @on(ArticleList.Highlighted)
    def _preview_soon(self, message: ArticleList.Highlighted) -> None:
        if self._preview:
            self._preview.stop()
        self._preview = self.set_timer(
            PREVIEW_SECONDS, lambda: self._open(message.article_id)
        )

    @work(exclusive=True, exit_on_error=False, group="open")
    async def _open(self, article_id: int) -> None:
        await self.open_story(article_id)

    async def open_story(self, article_id: int) -> None:
        """Show a story's text; looking at it does not yet mark it read."""
        if not self._shows(article_id):
            self.show_story(await self.story_of(article_id))

    async def story_of(self, article_id: int) -> Story:
        """Give a story with its text, as it is known now."""
        if article_id == welcome.ID:
            return welcome.story(self.now, self.key_of)
        document = await self.library.document(article_id)
        known = self.listing.articles.get(article_id)
        return Story(known or (await self.library.articles([article_id]))[0], document)

    def show_story(self, story: Story) -> None:
        """Show a story if it is at hand, unless it is shown already."""
        here = story.article.id
        if self.articles.current_id == here and not self._shows(here):
            self.story = story

    def _shows(self, article_id: int) -> bool:
        return self.story is not None and self.story.article.id == article_id

    def watch_story(self, before: Story | None, after: Story | None) -> None:
        """Name the terminal's window after another story."""
        if after and (before is None or before.article.id != after.article.id):
            self.autotui.set_window_title(f"{after.article.title} · autotui")
