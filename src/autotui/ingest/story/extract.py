"""The story on a page: where trafilatura sees it, as the blocks that stand there.

trafilatura tells which text is the story, in plain words; our own blocks hold links,
looks, lists, tables and pictures; what is none of the story is then taken out. All of
it is for a worker that can be killed.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

import lxml.etree

from autotui import clean
from autotui.document import Block, Document, Span, count_words
from autotui.ingest.story import (
    declutter,
    fringes,
    metadata,
    oracle,
    pagetree,
    parts,
    pictures,
    plainpage,
    regions,
    selectors,
    stamps,
    states,
)
from autotui.ingest.story.parts import Part
from autotui.ingest.story.regions import Region
from autotui.packing import pack
from autotui.pages import Known, Page

_NOTHING: Final = Known()
_MAX_ELEMENTS: Final = 15_000
"""Elements of a page that trafilatura is asked about: up to 0.25 ms each."""
_SHORT: Final = 200
"""Characters below which trafilatura is asked again, to be less strict."""
_DECLARED: Final = 400
"""Characters of a body that the publisher declares, to be taken for the story."""
_LOOKED_AT: Final = 6_000
_MAX_NOTES: Final = 50
_LINE: Final = 120
"""Characters of a line that tells no more than a time."""
_MAX_LINES: Final = 500


def extract(
    content: bytes | str, url: str = "", content_type: str = "", known: Known = _NOTHING
) -> Page:
    """Give the story on a page; raise ParseError if the content is no page at all."""
    text = pagetree.decoded(content, content_type)
    if pagetree.is_plain(text):
        return _plain(text, known)
    tree = pagetree.parsed(text)
    return _Reading(tree, clean.url(url), known).page()


class _Story(NamedTuple):
    """The story's own parts, and all the parts of the page."""

    kept: list[Part]
    prints: tuple[str, ...]
    parts: Sequence[Part]


class _Reading:
    """One page, as it is read."""

    def __init__(self, tree: lxml.etree._Element, url: str, known: Known) -> None:
        self._tree = tree
        # Held, or lxml makes each of them anew for everyone who walks by.
        self._elements = list(islice(tree.iter(), _MAX_ELEMENTS + 1))
        self._known = known
        self._said = metadata.resolve(tree, url)
        self._base = _base(tree, url)
        self._wrong = ""
        """What is wrong with the reader's selectors."""
        self._page: list[Part] = []

    def page(self) -> Page:
        said, story = self._said, self._story()
        text = "\n".join(part.text for part in story.kept)
        state = states.judged(self._seen(story, text), self._known.text)
        if state.completeness in {"blocked", "gone"}:
            return Page(
                site=said.site,
                language=said.language,
                completeness=state.completeness,
                note=state.note,
            )
        blocks = pictures.among(story.kept, story.parts, said.title)
        packed = pack(Document(tuple(blocks)))
        return Page(
            title=said.title,
            dek=said.dek,
            authors=said.authors,
            published_at=said.published_at,
            updated_at=said.updated_at or self._shown_update(),
            site=said.site,
            section=said.section,
            tags=said.tags,
            language=said.language,
            url=said.url,
            image=pictures.lead(said.image, blocks),
            body=packed,
            words=count_words(packed.text),
            completeness=state.completeness,
            note=state.note or self._wrong,
            prints=story.prints,
        )

    def _shown_update(self) -> datetime | None:
        """Give the time of the last change that a line of the page tells."""
        lines = (part.text for part in self._page if part.size <= _LINE)
        return stamps.visible_updated("\n".join(islice(lines, _MAX_LINES)))

    def _story(self) -> _Story:
        """Choose the parts of the story."""
        body = self._tree.find("body")
        found = self._named()
        if found is None:
            page = self._parts([self._tree if body is None else body])
            found = self._region(page)
        pictures.caption(found)
        said = self._said
        titles = tuple(filter(None, (said.title, self._known.title)))
        kept = declutter.declutter(
            found, declutter.Said(titles, said.site, said.dek, said.authors)
        )
        prints = tuple(_print(part) for part in kept)
        kept = fringes.familiar(kept, self._known.clutter, prints)
        return _Story(kept, prints, self._page)

    def _named(self) -> Region | None:
        """Give the region that the reader's selectors name, if they name any."""
        if not self._known.selectors:
            return None
        chosen, self._wrong = selectors.found(self._tree, self._known.selectors)
        return regions.within(self._parts(chosen)) if chosen else None

    def _parts(self, roots: Sequence[lxml.etree._Element]) -> list[Part]:
        self._page = pictures.captioned(parts.read(roots, self._base))
        return self._page

    def _region(self, page: list[Part]) -> Region:
        """Give the region that trafilatura tells, or else the densest one."""
        told, declared = self._told(), self._said.body
        found = None
        if told:
            found = oracle.told(page, told, declared, self._said.title)
        elif page:
            found = regions.densest(page)
        found = found or regions.within(_lines(told))
        # Pages made by scripts may say all in their data, and show nothing of it.
        shown = sum(len(part.print) for part in found.kept)
        if shown < _SHORT and len(declared) > _DECLARED:
            return regions.within(_lines(declared))
        return found

    def _told(self) -> str:
        """Give what trafilatura says the story is; ``""`` if it is not to be asked."""
        if len(self._elements) > _MAX_ELEMENTS:
            return ""
        told = _asked(self._tree, favor_recall=False)
        if len(told) < _SHORT:
            told = max(told, _asked(self._tree, favor_recall=True), key=len)
        return told

    def _seen(self, story: _Story, text: str) -> states.Seen:
        heads = (p.text for p in story.parts if p.block.kind == "heading")
        shown = "\n".join(part.text for part in story.parts)
        return states.Seen(
            title=_title(self._tree),
            heading=next(heads, ""),
            text=text,
            page=shown[-_LOOKED_AT:] if len(shown) > _LOOKED_AT else shown,
            unseen=_unseen(self._tree),
            free=self._said.free,
        )


