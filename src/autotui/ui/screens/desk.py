"""The desk: the four panes, what they show, and loading it. The screens above it act.

State lives here as ``var``s and goes down to the panes bound; the panes' messages come
up. One worker loads the lists: a newer call stops it and does what it left undone.
"""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.reactive import var

from autotui import query
from autotui.errors import AutotuiError
from autotui.model import Article, Listing
from autotui.query import Query
from autotui.ui import sidebar, welcome
from autotui.ui.render import Looks
from autotui.ui.screens import sentences
from autotui.ui.screens.base import LibraryScreen
from autotui.ui.sidebar import Row
from autotui.ui.typeset import Story
from autotui.ui.widgets.article_list import ArticleList
from autotui.ui.widgets.article_view import ArticleView
from autotui.ui.widgets.feed_list import FeedList
from autotui.ui.widgets.metadata import Metadata
from autotui.ui.widgets.status import Status

if TYPE_CHECKING:
    from textual.timer import Timer

PREVIEW_SECONDS: Final = 0.04
"""A key that is held down must not open every story that it passes."""
_MINUTE: Final = 60.0
_FIRST: Final = 200
"""Stories of the first paint; the others' ids follow right after it."""
_NEAR: Final = 100
"""Stories before and after the cursor that a reload brings with it."""
_TOLD: Final = ("adding", "refreshing", "trouble")
"""Who may use the status line; the first who has something to say has it."""


