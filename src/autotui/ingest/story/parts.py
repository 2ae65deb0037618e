"""A page as parts: its blocks, each with the place on the page where it stands.

The blocks are those that the one builder (``trees``, ``gather``) makes of any HTML; here
they get what choosing among them needs. Nothing is chosen here.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import lxml.etree

from autotui.document import Block
from autotui.ingest import elements, trees
from autotui.ingest.elements import Get, Place, named
from autotui.ingest.gather import Gather

_MARKS: Final = re.compile(r"[\W_]+")
_CONTROLS: Final = named("form input button select textarea audio video")
_INLINE: Final = named("span small em i cite font")
_LEFT_OUT: Final = named("nav dialog menu")
_PICTURES: Final = frozenset({"img", "amp-img"})
_LEAST_WIDTH: Final = 100
_LEAST_HEIGHT: Final = 60
_IDEOGRAPH: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MAX_ELEMENTS: Final = 100_000
"""As many as are read."""
_REACH: Final = 6
"""Levels below an element that its name still says something about."""
_NAMED: Final = 300
"""Characters of class and id that are looked at."""
_INSIDE: Final = named("p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table figure")
_FIGURES: Final = frozenset({"figure", "figcaption"})
_NOTHING: Final = (False, False, True)
_ROOTS: Final = named("html body main article")
_ASIDE: Final = named("aside footer")
_CAPTION: Final = re.compile(
    r"caption|credit|legende|bildunter|bildtext|copyright(?!-policy)|pie-?_?(?:de-?_?)?foto"
    r"|didascalia|bijschrift|legenda|(?:img|image|photo|fig|pic)-?_?text|bildquelle|urheber"
    r"|photographer|(?<![a-z])(?:cap|bu|pie|legend)(?![a-z])"
)
# What the names of elements tell; letters around would make other words of them.
_CLUTTER: Final = re.compile(
    r"related|recirc|recommend|newsletter|subscri|advert|sponsor|outbrain|promo(?!te)"
    r"|breadcrumb|trending|signup|sign-up|disclaimer|most-?(?:read|popular)|gdpr|cookie"
    r"|author-?_*(?:bio|box|card|info|profile|about)|about-?_*(?:the-?)?author|read-?more"
    r"|read-?next|more-?(?:stories|news|from)|affiliate|trust|skip-?link|share-?_*(?:bar|b)"
    r"|(?<![a-z])(?:bio|share|sharing|social|comments?|byline|faq|toc|ads?|tags|footer"
    r"|sidebar|player(?:-?box|-?wrap)?|gallery-?thumbs?|teasers|expert|experts|breadcrumbs?)(?![a-z])"
)
_NO_PICTURE: Final = re.compile(
    r"avatar|logo|icon(?!ic)|author|thumb|teaser|emoji|badge|sprite"
)
_SAYS_NOT: Final = re.compile(r"(?:has|no|with|without|is|js|hide|show)-[a-z-]{1,40}")


class Spot:
    """A block element of the page, and those around it."""

    __slots__ = (
        *(
            "around",
            "aside",
            "caption",
            "controls",
            "end",
            "home",
            "names",
            "number",
            "pictures",
        ),
        *("reach", "tag"),
    )

    def __init__(self, tag: str, get: Get, around: "Spot | None", number: int = 0) -> None:
        self.tag = tag
        self.number = self.end = number
        """Its number, and that of the last element inside it, in the page's order."""
        self.around = around
        self.names = names = _names(get)
        clutter, caption, pictures = _meant(names) if names else _NOTHING
        reach = around.reach - 1 if around else 0
        if tag in _ASIDE or (clutter and tag not in _ROOTS):
            reach = _REACH
        self.reach: int = max(0, reach)
        """Levels for which an element around tells that this is no part of a story."""
        self.aside = reach > 0
        self.controls = False
        """Whether buttons, fields or a player are right inside."""
        self.caption: bool = caption or tag in _FIGURES or bool(around and around.caption)
        self.pictures: bool = pictures and (
            around is None or around.pictures or tag in _ROOTS
        )
        """Whether pictures here may belong to the story."""
        self.home: Spot = around.home if around and tag in _INSIDE else self
        """The element that holds a story's paragraphs, where this is one of them."""

    def holds(self, other: "Spot") -> bool:
        """Whether another is inside this one, or is this one."""
        return self.number <= other.number <= self.end


class Part:
    """A block of the page, and what choosing it asks about."""

    __slots__ = ("at", "block", "links", "print", "size", "spot", "text")

    def __init__(self, block: Block, spot: Spot | None, at: int) -> None:
        self.block = block
        self.spot = spot
        """Where it stands; ``None`` where that is not known."""
        self.at = at
        """Its number on the page."""
        if block.kind == "table":
            self.text = " ".join(cell for row in block.rows for cell in row)
        else:
            self.text = "" if block.kind == "image" else block.text
        self.print = bare(self.text)
        """Its letters and digits, small: what it is known again by."""
        self.size = size(self.text)
        linked = sum([len(span.text) for span in block.spans if span.url])
        self.links = linked / len(self.text) if self.text and linked else 0.0
        """How much of the text is links, 0 to 1."""

    @property
    def aside(self) -> bool:
        """Whether the page's own names say that it is no part of the story."""
        return self.spot is not None and self.spot.aside


