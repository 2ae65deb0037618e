"""Make the pictures: the demo at three sizes and in three themes, and a full text.

Each as SVG and, with Chromium, as PNG.

Run it with ``make screenshots``. The clock stands still, so that a picture changes only
when the app does.
"""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from autotui import config, paths
from autotui.cli import showcase
from autotui.library import Library
from autotui.ui.app import AutotuiApp

HERE: Final = Path(__file__).parent
NOW: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
_NORMAL: Final = (120, 40)
_TABLE: Final = "Kestrelworks"
_TEASER: Final = "Jaguar Land Rover"


class Shot(NamedTuple):
    """A picture: its name, and what is on it."""

    name: str
    size: tuple[int, int] = _NORMAL
    story: str = _TABLE
    theme: str = "autotui-dark"
    keys: tuple[str, ...] = ()


SHOTS: Final = (
    Shot("demo-80x24", (80, 24)),
    Shot("demo-120x40"),
    Shot("demo-200x60", (200, 60)),
    Shot("light-120x40", theme="autotui-light"),
    Shot("contrast-120x40", theme="autotui-contrast"),
    # Last: from then on the story is whole.
    Shot("full-text-120x40", story=_TEASER, keys=("x",)),
)
_FONTS: Final = "'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', Menlo, Consolas, monospace"


async def main() -> None:
    """Fill a demo, take a picture at each size."""
    os.environ["TZ"] = "UTC"
    with tempfile.TemporaryDirectory() as folder, showcase.served(NOW) as base:
        places = paths.under(Path(folder))
        await showcase.fill(places, base)
        for shot in SHOTS:
            svg = await _picture(paths.under(Path(folder)), shot)
            file = HERE / f"{shot.name}.svg"
            file.write_text(svg, encoding="utf-8")
            _png(file)
            print(file.name)


async def _picture(places: paths.Paths, shot: Shot) -> str:
    settings = replace(
        config.load(places.config),
        refresh=config.Refresh(at_start=False),
        ui=config.Ui(theme=shot.theme),
    )
    async with Library(places, settings, now=lambda: NOW) as library:
        await library.remember("explained-suggestions", "yes")
        app = AutotuiApp(library, settings)
        async with app.run_test(size=shot.size) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
            listing = app.screen.listing
            at = [each for each in listing.articles.values() if shot.story in each.title]
            app.screen.articles.go_to(at[0].id)
            await pilot.pause(0.2)
            await app.workers.wait_for_complete()
            await pilot.press(*shot.keys)
            await app.workers.wait_for_complete()
            app.clear_notifications()
            await pilot.pause(0.2)
            svg = app.export_screenshot(title="autotui")
    return _local_fonts(svg)


def _local_fonts(svg: str) -> str:
    """Take out the fonts that would be fetched from elsewhere."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    # The demo's own server has another port each time.
    svg = re.sub(r"127\.0\.0\.1:\d{5}", "127.0.0.1:50000", svg)
    return re.sub(r"font-family: Fira Code, monospace", f"font-family: {_FONTS}", svg)


def _png(file: Path) -> None:
    """Draw the SVG with Chromium, where it is installed."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("no chromium: only the SVG was made", file=sys.stderr)
        return
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', file.read_text(encoding="utf-8"))
    width, height = (round(float(each)) for each in box.groups()) if box else (1200, 900)
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                f"--user-data-dir={profile}",
                f"--window-size={width},{height}",
                f"--screenshot={file.with_suffix('.png')}",
                file.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    asyncio.run(main())
