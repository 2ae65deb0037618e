"""The desk: the four panes, what they show, and loading it. The screens above it act.

State lives here as ``var``s and goes down to the panes bound; the panes' messages come
up. Reads are exclusive workers: the newest wins.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.reactive import var

from autotui import query
from autotui.model import Article, Listing
from autotui.query import Query
from autotui.ui import sidebar, welcome
from autotui.ui.render import Looks
from autotui.ui.safe import stable
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
_SCOPES: Final = {"": "", "is:unread": " · unread", "is:starred": " · starred"}


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
        self._preview: Timer | None = None
        self.set_interval(_MINUTE, self._tick)
        self.articles.focus()
        self._start()

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

    @work(exclusive=True, exit_on_error=False, group="load")
    async def _start(self) -> None:
        listing = await self.library.listing(self.wanted, _FIRST)
        await self._fill_sidebar()
        self._fill(listing)
        if len(listing.ids) == _FIRST:
            self._fill(await self.library.listing(self.wanted))
        self.started()

    def started(self) -> None:
        """Do what is to be done once all is on screen."""

    @work(exclusive=True, exit_on_error=False, group="load")
    async def reload(self) -> None:
        """Show the rows and stories as they are now; the cursors stay where they are.

        So does the story at hand, in a view of unread ones too: nothing leaves the list
        under the cursor.
        """
        await self._fill_sidebar()
        at_hand = self.current
        wanted = query.holding(self.wanted, at_hand.id) if at_hand else self.wanted
        self._fill(await self.library.listing(wanted))

    @work(exclusive=True, exit_on_error=False, group="load")
    async def show(self, row: Row, scope: str | None = None) -> None:
        """List the stories behind a row, the first of them at hand."""
        self.row = row
        self.scope = self.scope if scope is None else scope
        self._fill(await self.library.listing(self.wanted), anew=True)

    @work(exclusive=True, exit_on_error=False, group="sidebar")
    async def count(self) -> None:
        """Bring the numbers of the feed list up to date."""
        await self._fill_sidebar()

    async def _fill_sidebar(self) -> None:
        feeds = await self.library.feeds()
        counts, tags = await self.library.counts(), await self.library.tags()
        self.rows = sidebar.rows(feeds, counts, tags)

    def _fill(self, found: Listing, *, anew: bool = False) -> None:
        """Show a listing; the cursor stays on its story, ``anew`` goes to the top."""
        if not found.ids and not any(row.kind == "feed" for row in self.rows):
            found = welcome.listing(self.now)
        self.articles.empty = self._why_empty()
        self.listing = found
        if anew:
            self.articles.action_top()
        self.articles.border_title = Content(stable(self.row.label) + _SCOPES[self.scope])
        if not found.ids:
            self.story = None
        elif self.story is None or self.story.article.id != self.articles.current_id:
            self._open(self.articles.current_id or 0)

    def _why_empty(self) -> str:
        """Say why there is nothing, and which key changes that."""
        if self.scope:
            return "Nothing here in this scope. 1 shows all stories."
        return {
            "is:unread": "Everything is read. R asks the feeds for news.",
            "is:starred": "No story is starred. s stars the story at hand.",
            "is:later": "Nothing to read later. L keeps a story for later.",
            "tag:ev-drivetrain": "No story is tagged ev-drivetrain. e tags one.",
        }.get(self.row.query, "No stories yet. r asks this feed, R all that are due.")

    def _tick(self) -> None:
        self.now = self.library.now()

    @on(ArticleList.Wanted)
    async def _supply(self, message: ArticleList.Wanted) -> None:
        self._fetch_window(message.ids)

    # Not exclusive: every window that was asked for is needed.
    @work(exit_on_error=False, group="windows")
    async def _fetch_window(self, ids: tuple[int, ...]) -> None:
        articles = await self.library.articles(ids)
        self.listing = self.listing.with_articles(articles)

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
        """Show a story's text; looking at it does not yet mark it read."""
        if article_id == welcome.ID:
            self.story = welcome.story(self.now)
        else:
            found = await self.library.articles([article_id])
            if not found:
                return
            self.story = Story(found[0], await self.library.document(article_id))
        self.autotui.set_window_title(f"{self.story.article.title} · autotui")
