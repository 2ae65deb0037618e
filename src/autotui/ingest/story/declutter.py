"""What is chosen of a page, without what is none of its story.

Each rule is about blocks that are short, or that stand where the story does not; no rule
knows a site. ``promotions`` knows the words.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from autotui.ingest.story import promotions
from autotui.ingest.story.parts import Part, bare
from autotui.ingest.story.regions import Region, is_prose, near

_LEAD: Final = 140
"""Characters of a paragraph that is the body, not a line before it."""
_MAX_BYLINE: Final = 90
_MAX_BIOGRAPHY: Final = 700
_LINKED: Final = 0.4
_ALL_LINKS: Final = 0.85
_FEW: Final = 0.45
"""Share of the text before which no tail begins."""
_MAX_TAIL: Final = 0.4
_MAX_FOOT: Final = 200
_FOOT: Final = 0.1
"""Share of the text above a rule that what stands below may have, to be no part of it."""
_TRUST: Final = 12
"""Blocks of a box that says why to trust the outlet."""
_OFFER: Final = 3
_LABEL: Final = 40
_ABOUT: Final = 8
_SHORTEST: Final = 25
_COPIED: Final = 60
_ROLLING: Final = re.compile(r"[\d\s.,]{1,60}[+%]?")
_BYLINE: Final = re.compile(
    r"(?:(?:written|posted|reported|words|story|text|photos|pictures)\s+)?"
    r"(?:and pictures )?"
    r"(?:by|von|par|por|di|da|door|af|av)\s*:?\s+\S.{2,80}",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_DAY: Final = re.compile(
    r"\d{1,2}[:.]\d\d|\d{1,2}[./-]\d{1,2}[./-]"
    r"|\b(?:jan|feb|mar|mär|apr|avr|abr|may|mai|mei|mag|jun|jui|giu|jul|lug|aug|ago|aoû|sep|set"
    r"|oct|okt|ott|out|nov|dec|dez|dic|déc|ene|gen|fév|fev|maart|januar)[a-zéûç]{0,9}\b",
    re.IGNORECASE,
)
_UPDATED: Final = re.compile(
    r"\W*(?:(?:this |the )?(?:article|story|page|post)\s+(?:was\s+)?)?(?:last |first )?"
    r"(?:updated|published|posted|aktualisiert|veröffentlicht|stand|erstellt|mis à jour"
    r"|publié|actualizado|publicado|atualizado|aggiornato|pubblicato|bijgewerkt|gepubliceerd)"
    r"(?=\W|$)",
    re.IGNORECASE,
)
_MAX_STAMP: Final = 100
_WORK: Final = re.compile(
    r"\b(?:is an?|was an?|has been|covers?|writes?|wrote|reports?|reporter|editor"
    r"|journalist|writer|contributor|correspondent|joined|redakteur(?:in)?|schreibt|berichtet|autor(?:in)?"
    r"|est (?:journaliste|rédact)|écrit|couvre|es (?:periodista|redactor)|escribe|cubre"
    r"|è (?:un|una|giornalista)|scrive|é (?:jornalista|rep[óo]rter|editor)|escreve|cobre"
    r"|schrijft|redacteur)\b",
    re.IGNORECASE,
)
_INITIALS: Final = re.compile(r"[(\[]?[a-z]{2,5}(?:[/,\s-]{1,2}[a-z]{2,5}){0,3}[)\]]?")
_PROSE_END: Final = (".", "!", "?", ".”", '."', ".“", "»", "。", ".)", "…")
_MIDDLE: Final = frozenset({"code", "table", "image", "rule"})


class Said(NamedTuple):
    """What is said about the story beside its body: none of it is the body."""

    titles: tuple[str, ...] = ()
    site: str = ""
    dek: str = ""
    authors: tuple[str, ...] = ()

    def prints(self) -> "Said":
        """Give the same by letters and digits alone."""
        return Said(
            tuple(filter(None, map(bare, self.titles))),
            bare(self.site),
            bare(self.dek),
            tuple(each for each in map(bare, self.authors) if len(each) > 4),  # noqa: PLR2004
        )


def declutter(region: Region, said: Said) -> list[Part]:
    """Give the parts of the story, in order."""
    known = said.prints()
    kept = region.kept
    kept = _without_head(_below_headline(region, kept, known), known)
    kept = _without_counters(kept)
    kept = _without_boxes(region, kept)
    kept = _without_biographies(region, kept, known)
    # Before their headings go, which tell where they begin.
    kept = _without_foot(region, _without_tail(region, kept, known))
    return _trimmed(_without_odd(region, kept), known)


def _below_headline(region: Region, kept: list[Part], known: Said) -> list[Part]:
    """Leave out lines that stand above the headline: the section's name, a number."""
    first = next((part.at for part in kept if part.size >= _LEAD), 0)
    heads = [
        part.at
        for part in region.parts[:first]
        if part.block.kind == "heading"
        and any(near(part.print, title) for title in known.titles)
    ]
    top = max(heads, default=0)
    return [part for part in kept if part.at >= top or part.size >= _LEAD]


