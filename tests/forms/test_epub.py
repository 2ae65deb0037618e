"""Books for e-readers, read with a small reader of our own."""

import io
import posixpath
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st

from autotui.document import KINDS, Block, Document, Span
from autotui.forms.epub import Book
from autotui.model import Article

AT = datetime(2019, 6, 5, 16, 34, tzinfo=UTC)
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
PICTURE = "https://a.example/car.jpg"
JPEG = b"\xff\xd8\xff\xe0 a picture"

Chapter = tuple[Article, Document, dict[str, bytes]]


def written(*chapters: Chapter, title: str = "News") -> bytes:
    out = io.BytesIO()
    book = Book(out, title)
    for chapter in chapters:
        book.add(*chapter)
    book.close()
    return out.getvalue()


def story(number: int, title: str = "A <motor> & more", *blocks: Block) -> Chapter:
    url = f"https://a.example/?a={number}&b"
    article = Article(number, 1, "Outlet", title, url, AT, author="Ann", language="de")
    return article, Document(blocks), {PICTURE: JPEG}


def opened(content: bytes) -> tuple[ET.Element, dict[str, ET.Element]]:
    """Check all that EPUB 3 wants of a container; give the package, and its pages."""
    book = ZipFile(io.BytesIO(content))
    first = book.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == (
        "mimetype",
        ZIP_STORED,
        b"",
    )
    assert content[30:58] == b"mimetypeapplication/epub+zip"
    assert book.testzip() is None
    assert len(set(book.namelist())) == len(book.namelist())
    container = ET.fromstring(book.read("META-INF/container.xml"))
    (root,) = container.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")
    package = ET.fromstring(book.read(place := root.attrib["full-path"]))
    folder = posixpath.dirname(place)
    items = {each.attrib["id"]: each.attrib for each in package.iter(f"{OPF}item")}
    files = {posixpath.join(folder, each["href"]) for each in items.values()}
    assert files | {"mimetype", "META-INF/container.xml", place} == set(book.namelist())
    spine = [each.attrib["idref"] for each in package.iter(f"{OPF}itemref")]
    assert spine
    assert set(spine) <= items.keys()
    assert [each["href"] for each in items.values() if each.get("properties") == "nav"]
    pages = {
        each["href"]: ET.fromstring(book.read(posixpath.join(folder, each["href"])))
        for each in items.values()
        if each["media-type"] == "application/xhtml+xml"
    }
    named = {each["href"] for each in items.values()}
    for page in pages.values():
        for name in ("href", "src"):
            for element in page.iter():
                if place := element.get(name, ""):
                    assert place in named or place.startswith("https://"), place
    return package, pages


def text(page: ET.Element) -> str:
    return "".join(page.itertext())


def test_a_book_has_a_chapter_a_story_with_source_author_date_and_link() -> None:
    body = Block("paragraph", (Span("250 "), Span("kW", strong=True), Span(" & so on")))
    package, pages = opened(written(story(1, "A <motor> & more", body), story(2)))
    assert [each.text for each in package.iter(f"{DC}title")] == ["News"]
    assert [each.text for each in package.iter(f"{DC}language")] == ["de"]
    (modified,) = package.iter(f"{OPF}meta")
    assert modified.text == "2019-06-05T16:34:00Z"
    page = pages["story-1.xhtml"]
    for told in (
        "A <motor> & more",
        "Outlet · Ann · 2019-06-05 16:34 UTC",
        "250 kW & so on",
    ):
        assert told in text(page)
    links = [each.attrib["href"] for each in page.iter(f"{XHTML}a")]
    assert links == ["https://a.example/?a=1&b"]
    listed = [each.attrib["href"] for each in pages["nav.xhtml"].iter(f"{XHTML}a")]
    assert listed == ["story-1.xhtml", "story-2.xhtml"]


def test_pictures_that_are_here_are_in_the_book_once_and_captions_of_others() -> None:
    here = Block("image", (Span("The car"),), url=PICTURE, alt="A car")
    away = Block("image", (Span("The plant"),), url="https://a.example/none.jpg")
    _, pages = opened(written(story(1, "One", here, away), story(2, "Two", here)))
    page = pages["story-1.xhtml"]
    (picture,) = page.iter(f"{XHTML}img")
    assert picture.attrib["alt"] == "A car"
    assert [text(each) for each in page.iter(f"{XHTML}figcaption")] == [
        "The car",
        "The plant",
    ]


def test_lists_lie_in_the_items_above_them() -> None:
    items = ((1, 0), (2, 1), (2, 2), (1, 0))
    blocks = [
        Block("item", (Span(f"{at}"),), level, number)
        for at, (level, number) in enumerate(items)
    ]
    _, pages = opened(written(story(1, "Lists", *blocks)))
    (outer,) = pages["story-1.xhtml"].iter(f"{XHTML}ul")
    assert [text(each) for each in outer] == ["012", "3"]
    (inner,) = outer[0].iter(f"{XHTML}ol")
    assert [each.attrib["value"] for each in inner] == ["1", "2"]


def test_the_same_stories_give_the_same_bytes_and_others_another_book() -> None:
    assert written(story(1)) == written(story(1))
    ids = [
        next(package.iter(f"{DC}identifier")).text
        for package, _ in (opened(written(story(1, each))) for each in ("One", "Two"))
    ]
    assert ids[0] != ids[1]


spans = st.lists(
    st.builds(Span, st.text(), st.booleans(), st.booleans(), st.booleans(), st.text()),
    max_size=3,
).map(tuple)
blocks = st.builds(
    Block,
    st.sampled_from(KINDS),
    spans,
    st.integers(0, 300),
    st.integers(0, 9),
    st.text() | st.just(PICTURE),
    st.text(),
    st.text(),
    st.lists(st.lists(st.text()).map(tuple), max_size=3).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text(), st.lists(blocks, max_size=12))
def test_whatever_a_story_holds_the_book_is_whole(
    title: str, author: str, found: Sequence[Block]
) -> None:
    article = Article(1, 1, title, title, title, AT, author=author, language=author)
    opened(written((article, Document(tuple(found)), {PICTURE: JPEG}), title=title))