def _plain(text: str, known: Known) -> Page:
    """Give the story of a page that was copied as lines of text."""
    plain = plainpage.read(text, known.title)
    found = regions.within([Part(block, None, at) for at, block in enumerate(plain.blocks)])
    prints = tuple(_print(part) for part in found.kept)
    kept = {id(part.block) for part in fringes.familiar(found.kept, known.clutter, prints)}
    blocks = [each for each in plain.blocks if each.kind == "image" or id(each) in kept]
    packed = pack(Document(tuple(blocks)))
    seen = states.Seen(plain.title, plain.title, packed.text, packed.text)
    state = states.judged(seen, known.text)
    if state.completeness in {"blocked", "gone"}:
        return Page(completeness=state.completeness, note=state.note)
    return Page(
        title=plain.title,
        dek=plain.dek,
        authors=plain.authors,
        published_at=plain.published_at,
        updated_at=plain.updated_at,
        image=next((each for each in blocks if each.kind == "image"), None),
        body=packed,
        words=count_words(packed.text),
        completeness=state.completeness,
        note=state.note,
        prints=prints,
    )


def _asked(tree: lxml.etree._Element, *, favor_recall: bool) -> str:
    """Ask trafilatura, which works on a copy of the tree."""
    import trafilatura

    try:
        told = trafilatura.extract(tree, include_comments=False, favor_recall=favor_recall)
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the page is still there
        return ""
    return told or ""


def _lines(told: str) -> list[Part]:
    """Give trafilatura's own text as paragraphs and items."""
    found: list[Part] = []
    for at, raw in enumerate(told.split("\n")):
        line = clean.text(raw).strip()
        item = line.startswith("- ")
        text = (Span(line[2:] if item else line),)
        block = Block("item", text, level=1) if item else Block("paragraph", text)
        found.append(Part(block, None, at))
    return found


def _print(part: Part) -> str:
    """Give what a part is known by on another page."""
    return hashlib.blake2b(part.print.encode(), digest_size=8).hexdigest()


def _base(tree: lxml.etree._Element, url: str) -> str:
    """Give the address that the page's links are relative to."""
    named = next(tree.iter("base"), None)
    told = "" if named is None else clean.url(named.get("href") or "", url)
    return told or url


def _title(tree: lxml.etree._Element) -> str:
    named = next(tree.iter("title"), None)
    return "" if named is None else clean.line(named.text or "")


def _unseen(tree: lxml.etree._Element) -> str:
    """Give the text for browsers that run no scripts."""
    texts: list[str] = []
    for each in tree.iter("noscript"):
        texts.append(clean.line("".join(map(str, each.itertext()))))
        if len(texts) >= _MAX_NOTES:
            break
    return "\n".join(texts)
