"""Pictures made on the spot, and what is in them."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image


def encoded(picture: Image.Image, format_: str, **options: Any) -> bytes:
    written = BytesIO()
    picture.save(written, format_, **options)
    return written.getvalue()


def photo(
    width: int = 40, height: int = 20, format_: str = "JPEG", colour: str = "red"
) -> bytes:
    """A picture of one colour."""
    return encoded(Image.new("RGB", (width, height), colour), format_)


def halves(width: int, height: int) -> Image.Image:
    """A picture whose left half is red, and whose right half is blue."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    return picture


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of some hundred bytes that says it has so many pixels."""
    about = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", about), (b"IDAT", lines), (b"IEND", b""))
    )
