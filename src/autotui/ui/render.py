"""How single lines look: glyphs, times, the rows of the two lists.

Pure: values in, ``Parts`` out. Which colour a style's name stands for is said in
``autotui.tcss``. Every string from outside goes through ``stable``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from autotui.model import EV_DRIVETRAIN, Article, Completeness
from autotui.ui import hues, matches
from autotui.ui.cells import clip, fit, leftward, measure
from autotui.ui.hues import Colours
from autotui.ui.safe import stable
from autotui.ui.sheet import Part, Parts
from autotui.ui.sidebar import Row

_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_DATE_AFTER: Final = 7 * _DAY
_WORDS_PER_MINUTE: Final = 230

_WITH_TAGS: Final = 60
"""Cells of a row from which on tags are written out; below, ``#`` stands for them."""
_WITH_SCORE: Final = 56
"""From here on a suggestion tells its score."""
_WITH_OUTLET: Final = 44
_WITH_AGE: Final = 24
_AGE_WIDTH: Final = 6
_TAG_WIDTH: Final = 12

COMPLETENESS: Final[dict[Completeness, str]] = {
    "full": "Full text",
    "teaser": "Teaser only",
    "blocked": "Refused by the site",
    "paywall": "Behind a paywall",
    "gone": "Gone from the site",
}


@dataclass(frozen=True, slots=True)
class Looks:
    """The glyphs, each one cell wide; ``ascii`` for terminals without the others."""

    ascii: bool = False

    @property
    def cursor(self) -> str:
        """Stands before the current row: visible without colours as well."""
        return ">" if self.ascii else "▌"

    @property
    def selected(self) -> str:
        """Stands before the rows that are selected."""
        return "|" if self.ascii else "┃"

    @property
    def unread(self) -> str:
        """Marks an unread story."""
        return "*" if self.ascii else "●"

    @property
    def star(self) -> str:
        """Marks a starred story."""
        return "+" if self.ascii else "★"

    @property
    def later(self) -> str:
        """Marks a story kept for later."""
        return "L" if self.ascii else "◔"

    @property
    def suggested(self) -> str:
        """Marks a story that is suggested as one about EV drivetrains."""
        return "?" if self.ascii else "◇"

    @property
    def rejected(self) -> str:
        """Marks a story whose suggestion was rejected."""
        return "x" if self.ascii else "✗"

    @property
    def muted(self) -> str:
        """Marks a feed whose stories are in its own row alone."""
        return "m" if self.ascii else "⊘"

    @property
    def folder(self) -> str:
        """Stands before a folder."""
        return "v" if self.ascii else "▾"

    @property
    def bullet(self) -> str:
        """Stands before an item of a list."""
        return "-" if self.ascii else "•"

    @property
    def bar(self) -> str:
        """Stands before a quote."""
        return "|" if self.ascii else "│"

    @property
    def rule(self) -> str:
        """Makes a horizontal rule."""
        return "-" if self.ascii else "─"

    @property
    def leftward(self) -> str:
        """Stands before text that runs from right to left."""
        return "<" if self.ascii else "◂"

    @property
    def sample(self) -> str:
        """Shows a colour."""
        return "#" if self.ascii else "█"

    @property
    def dot(self) -> str:
        """Stands between the parts of a byline."""
        return "-" if self.ascii else "·"

    @property
    def dash(self) -> str:
        """Stands between a caption and its credit."""
        return "-" if self.ascii else "—"

    @property
    def ellipsis(self) -> str:
        """Stands for what was cut off."""
        return "~" if self.ascii else "…"


def age(published_at: datetime, now: datetime) -> str:
    """Give how long ago: "5m", "3h", "2d", then "5 Jun", then "5 Jun 2019"."""
    seconds = (now - published_at).total_seconds()
    if seconds < _MINUTE:
        return "now"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE:.0f}m"
    if seconds < _DAY:
        return f"{seconds // _HOUR:.0f}h"
    if seconds < _DATE_AFTER:
        return f"{seconds // _DAY:.0f}d"
    local = _local(published_at)
    shown = f"{local.day} {_MONTHS[local.month - 1]}"
    return shown if local.year == _local(now).year else f"{shown} {local.year}"


def day(at: datetime) -> str:
    """Give the day in local time: "Wed 5 Jun 2019"."""
    local = _local(at)
    weekday, month = _DAYS[local.weekday()], _MONTHS[local.month - 1]
    return f"{weekday} {local.day} {month} {local.year}"


def moment(at: datetime) -> str:
    """Give the local time in full: "Wed 5 Jun 2019, 18:34 CEST"."""
    local = _local(at)
    return f"{day(at)}, {local:%H:%M} {local.tzname() or ''}".rstrip()


def reading_time(words: int) -> str:
    """Give how long the reading takes, rounded up: "6 min"; ``""`` for no words."""
    # A no-break space: the number is not left alone at the end of a line.
    return f"{-(-words // _WORDS_PER_MINUTE)}\u00a0min" if words > 0 else ""