def _without_head(kept: list[Part], known: Said) -> list[Part]:
    """Leave out what stands before the body: title, dek, byline, date."""
    lead = next(
        (
            at
            for at, part in enumerate(kept)
            if part.size >= _LEAD
            and part.links < _LINKED
            and not (part.print and near(part.print, known.dek))
        ),
        len(kept),
    )
    found: list[Part] = []
    for at, part in enumerate(kept):
        if any(near(part.print, title) for title in known.titles):
            continue
        if part.block.kind == "heading" and part.block.level == 1 and at <= lead:
            continue
        if at <= lead and len(kept) > 1 and _is_before(part, known):
            continue
        found.append(part)
    return found


def _is_before(part: Part, known: Said) -> bool:
    """Whether a part is a dek, a byline or a date."""
    if near(part.print, known.dek):
        return True
    text = part.text
    if len(text) > _MAX_BYLINE or part.block.kind in _MIDDLE:
        return False
    if _BYLINE.fullmatch(text) and not text.endswith(_PROSE_END):
        return True
    if any(_names(part.print, author) for author in known.authors):
        return True
    sentence = text.endswith(_PROSE_END) and not text.endswith(".m.")
    return bool(_YEAR.search(text) and _DAY.search(text) and not sentence)


def _names(letters: str, author: str) -> bool:
    """Whether a short part names an author and says hardly anything else."""
    return author in letters and len(letters) < len(author) + _SHORTEST


def _without_counters(kept: list[Part]) -> list[Part]:
    """Leave out digits that roll to a number, and the label below them."""
    found: list[Part] = []
    counted = False
    for part in kept:
        if part.block.kind in {"paragraph", "item"} and _ROLLING.fullmatch(part.text):
            counted = True
            continue
        label = counted and len(part.text) < _LABEL and not part.text.endswith(_PROSE_END)
        counted = False
        if not (label and part.block.kind != "heading"):
            found.append(part)
    return found


def _without_boxes(region: Region, kept: list[Part]) -> list[Part]:
    """Leave out offers, and why to trust the outlet, as far as they stand apart."""
    found: list[Part] = []
    left = 0
    for part in kept:
        if promotions.is_trust(part.text):
            left = _TRUST
        elif promotions.is_offer(part.text) and not region.usual(part):
            left = _OFFER
        elif left and not region.usual(part):
            left -= 1
        else:
            left = 0
            found.append(part)
    return found


def _without_biographies(region: Region, kept: list[Part], known: Said) -> list[Part]:
    """Leave out what is said about the authors, wherever and however often."""
    if not known.authors:
        return kept
    often = Counter(part.print for part in region.parts if len(part.print) > _COPIED)
    third = len(kept) * 2 // 3

    def biography(at: int, part: Part) -> bool:
        if len(part.text) > _MAX_BIOGRAPHY or not part.print.startswith(known.authors):
            return False
        if at >= len(kept) - 2 and at:
            return True
        apart = at >= third or often[part.print] > 1 or not region.usual(part)
        return apart and _WORK.search(part.text) is not None

    return [part for at, part in enumerate(kept) if not biography(at, part)]


