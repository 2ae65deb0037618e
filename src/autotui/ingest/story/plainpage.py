"""A page without markup, as it was copied from a browser: lines to a story.

What a line is, is told by its words, its length and its neighbours alone: so these rules
are about lines that come twice, that roll through digits, or that say what they are.
"""

import html
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from autotui import clean
from autotui.document import Block, Span
from autotui.ingest.story import bylines, pictures, plainlines, promotions, stamps
from autotui.ingest.story.parts import bare

_MAX_LINES: Final = 20_000
_HEADLINE: Final = 20
_MAX_HEADLINE: Final = 250
_COPIED: Final = 60
_CAPTION: Final = 25
_MAX_CAPTION: Final = 400
_CREDIT: Final = 60
_MAX_NAMED: Final = 90
_TITLE_OF_GALLERY: Final = 120
_HEADING: Final = 90
_TRUST: Final = 120
"""Lines of a box that says why to trust the outlet, each digit on a line of its own."""
_SEARCHED: Final = 80
"""Lines among which the headline is looked for."""
_FAR: Final = 3


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
        self._dropped: set[str] = set()
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
            if plainlines.ENLARGE.fullmatch(line):
                self._out.add(at)
                if 0 < at < len(lines) - 1 and prints[at - 1] == prints[at + 1]:
                    self._picture(at)
            elif plainlines.PHOTOS.fullmatch(line):
                self._out.add(at)
                before = lines[at - 1] if at else ""
                if (
                    before
                    and len(before) < _TITLE_OF_GALLERY
                    and not plainlines.is_sentence(before)
                ):
                    self._out.add(at - 1)

    def _picture(self, at: int) -> None:
        lines = self._lines
        self._out |= {at - 1, at + 1}
        alt, caption, credit = lines[at - 1], "", ""
        below = [*lines[at + 2 : at + 4], "", ""]
        if _CAPTION < len(below[0]) < _MAX_CAPTION and 0 < len(below[1]) < _CREDIT:
            if not plainlines.is_sentence(below[1]):
                caption, credit = below[0], below[1]
                self._out |= {at + 2, at + 3}
        elif 0 < len(below[0]) < _CREDIT and not plainlines.is_sentence(below[0]):
            credit = below[0]
            self._out.add(at + 2)
        spans = (Span(clean.line(caption)),) if caption else ()
        credit = pictures.credited(clean.line(credit))
        picture = Block("image", spans, alt=clean.line(alt), credit=credit)
        self._pictures[at] = pictures.shown_as(picture)

    def _drop_copies(self) -> None:
        """Leave out who wrote it, which comes twice; of other copies leave one."""
        named: dict[str, int] = {}
        for at, line in enumerate(self._lines):
            if len(line) < _MAX_NAMED and plainlines.name(line):
                named.setdefault(plainlines.name(line), at)
        seen: set[str] = set()
        for at, line in enumerate(self._lines):
            letters = self._prints[at]
            if len(line) <= _COPIED or self._often[letters] < 2 or self._is_known(letters):  # noqa: PLR2004
                continue
            name = plainlines.name(line)
            if name in named:
                self._drop_name(name, self._lines[named[name]])
            if name in named or letters in seen:
                self._out.add(at)
            seen.add(letters)

    def _drop_name(self, name: str, line: str) -> None:
        """Leave out an author's name where it stands alone, and remember it."""
        if name in self._dropped:
            return
        self._dropped.add(name)
        self._plain.authors = self._plain.authors or bylines.names(line)[:1]
        for at, each in enumerate(self._lines):
            if len(each) < _MAX_NAMED and each.startswith(name):
                self._out.add(at)

    def _drop_counters(self) -> None:
        """Leave out digits that roll to a number, and the label below them."""
        lines = self._lines
        for at, line in enumerate(lines):
            if not plainlines.COUNTER.fullmatch(line):
                continue
            self._out.add(at)
            label = lines[at + 1] if at + 1 < len(lines) else ""
            if len(label) < plainlines.LABEL and not plainlines.is_sentence(label):
                self._out.add(at + 1)

    def _drop_promotions(self) -> None:
        """Leave out lines of the page's own, and what stands below those that offer."""
        apart = 0
        for at, line in enumerate(self._lines):
            if promotions.is_trust(line):
                apart = _TRUST
            elif promotions.is_offer(line) and not plainlines.is_sentence(line):
                self._out.add(at)
                apart = 3
            apart = 0 if len(line) >= plainlines.PROSE else max(0, apart - 1)
            short = len(line) <= promotions.MAX_LINE and not plainlines.is_sentence(line)
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
        self._out |= {
            each for each, line in enumerate(self._prints) if line == self._prints[at]
        }
        for each in range(at + 1, len(lines)):
            line = lines[each]
            if each in self._out:
                continue
            if self._is_byline(line):
                self._out.add(each)
            elif not plain.dek and each <= at + _FAR and self._is_dek(each):
                plain.dek = clean.line(line)
                self._out.add(each)
            elif plainlines.is_prose(line):
                return each
        return at + 1

    def _is_dek(self, at: int) -> bool:
        """Whether a line is the dek, not the first paragraph: a byline or label follows."""
        below = self._lines[at + 1 : at + 2]
        labelled = below and at + 1 not in self._out and not plainlines.is_prose(below[0])
        return bool(labelled) and _HEADLINE <= len(self._lines[at]) < plainlines.PROSE

    def _is_byline(self, line: str) -> bool:
        """Whether a line says by whom, or when; the story has it then."""
        plain = self._plain
        if len(line) >= _MAX_NAMED:
            return False
        if byline := plainlines.BY.match(line):
            plain.authors = bylines.names(line[byline.end() :]) or plain.authors
            return True
        day = stamps.visible_published(f"Published {line}")
        plain.published_at = plain.published_at or day
        return day is not None

    def _headline(self) -> int | None:
        """Find the title: the one that is known, else the first line that may be one."""
        known = (
            at for at, each in enumerate(self._prints[:_SEARCHED]) if self._is_known(each)
        )
        at = next(known, None)
        if at is not None:
            return at
        lines = self._lines
        told = frozenset(
            plainlines.WORD.findall(" ".join(filter(plainlines.is_prose, lines)).lower())
        )
        shares: dict[int, float] = {}
        for at, line in enumerate(lines[:_SEARCHED]):
            if at in self._out:
                continue
            if plainlines.is_prose(line):
                break
            words = plainlines.WORD.findall(line.lower())
            if len(words) > 1 and _HEADLINE <= len(line) <= _MAX_HEADLINE:
                # The outlet's motto has none of the story's words; a dek as many.
                shares[at] = min(0.5, sum(word in told for word in words) / len(words))
        return max(shares, key=lambda at: shares[at], default=None)

    def _is_known(self, letters: str) -> bool:
        return 2 * len(letters) > len(self._known) > 0 and self._known.startswith(letters)

    def _last(self, first: int) -> int:
        """Give the last line of the story: what follows are links and notices."""
        last = min(first, len(self._lines) - 1)
        size = sum(map(len, self._lines[first:]))
        before = 0
        for at in range(first, len(self._lines)):
            line = self._lines[at]
            if before > size * 0.4 and promotions.is_tail(line):
                break
            before += len(line)
            if at not in self._out and (
                plainlines.is_prose(line) or plainlines.BULLET.match(line)
            ):
                last = at
        # Where nothing is prose, there is no telling what is not.
        known = last > first or any(map(plainlines.is_prose, self._lines[last : last + 1]))
        return last if known else len(self._lines)

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
        rest = range(at + 1, min(at + 4, len(self._lines)))
        below = next((each for each in rest if each not in self._out), None)
        return below is not None and plainlines.is_prose(self._lines[below])

    def _block(self, line: str, follows: bool) -> Block:  # noqa: FBT001 - of this line alone
        if bullet := plainlines.BULLET.match(line):
            text = (Span(line[bullet.end() :]),)
            return Block("item", text, level=1, number=int(bullet[1] or 0))
        if follows and len(line) < _HEADING and not line.endswith(plainlines.ENDS):
            return Block("heading", (Span(line),), level=2)
        return Block("paragraph", (Span(line),))
