from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from autotui.errors import OffloadError, ParseError
from autotui.ingest.shrink import SIDE, shrunk
from autotui.offload import Offload
from support import photos

FORMATS = ["JPEG", "PNG", "GIF", "WEBP", "AVIF"]
SAMPLES = [photos.encoded(photos.halves(64, 48), name) for name in FORMATS]


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 30 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("name", FORMATS)
def test_a_picture_of_any_format_becomes_a_jpeg(name: str) -> None:
    small = photos.opened(shrunk(photos.encoded(photos.halves(64, 48), name)))
    assert (small.format, small.mode, small.size) == ("JPEG", "RGB", (64, 48))
    assert near(small.getpixel((8, 8)), (255, 0, 0))
    assert near(small.getpixel((56, 8)), (0, 0, 255))


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((1600, 900), (SIDE, 450)),
        ((900, 1600), (450, SIDE)),
        ((799, 10), (799, 10)),
        ((9000, 3), (SIDE, 1)),
    ],
)
@pytest.mark.parametrize("name", ["JPEG", "PNG"])
def test_the_longer_side_has_at_most_800_pixels(
    name: str, size: tuple[int, int], wanted: tuple[int, int]
) -> None:
    small = photos.opened(shrunk(photos.photo(*size, name)))
    assert small.size == wanted


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel_becomes_plain_colours(mode: str) -> None:
    name = "JPEG" if mode == "CMYK" else "PNG"
    picture = Image.new(mode, (1000, 10))
    assert photos.opened(shrunk(photos.encoded(picture, name))).mode == "RGB"


@pytest.mark.parametrize("name", ["PNG", "WEBP", "GIF"])
def test_what_is_clear_is_white(name: str) -> None:
    picture = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    small = photos.opened(shrunk(photos.encoded(picture, name)))
    assert near(small.getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "P", "L"])
def test_fine_lines_become_grey_in_a_palette_as_well(mode: str) -> None:
    lines = Image.new("L", (1600, 1600))
    for x in range(0, 1600, 2):
        lines.paste(255, (x, 0, x + 1, 1600))
    small = photos.opened(shrunk(photos.encoded(lines.convert(mode), "PNG")))
    assert near(small.getpixel((400, 400)), (128, 128, 128))


def test_a_picture_stands_upright_and_keeps_no_metadata() -> None:
    # Given a photo from a camera that was held at its side, and says where it was
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "my garden"
    lying = photos.encoded(
        photos.halves(60, 40), "JPEG", exif=exif, comment=b"secret", icc_profile=b"x" * 200
    )

    small = photos.opened(shrunk(lying))

    # Then its left half is its upper half
    assert small.size == (40, 60)
    assert near(small.getpixel((20, 10)), (255, 0, 0))
    assert near(small.getpixel((20, 50)), (0, 0, 255))
    assert set(small.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    for content in (photos.bomb(), photos.bomb(8_000, 5_001), photos.bomb(1, 2**31 - 1)):
        with pytest.raises(ParseError, match="Bomb"):
            shrunk(content)


async def test_what_is_no_bomb_by_its_size_meets_the_limits_of_the_worker() -> None:
    offload = Offload()
    try:
        wide = photos.encoded(Image.new("RGBA", (7_600, 5_200)), "PNG")
        with pytest.raises(OffloadError, match="too much memory"):
            await offload.run(shrunk, wide, seconds=60)
        small = await offload.run(shrunk, photos.photo(4_000, 3_000), seconds=60)
        assert photos.opened(small).size == (800, 600)
    finally:
        offload.close()


@pytest.mark.parametrize("name", FORMATS)
def test_a_picture_that_is_cut_off_is_refused(name: str) -> None:
    whole = photos.encoded(Image.effect_noise((300, 300), 90).convert("RGB"), name)
    for length in (10, 100, len(whole) // 2):
        with pytest.raises(ParseError):
            shrunk(whole[:length])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><p>Log in</p></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        photos.photo(9, 9, "BMP"),
        photos.photo(9, 9, "TIFF"),
        photos.photo(9, 9, "ICO"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
    ids=lambda content: content[:8].hex(),
)
def test_other_kinds_of_files_are_not_even_tried(content: bytes) -> None:
    with pytest.raises(ParseError):
        shrunk(content)


def test_texts_that_unpack_without_end_are_refused() -> None:
    texts = PngImagePlugin.PngInfo()
    for number in range(70):
        texts.add_text(f"k{number}", "x" * 1_000_000, zip=True)
    with pytest.raises(ParseError):
        shrunk(photos.encoded(Image.new("RGB", (9, 9)), "PNG", pnginfo=texts))


@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), max_size=12),
    st.integers(0, 4_000),
)
@settings(max_examples=300, deadline=None)
def test_broken_bytes_give_a_picture_or_the_one_error(
    sample: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    content = bytearray(sample)
    for at, value in changes:
        content[at % len(content)] = value
    with suppress(ParseError):
        small = photos.opened(shrunk(bytes(content[:length])))
        assert max(small.size) <= SIDE
