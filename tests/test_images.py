import os
import threading
import time
from pathlib import Path

import pytest

from autotui import paths
from autotui.images import Cache, supported

URL = "https://cars.example/a.jpg"
DAY = 86_400


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "cache" / "images"


def age(file: Path | None, seconds: float) -> None:
    """Let a file be unused for so long."""
    assert file is not None
    then = time.time() - seconds
    os.utime(file, (then, then))


def test_nothing_is_made_before_an_image_comes(folder: Path, tmp_path: Path) -> None:
    cache = Cache(folder, 1_000)
    assert cache.get(URL) is None
    assert list(tmp_path.iterdir()) == []

    cache.put(URL, b"one")
    cache.put(URL, b"other")

    (file,) = folder.iterdir()
    assert cache.get(URL) == file
    assert file.read_bytes() == b"other"
    assert cache.get(URL + "?") is None


def test_the_folder_lies_under_home_or_in_the_platforms_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert paths.under(tmp_path).images == tmp_path / "cache" / "images"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    place = paths.standard().images
    assert place.is_relative_to(tmp_path)
    assert place.name == "images"


@pytest.mark.parametrize(
    "url",
    ["", "../../etc/passwd", "/etc/passwd", "https://x.example/%2e%2e/" + "a" * 9_000],
)
def test_no_address_leads_out_of_the_folder(folder: Path, url: str) -> None:
    cache = Cache(folder, 1_000_000)
    cache.put(url, b"x")
    file = cache.get(url)
    assert file is not None
    assert file.parent == folder
    assert len(file.name) == 36


def test_what_was_not_used_for_longest_goes_first(folder: Path) -> None:
    cache = Cache(folder, 1_000)
    for number in range(10):
        cache.put(str(number), bytes(100))
        age(cache.get(str(number)), DAY - number)
    cache.get("0")

    cache.put("new", bytes(100))

    kept = [name for name in (*map(str, range(10)), "new") if cache.get(name)]
    assert kept == ["0", "3", "4", "5", "6", "7", "8", "9", "new"]


def test_the_limit_holds_over_restarts_and_for_a_smaller_one(folder: Path) -> None:
    for number in range(30):
        Cache(folder, 1_000).put(str(number), bytes(100))
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 1_000

    Cache(folder, 250).put("last", bytes(100))
    assert len(list(folder.iterdir())) == 2
    Cache(folder, 50).put("too large", bytes(100))
    assert list(folder.iterdir()) == []


def test_foreign_files_are_left_alone_and_harm_nobody(folder: Path, tmp_path: Path) -> None:
    cache = Cache(folder, 1_000)
    cache.put(URL, b"mine")
    place = cache.get(URL)
    assert place is not None
    foreign = [folder / "holiday.jpg", folder / "notes.txt"]
    for file in foreign:
        file.write_bytes(bytes(5_000))
    (folder / "folder.jpg").mkdir()
    (folder / ("f" * 32 + ".jpg")).mkdir()
    (folder / ("e" * 32 + ".jpg")).symlink_to(tmp_path / "nowhere")
    outside = tmp_path / "outside.jpg"
    outside.write_bytes(bytes(5_000))
    (folder / ("d" * 32 + ".jpg")).symlink_to(outside)

    Cache(folder, 1_000).put("other", bytes(100))

    assert cache.get(URL)
    assert all(file.exists() for file in (*foreign, outside))
    # and where something else has an image's place, there is no image
    for there in (Path.mkdir, lambda path: path.symlink_to(outside), Path.touch):
        place.unlink()
        there(place)
        assert cache.get(URL) is None
        if place.is_dir():
            with pytest.raises(OSError, match="directory"):
                cache.put(URL, b"again")
            place.rmdir()
        cache.put(URL, b"again")
        assert cache.get(URL)
    assert outside.read_bytes() == bytes(5_000)
    assert not [each for each in folder.iterdir() if each.name.endswith(".new")]


def test_what_a_killed_writer_left_is_swept_after_an_hour(folder: Path) -> None:
    Cache(folder, 1_000).put(URL, b"x")
    old, young = folder / "old.new", folder / "young.new"
    for file in (old, young):
        file.write_bytes(b"half")
    age(old, 2 * 3_600)

    Cache(folder, 1_000).put(URL, b"x")

    assert not old.exists()
    assert young.exists()


def test_a_folder_that_cannot_be_is_told_and_read_as_empty(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file")
    cache = Cache(tmp_path / "cache" / "images", 1_000)
    assert cache.get(URL) is None
    with pytest.raises(OSError, match="directory"):
        cache.put(URL, b"x")


def test_readers_see_whole_images_only_whoever_writes(folder: Path) -> None:
    sizes = (1_000, 300_000)
    caches = [Cache(folder, 10_000_000) for _ in sizes]
    caches[0].put(URL, bytes(sizes[0]))
    done = threading.Event()
    seen: set[int] = set()

    def read() -> None:
        while not done.is_set():
            file = caches[0].get(URL)
            assert file is not None
            seen.add(len(file.read_bytes()))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(100):
            for cache, size in zip(caches, sizes, strict=True):
                cache.put(URL, bytes(size))
    finally:
        done.set()
        reader.join()
    assert seen <= set(sizes)
    assert seen


def test_a_thousand_images_over_the_limit_are_found_in_little_time(folder: Path) -> None:
    cache = Cache(folder, 1_000_000)
    start = time.process_time()
    for number in range(1_500):
        cache.put(str(number), bytes(1_000))
    assert time.process_time() - start < 5
    assert sum(1 for _ in folder.iterdir()) <= 1_000


def test_pillow_is_here_for_the_tests() -> None:
    assert supported()