class Desk(LibraryScreen[None]):
    """Owns what is shown: the rows, the listing and the story."""

    rows: var[tuple[Row, ...]] = var(())
    listing: var[Listing] = var(Listing)
    story: var[Story | None] = var(None)
    now: var[datetime] = var(lambda: datetime.now(UTC))
    looks: var[Looks] = var(Looks)
    state: var[str] = var("")
    hints: var[tuple[tuple[str, str], ...]] = var(())

    row: Row = sidebar.ALL
    """The row whose stories are listed."""
    scope: str = ""
    """What 1, 2 and 3 narrow it to."""
    hands_off: bool = False
    """Nobody has pressed a key yet: the newest story stays on top while they come in."""
    PANES: ClassVar[tuple[str, ...]] = ("feeds", "articles", "text", "metadata")

    def compose(self) -> ComposeResult:
        """Put the four panes on the desk, and the status line below."""
        with Horizontal(id="desk"):
            yield FeedList(id="feeds").data_bind(Desk.rows, Desk.looks)
            with Container(id="middle"):
                articles = ArticleList(id="articles")
                yield articles.data_bind(Desk.listing, Desk.now, Desk.looks)
                yield ArticleView(id="text").data_bind(Desk.story, Desk.looks)
            yield Metadata(id="metadata").data_bind(Desk.story, Desk.looks)
        yield Status(id="status").data_bind(Desk.state, Desk.hints)

    def on_mount(self) -> None:
        """Show what there is: a screenful first, then the rest."""
        self.looks = self.autotui.looks
        self.now = self.library.now()
        self.held: set[int] = set()
        """Stories that were marked in this view: they stay in it until it is left."""
        self.pending: dict[int, Article] = {}
        """Stories as marks have left them that are not stored yet."""
        self._preview: Timer | None = None
        self._told: dict[str, str] = {}
        self._listed = asyncio.Event()
        """Set while the list is that of ``row`` and ``scope``."""
        self._begun, self._recount = False, True
        self.set_interval(_MINUTE, self._tick)
        self.articles.focus()
        self._load()

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
    def wanted(self) -> Query:
        """What is listed now."""
        return query.both(query.parse(self.row.query), query.parse(self.scope))

    @property
    def current(self) -> Article | None:
        """The story at hand, where it is one of the Library."""
        article = self.articles.current
        return None if article is None or welcome.is_it(article) else article

    @property
    def has_feeds(self) -> bool:
        """Whether the reader subscribes to anything."""
        return any(row.kind == "feed" for row in self.rows)

    @property
    def settled(self) -> bool:
        """Whether the list is that of the row under the feed list's cursor."""
        at = self.feed_list.current
        return self._listed.is_set() and (at is None or at.identity == self.row.identity)

    async def settle(self) -> None:
        """Wait until the list is that of the row under the feed list's cursor."""
        if (row := self.feed_list.current) and row.identity != self.row.identity:
            self.show(row)
        await self._listed.wait()

    def show(self, row: Row, scope: str | None = None) -> None:
        """List the stories behind a row, the first of them at hand."""
        self.row = row
        self.scope = self.scope if scope is None else scope
        self._listed.clear()
        self.held.clear()
        self._load()

    def reload(self) -> None:
        """Show the rows and stories as they are now; the cursors stay where they are.

        So do, in a view of unread ones too, the story at hand and those that were
        marked: nothing leaves the list under the cursor.
        """
        self._recount = True
        self._load()

    def started(self) -> None:
        """Do what is to be done once all is on screen."""

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
        self.tell("trouble", sentences.trouble(self.row) if at_feeds else "")

    @work(exclusive=True, exit_on_error=False, group="load")
    async def _load(self) -> None:
        try:
            first = None if self._begun else await self.library.listing(self.wanted, _FIRST)
            if self._recount:
                await self._fill_sidebar()
                self._recount = False
            if first is not None:
                self._fill(first, whole=len(first.ids) < _FIRST)
            if first is None or len(first.ids) == _FIRST:
                self._fill(await self._found())
        except AutotuiError:
            self._listed.set()
            raise
        if not self._begun:
            self._begun = True
            self.started()

    async def _found(self) -> Listing:
        """Give what is to be listed, the stories around the cursor in full."""
        at_hand = self.articles.current_id
        if not self._listed.is_set() or at_hand in {None, welcome.ID}:
            return await self.library.listing(self.wanted)
        held = query.ids((*self.held, at_hand or 0))
        wanted = Query(query.Any((self.wanted.node, held.node)), self.wanted.order)
        found = await self.library.listing(wanted)
        at = found.ids.index(at_hand) if at_hand in found.ids else 0
        near = found.ids[max(0, at - _NEAR) : at + _NEAR]
        missing = [each for each in near if each not in found.articles]
        return found.with_articles(await self.library.articles(missing))

    @work(exclusive=True, exit_on_error=False, group="sidebar")
    async def count(self) -> None:
        """Bring the numbers of the feed list up to date."""
        await self._fill_sidebar()

    async def _fill_sidebar(self) -> None:
        feeds = await self.library.feeds()
        counts, tags = await self.library.counts(), await self.library.tags()
        self.rows = sidebar.rows(feeds, counts, tags)
        same = (row for row in self.rows if row.identity == self.row.identity)
        self.row = next(same, self.row)
        self.tell_trouble()

    def _fill(self, found: Listing, *, whole: bool = True) -> None:
        """Show a listing; the cursor stays on its story, in another view it is on top."""
        first_start = not found.ids and not self.has_feeds
        shown = welcome.listing(self.now) if first_start else found
        self.articles.empty = sentences.why_empty(self.row, self.scope)
        self.listing = shown.with_articles(self._pending_of(shown))
        if not self._listed.is_set() or self.hands_off:
            self.articles.action_top()
        self._listed.set()
        stories = len(found.ids) if whole and not first_start else None
        title = sentences.title(self.row, self.scope, stories)
        self.articles.border_title = Content(title)
        self.tell_trouble()
        self._show_story()

    def _show_story(self) -> None:
        """Show the story at hand; one that is shown already, as it is known now."""
        here = self.articles.current_id
        if here is None:
            self.story = None
        elif self.story is None or self.story.article.id != here:
            self._open(here)
        elif known := self.listing.articles.get(here):
            self.story = Story(known, self.story.document)

    def _pending_of(self, listing: Listing) -> tuple[Article, ...]:
        return tuple(one for id_, one in self.pending.items() if id_ in listing.articles)

    def _tick(self) -> None:
        self.now = self.library.now()

    @on(ArticleList.Wanted)
    async def _supply(self, message: ArticleList.Wanted) -> None:
        self._fetch_window(message.ids)

    # Not exclusive: every window that was asked for is needed.
    @work(exit_on_error=False, group="windows")
    async def _fetch_window(self, ids: tuple[int, ...]) -> None:
        articles = await self.library.articles(ids)
        found = self.listing.with_articles(articles)
        self.listing = found.with_articles(self._pending_of(found))

    @on(ArticleList.Highlighted)
    def _preview_soon(self, message: ArticleList.Highlighted) -> None:
        if self._preview:
            self._preview.stop()
        self._preview = self.set_timer(
            PREVIEW_SECONDS, lambda: self._open(message.article_id)
        )

    @on(FeedList.Highlighted)
    def _show_row(self, message: FeedList.Highlighted) -> None:
        if message.row.identity != self.row.identity:
            self.show(message.row)

    @work(exclusive=True, exit_on_error=False, group="open")
    async def _open(self, article_id: int) -> None:
        await self.open_story(article_id)

    async def open_story(self, article_id: int) -> None:
        """Show a story's text; looking at it does not yet mark it read."""
        if self.story and self.story.article.id == article_id:
            return
        if article_id == welcome.ID:
            story = welcome.story(self.now)
        else:
            document = await self.library.document(article_id)
            known = self.listing.articles.get(article_id)
            article = known or (await self.library.articles([article_id]))[0]
            story = Story(article, document)
        if self.articles.current_id == article_id:
            self.story = story
            self.autotui.set_window_title(f"{story.article.title} · autotui")
