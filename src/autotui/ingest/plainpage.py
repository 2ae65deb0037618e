"""A page without markup, as it was copied from a browser: lines to a story.

What a line is, is told by its words, its length and its neighbours alone: so these rules
are about lines that come twice, that roll through digits, or that say what they are.
"""

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from autotui import clean
from autotui.document import Block, Span
from autotui.ingest import bylines, pictures, promotions, stamps
from autotui.ingest.parts import bare

_MAX_LINES: Final = 20_000
_HEADLINE: Final = 20
_MAX_HEADLINE: Final = 250
_SENTENCE: Final = 60
"""Characters of a line that is a sentence of the story, and ends as one."""
_PROSE: Final = 140
"""Characters of a line that is the story, however it ends."""
_COPIED: Final = 60
_CAPTION: Final = 25
_MAX_CAPTION: Final = 400
_CREDIT: Final = 60
_MAX_NAMED: Final = 90
_TITLE_OF_GALLERY: Final = 120
_LABEL: Final = 40
_HEADING: Final = 90
_TRUST: Final = 120
"""Lines of a box that says why to trust the outlet, each digit on a line of its own."""
_SEARCHED: Final = 80
"""Lines among which the headline is looked for."""
_FAR: Final = 3
_WORD: Final = re.compile(r"\w{4,40}")
_ENDS: Final = (".", "!", "?", "…", '"', "”", "“", "»", "。", ")", ":")
_ENLARGE: Final = re.compile(
    r"(?:enlarge|expand|zoom)(?: image)?|(?:bild )?vergrößern|agrandir(?: l['’]image)?"
    r"|ampliar(?: (?:imagen|foto|imagem))?|ingrandisci|vergroot(?: afbeelding)?",
    re.IGNORECASE,
)
_PHOTOS: Final = re.compile(
    r"(?:see|view|show)(?: all)?(?: \d{1,4})? (?:photos|pictures|images|gallery)"
    r"|\+?\d{1,4} more|alle \d{0,4} ?(?:bilder|fotos)(?: anzeigen)?|voir toutes les photos"
    r"|ver (?:todas las )?fotos|guarda (?:tutte le )?foto|bekijk alle foto['’]s",
    re.IGNORECASE,
)
_COUNTER: Final = re.compile(r"[\d.,]{1,12}(?: [\d.,]{1,12}){0,20}[+%]?|\+")
_BY: Final = re.compile(
    r"(?:(?:written|story|words) )?(?:by|von|par|por|di|door)\s+(?=\S)", re.IGNORECASE
)
_BULLET: Final = re.compile(r"(?:[•◦▪*–-]\s+|(\d{1,2})[.)]\s+)(?=\S)")


@dataclass(slots=True)
class Plain:
    """What some lines tell of a story."""

    title: str = ""
    dek: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    blocks: list[Block] = field(default_factory=list)
    """The story; its pictures have a caption and no address."""


def read(text: str, title: str = "") -> Plain:
    """Read a page of plain lines; ``title`` is the story's, where it is known."""
    lines = [clean.text(html.unescape(line)).strip() for line in text.split("\n")]
    return _Lines([" ".join(line.split()) for line in lines if line], title).told()