def size(text: str) -> int:
    """Give how long a text is, as characters of a script with an alphabet."""
    return len(text) if text.isascii() else len(text) + 2 * len(_IDEOGRAPH.findall(text))


def bare(text: str) -> str:
    """Give a text's letters and digits alone, in small letters."""
    return _MARKS.sub("", text.lower())


def read(roots: Iterable[lxml.etree._Element], base: str) -> list[Part]:
    """Give the parts below some elements of a page, in order."""
    into = _Places(base)
    for root in roots:
        _Page(into).through(root)
    blocks = into.built().blocks
    into.place()
    return [
        Part(*each, at) for at, each in enumerate(zip(blocks, into.spots, strict=False))
    ]


class _Places(Gather):
    """A ``Gather`` that knows of each block where it stood."""

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self.spots: list[Spot] = []
        self.spot = Spot("body", dict[str, str]().get, None)
        self._last = 0
        self._kept: list[Place] = []

    def flush(self) -> None:
        super().flush()
        self.place()

    def spot_of(self, tag: str, get: Get) -> Spot:
        """Give an element of its own here."""
        self._last += 1
        return Spot(tag, get, self.spot, self._last)

    def enter(self, tag: str, get: Get) -> None:
        """Go on inside another element, which was begun."""
        self.spot = spot = self.spot_of(tag, get)
        if spot.caption:
            # Never a part of the list item that it stands in.
            self._place = Place()

    def begin_caption(self, tag: str, get: Get) -> None:
        """Go on inside a caption that is no block, apart from the text around it."""
        self.flush()
        self._kept.append(self._place)
        self.enter(tag, get)

    def end_caption(self) -> None:
        """End such a caption."""
        self.flush()
        self._place = self._kept.pop()
        self.leave()

    def leave(self) -> None:
        """Go on in the element around."""
        self.spot.end = self._last
        if self.spot.around is not None:
            self.spot = self.spot.around
            self.spot.end = self._last

    def place(self, spot: Spot | None = None) -> None:
        """Note where the blocks stand that were made since."""
        if missing := len(self.blocks) - len(self.spots):
            self.spots += [spot or self.spot] * missing


class _Page(trees.Walk):
    """A walk that keeps note of where it is, and leaves out what is never a story's."""

    def __init__(self, into: _Places) -> None:
        super().__init__(into, hides=True)
        self._places = into
        self._left = _MAX_ELEMENTS
        self._inline: list[lxml.etree._Element] = []
        """Captions that are no blocks, outermost first."""

    def open(self, element: lxml.etree._Element, tag: str) -> bool:
        """Begin an element; True: it was taken as one thing, or left out."""
        self._left -= 1
        if self._left < 0 or self._passes(element, tag):
            return True
        inline = tag in _INLINE and _meant(_names(element.get))[1]
        if inline:
            self._places.begin_caption(tag, element.get)
            self._inline.append(element)
        if tag == "figure" and not _is_whole(element):
            self._into.begin(tag, element.get)
        elif super().open(element, tag):
            if inline:
                self._inline.pop()
                self._places.end_caption()
            if tag in {"figure", "table"}:
                self._places.place(self._places.spot_of(tag, element.get))
            return True
        if tag in elements.BLOCKS:
            self._places.enter(tag, element.get)
        return False

    def _passes(self, element: lxml.etree._Element, tag: str) -> bool:
        """Whether to pass over an element that is never a part of a story."""
        if tag in _CONTROLS:
            self._places.spot.controls = True
        if tag in _PICTURES:
            return _small(element.get) or not _meant(_names(element.get))[2]
        if tag != "noscript":
            return tag in _LEFT_OUT
        for each in element.iter("img"):
            self.image(each)
        return True

    def close(self, element: lxml.etree._Element) -> None:
        """End an element that was walked into."""
        super().close(element)
        if element.tag in elements.BLOCKS:
            self._places.leave()
        elif self._inline and self._inline[-1] is element:
            self._inline.pop()
            self._places.end_caption()

    def image(self, element: lxml.etree._Element) -> None:
        """Take in a picture, unless it is too small to be a story's."""
        if not _small(element.get):
            super().image(element)

    def player(self, element: lxml.etree._Element) -> None:
        """Leave out what plays: on pages it mostly is an advertisement."""


def _names(get: Get) -> str:
    """Give what an element is called, in small letters."""
    name, own = get("class"), get("id")
    if not (name or own):
        return ""
    return f"{(name or '')[:_NAMED]} {(own or '')[:_NAMED]}".lower()


@lru_cache(4_096)
def _meant(names: str) -> tuple[bool, bool, bool]:
    """Whether names tell of clutter, of captions, and leave pictures to the story."""
    told = _SAYS_NOT.sub("", names) if "-" in names else names
    return (
        _CLUTTER.search(told) is not None,
        _CAPTION.search(told) is not None,
        _NO_PICTURE.search(told) is None,
    )


def _is_whole(figure: lxml.etree._Element) -> bool:
    """Whether a figure has its caption where the builder looks for it."""
    return next(figure.iter("figcaption"), None) is not None


def _small(get: Get) -> bool:
    """Whether a picture is too small to belong to a story: a portrait, a sign."""
    return _below(get("width"), _LEAST_WIDTH) or _below(get("height"), _LEAST_HEIGHT)


def _below(size: str | None, least: int) -> bool:
    return size is not None and size.isdecimal() and int(size[:6]) < least
