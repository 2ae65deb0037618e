"""A page's pictures: what is said about each, and which are the story's."""

import re
from collections.abc import Sequence
from typing import Final

from autotui import clean
from autotui.document import Block, Span
from autotui.ingest.story import promotions
from autotui.ingest.story.parts import Part, Spot, bare
from autotui.ingest.story.regions import Region, near

_FAR: Final = 3
"""Blocks between a picture and its caption, at most."""
_MAX_CAPTION: Final = 600
_HEADLINE: Final = 400
"""Blocks between a headline and the story below it, at most."""
_LEAD: Final = 6
"""Blocks before the story among which its first picture is, without a headline."""
_MAX_IMAGES: Final = 60
_FILE: Final = 8
"""Characters of a file's name that is no coincidence."""
_LEVELS: Final = 4
_ROW: Final = 3
_CREDIT: Final = re.compile(r"credit|copyright|photographer|urheber|quelle|source|autor")
_CREDITED: Final = re.compile(
    r"(?:(?:photo|image|picture|foto|bild|crédit)s?(?:\s(?:credits?|by|source))?"
    r"|credits?|copyright|source|quelle|by|©|\(c\))\s*[:/]\s*(?=\w)",
    re.IGNORECASE,
)
_ENDS_CREDITED: Final = re.compile(
    r"\S\s+[(/|]?(?:fotos?|photos?|bild(?:er)?|images?|credits?|crédits?|pictures?)"
    r"(?: credits?)?\s*:\s*\S[^.:]{1,60}\)?\s*\Z",
    re.IGNORECASE,
)
_FILE_NAME: Final = re.compile(
    r"[^\s/]{0,200}\.(?:jpe?g|png|gif|webp|avif|svg)"
    r"|(?:img|dsc[fn]?|pxl|image|photo|foto|bild|screenshot|shutterstock)[\s_-]*\d[\w-]{0,80}"
    r"|[\w-]{0,80}[_-][\w-]{0,40}\d[\w-]{0,80}|[0-9a-f-]{16,80}",
    re.IGNORECASE,
)


def captioned(parts: Sequence[Part]) -> list[Part]:
    """Give captions that stand apart to the picture before; mend what pictures say."""
    found: list[Part] = []
    shown: Part | None = None
    for part in parts:
        if part.block.kind == "image":
            part.block = shown_as(part.block)
            if shown is not None and _name(shown.block.url) == _name(part.block.url):
                continue
            shown = part
        elif shown is not None and part.at - shown.at <= _FAR and _repeats(part, shown):
            continue
        elif _is_caption(part, shown):
            _tell(part, shown)
            continue
        found.append(part)
    for at, part in enumerate(found):
        part.at = at
    return found


def caption(region: Region) -> None:
    """Give pictures the lines below that are theirs by their place, and leave those out."""
    for part, below in zip(region.parts, region.parts[1:], strict=False):
        if part.block.kind != "image" or below.block.kind != "paragraph":
            continue
        if part.block.spans or not 0 < len(below.text) < _MAX_CAPTION:
            continue
        if promotions.is_line(below.text):
            continue
        apart = not region.usual(below) and _boxed(region, part, below)
        if apart or _ENDS_CREDITED.search(below.text):
            part.block = part.block._replace(spans=below.block.spans)
            region.chosen.discard(below.at)


def credited(text: str) -> str:
    """Give who made a picture, without the word that says so."""
    start = text[:200].strip()
    told = _CREDITED.match(start)
    return start[told.end() :] if told else start


def shown_as(image: Block) -> Block:
    """Give a picture whose alt is words, and whose caption does not begin with it."""
    alt = "" if _FILE_NAME.fullmatch(image.alt) else image.alt
    spans = image.spans
    if alt and spans and spans[0].text.startswith(alt):
        rest = spans[0].text[len(alt) :].lstrip(" .:-")
        # A sentence by itself, not the alt with a full stop.
        if len(rest) > len(alt) // 4 and rest[:1].isupper():
            spans = (Span(rest, *spans[0][1:]), *spans[1:])
    return image._replace(alt=alt, spans=spans, credit=credited(image.credit))