class _Lines:
    """The lines of a page, and which of them are no part of its text."""

    def __init__(self, lines: Sequence[str], title: str) -> None:
        self._lines = lines[:_MAX_LINES]
        self._prints = [bare(line) for line in self._lines]
        self._often = Counter(self._prints)
        self._known = bare(title)
        self._out: set[int] = set()
        self._pictures: dict[int, Block] = {}
        """Pictures by the line that they stand at."""
        self._plain = Plain()

    def told(self) -> Plain:
        plain = self._plain
        shown = "\n".join(self._lines)
        plain.updated_at = stamps.visible_updated(shown)
        plain.published_at = stamps.visible_published(shown)
        self._take_pictures()
        self._drop_copies()
        self._drop_counters()
        self._drop_promotions()
        first = self._take_head()
        last = self._last(first)
        plain.blocks = self._blocks(first, last)
        return plain

    def _take_pictures(self) -> None:
        """Take pictures apart: their alt twice around "Enlarge Image", caption, credit."""
        lines, prints = self._lines, self._prints
        for at, line in enumerate(lines):
            if _ENLARGE.fullmatch(line):
                self._out.add(at)
                if 0 < at < len(lines) - 1 and prints[at - 1] == prints[at + 1]:
                    self._picture(at)
            elif _PHOTOS.fullmatch(line):
                self._out.add(at)
                before = lines[at - 1] if at else ""
                if before and len(before) < _TITLE_OF_GALLERY and not _is_sentence(before):
                    self._out.add(at - 1)

    def _picture(self, at: int) -> None:
        lines = self._lines
        self._out |= {at - 1, at + 1}
        alt, caption, credit = lines[at - 1], "", ""
        below = [*lines[at + 2 : at + 4], "", ""]
        if _CAPTION < len(below[0]) < _MAX_CAPTION and 0 < len(below[1]) < _CREDIT:
            if not _is_sentence(below[1]):
                caption, credit = below[0], below[1]
                self._out |= {at + 2, at + 3}
        elif 0 < len(below[0]) < _CREDIT and not _is_sentence(below[0]):
            credit = below[0]
            self._out.add(at + 2)
        spans = (Span(clean.line(caption)),) if caption else ()
        credit = pictures.credited(clean.line(credit))
        picture = Block("image", spans, alt=clean.line(alt), credit=credit)
        self._pictures[at] = pictures.shown_as(picture)

    def _drop_copies(self) -> None:
        """Leave out long lines that come twice: who wrote it, why to trust the outlet."""
        names: dict[str, None] = {}
        for at, line in enumerate(self._lines):
            if len(line) > _COPIED and self._often[self._prints[at]] > 1:
                if self._known and self._prints[at] == self._known:
                    continue
                self._out.add(at)
                names[" ".join(line.split()[:2])] = None
        known = tuple(name for name in names if name.istitle() and len(name) > _LABEL // 8)
        for at, line in enumerate(self._lines):
            if known and len(line) < _MAX_NAMED and line.startswith(known):
                self._out.add(at)
                name = bylines.names(line)
                self._plain.authors = self._plain.authors or name[:1]

    def _drop_counters(self) -> None:
        """Leave out digits that roll to a number, and the label below them."""
        lines = self._lines
        for at, line in enumerate(lines):
            if not _COUNTER.fullmatch(line):
                continue
            self._out.add(at)
            label = lines[at + 1] if at + 1 < len(lines) else ""
            if len(label) < _LABEL and not _is_sentence(label):
                self._out.add(at + 1)

    def _drop_promotions(self) -> None:
        """Leave out lines of the page's own, and what stands below those that offer."""
        apart = 0
        for at, line in enumerate(self._lines):
            if promotions.is_trust(line):
                apart = _TRUST
            elif promotions.is_offer(line) and not _is_sentence(line):
                self._out.add(at)
                apart = 3
            apart = 0 if len(line) >= _PROSE else max(0, apart - 1)
            short = len(line) <= promotions.MAX_LINE and not _is_sentence(line)
            if (
                len(line) < 3  # noqa: PLR2004 - no word is shorter
                or promotions.is_line(line)
                or promotions.is_notice(line)
                or apart
                or (short and stamps.visible_updated(line))
                or (short and promotions.opens(line) and ":" in line)
            ):
                self._out.add(at)

    def _take_head(self) -> int:
        """Take title, dek, byline and date; give the line where the story begins."""
        lines, plain = self._lines, self._plain
        at = self._headline()
        if at is None:
            return 0
        plain.title = clean.line(lines[at])
        self._out |= {each for each, line in enumerate(self._prints) if line == self._prints[at]}
        for each in range(at + 1, len(lines)):
            line = lines[each]
            if each in self._out:
                continue
            if byline := _BY.match(line):
                if len(line) < _MAX_NAMED:
                    plain.authors = bylines.names(line[byline.end() :]) or plain.authors
                    self._out.add(each)
                    continue
            if len(line) < _MAX_NAMED and (day := stamps.visible_published(f"Published {line}")):
                plain.published_at = plain.published_at or day
                self._out.add(each)
            elif not plain.dek and _is_dek(line, each - at):
                plain.dek = clean.line(line)
                self._out.add(each)
            elif _is_prose(line):
                return each
        return at + 1

    def _headline(self) -> int | None:
        """Find the title: the one that is known, else the first line that may be one."""
        lines = self._lines
        if self._known:
            for at, line in enumerate(self._prints[:_SEARCHED]):
                if line and (line == self._known or line in self._known[: len(line) + 3]):
                    if len(line) > len(self._known) // 2:
                        return at
        told = frozenset(_WORD.findall(" ".join(filter(_is_prose, lines)).lower()))
        for at, line in enumerate(lines[:_SEARCHED]):
            if at in self._out:
                continue
            if _is_prose(line):
                # It begins at once: a text without a headline.
                return None
            words = _WORD.findall(line.lower())
            if _HEADLINE <= len(line) <= _MAX_HEADLINE and len(words) > 1:
                # The outlet's motto has none of the story's words.
                if 2 * sum(word in told for word in words) >= len(words):
                    return at
        return None

    def _last(self, first: int) -> int:
        """Give the last line of the story: what follows are links and notices."""
        last = first
        size = sum(map(len, self._lines[first:]))
        before = 0
        for at in range(first, len(self._lines)):
            line = self._lines[at]
            if before > size * 0.4 and promotions.is_tail(line):
                break
            before += len(line)
            if at not in self._out and (_is_prose(line) or _BULLET.match(line)):
                last = at
        return last

    def _blocks(self, first: int, last: int) -> list[Block]:
        found: list[Block] = []
        for at in range(len(self._lines)):
            if picture := self._pictures.get(at):
                found.append(picture)
            if first <= at <= last and at not in self._out:
                found.append(self._block(self._lines[at], self._follows(at)))
        return found

    def _follows(self, at: int) -> bool:
        """Whether prose follows a line."""
        rest = (each for each in range(at + 1, min(at + 4, len(self._lines))))
        below = next((each for each in rest if each not in self._out), None)
        return below is not None and _is_prose(self._lines[below])

    def _block(self, line: str, follows: bool) -> Block:  # noqa: FBT001 - of this line alone
        if bullet := _BULLET.match(line):
            text = (Span(line[bullet.end() :]),)
            return Block("item", text, level=1, number=int(bullet[1] or 0))
        if follows and len(line) < _HEADING and not line.endswith(_ENDS):
            return Block("heading", (Span(line),), level=2)
        return Block("paragraph", (Span(line),))


def _is_dek(line: str, below: int) -> bool:
    """Whether a line so many lines below the headline is the dek."""
    return len(line) >= _HEADLINE and (below == 1 or (below <= _FAR and len(line) < _PROSE))


def _is_sentence(line: str) -> bool:
    return len(line) >= _LABEL and line.endswith(_ENDS)


def _is_prose(line: str) -> bool:
    """Whether a line is of a story, not a title, a label or a link."""
    return len(line) >= _PROSE or (len(line) >= _SENTENCE and line.endswith(_ENDS))