def _without_odd(region: Region, kept: list[Part]) -> list[Part]:
    """Leave out promotions and notices, but no heading with its text below."""
    return [
        part
        for part, below in zip_longest(kept, kept[1:])
        if not _is_odd(region, part) or _heads(region, part, below)
    ]


def _heads(region: Region, part: Part, below: Part | None) -> bool:
    """Whether a heading in a story's own place has prose below, whatever it says."""
    if part.block.kind != "heading" or below is None or not region.usual(part):
        return False
    return (
        is_prose(below)
        and region.usual(below)
        and not promotions.is_advertisement(part.text)
        and not promotions.is_tail(part.text)
    )


def _is_odd(region: Region, part: Part) -> bool:
    """Whether a part is a promotion, a notice, a stamp or only links."""
    text = part.text
    if part.block.kind in _MIDDLE:
        return False
    if promotions.is_line(text) or (promotions.is_tail(text) and not region.usual(part)):
        return True
    if len(text) < _MAX_STAMP and _UPDATED.match(text) and _YEAR.search(text):
        return True
    if part.links > _ALL_LINKS and len(text) < _LEAD:
        return part.block.kind != "item" or text.isupper()
    sentence = text.endswith(_PROSE_END)
    if promotions.opens(text) and part.block.kind != "heading":
        # As sentences, these words stand in stories as well.
        linked = part.links > _LINKED or all(span.emphasis for span in part.block.spans)
        if linked or (not sentence and ":" in text[:40] and part.links > 0):
            return True
        if not region.usual(part) and not sentence:
            return True
    if not promotions.is_notice(text):
        return False
    return part.links > 0 or not region.usual(part) or len(text) < _LEAD


def _without_tail(region: Region, kept: list[Part], known: Said) -> list[Part]:
    """End where what follows is no longer the story: "Related", "Mehr zum Thema"."""
    total = sum(part.size for part in kept)
    before = 0
    for at, part in enumerate(kept):
        about = part.print.startswith("about") and part.print[5:] in known.site
        ends = promotions.is_tail(part.text) or (about and len(part.print) > _ABOUT)
        little = total - before - part.size < _MAX_TAIL * total
        if before > _FEW * total and ends and little and not _goes_on(region, kept[at:]):
            return kept[:at]
        before += part.size
    return kept


def _without_foot(region: Region, kept: list[Part]) -> list[Part]:
    """End at a rule with hardly anything below it."""
    rules = [part.at for part in region.parts if part.block.kind == "rule"]
    above = [part for part in kept if not rules or part.at < rules[-1]]
    below = sum(part.size for part in kept[len(above) :])
    if below > _MAX_FOOT or below > _FOOT * sum(part.size for part in above):
        return kept
    return above


def _goes_on(region: Region, rest: Sequence[Part]) -> bool:
    """Whether the story goes on below a heading: two long paragraphs where it stands."""
    long = (p for p in rest if p.size >= _LEAD and p.links < _LINKED and region.usual(p))
    return sum(1 for _ in zip(range(2), long, strict=False)) > 1


def _trimmed(kept: list[Part], known: Said) -> list[Part]:
    """Leave out headings without text, links and names at the end."""
    while len(kept) > 1:
        last = kept[-1]
        text = last.text
        links = last.links > _LINKED + 0.3 and len(text) < 200  # noqa: PLR2004
        named = len(text) < _MAX_BYLINE and any(
            _names(last.print, author) for author in known.authors
        )
        if not (
            last.block.kind == "heading" or links or named or _INITIALS.fullmatch(text)
        ):
            break
        kept = kept[:-1]
    return kept