def among(kept: Sequence[Part], parts: Sequence[Part], title: str) -> list[Block]:
    """Give the story's blocks with the pictures between its headline and its end."""
    if not kept or kept[0].spot is None:
        return [part.block for part in kept]
    wanted = {part.at for part in kept}
    shown: set[str] = set()
    blocks: list[Block] = []
    small = _thumbnails(parts)
    for part in parts[_start(parts, kept[0].at, bare(title)) : kept[-1].at + 1]:
        if part.at in wanted:
            blocks.append(part.block)
        elif part.block.kind == "image" and part.at not in small and _is_story(part):
            name = _name(part.block.url)
            if name not in shown and len(shown) < _MAX_IMAGES:
                shown.add(name)
                blocks.append(part.block)
    return blocks


def lead(address: str, blocks: Sequence[Block]) -> Block | None:
    """Give the lead image, as it stands in the story where it does."""
    shown = [block for block in blocks if block.kind == "image"]
    if not address:
        return shown[0] if shown else None
    name = _name(address)
    file = name.rpartition("/")[2]
    for block in shown:
        own = _name(block.url)
        if own == name or (len(file) >= _FILE and own.rpartition("/")[2] == file):
            return block
    return Block("image", url=address)


def _repeats(part: Part, shown: Part) -> bool:
    """Whether a part says what a picture says already."""
    said = shown.block
    return bool(part.print) and part.print in {
        bare(said.alt),
        bare(said.text),
        bare(said.credit),
    }


def _is_caption(part: Part, shown: Part | None) -> bool:
    """Whether a part is a caption by its name."""
    if part.spot is None or not part.spot.caption or part.block.kind != "paragraph":
        return False
    if len(part.text) > _MAX_CAPTION:
        return False
    return part.spot.tag == "figcaption" or (
        shown is not None and part.at - shown.at <= _FAR
    )


def _tell(part: Part, shown: Part | None) -> None:
    """Let a picture have a caption or credit that stood apart."""
    if shown is None or part.at - shown.at > _FAR or part.spot is None:
        return
    block = shown.block
    if _CREDIT.search(part.spot.names) or block.spans:
        if not block.credit:
            shown.block = block._replace(credit=credited(part.text))
    else:
        shown.block = block._replace(spans=part.block.spans)


def _boxed(region: Region, part: Part, below: Part) -> bool:
    """Whether a picture and the line below it share an element that holds no prose."""
    around: Spot | None = below.spot
    for _ in range(_LEVELS):
        if around is None or part.spot is None or around.holds(part.spot):
            break
        around = around.around
    if around is None or part.spot is None or not around.holds(part.spot):
        return False
    near_by = region.parts[max(0, part.at - _FAR) : below.at + _FAR + 1]
    inside = [each for each in near_by if each.spot is not None and around.holds(each.spot)]
    return not any(region.usual(each) and each.print for each in inside)


def _start(parts: Sequence[Part], first: int, title: str) -> int:
    """Give the part from which on pictures are the story's: its headline."""
    heads = (
        part.at
        for part in reversed(parts[max(0, first - _HEADLINE) : first])
        if part.block.kind == "heading"
        and (part.block.level == 1 or near(part.print, title))
    )
    return next(heads, max(0, first - _LEAD))


def _thumbnails(parts: Sequence[Part]) -> set[int]:
    """Give where pictures stand in a row of which nothing is said: they lead elsewhere."""
    found: set[int] = set()
    row: list[int] = []
    for part in (*parts, None):
        mute = part is not None and part.block.kind == "image"
        mute = mute and part is not None and not (part.block.alt or part.block.spans)
        if mute and part is not None:
            row.append(part.at)
            continue
        found.update(row if len(row) >= _ROW else ())
        row = []
    return found


def _is_story(part: Part) -> bool:
    return part.spot is not None and part.spot.pictures and not part.spot.aside


def _name(address: str) -> str:
    """Give what is alike for one picture in all its sizes."""
    return clean.canonical(address).partition("?")[0]
