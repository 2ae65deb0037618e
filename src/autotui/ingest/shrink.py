"""Any picture to a small JPEG: pure, for the worker; Pillow is loaded when it is called."""

import struct
import warnings
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

from autotui.errors import ParseError

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE: Final = 800
"""Pixels of the longer side, at most."""
_MAX_PIXELS: Final = 40_000_000
"""A JPEG of so many fits into a worker's memory, for it is decoded smaller than it is;
where another picture does not, the worker is stopped."""
_FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_QUALITY: Final = 80
_BROKEN: Final = (
    *(OSError, EOFError, SyntaxError, ValueError, ArithmeticError, LookupError),
    *(TypeError, AttributeError, AssertionError, RuntimeError, Warning),
    *(struct.error, zlib.error),
)
"""What Pillow raises for broken pictures, besides its own error for bombs."""


def shrunk(content: bytes) -> bytes:
    """Give a picture as a JPEG of at most ``SIDE`` pixels, upright and without metadata.

    Raises ParseError for what is no picture, or is broken, cut off or far too large.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=_FORMATS) as picture:
                return _jpeg(_upright(picture))
    except (*_BROKEN, Image.DecompressionBombError) as error:
        # Not what it says: that may be the picture's own words.
        raise ParseError(f"no picture can be read ({type(error).__name__})") from error


def _upright(picture: "Image") -> "Image":
    """Shrink a picture, and turn it as its camera was held."""
    from PIL import ImageOps

    if picture.mode in {"1", "P"}:
        # Of the numbers of a palette no means can be taken.
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    # Of a JPEG this decodes no more than it has to.
    picture.thumbnail((SIDE, SIDE))
    return ImageOps.exif_transpose(picture)


def _jpeg(picture: "Image") -> bytes:
    """Write a picture as it looks on white paper."""
    from PIL import Image

    # On a canvas of its own: metadata would be written with the picture.
    canvas = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        canvas.paste(clear, mask=clear)
    else:
        canvas.paste(picture.convert("RGB"))
    written = BytesIO()
    canvas.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()