def percent(score: float, space: str = "") -> str:
    """Give a score from 0 to 1 as "87%", never a whole that it is not."""
    shown = round(100 * score)
    if 0 < score < 1:
        shown = min(max(shown, 1), 99)
    return f"{shown}{space}%"


def byline(article: Article, looks: Looks) -> str:
    """Give outlet, author, day and reading time, as far as they are known."""
    time = reading_time(article.words)
    parts = (article.feed_title, article.author, day(article.published_at), time)
    return f" {looks.dot} ".join(stable(part) for part in parts if part)


def article_row(
    article: Article,
    width: int,
    now: datetime,
    looks: Looks,
    words: Sequence[str] = (),
    *,
    colours: Colours = MappingProxyType({}),
) -> Parts:
    """Give a row of the article list, ``width`` cells wide; ``words`` are marked in it."""
    marks = _marks(article, looks)
    verdict = _verdict(article, width, looks)
    right = (*verdict, *_right(article, width, now, looks, colours))
    room = width - sum(measure(text) for text, _ in (*marks, *right))
    title = fit(headline(article, looks), room, looks.ellipsis)
    shown: Parts = ((title, "title" if article.read else "unread"),)
    if words and (found := matches.find(title, words)):
        shown = matches.marked(shown, [(*each, "match") for each in found])
    return (*marks, *shown, *right)


def headline(article: Article, looks: Looks) -> str:
    """Give the title, marked where it runs from right to left."""
    title = stable(article.title)
    return f"{looks.leftward} {title}" if leftward(title) else title


def feed_row(row: Row, width: int, looks: Looks) -> Parts:
    """Give a row of the feed list, ``width`` cells wide."""
    if row.kind == "heading":
        label = clip(stable(row.label), width - 2, looks.ellipsis)
        line = looks.rule * max(0, width - measure(label) - 2)
        return ((f"{label} ", "heading"), (f"{line} ", "line"))
    count = " ?" if row.slow else f" {row.count}" if row.count else ""
    alarm = " !" if row.error else f" {looks.muted}" if row.muted else ""
    before = " " * (2 * row.depth)
    if row.kind == "folder":
        before = f"{before}{looks.folder} "
    room = max(0, width - len(before) - len(alarm) - len(count) - 1)
    kind = "smart" if row.kind == "query" else row.kind
    style = f"{kind} some" if row.count else kind
    label = stable(row.label)
    if row.kind == "tag":
        label = f"#{label.rpartition('/')[2] if row.depth else label}"
        style = f"{style} {row.hue}".rstrip()
    return (
        (before, kind),
        (fit(label, room, looks.ellipsis), style),
        (alarm, "alarm" if row.error else kind),
        (count, "count"),
        (" ", ""),
    )


def short_tags(tags: Iterable[str], looks: Looks) -> str:
    """Give the first tag in short, and how many more there are: "#ev +2"."""
    names = tuple(tags)
    if not names:
        return ""
    first = "ev" if EV_DRIVETRAIN in names else stable(hues.first(names))
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return f"#{clip(first, _TAG_WIDTH, looks.ellipsis)}{more}"


def _marks(article: Article, looks: Looks) -> Parts:
    """Give three cells; only a story with both star and later fills the last."""
    marks = []
    if article.starred:
        marks.append((looks.star, "star"))
    if article.later:
        marks.append((looks.later, "later"))
    unread = (" " if article.read else looks.unread, "dot")
    return (unread, *marks, (" " * (2 - len(marks)), ""))


def _verdict(article: Article, width: int, looks: Looks) -> Iterable[Part]:
    """Give the sign of a suggestion, or of one that was rejected."""
    if article.suggested:
        told = f"{percent(article.score):>4}" if width >= _WITH_SCORE else ""
        yield f" {looks.suggested}{told}", "suggested"
    elif article.rejected:
        yield f" {looks.rejected}", "rejected"


def _right(
    article: Article, width: int, now: datetime, looks: Looks, colours: Colours
) -> Iterable[Part]:
    """Give what stands right of the title: as much as the width has room for."""
    if article.tags:
        tags = short_tags(article.tags, looks) if width >= _WITH_TAGS else "#"
        yield f" {tags}", f"tag {hues.style(hues.first(article.tags), colours)}".rstrip()
    when = age(article.published_at, now)
    if width >= _WITH_OUTLET:
        # A long date takes from the outlet, so that the columns of the others stay.
        late = max(0, len(when) - _AGE_WIDTH)
        room = max(10, min(20, width // 4 - 4)) - late
        outlet = fit(stable(article.feed_title), room, looks.ellipsis)
        yield f"  {outlet}", "outlet"
    if width >= _WITH_AGE:
        yield f" {when:>{_AGE_WIDTH}} ", "age"


def _local(at: datetime) -> datetime:
    """Give the local time; at the ends of the calendar there may be none."""
    try:
        return at.astimezone()
    except (OverflowError, ValueError, OSError):
        return at.astimezone(UTC)
