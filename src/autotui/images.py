"""The folder of cached images: JPEG files, the least recently used of which go first.

What else lies in the folder is left alone, and harms nobody.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Final

_ENDING: Final = ".jpg"
_NEW: Final = ".new"
"""How the name of a file ends that is being written."""
_NAME: Final = 32 + len(_ENDING)
_ABANDONED_SECONDS: Final = 3_600.0
_ROOM: Final = 0.1
"""How much of the limit is set free at once: looking through the folder takes time."""


def supported() -> bool:
    """Whether Pillow is installed, without which nothing is cached or drawn."""
    # Imported late: images are off by default.
    from importlib.util import find_spec

    return find_spec("PIL") is not None


class Cache:
    """Images by their address; for any thread, and several processes at once."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._folder = folder
        self._limit = limit_bytes
        self._size: int | None = None
        """What the images take, as far as this process knows."""

    def get(self, url: str) -> Path | None:
        """Give the file of an image, which counts as used; ``None`` if there is none."""
        file = self._file(url)
        try:
            about = file.lstat()
        except OSError:
            return None
        if not S_ISREG(about.st_mode) or not about.st_size:
            return None
        with suppress(OSError):
            os.utime(file)
        return file

    def put(self, url: str, content: bytes) -> None:
        """Keep an image, whole or not at all; raises OSError where the disk refuses."""
        # Imported late: only who fetches writes.
        from tempfile import NamedTemporaryFile

        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, suffix=_NEW, delete=False) as new:
            try:
                new.write(content)
                new.flush()
                Path(new.name).replace(self._file(url))
            except BaseException:
                Path(new.name).unlink()
                raise
        if self._size is not None:
            self._size += len(content)
        if self._size is None or self._size > self._limit:
            self._size = self._evict()

    def _file(self, url: str) -> Path:
        # Imported late: it brings OpenSSL, and images are off by default.
        from hashlib import blake2b

        digest = blake2b(url.encode("utf-8", "replace"), digest_size=16).hexdigest()
        return self._folder / f"{digest}{_ENDING}"

    def _evict(self) -> int:
        """Delete what was not used for longest, down to the limit; give what is left."""
        found = sorted(self._images())
        total = sum(size for _, size, _ in found)
        if total <= self._limit:
            return total
        for _, size, path in found:
            if total <= self._limit * (1 - _ROOM):
                break
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108 - thousands of paths
                total -= size
        return total

    def _images(self) -> Iterator[tuple[int, int, str]]:
        """Give when each image was used, its size and its path."""
        with os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    about = entry.stat(follow_symlinks=False)
                    if not S_ISREG(about.st_mode):
                        continue
                    if entry.name.endswith(_NEW):
                        _sweep(entry.path, about.st_mtime)
                    elif entry.name.endswith(_ENDING) and len(entry.name) == _NAME:
                        yield about.st_mtime_ns, about.st_size, entry.path


def _sweep(path: str, written: float) -> None:
    """Delete a file whose writer was killed."""
    if time.time() - written > _ABANDONED_SECONDS:
        os.unlink(path)  # noqa: PTH108 - as above
