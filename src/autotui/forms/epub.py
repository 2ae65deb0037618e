"""A book of stories for e-readers: EPUB 3, written chapter by chapter.

The same stories give the same bytes: no clock is asked, and what identifies the book is
made of what is in it.
"""

import re
import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import IO, Final
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from autotui import clean
from autotui.document import Document
from autotui.forms import xhtml
from autotui.model import Article

MAX_CHAPTERS: Final = 5_000
"""No device opens a book of more."""

_DECLARED: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CONTAINER: Final = (
    f'{_DECLARED}<container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>\n"
)
_STYLE: Final = (
    "body { line-height: 1.4; }\n.about { font-size: 0.85em; }\n"
    "figure { margin: 1em 0; }\nimg { max-width: 100%; }\n"
    "figcaption { font-size: 0.85em; }\n"
    "pre { white-space: pre-wrap; }\ntable { border-collapse: collapse; }\n"
    "td, th { border: 1px solid; padding: 0.2em 0.5em; text-align: left; }\n"
)
_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: a ZIP knows none before."""
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_JPEG: Final = b"\xff\xd8\xff"
_XHTML: Final = "application/xhtml+xml"


class Book:
    """Writes stories to a file: ``add`` each, then ``close``."""

    def __init__(self, opened: IO[bytes], title: str) -> None:
        self._title = clean.line(title)
        self._zip = ZipFile(opened, "w")
        self._digest = blake2b(self._title.encode(), digest_size=16)
        self._chapters: list[tuple[str, str]] = []
        """Of each the name of its file, without ending, and its title."""
        self._images: list[str] = []
        self._languages: Counter[str] = Counter()
        self._newest = datetime(1980, 1, 1, tzinfo=UTC)
        # The first entry, as it is: so that a reader knows what it has before unpacking.
        self._put("mimetype", b"application/epub+zip", ZIP_STORED)
        self._put("META-INF/container.xml", _CONTAINER.encode())
        self._put("EPUB/style.css", _STYLE.encode())

    def add(
        self, article: Article, document: Document, images: Mapping[str, bytes]
    ) -> None:
        """Write a chapter; ``images`` are JPEG files by address."""
        files = {url: self._image(content) for url, content in images.items()}
        found = {url: file for url, file in files.items() if file}
        language = article.language if _LANGUAGE.fullmatch(article.language) else ""
        content = xhtml.body(document, found)
        page = xhtml.page(article.title, language, [*_head(article), *content])
        name = f"story-{article.id}"
        self._put(f"EPUB/{name}.xhtml", page)
        self._digest.update(page)
        self._chapters.append((name, article.title))
        self._languages[language or "en"] += 1
        self._newest = max(self._newest, article.published_at)

    def close(self) -> None:
        """Write the table of contents, and what is in the book."""
        self._put("EPUB/nav.xhtml", self._contents())
        package = tostring(self._package(), encoding="unicode")
        self._put("EPUB/package.opf", f"{_DECLARED}{package}\n".encode())
        self._zip.close()

    def _image(self, content: bytes) -> str:
        """Write an image once; give its file, ``""`` where it is none."""
        if not content.startswith(_JPEG):
            return ""
        file = f"image-{blake2b(content, digest_size=16).hexdigest()}.jpg"
        if file not in self._images:
            self._images.append(file)
            self._put(f"EPUB/{file}", content, ZIP_STORED)
        return file

    def _put(self, name: str, content: bytes, method: int = ZIP_DEFLATED) -> None:
        entry = ZipInfo(name, _BEGINNING)
        entry.create_system, entry.external_attr = 3, 0o644 << 16
        self._zip.writestr(entry, content, method)

    @property
    def _language(self) -> str:
        return min(self._languages, key=lambda each: (-self._languages[each], each))

    def _contents(self) -> bytes:
        nav = Element("nav", {"epub:type": "toc", "id": "toc"})
        xhtml.text(SubElement(nav, "h1"), self._title)
        listed = SubElement(nav, "ol")
        for name, title in self._chapters:
            link = SubElement(SubElement(listed, "li"), "a", href=f"{name}.xhtml")
            xhtml.text(link, title)
        return xhtml.page(self._title, self._language, [nav])

    def _package(self) -> Element:
        root = Element(
            "package",
            {
                "xmlns": "http://www.idpf.org/2007/opf",
                "version": "3.0",
                "unique-identifier": "id",
                "xml:lang": self._language,
            },
        )
        self._metadata(SubElement(root, "metadata"))
        manifest = SubElement(root, "manifest")
        _listed(manifest, "nav", "nav.xhtml", _XHTML).set("properties", "nav")
        _listed(manifest, "style", "style.css", "text/css")
        for name, _ in self._chapters:
            _listed(manifest, name, f"{name}.xhtml", _XHTML)
        for file in self._images:
            _listed(manifest, file.removesuffix(".jpg"), file, "image/jpeg")
        spine = SubElement(root, "spine")
        for name in ("nav", *(name for name, _ in self._chapters)):
            SubElement(spine, "itemref", idref=name)
        return root

    def _metadata(self, metadata: Element) -> None:
        metadata.set("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        book = uuid.UUID(bytes=self._digest.digest(), version=5)
        for name, told in (
            ("identifier", f"urn:uuid:{book}"),
            ("title", self._title),
            ("language", self._language),
            ("creator", "autotui"),
            ("date", _moment(self._newest)),
        ):
            xhtml.text(SubElement(metadata, f"dc:{name}"), told)
        metadata[0].set("id", "id")
        modified = SubElement(metadata, "meta", property="dcterms:modified")
        xhtml.text(modified, _moment(self._newest))


def _head(article: Article) -> list[Element]:
    """Give the title, and under it source, author, date and link."""
    title = xhtml.text(Element("h1"), article.title)
    day = article.published_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    told = " · ".join(each for each in (article.feed_title, article.author, day) if each)
    about = xhtml.text(Element("p", {"class": "about"}), told)
    if url := clean.url(article.url):
        SubElement(about, "br")
        xhtml.text(SubElement(about, "a", href=url), url)
    return [title, about]


def _listed(manifest: Element, name: str, file: str, kind: str) -> Element:
    return SubElement(manifest, "item", {"id": name, "href": file, "media-type": kind})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
